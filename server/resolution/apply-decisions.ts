/**
 * Lays the decisions of people over one document: what the program found → what the graph shows.
 *
 * Stands between resolution and store, and is applied again whenever a decision comes or goes. Pure. What the program found stays
 * beside it (`found`), so that nothing is lost and the next decision starts from there.
 */
import type { ClaimSnapshot, MentionPlace, Pin } from "../contract/decisions.ts";
import type { Claim, ExtractedEntity, Extraction, Mention, Span } from "../contract/extraction.ts";
import { claimId } from "../contract/identifiers.ts";
import { foldName } from "../contract/names.ts";
import type { EntityOverride, ResolvedDocument, ResolvedEntity, ReviewedClaim } from "../contract/resolution.ts";
import { placeKey, type ClaimVerdict, type DocumentDecisions, type Overlay } from "./overlay.ts";

const NO_DECISIONS: DocumentDecisions = { known: [], moved: new Map(), added: new Map(), claims: new Map() };
/** Stands in for the entity of the extraction where a mention has none: a person added it. */
const NO_LOCAL = "";

/** A mention and the entity that it was given to, before merges. */
interface GivenMention {
  mention: Mention;
  given: string;
}

/** The document as the program found it, whatever was decided since. */
export function asFound(document: ResolvedDocument): ResolvedDocument {
  const { found, extraction } = document;
  const plain: ResolvedDocument = {
    extraction:
      found === undefined
        ? extraction
        : { ...extraction, entities: found.entities, mentions: found.mentions, claims: found.claims },
    collection: document.collection,
    ingestedAt: document.ingestedAt,
    entities: found?.resolved ?? document.entities,
  };
  if (document.duplicateOf !== undefined) plain.duplicateOf = document.duplicateOf;
  if (document.copyKeys !== undefined) plain.copyKeys = document.copyKeys;
  return plain;
}

/** @param document as the program found it. */
export function applyDecisions(document: ResolvedDocument, overlay: Overlay): ResolvedDocument {
  const { extraction } = document;
  const own = overlay.of(extraction.id) ?? NO_DECISIONS;
  const isTouched =
    own.known.length + own.moved.size + own.added.size + own.claims.size > 0 ||
    document.entities.some(({ entity }) => overlay.rootOf(entity) !== entity);
  const revised = isTouched ? revise(document, own, overlay) : document;
  const overrides = overridesOf(revised.entities, overlay);
  return overrides.length === 0 ? revised : { ...revised, overrides };
}

function overridesOf(entities: readonly ResolvedEntity[], overlay: Overlay) {
  return [...new Set(entities.map(({ entity }) => entity))].flatMap((entity) => {
    const override = overlay.overrideOf(entity);
    return override === null ? [] : [{ entity, override }];
  });
}

function revise(document: ResolvedDocument, own: DocumentDecisions, overlay: Overlay): ResolvedDocument {
  const { extraction } = document;
  const mentions = givenMentions(document, own);
  const { entities, resolved, at } = regroup(document, mentions, overlay);
  const { claims, reviews } = judgedClaims(extraction, own, at);
  const isAsFound =
    reviews.length === 0 &&
    mentions.length === extraction.mentions.length &&
    resolved.length === document.entities.length &&
    resolved.every((entity, index) => entity === document.entities[index]);
  if (isAsFound) return document;
  const locals = new Set(entities.map(({ id }) => id));
  const names = new Map(extraction.entities.map(({ id, name }) => [id, name]));
  return {
    ...document,
    extraction: {
      ...extraction,
      entities,
      mentions: mentions
        .map(({ mention }) => ({ ...mention, entity: at([mention.start, mention.end])?.local ?? mention.entity }))
        .sort((a, b) => a.start - b.start || a.end - b.end),
      claims: claims.map((claim) =>
        claim.saidBy === null || locals.has(claim.saidBy) || !names.has(claim.saidBy)
          ? claim
          : { ...claim, saidBy: names.get(claim.saidBy) ?? claim.saidBy },
      ),
    },
    entities: resolved,
    reviews,
    found: {
      entities: extraction.entities,
      mentions: extraction.mentions,
      claims: extraction.claims,
      resolved: document.entities,
    },
  };
}

