/**
 * One aligned document → its counts in every measure, added to the slice of all, of its type and of its language.
 */
import type { Extraction, Mention } from "../contract/extraction.ts";
import type { Language } from "../contract/ontology.ts";
import type { Alignment, LocatedClaim } from "./alignment.ts";
import { addCounts, newTally, type Counts, type Tally } from "./bootstrap.ts";
import { CONFIDENT } from "./scores.ts";

/** One measure's counts in all its slices. */
export interface SlicedTally {
  size: number;
  overall: Tally;
  byType: Map<string, Tally>;
  byLanguage: Map<Language, Tally>;
}

export const BINS = 10;

export function newTallies() {
  const tally = (size: number): SlicedTally => ({
    size,
    overall: newTally(size),
    byType: new Map(),
    byLanguage: new Map(),
  });
  return {
    mentions: tally(3),
    entities: tally(3),
    strict: tally(3),
    relaxed: tally(3),
    factuality: tally(2),
    dates: tally(2),
    attachment: tally(2),
    coreference: tally(6),
    calibration: tally(BINS * 3),
    confident: tally(2),
  };
}

type Tallies = ReturnType<typeof newTallies>;
type Count = (tally: SlicedTally, type: string, counts: Counts) => void;

export function countDocument(tallies: Tallies, index: number, alignment: Alignment): void {
  const { language } = alignment.gold;
  const count: Count = (tally, type, counts) => {
    addCounts(tally.overall, index, counts);
    addCounts(sliceOf(tally.byType, type, tally.size), index, counts);
    addCounts(sliceOf(tally.byLanguage, language, tally.size), index, counts);
  };
  countMentions(tallies, alignment, count);
  countEntities(tallies, alignment, count);
  countRelationships(tallies, alignment, count);
  countAttachment(tallies, alignment, count);
  countCoreference(tallies, alignment, count);
}

function sliceOf<Key>(slices: Map<Key, Tally>, key: Key, size: number): Tally {
  const found = slices.get(key) ?? newTally(size);
  slices.set(key, found);
  return found;
}

const RIGHT: Counts = [1, 1, 1];
const FALSE: Counts = [0, 1, 0];
const MISSED: Counts = [0, 0, 1];

export function typesOfEntities(extraction: Extraction): Map<string, string> {
  return new Map(extraction.entities.map(({ id, type }) => [id, type]));
}

function countMentions(tallies: Tallies, { gold, predicted }: Alignment, count: Count): void {
  const goldTypes = typesOfEntities(gold.extraction);
  const predictedTypes = typesOfEntities(predicted);
  const keyed = (mentions: readonly Mention[], types: Map<string, string>) =>
    new Map(
      mentions
        .filter((mention) => mention.named)
        .map((mention) => [
          `${mention.start}-${mention.end}-${types.get(mention.entity) ?? ""}`,
          types.get(mention.entity) ?? "",
        ]),
    );
  countKeys(
    tallies.mentions,
    keyed(gold.extraction.mentions, goldTypes),
    keyed(predicted.mentions, predictedTypes),
    count,
  );
}

/** Compares two sets of things by key; the value is the type under which each is counted. */
function countKeys(
  tally: SlicedTally,
  gold: ReadonlyMap<string, string>,
  predicted: ReadonlyMap<string, string>,
  count: Count,
): void {
  for (const [key, type] of gold) count(tally, type, predicted.has(key) ? RIGHT : MISSED);
  for (const [key, type] of predicted) if (!gold.has(key)) count(tally, type, FALSE);
}

/** Of several predicted entities that stand for one, the first of its type is right and the others are false. */
function countEntities(tallies: Tallies, { gold, predicted, goldOf }: Alignment, count: Count): void {
  const goldTypes = typesOfEntities(gold.extraction);
  const mentioned = new Set(predicted.mentions.map((mention) => mention.entity));
  const found = new Set<string>();
  for (const { id, type } of predicted.entities) {
    if (!mentioned.has(id)) continue;
    const standsFor = goldOf.get(id);
    if (standsFor !== undefined && goldTypes.get(standsFor) === type && !found.has(standsFor)) found.add(standsFor);
    else count(tallies.entities, type, FALSE);
  }
  for (const { id, type } of gold.extraction.entities) count(tallies.entities, type, found.has(id) ? RIGHT : MISSED);
}

