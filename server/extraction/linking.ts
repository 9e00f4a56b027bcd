/**
 * Named mentions of one document → groups that are one entity each. Names are compared by form alone (folded spelling, initials,
 * surnames, short forms); a name that could be short for two others stays apart.
 */
import type { NodeType } from "../contract/ontology.ts";
import { joinEvents } from "./link-events.ts";
import { joinCores, joinInitials, joinParentheses, joinSeats, joinShortForms } from "./link-groups.ts";
import { joinPersons } from "./link-persons.ts";
import { familyOf, rootOf, type Family, type Name } from "./name-group.ts";
import { isAcronym, surfaceKey, tokensOf } from "./naming.ts";
import { isCapital } from "./well-known-names.ts";

export interface NamedMention {
  start: number;
  end: number;
  surface: string;
  type: NodeType;
  /** Probability of each type, by name; used to decide the family of a spelling. */
  weights: Readonly<Partial<Record<NodeType, number>>>;
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
