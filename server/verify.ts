/**
 * Proof that the evidence stands: every quote in its text, every text in its original, every original in its hash. Nothing is
 * believed that can be computed again; nothing is repaired.
 */
import { createHash } from "node:crypto";
import type { Archive } from "./archive/archive.ts";
import { compareTexts } from "./archive/versions.ts";
import type { Document, Problem } from "./contract/document.ts";
import type { StoredDocument } from "./contract/graph.ts";
import { documentId } from "./contract/identifiers.ts";
import type { Capture, Verification } from "./contract/original.ts";
import type { GraphStore } from "./store/graph-store.ts";

export interface VerifyParts {
  store: Pick<GraphStore, "documents" | "document">;
  archive: Archive;
  readAgain: (capture: Capture, bytes: Uint8Array) => Promise<{ document: Document } | { problem: Problem }>;
}

type Fault = Verification["faults"][number];

const PAGE = 100;

/** One document after the other, newest first; memory stays that of one. */
export async function* verify(parts: VerifyParts, signal?: AbortSignal): AsyncGenerator<Verification> {
  let cursor: string | undefined;
  do {
    const page = await parts.store.documents({ limit: PAGE, cursor });
    for (const { id } of page.documents) {
      if (signal?.aborted === true) return;
      const document = await parts.store.document(id);
      // Deleted since the page was read.
      if (document !== null) yield await verifyDocument(document, parts);
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

export async function verifyDocument(document: StoredDocument, parts: VerifyParts): Promise<Verification> {
  const { id, title, text, claims } = document;
  const faults = quoteFaults(document);
  const record = await parts.archive.record(id);
  // Ids of extractions that came from elsewhere are their makers'; those of originals are ours.
  if (record !== null && documentId(text) !== id) {
    faults.push({ code: "text_changed", message: "The text is no longer the one that was read: its hash is another." });
  }
  const captures = record?.captures ?? [];
  for (const [index, capture] of captures.entries()) {
    const bytes = await parts.archive.bytes(capture.sha256);
    const fault = hashFault(capture, bytes);
    if (fault !== null) faults.push(fault);
    else if (index === 0 && bytes !== null) faults.push(...(await readingFaults(document, capture, bytes, parts)));
  }
  return { document: id, title, quotes: claims.length, originals: captures.length, faults };
}

function quoteFaults({ text, claims, mentions }: StoredDocument): Fault[] {
  const faults: Fault[] = [];
  for (const { id, start, end, quote } of claims) {
    if (start < end && text.slice(start, end) === quote) continue;
    faults.push({
      code: "quote_missing",
      message: `The quote of claim ${id} does not stand at ${start}–${end}: "${quote}"`,
    });
  }
  for (const { start, end, surface } of mentions) {
    if (text.slice(start, end) === surface) continue;
    faults.push({ code: "quote_missing", message: `The name "${surface}" does not stand at ${start}–${end}.` });
  }
  return faults;
}

function hashFault({ sha256, name }: Capture, bytes: Uint8Array | null): Fault | null {
  if (bytes === null) {
    return { code: "original_missing", message: `The original ${name} (SHA-256 ${sha256}) is gone from the archive.` };
  }
  if (createHash("sha256").update(bytes).digest("hex") === sha256) return null;
  return { code: "original_damaged", message: `The original ${name} was changed: its SHA-256 is no longer ${sha256}.` };
}

async function readingFaults(
  document: StoredDocument,
  capture: Capture,
  bytes: Uint8Array,
  { readAgain }: VerifyParts,
): Promise<Fault[]> {
  const outcome = await readAgain(capture, bytes);
  if ("problem" in outcome) {
    return [{ code: "original_unreadable", message: `The original can no longer be read: ${outcome.problem.message}` }];
  }
  const { text } = outcome.document;
  if (text === document.text) return [];
  const { kept } = compareTexts(document.text, text);
  const lost = document.claims.filter(({ quote }) => !text.includes(quote)).length;
  const message =
    `The original, read by version ${capture.reader}, gives another text now: ${Math.round(kept * 100)} % is the same, ` +
    `${lost} of ${document.claims.length} quotes are not in it. Read the article again, or restore that version.`;
  return [{ code: "original_differs", message }];
}
