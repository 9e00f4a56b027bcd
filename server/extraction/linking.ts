/**
 * Named mentions of one document → groups that are one entity each. Names are compared by form alone (folded spelling, initials,
 * surnames, short forms); a name that could be short for two others stays apart.
 */
import type { NodeType } from "../contract/ontology.ts";
import { eventHead, isGenericEvent } from "./event-names.ts";
import {
  areInitials,
  areLettersInOrder,
  coreKey,
  isAcronym,
  isNationality,
  isSmallWord,
  surfaceKey,
  tokensOf,
} from "./naming.ts";
import { areWellKnownSame, isCapital, isSeatOf, isWellKnown } from "./well-known-names.ts";

export interface NamedMention {
  start: number;
  end: number;
  surface: string;
  type: NodeType;
  /** Probability of each type, by name; used to decide the family of a spelling. */
  weights: Readonly<Partial<Record<NodeType, number>>>;
}

export type Family = "person" | "place" | "event" | "group" | "thing";

export function familyOf(type: NodeType): Family {
  switch (type) {
    case "Person":
      return "person";
    case "Country":
    case "Place":
      return "place";
    case "Event":
      return "event";
    case "CyberTool":
    case "Account":
      return "thing";
    case "Organization":
    case "PublicBody":
    case "ThreatGroup":
    case "MediaOutlet":
    case "Platform":
      return "group";
  }
}

/** One spelling in one family, with all its mentions. */
interface Name {
  key: string;
  tokens: string[];
  family: Family;
  /** Most probable type over its mentions. */
  type: NodeType;
  mentions: number[];
  /** Offset of its first mention. */
  first: number;
  acronym: boolean;
  /** Written with a small first letter: "campagne Fleuve Gris". */
  smallHead: boolean;
  /** A capital where the tagger reads a state. */
  seat: boolean;
  parent: Name | null;
}

/**
 * Groups the mentions, given in text order. Returns for each mention the index of its group; groups are numbered by their first
 * mention.
 */
export function linkNames(text: string, mentions: readonly NamedMention[]): number[] {
  const names = spellings(mentions);
  const nameOf = new Map<number, Name>(names.flatMap((name) => name.mentions.map((index) => [index, name] as const)));
  joinParentheses(text, mentions, nameOf);
  const families: Family[] = ["person", "group", "place", "event", "thing"];
  for (const family of families) {
    const members = names.filter((name) => name.family === family);
    if (members.length > MOST_NAMES) continue;
    switch (family) {
      case "person":
        joinPersons(members);
        break;
      case "group":
        joinCores(members);
        joinInitials(members);
        joinShortForms(members);
        break;
      case "place":
        joinCores(members.filter((name) => !name.seat));
        joinInitials(members.filter((name) => !name.seat));
        joinSeats(members);
        break;
      case "event":
        joinShortForms(members);
        joinEvents(members);
        break;
      case "thing":
        break;
    }
  }
  const numbers = new Map<Name, number>();
  return mentions.map((_, index) => {
    const name = nameOf.get(index);
    const root = name === undefined ? undefined : rootOf(name);
    if (root === undefined) return -1;
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    return number;
  });
}

/** Comparing names pair by pair beyond this many of one family would take long; such a text is a list, no article. */
const MOST_NAMES = 1_500;
/** A minority reading of a spelling's family below this share of its weight is taken for an error of the tagger. */
const STRAY_SHARE = 0.34;

function spellings(mentions: readonly NamedMention[]): Name[] {
  const byKey = new Map<string, number[]>();
  mentions.forEach((mention, index) => {
    const key = surfaceKey(mention.surface);
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, [index]);
    else known.push(index);
  });
  const names: Name[] = [];
  for (const [key, indices] of byKey) {
    for (const { family, seat, members } of byFamily(key, mentions, indices)) {
      const first = mentions[members[0] ?? -1];
      if (first === undefined) continue;
      names.push({
        key,
        tokens: tokensOf(key),
        family,
        type:
          votedType(
            members.map((index) => mentions[index]?.weights ?? {}),
            family,
          ) ?? first.type,
        mentions: members,
        first: first.start,
        acronym: members.every((index) => isAcronym(mentions[index]?.surface ?? "")),
        smallHead: /^\p{Ll}/u.test(first.surface),
        seat,
        parent: null,
      });
    }
  }
  return names;
}

interface Reading {
  family: Family;
  seat: boolean;
  members: number[];
}

/** The mentions of one spelling by family; a family with little weight gives its mentions to the strongest. */
function byFamily(key: string, mentions: readonly NamedMention[], indices: readonly number[]): Reading[] {
  const weights = new Map<Family, number>();
  for (const index of indices) {
    for (const [type, weight] of Object.entries(mentions[index]?.weights ?? {}) as [NodeType, number][]) {
      weights.set(familyOf(type), (weights.get(familyOf(type)) ?? 0) + weight);
    }
  }
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const [strongest] = [...weights].sort((a, b) => b[1] - a[1])[0] ?? [];
  const readings: Reading[] = [];
  for (const index of indices) {
    const mention = mentions[index];
    if (mention === undefined) continue;
    const own = familyOf(mention.type);
    const isStray = (weights.get(own) ?? 0) < STRAY_SHARE * total;
    const family = isStray && strongest !== undefined ? strongest : own;
    const seat = family === "place" && mention.type === "Country" && isCapital(key);
    const known = readings.find((reading) => reading.family === family && reading.seat === seat);
    if (known === undefined) readings.push({ family, seat, members: [index] });
    else known.members.push(index);
  }
  return readings;
}

