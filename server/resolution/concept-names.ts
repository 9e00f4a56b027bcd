/**
 * Names of bodies, groups and companies by what their words mean: "police fédérale belge" and "Belgian Federal Police", "Fondation
 * Corail" and "Corail Foundation" give the same words, in whatever order. Words that no lexicon knows stand for their stem.
 *
 * Pure but for the gazetteer, which knows countries, their adjectives and the names of towns in both languages.
 */
import { foldName } from "../contract/names.ts";
import type { Gazetteer } from "./gazetteer.ts";
import { conceptOf, PHRASES, SMALL_WORDS, WEAK_CONCEPTS } from "./lexicon.ts";
import { soundOf } from "./sounds.ts";

export interface ConceptName {
  /** Sorted, each once: concepts, stems of unknown words, places; without countries. */
  words: readonly string[];
  /** Those of the words that are proper to the name: no concept of the lexicon. */
  proper: readonly string[];
  /** Codes of the countries that the name tells by name or adjective. */
  countries: readonly string[];
}

export type NameKnowledge = Pick<Gazetteer, "match" | "demonym">;

const LEGAL_FORMS: ReadonlySet<string> = new Set(
  "inc ltd llc llp corp plc sa sas sasu sarl gmbh ag spa nv bv asbl sprl oy ab as ou kg se pty ohg".split(" "),
);
/** Longest name of a town, in words. */
const PLACE_WORDS = 3;

/** Names come again from round to round and from article to article; read ones are kept by the gazetteer that they were read with. */
const READ = new WeakMap<object, Map<string, ConceptName>>();
const KEPT_NAMES = 50_000;

export function readConceptName(name: string, knowledge: NameKnowledge): ConceptName {
  const kept = READ.get(knowledge) ?? new Map<string, ConceptName>();
  READ.set(knowledge, kept);
  const known = kept.get(name);
  if (known !== undefined) return known;
  if (kept.size >= KEPT_NAMES) kept.clear();
  const read = conceptsOf(name, knowledge);
  kept.set(name, read);
  return read;
}

function conceptsOf(name: string, knowledge: NameKnowledge): ConceptName {
  let folded = ` ${foldName(name.replace(/['’]s\b/gu, " "))} `;
  for (const [phrase, plain] of PHRASES) folded = folded.replaceAll(` ${phrase} `, ` ${plain} `);
  const tokens = folded
    .trim()
    .split(" ")
    .filter((token) => token !== "");
  const words = new Set<string>();
  const proper = new Set<string>();
  const countries = new Set<string>();
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at] ?? "";
    const place = placeAt(tokens, at, knowledge);
    if (place !== null) {
      if (place.country === null) {
        words.add(place.word);
        proper.add(place.word);
      } else countries.add(place.country);
      at += place.length;
      continue;
    }
    at += 1;
    if (SMALL_WORDS.has(token)) continue;
    if (LEGAL_FORMS.has(token) && tokens.length > 1) continue;
    const concept = conceptOf(token);
    if (concept !== null) words.add(concept);
    else {
      words.add(stemOf(token));
      proper.add(stemOf(token));
    }
  }
  return { words: [...words].sort(), proper: [...proper].sort(), countries: [...countries].sort() };
}

interface PlaceInName {
  word: string;
  country: string | null;
  length: number;
}

function placeAt(tokens: readonly string[], at: number, knowledge: NameKnowledge): PlaceInName | null {
  const token = tokens[at] ?? "";
  if (conceptOf(token) !== null && tokens.length === 1) return null;
  const [country, ...others] = knowledge.demonym(token);
  if (country?.code != null && (others.length === 0 || country.name.length > 0)) {
    return { word: "", country: country.code, length: 1 };
  }
  for (let length = Math.min(PLACE_WORDS, tokens.length - at); length >= 1; length -= 1) {
    const part = tokens.slice(at, at + length);
    if (part.some((word) => word.length < 2) || (length === 1 && (SMALL_WORDS.has(token) || conceptOf(token) !== null)))
      continue;
    const text = part.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
    const [found] = knowledge.match(text, { type: ["Country", "Place"] });
    if (found === undefined || found.ambiguous) continue;
    if (found.actor.type === "Country" && found.actor.code !== null) {
      return { word: "", country: found.actor.code, length };
    }
    // "Ministère de la Défense" has nothing to do with the quarter of that name.
    const isCommon = part.every((word) => SMALL_WORDS.has(word) || conceptOf(word) !== null);
    if (found.actor.type === "Place" && !isCommon) return { word: `@${found.actor.id}`, country: null, length };
  }
  return null;
}

