/**
 * Claims of one window → without those that contradict a surer one: what a sentence says of a subject and an object is nearly
 * always one thing. In the annotated articles one pair in a hundred has two relationships in a sentence, and then one of few
 * combinations.
 */
import { SYMMETRIC_TYPES, type RelationshipType } from "../contract/ontology.ts";

export interface RivalClaim {
  type: RelationshipType;
  sentence: number;
  /** Numbers of the entities. */
  subject: number;
  object: number;
  confidence: number;
}

/** Combinations that occur: the founder leads, the brother succeeds, the judge's accuser prosecutes. */
const TOGETHER: ReadonlySet<string> = new Set(
  [
    ["FOUNDED", "LEADS"],
    ["FAMILY_OF", "SUCCEEDED"],
    ["FAMILY_OF", "APPOINTED"],
    ["FAMILY_OF", "MET"],
    ["FAMILY_OF", "AFFILIATED_WITH"],
    ["OPERATES", "USED"],
    ["CLAIMED", "CONDUCTED"],
    ["ACCUSED", "CHARGED"],
    ["ACCUSED", "SANCTIONED"],
    ["CHARGED", "THREATENED"],
    ["INVESTIGATED", "SANCTIONED"],
    ["KILLED", "TARGETED"],
  ].flatMap(([a = "", b = ""]) => [`${a} ${b}`, `${b} ${a}`]),
);

/** A rival falls when its confidence is at most this share of the surer one's; measured on the development articles. */
const CLEARLY_SURER = 0.5;

/** The surest claim of each pair of entities and sentence, with those that may stand beside it. Order is kept. */
export function withoutRivals<T extends RivalClaim>(claims: readonly T[]): T[] {
  const kept = new Map<string, T[]>();
  for (const claim of [...claims].sort((a, b) => b.confidence - a.confidence)) {
    const [low, high] = [Math.min(claim.subject, claim.object), Math.max(claim.subject, claim.object)];
    const pair = `${claim.sentence} ${low} ${high}`;
    const surer = kept.get(pair) ?? [];
    if (surer.every((other) => mayStandTogether(claim, other))) kept.set(pair, [...surer, claim]);
  }
  const all = new Set([...kept.values()].flat());
  return claims.filter((claim) => all.has(claim));
}

function mayStandTogether(claim: RivalClaim, surer: RivalClaim): boolean {
  if (claim.confidence > CLEARLY_SURER * surer.confidence) return true;
  const sameDirection = claim.subject === surer.subject;
  if (sameDirection || SYMMETRIC_TYPES.has(claim.type) || SYMMETRIC_TYPES.has(surer.type)) {
    return TOGETHER.has(`${claim.type} ${surer.type}`);
  }
  // One hits, the other hits back: two claims; but nobody succeeds his own successor.
  return claim.type !== surer.type;
}
