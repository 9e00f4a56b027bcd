/**
 * Names of persons: what two of them have in common. Titles and particles do not count, spellings are compared by sound.
 *
 * Pure; used by `keys.ts` to find candidates and by `evidence.ts` to judge them.
 */
import { distance } from "fastest-levenshtein";
import { foldName } from "../contract/names.ts";
import { skeletonOf, soundOf } from "./sounds.ts";

const TITLES: ReadonlySet<string> = new Set(
  (
    "m mm mr mrs ms miss mme mlle mgr dr docteur doctor pr prof professeur professor sir lord lady dame me maitre general colonel " +
    "commandant commander capitaine captain lieutenant sergent sergeant major amiral admiral cheikh cheik sheikh sheik shaykh " +
    "mollah mullah imam emir ayatollah roi reine king queen prince princesse princess pape pope pere father frere soeur sister " +
    "president juge judge senateur senator gen col capt sgt lt rev reverend"
  ).split(" "),
);
const PARTICLES: ReadonlySet<string> = new Set(
  "al el ad ar as ash az an at de du des d da do dos di del della von van der den ten ter le la l ibn bin ben bint ag y e".split(
    " ",
  ),
);
/** "Father of …": with the name that follows one name, which is no family name. */
const KUNYA: ReadonlySet<string> = new Set(["abou", "abu", "oum", "umm", "oumm"]);

export interface PersonName {
  /** The folded name without title. */
  text: string;
  /** Words that count, in order. */
  words: readonly string[];
}

export function readPersonName(name: string): PersonName {
  const folded = foldName(name)
    .split(" ")
    .filter((word) => word !== "");
  const untitled = folded.findIndex((word) => !TITLES.has(word));
  const own = untitled === -1 ? folded : folded.slice(untitled);
  const words: string[] = [];
  for (let at = 0; at < own.length; at += 1) {
    const word = own[at] ?? "";
    const next = own[at + 1];
    if (KUNYA.has(word) && next !== undefined) {
      words.push(`abu ${next}`);
      at += 1;
    } else if (!PARTICLES.has(word) || own.length === 1) words.push(word);
  }
  return { text: own.join(" "), words: words.length === 0 ? own : words };
}

export type PersonLikeness =
  /** Letter by letter. */
  | "equal"
  /** Each word sounds the same. */
  | "sound"
  /** Each word but for its vowels. */
  | "vowels"
  /** Each word but a letter or two. */
  | "near"
  /** One has names more than the other: a middle name, a second family name. */
  | "longer"
  | "initial"
  /** One is a single word of the other. */
  | "part"
  /** The same family name, and given names that exclude each other. */
  | "namesake"
  | "none";

const LIKENESS = { 4: "equal", 3: "sound", 2: "vowels", 1: "near" } as const;

/** How two names of persons are alike; the order does not matter. */
export function comparePersonNames(a: PersonName, b: PersonName): PersonLikeness {
  if (a.text === b.text) return "equal";
  const [short, long] = a.words.length <= b.words.length ? [a.words, b.words] : [b.words, a.words];
  const [first, ...others] = short;
  if (first === undefined) return "none";
  if (others.length === 0) {
    if (long.length === 1) return wordLikeness(first, long[0] ?? "") >= 3 ? "sound" : "none";
    return long.some((word) => wordLikeness(first, word) >= 3) ? "part" : "none";
  }
  const likeness = alignment(short, long);
  if (likeness !== null) {
    if (short.length < long.length) return likeness >= 3 ? "longer" : "none";
    return LIKENESS[likeness];
  }
  const last = short.at(-1) ?? "";
  if (!long.slice(1).some((word) => wordLikeness(last, word) >= 3)) return "none";
  const other = long[0] ?? "";
  if (first.length === 1 || other.length === 1)
    return first.startsWith(other) || other.startsWith(first) ? "initial" : "namesake";
  return "namesake";
}

/** The weakest likeness when each word of the short name has a partner in the long one, the first in the first; else null. */
function alignment(short: readonly string[], long: readonly string[]): 1 | 2 | 3 | 4 | null {
  const taken = new Set<number>();
  let weakest: 1 | 2 | 3 | 4 = 4;
  for (const [at, word] of short.entries()) {
    let best: WordLikeness = 0;
    let partner = -1;
    for (const [otherAt, other] of long.entries()) {
      if (taken.has(otherAt) || (at === 0 && otherAt !== 0 && short.length !== long.length)) continue;
      const likeness = wordLikeness(word, other);
      if (likeness > best) [best, partner] = [likeness, otherAt];
    }
    if (best === 0) return null;
    taken.add(partner);
    if (best < weakest) weakest = best;
  }
  return weakest;
}

const NEAR_LENGTH = 5;

/** 4 equal, 3 of one sound, 2 with the same consonants, 1 a letter or two apart, 0 different. */
type WordLikeness = 0 | 1 | 2 | 3 | 4;

function wordLikeness(a: string, b: string): WordLikeness {
  if (a === b) return 4;
  if (a.length < 2 || b.length < 2) return 0;
  const [soundA, soundB] = [soundOf(a), soundOf(b)];
  if (soundA === soundB) return 3;
  if (Math.min(soundA.length, soundB.length) < NEAR_LENGTH) return 0;
  const apart = distance(soundA, soundB);
  if (apart <= 2 && skeletonOf(a) === skeletonOf(b)) return endsAlike(soundA, soundB) ? 2 : 1;
  return apart === 1 ? 1 : 0;
}

/** "Orlov" and "Orlova" are of two persons. */
function endsAlike(a: string, b: string): boolean {
  return /[aeiou]$/.test(a) === /[aeiou]$/.test(b);
}

/** Keys under which likely spellings of a full name meet: its first word with each of the others. None for a single word. */
export function fullNameKeys(name: PersonName): string[] {
  const [first, ...others] = name.words;
  if (first === undefined) return [];
  return others.map((word) => [skeletonOf(first), skeletonOf(word)].sort().join(" "));
}

/** A first name, or its initial, with each of the other words. */
export function initialKeys(name: PersonName): { keys: string[]; isInitial: boolean } {
  const [first = "", ...others] = name.words;
  return { keys: others.map((word) => `${first.charAt(0)} ${soundOf(word)}`), isInitial: first.length === 1 };
}

/** Keys of the single words by which another article may call the person. */
export function partKeys(name: PersonName): string[] {
  return name.words.filter((word) => word.length > 2).map(soundOf);
}