const STEM_ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/s$/, ""],
  [/aux$/, "al"],
  [/(?:iques?|icals?|ics?)$/, "ic"],
  [/(?:iennes?|iens?|ians?|eans?)$/, "ian"],
  [/(?:istes?|ists?)$/, "ist"],
  [/(?:tes?|ty|ties)$/, "t"],
  [/(?:euses?|eurs?|ors?|ers?|rices?)$/, "er"],
  [/(?:aires?|ary|aries)$/, "ar"],
  [/(?:ies?|y)$/, "i"],
  [/(?:elles?|els?|als?|ales?)$/, "al"],
  [/(?:es?)$/, ""],
];
const STEM_LENGTH = 5;

/** One stem for a word and its cognate in the other language: "minéraux" and "minerals". */
function stemOf(word: string): string {
  if (word.length < STEM_LENGTH || /\d/.test(word)) return soundOf(word);
  const ending = STEM_ENDINGS.find(([pattern]) => pattern.test(word));
  const stem = ending === undefined ? word : word.replace(ending[0], ending[1]);
  const again = ending?.[1] === "" ? STEM_ENDINGS.find(([pattern]) => pattern.test(stem)) : undefined;
  return soundOf(again === undefined || stem.length < STEM_LENGTH ? stem : stem.replace(again[0], again[1]));
}

/** The key under which two names of one meaning meet; empty for a name of small words alone. */
export function conceptKey(name: ConceptName): string {
  return name.words.join(" ");
}

/** The proper words alone, when something else is left out: "banque Nord" is found by "Nord". Null when nothing is. */
export function properKey(name: ConceptName): string | null {
  return name.proper.length === 0 ? null : name.proper.join(" ");
}

export type ConceptLikeness = "equal" | "weaker head" | "fewer words" | "proper part" | "none";

/**
 * "weaker head": the same but for words such as "group" and "company"; "fewer words": one has common words more; "proper part": the
 * proper words of one are the whole of the other.
 */
export function compareConceptNames(a: ConceptName, b: ConceptName): ConceptLikeness {
  if (a.words.length === 0 || b.words.length === 0) return "none";
  if (conceptKey(a) === conceptKey(b)) return "equal";
  const [strongA, strongB] = [strongWords(a), strongWords(b)];
  if (strongA.length > 0 && strongA.join(" ") === strongB.join(" ")) return "weaker head";
  if (a.proper.length === 0 || a.proper.join(" ") !== b.proper.join(" ")) return "none";
  const headsOf = (name: ConceptName) => name.words.filter((word) => !name.proper.includes(word));
  const [few, many] = headsOf(a).length <= headsOf(b).length ? [headsOf(a), headsOf(b)] : [headsOf(b), headsOf(a)];
  if (few.length === 0) return "proper part";
  return few.every((word) => many.includes(word)) ? "fewer words" : "none";
}

function strongWords(name: ConceptName): string[] {
  return name.words.filter((word) => !WEAK_CONCEPTS.has(word));
}

/** Initials of a name of three words or more, with and without its small words. */
export function initialsOf(name: string): string[] {
  const tokens = foldName(name)
    .split(" ")
    .filter((token) => token !== "");
  const content = tokens.filter((token) => !SMALL_WORDS.has(token));
  return [tokens, content]
    .filter((list) => list.length >= 3 && content.length >= 2)
    .map((list) => list.map((token) => token.charAt(0)).join(""))
    .filter((initials, at, all) => initials.length >= 3 && all.indexOf(initials) === at);
}

export function isAcronym(name: string): boolean {
  const letters = name.replace(/[^\p{L}]/gu, "");
  return letters.length >= 3 && letters.length <= 8 && !/\s/.test(name.trim()) && /^\p{Lu}{2}|\p{Lu}{3}/u.test(letters);
}