function countRelationships(tallies: Tallies, { goldClaims, predictedClaims }: Alignment, count: Count): void {
  const goldByKey = new Map(goldClaims.map((located) => [located.strictKey, located]));
  const rightKeys = new Set<string>();
  for (const { claim, strictKey } of predictedClaims) {
    const match = strictKey === null ? undefined : goldByKey.get(strictKey);
    if (match === undefined) count(tallies.strict, claim.type, FALSE);
    else {
      rightKeys.add(strictKey ?? "");
      countDetails(tallies, match, claim, count);
    }
    const right = match === undefined ? 0 : 1;
    if (claim.confidence >= CONFIDENT) count(tallies.confident, claim.type, [right, 1]);
    count(tallies.calibration, claim.type, binCounts(claim.confidence, right));
  }
  for (const { claim, strictKey } of goldClaims) {
    count(tallies.strict, claim.type, rightKeys.has(strictKey ?? "") ? RIGHT : MISSED);
  }
  countKeys(tallies.relaxed, relaxedKeys(goldClaims), relaxedKeys(predictedClaims), count);
}

/** Claims whose ends stand for nothing annotated keep keys of their own: each is a false one. */
function relaxedKeys(claims: readonly LocatedClaim[]): Map<string, string> {
  return new Map(
    claims.map(({ claim, relaxedKey }) => [
      relaxedKey ?? `unaligned:${claim.type}:${claim.subject}:${claim.object}`,
      claim.type,
    ]),
  );
}

function countDetails(tallies: Tallies, gold: LocatedClaim, claim: LocatedClaim["claim"], count: Count): void {
  const isFactual = claim.polarity === gold.claim.polarity && claim.modality === gold.claim.modality;
  count(tallies.factuality, gold.claim.type, [isFactual ? 1 : 0, 1]);
  if (gold.claim.date === null) return;
  count(tallies.dates, gold.claim.type, [claim.date === gold.claim.date ? 1 : 0, 1]);
}

function binCounts(confidence: number, right: number): Counts {
  const counts = new Array<number>(BINS * 3).fill(0);
  const bin = Math.min(BINS - 1, Math.floor(confidence * BINS));
  counts[bin] = 1;
  counts[BINS + bin] = confidence;
  counts[2 * BINS + bin] = right;
  return counts;
}

/** A marked description is joined rightly when a predicted mention that overlaps it belongs to an entity that stands for its own. */
function countAttachment(tallies: Tallies, { gold, predicted, goldOf }: Alignment, count: Count): void {
  const types = typesOfEntities(gold.extraction);
  for (const mention of gold.extraction.mentions) {
    if (mention.named) continue;
    const isJoined = predicted.mentions.some(
      (other) => other.start < mention.end && other.end > mention.start && goldOf.get(other.entity) === mention.entity,
    );
    count(tallies.attachment, types.get(mention.entity) ?? "", [isJoined ? 1 : 0, 1]);
  }
}

function countCoreference(tallies: Tallies, { gold, predicted }: Alignment, count: Count): void {
  const types = typesOfEntities(gold.extraction);
  const predictedOf = new Map(predicted.mentions.map((mention) => [`${mention.start}-${mention.end}`, mention.entity]));
  const goldSizes = new Map<string, number>();
  const predictedSizes = new Map<string, number>();
  const sharedSizes = new Map<string, number>();
  const increase = (sizes: Map<string, number>, key: string) => sizes.set(key, (sizes.get(key) ?? 0) + 1);
  for (const mention of gold.extraction.mentions) {
    increase(goldSizes, mention.entity);
    const twin = predictedOf.get(`${mention.start}-${mention.end}`);
    if (twin === undefined) continue;
    increase(predictedSizes, twin);
    increase(sharedSizes, `${mention.entity}\t${twin}`);
  }
  for (const mention of gold.extraction.mentions) {
    const type = types.get(mention.entity) ?? "";
    const twin = predictedOf.get(`${mention.start}-${mention.end}`);
    if (twin === undefined) {
      count(tallies.coreference, type, [0, 0, 0, 1, 1, 0]);
      continue;
    }
    const shared = sharedSizes.get(`${mention.entity}\t${twin}`) ?? 0;
    const precision = shared / (predictedSizes.get(twin) ?? 1);
    const recall = shared / (goldSizes.get(mention.entity) ?? 1);
    count(tallies.coreference, type, [precision, 1, recall, 1, 1, 1]);
  }
}
