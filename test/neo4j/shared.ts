/**
 * One Neo4j for a whole test run: the first test file that wants it starts it, the others take turns with it (Community has one
 * database), and it ends with the run.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import neo4j, { type Driver } from "neo4j-driver";
import { CACHE, whyNoNeo4j } from "./install.ts";
import { isAlive, takeLock } from "./lock.ts";
import { startNeo4j, type Neo4jAddress } from "./server.ts";

/** Why tests on Neo4j are skipped; null when they run. In CI they always run: what is missing there is a fault. */
export const neo4jSkipReason: string | null = process.env["CI"] === "true" ? null : whyNoNeo4j();
if (neo4jSkipReason !== null) console.warn(`Tests on Neo4j are skipped: ${neo4jSkipReason}.`);

export interface Neo4jLease extends Neo4jAddress {
  database: string;
  /** Takes out all data, constraints and indexes. */
  wipe(): Promise<void>;
  /** Lets the next test file have the server. */
  release(): Promise<void>;
}

/** The test runner, which all test files have as their parent. */
const RUN = process.ppid;

/** Waits for the server and has it alone, empty, until `release`. */
export async function leaseNeo4j(): Promise<Neo4jLease> {
  mkdirSync(CACHE, { recursive: true });
  const release = await takeLock(join(CACHE, `run-${String(RUN)}.lock`));
  try {
    const address = await sharedServer();
    const driver = neo4j.driver(address.uri, neo4j.auth.basic(address.user, address.password));
    const wipe = () => wipeDatabase(driver);
    await wipe();
    return {
      ...address,
      database: "neo4j",
      wipe,
      async release() {
        await driver.close();
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

interface RunningServer extends Neo4jAddress {
  pid: number;
  home: string;
}

async function sharedServer(): Promise<Neo4jAddress> {
  const state = join(CACHE, `run-${String(RUN)}.json`);
  if (existsSync(state)) {
    const running = JSON.parse(readFileSync(state, "utf8")) as RunningServer;
    if (isAlive(running.pid)) return running;
  }
  forgetEndedRuns();
  const home = mkdtempSync(join(tmpdir(), "fil-rouge-neo4j-"));
  const { uri, user, password, pid } = await startNeo4j({ home, owner: RUN });
  writeFileSync(`${state}.new`, JSON.stringify({ uri, user, password, pid, home }));
  renameSync(`${state}.new`, state);
  return { uri, user, password };
}

async function wipeDatabase(driver: Driver): Promise<void> {
  const run = async (text: string) => (await driver.executeQuery(text)).records;
  for (const record of await run("SHOW CONSTRAINTS YIELD name")) {
    await run(`DROP CONSTRAINT \`${String(record.get("name"))}\``);
  }
  for (const record of await run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'")) {
    await run(`DROP INDEX \`${String(record.get("name"))}\``);
  }
  const session = driver.session();
  try {
    await session.run("MATCH (n) CALL { WITH n DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS");
  } finally {
    await session.close();
  }
}

/** Takes away what ended runs left behind: their notes, and their servers' data. */
function forgetEndedRuns(): void {
  for (const file of readdirSync(CACHE)) {
    const run = /^run-(\d+)\.json$/.exec(file)?.[1];
    if (run === undefined || isAlive(Number(run))) continue;
    const { home } = JSON.parse(readFileSync(join(CACHE, file), "utf8")) as RunningServer;
    rmSync(home, { recursive: true, force: true });
    rmSync(join(CACHE, file), { force: true });
  }
}
