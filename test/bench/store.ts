/**
 * Both stores on synthetic graphs (FIL ROUGE's own documents, power-law degrees, a hub in 5 % of the claims): loading, search,
 * neighbours, paths, claims, one document more; the log and the reopening of the embedded store; beside Neo4j the plain way of
 * filling it, one MERGE a triple. `--claims=10000,100000` gives one table a size, `--stores=embedded` leaves Neo4j out.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import neo4j from "neo4j-driver";
import { BULK_TABLE_NAMES, type BulkBatch } from "../../server/contract/bulk.ts";
import type { GraphStore } from "../../server/store/graph-store.ts";
import { openEmbedded, STORE_FILE } from "../../server/store/embedded/open.ts";
import { openNeo4jStore } from "../../server/store/neo4j/open.ts";
import { whyNoNeo4j } from "../neo4j/install.ts";
import { startNeo4j, type Neo4jAddress } from "../neo4j/server.ts";
import { randomNumbers, syntheticDocuments, syntheticId, syntheticName, type SyntheticGraph } from "./synthetic.ts";
import { table, time, type Timing } from "./timing.ts";

const SIZES = numbersGiven("claims", [100_000]);
const [RUNS = 100] = numbersGiven("runs", [100]);
/** Calls before those that are counted: plans are made and caches filled by the first ones. */
const WARM_UP = 10;
/** Enough to know the pace of the plain way; it does not get faster. */
const PLAIN_TRIPLES = 2_000;
/** The searches misspell a name of the synthetic graph. */
const typo = (name: string) => name.replace("ctri", "ctir");

type Measures = [name: string, value: string][];

const STORES = process.argv.find((argument) => argument.startsWith("--stores="))?.slice("--stores=".length) ?? "both";

function numbersGiven(name: string, standard: number[]): number[] {
  const given = process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
  return given === undefined ? standard : given.split(",").map(Number);
}

export async function storeSpeed(): Promise<string> {
  const tables: string[] = [];
  for (const claims of SIZES) {
    tables.push(await atSize({ entities: Math.ceil(claims / 10), claims, claimsPerDocument: 20, seed: 7 }));
  }
  return tables.join("\n");
}

