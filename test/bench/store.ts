/**
 * Both stores on one synthetic graph of 10,000 entities and 100,000 claims (FIL ROUGE's own documents, power-law degrees, a hub of
 * 5 %): loading, search, neighbours, paths, claims of an edge, and the projection of one document more.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GraphStore } from "../../server/store/graph-store.ts";
import { openEmbeddedStore } from "../../server/store/embedded/open.ts";
import { openNeo4jStore } from "../../server/store/neo4j/open.ts";
import { whyNoNeo4j } from "../neo4j/install.ts";
import { startNeo4j } from "../neo4j/server.ts";
import { randomNumbers, syntheticDocuments, syntheticId, syntheticName, type SyntheticGraph } from "./synthetic.ts";
import { table, time, type Timing } from "./timing.ts";

const size = Number(
  process.argv.find((argument) => argument.startsWith("--claims="))?.slice("--claims=".length) ?? 100_000,
);
const GRAPH: SyntheticGraph = { entities: Math.ceil(size / 10), claims: size, claimsPerDocument: 20, seed: 7 };
const RUNS = Number(process.argv.find((argument) => argument.startsWith("--runs="))?.slice("--runs=".length) ?? 100);

export async function storeSpeed(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "fil-rouge-bench-"));
  const columns: { name: string; rows: [string, string][] }[] = [];
  try {
    columns.push({
      name: "embedded",
      rows: await measure(await openEmbeddedStore({ folder: join(folder, "embedded") })),
    });
    const missing = whyNoNeo4j();
    if (missing === null) {
      const server = await startNeo4j({ home: join(folder, "neo4j") });
      try {
        const { uri, user, password } = server;
        columns.push({
          name: "Neo4j",
          rows: await measure(await openNeo4jStore({ uri, user, password, database: null, adopt: false })),
        });
      } finally {
        await server.stop();
      }
    } else {
      console.error(`Neo4j is left out: ${missing}.`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const measures = columns[0]?.rows.map(([name]) => name) ?? [];
  return table(
    `Stores at ${GRAPH.entities} entities and ${GRAPH.claims} claims (ms: p50 / p95 of ${RUNS})`,
    ["", ...columns.map(({ name }) => name)],
    measures.map((name, row) => [name, ...columns.map((column) => column.rows[row]?.[1] ?? "")]),
  );
}

async function measure(store: GraphStore): Promise<[string, string][]> {
  try {
    const loading = performance.now();
    let documents = 0;
    for (const document of syntheticDocuments(GRAPH)) {
      await store.save(document);
      documents += 1;
      if (documents % 500 === 0) console.error(`${store.kind}: ${documents} documents loaded`);
    }
    const seconds = (performance.now() - loading) / 1000;
    const random = randomNumbers(11);
    const any = () => Math.floor(random() ** 3 * GRAPH.entities);
    const extra = [...syntheticDocuments({ ...GRAPH, claims: 20 * RUNS, seed: 99 })];
    const typo = (name: string) => name.replace("ctri", "ctir");
    const reads: [string, () => Promise<unknown>][] = [
      ["search by prefix", () => store.searchEntities({ q: syntheticName(any()).slice(0, 12), limit: 10 })],
      ["search with a typing error", () => store.searchEntities({ q: typo(syntheticName(any())), limit: 10 })],
      ["neighbours, 50 of any entity", () => store.neighbours(syntheticId(any()), {}, 50)],
      ["neighbours, 50 of the hub", () => store.neighbours(syntheticId(0), {}, 50)],
      ["neighbours, by confidence", () => store.neighbours(syntheticId(any()), { minConfidence: 0.7 }, 50)],
      ["all shortest paths, up to 4 hops", () => store.paths(syntheticId(any()), syntheticId(any()), 4, {})],
      ["claims of an entity, first 50", () => store.claims({ subject: syntheticId(any()), filter: {}, limit: 50 })],
      ["overview", () => store.overview({}, 150)],
    ];
    const rows: [string, string][] = [["load, claims a second", (GRAPH.claims / seconds).toFixed(0)]];
    for (const [name, read] of reads) {
      console.error(`${store.kind}: ${name}`);
      rows.push([name, shown(await time(Array.from({ length: RUNS }, () => read)))]);
    }
    rows.push([
      "one document more (20 claims)",
      shown(await time(extra.map((document) => () => store.save(document)))),
    ]);
    return rows;
  } finally {
    await store.close();
  }
}

function shown({ p50, p95 }: Timing): string {
  return `${p50.toFixed(1)} / ${p95.toFixed(1)}`;
}
