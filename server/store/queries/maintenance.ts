/**
 * Cypher on the whole graph: counting and emptying it, and the mark that it is being filled.
 */
import type { Query } from "../executor.ts";
import { numberIn } from "../row.ts";
import { noRow } from "./entities.ts";

export type OwnLabel = "Entity" | "Document" | "Claim" | "Revised";

export function countStoredClaims(): Query<number> {
  return {
    text: "MATCH (c:Claim) RETURN count(c) AS total",
    parameters: {},
    access: "read",
    read: (row) => numberIn(row, "total"),
  };
}

/** Deletes some nodes of ours and tells how many: large graphs do not fit one transaction. */
export function clearBatch(label: OwnLabel, limit: number): Query<number> {
  return {
    text: `MATCH (n:${label})
WITH n LIMIT $limit
DETACH DELETE n
RETURN count(*) AS deleted`,
    parameters: { limit },
    access: "write",
    read: (row) => numberIn(row, "deleted"),
  };
}

export function countOwnNodes(): Query<number> {
  return {
    text: "MATCH (n) WHERE n:Entity OR n:Document OR n:Claim OR n:Revised RETURN count(n) AS total",
    parameters: {},
    access: "read",
    read: (row) => numberIn(row, "total"),
  };
}

const OWN_META = "MATCH (m:Meta) WHERE m.schemaVersion IS NOT NULL";

/** Says that a program fills the store, and that it was at work at this moment (milliseconds since 1970). */
export function markLoading(at: number): Query<never> {
  return { text: `${OWN_META} SET m.loading = $at`, parameters: { at }, access: "write", read: noRow };
}

export function unmarkLoading(): Query<never> {
  return { text: `${OWN_META} REMOVE m.loading`, parameters: {}, access: "write", read: noRow };
}

export function loadingMark(): Query<number> {
  return {
    text: "MATCH (m:Meta) WHERE m.schemaVersion IS NOT NULL AND m.loading IS NOT NULL RETURN m.loading AS at",
    parameters: {},
    access: "read",
    read: (row) => numberIn(row, "at"),
  };
}
