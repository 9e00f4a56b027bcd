/**
 * What stands at one web address over time is one article: its newest version is in the graph, the ones before are in the archive,
 * each with its original. Called inside the write queue, around the write of the document itself.
 *
 * Every step can be done again: a process that is killed between two of them leaves both versions, and the next reading of the
 * address finishes the work.
 */
import type { Archive } from "./archive/archive.ts";
import { areVersions, compareTexts } from "./archive/versions.ts";
import type { Document } from "./contract/document.ts";
import type { Original } from "./contract/original.ts";
import type { GraphStore } from "./store/graph-store.ts";

export interface VersionParts {
  store: Pick<GraphStore, "header" | "document" | "deleteDocument">;
  archive: Archive;
}

/** What the address of an original showed before. */
export type Precedent =
  | { kind: "none" }
  /** Another text of the same article. */
  | { kind: "version"; document: string; title: string; text: string }
  /** An article of its own: a front page, or a page that names a wrong address. */
  | { kind: "other"; title: string };

const NONE: Precedent = { kind: "none" };

export async function precedentOf(
  document: Pick<Document, "id" | "text">,
  original: Pick<Original, "article">,
  { store, archive }: VersionParts,
): Promise<Precedent> {
  if (original.article === null) return NONE;
  const latest = await archive.latestAt(original.article);
  if (latest === null || latest === document.id) return NONE;
  const [stored, record] = [await store.document(latest), await archive.record(latest)];
  if (stored === null || record === null) return NONE;
  const { title, text } = stored;
  if (!areVersions(text, document.text)) return { kind: "other", title };
  // What stands at a second address too is still what that one shows.
  const onlyHere = record.captures.every(({ article }) => article === original.article);
  return onlyHere ? { kind: "version", document: latest, title, text } : NONE;
}

/** Once the document is stored: the address shows it from now on, and the version before leaves the graph. */
export async function settleVersion(
  document: Pick<Document, "id">,
  original: Pick<Original, "article" | "capturedAt">,
  precedent: Precedent,
  { store, archive }: VersionParts,
): Promise<void> {
  if (original.article === null) return;
  if (precedent.kind === "version") {
    const { document: earlier, title, text } = precedent;
    await archive.supersede({ document: earlier, title, text }, document.id, original.capturedAt);
  }
  await archive.pointAt(original.article, document.id);
  for (const version of (await archive.record(document.id))?.earlier ?? []) {
    // The text may have come back since, as the present one or under another address.
    if (version.document === document.id || (await archive.record(version.document)) !== null) continue;
    await store.deleteDocument(version.document);
  }
}

/** One sentence for the report; null when there is nothing to tell. */
export function precedentRemark(precedent: Precedent, text: string): string | null {
  switch (precedent.kind) {
    case "none":
      return null;
    case "version": {
      const { added, removed } = compareTexts(precedent.text, text);
      return `a new version of an article that was read before: ${added.length} sentences new, ${removed.length} gone`;
    }
    case "other":
      return `its address showed another article before ("${precedent.title}"); both are kept`;
  }
}
