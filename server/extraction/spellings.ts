/**
 * Named mentions → spellings: one a form of name and family of types, the first step of `linking.ts`. A reading of a spelling that
 * the tagger gives now and then is taken for its error, unless other names of the text bear it out.
 */
import type { NodeType } from "../contract/ontology.ts";
import { familyOf, type Family, type Name } from "./name-group.ts";
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

/** Share of a spelling's weight from which a second family of it is believed: when a longer name bears it out, and when none does. */
const BORNE_OUT_SHARE = 0.2;
const ALONE_SHARE = 0.45;

export function spellingsOf(mentions: readonly NamedMention[]): Name[] {
  const byKey = new Map<string, number[]>();
  mentions.forEach((mention, index) => {
    const key = surfaceKey(mention.surface);
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, [index]);
    else known.push(index);
  });
  const weightsOf = new Map([...byKey].map(([key, indices]) => [key, familyWeights(mentions, indices)]));
  const borneOut = familiesOfParts(weightsOf);
  return [...byKey].flatMap(([key, indices]) =>
    readingsOf(key, mentions, indices, weightsOf.get(key) ?? new Map(), borneOut.get(key) ?? new Set()).map((reading) =>
      nameOf(key, mentions, reading),
    ),
  );
}

function nameOf(key: string, mentions: readonly NamedMention[], { family, seat, members }: Reading): Name {
  const own = members.flatMap((index) => mentions[index] ?? []);
  const [first] = own;
  return {
    key,
    tokens: tokensOf(key),
    family,
    type:
      votedType(
        own.map((mention) => mention.weights),
        family,
      ) ??
      first?.type ??
      "Organization",
    mentions: members,
    first: first?.start ?? 0,
    acronym: own.every((mention) => isAcronym(mention.surface)),
    smallHead: /^\p{Ll}/u.test(first?.surface ?? ""),
    seat,
    parent: null,
  };
}

function familyWeights(mentions: readonly NamedMention[], indices: readonly number[]): Map<Family, number> {
  const weights = new Map<Family, number>();
  for (const index of indices) {
    for (const [type, weight] of Object.entries(mentions[index]?.weights ?? {}) as [NodeType, number][]) {
      weights.set(familyOf(type), (weights.get(familyOf(type)) ?? 0) + weight);
    }
  }
  return weights;
}

function strongestOf(weights: ReadonlyMap<Family, number>): Family | undefined {
  return [...weights].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** For each word of longer names the families of these: "Lothar Kessler" and "groupe Kessler" bear out two readings of "Kessler". */
function familiesOfParts(weightsOf: ReadonlyMap<string, ReadonlyMap<Family, number>>): Map<string, Set<Family>> {
  const families = new Map<string, Set<Family>>();
  for (const [key, weights] of weightsOf) {
    const tokens = tokensOf(key);
    const family = strongestOf(weights);
    if (tokens.length < 2 || family === undefined) continue;
    for (const token of tokens) families.set(token, (families.get(token) ?? new Set()).add(family));
  }
  return families;
}

interface Reading {
  family: Family;
  /** A capital where the tagger reads a state. */
  seat: boolean;
  members: number[];
}

/** The mentions of one spelling by family; one that is not believed gives its mentions to the strongest. */
function readingsOf(
  key: string,
  mentions: readonly NamedMention[],
  indices: readonly number[],
  weights: ReadonlyMap<Family, number>,
  borneOut: ReadonlySet<Family>,
): Reading[] {
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const strongest = strongestOf(weights);
  const readings: Reading[] = [];
  for (const index of indices) {
    const mention = mentions[index];
    if (mention === undefined) continue;
    const own = familyOf(mention.type);
    const share = borneOut.has(own) ? BORNE_OUT_SHARE : ALONE_SHARE;
    const isStray = (weights.get(own) ?? 0) < share * total;
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
