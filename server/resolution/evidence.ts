/**
 * Evidence: what speaks for and against an entity of the document being an entity of the graph, each with a weight and words for a
 * person. Weights are log-odds; they were set on one half of the dossiers and checked on the other.
 *
 * Pure; `resolve.ts` decides by the sum.
 */
import type { NodeType } from "../contract/ontology.ts";
import type { KnownEntity } from "../contract/resolution.ts";
import { compatibleTypes } from "./compatibility.ts";
import { compareConceptNames, isAcronym } from "./concept-names.ts";
import type { SharedRelation } from "./keys.ts";
import { conceptOf, WEAK_CONCEPTS } from "./lexicon.ts";
import { comparePersonNames, type PersonLikeness } from "./person-names.ts";
import type { LocalProfile, NameForms, Profile } from "./profile.ts";
import { eventEvidence } from "./event-evidence.ts";

export interface Evidence {
  weight: number;
  reason: string;
}

export interface Judgement {
  /** Sum of the weights, with the bias. */
  logit: number;
  evidence: readonly Evidence[];
  /** The names alone say nothing: something else must tell it from its rivals. */
  isWeakName: boolean;
}

/** What the rest of the graph says of the pair. */
export interface Surroundings {
  /** Actors of the document that share another document with the known entity, famous ones left out. */
  sharedActors: number;
  /** Relationships that both have to one other entity. */
  sharedRelations: readonly SharedRelation[];
}

export const NO_SURROUNDINGS: Surroundings = { sharedActors: 0, sharedRelations: [] };

const BIAS = -1;

