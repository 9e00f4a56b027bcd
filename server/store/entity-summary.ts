/**
 * An entity's own fields as a pure function of what documents contribute to it: one contribution a document, kept on
 * `MENTIONED_IN`. The sum of contributions is kept on the entity (`tally`), so that one document more or less costs the same
 * however often an entity is mentioned.
 */
import { NODE_TYPES, type NodeType } from "../contract/ontology.ts";
import { searchKeysOf } from "../contract/names.ts";
import type { EntityOverride, ResolvedDocument, ResolvedEntity } from "../contract/resolution.ts";
import { compare } from "./date-order.ts";

/** What one document says of one entity. */
export interface Contribution {
  entity: string;
  /** Ids of the document's entities that resolved to it. */
  locals: string[];
  name: string;
  aliases: string[];
  kind: string | null;
  countries: string[];
  /** Keys besides its names, for resolution. */
  keys: string[];
  type: NodeType;
  /** Of all its mentions, in order of the text. */
  starts: number[];
  ends: number[];
  surfaces: string[];
  /** The entities that its mentions were given to before merges; empty: this one alone. */
  origins: string[];
}

/** How many documents support each value. Keys are sorted, so that equal tallies are equal as JSON. */
export interface Tally {
  documents: number;
  mentions: number;
  names: Record<string, number>;
  aliases: Record<string, number>;
  kinds: Record<string, number>;
  countries: Record<string, number>;
  keys: Record<string, number>;
  types: Record<string, number>;
}

export interface EntityFields {
  name: string;
  aliases: string[];
  kind: string | null;
  countries: string[];
  type: NodeType;
  mentionCount: number;
  documentCount: number;
  searchKeys: string[];
}

export const EMPTY_TALLY: Tally = {
  documents: 0,
  mentions: 0,
  names: {},
  aliases: {},
  kinds: {},
  countries: {},
  keys: {},
  types: {},
};

/** One contribution for each graph entity of the document. Local entities that resolved to one share it. */
export function contributionsOf(document: ResolvedDocument): Contribution[] {
  const { mentions } = document.extraction;
  const groups = new Map<string, ResolvedEntity[]>();
  for (const entity of document.entities) {
    const group = groups.get(entity.entity);
    if (group === undefined) groups.set(entity.entity, [entity]);
    else group.push(entity);
  }
  return [...groups].map(([id, group]) => {
    const locals = new Set(group.map((entity) => entity.local));
    const own = mentions
      .filter((mention) => locals.has(mention.entity))
      .sort((a, b) => a.start - b.start || a.end - b.end);
    const mentionsOf = (entity: ResolvedEntity) => own.filter((mention) => mention.entity === entity.local).length;
    const ranked = [...group].sort((a, b) => mentionsOf(b) - mentionsOf(a) || compare(a.local, b.local));
    const main = ranked[0] ?? group[0];
    if (main === undefined) throw new RangeError("a group of entities is never empty");
    const names = new Set(ranked.flatMap((entity) => [entity.name, ...entity.aliases]));
    names.delete(main.name);
    return {
      entity: id,
      locals: ranked.map((entity) => entity.local),
      name: main.name,
      aliases: [...names],
      kind: ranked.find((entity) => entity.kind !== null)?.kind ?? null,
      countries: [...new Set(ranked.flatMap((entity) => entity.countries))],
      keys: [...new Set(ranked.flatMap((entity) => entity.keys ?? []))],
      type: main.type,
      starts: own.map((mention) => mention.start),
      ends: own.map((mention) => mention.end),
      surfaces: own.map((mention) => mention.surface),
      origins: group.some((entity) => entity.origins !== undefined || entity.entity !== id)
        ? [...new Set(group.flatMap((entity) => entity.origins ?? [entity.entity]))].sort()
        : [],
    };
  });
}

