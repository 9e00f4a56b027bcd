/**
 * Backups: a whole graph as JSON lines, from one store into another or the same. A first line says what it is, then come the
 * decisions of people, the rows of the store's tables in batches, and a last line that tells how many there were, so that a file
 * that was cut short is known as such.
 */
import { z } from "zod";
import { BULK_TABLE_NAMES, BULK_TABLES, type BulkBatch, type BulkRow, type BulkTableName } from "./contract/bulk.ts";
import { decisionRecordSchema } from "./contract/decisions.ts";
import { AppError } from "./errors.ts";
import { readLines } from "./extraction-lines.ts";
import type { GraphStore } from "./store/graph-store.ts";
import type { Workspace } from "./workspace/workspace.ts";

/** Raised by one when an older program could not read what is written. */
const BACKUP_VERSION = 1;

const columnNames = (table: BulkTableName): string[] => Object.keys(BULK_TABLES[table].columns);

const tableSchema = z.enum(BULK_TABLE_NAMES);
const valueSchema = z.union([z.null(), z.string(), z.number(), z.boolean(), z.array(z.string()), z.array(z.number())]);
const rowSchema = z.object({ ends: z.array(z.string()), labels: z.array(z.string()), values: z.array(valueSchema) });

const recordSchema = z.discriminatedUnion("record", [
  z.object({ record: z.literal("backup"), version: z.number().int(), schema: z.number().int() }),
  z.object({
    record: z.literal("decisions"),
    /** The mark of the last one that the graph follows. */
    applied: z.string().nullable(),
    decisions: z.array(decisionRecordSchema),
  }),
  z.object({ record: z.literal("table"), table: tableSchema, columns: z.array(z.string()) }),
  z.object({ record: z.literal("rows"), rows: z.array(rowSchema) }),
  z.object({ record: z.literal("end"), rows: z.number().int() }),
]);
type BackupRecord = z.infer<typeof recordSchema>;
type DecisionsRecord = Extract<BackupRecord, { record: "decisions" }>;

export interface BackupSource {
  store: Pick<GraphStore, "bulk" | "schemaVersion" | "appliedDecisions">;
  workspace: Pick<Workspace, "decisions">;
}

export async function* writeBackup({ store, workspace }: BackupSource): AsyncGenerator<string> {
  const line = (record: BackupRecord) => `${JSON.stringify(record)}\n`;
  yield line({ record: "backup", version: BACKUP_VERSION, schema: store.schemaVersion });
  const [applied, decisions] = [await store.appliedDecisions(), await workspace.decisions()];
  yield line({ record: "decisions", applied, decisions });
  let count = 0;
  for (const table of BULK_TABLE_NAMES) {
    yield line({ record: "table", table, columns: columnNames(table) });
    for await (const rows of store.bulk(table)) {
      count += rows.length;
      yield line({ record: "rows", rows: rows.map(plainRow) });
    }
  }
  yield line({ record: "end", rows: count });
}

function plainRow({ ends, labels, values }: BulkRow): z.infer<typeof rowSchema> {
  return {
    ends: [...ends],
    labels: [...labels],
    values: values.map((value) => (typeof value === "object" && value !== null ? copied(value) : value)),
  };
}

function copied(list: readonly string[] | readonly number[]): string[] | number[] {
  return [...(list as readonly (string | number)[])] as string[] | number[];
}

export interface BackupTarget {
  store: Pick<GraphStore, "load" | "revise" | "schemaVersion">;
  workspace: Pick<Workspace, "decisions" | "appendDecision">;
}

/**
 * Fills an empty store. `name` is how messages call the file. Decisions that the log of the workspace holds already stay as they
 * are.
 * @throws AppError `invalid_input` for what is no backup, is damaged, is of a newer program, or ends too early; `conflict` when
 *   the store is not empty.
 */
export async function restoreBackup(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  { store, workspace }: BackupTarget,
): Promise<void> {
  const told: DecisionsRecord[] = [];
  await store.load(batchesOf(chunks, name, store.schemaVersion, (record) => told.push(record)));
  for (const { applied, decisions } of told) {
    const known = new Set((await workspace.decisions()).map(({ id }) => id));
    for (const decision of decisions) if (!known.has(decision.id)) await workspace.appendDecision(decision);
    if (applied !== null) await store.revise({ documents: [], overrides: [], applied });
  }
}

async function* batchesOf(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  schemaVersion: number,
  onDecisions: (record: DecisionsRecord) => void,
): AsyncGenerator<BulkBatch> {
  const fault = (what: string) => new AppError("invalid_input", `${name} ${what}`);
  let begun = false;
  let count = 0;
  let table: BulkTableName | null = null;
  let columns: string[] = [];
  for await (const { number, line } of readLines(chunks)) {
    const record = parseRecord(line);
    if (!begun && record?.record !== "backup") {
      throw fault('is no backup: its first line is not that of "fil-rouge export FILE.backup.jsonl".');
    }
    switch (record?.record) {
      case "backup":
        if (record.version > BACKUP_VERSION || record.schema > schemaVersion) {
          throw fault("was written by a newer version of Fil rouge. Update the program.");
        }
        begun = true;
        break;
      case "decisions":
        onDecisions(record);
        break;
      case "table":
        ({ table, columns } = record);
        break;
      case "rows":
        if (table === null) throw fault(`is damaged at line ${number}. Export it again.`);
        count += record.rows.length;
        yield { table, rows: record.rows.map((row) => inOrder(row, columns, columnNames(table ?? "documents"))) };
        break;
      case "end":
        if (record.rows === count) return;
        throw fault(`holds ${count} rows where it should hold ${record.rows}. Export it again.`);
      case undefined:
        throw fault(`is damaged at line ${number}. Export it again.`);
    }
  }
  throw begun ? fault("ends before its last line: it was cut short. Export it again.") : fault("is empty.");
}

/** A backup of an older program lacks columns, and may have them in another order. */
function inOrder(row: z.infer<typeof rowSchema>, given: readonly string[], wanted: readonly string[]): BulkRow {
  const places = wanted.map((column) => given.indexOf(column));
  return { ...row, values: places.map((place) => row.values[place] ?? null) };
}

function parseRecord(line: string | null): BackupRecord | null {
  if (line === null) return null;
  try {
    return recordSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
