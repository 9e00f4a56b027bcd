/**
 * The whole graph as tables of typed columns, one a label or relationship: what bulk importers of databases read. The store gives
 * the rows, `export/neo4j-admin.ts` writes them.
 */
import { MAX_COPY_KEYS } from "./resolution.ts";

/** `int` is a whole number, `double` any. Lists hold no null. */
export type BulkType = "string" | "int" | "double" | "boolean" | "string[]" | "int[]";

export type BulkValue = null | string | number | boolean | readonly string[] | readonly number[];

export type NodeTable = "documents" | "entities" | "claims" | "revised";

/** A node table's first column is the id. A relationship table begins with the ids of both ends. */
export interface BulkTable {
  columns: Readonly<Record<string, BulkType>>;
  /** Where the rows begin and end, for relationships. */
  ends?: { source: NodeTable; target: NodeTable };
}

const copyKeys = Object.fromEntries(
  Array.from({ length: MAX_COPY_KEYS }, (_, place): [string, BulkType] => [`copyKey${place}`, "string"]),
);

export const BULK_TABLES = {
  documents: {
    columns: {
      id: "string",
      title: "string",
      url: "string",
      source: "string",
      byline: "string",
      language: "string",
      publishedAt: "string",
      mediaType: "string",
      ingestedAt: "string",
      collection: "string",
      duplicateOf: "string",
      extractor: "string",
      warnings: "string[]",
      characters: "int",
      text: "string",
      searchWords: "string",
      extraction: "string",
      resolution: "string",
      revised: "string",
      suggestions: "string",
      ...copyKeys,
    },
  },
  entities: {
    columns: {
      id: "string",
      name: "string",
      aliases: "string[]",
      kind: "string",
      countries: "string[]",
      firstSeen: "string",
      lastSeen: "string",
      mentionCount: "int",
      documentCount: "int",
      degree: "int",
      searchKeys: "string[]",
      tally: "string",
      override: "string",
      notes: "string[]",
      tags: "string[]",
    },
  },
  claims: {
    columns: {
      id: "string",
      type: "string",
      edge: "string",
      quote: "string",
      start: "int",
      end: "int",
      subjectStart: "int",
      subjectEnd: "int",
      objectStart: "int",
      objectEnd: "int",
      polarity: "string",
      modality: "string",
      former: "boolean",
      saidBy: "string",
      date: "string",
      dateFrom: "string",
      dateTo: "string",
      confidence: "double",
      status: "string",
      extractor: "string",
      page: "int",
    },
  },
  revised: { columns: { id: "string", tally: "string", keys: "string[]", differing: "int" } },
  mentions: {
    ends: { source: "entities", target: "documents" },
    columns: {
      starts: "int[]",
      ends: "int[]",
      surfaces: "string[]",
      count: "int",
      local: "string[]",
      name: "string",
      aliases: "string[]",
      kind: "string",
      countries: "string[]",
      keys: "string[]",
      type: "string",
      origins: "string[]",
      foreign: "boolean",
    },
  },
  takenOut: { ends: { source: "revised", target: "documents" }, columns: {} },
  subjects: { ends: { source: "claims", target: "entities" }, columns: {} },
  objects: { ends: { source: "claims", target: "entities" }, columns: {} },
  statements: { ends: { source: "claims", target: "documents" }, columns: {} },
  edges: {
    ends: { source: "entities", target: "entities" },
    columns: {
      family: "string",
      standing: "string",
      contested: "boolean",
      former: "boolean",
      claims: "int",
      documents: "int",
      sources: "int",
      confidence: "double",
      firstDate: "string",
      lastDate: "string",
      derived: "boolean",
      via: "string[]",
    },
  },
} as const satisfies Record<string, BulkTable>;

export type BulkTableName = keyof typeof BULK_TABLES;
export const BULK_TABLE_NAMES = Object.keys(BULK_TABLES) as readonly BulkTableName[];

export interface BulkRow {
  /** Ids of both ends, of a relationship; else empty. */
  ends: readonly string[];
  /** Labels of a node, or the one type of a relationship. */
  labels: readonly string[];
  /** In the order of the table's columns. */
  values: readonly BulkValue[];
}

export interface BulkBatch {
  table: BulkTableName;
  rows: readonly BulkRow[];
}
