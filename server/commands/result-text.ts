/**
 * Answers of Cypher as text: a table for people, CSV for programs.
 */
import type { CypherNode, CypherRelationship, CypherResult, CypherValue } from "../contract/cypher.ts";
import { csvRow } from "../export/csv.ts";

/** Columns padded to their widest cell, one line a row, the number of rows last. */
export function* resultTable({ columns, rows }: Pick<CypherResult, "columns" | "rows">): Generator<string> {
  const cells = rows.map((row) => row.map((value) => oneLine(cypherText(value))));
  const widths = columns.map((column, index) =>
    Math.max(width(column), ...cells.map((row) => width(row[index] ?? ""))),
  );
  const line = (values: readonly string[]) =>
    `${values
      .map((value, index) => pad(value, widths[index] ?? 0))
      .join("  ")
      .trimEnd()}\n`;
  yield line(columns);
  yield line(widths.map((size) => "─".repeat(size)));
  for (const row of cells) yield line(row);
  yield `${rows.length} ${rows.length === 1 ? "row" : "rows"}\n`;
}

/** Plain values as they are, everything else as JSON. */
export function* resultCsv({ columns, rows }: Pick<CypherResult, "columns" | "rows">): Generator<string> {
  yield csvRow(columns);
  for (const row of rows) {
    yield csvRow(row.map((value) => (value === null || typeof value !== "object" ? value : JSON.stringify(value))));
  }
}

/** A value as a person reads it: `Europol (PublicBody)`, `[TOOK_DOWN]`, `a -[T]-> b`. */
export function cypherText(value: CypherValue): string {
  if (value === null) return "null";
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return `[${value.map(cypherText).join(", ")}]`;
  if (isTagged(value, "node")) return nodeText(value);
  if (isTagged(value, "relationship")) return `[${value.type}]`;
  if (isTagged(value, "path")) return pathText(value.nodes, value.relationships);
  if (
    isTagged(value, "integer") ||
    isTagged(value, "float") ||
    isTagged(value, "temporal") ||
    isTagged(value, "point")
  ) {
    return value.value;
  }
  const fields = isTagged(value, "map") ? value.value : (value as { [key: string]: CypherValue });
  return `{${Object.entries(fields)
    .map(([key, field]) => `${key}: ${cypherText(field)}`)
    .join(", ")}}`;
}

type Tagged = Extract<CypherValue, { $type: string }>;

function isTagged<T extends Tagged["$type"]>(value: object, tag: T): value is Extract<Tagged, { $type: T }> {
  return "$type" in value && value.$type === tag;
}

function nodeText(node: CypherNode): string {
  const { name, title } = node.properties;
  const told = typeof name === "string" ? name : typeof title === "string" ? title : node.id;
  const label = node.labels.findLast((candidate) => candidate !== "Entity" && candidate !== "Actor");
  return label === undefined ? told : `${told} (${label})`;
}

function pathText(nodes: readonly CypherNode[], relationships: readonly CypherRelationship[]): string {
  return nodes
    .map((node, index) => {
      const step = relationships[index];
      if (step === undefined) return nodeText(node);
      const forward = step.source === node.id;
      return `${nodeText(node)} ${forward ? `-[${step.type}]->` : `<-[${step.type}]-`} `;
    })
    .join("");
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n\t]+/g, " ").replaceAll(/\p{Cc}/gu, "");
}

/** In characters, of which some take two UTF-16 code units. */
function width(text: string): number {
  return text.replaceAll(/[\uD800-\uDBFF](?=[\uDC00-\uDFFF])/g, "").length;
}

function pad(text: string, size: number): string {
  return text + " ".repeat(Math.max(0, size - width(text)));
}