/** The tally with one contribution more (`weight` 1) or less (-1). */
export function addContribution(tally: Tally, contribution: Contribution, weight: 1 | -1): Tally {
  return {
    documents: tally.documents + weight,
    mentions: tally.mentions + weight * contribution.starts.length,
    names: count(tally.names, [contribution.name], weight),
    aliases: count(tally.aliases, contribution.aliases, weight),
    kinds: count(tally.kinds, contribution.kind === null ? [] : [contribution.kind], weight),
    countries: count(tally.countries, contribution.countries, weight),
    keys: count(tally.keys, contribution.keys, weight),
    types: count(tally.types, [contribution.type], weight),
  };
}

function count(counts: Record<string, number>, values: readonly string[], weight: 1 | -1): Record<string, number> {
  const next = new Map(Object.entries(counts));
  for (const value of new Set(values)) {
    const total = (next.get(value) ?? 0) + weight;
    if (total > 0) next.set(value, total);
    else next.delete(value);
  }
  return Object.fromEntries([...next].sort(([a], [b]) => compare(a, b)));
}

/** The fields that the tally decides. Ties are broken the same way everywhere. */
export function fieldsOf(tally: Tally): EntityFields {
  const names = Object.keys(tally.names).sort(
    (a, b) =>
      support(tally.names, b) - support(tally.names, a) ||
      support(tally.aliases, b) - support(tally.aliases, a) ||
      b.length - a.length ||
      Number(isShouted(a)) - Number(isShouted(b)) ||
      compare(a, b),
  );
  const name = names[0] ?? "";
  const asAny = (alias: string) => support(tally.names, alias) + support(tally.aliases, alias);
  const aliases = [...new Set([...names, ...Object.keys(tally.aliases)])]
    .filter((alias) => alias !== name)
    .sort((a, b) => asAny(b) - asAny(a) || compare(a, b));
  const type = NODE_TYPES.reduce<NodeType>(
    (best, candidate) => (support(tally.types, candidate) > support(tally.types, best) ? candidate : best),
    NODE_TYPES[0],
  );
  return {
    name,
    aliases,
    kind: byCount(tally.kinds)[0] ?? null,
    countries: byCount(tally.countries),
    type,
    mentionCount: tally.mentions,
    documentCount: tally.documents,
    searchKeys: [...searchKeysOf(name, aliases), ...Object.keys(tally.keys)],
  };
}

/** What people decided goes before what documents say; the name that they took from it stays an alias. */
export function decidedFields(fields: EntityFields, override: EntityOverride | null): EntityFields {
  if (override === null) return fields;
  const name = override.name ?? fields.name;
  const aliases = [fields.name, ...fields.aliases].filter((alias) => alias !== name);
  const names = new Set(searchKeysOf(name, aliases));
  return {
    ...fields,
    name,
    aliases: name === fields.name ? fields.aliases : aliases,
    type: override.type ?? fields.type,
    searchKeys: [...names, ...fields.searchKeys.filter((key) => !names.has(key))],
  };
}

export function decodeOverride(text: string | null): EntityOverride | null {
  return text === null ? null : (JSON.parse(text) as EntityOverride);
}

/** Own keys only: a name may be "constructor". */
function support(counts: Readonly<Record<string, number>>, value: string): number {
  return Object.hasOwn(counts, value) ? (counts[value] ?? 0) : 0;
}

function byCount(counts: Readonly<Record<string, number>>): string[] {
  return Object.keys(counts).sort((a, b) => support(counts, b) - support(counts, a) || compare(a, b));
}

/** Written in capitals alone: a headline's spelling, if another one is as frequent. */
function isShouted(name: string): boolean {
  return name === name.toUpperCase() && name !== name.toLowerCase();
}

export function encodeTally(tally: Tally): string {
  return JSON.stringify(tally);
}

export function decodeTally(text: string | null): Tally {
  return text === null ? EMPTY_TALLY : { ...EMPTY_TALLY, ...(JSON.parse(text) as Partial<Tally>) };
}
