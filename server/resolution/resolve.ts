/**
 * Resolution: the entities of one extraction → entities of the graph, each with score and reason.
 *
 * Stands between extraction and store. First what names, types and countries tell; then, for those that are left, what the graph
 * tells of their neighbours. Each entity of the graph is taken by one entity of the document: two that an article tells apart are two.
 * The graph is asked by key only, so that the cost of a mention does not grow with it.
 */
import type { Extraction } from "../contract/extraction.ts";
import { entityId } from "../contract/identifiers.ts";
import type { KnownEntity, ResolvedDocument, ResolvedEntity, Suggestion } from "../contract/resolution.ts";
import { typeGroup } from "./compatibility.ts";
import { readContext } from "./context.ts";
import { judge, NO_SURROUNDINGS, probabilityOf, type Judgement, type Surroundings } from "./evidence.ts";
import { eventKeys, nameKeys, relationKeys, relationOfKey, selfKey, type EntityKeys } from "./keys.ts";
import type { ActorKnowledge } from "./known-actors.ts";
import { knownProfile, localProfiles, type LocalProfile, type Profile } from "./profile.ts";

export interface ResolveInput {
  extraction: Extraction;
  collection: string;
  /** ISO 8601 instant. */
  ingestedAt: string;
}

export interface ResolveSources {
  /** Entities of the graph that carry one of the keys. */
  known: (keys: readonly string[]) => Promise<readonly KnownEntity[]>;
  /** Those of `others` that a document mentions together with the entity. */
  together: (entity: string, others: readonly string[]) => Promise<readonly string[]>;
  gazetteer: ActorKnowledge;
}

/** From here on they are the same; set on one half of the dossiers. */
const SAME = 2.2;
/** From here on they are possibly the same. */
const POSSIBLE = -0.4;
/** Before the neighbours are known, the best must lead the next by so much. */
const CLEAR_LEAD = 4;
/** A name that fits many must fit one much better than the next. */
const LEAD_OF_WEAK_NAME = 1;
const MAX_SUGGESTIONS = 3;
/** Of the candidates of one entity, so many have their neighbours looked at. */
const MAX_LOOKED_AT = 5;

export async function resolveDocument(input: ResolveInput, sources: ResolveSources): Promise<ResolvedDocument> {
  const { extraction } = input;
  const context = readContext(extraction, sources.gazetteer);
  const document = new DocumentResolution(extraction, localProfiles(extraction, context, sources.gazetteer), sources);
  await document.lookUpNames();
  document.decide(CLEAR_LEAD);
  // The second round sees the events and people that the first one could join.
  for (let round = 0; round < 2; round += 1) {
    await document.lookAround();
    document.decide(0);
  }
  return {
    extraction,
    collection: input.collection,
    ingestedAt: input.ingestedAt,
    entities: document.resolved(),
  };
}

interface Candidate {
  known: KnownEntity;
  profile: Profile;
  surroundings: Surroundings;
}

interface Pair {
  local: LocalProfile;
  candidate: Candidate;
  judgement: Judgement;
}

/** The state of one document while its entities are resolved. */
class DocumentResolution {
  readonly #extraction: Extraction;
  readonly #locals: readonly LocalProfile[];
  readonly #sources: ResolveSources;
  readonly #names = new Map<string, EntityKeys>();
  /** By entity of the document, then by id of the graph. */
  readonly #candidates = new Map<string, Map<string, Candidate>>();
  readonly #profiles = new Map<string, Profile>();
  readonly #same = new Map<string, Pair>();

  constructor(extraction: Extraction, locals: readonly LocalProfile[], sources: ResolveSources) {
    this.#extraction = extraction;
    this.#locals = locals;
    this.#sources = sources;
    for (const local of locals) this.#names.set(local.entity.id, nameKeys(local));
  }

  async lookUpNames(): Promise<void> {
    await this.#lookUp((local) => [
      ...(this.#names.get(local.entity.id)?.wanted ?? []),
      selfKey(this.#foundingId(local)),
    ]);
  }

