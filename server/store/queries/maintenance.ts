/**
 * Cypher on the whole graph: counting and emptying it.
 */
import type { Query } from "../executor.ts";
import { numberIn } from "../row.ts";

export type OwnLabel = "Entity" | "Document" | "Claim";

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
