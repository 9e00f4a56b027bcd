/**
 * Word → sub-word pieces: the best path through a unigram vocabulary, a word at a time. Its answers equal those of the training
 * code on `data/model/tokenizer-vectors.json`.
 */
import { z } from "zod";

export const vocabularySchema = z.object({
  special: z.object({ cls: z.number(), pad: z.number(), sep: z.number(), unknown: z.number() }),
  /** Log probability of a character that no piece covers. */
  unknownScore: z.number(),
  /** In code points. */
  longestPiece: z.number().int().positive(),
  /** A word keeps at most so many pieces. */
  piecesAWord: z.number().int().positive(),
  pieces: z.array(z.string()),
  scores: z.array(z.number()),
});
export type Vocabulary = z.infer<typeof vocabularySchema>;

export interface Tokenizer {
  readonly special: Vocabulary["special"];
  /** At least one piece id for a word that is not empty. */
  piecesOf(word: string, spaced: boolean): readonly number[];
}

/** Words remembered; a full memory is emptied, so that a long run stays bounded. */
const REMEMBERED_WORDS = 50_000;
/** Longer words are split anew each time, so that a hostile text cannot fill the memory. */
const LONGEST_REMEMBERED = 40;
/** What is behind these code points of one word cannot reach the first pieces that are kept. */
const LONGEST_SPLIT = 1_024;
const WORD_START = "\u2581";

export function createTokenizer(vocabulary: Vocabulary): Tokenizer {
  const { special, unknownScore, longestPiece, piecesAWord, pieces, scores } = vocabulary;
  const reserved = new Set(Object.values(special));
  const ids = new Map<string, number>();
  pieces.forEach((piece, id) => {
    if (!reserved.has(id)) ids.set(piece, id);
  });
  const remembered = new Map<string, readonly number[]>();

  function split(text: string): readonly number[] {
    const points = Array.from(text.slice(0, 2 * LONGEST_SPLIT));
    const length = points.length;
    const best = new Float64Array(length + 1).fill(-Infinity);
    const back = new Int32Array(length + 1);
    const chosen = new Int32Array(length + 1).fill(special.unknown);
    best[0] = 0;
    for (let from = 0; from < length; from += 1) {
      const base = best[from] ?? -Infinity;
      let piece = "";
      for (let to = from + 1; to <= Math.min(length, from + longestPiece); to += 1) {
        piece += points[to - 1] ?? "";
        const id = ids.get(piece);
        if (id === undefined) continue;
        const score = base + (scores[id] ?? -Infinity);
        if (score > (best[to] ?? 0)) {
          best[to] = score;
          back[to] = from;
          chosen[to] = id;
        }
      }
      if (base + unknownScore > (best[from + 1] ?? 0)) {
        best[from + 1] = base + unknownScore;
        back[from + 1] = from;
        chosen[from + 1] = special.unknown;
      }
    }
    const path: number[] = [];
    for (let at = length; at > 0; at = back[at] ?? 0) path.push(chosen[at] ?? special.unknown);
    return path.reverse().slice(0, piecesAWord);
  }

  return {
    special,
    piecesOf(word, spaced) {
      const text = spaced ? WORD_START + word : word;
      const known = remembered.get(text);
      if (known !== undefined) return known;
      const found = split(text);
      if (text.length <= LONGEST_REMEMBERED) {
        if (remembered.size >= REMEMBERED_WORDS) remembered.clear();
        remembered.set(text, found);
      }
      return found;
    },
  };
}