/** Every mention with the entity that decisions gave it to, those that people added among them. */
function givenMentions({ extraction, entities }: ResolvedDocument, own: DocumentDecisions): GivenMention[] {
  const foundOf = new Map(entities.map(({ local, entity }) => [local, entity]));
  const { mentions } = extraction;
  // After another extraction the same mention may have founded another entity: decisions know it by its place.
  for (const pin of own.known) {
    const mention = mentionAt(mentions, pin);
    if (mention !== null && foundOf.get(mention.entity) !== pin.found) foundOf.set(mention.entity, pin.found);
  }
  const given: GivenMention[] = mentions.map((mention) => ({
    mention,
    given: foundOf.get(mention.entity) ?? mention.entity,
  }));
  const giveTo = (place: Pin, to: string, orElse: boolean): void => {
    const at = mentionAt(
      given.map(({ mention }) => mention),
      place,
    );
    const found = given.find(({ mention }) => mention === at);
    if (found !== undefined) found.given = to;
    else if (orElse) given.push({ mention: addedMention(place, extraction), given: to });
  };
  for (const pin of own.added.values()) giveTo(pin, pin.given, true);
  for (const pin of own.moved.values()) giveTo(pin, pin.to, false);
  // A claim that a person stands by keeps its ends, also where a newer extractor sees no mention.
  for (const verdict of own.claims.values()) {
    if (verdict.status === "rejected") continue;
    for (const pin of verdict.pins) if (mentionAt(allOf(given), pin) === null) giveTo(pin, pin.given, true);
  }
  return given;
}

function allOf(given: readonly GivenMention[]): Mention[] {
  return given.map(({ mention }) => mention);
}

function addedMention({ start, end }: MentionPlace, { text }: Extraction): Mention {
  return { entity: NO_LOCAL, start, end, surface: text.slice(start, end), named: true, confidence: 1 };
}

/** The mention at this place, else the one that overlaps it most. */
function mentionAt<M extends { start: number; end: number }>(
  mentions: readonly M[],
  place: Pick<MentionPlace, "start" | "end">,
): M | null {
  let best: M | null = null;
  let most = 0;
  for (const mention of mentions) {
    if (mention.start === place.start && mention.end === place.end) return mention;
    const common = Math.min(mention.end, place.end) - Math.max(mention.start, place.start);
    if (common > most) [best, most] = [mention, common];
  }
  return best;
}

interface Regrouped {
  entities: ExtractedEntity[];
  resolved: ResolvedEntity[];
  /** The mention at a place, and the entity of the document that it is of now; null where nothing is mentioned. */
  at: MentionsAt;
}

type MentionsAt = (place: Span) => { local: string; span: Span } | null;

/** One entity of the document becomes several where its mentions went to several entities of the graph. */
function regroup(document: ResolvedDocument, mentions: readonly GivenMention[], overlay: Overlay): Regrouped {
  const entities: ExtractedEntity[] = [];
  const resolved: ResolvedEntity[] = [];
  const locals = new Map<string, string>();
  const foundOf = new Map(document.entities.map((entity) => [entity.local, entity]));
  const put = (extracted: ExtractedEntity, entity: ResolvedEntity, group: readonly GivenMention[]): void => {
    const origins = [...new Set(group.map(({ given }) => given))].sort();
    entities.push(extracted);
    resolved.push(origins.length === 1 && origins[0] === entity.entity ? entity : { ...entity, origins });
    for (const { mention } of group) locals.set(placeKey(mention), extracted.id);
  };

  for (const extracted of document.extraction.entities) {
    const found = foundOf.get(extracted.id);
    if (found === undefined) continue;
    const own = mentions.filter(({ mention }) => mention.entity === extracted.id);
    const groups = groupBy(own, ({ given }) => overlay.rootOf(given));
    const home = overlay.rootOf(found.entity);
    if (own.length === 0) put(extracted, givenTo(found, home), [{ mention: NOWHERE, given: found.entity }]);
    for (const [entity, group] of groups) {
      if (groups.size === 1) {
        put(extracted, givenTo(found, entity), group);
        continue;
      }
      const part = partOf(extracted, group, entity === home ? extracted.id : `${extracted.id}~${entity}`);
      put(part, resolvedPart(found, part, entity), group);
    }
  }
  const added = mentions.filter(({ mention }) => mention.entity === NO_LOCAL);
  for (const [entity, group] of groupBy(added, ({ given }) => overlay.rootOf(given))) {
    const holder = resolved.find((other) => other.entity === entity);
    const override = overlay.overrideOf(entity);
    const part = partOf({ name: "", aliases: [], type: typeFor(holder, override), kind: null }, group, `~${entity}`);
    put(part, resolvedPart(null, part, entity), group);
  }
  const places = mentions.map(({ mention }) => mention);
  return {
    entities,
    resolved,
    at([start, end]) {
      const mention = mentionAt(places, { start, end });
      const local = mention === null ? undefined : locals.get(placeKey(mention));
      return mention === null || local === undefined ? null : { local, span: [mention.start, mention.end] };
    },
  };
}

function givenTo(found: ResolvedEntity, entity: string): ResolvedEntity {
  return found.entity === entity ? found : { ...found, entity };
}

const NOWHERE: Mention = { entity: NO_LOCAL, start: -1, end: -1, surface: "", named: false, confidence: 0 };

function typeFor(holder: ResolvedEntity | undefined, override: EntityOverride | null) {
  return override?.type ?? holder?.type ?? "Organization";
}

