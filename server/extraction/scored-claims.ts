/**
 * Scores of mention pairs → claims of one window: one a sentence, pair of entities and type, above the type's threshold and
 * within the ontology; a symmetric one once, in the order of mention.
 */
import { MODALITIES, type Modality, type Polarity } from "../contract/extraction.ts";
import { RELATIONSHIP_TYPES, SYMMETRIC_TYPES, type NodeType, type RelationshipType } from "../contract/ontology.ts";
import { argmax, calibrated, sigmoid, softmaxAt } from "./calibration.ts";
import type { Manifest } from "./model-files.ts";
import type { OntologyMask } from "./ontology-mask.ts";
import type { MentionPair } from "./pairs.ts";
import type { RelationOutput } from "./session.ts";
import type { FoundMention } from "./tagging.ts";

export interface ScoredClaim {
  type: RelationshipType;
  subject: FoundMention;
  object: FoundMention;
  /** Index in the window of the sentence of the later mention; `across`: it spans the one before too. */
  sentence: number;
  across: boolean;
  polarity: Polarity;
  modality: Modality;
  former: boolean;
  confidence: number;
}

export interface WindowScores {
  mentions: readonly FoundMention[];
  pairs: readonly MentionPair[];
  output: RelationOutput;
  entityOf: (mention: number) => number | null;
  typeOf: (mention: number) => NodeType;
}

/** All rows of one sentence that join two entities by one type. */
interface Candidate {
  row: number;
  logit: number;
}

const WIDTH = RELATIONSHIP_TYPES.length;

export function claimsOfWindow(scores: WindowScores, manifest: Manifest, mask: OntologyMask): ScoredClaim[] {
  const { pairs } = scores;
  const best = bestRows(scores, mask);
  const claims: ScoredClaim[] = [];
  for (const [key, { row, logit }] of best) {
    const pair = pairs[row];
    const type = RELATIONSHIP_TYPES[key.type];
    if (pair === undefined || type === undefined) continue;
    let decided: Candidate = { row, logit };
    if (SYMMETRIC_TYPES.has(type)) {
      const both = symmetric(scores, key, decided, best);
      if (both === null) continue;
      decided = both;
    }
    const scale = pair.across ? "relationAcross" : "relation";
    if (sigmoid(decided.logit) < manifest.thresholds[scale][type]) continue;
    const claim = claimOf(scores, manifest, type, decided);
    if (claim !== null) claims.push(claim);
  }
  return claims;
}

interface Key {
  sentence: number;
  subject: number;
  object: number;
  type: number;
}

/** The highest row for each sentence, ordered pair of entities, and type. */
function bestRows(scores: WindowScores, mask: OntologyMask): BestRows {
  const { pairs, output, entityOf, typeOf } = scores;
  const best = new BestRows();
  pairs.forEach((pair, row) => {
    const subject = entityOf(pair.subject);
    const object = entityOf(pair.object);
    if (subject === null || object === null || subject === object) return;
    const [from, to] = [typeOf(pair.subject), typeOf(pair.object)];
    RELATIONSHIP_TYPES.forEach((name, type) => {
      if (!mask.allows(name, from, to)) return;
      best.offer(
        { sentence: pair.sentence, subject, object, type },
        row,
        output.relations[row * WIDTH + type] ?? -Infinity,
      );
    });
  });
  return best;
}

/** Map by the four numbers of a key, in order of first offer. */
class BestRows implements Iterable<[Key, Candidate]> {
  readonly #byKey = new Map<string, [Key, Candidate]>();

  offer(key: Key, row: number, logit: number): void {
    const name = nameOf(key);
    const known = this.#byKey.get(name);
    if (known === undefined) this.#byKey.set(name, [key, { row, logit }]);
    else if (logit > known[1].logit) known[1] = { row, logit };
  }

  get(key: Key): Candidate | null {
    return this.#byKey.get(nameOf(key))?.[1] ?? null;
  }

  [Symbol.iterator](): Iterator<[Key, Candidate]> {
    return this.#byKey.values();
  }
}

function nameOf(key: Key): string {
  return `${key.sentence} ${key.subject} ${key.object} ${key.type}`;
}

/** Both directions of a symmetric type as one: the mean of their logits, told from the entity mentioned first. */
function symmetric(scores: WindowScores, key: Key, own: Candidate, best: BestRows): Candidate | null {
  const back = best.get({ ...key, subject: key.object, object: key.subject });
  if (back === null) return own;
  const first = (candidate: Candidate): number => {
    const pair = scores.pairs[candidate.row];
    const at = (mention: number | undefined): number => scores.mentions[mention ?? -1]?.start ?? 0;
    return at(pair?.subject) - at(pair?.object);
  };
  // The direction in which the subject stands first speaks for both; on a tie the smaller entity does.
  const ownFirst = first(own) < 0;
  const backFirst = first(back) < 0;
  const speaks = ownFirst === backFirst ? key.subject < key.object : ownFirst;
  return speaks ? { row: own.row, logit: (own.logit + back.logit) / 2 } : null;
}

function claimOf(
  scores: WindowScores,
  manifest: Manifest,
  type: RelationshipType,
  { row, logit }: Candidate,
): ScoredClaim | null {
  const { pairs, mentions, output } = scores;
  const pair = pairs[row];
  const from = mentions[pair?.subject ?? -1];
  const to = mentions[pair?.object ?? -1];
  if (pair === undefined || from === undefined || to === undefined) return null;
  const turned = SYMMETRIC_TYPES.has(type) && from.start > to.start;
  const [subject, object] = turned ? [to, from] : [from, to];
  const { calibration, thresholds } = manifest;
  const negated = softmaxAt(output.polarities, row, 2, 1) >= thresholds.negated;
  return {
    type,
    subject,
    object,
    sentence: pair.sentence,
    across: pair.across,
    polarity: negated ? "negated" : "affirmed",
    modality: MODALITIES[argmax(output.modalities, row, MODALITIES.length)] ?? "asserted",
    former: softmaxAt(output.formers, row, 2, 1) >= thresholds.former,
    confidence: calibrated(pair.across ? calibration.relationAcross : calibration.relation, logit),
  };
}
