/**
 * What one extraction tells about its entities beside their names: countries, dates, and to whom they are related.
 *
 * Computed once a document, before identity is judged.
 */
import { dateSpan, type DateSpan } from "../contract/dates.ts";
import type { Claim, ExtractedEntity, Extraction, Mention } from "../contract/extraction.ts";
import { foldName } from "../contract/names.ts";
import type { RelationshipType } from "../contract/ontology.ts";
import type { Gazetteer } from "./gazetteer.ts";

/** A relationship as one end sees it. */
export interface Relation {
  type: RelationshipType;
  direction: "out" | "in";
  /** Id of the other entity in the extraction. */
  other: string;
}

export interface EntityContext {
  /** Countries that the text gives the entity itself, by an adjective, a possessive or a relationship. */
  countries: ReadonlySet<string>;
  relations: readonly Relation[];
  /** Of an event: who and what its sentences name beside it. */
  companions: readonly string[];
  /** Days that its claims, or its name, name; null when none does. */
  dates: DateSpan | null;
}

export interface DocumentContext {
  of(entity: string): EntityContext;
  /** Share of each country in all that the document says of countries, 0..1. */
  countryShare(code: string): number;
  /** The country of which the document speaks most, when it speaks much less of any other. */
  readonly mainCountry: string | null;
}

export type CountryKnowledge = Pick<Gazetteer, "match" | "demonym" | "country">;

const MAIN_SHARE = 0.35;
const MAIN_LEAD = 1.5;

const NOTHING: EntityContext = { countries: new Set(), relations: [], companions: [], dates: null };
/** Relationships by which a body or person belongs to a country. */
const BELONGING: ReadonlySet<RelationshipType> = new Set<RelationshipType>(["PART_OF", "BASED_IN", "LOCATED_IN"]);
/** A wrong country keeps one actor apart from itself: a claim must be this sure to give one. */
const SURE_OF_COUNTRY = 0.75;

export function readContext(extraction: Extraction, knowledge: CountryKnowledge): DocumentContext {
  const entities = new Map(extraction.entities.map((entity) => [entity.id, entity]));
  const countryOfEntity = new Map<string, string>();
  for (const entity of extraction.entities) {
    const code = countryOf(entity, knowledge);
    if (code !== null) countryOfEntity.set(entity.id, code);
  }
  const contexts = new Map<string, { countries: Set<string>; relations: Relation[]; dates: (string | null)[] }>();
  const contextOf = (id: string) => {
    const known = contexts.get(id);
    if (known !== undefined) return known;
    const made = { countries: new Set<string>(), relations: [], dates: [] };
    contexts.set(id, made);
    return made;
  };

  for (const claim of extraction.claims) {
    if (claim.polarity === "negated" || claim.modality === "denied") continue;
    readClaim(claim, entities, contextOf, countryOfEntity);
  }
  for (const [id, code] of countriesBeside(extraction, countryOfEntity, knowledge)) contextOf(id).countries.add(code);

  const weights = countryWeights(extraction, countryOfEntity, knowledge);
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const share = (code: string): number => (total === 0 ? 0 : (weights.get(code) ?? 0) / total);
  const [main, next] = [...weights.keys()].sort((a, b) => share(b) - share(a) || (a < b ? -1 : 1));
  const leads = main !== undefined && share(main) >= MAIN_SHARE && share(main) >= MAIN_LEAD * share(next ?? "");
  const companionsOf = companionsOfEvents(extraction, entities);
  const read = new Map<string, EntityContext>();
  return {
    of(id) {
      const known = read.get(id);
      if (known !== undefined) return known;
      const found = contexts.get(id);
      const entity = entities.get(id);
      const dates = joinSpans([...(found?.dates ?? []), ...(entity?.type === "Event" ? datesInName(entity) : [])]);
      const companions = entity?.type === "Event" ? [...(companionsOf.get(id) ?? [])] : [];
      const { countries, relations } = found ?? NOTHING;
      const made = { countries, relations, companions, dates };
      read.set(id, made);
      return made;
    },
    countryShare: share,
    mainCountry: leads ? main : null,
  };
}