/** The part of an entity of the document that some of its mentions make: its names are those that stand in them. */
function partOf(
  whole: Pick<ExtractedEntity, "name" | "aliases" | "type" | "kind">,
  group: readonly GivenMention[],
  id: string,
): ExtractedEntity {
  const named = group.filter(({ mention }) => mention.named);
  const surfaces = (named.length > 0 ? named : group).map(({ mention }) => mention.surface.trim());
  const folded = new Set(surfaces.map(foldName));
  const names = [whole.name, ...whole.aliases].filter((name) => folded.has(foldName(name)));
  const known = new Set(names.map(foldName));
  for (const surface of [...surfaces].sort((a, b) => b.length - a.length || (a < b ? -1 : 1))) {
    if (!known.has(foldName(surface))) names.push(surface);
    known.add(foldName(surface));
  }
  const [name = whole.name, ...aliases] = names;
  return { id, type: whole.type, name, aliases, kind: whole.kind };
}

function resolvedPart(found: ResolvedEntity | null, part: ExtractedEntity, entity: string): ResolvedEntity {
  return {
    local: part.id,
    entity,
    type: found?.type ?? part.type,
    name: part.name,
    aliases: part.aliases,
    kind: found?.kind ?? part.kind,
    countries: found?.countries ?? [],
    outcome: "same",
    reason: "by decision",
    keys: [],
  };
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return groups;
}

/** Claims follow their mentions; verdicts are laid over those that they speak of. */
function judgedClaims(
  extraction: Extraction,
  own: DocumentDecisions,
  at: MentionsAt,
): { claims: Claim[]; reviews: ReviewedClaim[] } {
  const claims = new Map<string, Claim>();
  const reviews = new Map<string, ReviewedClaim>();
  const verdicts = new Map(own.claims);
  const judge = (claim: Claim, verdict: ClaimVerdict, extractor: string): void => {
    const { id } = verdict.claim;
    claims.set(id, { ...changed(claim, verdict, extraction, at), id });
    reviews.set(id, { claim: id, id, status: verdict.status, extractor });
  };
  for (const claim of extraction.claims) {
    const id = claimId(extraction.id, claim.type, claim.subjectSpan, claim.objectSpan, [claim.start, claim.end]);
    if (claims.has(id)) continue;
    const followed: Claim = {
      ...claim,
      id,
      subject: at(claim.subjectSpan)?.local ?? claim.subject,
      object: at(claim.objectSpan)?.local ?? claim.object,
    };
    const verdict = verdictOn(followed, own.claims);
    if (verdict === null) {
      claims.set(id, followed);
      continue;
    }
    verdicts.delete(verdict.claim.id);
    judge(followed, verdict, extraction.extractor);
  }
  for (const verdict of verdicts.values()) {
    // What the extractor no longer proposes needs no rejection; what a person stands by stays.
    if (verdict.status === "rejected" && !verdict.isAdded) continue;
    const stated = statedAgain(verdict.claim, at);
    if (stated !== null) judge(stated, verdict, "human");
  }
  return { claims: [...claims.values()], reviews: [...reviews.values()] };
}

/** By id; after another extraction by type, ends that overlap and a quote that does. */
function verdictOn(claim: Claim, verdicts: ReadonlyMap<string, ClaimVerdict>): ClaimVerdict | null {
  const exact = verdicts.get(claim.id);
  if (exact !== undefined) return exact.isAdded ? null : exact;
  for (const verdict of verdicts.values()) {
    const { claim: before, isAdded } = verdict;
    const isSame =
      !isAdded &&
      before.type === claim.type &&
      overlap(before.subjectSpan, claim.subjectSpan) &&
      overlap(before.objectSpan, claim.objectSpan) &&
      overlap([before.start, before.end], [claim.start, claim.end]);
    if (isSame) return verdict;
  }
  return null;
}

function overlap(a: Span, b: Span): boolean {
  return a[0] < b[1] && b[0] < a[1];
}

function statedAgain(snapshot: ClaimSnapshot, at: MentionsAt): Claim | null {
  const subject = at(snapshot.subjectSpan);
  const object = at(snapshot.objectSpan);
  if (subject === null || object === null) return null;
  return {
    ...snapshot,
    subject: subject.local,
    object: object.local,
    subjectSpan: subject.span,
    objectSpan: object.span,
  };
}

/** Ends that are mentioned nowhere any more leave the claim as it was found. */
function changed(claim: Claim, { change, quote }: ClaimVerdict, { text }: Extraction, at: MentionsAt): Claim {
  const subject = at(change.subjectSpan ?? claim.subjectSpan);
  const object = at(change.objectSpan ?? claim.objectSpan);
  if (subject === null || object === null) return claim;
  const [start, end] = quote ?? [claim.start, claim.end];
  return {
    ...claim,
    type: change.type ?? claim.type,
    subject: subject.local,
    object: object.local,
    subjectSpan: subject.span,
    objectSpan: object.span,
    start,
    end,
    quote: text.slice(start, end),
    polarity: change.polarity ?? claim.polarity,
    modality: change.modality ?? claim.modality,
    former: change.former ?? claim.former,
    date: change.date === undefined ? claim.date : change.date,
  };
}