export function probabilityOf(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** Null when they cannot be the same. */
export function judge(
  local: LocalProfile,
  known: Profile,
  entity: Pick<KnownEntity, "name">,
  surroundings: Surroundings,
): Judgement | null {
  const isMisread = isNameMisreadAsPerson(local, known);
  if (!isMisread && !compatibleTypes(local.type, known.type) && (local.actor === null || local.actor !== known.actor)) {
    return null;
  }
  if (local.actor !== null && known.actor !== null) {
    if (local.actor !== known.actor) return null;
    return {
      logit: 7,
      evidence: [{ weight: 8, reason: `both are known as ${local.knownActor?.name ?? entity.name}` }],
      isWeakName: false,
    };
  }
  if (local.type === "Event") {
    const evidence = eventEvidence(local, known, surroundings);
    return evidence === null ? null : summed(evidence, false);
  }
  const name = local.type === "Person" && !isMisread ? personEvidence(local, known) : nameEvidence(local, known);
  if (name === null) return judgeWithoutName(local, known, surroundings);
  const evidence = [name, ...typeEvidence(local, known), ...countryEvidence(local, known, name)];
  const around = surroundingEvidence(surroundings, local.type === "Person");
  return summed([...evidence, ...around], name.weight < WEAK_NAME);
}

/**
 * A name of one word that nothing explains is easily taken for somebody's surname. It is the group of that name only where
 * the company that both keep says so too: one word of two types weighs little (`compareNames`).
 */
function isNameMisreadAsPerson(local: Profile, known: Profile): boolean {
  const [person, group] = local.type === "Person" ? [local, known] : [known, local];
  if (person.type !== "Person" || !compatibleTypes(group.type, "Organization") || !isOneWord(person)) return false;
  return person.names.some(
    (own) => own.key !== "" && group.names.some((other) => other.key === own.key && other.isMain),
  );
}

const WITHOUT_NAME = -1.2;
/** Names that have nothing in common never suffice to join. */
const MOST_WITHOUT_NAME = 1.8;
const MAY_BE_TRANSLATED: ReadonlySet<NodeType> = new Set<NodeType>([
  "Organization",
  "ThreatGroup",
  "MediaOutlet",
  "Platform",
]);

/** A name may be translated, or be a nickname: one that has the same relationships is worth a look. */
function judgeWithoutName(local: LocalProfile, known: Profile, surroundings: Surroundings): Judgement | null {
  const isNickname = local.type === "Person" && (isOneWord(local) || isOneWord(known));
  if (local.type !== known.type || !(isNickname || MAY_BE_TRANSLATED.has(local.type))) return null;
  if (surroundings.sharedRelations.length === 0 || surroundings.sharedActors < 2) return null;
  const evidence = [
    { weight: WITHOUT_NAME, reason: "the names have nothing in common" },
    ...surroundingEvidence(surroundings, false),
  ];
  const judgement = summed(evidence, true);
  return { ...judgement, logit: Math.min(judgement.logit, MOST_WITHOUT_NAME) };
}

function isOneWord(profile: Profile): boolean {
  return profile.names.every((name) => name.person.words.length === 1);
}

/** Below this, the name fits many. */
const WEAK_NAME = 2;

function summed(evidence: readonly Evidence[], isWeakName: boolean): Judgement {
  const counted = evidence.filter(({ weight }) => weight !== 0);
  return { logit: counted.reduce((sum, { weight }) => sum + weight, BIAS), evidence: counted, isWeakName };
}

interface NameEvidence extends Evidence {
  /** Made of common words alone: a body of every country is called so. */
  isGeneric: boolean;
}

const PERSON_WEIGHTS: Readonly<Record<PersonLikeness, number>> = {
  equal: 4.5,
  sound: 4,
  vowels: 3.3,
  near: 2,
  longer: 2.5,
  initial: 1.4,
  part: 0.9,
  namesake: -5,
  none: 0,
};
const PERSON_REASONS: Readonly<Record<PersonLikeness, string>> = {
  equal: "the same full name",
  sound: "spellings of one full name",
  vowels: "full names that differ by vowels",
  near: "full names a letter apart",
  longer: "one full name has more parts",
  initial: "the same family name and initial",
  part: "called by a part of the name",
  namesake: "the same family name, another given name",
  none: "",
};
const NICKNAME = 2.4;

/** The best that any two of their names have in common. */
function personEvidence(local: LocalProfile, known: Profile): NameEvidence | null {
  let best: NameEvidence | null = null;
  const offer = (weight: number, reason: string): void => {
    if (best === null || weight > best.weight) best = { weight, reason, isGeneric: false };
  };
  let namesakes: [string, string] | null = null;
  for (const own of local.names) {
    for (const other of known.names) {
      const likeness = comparePersonNames(own.person, other.person);
      const single = own.person.words.length === 1 && other.person.words.length === 1;
      if (likeness === "none") continue;
      if (likeness === "namesake") namesakes = [own.text, other.text];
      else if (!single) offer(PERSON_WEIGHTS[likeness], `${PERSON_REASONS[likeness]}: "${own.text}", "${other.text}"`);
      else if (likeness === "equal" || likeness === "sound") {
        const isNickname = standsAlone(own, local.names) && standsAlone(other, known.names);
        offer(isNickname ? NICKNAME : PERSON_WEIGHTS.part, `both are called "${own.text}"`);
      }
    }
  }
  for (const own of local.familyNames) {
    for (const other of known.names) {
      const likeness = comparePersonNames(own, other.person);
      if (likeness === "equal" || likeness === "sound" || likeness === "vowels")
        offer(2.5, `"${other.text}" by the name of the family`);
    }
  }
  const found = best as NameEvidence | null;
  if (namesakes !== null && (found === null || found.weight < NICKNAME)) return null;
  return found;
}

/** A name of one word that is no part of the person's full names: a nickname, or all that is known. */
function standsAlone(name: NameForms, all: readonly NameForms[]): boolean {
  const [word = ""] = name.person.words;
  return !all.some((other) => other.person.words.length > 1 && other.person.words.includes(word));
}

/** The best that any two of their names have in common; null when nothing. */
function nameEvidence(local: LocalProfile, known: Profile): NameEvidence | null {
  let best: NameEvidence | null = null;
  for (const own of local.names) {
    for (const other of known.names) {
      const found = compareNames(own, other, local, known);
      if (found !== null && (best === null || found.weight > best.weight)) best = found;
    }
  }
  return best;
}

function compareNames(own: NameForms, other: NameForms, local: LocalProfile, known: Profile): NameEvidence | null {
  const isBody = local.type === "PublicBody" || known.type === "PublicBody";
  const isGeneric = isBody && own.concepts.proper.length === 0;
  const pair = own.text === other.text ? `"${own.text}"` : `"${own.text}", "${other.text}"`;
  if (own.key === other.key && own.key !== "") {
    if (isAcronym(own.text) && isAcronym(other.text)) {
      if (longFormsDiffer(local, known))
        return { weight: 1.5, reason: `the same acronym of different names ${pair}`, isGeneric: false };
      return { weight: acronymWeight(own, other, local, known), reason: `the same acronym ${pair}`, isGeneric: false };
    }
    if (own.isMain && other.isMain) {
      if (isGeneric) return { weight: 1.2, reason: `the same name ${pair}`, isGeneric };
      // One word is the name of many things.
      const isKnown = own.folded === other.folded && (local.actor !== null || known.actor !== null);
      const isDoubtful = local.type !== known.type && !own.key.includes(" ") && !isKnown;
      return { weight: isDoubtful ? 3 : 4.5, reason: `the same name ${pair}`, isGeneric };
    }
    const isCommon = own.key.split(" ").every((word) => conceptOf(word) !== null);
    if (own.isShortForm || other.isShortForm || (isCommon && !own.key.includes(" "))) {
      return { weight: isCommon ? 0.5 : 2, reason: `one is called ${pair} for short`, isGeneric };
    }
    return { weight: isGeneric ? 1.2 : 4, reason: `the same name ${pair}`, isGeneric };
  }
  // Accounts, states and programs are what they are called, letter by letter.
  if (local.type === "Account" && /^[\p{L}\s'’-]+$/u.test(own.text)) {
    const likeness = own.person.words.length > 1 ? comparePersonNames(own.person, other.person) : "none";
    return likeness === "equal" || likeness === "sound"
      ? { weight: 3.5, reason: `spellings of one name: ${pair}`, isGeneric: false }
      : null;
  }
  if (local.type === "Account" || local.type === "Country") return null;
  if (own.isShortForm || other.isShortForm) return null;
  // Countries are no part of a body's words, they are judged apart; in other names they are words like others.
  const [ownCountries, otherCountries] = [own.concepts.countries.join(), other.concepts.countries.join()];
  if (!isBody && ownCountries !== otherCountries) {
    const isMore = ownCountries === "" || otherCountries === "";
    if (!isMore || compareConceptNames(own.concepts, other.concepts) !== "equal") return null;
    return { weight: 1.2, reason: `one name has a country more: ${pair}`, isGeneric };
  }
  switch (compareConceptNames(own.concepts, other.concepts)) {
    case "equal": {
      const weight = isGeneric ? 1.2 : own.concepts.words.length > 1 ? 3.8 : 2.4;
      return { weight, reason: `names of one meaning or sound: ${pair}`, isGeneric };
    }
    case "weaker head":
      return { weight: isGeneric ? 0.2 : 2.6, reason: `names of one meaning: ${pair}`, isGeneric };
    case "fewer words":
      return { weight: isGeneric ? 0 : 1.6, reason: `one name says less: ${pair}`, isGeneric };
    case "proper part":
      return {
        weight: own.concepts.proper.length > 1 ? 2.8 : 1.4,
        reason: `one name has a word more: ${pair}`,
        isGeneric,
      };
    case "none":
      return null;
  }
}

/** Three letters stand for much: alone they need something beside them. */
function acronymWeight(own: NameForms, other: NameForms, local: Profile, known: Profile): number {
  const isAlone = [...local.names, ...known.names].every((name) => isAcronym(name.text));
  if (isAlone && own.key.length <= 3) return 2.8;
  return own.isMain || other.isMain ? 4 : 3.3;
}

/** Both have a name that is no acronym, and no two of these share a word that says something. */
function longFormsDiffer(local: Profile, known: Profile): boolean {
  const wordsOf = (profile: Profile): Set<string> =>
    new Set(
      profile.names
        .filter((name) => !isAcronym(name.text))
        .flatMap((name) => name.concepts.words.filter((word) => !WEAK_CONCEPTS.has(word))),
    );
  const [own, other] = [wordsOf(local), wordsOf(known)];
  return own.size > 0 && other.size > 0 && ![...own].some((word) => other.has(word));
}

function typeEvidence(local: Profile, known: Profile): Evidence[] {
  return local.type === known.type
    ? []
    : [{ weight: -0.7, reason: `told as ${local.type} here, as ${known.type} before` }];
}

function countryEvidence(local: Profile, known: Profile, name: NameEvidence): Evidence[] {
  const own = [...local.countries];
  const other = [...known.countries];
  if (own.length > 0 && other.length > 0) {
    const common = own.find((code) => known.countries.has(code));
    if (common !== undefined) return [{ weight: name.isGeneric ? 3.2 : 1, reason: `both belong to ${common}` }];
    const isBound = local.type === "PublicBody" || local.type === "Place";
    return [
      { weight: isBound ? -6 : -2, reason: `one belongs to ${own.join(", ")}, the other to ${other.join(", ")}` },
    ];
  }
  if (!name.isGeneric) return [];
  const assumed = (profile: Profile): string[] =>
    profile.countries.size > 0
      ? [...profile.countries]
      : profile.assumedCountry === null
        ? []
        : [profile.assumedCountry];
  const [ownAssumed, otherAssumed] = [assumed(local), assumed(known)];
  if (ownAssumed.length === 0 || otherAssumed.length === 0) return [];
  const common = ownAssumed.find((code) => otherAssumed.includes(code));
  return common === undefined
    ? [{ weight: -3, reason: `the articles speak of ${ownAssumed.join(", ")} and of ${otherAssumed.join(", ")}` }]
    : [{ weight: 2.2, reason: `both articles speak of ${common}` }];
}

const RELATION_WEIGHT = 1.6;
const MAX_RELATIONS = 2;

function surroundingEvidence({ sharedActors, sharedRelations }: Surroundings, isPerson: boolean): Evidence[] {
  const evidence: Evidence[] = [];
  const relations = new Set(sharedRelations.map(({ type, other }) => `${type} ${other}`)).size;
  if (relations > 0) {
    const types = [...new Set(sharedRelations.map(({ type }) => type))].join(", ");
    evidence.push({
      weight: RELATION_WEIGHT * Math.min(relations, MAX_RELATIONS),
      reason: `the same relationship to one other: ${types}`,
    });
  }
  if (sharedActors > 0) {
    // One article seldom has two people of one name, often a company and its foundation.
    const weight = Math.min((isPerson ? 1.2 : 0.9) * sharedActors, 3.2);
    evidence.push({ weight, reason: `${sharedActors} other actors appear with both` });
  }
  return evidence;
}
