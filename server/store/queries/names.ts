/**
 * Cypher for an index of names in memory.
 */
import type { Query } from "../executor.ts";
import { countIn, textIn, textsIn } from "../row.ts";

export interface IndexedName {
  id: string;
  searchKeys: string[];
  degree: number;
  mentionCount: number;
}

/** In the order of ids, from after `cursor`. */
export function namePage(cursor: string, limit: number): Query<IndexedName> {
  return {
    text: `MATCH (e:Entity) WHERE e.id > $cursor
WITH e ORDER BY e.id LIMIT $limit
RETURN e.id AS id, e.searchKeys AS searchKeys, e.degree AS degree, e.mentionCount AS mentionCount
ORDER BY id`,
    parameters: { cursor, limit },
    access: "read",
    read: (row) => ({
      id: textIn(row, "id"),
      searchKeys: textsIn(row, "searchKeys"),
      degree: countIn(row, "degree"),
      mentionCount: countIn(row, "mentionCount"),
    }),
  };
}
