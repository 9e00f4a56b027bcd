/**
 * Cypher on the keys under which copies of a text find each other. Each key has a property and an index of its own: an index over
 * the elements of a list exists in neither engine.
 */
import { MAX_COPY_KEYS, type CopyCandidate } from "../../contract/resolution.ts";
import type { Query } from "../executor.ts";
import { textIn, textOrNullIn } from "../row.ts";

export const COPY_PROPERTIES: readonly string[] = Array.from(
  { length: MAX_COPY_KEYS },
  (_, place) => `copyKey${place}`,
);

/** Keys of a document as its properties, by their place. */
export function copyProperties(keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    COPY_PROPERTIES.flatMap((name, place) => {
      const key = keys[place];
      return key === undefined ? [] : [[name, key]];
    }),
  );
}

/** Ids of documents that have the key at this place, in their order. */
export function documentsWithCopyKey(place: number, key: string, limit: number): Query<string> {
  return {
    text: `MATCH (d:Document {${COPY_PROPERTIES[place] ?? ""}: $key}) RETURN d.id AS id ORDER BY id LIMIT ${limit}`,
    parameters: { key },
    access: "read",
    read: (row) => textIn(row, "id"),
  };
}

export function copyCandidate(id: string): Query<CopyCandidate> {
  return {
    text: "MATCH (d:Document {id: $id}) RETURN d.duplicateOf AS duplicateOf, d.text AS text",
    parameters: { id },
    access: "read",
    read: (row) => ({ id, duplicateOf: textOrNullIn(row, "duplicateOf"), text: textIn(row, "text") }),
  };
}
