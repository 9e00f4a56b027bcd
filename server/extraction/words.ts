/**
 * Sentence → words: runs of letters, marks and digits; every other visible character is a word of its own.
 */
import { normalise } from "./normalise.ts";

export interface Word {
  /** Normalised. */
  text: string;
  /** At the start of the sentence or after white space. */
  spaced: boolean;
  /** Offsets in the raw text, UTF-16, end exclusive. */
  start: number;
  end: number;
}

const WORD = /[\p{L}\p{M}\p{N}]+|\S/gu;

/** The words of `raw`, whose first character stands at `offset` in the document. */
export function splitWords(raw: string, offset: number): Word[] {
  const { text, starts, ends } = normalise(raw);
  const words: Word[] = [];
  for (const match of text.matchAll(WORD)) {
    const first = match.index;
    const last = first + match[0].length - 1;
    words.push({
      text: match[0],
      spaced: first === 0 || text.charAt(first - 1) === " ",
      start: offset + (starts[first] ?? 0),
      end: offset + (ends[last] ?? 0),
    });
  }
  return words;
}
