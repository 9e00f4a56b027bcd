/**
 * Emptying a store and filling it from the tables of another one, in batches of transactions. While it is filled the database
 * carries a mark; what a killed program left under the mark is taken out when the store is opened next.
 */
import { BULK_TABLES, type BulkBatch, type BulkRow, type BulkTable } from "../contract/bulk.ts";
import { edgeTypeSchema, labelsOfType, typeOfLabels } from "../contract/ontology.ts";
import { AppError } from "../errors.ts";
import type { Executor } from "./executor.ts";
import { createNodes, createRelationships, type LoadedRow } from "./queries/bulk.ts";
import {
  clearBatch,
  countOwnNodes,
  loadingMark,
  markLoading,
  unmarkLoading,
  type OwnLabel,
} from "./queries/maintenance.ts";

const CLEAR_BATCH = 5_000;
const LOAD_BATCH = 1_000;
const OWN_LABELS: readonly OwnLabel[] = ["Claim", "Document", "Entity", "Revised"];

export async function clearGraph(executor: Executor): Promise<void> {
  for (const label of OWN_LABELS) {
    let deleted: number;
    do [deleted = 0] = await executor.write((transaction) => transaction.run(clearBatch(label, CLEAR_BATCH)));
    while (deleted > 0);
  }
}

/**
 * @throws AppError `conflict` when the store is not empty, `invalid_input` for rows that do not fit together; then the store is
 *   empty again.
 */
export async function loadGraph(batches: AsyncIterable<BulkBatch>, executor: Executor): Promise<void> {
  const [nodes = 0] = await executor.read((transaction) => transaction.run(countOwnNodes()));
  if (nodes > 0) {
    throw new AppError("conflict", "The store holds a graph already. Choose an empty one, or take its documents out.");
  }
  await executor.write((transaction) => transaction.run(markLoading(Date.now())));
  try {
    for await (const { table, rows } of batches) {
      for (let start = 0; start < rows.length; start += LOAD_BATCH) {
        await loadRows(table, rows.slice(start, start + LOAD_BATCH), executor);
      }
    }
  } catch (error) {
    await clearGraph(executor);
    await executor.write((transaction) => transaction.run(unmarkLoading()));
    throw error;
  }
  await executor.write((transaction) => transaction.run(unmarkLoading()));
}

/**
 * Takes out what a load that was cut short left behind.
 * @param patienceMs a mark that is younger belongs to another program that is still at work; 0 where there is no other.
 * @throws AppError `store_in_use` while another program fills the store.
 */
export async function takeOutCutLoad(executor: Executor, patienceMs: number, name: string): Promise<void> {
  const [mark] = await executor.read((transaction) => transaction.run(loadingMark()));
  if (mark === undefined) return;
  if (Date.now() - mark < patienceMs) {
    throw new AppError("store_in_use", `${name} is being filled by another program. Wait until it is done.`);
  }
  await clearGraph(executor);
  await executor.write((transaction) => transaction.run(unmarkLoading()));
}

async function loadRows(name: BulkBatch["table"], rows: readonly BulkRow[], executor: Executor): Promise<void> {
  const table: BulkTable = BULK_TABLES[name];
  const groups = new Map<string, LoadedRow[]>();
  for (const row of rows) {
    const kind = kindOf(name, row);
    const group = groups.get(kind) ?? [];
    groups.set(kind, group);
    group.push(loadedRow(row, table));
  }
  const made = await executor.write(async (transaction) => {
    await transaction.run(markLoading(Date.now()));
    let count = 0;
    for (const [kind, group] of groups) {
      const query = table.ends === undefined ? createNodes(kind, group) : createRelationships(kind, table.ends, group);
      const [created = 0] = await transaction.run(query);
      count += created;
    }
    return count;
  });
  if (made !== rows.length) {
    throw new AppError(
      "invalid_input",
      `${rows.length - made} rows of the table ${name} point at documents, entities or claims that are not there. Export it again.`,
    );
  }
}

/** The labels of a node joined by `:`, or the type of a relationship: they go into the text of a query, so none comes from input. */
function kindOf(name: BulkBatch["table"], { labels }: BulkRow): string {
  switch (name) {
    case "documents":
      return "Document";
    case "claims":
      return "Claim";
    case "revised":
      return "Revised";
    case "takenOut":
      return "FOUND_IN";
    case "entities": {
      const type = typeOfLabels([...labels]);
      if (type === null) throw misfit(name, labels);
      return labelsOfType(type).join(":");
    }
    case "mentions":
      return "MENTIONED_IN";
    case "subjects":
      return "SUBJECT";
    case "objects":
      return "OBJECT";
    case "statements":
      return "STATED_IN";
    case "edges": {
      const type = edgeTypeSchema.safeParse(labels[0]);
      if (!type.success) throw misfit(name, labels);
      return type.data;
    }
  }
}

function misfit(name: string, labels: readonly string[]): AppError {
  return new AppError("invalid_input", `The table ${name} has a row of an unknown kind "${labels.join(", ")}".`);
}

function loadedRow({ ends, values }: BulkRow, { columns }: BulkTable): LoadedRow {
  const properties = Object.fromEntries(Object.keys(columns).map((column, place) => [column, values[place] ?? null]));
  return { source: ends[0] ?? null, target: ends[1] ?? null, properties };
}
