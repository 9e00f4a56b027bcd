/**
 * Deterministic ids, so that reading, extracting or storing something twice adds nothing.
 */
import { createHash } from "node:crypto";
import type { RelationshipType } from "./ontology.ts";
import type { Span } from "./extraction.ts";

function shortHash(parts: readonly (string | number)[]): string {
  return createHash("sha256").update(parts.join("\u0000")).digest("hex").slice(0, 20);
}

/** Id of a document: hash of its text alone. */
export function documentId(text: string): string {
  return shortHash(["document", text]);
}

/** Id of a claim: the document, the type and the spans, so that the same statement has the same id in every run. */
export function claimId(
  document: string,
  type: RelationshipType,
  subjectSpan: Span,
  objectSpan: Span,
  quoteSpan: Span,
): string {
  return `c${shortHash(["claim", document, type, ...subjectSpan, ...objectSpan, ...quoteSpan])}`;
}

/** Id of a graph entity from what founded it (a normalised name and type, or a document's described event). */
export function entityId(...foundation: string[]): string {
  return `n${shortHash(["entity", ...foundation])}`;
}

/** Id of a projected edge: readable, and unique by type and ends. */
export function edgeId(type: string, source: string, target: string): string {
  return `${source}-${type}-${target}`;
}
