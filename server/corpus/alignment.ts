/**
 * Lays a predicted extraction over the annotated one: which predicted entity stands for which annotated one, and every claim in
 * one comparable form. All scores and the error report count from here, so that they agree.
 *
 * A predicted entity stands for the annotated entity with which its mentions share most characters (on a tie, the one declared
 * first). A claim is located by the annotated sentence in which its quote ends. Claims that say the same (type, aligned ends,
 * sentence) count once; the most confident one speaks for them.
 */
import type { Claim, Extraction, Mention, Span } from "../contract/extraction.ts";
import { SYMMETRIC_TYPES } from "../contract/ontology.ts";
import type { GoldDocument } from "./gold-document.ts";

export interface LocatedClaim {
  claim: Claim;
  /** Index of the annotated sentence in which the quote ends. */
  sentence: number;
  /** Equal for claims that say the same in the same sentence; null when an end stands for no annotated entity. */
  strictKey: string | null;
  /** Equal for claims that say the same anywhere in the document. */
  relaxedKey: string | null;
}

export interface Alignment {
  gold: GoldDocument;
  predicted: Extraction;
  /** Predicted entity id → annotated entity id. Several may stand for one. */
  goldOf: ReadonlyMap<string, string>;
  goldClaims: LocatedClaim[];
  /** Most confident first. */
  predictedClaims: LocatedClaim[];
}

export function align(gold: GoldDocument, predicted: Extraction): Alignment {
  const goldOf = entityAlignment(gold.extraction.mentions, predicted.mentions);
  const byConfidence = [...predicted.claims].sort((a, b) => b.confidence - a.confidence);
  return {
    gold,
    predicted,
    goldOf,
    goldClaims: located(gold.extraction.claims, gold.sentences, (entity) => entity),
    predictedClaims: located(byConfidence, gold.sentences, (entity) => goldOf.get(entity) ?? null),
  };
}

/** Both lists are walked once in the order of the text. */
function entityAlignment(gold: readonly Mention[], predicted: readonly Mention[]): Map<string, string> {
  const shared = new Map<string, Map<string, number>>();
  const goldSorted = [...gold].sort(byStart);
  let first = 0;
  for (const mention of [...predicted].sort(byStart)) {
    while ((goldSorted[first]?.end ?? Infinity) <= mention.start) first += 1;
    for (let i = first; i < goldSorted.length; i += 1) {
      const other = goldSorted[i];
      if (other === undefined || other.start >= mention.end) break;
      const length = Math.min(mention.end, other.end) - Math.max(mention.start, other.start);
      if (length <= 0) continue;
      const counts = shared.get(mention.entity) ?? new Map<string, number>();
      counts.set(other.entity, (counts.get(other.entity) ?? 0) + length);
      shared.set(mention.entity, counts);
    }
  }
  const aligned = new Map<string, string>();
  for (const [entity, counts] of shared) {
    const [best] = [...counts].sort((a, b) => b[1] - a[1] || entityNumber(a[0]) - entityNumber(b[0]));
    if (best !== undefined) aligned.set(entity, best[0]);
  }
  return aligned;
}

function byStart(a: Mention, b: Mention): number {
  return a.start - b.start || a.end - b.end;
}

function entityNumber(id: string): number {
  return Number(id.replace(/\D+/g, ""));
}

function located(
  claims: readonly Claim[],
  sentences: readonly Span[],
  goldOf: (entity: string) => string | null,
): LocatedClaim[] {
  const seen = new Set<string>();
  return claims.flatMap((claim) => {
    const sentence = sentenceAt(claim.end - 1, sentences);
    const relaxedKey = keyOf(claim, goldOf);
    const strictKey = relaxedKey === null ? null : `${relaxedKey}@${sentence}`;
    if (strictKey !== null) {
      if (seen.has(strictKey)) return [];
      seen.add(strictKey);
    }
    return [{ claim, sentence, strictKey, relaxedKey }];
  });
}

function keyOf(claim: Claim, goldOf: (entity: string) => string | null): string | null {
  const subject = goldOf(claim.subject);
  const object = goldOf(claim.object);
  if (subject === null || object === null) return null;
  const ends = SYMMETRIC_TYPES.has(claim.type) ? [subject, object].sort() : [subject, object];
  return `${claim.type}:${ends.join(":")}`;
}

/** Index of the sentence that holds the offset, or of the last one before it. */
export function sentenceAt(offset: number, sentences: readonly Span[]): number {
  let low = 0;
  let high = sentences.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((sentences[middle]?.[0] ?? Infinity) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
