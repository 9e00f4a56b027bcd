/**
 * The whole graph as the CSV files that `neo4j-admin database import full` loads: one file a table with a typed header, and one
 * with the importer's options. The database that it makes is opened by this program like one that it filled itself.
 */
import { BULK_TABLE_NAMES, BULK_TABLES, type BulkRow, type BulkTable, type BulkValue } from "../contract/bulk.ts";
import type { BulkFile } from "./bulk-files.ts";

/** Between the items of a list: a character that no article has a use for. */
const LIST_SEPARATOR = "\u001f";

export const NEO4J_ADMIN_OPTIONS = "import.args";

/** In the order in which they should be read: what relationships point at comes first. */
export const NEO4J_ADMIN_FILES: readonly BulkFile[] = [
  ...BULK_TABLE_NAMES.map((name): BulkFile => {
    const table: BulkTable = BULK_TABLES[name];
    return {
      name: `${name}.csv`,
      mediaType: "text/csv",
      async *write({ store }) {
        yield headerOf(name, table);
        for await (const page of store.bulk(name)) yield page.map((row) => lineOf(row, table)).join("");
      },
    };
  }),
  {
    name: "meta.csv",
    mediaType: "text/csv",
    async *write({ store }) {
      const mark = cell(await store.appliedDecisions());
      yield `:ID(meta),schemaVersion:int,decisions:string,:LABEL\n1,${store.schemaVersion},${mark},Meta\n`;
    },
  },
  {
    name: NEO4J_ADMIN_OPTIONS,
    mediaType: "text/plain",
    async *write() {
      yield await Promise.resolve(importerOptions());
    },
  },
];

/** `neo4j-admin database import full neo4j @import.args`, in the folder of the files. */
function importerOptions(): string {
  const files = BULK_TABLE_NAMES.map((name) => {
    const table: BulkTable = BULK_TABLES[name];
    return `--${table.ends === undefined ? "nodes" : "relationships"}=${name}.csv`;
  });
  return [
    "--nodes=meta.csv",
    ...files,
    "--id-type=string",
    "--delimiter=,",
    "--array-delimiter=U+001F",
    "--multiline-fields=true",
    // No field may be longer: enough for the longest article and for what was found in it.
    "--read-buffer-size=16m",
    // A file that lacks the end of a relationship was written while the graph changed: better told than half loaded.
    "--bad-tolerance=0",
    "--strict=true",
    "",
  ].join("\n");
}

function headerOf(name: string, { columns, ends }: BulkTable): string {
  const typed = Object.entries(columns).map(([column, type], place) =>
    ends === undefined && place === 0 ? `${column}:ID(${name})` : `${column}:${type}`,
  );
  const header =
    ends === undefined
      ? [...typed, ":LABEL"]
      : [`:START_ID(${ends.source})`, `:END_ID(${ends.target})`, ":TYPE", ...typed];
  return `${header.join(",")}\n`;
}

function lineOf({ ends, labels, values }: BulkRow, table: BulkTable): string {
  const own = values.map(cell);
  const cells = table.ends === undefined ? [...own, cell(labels)] : [...ends.map(cell), cell(labels), ...own];
  return `${cells.join(",")}\n`;
}

/** Texts are always quoted: an empty cell without quotes is no value at all. */
function cell(value: BulkValue): string {
  if (value === null) return "";
  if (typeof value === "string") return quoted(value);
  if (typeof value !== "object") return String(value);
  return quoted(value.map((item) => String(item).replaceAll(LIST_SEPARATOR, " ")).join(LIST_SEPARATOR));
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
