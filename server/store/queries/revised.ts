/**
 * Cypher on what decisions changed. A node `:Revised` keeps what the program alone would have made of an entity, as long as
 * decisions made something else of it in one document or more: resolution goes by it, so that no decision sways the next article.
 */
import type { Query } from "../executor.ts";
import { numberIn, textIn, textOrNullIn, textsIn } from "../row.ts";
import { noRow } from "./entities.ts";

export interface RevisedEntity {
  id: string;
  /** JSON: sum of the contributions that the program found. */
  tally: string;
  keys: string[];
  /** Number of documents in which decisions made something else of it. */
  differing: number;
}

export function revisedEntities(ids: readonly string[]): Query<RevisedEntity> {
  return {
    text: `UNWIND $ids AS wanted
MATCH (r:Revised {id: wanted})
RETURN r.id AS id, r.tally AS tally, r.keys AS keys, r.differing AS differing
ORDER BY id`,
    parameters: { ids },
    access: "read",
    read: (row) => ({
      id: textIn(row, "id"),
      tally: textIn(row, "tally"),
      keys: textsIn(row, "keys"),
      differing: numberIn(row, "differing"),
    }),
  };
}

export function writeRevised(rows: readonly RevisedEntity[]): Query<never> {
  return {
    text: `UNWIND $rows AS row
MERGE (r:Revised {id: row.id})
SET r.tally = row.tally, r.keys = row.keys, r.differing = row.differing`,
    parameters: { rows: rows.map((row) => ({ ...row })) },
    access: "write",
    read: noRow,
  };
}

export function deleteRevised(ids: readonly string[]): Query<never> {
  return {
    text: `UNWIND $ids AS id
MATCH (r:Revised {id: id})
DETACH DELETE r`,
    parameters: { ids },
    access: "write",
    read: noRow,
  };
}

/** Entities that the program found in a document and decisions took out of it whole. */
export function writeFoundIn(document: string, ids: readonly string[]): Query<never> {
  return {
    text: `MATCH (d:Document {id: $document})
UNWIND $ids AS id
MATCH (r:Revised {id: id})
CREATE (r)-[:FOUND_IN]->(d)`,
    parameters: { document, ids },
    access: "write",
    read: noRow,
  };
}

export function removeFoundIn(document: string): Query<never> {
  return {
    text: "MATCH (d:Document {id: $document})<-[f:FOUND_IN]-(:Revised) DELETE f",
    parameters: { document },
    access: "write",
    read: noRow,
  };
}

/** Documents in which the program found an entity: mentions that decisions brought are left out, those they took are in. */
export function documentsFoundWith(ids: readonly string[]): Query<{ id: string; document: string }> {
  return {
    text: `UNWIND $ids AS wanted
MATCH (e:Entity {id: wanted})-[m:MENTIONED_IN]->(d:Document)
WHERE m.foreign IS NULL
RETURN wanted AS id, d.id AS document
UNION
UNWIND $ids AS wanted
MATCH (r:Revised {id: wanted})-[:FOUND_IN]->(d:Document)
RETURN wanted AS id, d.id AS document`,
    parameters: { ids },
    access: "read",
    read: (row) => ({ id: textIn(row, "id"), document: textIn(row, "document") }),
  };
}

export function revisedNamePage(cursor: string, limit: number): Query<{ id: string; keys: string[] }> {
  return {
    text: `MATCH (r:Revised) WHERE r.id > $cursor
WITH r ORDER BY r.id LIMIT $limit
RETURN r.id AS id, r.keys AS keys
ORDER BY id`,
    parameters: { cursor, limit },
    access: "read",
    read: (row) => ({ id: textIn(row, "id"), keys: textsIn(row, "keys") }),
  };
}

/** Ids of all, in their order. */
export function revisedIds(): Query<string> {
  return {
    text: "MATCH (r:Revised) RETURN r.id AS id ORDER BY id",
    parameters: {},
    access: "read",
    read: (row) => textIn(row, "id"),
  };
}

export function appliedDecisions(): Query<string | null> {
  return {
    text: "MATCH (m:Meta) WHERE m.schemaVersion IS NOT NULL RETURN m.decisions AS applied",
    parameters: {},
    access: "read",
    read: (row) => textOrNullIn(row, "applied"),
  };
}

export function writeAppliedDecisions(applied: string): Query<never> {
  return {
    text: "MATCH (m:Meta) WHERE m.schemaVersion IS NOT NULL SET m.decisions = $applied",
    parameters: { applied },
    access: "write",
    read: noRow,
  };
}
