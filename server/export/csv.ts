/**
 * CSV exports (RFC 4180): the claims, one row each with both ends, quote and document; or the entities. Also the cells of
 * `query --format csv`.
 */
import { standingOfClaim } from "../contract/filter.ts";
import type { GraphNode, StoredClaim } from "../contract/graph.ts";
import { typeOfLabels } from "../contract/ontology.ts";
import type { ExportSource } from "./formats.ts";

/**
 * One cell, quoted where it must be. A spreadsheet runs a text that begins like a formula: such a text gets an apostrophe
 * before it.
 */
export function csvCell(value: string | number | boolean | null): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

export function csvRow(values: readonly (string | number | boolean | null)[]): string {
  return `${values.map(csvCell).join(",")}\r\n`;
}

type Column<T> = readonly [name: string, value: (row: T) => string | number | boolean | null];

const CLAIM_COLUMNS: readonly Column<StoredClaim>[] = [
  ["claim", (claim) => claim.id],
  ["subject", (claim) => claim.subject.name],
  ["subjectType", (claim) => typeOfLabels(claim.subject.labels)],
  ["relationship", (claim) => claim.type],
  ["object", (claim) => claim.object.name],
  ["objectType", (claim) => typeOfLabels(claim.object.labels)],
  ["standing", (claim) => standingOfClaim(claim)],
  ["polarity", (claim) => claim.polarity],
  ["modality", (claim) => claim.modality],
  ["former", (claim) => claim.former],
  ["saidBy", (claim) => claim.saidBy],
  ["date", (claim) => claim.date],
  ["confidence", (claim) => claim.confidence],
  ["status", (claim) => claim.status],
  ["quote", (claim) => claim.quote],
  ["document", (claim) => claim.document.title],
  ["source", (claim) => claim.document.source],
  ["publishedAt", (claim) => claim.document.publishedAt],
  ["page", (claim) => claim.page ?? null],
  ["url", (claim) => claim.document.url],
  ["collection", (claim) => claim.document.collection],
  ["extractor", (claim) => claim.extractor],
  ["subjectId", (claim) => claim.subject.id],
  ["objectId", (claim) => claim.object.id],
  ["documentId", (claim) => claim.document.id],
];

const ENTITY_COLUMNS: readonly Column<GraphNode>[] = [
  ["id", (node) => node.id],
  ["name", (node) => node.name],
  ["type", (node) => typeOfLabels(node.labels)],
  ["kind", (node) => node.kind],
  ["aliases", (node) => node.aliases.join("; ")],
  ["countries", (node) => node.countries.join("; ")],
  ["mentionCount", (node) => node.mentionCount],
  ["documentCount", (node) => node.documentCount],
  ["firstSeen", (node) => node.firstSeen],
  ["lastSeen", (node) => node.lastSeen],
];

export async function* claimsCsv(source: ExportSource): AsyncGenerator<string> {
  yield csvRow(CLAIM_COLUMNS.map(([name]) => name));
  for await (const claim of source.claims()) yield csvRow(CLAIM_COLUMNS.map(([, value]) => value(claim)));
}

export async function* entitiesCsv(source: ExportSource): AsyncGenerator<string> {
  yield csvRow(ENTITY_COLUMNS.map(([name]) => name));
  for await (const { nodes } of source.pages()) {
    for (const node of nodes) yield csvRow(ENTITY_COLUMNS.map(([, value]) => value(node)));
  }
}
