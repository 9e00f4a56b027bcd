/**
 * Keys: under which an entity of a document looks for itself in the graph, and under which later documents find it. They are the
 * only way into the graph, so that the cost of a mention does not grow with it.
 */
import type { RelationshipType } from "../contract/ontology.ts";
import { KEY_SIGN } from "../contract/resolution.ts";
import { conceptKey, initialsOf, isAcronym, properKey } from "./concept-names.ts";
import { eventNameKey } from "./events.ts";
import type { Relation } from "./context.ts";
import { fullNameKeys, initialKeys, partKeys } from "./person-names.ts";
import { ACTOR_KEY, ASSUMED_KEY, DATE_KEY, type LocalProfile, type NameForms } from "./profile.ts";

const FULL_NAME = `${KEY_SIGN}p `;
/** A name with an initial, and names that may have one. */
const WITH_INITIAL = `${KEY_SIGN}j `;
const WITHOUT_INITIAL = `${KEY_SIGN}q `;
/** A word of a full name, for those that are called by it alone. */
const PART = `${KEY_SIGN}s `;
/** Called by one word alone. */
const BARE = `${KEY_SIGN}b `;
const CONCEPTS = `${KEY_SIGN}n `;
const PROPER = `${KEY_SIGN}o `;
const INITIALS = `${KEY_SIGN}i `;
const RELATION = `${KEY_SIGN}r `;
const EVENT = `${KEY_SIGN}e `;
const SELF = `${KEY_SIGN}= `;

export interface EntityKeys {
  /** To look for. */
  wanted: string[];
  /** To be found by. */
  offered: string[];
}

/** Keys of the names alone. */
export function nameKeys(profile: LocalProfile): EntityKeys {
  const wanted = new Set<string>();
  const offered = new Set<string>();
  const both = (key: string): void => {
    wanted.add(key);
    offered.add(key);
  };
  if (profile.actor !== null) both(`${ACTOR_KEY}${profile.actor}`);
  if (profile.type === "Event") {
    for (const name of profile.names) {
      const key = eventNameKey(name.concepts);
      if (key !== null) both(`${CONCEPTS}${key}`);
    }
    return { wanted: [...wanted], offered: [...offered] };
  }
  for (const name of profile.names) {
    // Names are found by their folded form without being offered: the store keeps them.
    if (name.folded !== "") wanted.add(name.folded);
    if (name.key !== "" && name.key !== name.folded) both(name.key);
    if (name.key !== "") wanted.add(name.key);
    if (profile.type === "Person") personKeys(name, both, wanted, offered);
    else wordKeys(name, profile, both, wanted, offered);
  }
  for (const name of profile.familyNames) for (const key of fullNameKeys(name)) wanted.add(`${FULL_NAME}${key}`);
  if (profile.type === "PublicBody" && profile.countries.size === 0 && profile.assumedCountry !== null) {
    offered.add(`${ASSUMED_KEY}${profile.assumedCountry}`);
  }
  return { wanted: [...wanted], offered: [...offered] };
}

type Add = (key: string) => void;

function personKeys(name: NameForms, both: Add, wanted: Set<string>, offered: Set<string>): void {
  const { person } = name;
  if (person.text !== name.folded && person.text !== "") both(person.text);
  for (const key of fullNameKeys(person)) both(`${FULL_NAME}${key}`);
  const { keys, isInitial } = initialKeys(person);
  for (const key of keys) {
    offered.add(`${isInitial ? WITH_INITIAL : WITHOUT_INITIAL}${key}`);
    wanted.add(`${isInitial ? WITHOUT_INITIAL : WITH_INITIAL}${key}`);
  }
  for (const key of partKeys(person)) {
    if (person.words.length > 1) {
      offered.add(`${PART}${key}`);
      wanted.add(`${BARE}${key}`);
    } else {
      offered.add(`${BARE}${key}`);
      wanted.add(`${BARE}${key}`).add(`${PART}${key}`);
    }
  }
}

function wordKeys(name: NameForms, profile: LocalProfile, both: Add, wanted: Set<string>, offered: Set<string>): void {
  const concepts = conceptKey(name.concepts);
  if (concepts !== "") both(`${CONCEPTS}${concepts}`);
  const proper = properKey(name.concepts);
  if (proper !== null && profile.type !== "Event") both(`${PROPER}${proper}`);
  for (const initials of initialsOf(name.text)) {
    offered.add(`${INITIALS}${initials}`);
    wanted.add(initials);
  }
  if (isAcronym(name.text)) wanted.add(`${INITIALS}${name.key}`);
}

