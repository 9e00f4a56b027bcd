/**
 * What is compared when two entities are judged: the names in their compared forms, type, countries and dates, of an entity of the
 * document and of an entity of the graph alike.
 */
import type { DateSpan } from "../contract/dates.ts";
import type { ExtractedEntity, Extraction } from "../contract/extraction.ts";
import { foldName, nameKey } from "../contract/names.ts";
import type { NodeType } from "../contract/ontology.ts";
import { KEY_SIGN, type KnownEntity } from "../contract/resolution.ts";
import { readConceptName, type ConceptName } from "./concept-names.ts";
import type { DocumentContext, EntityContext } from "./context.ts";
import { eventSorts, isNamedEvent } from "./events.ts";
import type { KnownActor } from "./gazetteer.ts";
import { knownActors, type ActorKnowledge } from "./known-actors.ts";
import { readPersonName, type PersonName } from "./person-names.ts";

export interface NameForms {
  text: string;
  folded: string;
  /** Without article. */
  key: string;
  isMain: boolean;
  /** All its words stand in the main name, which has more. */
  isShortForm: boolean;
  person: PersonName;
  concepts: ConceptName;
}

export interface Profile {
  type: NodeType;
  names: readonly NameForms[];
  /** The actor of general knowledge that it is. */
  actor: string | null;
  /** Told of it. */
  countries: ReadonlySet<string>;
  /** When none is told: the country of which its document speaks. */
  assumedCountry: string | null;
  dates: DateSpan | null;
  /** Of an event: which sorts of happening it may be. */
  sorts: readonly string[];
  /** An event with a name of its own; true for everything else. */
  isNamed: boolean;
}

/** An entity of the document. */
export interface LocalProfile extends Profile {
  entity: ExtractedEntity;
  knownActor: KnownActor | null;
  context: EntityContext;
  /** Full names that a person called by one name alone would have by those of the family. */
  familyNames: readonly PersonName[];
}

/** Kinds of keys, each after `KEY_SIGN`. */
export const ACTOR_KEY = `${KEY_SIGN}a `;
export const DATE_KEY = `${KEY_SIGN}d `;

export function localProfiles(
  extraction: Extraction,
  context: DocumentContext,
  knowledge: ActorKnowledge,
): LocalProfile[] {
  const byId = new Map(extraction.entities.map((entity) => [entity.id, entity]));
  const actors = knownActors(extraction, context, knowledge);
  return extraction.entities.map((entity) => {
    const own = context.of(entity.id);
    const actor = actors.get(entity.id) ?? null;
    const type = actor?.type ?? entity.type;
    const names = nameForms(entity.name, entity.aliases, knowledge);
    const told = [...own.countries, ...(actor?.countries ?? []), ...countriesInNames(names, type)];
    return {
      entity,
      type,
      names,
      actor: actor?.id ?? null,
      knownActor: actor,
      context: own,
      countries: new Set(told),
      assumedCountry: context.mainCountry,
      dates: own.dates,
      sorts: type === "Event" ? eventSorts([entity.name, ...entity.aliases]) : [],
      isNamed: type !== "Event" || [entity.name, ...entity.aliases].some(isNamedEvent),
      familyNames: type === "Person" ? familyNames(names, own, byId) : [],
    };
  });
}

/** "Police fédérale belge" is Belgian; a person or a group may bear the name of a country that is not theirs. */
export function countriesInNames(names: readonly NameForms[], type: NodeType): string[] {
  return type === "PublicBody" ? names.flatMap((name) => [...name.concepts.countries]) : [];
}

export function nameForms(name: string, aliases: readonly string[], knowledge: ActorKnowledge): NameForms[] {
  const mainWords = new Set(foldName(name).split(" "));
  return [name, ...aliases].map((text, at) => {
    const folded = foldName(text);
    const words = folded.split(" ");
    return {
      text,
      folded,
      key: nameKey(text),
      isMain: at === 0,
      isShortForm: at > 0 && words.length < mainWords.size && words.every((word) => mainWords.has(word)),
      person: readPersonName(text),
      concepts: readConceptName(text, knowledge),
    };
  });
}

function familyNames(
  names: readonly NameForms[],
  own: EntityContext,
  entities: ReadonlyMap<string, ExtractedEntity>,
): PersonName[] {
  const [main] = names;
  if (main === undefined || names.some((name) => name.person.words.length > 1)) return [];
  return own.relations.flatMap((relation) => {
    const relative = relation.type === "FAMILY_OF" ? entities.get(relation.other) : undefined;
    if (relative === undefined) return [];
    const [, ...family] = readPersonName(relative.name).words;
    return family.map((word) => readPersonName(`${main.text} ${word}`));
  });
}

export function knownProfile(known: KnownEntity, knowledge: ActorKnowledge): Profile {
  const names = nameForms(known.name, known.aliases, knowledge);
  const actorKey = known.keys.find((key) => key.startsWith(ACTOR_KEY));
  const isEvent = known.type === "Event";
  return {
    type: known.type,
    names,
    actor: actorKey === undefined ? null : actorKey.slice(ACTOR_KEY.length),
    countries: new Set([...known.countries, ...countriesInNames(names, known.type)]),
    assumedCountry: known.keys.find((key) => key.startsWith(ASSUMED_KEY))?.slice(ASSUMED_KEY.length) ?? null,
    dates: isEvent ? datesOf(known.keys) : null,
    sorts: isEvent ? eventSorts([known.name, ...known.aliases]) : [],
    isNamed: !isEvent || [known.name, ...known.aliases].some(isNamedEvent),
  };
}

/** The country that documents speak of, kept for bodies that no document gives a country. */
export const ASSUMED_KEY = `${KEY_SIGN}c `;

/** The narrowest of the spans that documents gave. */
function datesOf(keys: readonly string[]): DateSpan | null {
  const spans = keys
    .filter((key) => key.startsWith(DATE_KEY))
    .flatMap((key) => {
      const [from, to] = key.slice(DATE_KEY.length).split(" ");
      return from === undefined || to === undefined ? [] : [{ from, to }];
    });
  const length = (span: DateSpan): number => Date.parse(span.to) - Date.parse(span.from);
  return spans.sort((a, b) => length(a) - length(b) || (a.from < b.from ? -1 : 1))[0] ?? null;
}
