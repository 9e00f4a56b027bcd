/** The files for Neo4j's bulk importer, loaded by the real one, opened with the product, compared with where they came from. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NEO4J_ADMIN_FILES } from "../../server/export/neo4j-admin.ts";
import { openEmbeddedStore } from "../../server/store/embedded/open.ts";
import type { GraphStore } from "../../server/store/graph-store.ts";
import { openNeo4jStore } from "../../server/store/neo4j/open.ts";
import { importBulk } from "../neo4j/install.ts";
import { startNeo4j, type Neo4jServer } from "../neo4j/server.ts";
import { neo4jSkipReason } from "../neo4j/shared.ts";
import { article, says } from "../store/articles.ts";
import { LIMITS, saveAll, wholeGraph } from "../store/contract/opened.ts";
import { comparableTables, tablesOf } from "../store/contract/moving.ts";
import { madeArticles } from "../store/made-articles.ts";

const START_MS = 600_000;
const NO_DECISIONS = { decisions: () => Promise.resolve([]) };

describe.skipIf(neo4jSkipReason !== null)("neo4j-admin database import full", () => {
  let folder = "";
  let origin: GraphStore;
  let server: Neo4jServer;
  let imported: GraphStore;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "fil-rouge-bulk-"));
    origin = await openEmbeddedStore({ folder: join(folder, "store") });
    await saveAll(
      origin,
      ...madeArticles(12),
      article([says("Amaq", "MET", "Nashir", { polarity: "negated" })], {
        title: "Une \"citation\"; a, b\\ et 'c'",
        ending: 'Première ligne,\n"deuxième";\n\n\ttroisième: \u001f \\" fin 😀.',
        source: null,
      }),
    );
    const files = join(folder, "files");
    mkdirSync(files);
    for (const { name, write } of NEO4J_ADMIN_FILES) {
      const pieces: string[] = [];
      for await (const piece of write({ store: origin, workspace: NO_DECISIONS })) pieces.push(piece);
      writeFileSync(join(files, name), pieces.join(""));
    }
    const home = join(folder, "home");
    await importBulk({ home, files });
    server = await startNeo4j({ home });
    imported = await openNeo4jStore({ ...server, database: null, adopt: false });
  }, START_MS);
  afterAll(async () => {
    await imported.close();
    await server.stop();
    await origin.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The importer makes nothing of a list without items, where our own writes keep it empty. */
  async function tables(store: GraphStore) {
    const batches = await tablesOf(store);
    return comparableTables(
      batches.map(({ table, rows }) => ({
        table,
        rows: rows.map((row) => ({
          ...row,
          values: row.values.map((value) => (Array.isArray(value) && value.length === 0 ? null : value)),
        })),
      })),
    );
  }

  test("makes the same graph, to every property", async () => {
    expect(await imported.counts()).toEqual(await origin.counts());
    expect(await wholeGraph(imported)).toEqual(await wholeGraph(origin));
    expect(await tables(imported)).toEqual(await tables(origin));
  });

  test("is searched and asked like one that the product filled", async () => {
    const ask = async (store: GraphStore) => [
      await store.searchEntities({ q: "euro", limit: 5 }),
      await store.documents({ q: "deuxieme", limit: 5 }),
      await store.claims({ filter: {}, limit: 500 }),
      (await store.query("MATCH (a:PublicBody)-[r:MET]->(b) RETURN a.name, b.name, r.claims ORDER BY 1, 2", {}, LIMITS))
        .rows,
    ];
    expect(await ask(imported)).toEqual(await ask(origin));
  });

  test("is written on like one that the product filled", async () => {
    const more = madeArticles(20);
    await saveAll(imported, ...more);
    await saveAll(origin, ...more);
    await origin.deleteDocument(more[3]!.extraction.id);
    await imported.deleteDocument(more[3]!.extraction.id);
    expect(await wholeGraph(imported)).toEqual(await wholeGraph(origin));
  });

  test(
    "refuses files that were written while the graph changed",
    async () => {
      const files = join(folder, "torn");
      mkdirSync(files);
      for (const { name, write } of NEO4J_ADMIN_FILES) {
        let text = "";
        for await (const piece of write({ store: origin, workspace: NO_DECISIONS })) text += piece;
        writeFileSync(join(files, name), name === "claims.csv" ? text.split("\n").slice(0, 2).join("\n") : text);
      }
      await expect(importBulk({ home: join(folder, "torn-home"), files })).rejects.toThrow("Error in input data");
    },
    START_MS,
  );
});
