/**
 * Which actor of general knowledge an entity of a document is, if any: its names, its type and its countries must agree.
 *
 * Asks the gazetteer; stands before the graph is asked.
 */
import type { ExtractedEntity, Extraction } from "../contract/extraction.ts";
import { nameKey } from "../contract/names.ts";
import { mayBeTakenFor } from "./compatibility.ts";
import { compareConceptNames, conceptKey, isAcronym, readConceptName } from "./concept-names.ts";
import type { DocumentContext } from "./context.ts";
import type { Gazetteer, KnownActor } from "./gazetteer.ts";

export type ActorKnowledge = Pick<Gazetteer, "match" | "demonym" | "country" | "ofType">;

interface Candidate {
  actor: KnownActor;
  /** The entity's own main name is one of the actor's. */
  byMainName: boolean;
  /** How many of its names are the actor's, and how many of these mean nothing else. */
  found: number;
  clear: number;
  isLabel: boolean;
  /** Found by a name of common words, as bodies of other countries have it too. */
  isGeneric: boolean;
}

/** For each entity of the document the one actor that all evidence allows; entities without one are left out. */
export function knownActors(
  extraction: Extraction,
  context: DocumentContext,
  knowledge: ActorKnowledge,
): Map<string, KnownActor> {
  const ranked = extraction.entities
    .filter((entity) => entity.type !== "Event")
    .map((entity) => ({ entity, candidates: rankedActors(entity, extraction, context, knowledge) }));
  const chosen = new Map<string, KnownActor>();
  const holders = new Map<string, { entity: ExtractedEntity; score: number }>();
  const byScore = [...ranked].sort((a, b) => (b.candidates[0]?.score ?? 0) - (a.candidates[0]?.score ?? 0));
  for (const { entity, candidates } of byScore) {
    const [best, second] = candidates;
    if (best === undefined) continue;
    const holder = holders.get(best.actor.id);
    if (holder === undefined) {
      if (second !== undefined && best.score - second.score < MIN_LEAD) continue;
      chosen.set(entity.id, best.actor);
      holders.set(best.actor.id, { entity, score: best.score });
      continue;
    }
    // The article tells two apart: the other one is the next that fits, or one of its names for the same.
    const free = candidates.find((candidate) => !holders.has(candidate.actor.id));
    if (free !== undefined) {
      chosen.set(entity.id, free.actor);
      holders.set(free.actor.id, { entity, score: free.score });
    } else if (holder.entity.type === entity.type && nameKey(holder.entity.name) === nameKey(entity.name)) {
      chosen.delete(holder.entity.id);
    } else chosen.set(entity.id, best.actor);
  }
  return chosen;
}

const MIN_SCORE = 1;
const MIN_LEAD = 0.5;

interface Ranked {
  actor: KnownActor;
  score: number;
}

function rankedActors(
  entity: ExtractedEntity,
  extraction: Extraction,
  context: DocumentContext,
  knowledge: ActorKnowledge,
): Ranked[] {
  return [...candidatesOf(entity, extraction, knowledge).values()]
    .filter((candidate) => isPlausible(candidate, entity, context, knowledge))
    .map((candidate) => ({ actor: candidate.actor, score: scoreOf(candidate, entity, context, knowledge) }))
    .filter(({ score }) => score >= MIN_SCORE)
    .sort((a, b) => b.score - a.score || (a.actor.id < b.actor.id ? -1 : 1));
}

function candidatesOf(
  entity: ExtractedEntity,
  extraction: Extraction,
  knowledge: ActorKnowledge,
): Map<string, Candidate> {
  const candidates = new Map<string, Candidate>();
  const add = (actor: KnownActor, name: string, ambiguous: boolean, isLabel: boolean, isGeneric: boolean): void => {
    if (!mayBeTakenFor(actor.type, entity.type)) return;
    const known = candidates.get(actor.id);
    const found = (known?.found ?? 0) + 1;
    candidates.set(actor.id, {
      actor,
      found,
      byMainName: name === entity.name || known?.byMainName === true,
      clear: (known?.clear ?? 0) + Number(!ambiguous),
      isLabel: isLabel || known?.isLabel === true,
      isGeneric: isGeneric && known?.isGeneric !== false,
    });
  };
  const mayBeBody = mayBeTakenFor("PublicBody", entity.type);
  for (const name of [entity.name, ...entity.aliases]) {
    const concepts = mayBeBody ? readConceptName(name, knowledge) : null;
    const isGeneric = concepts !== null && concepts.proper.length === 0;
    for (const found of knowledge.match(name, { language: extraction.language })) {
      const isBody = found.actor.type === "PublicBody";
      add(found.actor, name, found.ambiguous, found.isLabel, isBody && isGeneric && found.ambiguous);
    }
    if (concepts === null || entity.type !== "PublicBody") continue;
    for (const actor of bodiesByConcepts(knowledge).get(conceptKey(concepts)) ?? []) {
      if (!candidates.has(actor.id)) add(actor, name, true, false, isGeneric);
    }
  }
  return candidates;
}