  /** Asks for entities with the same relationships, and for the neighbours of those that could be the same. */
  async lookAround(): Promise<void> {
    const open = this.#locals.filter((local) => !this.#same.has(local.entity.id));
    const idOf = (id: string): string | null => this.#same.get(id)?.candidate.known.id ?? null;
    const relations = new Map(open.map((local) => [local.entity.id, this.#relationKeys(local, idOf)]));
    await this.#lookUp((local) => {
      const own = relations.get(local.entity.id);
      if (own === undefined) return [];
      return local.type === "Event" ? eventKeys(local, this.#extraction.publishedAt, idOf).wanted : own;
    });
    const story = this.#locals
      .filter((local) => local.actor === null && local.type !== "Event")
      .flatMap((local) => idOf(local.entity.id) ?? []);
    for (const local of open) {
      const own = new Set(relations.get(local.entity.id));
      for (const candidate of this.#mostLikely(local)) {
        const sharedRelations = candidate.known.keys
          .filter((key) => own.has(key))
          .flatMap((key) => relationOfKey(key) ?? []);
        const others = story.filter((id) => id !== candidate.known.id);
        const shared = others.length === 0 ? [] : await this.#sources.together(candidate.known.id, others);
        candidate.surroundings = { sharedActors: shared.length, sharedRelations };
      }
    }
  }

  /** Takes the best pairs first, those that lead the next by so much. What was decided stays. */
  decide(minLead: number): void {
    const taken = new Set([...this.#same.values()].map((pair) => pair.candidate.known.id));
    const pairs: Pair[] = [];
    for (const local of this.#locals) {
      if (this.#same.has(local.entity.id)) continue;
      const own = this.#pairsOf(local).filter((pair) => !taken.has(pair.candidate.known.id));
      const [best, second] = own;
      if (best === undefined || best.judgement.logit < SAME) continue;
      const lead = Math.max(minLead, best.judgement.isWeakName ? LEAD_OF_WEAK_NAME : 0);
      if (second !== undefined && best.judgement.logit - second.judgement.logit < lead) continue;
      pairs.push(...own.filter((pair) => pair.judgement.logit >= SAME));
    }
    pairs.sort(comparePairs);
    for (const pair of pairs) {
      const { id } = pair.candidate.known;
      if (this.#same.has(pair.local.entity.id)) continue;
      if (taken.has(id) && !this.#isTwin(pair)) continue;
      this.#same.set(pair.local.entity.id, pair);
      taken.add(id);
    }
  }

  resolved(): ResolvedEntity[] {
    const ids = new Map<string, string>();
    for (const local of this.#locals) {
      const same = this.#same.get(local.entity.id);
      if (same !== undefined) ids.set(local.entity.id, same.candidate.known.id);
    }
    const founded = new Map<string, LocalProfile>();
    for (const local of this.#locals) {
      if (ids.has(local.entity.id)) continue;
      const id = this.#freeId(local, founded);
      ids.set(local.entity.id, id);
      if (!founded.has(id)) founded.set(id, local);
    }
    const idOf = (id: string): string | null => ids.get(id) ?? null;
    return this.#locals.map((local) => this.#resolvedEntity(local, idOf, founded));
  }

  #resolvedEntity(
    local: LocalProfile,
    idOf: (id: string) => string | null,
    founded: ReadonlyMap<string, LocalProfile>,
  ): ResolvedEntity {
    const { entity, knownActor } = local;
    const id = idOf(entity.id) ?? this.#foundingId(local);
    const events = eventKeys(local, this.#extraction.publishedAt, idOf);
    const keys = new Set([
      ...(this.#names.get(entity.id)?.offered ?? []),
      ...this.#relationKeys(local, idOf),
      ...events.offered,
      selfKey(id),
    ]);
    const same = this.#same.get(entity.id);
    const twin = same === undefined && founded.get(id) !== local;
    return {
      local: entity.id,
      entity: id,
      type: local.type,
      name: entity.name,
      aliases: entity.aliases,
      kind: entity.kind ?? knownActor?.kind ?? null,
      countries: [...local.countries],
      outcome: same !== undefined || twin ? "same" : "new",
      reason: reasonOf(local, same, twin),
      ...(same === undefined ? {} : { score: probabilityOf(same.judgement.logit) }),
      keys: [...keys].sort(),
      suggestions: this.#suggestionsFor(local, id),
    };
  }

  #suggestionsFor(local: LocalProfile, id: string): Suggestion[] {
    const taken = new Set([...this.#same.values()].map((pair) => pair.candidate.known.id));
    return this.#pairsOf(local)
      .filter(
        (pair) =>
          pair.judgement.logit >= POSSIBLE && pair.candidate.known.id !== id && !taken.has(pair.candidate.known.id),
      )
      .slice(0, MAX_SUGGESTIONS)
      .map(({ candidate, judgement }) => ({
        entity: candidate.known.id,
        score: probabilityOf(judgement.logit),
        reasons: judgement.evidence.map(({ reason, weight }) => ({ text: reason, weight })),
      }));
  }

  #relationKeys(local: LocalProfile, idOf: (id: string) => string | null): string[] {
    const types = new Map(this.#locals.map((other) => [other.entity.id, other.type]));
    return relationKeys(local, idOf, (id) => types.get(id) === "Country" || types.get(id) === "Place");
  }

  /** One question to the graph for all entities that have something to ask. */
  async #lookUp(wantedBy: (local: LocalProfile) => readonly string[]): Promise<void> {
    const asking = new Map<string, LocalProfile[]>();
    for (const local of this.#locals) {
      if (this.#same.has(local.entity.id)) continue;
      for (const key of new Set(wantedBy(local))) asking.set(key, [...(asking.get(key) ?? []), local]);
    }
    if (asking.size === 0) return;
    for (const known of await this.#sources.known([...asking.keys()])) {
      for (const key of known.keys) {
        for (const local of asking.get(key) ?? []) this.#addCandidate(local, known);
      }
    }
  }

  #addCandidate(local: LocalProfile, known: KnownEntity): void {
    const own = this.#candidates.get(local.entity.id) ?? new Map<string, Candidate>();
    this.#candidates.set(local.entity.id, own);
    if (own.has(known.id)) return;
    const profile = this.#profiles.get(known.id) ?? knownProfile(known, this.#sources.gazetteer);
    this.#profiles.set(known.id, profile);
    own.set(known.id, { known, profile, surroundings: NO_SURROUNDINGS });
  }

  /** Best first. */
  #pairsOf(local: LocalProfile): Pair[] {
    const pairs: Pair[] = [];
    for (const candidate of this.#candidates.get(local.entity.id)?.values() ?? []) {
      const judgement = judge(local, candidate.profile, candidate.known, candidate.surroundings);
      if (judgement !== null) pairs.push({ local, candidate, judgement });
    }
    return pairs.sort(comparePairs);
  }

  #mostLikely(local: LocalProfile): Candidate[] {
    if (local.type === "Event") return [...(this.#candidates.get(local.entity.id)?.values() ?? [])];
    const likely = this.#pairsOf(local).slice(0, MAX_LOOKED_AT);
    if (likely.length > 0) return likely.map((pair) => pair.candidate);
    return [...(this.#candidates.get(local.entity.id)?.values() ?? [])].slice(0, MAX_LOOKED_AT);
  }

  /** Two entities of one document that only an extractor told apart: one actor of general knowledge, or one name under two types. */
  #isTwin({ local, candidate }: Pair): boolean {
    if (local.actor !== null && local.actor === candidate.profile.actor) return true;
    return [...this.#same.values()].some(
      (pair) =>
        pair.candidate.known.id === candidate.known.id &&
        pair.local.type !== local.type &&
        pair.local.names[0]?.key === local.names[0]?.key,
    );
  }

  #foundingId(local: LocalProfile): string {
    if (local.actor !== null) return entityId("actor", local.actor);
    const [main] = local.names;
    if (local.type === "Event" && !local.isNamed) return entityId("described", this.#extraction.id, local.entity.id);
    const key = local.type === "Person" ? main?.person.text : main?.key;
    return entityId("name", typeGroup(local.type), key === undefined || key === "" ? local.entity.name : key);
  }

  /** The founding id, unless another entity has it. */
  #freeId(local: LocalProfile, founded: ReadonlyMap<string, LocalProfile>): string {
    const id = this.#foundingId(local);
    const holder = founded.get(id);
    const isHeld = this.#candidates.get(local.entity.id)?.has(id) === true;
    const isTwin = holder !== undefined && (local.actor !== null || holder.type !== local.type);
    if (!isHeld && (holder === undefined || isTwin)) return id;
    return entityId("apart", id, this.#extraction.id, local.entity.id);
  }
}

function comparePairs(a: Pair, b: Pair): number {
  return (
    b.judgement.logit - a.judgement.logit ||
    b.candidate.known.documentCount - a.candidate.known.documentCount ||
    compare(a.candidate.known.id, b.candidate.known.id) ||
    compare(a.local.entity.id, b.local.entity.id)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function reasonOf(local: LocalProfile, same: Pair | undefined, isTwin: boolean): string {
  if (same !== undefined) return same.judgement.evidence.map(({ reason }) => reason).join("; ");
  if (isTwin) return "the same as another entity of this document";
  if (local.knownActor !== null) return `known as ${local.knownActor.name}`;
  return local.isNamed
    ? "no entity of the graph is like it"
    : "an event told by a description is not joined by its name";
}
