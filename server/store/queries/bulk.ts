/**
 * Cypher on whole tables: reading the rows that hang on the entities or documents asked for, with every property, and making
 * nodes and relationships of such rows.
 */
import {
  BULK_TABLES,
  type BulkRow,
  type BulkTable,
  type BulkTableName,
  type BulkValue,
  type NodeTable,
} from "../../contract/bulk.ts";
import { EDGE_TYPES } from "../../contract/ontology.ts";
import type { ParameterValue, Query } from "../executor.ts";
import { numberIn, textIn, textsIn, type Row } from "../row.ts";
import { typePattern } from "./edges.ts";

/** Tables whose ids others are asked for by. */
export type IdTable = "documents" | "entities" | "revised";

interface TablePattern {
  /** Whose ids the rows are asked for by. */
  by: IdTable;
  /** From `id` to the variables that `item`, `source` and `target` name. */
  match: string;
  /** The node or relationship that has the columns. */
  item: string;
  source?: string;
  target?: string;
}

const OF_DOCUMENT = "MATCH (d:Document {id: id})<-[:STATED_IN]-(c:Claim)";

const PATTERNS: Readonly<Record<BulkTableName, TablePattern>> = {
  documents: { by: "documents", match: "MATCH (d:Document {id: id})", item: "d" },
  entities: { by: "entities", match: "MATCH (e:Entity {id: id})", item: "e" },
  claims: { by: "documents", match: OF_DOCUMENT, item: "c" },
  revised: { by: "revised", match: "MATCH (v:Revised {id: id})", item: "v" },
  mentions: {
    by: "documents",
    match: "MATCH (d:Document {id: id})<-[r:MENTIONED_IN]-(e:Entity)",
    item: "r",
    source: "e",
    target: "d",
  },
  takenOut: {
    by: "documents",
    match: "MATCH (d:Document {id: id})<-[r:FOUND_IN]-(v:Revised)",
    item: "r",
    source: "v",
    target: "d",
  },
  subjects: {
    by: "documents",
    match: `${OF_DOCUMENT}\nMATCH (c)-[r:SUBJECT]->(e:Entity)`,
    item: "r",
    source: "c",
    target: "e",
  },
  objects: {
    by: "documents",
    match: `${OF_DOCUMENT}\nMATCH (c)-[r:OBJECT]->(e:Entity)`,
    item: "r",
    source: "c",
    target: "e",
  },
  statements: {
    by: "documents",
    match: "MATCH (d:Document {id: id})<-[r:STATED_IN]-(c:Claim)",
    item: "r",
    source: "c",
    target: "d",
  },
  edges: {
    by: "entities",
    match: `MATCH (e:Entity {id: id})-[r:${typePattern(EDGE_TYPES)}]->(o:Entity)`,
    item: "r",
    source: "e",
    target: "o",
  },
};

export function tableIsBy(table: BulkTableName): IdTable {
  return PATTERNS[table].by;
}

/** The rows of a table that hang on these documents or entities. */
export function bulkRows(name: BulkTableName, ids: readonly string[]): Query<BulkRow> {
  const { match, item, source, target } = PATTERNS[name];
  const table: BulkTable = BULK_TABLES[name];
  const columns = Object.keys(table.columns);
  // Columns get names of their own: `end` and `type` mean something in Cypher.
  const values = columns.map((column, place) => `${item}.${column} AS value${place}`);
  const ends = [source, target].flatMap((end, place) => (end === undefined ? [] : [`${end}.id AS end${place}`]));
  const kind = source === undefined ? `labels(${item}) AS labels` : `type(${item}) AS relation`;
  return {
    text: `UNWIND $ids AS id
${match}
RETURN ${[kind, ...ends, ...values].join(", ")}`,
    parameters: { ids },
    access: "read",
    read: (row) => ({
      ends: source === undefined ? [] : [textIn(row, "end0"), textIn(row, "end1")],
      labels: source === undefined ? textsIn(row, "labels") : [textIn(row, "relation")],
      values: columns.map((_column, place) => bulkValueIn(row, `value${place}`)),
    }),
  };
}

function bulkValueIn(row: Row, column: string): BulkValue {
  const value = row[column];
  if (value === undefined || value === null) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  if (Array.isArray(value) && value.every((item) => typeof item === "number")) return value;
  throw new TypeError(`the column ${column} holds a ${typeof value}`);
}

export interface LoadedRow {
  /** Ids of both ends; null for nodes. */
  source: string | null;
  target: string | null;
  properties: { readonly [name: string]: ParameterValue };
}

const LABELS: Readonly<Record<NodeTable, string>> = {
  documents: "Document",
  entities: "Entity",
  claims: "Claim",
  revised: "Revised",
};

/** `labels` are joined by `:`. Answers how many were made. */
export function createNodes(labels: string, rows: readonly LoadedRow[]): Query<number> {
  return {
    text: `UNWIND $rows AS row
CREATE (n:${labels})
SET n = row.properties
RETURN count(*) AS made`,
    parameters: { rows: rows.map(({ properties }) => ({ properties })) },
    access: "write",
    read: (row) => numberIn(row, "made"),
  };
}

/** Answers how many were made: a row whose ends are not there makes none. */
export function createRelationships(
  type: string,
  ends: NonNullable<BulkTable["ends"]>,
  rows: readonly LoadedRow[],
): Query<number> {
  const hasProperties = Object.keys(rows[0]?.properties ?? {}).length > 0;
  return {
    text: `UNWIND $rows AS row
MATCH (a:${LABELS[ends.source]} {id: row.source})
MATCH (b:${LABELS[ends.target]} {id: row.target})
CREATE (a)-[r:${type}]->(b)${hasProperties ? "\nSET r = row.properties" : ""}
RETURN count(*) AS made`,
    parameters: { rows: rows.map((row) => ({ ...row })) },
    access: "write",
    read: (row) => numberIn(row, "made"),
  };
}