/** Relationships that few have to one other: they tell who somebody is. */
const TELLING: ReadonlySet<RelationshipType> = new Set<RelationshipType>([
  "LEADS",
  "FOUNDED",
  "MOUTHPIECE_OF",
  "OWNS",
  "OPERATES",
  "SUCCEEDED",
  "FAMILY_OF",
  "ALLEGIANCE_TO",
  "PART_OF",
]);
/** These tell who a group is by its people and deeds; of its people they tell nothing, many have the same. */
const TELLING_OF_GROUPS: ReadonlySet<RelationshipType> = new Set<RelationshipType>([
  "MEMBER_OF",
  "WORKS_FOR",
  "CONDUCTED",
  "CLAIMED",
  "ATTRIBUTED_TO",
]);
/** Relationships of an event that tell which one it is. */
export const EVENT_ROLES: ReadonlySet<RelationshipType> = new Set<RelationshipType>([
  "TARGETED",
  "LOCATED_IN",
  "CONDUCTED",
  "CLAIMED",
  "PARTICIPATED_IN",
  "KILLED",
  "ATTRIBUTED_TO",
  "USED",
]);

/** `idOf`: the graph's id of another entity of the document, null while it is not known. */
export function relationKeys(
  profile: LocalProfile,
  idOf: (local: string) => string | null,
  isCountry: (local: string) => boolean,
): string[] {
  const keys = new Set<string>();
  // Whom everybody knows needs no relationships to be found, and has too many.
  if (profile.actor !== null) return [];
  for (const relation of profile.context.relations) {
    const other = idOf(relation.other);
    if (other === null) continue;
    const isRole = profile.type === "Event" && EVENT_ROLES.has(relation.type);
    const isTelling = TELLING.has(relation.type) || (profile.type !== "Person" && TELLING_OF_GROUPS.has(relation.type));
    if (!isRole && (!isTelling || isCountry(relation.other))) continue;
    keys.add(isRole ? roleKey(relation.type, other) : relationKey(relation, other));
  }
  for (const companion of profile.context.companions) {
    const other = idOf(companion);
    if (other !== null) keys.add(roleKey(COMPANION, other));
  }
  return [...keys];
}

/** Whoever conducted, claimed or is blamed for it is told as its author. */
const AUTHORS: ReadonlySet<string> = new Set(["CONDUCTED", "CLAIMED", "ATTRIBUTED_TO"]);
export const AUTHOR = "AUTHOR";
export const COMPANION = "COMPANION";

function roleKey(type: string, other: string): string {
  return `${RELATION}${AUTHORS.has(type) ? AUTHOR : type} = ${other}`;
}

/** A symmetric relationship has one direction. */
function relationKey(relation: Relation, other: string): string {
  const direction = relation.type === "FAMILY_OF" ? "-" : relation.direction === "out" ? ">" : "<";
  return `${RELATION}${relation.type} ${direction} ${other}`;
}

export interface SharedRelation {
  /** A type of relationship, or of an event `AUTHOR` or `COMPANION`. */
  type: string;
  other: string;
}

export function relationOfKey(key: string): SharedRelation | null {
  if (!key.startsWith(RELATION)) return null;
  const [type = "", , other = ""] = key.slice(RELATION.length).split(" ");
  return { type, other };
}

/** Keys of an event: its sort, the year, and each of those that have a part in it. */
export function eventKeys(
  profile: LocalProfile,
  publishedAt: string | null,
  idOf: (local: string) => string | null,
): EntityKeys {
  if (profile.type !== "Event") return { wanted: [], offered: [] };
  const years = yearsOf(profile, publishedAt);
  const roles = profile.context.relations.filter((relation) => EVENT_ROLES.has(relation.type));
  const others = [...roles.map((relation) => relation.other), ...profile.context.companions].flatMap(
    (other) => idOf(other) ?? [],
  );
  const keys = (list: readonly string[]): string[] =>
    [...new Set(others)].flatMap((other) => list.map((year) => `${EVENT}${other} ${year}`));
  const dates = profile.dates === null ? [] : [`${DATE_KEY}${profile.dates.from} ${profile.dates.to}`];
  return {
    wanted: keys([...new Set([...years, UNDATED])]),
    offered: [...keys(profile.dates === null ? [UNDATED] : years), ...dates],
  };
}

const UNDATED = "?";
const MAX_YEARS = 3;

/** Of an undated event, the year of the article and the one before. */
function yearsOf({ dates }: LocalProfile, publishedAt: string | null): string[] {
  if (dates === null) {
    if (publishedAt === null) return [];
    const year = Number(publishedAt.slice(0, 4));
    return [String(year), String(year - 1)];
  }
  const [from, to] = [Number(dates.from.slice(0, 4)), Number(dates.to.slice(0, 4))];
  return Array.from({ length: Math.min(to - from + 1, MAX_YEARS) }, (_, at) => String(from + at));
}

/** An entity is found by its id too: what founded the id may have been deleted since. */
export function selfKey(id: string): string {
  return `${SELF}${id}`;
}