function readClaim(
  claim: Claim,
  entities: ReadonlyMap<string, ExtractedEntity>,
  contextOf: (id: string) => { countries: Set<string>; relations: Relation[]; dates: (string | null)[] },
  countryOfEntity: ReadonlyMap<string, string>,
): void {
  const subject = contextOf(claim.subject);
  const object = contextOf(claim.object);
  subject.relations.push({ type: claim.type, direction: "out", other: claim.object });
  object.relations.push({ type: claim.type, direction: "in", other: claim.subject });
  const country = countryOfEntity.get(claim.object);
  if (country !== undefined && BELONGING.has(claim.type) && claim.confidence >= SURE_OF_COUNTRY) {
    subject.countries.add(country);
  }
  // What follows an event is dated too, but not by the event's day.
  if (claim.date !== null && DATING.has(claim.type)) {
    if (entities.get(claim.subject)?.type === "Event") subject.dates.push(claim.date);
    if (entities.get(claim.object)?.type === "Event") object.dates.push(claim.date);
  }
}

const DATING: ReadonlySet<RelationshipType> = new Set<RelationshipType>([
  "CONDUCTED",
  "TARGETED",
  "LOCATED_IN",
  "PARTICIPATED_IN",
  "KILLED",
  "USED",
]);

/** Of spans that overlap what they have in common (a year and a day in it are that day), else from the first to the last day. */
function joinSpans(dates: readonly (string | null)[]): DateSpan | null {
  const spans = dates.flatMap((date) => dateSpan(date) ?? []);
  const [first, ...others] = spans;
  if (first === undefined) return null;
  return others.reduce((joined, span) => {
    const [early, late] = joined.from <= span.from ? [joined, span] : [span, joined];
    const first = joined.to <= span.to ? joined.to : span.to;
    const last = joined.to <= span.to ? span.to : joined.to;
    return spansOverlap(joined, span) ? { from: late.from, to: first } : { from: early.from, to: last };
  }, first);
}

export function spansOverlap(a: DateSpan, b: DateSpan): boolean {
  return a.from <= b.to && b.from <= a.to;
}

const YEAR = /\b(?:19|20)\d\d\b/;

function datesInName(entity: ExtractedEntity): string[] {
  return [entity.name, ...entity.aliases].flatMap((name) => YEAR.exec(name)?.[0] ?? []);
}

function countryOf(entity: ExtractedEntity, knowledge: CountryKnowledge): string | null {
  if (entity.type !== "Country" && entity.type !== "Place") return null;
  for (const name of [entity.name, ...entity.aliases]) {
    const [found] = knowledge.match(name, { type: entity.type });
    if (found === undefined || (found.ambiguous && entity.type === "Place")) continue;
    const { actor } = found;
    const code = actor.code ?? actor.countries[0];
    if (code !== undefined) return code;
  }
  return null;
}

