/**
 * One real Neo4j server on a free loopback port, with authentication.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import neo4j from "neo4j-driver";
import { installNeo4j, OPENED_PACKAGES } from "./install.ts";
import { isAlive } from "./lock.ts";

export interface Neo4jAddress {
  uri: string;
  user: string;
  password: string;
}

export interface Neo4jServer extends Neo4jAddress {
  /** Of the process that keeps it running. */
  pid: number;
  /** Ends it and waits until it is gone; `start` brings it back with its data. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

export interface Neo4jOptions {
  /** Data, logs and settings. */
  home: string;
  /** Default: a free one. */
  port?: number;
  password?: string;
  /** On top of those that every server here has. */
  settings?: Readonly<Record<string, string>>;
  /** The server ends with this process. */
  owner?: number;
}

const START_PATIENCE_MS = 120_000;
const STOP_PATIENCE_MS = 30_000;
const PAUSE_MS = 150;

/** Starts a server and waits until it answers. */
export async function startNeo4j(options: Neo4jOptions): Promise<Neo4jServer> {
  const library = await installNeo4j();
  const { home, owner = process.pid } = options;
  const port = options.port ?? (await freePort());
  const password = options.password ?? randomBytes(12).toString("hex");
  const configuration = join(home, "conf");
  mkdirSync(configuration, { recursive: true });
  writeFileSync(join(configuration, "neo4j.conf"), settings(port, options.settings ?? {}));

  const environment = { ...process.env, NEO4J_HOME: home, NEO4J_CONF: configuration };
  // A database that was started before has its password.
  if (!existsSync(join(home, "data/databases/system"))) setPassword(library, password, environment);

  const address = { uri: `bolt://127.0.0.1:${String(port)}`, user: "neo4j", password };
  const log = join(home, "console.log");
  let child: ChildProcess | null = null;

  const start = async () => {
    const output = openSync(log, "a");
    child = spawn(
      process.execPath,
      [
        join(dirname(fileURLToPath(import.meta.url)), "supervise.mjs"),
        String(owner),
        "java",
        "-Xmx512m",
        "-XX:+UseSerialGC",
        "-cp",
        join(library, "*"),
        ...OPENED_PACKAGES.map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`),
        "org.neo4j.server.CommunityEntryPoint",
        `--home-dir=${home}`,
        `--config-dir=${configuration}`,
      ],
      { env: environment, stdio: ["ignore", output, output], detached: true },
    );
    closeSync(output);
    child.unref();
    await untilAnswer(address, () => child?.exitCode === null && child.signalCode === null, log);
  };
  await start();

  return {
    ...address,
    get pid() {
      return child?.pid ?? 0;
    },
    start,
    stop: async () => stopProcess(child?.pid ?? 0),
  };
}

function setPassword(library: string, password: string, environment: NodeJS.ProcessEnv): void {
  const admin = spawnSync(
    "java",
    ["-cp", join(library, "*"), "org.neo4j.cli.AdminTool", "dbms", "set-initial-password", password],
    { env: environment, encoding: "utf8" },
  );
  if (admin.status !== 0) throw new Error(`Neo4j took no password: ${admin.stdout}${admin.stderr}`);
}

/** Asks the supervisor to end the server and waits until it is gone. */
export async function stopProcess(pid: number): Promise<void> {
  if (pid === 0 || !isAlive(pid)) return;
  process.kill(pid, "SIGTERM");
  const begun = performance.now();
  while (isAlive(pid)) {
    if (performance.now() - begun > STOP_PATIENCE_MS) throw new Error(`Neo4j (process ${String(pid)}) does not stop.`);
    await wait(PAUSE_MS);
  }
}

function settings(port: number, more: Readonly<Record<string, string>>): string {
  const all = {
    "server.bolt.listen_address": `127.0.0.1:${String(port)}`,
    "server.http.enabled": "false",
    "server.https.enabled": "false",
    "dbms.usage_report.enabled": "false",
    "server.memory.pagecache.size": "128m",
    // One query must not take the server down with it.
    "db.memory.transaction.max": "256m",
    ...more,
  };
  return Object.entries(all)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
}

async function untilAnswer(address: Neo4jAddress, runs: () => boolean, log: string): Promise<void> {
  const driver = neo4j.driver(address.uri, neo4j.auth.basic(address.user, address.password));
  try {
    const begun = performance.now();
    for (;;) {
      try {
        await driver.verifyConnectivity({ database: "neo4j" });
        return;
      } catch (error) {
        if (!runs() || performance.now() - begun > START_PATIENCE_MS) {
          const told = readFileSync(log, "utf8").slice(-2_000);
          throw new Error(`Neo4j did not start: ${told}`, { cause: error });
        }
        await wait(PAUSE_MS);
      }
    }
  } finally {
    await driver.close();
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
