/**
 * Mentions by description ("l'agence", "elle", "the group") → the named mention that they stand for, by the model's scores.
 */
import type { NodeType } from "../contract/ontology.ts";
import { familyOf } from "./name-group.ts";
import type { FoundMention } from "./tagging.ts";

export interface AntecedentPair {
  /** Indices into the window's mentions. */
  mention: number;
  candidate: number;
}

/** For each mention by description of one window: its named neighbours, the nearest ones first. */
export function antecedentPairs(mentions: readonly FoundMention[], most: number): AntecedentPair[] {
  const named = mentions.flatMap((mention, index) => (mention.named ? [index] : []));
  return mentions.flatMap((mention, index) => {
    if (mention.named) return [];
    const distance = (candidate: number): number =>
      Math.abs((mentions[candidate]?.firstPiece ?? 0) - mention.firstPiece);
    return [...named]
      .sort((a, b) => distance(a) - distance(b) || a - b)
      .slice(0, most)
      .map((candidate) => ({ mention: index, candidate }));
  });
}

const PLURAL_PRONOUN = /^(?:ils|elles|eux|they|them|their|leurs?)$/i;
const PERSON_PRONOUN = /^(?:he|him|his|she|her|hers|lui)$/i;

/** Whether a description of this type and wording can stand for an entity of that type. */
export function canStandFor(description: { type: NodeType; surface: string }, candidate: NodeType): boolean {
  if (PERSON_PRONOUN.test(description.surface)) return candidate === "Person";
  if (PLURAL_PRONOUN.test(description.surface)) return candidate !== "Person";
  const own = familyOf(description.type);
  const other = familyOf(candidate);
  if (own === other) return true;
  // "les autorités turques" stands for Turkey: a body of a state may stand for it.
  return (own === "group" && candidate === "Country") || (candidate === "Country" && own === "place");
}

/**
 * Chooses for each mention by description the candidate with the highest score above the threshold.
 * @param scores one logit a pair; "none" is 0.
 * @returns index of the mention → index of its antecedent.
 */
export function chooseAntecedents(
  mentions: readonly FoundMention[],
  pairs: readonly AntecedentPair[],
  scores: Float32Array,
  threshold: number,
  typeOf: (mention: number) => NodeType,
): Map<number, number> {
  const best = new Map<number, { candidate: number; score: number }>();
  pairs.forEach(({ mention, candidate }, row) => {
    const score = scores[row] ?? -Infinity;
    const description = mentions[mention];
    if (score <= threshold || description === undefined) return;
    if (score <= (best.get(mention)?.score ?? -Infinity)) return;
    if (!canStandFor(description, typeOf(candidate))) return;
    best.set(mention, { candidate, score });
  });
  return new Map([...best].map(([mention, { candidate }]) => [mention, candidate]));
}