async function atSize(graph: SyntheticGraph): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "fil-rouge-bench-"));
  const columns: { name: string; measures: Map<string, string> }[] = [];
  try {
    if (STORES !== "neo4j") {
      columns.push({ name: "embedded", measures: new Map(await embedded(join(folder, "embedded"), graph)) });
    }
    const missing = STORES === "embedded" ? "it was not asked for" : whyNoNeo4j();
    if (missing === null) {
      const server = await startNeo4j({ home: join(folder, "neo4j") });
      try {
        columns.push({ name: "Neo4j", measures: new Map(await onNeo4j(server, graph)) });
      } finally {
        await server.stop();
      }
    } else {
      console.error(`Neo4j is left out: ${missing}.`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const names = [...new Set(columns.flatMap(({ measures }) => [...measures.keys()]))];
  return table(
    `Stores at ${graph.entities} entities and ${graph.claims} claims (ms: p50 / p95 of ${RUNS})`,
    ["", ...columns.map(({ name }) => name)],
    names.map((name) => [name, ...columns.map(({ measures }) => measures.get(name) ?? "")]),
  );
}

async function embedded(folder: string, graph: SyntheticGraph): Promise<Measures> {
  const { store, executor } = await openEmbedded({ folder });
  const measures = await measure(store, graph);
  measures.push(["store file (MB)", megabytes(join(folder, STORE_FILE))]);
  measures.push(["write-ahead log (MB)", megabytes(join(folder, `${STORE_FILE}.wal`))]);
  // As after a crash: the log is all that the last minutes have.
  const pid = await executor.pid();
  if (pid !== null) process.kill(pid, "SIGKILL");
  const begun = performance.now();
  const counts = await store.counts();
  measures.push(["reopened after a kill (s)", ((performance.now() - begun) / 1000).toFixed(2)]);
  if (counts.claims === 0) throw new Error("The killed store lost its claims.");
  const batches = await tablesOf(store);
  await store.close();
  const copy = await openEmbedded({ folder: join(folder, "copy") });
  measures.push(await loading(copy.store, batches, counts.claims));
  await copy.store.close();
  return measures;
}

async function onNeo4j(server: Neo4jAddress, graph: SyntheticGraph): Promise<Measures> {
  const store = await openNeo4jStore({ ...server, database: null, adopt: false });
  try {
    const measures = await measure(store, graph);
    const { claims } = await store.counts();
    const batches = await tablesOf(store);
    await store.clear();
    measures.push(await loading(store, batches, claims));
    measures.push(["the plain way: one MERGE a triple, triples a second", (await plainWay(server, graph)).toFixed(0)]);
    return measures;
  } finally {
    await store.close();
  }
}

async function measure(store: GraphStore, graph: SyntheticGraph): Promise<Measures> {
  const begun = performance.now();
  let documents = 0;
  for (const document of syntheticDocuments(graph)) {
    await store.save(document);
    documents += 1;
    if (documents % 500 === 0) console.error(`${store.kind}: ${documents} documents saved`);
  }
  const seconds = (performance.now() - begun) / 1000;
  const measures: Measures = [];
  // Told at once too: a long run that is stopped has not been for nothing.
  const tell = (name: string, value: string) => {
    console.error(`${store.kind}: ${name}: ${value}`);
    measures.push([name, value]);
  };
  tell("saved document by document, claims a second", (graph.claims / seconds).toFixed(0));
  for (const [name, read] of readsOf(store, graph)) {
    for (let call = 0; call < WARM_UP; call += 1) await read();
    tell(name, shown(await time(Array.from({ length: RUNS }, () => read))));
  }
  const more = [...syntheticDocuments({ ...graph, claims: 20 * RUNS, seed: 99 })];
  tell("one document more (20 claims)", shown(await time(more.map((one) => () => store.save(one)))));
  return measures;
}

function readsOf(store: GraphStore, graph: SyntheticGraph): [string, () => Promise<unknown>][] {
  const random = randomNumbers(11);
  const any = () => Math.floor(random() ** 3 * graph.entities);
  const told = [...syntheticDocuments({ ...graph, claims: Math.min(graph.claims, 2_000) })].flatMap((document) => {
    const entityOf = new Map(document.entities.map(({ local, entity }) => [local, entity]));
    return document.extraction.claims.map(({ subject, object }) => ({
      subject: entityOf.get(subject),
      object: entityOf.get(object),
    }));
  });
  return [
    ["search by prefix", () => store.searchEntities({ q: syntheticName(any()).slice(0, 12), limit: 10 })],
    ["search with a typing error", () => store.searchEntities({ q: typo(syntheticName(any())), limit: 10 })],
    ["neighbours, 50 of any entity", () => store.neighbours(syntheticId(any()), {}, 50)],
    ["neighbours, 50 of the hub", () => store.neighbours(syntheticId(0), {}, 50)],
    ["neighbours, by confidence", () => store.neighbours(syntheticId(any()), { minConfidence: 0.7 }, 50)],
    ["all shortest paths, up to 4 hops", () => store.paths(syntheticId(any()), syntheticId(any()), 4, {})],
    [
      "claims of an edge, first 50",
      () => store.claims({ ...told[Math.floor(random() * told.length)], filter: {}, limit: 50 }),
    ],
    ["claims of an entity, first 50", () => store.claims({ subject: syntheticId(any()), filter: {}, limit: 50 })],
    ["overview", () => store.overview({}, 150)],
  ];
}

/** In memory: at a million claims this is what bounds the machine that measures, not the store. */
async function tablesOf(store: GraphStore): Promise<BulkBatch[]> {
  const batches: BulkBatch[] = [];
  for (const name of BULK_TABLE_NAMES) for await (const rows of store.bulk(name)) batches.push({ table: name, rows });
  return batches;
}

async function loading(store: GraphStore, batches: readonly BulkBatch[], claims: number): Promise<Measures[number]> {
  const begun = performance.now();
  await store.load(inTurn(batches));
  const name = "filled from tables (import), claims a second";
  const pace = ((1000 * claims) / (performance.now() - begun)).toFixed(0);
  console.error(`${store.kind}: ${name}: ${pace}`);
  return [name, pace];
}

async function* inTurn(batches: readonly BulkBatch[]): AsyncGenerator<BulkBatch> {
  for (const batch of batches) yield await Promise.resolve(batch);
}

/** As programs do it that let a language model name triples: each one is merged in a transaction of its own. */
async function plainWay({ uri, user, password }: Neo4jAddress, graph: SyntheticGraph): Promise<number> {
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password));
  const session = driver.session();
  const begun = performance.now();
  let triples = 0;
  for (const { extraction } of syntheticDocuments({ ...graph, claims: PLAIN_TRIPLES, seed: 5 })) {
    const nameOf = new Map(extraction.entities.map(({ id, name }) => [id, name]));
    for (const { type, subject, object } of extraction.claims) {
      await session.run(
        `MERGE (a:PlainEntity {id: $subject}) MERGE (b:PlainEntity {id: $object}) MERGE (a)-[:${type}]->(b)`,
        { subject: nameOf.get(subject), object: nameOf.get(object) },
      );
      triples += 1;
    }
  }
  const seconds = (performance.now() - begun) / 1000;
  await session.close();
  await driver.close();
  return triples / seconds;
}

function megabytes(path: string): string {
  return (bytesOf(path) / 1e6).toFixed(1);
}

function bytesOf(path: string): number {
  if (!existsSync(path)) return 0;
  if (!statSync(path).isDirectory()) return statSync(path).size;
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}

function shown({ p50, p95 }: Timing): string {
  return `${p50.toFixed(1)} / ${p95.toFixed(1)}`;
}
