/**
 * Full-text search: PORT TextIndex finds the documents, this file says what fits and shows where.
 *
 * A document fits when each word of the query begins a word of its title or text, each "phrase in quotes" stands there word by word,
 * and no -word or -"phrase" does; case, accents and punctuation are ignored.
 */
import type { DocumentSummary } from "../contract/graph.ts";
import { foldName } from "../contract/names.ts";

/** What is searched for, folded: words that begin a word, whole phrases, and whole words or phrases that must not stand there. */
export interface TextQuery {
  words: readonly string[];
  phrases: readonly string[];
  without: readonly string[];
}

export interface TextIndex {
  /** All documents that fit, in no order. */
  documentsWith(query: TextQuery): Promise<FoundDocument[]>;
}

/** What puts a document into its place in a list, and no more: thousands may fit. */
export interface FoundDocument {
  id: string;
  collection: string;
  /** `""` when unknown. */
  publishedAt: string;
  ingestedAt: string;
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

const TERM = /(-?)(?:"([^"]*)"?|([^\s"]+))/g;

/** A quotation mark that is never closed opens a phrase to the end; signs alone say nothing. */
export function parseTextQuery(query: string): TextQuery {
  const parsed = { words: new Set<string>(), phrases: new Set<string>(), without: new Set<string>() };
  for (const [, minus, quoted, bare] of query.replace(/[«»“”„]/g, '"').matchAll(TERM)) {
    const folded = foldName(quoted ?? bare ?? "");
    if (folded === "") continue;
    if (minus === "-") parsed.without.add(folded);
    else if (quoted !== undefined) parsed.phrases.add(folded);
    else for (const word of folded.split(" ")) parsed.words.add(word);
  }
  return { words: [...parsed.words], phrases: [...parsed.phrases], without: [...parsed.without] };
}

/** The words of a document in their order, folded, each between spaces: what both stores search instead of the text. */
export function searchWordsOf(title: string, text: string): string {
  return ` ${foldName(`${title} ${text}`)} `;
}

/** Places in the text where the words stand, with marks as spans inside the excerpt. */
export function excerptsOf(text: string, { words, phrases }: TextQuery): Excerpt[] {
  const hits = hitsIn(
    text,
    words,
    phrases.map((phrase) => phrase.split(" ")),
  );
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

/** Words that begin as asked, and whole phrases, in their order; what stands in a phrase is marked with it. */
function hitsIn(text: string, words: readonly string[], phrases: readonly (readonly string[])[]): [number, number][] {
  const hits: [number, number][] = [];
  /** The last words read, as many as the longest phrase has. */
  const last: { folded: string; start: number }[] = [];
  const longest = Math.max(1, ...phrases.map((phrase) => phrase.length));
  for (const match of text.matchAll(WORD)) {
    if (hits.length === MAX_MARKS) break;
    const end = match.index + match[0].length;
    const folded = foldName(match[0]);
    last.push({ folded, start: match.index });
    if (last.length > longest) last.shift();
    const ended = phrases.find((phrase) => endsWith(last, phrase));
    const first = ended === undefined ? undefined : last.at(-ended.length);
    if (first !== undefined) {
      while ((hits.at(-1)?.[0] ?? -1) >= first.start) hits.pop();
      hits.push([first.start, end]);
    } else if (words.some((word) => folded.startsWith(word))) {
      hits.push([match.index, end]);
    }
  }
  return hits;
}

function endsWith(read: readonly { folded: string }[], phrase: readonly string[]): boolean {
  if (phrase.length > read.length) return false;
  return phrase.every((word, index) => read[read.length - phrase.length + index]?.folded === word);
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
