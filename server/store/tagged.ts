/**
 * Reading tagged values that come in as parameters of a user's query.
 */
import type { CypherValue } from "../contract/cypher.ts";

/** What a value that JSON shows as an object stands for. */
export type Untagged =
  | { kind: "map"; entries: { [key: string]: CypherValue } }
  /** `integer`, `float`, `temporal`, `point`, `node`…; `text` is empty where the tag has none. */
  | { kind: "tagged"; tag: string; text: string };

export function untag(value: Exclude<CypherValue, null | boolean | number | string | CypherValue[]>): Untagged {
  const entries = value as { [key: string]: CypherValue };
  const { $type: tag, value: inner } = entries;
  if (typeof tag !== "string") return { kind: "map", entries };
  if (tag === "map" && typeof inner === "object" && inner !== null && !Array.isArray(inner)) {
    return { kind: "map", entries: inner as { [key: string]: CypherValue } };
  }
  return { kind: "tagged", tag, text: typeof inner === "string" ? inner : "" };
}