/** A full stop inside a name or number is not followed by a space and a capital. */
const SENTENCE_END = /[.!?…]["'»”’)\]]*\s+(?=["'«“‘(]*[\p{Lu}\p{N}])|\n+/gu;

function companionsOfEvents(
  extraction: Extraction,
  entities: ReadonlyMap<string, ExtractedEntity>,
): Map<string, Set<string>> {
  const ends = [...extraction.text.matchAll(SENTENCE_END)].map((match) => match.index + match[0].length);
  const sentences = new Map<number, Set<string>>();
  let at = 0;
  for (const mention of [...extraction.mentions].sort((a, b) => a.start - b.start)) {
    while (at < ends.length && (ends[at] ?? 0) <= mention.start) at += 1;
    sentences.set(at, (sentences.get(at) ?? new Set<string>()).add(mention.entity));
  }
  const companions = new Map<string, Set<string>>();
  for (const named of sentences.values()) {
    for (const id of named) {
      if (entities.get(id)?.type !== "Event") continue;
      const own = companions.get(id) ?? new Set<string>();
      companions.set(id, own);
      for (const other of named) {
        const type = entities.get(other)?.type;
        if (type !== undefined && type !== "Event" && type !== "Country") own.add(other);
      }
    }
  }
  return companions;
}

const BETWEEN_POSSESSIVE = /^['’]s\s+$/u;
const BEFORE = /(\p{L}+)[\s-]+$/u;
const AFTER = /^\s+(\p{L}+)/u;

/** "l'[Office fédéral] allemand", "Belgian [police]", "[Germany]'s [police]": countries that stand beside a mention. */
function* countriesBeside(
  extraction: Extraction,
  countryOfEntity: ReadonlyMap<string, string>,
  knowledge: CountryKnowledge,
): Generator<[string, string]> {
  const { text, language } = extraction;
  const types = new Map(extraction.entities.map((entity) => [entity.id, entity.type]));
  const named = extraction.mentions.filter((mention) => mention.named);
  let before: Mention | null = null;
  for (const mention of [...named].sort((a, b) => a.start - b.start)) {
    const type = types.get(mention.entity);
    if (type !== undefined && BELONGS_TO_COUNTRY.has(type)) {
      const word =
        language === "en"
          ? BEFORE.exec(text.slice(Math.max(0, mention.start - 30), mention.start))?.[1]
          : AFTER.exec(text.slice(mention.end, mention.end + 30))?.[1];
      const words = type === "Person" ? wordsBefore(text, mention, before) : word === undefined ? [] : [word];
      for (const each of words) {
        const [country, ...others] = knowledge.demonym(each);
        if (country?.code != null && others.length === 0) yield [mention.entity, country.code];
      }
      const owner = before === null ? undefined : countryOfEntity.get(before.entity);
      if (before !== null && owner !== undefined && BETWEEN_POSSESSIVE.test(text.slice(before.end, mention.start))) {
        yield [mention.entity, owner];
      }
    }
    before = mention;
  }
}

const WORDS_OF_ROLE = 4;

/** "Le joueur brésilien [Alves]", "Portuguese banker [Alves]": the words that tell a person's role, as far as the mention before. */
function wordsBefore(text: string, mention: Mention, before: Mention | null): string[] {
  const start = Math.max(before?.end ?? 0, mention.start - 60);
  const role = /[^,.;:!?()«»"“”\n]*$/u.exec(text.slice(start, mention.start))?.[0] ?? "";
  return role.trim().split(/\s+/u).slice(-WORDS_OF_ROLE);
}

const BELONGS_TO_COUNTRY: ReadonlySet<string> = new Set([
  "PublicBody",
  "Organization",
  "MediaOutlet",
  "Person",
  "Event",
]);

/** A country counts by its mentions, its adjectives in the text, and half by its towns. */
function countryWeights(
  extraction: Extraction,
  countryOfEntity: ReadonlyMap<string, string>,
  knowledge: CountryKnowledge,
): Map<string, number> {
  const weights = new Map<string, number>();
  const add = (code: string, weight: number) => weights.set(code, (weights.get(code) ?? 0) + weight);
  const types = new Map(extraction.entities.map((entity) => [entity.id, entity.type]));
  for (const mention of extraction.mentions) {
    const code = countryOfEntity.get(mention.entity);
    if (code !== undefined) add(code, types.get(mention.entity) === "Country" ? 1 : 0.5);
  }
  for (const word of foldName(extraction.text).split(" ")) {
    if (word.length < 4) continue;
    const countries = knowledge.demonym(word);
    for (const country of countries) if (country.code !== null) add(country.code, 1 / countries.length);
  }
  return weights;
}
