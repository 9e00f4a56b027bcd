/** Tables out of a store and into one: what bulk exports, backups and moves between stores rely on. */
import { beforeEach, expect, test } from "vitest";
import {
  BULK_TABLE_NAMES,
  BULK_TABLES,
  type BulkBatch,
  type BulkRow,
  type BulkTableName,
} from "../../../server/contract/bulk.ts";
import type { GraphStore } from "../../../server/store/graph-store.ts";
import { article, idOf, says } from "../articles.ts";
import { madeArticles } from "../made-articles.ts";
import { LIMITS, saveAll, wholeGraph, type Subject } from "./opened.ts";

export async function tablesOf(store: GraphStore): Promise<BulkBatch[]> {
  const batches: BulkBatch[] = [];
  for (const table of BULK_TABLE_NAMES) {
    const rows: BulkRow[] = [];
    for await (const page of store.bulk(table)) rows.push(...page);
    batches.push({ table, rows });
  }
  return batches;
}

/** Rows come in no order of their own, and labels in the engine's. */
export function comparableTables(batches: readonly BulkBatch[]) {
  return batches.map(({ table, rows }) => ({
    table,
    rows: rows.map((row) => JSON.stringify({ ...row, labels: [...row.labels].sort() })).sort(),
  }));
}

async function* inTurn(batches: readonly BulkBatch[]): AsyncGenerator<BulkBatch> {
  for (const batch of batches) yield await Promise.resolve(batch);
}

async function* broken(batches: readonly BulkBatch[]): AsyncGenerator<BulkBatch> {
  yield* inTurn(batches.slice(0, 3));
  throw new Error("the file ends");
}

export function describeMoving(subject: Subject): void {
  const store = () => subject().store;
  beforeEach(() => store().clear());

  async function emptied(): Promise<BulkBatch[]> {
    await saveDecided();
    await saveAll(
      store(),
      ...madeArticles(12),
      article([says("Europol", "MET", "Europol"), says("Amaq", "MET", "Nashir", { polarity: "negated" })], {
        title: 'Une "citation"; a, b\\',
        source: null,
      }),
    );
    const tables = await tablesOf(store());
    await store().clear();
    return tables;
  }

  /** Has of everything that a store may keep: decisions, what they made of the program's findings, suggestions. */
  async function saveDecided(): Promise<void> {
    const documents = madeArticles(4);
    const suggestion = { entity: idOf("Amaq"), score: 0.5, reasons: [{ text: "alike", weight: 1 }] };
    await saveAll(store(), {
      ...documents[0]!,
      entities: documents[0]!.entities.map((entity) => ({ ...entity, suggestions: [suggestion] })),
    });
    await saveAll(store(), ...documents.slice(1));
    const kept = (await store().keptDocument(documents[0]!.extraction.id))!;
    const { entities, mentions, claims } = kept.extraction;
    await store().revise({
      documents: [
        {
          ...kept,
          found: { entities, mentions, claims, resolved: kept.entities },
          entities: kept.entities.map((entity) =>
            entity.entity === idOf("Amaq") ? { ...entity, entity: idOf("Nashir"), origins: [idOf("Amaq")] } : entity,
          ),
          reviews: [{ claim: claims[0]!.id, id: claims[0]!.id, status: "accepted", extractor: "human" }],
        },
      ],
      overrides: [{ entity: idOf("Europol"), override: { name: "EP", type: null, notes: ["known"], tags: ["eu"] } }],
      applied: "mark",
    });
  }

  test("[S36] the tables hold every property of every node and relationship", async () => {
    await saveDecided();
    const { rows } = await store().query(
      `MATCH (n) WHERE NOT n:Meta
RETURN CASE WHEN n:Entity THEN 'entities' WHEN n:Document THEN 'documents' WHEN n:Claim THEN 'claims'
  WHEN n:Revised THEN 'revised' ELSE 'others' END AS name,
  keys(n) AS keys
UNION ALL
MATCH ()-[r]->()
RETURN CASE type(r) WHEN 'MENTIONED_IN' THEN 'mentions' WHEN 'FOUND_IN' THEN 'takenOut' WHEN 'SUBJECT' THEN 'subjects' WHEN 'OBJECT' THEN 'objects'
  WHEN 'STATED_IN' THEN 'statements' ELSE 'edges' END AS name, keys(r) AS keys`,
      {},
      LIMITS,
    );
    const found = rows as [BulkTableName, string[]][];
    expect(new Set(found.map(([name]) => name))).toEqual(new Set(BULK_TABLE_NAMES));
    const missing = found.flatMap(([name, keys]) => {
      const columns = Object.keys(BULK_TABLES[name].columns);
      return keys.filter((key) => !columns.includes(key)).map((key) => `${name}.${key}`);
    });
    expect([...new Set(missing)]).toEqual([]);
  });

  test("[S37] an empty store that is filled from tables is as the one that gave them", async () => {
    const tables = await emptied();
    await store().load(inTurn(tables));
    expect(comparableTables(await tablesOf(store()))).toEqual(comparableTables(tables));
    expect((await store().searchEntities({ q: "Interp", limit: 5 })).entities.map(({ name }) => name)).toEqual([
      "Interpol",
    ]);
  });

  test("[S37] a store that was filled from tables is written on like one that was not", async () => {
    const documents = madeArticles(9);
    await saveAll(store(), ...documents);
    await store().deleteDocument(documents[1]!.extraction.id);
    const expected = await wholeGraph(store());
    await store().clear();

    await saveAll(store(), ...documents.slice(0, 6));
    const tables = await tablesOf(store());
    await store().clear();
    await store().load(inTurn(tables));
    await saveAll(store(), ...documents);
    await store().deleteDocument(documents[1]!.extraction.id);
    expect(await wholeGraph(store())).toEqual(expected);
  });

  test("[S37] a store that holds a graph is not filled", async () => {
    const tables = await emptied();
    await saveAll(store(), ...madeArticles(1));
    await expect(store().load(inTurn(tables))).rejects.toMatchObject({ code: "conflict" });
    expect(await store().counts()).toMatchObject({ documents: 1 });
  });

  test("[S38] a load that breaks, or whose rows do not fit together, leaves an empty store", async () => {
    const tables = await emptied();
    const empty = { documents: 0, entities: 0, claims: 0, edges: 0 };
    await expect(store().load(broken(tables))).rejects.toThrow("the file ends");
    expect(await store().counts()).toEqual(empty);
    const withoutEntities = tables.filter(({ table }) => table !== "entities");
    await expect(store().load(inTurn(withoutEntities))).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining("mentions") as string,
    });
    const evil = tables.map(({ table, rows }) => ({
      table,
      rows: rows.map((row) => (table === "edges" ? { ...row, labels: ["MET]->() DETACH DELETE a //"] } : row)),
    }));
    await expect(store().load(inTurn(evil))).rejects.toMatchObject({ code: "invalid_input" });
    expect(await store().counts()).toEqual(empty);
    await store().load(inTurn(tables));
    expect(await store().counts()).toMatchObject({ documents: 13 });
  });
}
