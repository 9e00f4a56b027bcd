/**
 * Resolution: the entities of one extraction → entities of the graph, each with the reason.
 *
 * Stands between extraction and store. Asks for known entities by folded name only, so that the cost of a mention does not grow
 * with the graph.
 */
import type { Extraction, ExtractedEntity } from "../contract/extraction.ts";
import { entityId } from "../contract/identifiers.ts";
import type { NodeType } from "../contract/ontology.ts";
import type { KnownEntity, ResolvedDocument, ResolvedEntity } from "../contract/resolution.ts";
import { comparisonKey, compatibleTypes, lookupKeys, provesIdentity } from "./compatibility.ts";
import { isNamedEvent } from "./events.ts";

/** An actor of general knowledge, under all its names in both languages. */
export interface KnownActor {
  id: string;
  type: NodeType;
  name: string;
  names: readonly string[];
  kind: string | null;
  countries: readonly string[];
}

/** Finds actors of general knowledge by any of their names; several when the name is ambiguous. */
export type ActorLookup = (name: string) => readonly KnownActor[];

export interface ResolveInput {
  extraction: Extraction;
  collection: string;
  /** ISO 8601 instant. */
  ingestedAt: string;
}

export interface ResolveSources {
  /** Entities of the graph that carry one of the folded names. */
  known: (keys: readonly string[]) => Promise<readonly KnownEntity[]>;
  actors: ActorLookup;
}

export async function resolveDocument(input: ResolveInput, sources: ResolveSources): Promise<ResolvedDocument> {
  const { extraction } = input;
  const entities: ResolvedEntity[] = [];
  for (const entity of extraction.entities) {
    entities.push(
      entity.type === "Event" && !isNamedEvent(entity.name)
        ? describedEvent(extraction.id, entity)
        : await resolveNamed(entity, entities, sources),
    );
  }
  return { extraction, collection: input.collection, ingestedAt: input.ingestedAt, entities };
}

function describedEvent(document: string, entity: ExtractedEntity): ResolvedEntity {
  return {
    local: entity.id,
    entity: entityId("described", document, entity.id),
    type: entity.type,
    name: entity.name,
    aliases: entity.aliases,
    kind: entity.kind,
    countries: [],
    outcome: "new",
    reason: "an event told by a description is not joined by its name",
  };
}

async function resolveNamed(
  entity: ExtractedEntity,
  before: readonly ResolvedEntity[],
  sources: ResolveSources,
): Promise<ResolvedEntity> {
  const ownNames = [entity.name, ...entity.aliases];
  const actor = knownActorOf(entity, sources.actors);
  const type = actor?.type ?? entity.type;
  const names = actor === null ? ownNames : [...ownNames, actor.name, ...actor.names];
  const keys = lookupKeys(names, type);
  const contribution = {
    local: entity.id,
    type,
    name: entity.name,
    aliases: entity.aliases,
    kind: entity.kind ?? actor?.kind ?? null,
    countries: [...(actor?.countries ?? [])],
  };
  const match = bestMatch({ type, name: entity.name }, keys, await sources.known(keys));
  if (match !== null) {
    return {
      ...contribution,
      entity: match.known.id,
      outcome: "same",
      reason:
        actor === null
          ? `shares the name "${match.key}" with ${match.known.name}`
          : `${actor.name} under the name "${match.key}"`,
    };
  }
  const id =
    actor === null ? entityId("name", group(type), comparisonKey(entity.name, type)) : entityId("actor", actor.id);
  const twin = before.find((other) => other.entity === id);
  return {
    ...contribution,
    entity: id,
    outcome: twin === undefined ? "new" : "same",
    reason: actor === null ? "no entity of the graph has this name" : `known as ${actor.name}`,
  };
}

/** Types that merge by name found the same id; the first of a group stands for it. */
function group(type: NodeType): string {
  return compatibleTypes(type, "Organization") ? "Organization" : type;
}

/** The one actor of general knowledge that all evidence allows; null when none or several do. */
function knownActorOf(entity: ExtractedEntity, actors: ActorLookup): KnownActor | null {
  const fitting = new Map<string, KnownActor>();
  for (const name of [entity.name, ...entity.aliases]) {
    const found = actors(name).filter((actor) => actorFits(entity, actor));
    for (const actor of found) fitting.set(actor.id, actor);
    if (name === entity.name && fitting.size === 1) break;
  }
  const [only, ...others] = fitting.values();
  if (only === undefined) return null;
  if (others.length === 0) return only;
  const sameType = [...fitting.values()].filter((actor) => actor.type === entity.type);
  return sameType.length === 1 ? (sameType[0] ?? null) : null;
}

function actorFits(entity: ExtractedEntity, actor: KnownActor): boolean {
  return compatibleTypes(entity.type, actor.type);
}

interface Match {
  known: KnownEntity;
  key: string;
}

function bestMatch(
  local: { type: NodeType; name: string },
  keys: readonly string[],
  candidates: readonly KnownEntity[],
): Match | null {
  const matches: Match[] = [];
  for (const known of candidates) {
    const knownKeys = new Set(lookupKeys([known.name, ...known.aliases], known.type));
    const key = keys.find((own) => knownKeys.has(own) && provesIdentity(own, local, known));
    if (key !== undefined) matches.push({ known, key });
  }
  matches.sort(
    (a, b) =>
      Number(b.known.type === local.type) - Number(a.known.type === local.type) ||
      b.key.length - a.key.length ||
      b.known.documentCount - a.known.documentCount ||
      (a.known.id < b.known.id ? -1 : 1),
  );
  return matches[0] ?? null;
}