/** The type with the largest sum of weights, of one family when given; null without any. */
export function votedType(
  weights: readonly Readonly<Partial<Record<NodeType, number>>>[],
  family: Family | null,
): NodeType | null {
  const sums = new Map<NodeType, number>();
  for (const each of weights) {
    for (const [type, weight] of Object.entries(each) as [NodeType, number][]) {
      if (family === null || familyOf(type) === family) sums.set(type, (sums.get(type) ?? 0) + weight);
    }
  }
  let best: NodeType | null = null;
  for (const [type, sum] of sums) if (best === null || sum > (sums.get(best) ?? 0)) best = type;
  return best;
}

function rootOf(name: Name): Name {
  let root = name;
  while (root.parent !== null) root = root.parent;
  return root;
}

function join(a: Name, b: Name): void {
  const rootA = rootOf(a);
  const rootB = rootOf(b);
  if (rootA === rootB) return;
  const [older, younger] = rootA.first <= rootB.first ? [rootA, rootB] : [rootB, rootA];
  younger.parent = older;
}

/** Joins the name with the one group that these names belong to; with two or none it stays apart. */
function joinOnly(name: Name, candidates: readonly Name[]): boolean {
  const roots = new Set(candidates.map(rootOf));
  const [only] = roots;
  if (roots.size !== 1 || only === undefined) return false;
  join(name, only);
  return true;
}

