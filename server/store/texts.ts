/**
 * Full-text search: PORT TextIndex finds the documents, this file says what fits and shows where.
 *
 * A document fits when each word of the query begins a word of its title or text; case and accents are ignored.
 */
import type { DocumentSummary } from "../contract/graph.ts";
import { foldName } from "../contract/names.ts";

export interface TextIndex {
  /** Ids of all documents that fit the folded words, in no order. */
  documentsWith(words: readonly string[]): Promise<string[]>;
}

export type Excerpt = DocumentSummary["excerpts"][number];

const EXCERPTS = 3;
/** Enough for all excerpts: a long text that holds a word on every line is not read to its end. */
const MAX_MARKS = 60;
/** UTF-16 code units before the first mark and in all. */
const LEAD_CHARACTERS = 60;
const EXCERPT_CHARACTERS = 200;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;

export function queryWords(query: string): string[] {
  const folded = foldName(query);
  return folded === "" ? [] : [...new Set(folded.split(" "))];
}

/** The different words of a document, folded, each after a space: what both stores search instead of the text. */
export function searchWordsOf(title: string, text: string): string {
  return [...new Set(foldName(`${title} ${text}`).split(" "))].map((word) => ` ${word}`).join("");
}

/** Places in the text where the words stand, with marks as spans inside the excerpt. */
export function excerptsOf(text: string, words: readonly string[]): Excerpt[] {
  const hits: [number, number][] = [];
  for (const match of text.matchAll(WORD)) {
    const folded = foldName(match[0]);
    if (hits.length === MAX_MARKS) break;
    if (words.some((word) => folded.startsWith(word))) hits.push([match.index, match.index + match[0].length]);
  }
  const excerpts: Excerpt[] = [];
  let covered = 0;
  for (const [start] of hits) {
    if (start < covered) continue;
    if (excerpts.length === EXCERPTS) break;
    const from = wordStart(text, Math.max(covered, start - LEAD_CHARACTERS));
    const to = wordEnd(text, Math.min(text.length, from + EXCERPT_CHARACTERS));
    const marks = hits.filter(([hitStart, hitEnd]) => hitStart >= from && hitEnd <= to);
    excerpts.push({
      text: text.slice(from, to),
      marks: marks.map(([hitStart, hitEnd]) => [hitStart - from, hitEnd - from]),
    });
    covered = to;
  }
  return excerpts;
}

/** The next beginning of a word, so that an excerpt does not begin in the middle of one. */
function wordStart(text: string, from: number): number {
  if (from === 0 || /\s/.test(text[from - 1] ?? "")) return from;
  const space = text.slice(from, from + LEAD_CHARACTERS).search(/\s/);
  return space === -1 ? from : from + space + 1;
}

function wordEnd(text: string, to: number): number {
  const space = text.slice(to).search(/\s|$/);
  return space > LEAD_CHARACTERS ? to : to + space;
}
