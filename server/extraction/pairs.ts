/**
 * The pairs of mentions that the model scores for relationships: all of one sentence, and those of neighbouring sentences that
 * stand close (`data/model/training/INTERFACE.md`, section 7).
 */
import type { FoundMention, Window } from "./tagging.ts";

export interface MentionPair {
  /** Indices into the window's mentions. */
  subject: number;
  object: number;
  /** First and last piece of the sentences that hold both. */
  context: readonly [number, number];
  across: boolean;
  /** Index in the window of the sentence that holds the later one. */
  sentence: number;
}

/** A sentence with more mentions than this is a list: only pairs this close in it are scored, so that time stays linear. */
const NEAREST_IN_LIST = 40;

/**
 * @param mentions of one window, in text order.
 * @param entityOf null for a mention that stands for nothing: it is in no pair.
 */
export function candidatePairs(
  window: Window,
  mentions: readonly FoundMention[],
  entityOf: (mention: number) => number | null,
  acrossPieces: number,
): MentionPair[] {
  const bySentence = new Map<number, number[]>();
  mentions.forEach((mention, index) => {
    if (entityOf(index) === null) return;
    const list = bySentence.get(mention.sentence);
    if (list === undefined) bySentence.set(mention.sentence, [index]);
    else list.push(index);
  });
  const first = (sentence: number): number => window.bases[sentence] ?? 0;
  const last = (sentence: number): number => first(sentence) + (window.sentences[sentence]?.pieces.length ?? 1) - 1;
  const pairs: MentionPair[] = [];
  for (const [sentence, inside] of bySentence) {
    const context = [first(sentence), last(sentence)] as const;
    inside.forEach((subject, a) => {
      inside.forEach((object, b) => {
        if (a === b || Math.abs(a - b) > NEAREST_IN_LIST || entityOf(subject) === entityOf(object)) return;
        pairs.push({ subject, object, context, across: false, sentence });
      });
    });
    const before = bySentence.get(sentence - 1) ?? [];
    const here = new Set(inside.map(entityOf));
    const there = new Set(before.map(entityOf));
    const wide = [first(sentence - 1), last(sentence)] as const;
    for (const a of before) {
      for (const b of inside) {
        // What one sentence tells alone is not asked again over two.
        if (here.has(entityOf(a)) || there.has(entityOf(b))) continue;
        if ((mentions[b]?.firstPiece ?? 0) - (mentions[a]?.firstPiece ?? 0) > acrossPieces) continue;
        pairs.push({ subject: a, object: b, context: wide, across: true, sentence });
        pairs.push({ subject: b, object: a, context: wide, across: true, sentence });
      }
    }
  }
  return pairs;
}