/** "Agence nationale… (ANSSI)" and "ANSSI (Agence nationale…)". */
function joinParentheses(text: string, mentions: readonly NamedMention[], nameOf: ReadonlyMap<number, Name>): void {
  for (let index = 1; index < mentions.length; index += 1) {
    const before = mentions[index - 1];
    const inside = mentions[index];
    const outer = nameOf.get(index - 1);
    const inner = nameOf.get(index);
    if (before === undefined || inside === undefined || outer === undefined || inner === undefined) continue;
    if (inside.start - before.end > 8 || outer.family !== inner.family || outer === inner) continue;
    if (!/^["»”’']?\s*\(\s*["«“]?\s*$/.test(text.slice(before.end, inside.start))) continue;
    if (!/^\s*["»”]?\s*[),;]/.test(text.slice(inside.end, inside.end + 4))) continue;
    const [short, long] = before.surface.length < inside.surface.length ? [before, inside] : [inside, before];
    if (!isAcronym(short.surface) || short.surface.length * 2 > long.surface.length) continue;
    const fits = areLettersInOrder(surfaceKey(short.surface), surfaceKey(long.surface));
    if (fits || (outer.type === inner.type && outer.family === "group")) join(outer, inner);
  }
}

function joinPersons(names: readonly Name[]): void {
  const byLength = [...names].sort((a, b) => a.tokens.length - b.tokens.length || a.first - b.first);
  const full = byLength.filter((name) => name.tokens.length > 1);
  const bySurname = grouped(full, (name) => name.tokens.at(-1) ?? "");
  const byFirstName = grouped(full, (name) => name.tokens[0] ?? "");
  for (const name of full) {
    const same = (bySurname.get(name.tokens.at(-1) ?? "") ?? []).filter(
      (other) => other.tokens.length === name.tokens.length && other.first < name.first && isInitialForm(name, other),
    );
    joinOnly(name, same);
  }
  for (const name of byLength) {
    const longer = (list: readonly Name[] | undefined): Name[] =>
      (list ?? []).filter((other) => other.tokens.length > name.tokens.length && !isKunya(other, name));
    const surnames = longer(bySurname.get(name.tokens.at(-1) ?? "")).filter((other) =>
      isShortPerson(name.tokens, other.tokens),
    );
    if (surnames.length > 0) {
      if (!joinOnly(name, surnames)) joinIntroduced(name, surnames);
      continue;
    }
    const firsts = longer(byFirstName.get(name.tokens[0] ?? "")).filter((other) =>
      startsWith(other.tokens, name.tokens),
    );
    if (joinOnly(name, firsts) || name.tokens.length > 1) continue;
    // A part of a double surname: "Okonjo" for "Denise Okonjo-Pratt".
    joinOnly(
      name,
      longer(full).filter((other) => other.tokens.includes(name.tokens[0] ?? "")),
    );
  }
}

/** Of several namesakes, the only one that the text had introduced when it began to use the surname alone. */
function joinIntroduced(name: Name, namesakes: readonly Name[]): void {
  joinOnly(
    name,
    namesakes.filter((other) => other.first < name.first),
  );
}

/** "Abou Nimr" is the father of a Nimr, not a longer name of his. */
function isKunya(long: Name, short: Name): boolean {
  return /^(?:abou|abu|abo|oum|umm)$/.test(long.tokens[0] ?? "") && !long.tokens[0]?.startsWith(short.tokens[0] ?? "");
}

function grouped(names: readonly Name[], keyOf: (name: Name) => string): Map<string, Name[]> {
  const groups = new Map<string, Name[]>();
  for (const name of names) {
    const key = keyOf(name);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [name]);
    else group.push(name);
  }
  return groups;
}

/** "Bush", "George Bush" and "G. Bush" for "George W. Bush": in order, the last one equal. */
function isShortPerson(short: readonly string[], long: readonly string[]): boolean {
  let at = 0;
  for (const token of short) {
    while (at < long.length && !isSameGiven(token, long[at] ?? "")) at += 1;
    if (at === long.length) return false;
    at += 1;
  }
  return true;
}

function isSameGiven(token: string, other: string): boolean {
  return token === other || (token.length === 1 && other.startsWith(token));
}

/** "F. Fillon" and "François Fillon". */
function isInitialForm(a: Name, b: Name): boolean {
  return a.tokens.every((token, index) => {
    const other = b.tokens[index] ?? "";
    return isSameGiven(token, other) || isSameGiven(other, token);
  });
}

function startsWith(tokens: readonly string[], start: readonly string[]): boolean {
  return start.every((token, index) => tokens[index] === token);
}

function endsWith(tokens: readonly string[], end: readonly string[]): boolean {
  return end.every((token, index) => tokens[tokens.length - end.length + index] === token);
}

function joinInitials(names: readonly Name[]): void {
  const long = names.filter((name) => name.tokens.length > 1);
  for (const name of names) {
    // "Anssi", "Unesco": newspapers write long acronyms like words.
    if (name.acronym || (name.tokens.length === 1 && name.key.length >= 4)) {
      joinOnly(
        name,
        long.filter((other) => other !== name && areInitials(name.key, other.key)),
      );
    }
    for (const other of names) if (other.first < name.first && areWellKnownSame(name.key, other.key)) join(name, other);
  }
}

/** "Republicans", "Republican Party" and "Republican"; "Segway" and "Segway, Inc."; "UN Security Council" written out. */
function joinCores(names: readonly Name[]): void {
  for (const group of grouped(names, (name) => coreKey(name.key)).values()) {
    const [first, ...others] = group;
    if (first !== undefined) for (const other of others) join(first, other);
  }
}

/** A capital that is tagged as a state stands for the state that the text names; without one it is the city. */
function joinSeats(names: readonly Name[]): void {
  for (const name of names) {
    if (!name.seat) continue;
    const states = names.filter((other) => other.type === "Country" && isSeatOf(name.key, other.key));
    const cities = names.filter((other) => other !== name && other.key === name.key);
    if (states.length === 0 || !joinOnly(name, states)) joinOnly(name, cities);
  }
}

/** "Meridian" for "Meridian Strategic Labs", "Fleuve Gris" for "campagne Fleuve Gris": beginning or end of one longer name. */
function joinShortForms(names: readonly Name[]): void {
  const byFirst = grouped(names, (name) => name.tokens[0] ?? "");
  const byLast = grouped(names, (name) => name.tokens.at(-1) ?? "");
  const ordered = [...names].sort((a, b) => b.tokens.length - a.tokens.length || a.first - b.first);
  for (const name of ordered) {
    if (name.key.length < 3 || name.acronym || isWellKnown(name.key)) continue;
    const starting = (byFirst.get(name.tokens[0] ?? "") ?? []).filter((other) => isBeginning(name, other));
    const ending = (byLast.get(name.tokens.at(-1) ?? "") ?? []).filter((other) => isEnding(name, other));
    joinOnly(name, [...starting, ...ending]);
  }
}

/** The whole name stands first; a name that was there before is an entity of its own ("Microsoft", "Microsoft Research"). */
function isBeginning(short: Name, long: Name): boolean {
  return long.tokens.length > short.tokens.length && long.first < short.first && startsWith(long.tokens, short.tokens);
}

function isEnding(short: Name, long: Name): boolean {
  const head = long.tokens.slice(0, long.tokens.length - short.tokens.length);
  if (head.length === 0 || !endsWith(long.tokens, short.tokens)) return false;
  const introduced = long.first < short.first && short.type === long.type;
  // "groupe d'experts de l'ONU" is not the ONU; "cartel de Las Cruces" is Las Cruces once it was introduced.
  if (isSmallWord(head.at(-1) ?? "")) return introduced;
  return long.smallHead || introduced || (short.type === long.type && head.every(isNationality));
}

/** A description that says no more than the head of one other event of the text ("l'attaque") is that event. */
function joinEvents(names: readonly Name[]): void {
  const ordered = [...names].sort((a, b) => a.first - b.first);
  for (const name of ordered) {
    const head = eventHead(name.key);
    if (head === null) continue;
    const others = ordered.filter((other) => other !== name && eventHead(other.key) === head);
    if (isGenericEvent(name.key)) joinOnly(name, others);
  }
}
