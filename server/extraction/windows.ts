/**
 * Sentences → windows: runs of whole sentences that the encoder reads at once. A sentence that is longer than a window is cut
 * between words, where a clause ends if one does, and its parts count as sentences from there on.
 */
import type { Sentence } from "./sentences.ts";
import type { Tokenizer } from "./tokenizer.ts";
import { splitWords, type Word } from "./words.ts";

export interface TokenSentence {
  /** Offsets in the raw text. */
  start: number;
  end: number;
  paragraph: number;
  words: Word[];
  pieces: number[];
  /** For each word: index of its first and its last piece in `pieces`. */
  firsts: number[];
  lasts: number[];
}

/** Sentences without words (of control characters alone) are left out. */
export function tokenise(text: string, sentences: readonly Sentence[], tokenizer: Tokenizer): TokenSentence[] {
  return sentences.flatMap((sentence) => {
    const words = splitWords(text.slice(sentence.start, sentence.end), sentence.start);
    return words.length === 0 ? [] : [assemble(sentence, words, tokenizer)];
  });
}

function assemble(sentence: Sentence, words: Word[], tokenizer: Tokenizer): TokenSentence {
  const pieces: number[] = [];
  const firsts: number[] = [];
  const lasts: number[] = [];
  for (const word of words) {
    firsts.push(pieces.length);
    for (const piece of tokenizer.piecesOf(word.text, word.spaced)) pieces.push(piece);
    lasts.push(pieces.length - 1);
  }
  return { ...sentence, words, pieces, firsts, lasts };
}

/** Greedy: the next sentence joins the window if its pieces fit. `limit` counts pieces without the two that frame a window. */
export function fillWindows(sentences: readonly TokenSentence[], limit: number): TokenSentence[][] {
  const windows: TokenSentence[][] = [];
  let window: TokenSentence[] = [];
  let size = 0;
  for (const part of sentences.flatMap((sentence) => cutLong(sentence, limit))) {
    if (window.length > 0 && size + part.pieces.length > limit) {
      windows.push(window);
      window = [];
      size = 0;
    }
    window.push(part);
    size += part.pieces.length;
  }
  if (window.length > 0) windows.push(window);
  return windows;
}

const CLAUSE_END = /^[,;:.!?…)–—]$/;

function cutLong(sentence: TokenSentence, limit: number): TokenSentence[] {
  if (sentence.pieces.length <= limit) return [sentence];
  const parts: TokenSentence[] = [];
  let from = 0;
  while (from < sentence.words.length) {
    const to = safeCut(sentence, from, limit);
    parts.push(slice(sentence, from, to));
    from = to;
  }
  return parts;
}

/** Index after the last word of the part that begins at `from`: behind a clause in its second half, else where it is full. */
function safeCut(sentence: TokenSentence, from: number, limit: number): number {
  const base = sentence.firsts[from] ?? 0;
  let full = from + 1;
  while (full < sentence.words.length && (sentence.lasts[full] ?? 0) - base < limit) full += 1;
  if (full === sentence.words.length) return full;
  for (let to = full; to > from + (full - from) / 2; to -= 1) {
    if (CLAUSE_END.test(sentence.words[to - 1]?.text ?? "")) return to;
  }
  return full;
}

function slice(sentence: TokenSentence, from: number, to: number): TokenSentence {
  const words = sentence.words.slice(from, to);
  const base = sentence.firsts[from] ?? 0;
  const after = (sentence.lasts[to - 1] ?? base) + 1;
  return {
    start: words[0]?.start ?? sentence.start,
    end: words.at(-1)?.end ?? sentence.end,
    paragraph: sentence.paragraph,
    words,
    pieces: sentence.pieces.slice(base, after),
    firsts: sentence.firsts.slice(from, to).map((index) => index - base),
    lasts: sentence.lasts.slice(from, to).map((index) => index - base),
  };
}
