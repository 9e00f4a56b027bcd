/**
 * Values of both engines ↔ the one tagged JSON type: what is alike in them. What is an engine's own (its nodes, dates, integers)
 * comes in as a function.
 */
import type { CypherMap, CypherValue } from "../contract/cypher.ts";

/**
 * @param own reads what is the engine's own; undefined: the value is a plain map.
 */
export function tagged(value: unknown, own: (value: object) => CypherValue | undefined): CypherValue {
  switch (typeof value) {
    case "boolean":
    case "string":
      return value;
    case "number":
      return Number.isFinite(value) ? value : { $type: "float", value: String(value) };
    case "bigint":
      return { $type: "integer", value: String(value) };
    case "object":
      break;
    case "undefined":
    case "function":
    case "symbol":
      return null;
  }
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((item) => tagged(item, own));
  if (ArrayBuffer.isView(value)) return [...new Uint8Array(value.buffer, value.byteOffset, value.byteLength)];
  const special = own(value);
  if (special !== undefined) return special;
  const entries = taggedEntries(value, own);
  return "$type" in entries ? ({ $type: "map", value: entries } satisfies CypherMap) : entries;
}

/** Properties, or the entries of a map. */
export function taggedEntries(
  value: object,
  own: (value: object) => CypherValue | undefined,
): { [key: string]: CypherValue } {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, tagged(item, own)]));
}

/** How an engine takes what comes in as a parameter of a user's query. */
export interface Untagging<Value> {
  plain: (value: null | boolean | number | string) => Value;
  list: (items: Value[]) => Value;
  map: (entries: { [key: string]: Value }) => Value;
  /** `integer`, `float`, `temporal`, `point`, `node`…; `text` is empty where the tag has none. */
  tagged: (tag: string, text: string) => Value;
}

export function untagged<Value>(value: CypherValue, to: Untagging<Value>): Value {
  if (value === null || typeof value !== "object") return to.plain(value);
  if (Array.isArray(value)) return to.list(value.map((item) => untagged(item, to)));
  const entries = value as { [key: string]: CypherValue };
  const { $type: tag, value: inner } = entries;
  if (typeof tag !== "string") return to.map(untaggedEntries(entries, to));
  if (tag === "map" && typeof inner === "object" && inner !== null && !Array.isArray(inner)) {
    return to.map(untaggedEntries(inner as { [key: string]: CypherValue }, to));
  }
  return to.tagged(tag, typeof inner === "string" ? inner : "");
}

export function untaggedEntries<Value>(
  entries: Readonly<Record<string, CypherValue>>,
  to: Untagging<Value>,
): { [key: string]: Value } {
  return Object.fromEntries(Object.entries(entries).map(([key, item]) => [key, untagged(item, to)]));
}