const BODIES = new WeakMap<object, ReadonlyMap<string, readonly KnownActor[]>>();

/** Public bodies by what their names mean, without the country. Made once for a gazetteer. */
function bodiesByConcepts(knowledge: ActorKnowledge): ReadonlyMap<string, readonly KnownActor[]> {
  const made = BODIES.get(knowledge);
  if (made !== undefined) return made;
  const index = new Map<string, KnownActor[]>();
  for (const actor of knowledge.ofType("PublicBody")) {
    const keys = new Set(actor.names.map((name) => conceptKey(readConceptName(name, knowledge))));
    for (const key of keys) if (key !== "") index.set(key, [...(index.get(key) ?? []), actor]);
  }
  BODIES.set(knowledge, index);
  return index;
}

function isPlausible(
  { actor, byMainName, clear, isGeneric }: Candidate,
  entity: ExtractedEntity,
  context: DocumentContext,
  knowledge: ActorKnowledge,
): boolean {
  if (clear === 0 && actor.type !== entity.type) return false;
  const own = countriesOf(entity, context, knowledge);
  if (hasOneHome(actor) && actor.countries.length > 0) {
    if (own.size > 0) {
      if (!actor.countries.some((code) => own.has(code))) return false;
    } else if (isGeneric && !actor.countries.some((code) => context.countryShare(code) >= COUNTRY_SHARE)) return false;
  }
  if (byMainName) return true;
  // Found by an acronym or a short form alone: the fuller name must not say something else.
  return actor.names.some((name) => explains(entity.name, name, knowledge));
}

/** Of what an article says of countries, so much must be of the one to which a body without a country of its own is given. */
const COUNTRY_SHARE = 0.2;

/** Told by its name or by the text beside it. */
function countriesOf(
  entity: ExtractedEntity,
  context: DocumentContext,
  knowledge: ActorKnowledge,
): ReadonlySet<string> {
  const told = context.of(entity.id).countries;
  if (entity.type !== "PublicBody") return told;
  const named = [entity.name, ...entity.aliases].flatMap((name) => readConceptName(name, knowledge).countries);
  return named.length === 0 ? told : new Set(named);
}

/** Bodies and places have their country; a platform, a group or a company is at home where it is told of. */
function hasOneHome(actor: KnownActor): boolean {
  return actor.type === "PublicBody" || actor.type === "Place" || actor.type === "Country";
}

/** Whether the actor's name means what the main name says, or half of it and nothing of its own. */
function explains(mainName: string, actorName: string, knowledge: ActorKnowledge): boolean {
  if (isAcronym(mainName) || isAcronym(actorName)) return false;
  const [own, other] = [readConceptName(mainName, knowledge), readConceptName(actorName, knowledge)];
  const likeness = compareConceptNames(own, other);
  if (likeness === "equal" || likeness === "weaker head") return true;
  if (own.proper.some((word) => !other.words.includes(word))) return false;
  const shared = own.words.filter((word) => other.words.includes(word)).length;
  return shared > 0 && shared * 2 >= Math.max(own.words.length, other.words.length);
}

function scoreOf(
  { actor, byMainName, clear, found, isLabel }: Candidate,
  entity: ExtractedEntity,
  context: DocumentContext,
  knowledge: ActorKnowledge,
): number {
  const own = countriesOf(entity, context, knowledge);
  const here = Math.max(0, ...actor.countries.map((code) => context.countryShare(code)));
  let score = clear > 0 ? 2 : 1;
  score += Math.min(found - 1, 2) * 0.5;
  if (byMainName) score += 1;
  if (isLabel) score += 0.25;
  if (actor.type === entity.type) score += 1;
  if (actor.countries.some((code) => own.has(code))) score += 3;
  score += 2 * here;
  // Of two towns of one name the tenfold larger one is meant, unless the article speaks of the other one's country.
  if (actor.population !== null) score += 0.6 * Math.log10(Math.max(actor.population, 1000) / 1000);
  return score;
}
