/**
 * How many independent sources back an edge: different publishers, where a group of near-duplicates counts as the publisher of
 * its first document alone (eight copies of one dispatch are one source).
 */
import { foldName } from "../contract/names.ts";
import { compare } from "./date-order.ts";

export interface FactDocument {
  id: string;
  source: string | null;
  url: string | null;
  publishedAt: string | null;
  /** Id of the document that it copies, or null. */
  duplicateOf: string | null;
}

/** The publisher's name, else the host of the address, else the document for itself. */
export function publisherOf(document: Pick<FactDocument, "id" | "source" | "url">): string {
  const source = foldName(document.source ?? "");
  if (source !== "") return `source:${source}`;
  const host = document.url === null ? null : hostOf(document.url);
  return host === null ? `document:${document.id}` : `host:${host}`;
}

function hostOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { hostname } = new URL(url);
  return hostname === "" ? null : hostname.replace(/^www\./, "");
}

export function countSources(documents: readonly FactDocument[]): number {
  const groups = new Map<string, FactDocument>();
  for (const document of documents) {
    const group = document.duplicateOf ?? document.id;
    const first = groups.get(group);
    if (first === undefined || inOrderOfPublication(document, first) < 0) groups.set(group, document);
  }
  return new Set([...groups.values()].map(publisherOf)).size;
}

function inOrderOfPublication(a: FactDocument, b: FactDocument): number {
  return compare(a.publishedAt ?? "9999", b.publishedAt ?? "9999") || compare(a.id, b.id);
}
