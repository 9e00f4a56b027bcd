/**
 * Named mentions of a document → its entities: who is who (`linking.ts`), of which type by the vote of all its mentions, and
 * under which name.
 */
import { NODE_TYPES, type NodeType } from "../contract/ontology.ts";
import { linkNames } from "./linking.ts";
import { familyOf } from "./name-group.ts";
import { fullness, readableName, surfaceKey, withoutShouting } from "./naming.ts";
import { cuedType } from "./type-cues.ts";
import { votedType, type NamedMention } from "./spellings.ts";
import type { FoundMention } from "./tagging.ts";

/** An entity of the document before it has its claims. */
export interface DraftEntity {
  type: NodeType;
  name: string;
  /** The other names that the text uses, first seen first. */
  aliases: string[];
}

/** What is known of a name from elsewhere: the types that it may have; empty when nothing is known. */
export type KnownTypes = (name: string) => readonly NodeType[];

export interface DocumentEntities {
  entities: DraftEntity[];
  /** For each named mention its entity's index. */
  entityOf: ReadonlyMap<FoundMention, number>;
}

/** A name that is known to be of a type counts as this many sure mentions of it. */
const KNOWN_WEIGHT = 4;

/** @param mentions the named ones, in text order. */
export function findEntities(
  text: string,
  mentions: readonly FoundMention[],
  knownTypes: KnownTypes,
): DocumentEntities {
  const named = mentions.map((mention) => namedMention(mention, text));
  const groups = new Map<number, number[]>();
  const entityOf = new Map<FoundMention, number>();
  linkNames(text, named).forEach((group, index) => {
    const mention = mentions[index];
    if (mention === undefined) return;
    entityOf.set(mention, group);
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [index]);
    else members.push(index);
  });
  const entities = [...groups]
    .sort(([a], [b]) => a - b)
    .map(([, indices]) => {
      const members = indices.flatMap((index) => mentions[index] ?? []);
      const votes = indices.flatMap((index) => named[index]?.weights ?? []);
      const type = typeOf(members, votes, knownTypes);
      const [name = "", ...aliases] = namesOf(members, type);
      return { type, name: type === "Place" || type === "Country" ? withoutShouting(name) : name, aliases };
    });
  return { entities, entityOf };
}

/** A noun beside the name that says what it is counts as this many sure mentions. */
const CUE_WEIGHT = 4;

function namedMention(mention: FoundMention, text: string): NamedMention {
  const cue = cuedType(text, mention.start, mention.end);
  const weights = Object.fromEntries(
    NODE_TYPES.map((type, index) => [
      type,
      mention.confidence * (mention.distribution[index] ?? 0) + (type === cue ? CUE_WEIGHT : 0),
    ]),
  );
  return { start: mention.start, end: mention.end, surface: mention.surface, type: mention.type, weights };
}

function typeOf(
  members: readonly FoundMention[],
  votes: readonly NamedMention["weights"][],
  knownTypes: KnownTypes,
): NodeType {
  const surfaces = new Set(members.map((member) => readableName(member.surface)));
  const known = [...surfaces].flatMap((surface) => [...knownTypes(surface)]);
  const hints = known.map((type) => ({ [type]: KNOWN_WEIGHT / known.length }));
  // The family is the tagger's: a list of names knows nothing of the person who bears the name of a town.
  const own = votedType(votes, null) ?? members[0]?.type ?? "Organization";
  return votedType([...votes, ...hints], familyOf(own)) ?? own;
}

/** Surfaces that differ by more than case or accents, the fullest first, the others by first use. */
function namesOf(members: readonly FoundMention[], type: NodeType): string[] {
  const byKey = new Map<string, { surface: string; count: number; confidence: number }[]>();
  for (const member of members) {
    const surface = readableName(member.surface);
    const forms = byKey.get(surfaceKey(surface)) ?? [];
    const form = forms.find((each) => each.surface === surface);
    if (form === undefined) forms.push({ surface, count: 1, confidence: member.confidence });
    else {
      form.count += 1;
      form.confidence = Math.max(form.confidence, member.confidence);
    }
    byKey.set(surfaceKey(surface), forms);
  }
  const best = [...byKey.values()].map((forms) => forms.reduce((a, b) => (isBetterForm(b, a) ? b : a)));
  const canonical = best.reduce((a, b) => (isBetterName(b, a, type) ? b : a));
  return [canonical, ...best.filter((form) => form !== canonical)].map((form) => form.surface);
}

interface Form {
  surface: string;
  count: number;
  confidence: number;
}

function isBetterForm(a: Form, b: Form): boolean {
  const [fullA, fullB] = [fullness(a.surface), fullness(b.surface)];
  return Math.abs(fullA - fullB) > 10 ? fullA > fullB : a.count > b.count;
}

/** Below this share of the other's confidence a longer surface, seen once, is more likely a wrong span than a fuller name. */
const DOUBTFUL_SHARE = 0.5;

function isDoubtful(form: Form, other: Form): boolean {
  return form.count === 1 && form.confidence < DOUBTFUL_SHARE * other.confidence;
}

function isBetterName(a: Form, b: Form, type: NodeType): boolean {
  if (isDoubtful(a, b)) return false;
  if (isDoubtful(b, a)) return true;
  // A country is best known by the name that the text uses most.
  if (type === "Country" && a.count !== b.count && Math.min(fullness(a.surface), fullness(b.surface)) >= 10) {
    return a.count > b.count;
  }
  return fullness(a.surface) > fullness(b.surface);
}
