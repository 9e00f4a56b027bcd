/**
 * One document comes into the graph, gains what it lacked, or goes: everything that changes with it, inside one transaction.
 */
import { dateSpan } from "../contract/dates.ts";
import { faultsOfExtraction, type Claim } from "../contract/extraction.ts";
import { claimId } from "../contract/identifiers.ts";
import type { NodeType } from "../contract/ontology.ts";
import { pageAt } from "../contract/pages.ts";
import type { EntityOverride, ResolvedDocument, ResolvedEntity, ReviewedClaim } from "../contract/resolution.ts";
import { AppError } from "../errors.ts";
import { firstDate, lastDate } from "./date-order.ts";
import {
  addContribution,
  decidedFields,
  decodeOverride,
  decodeTally,
  encodeTally,
  fieldsOf,
  type Contribution,
} from "./entity-summary.ts";
import { sidesOf, withForeign, writeFindings, writeTakenOut, type Sides } from "./found-entities.ts";
import type { ParameterValue, Transaction } from "./executor.ts";
import type { DocumentHeader, SaveOutcome } from "./graph-store.ts";
import { keptDocument } from "./kept-document.ts";
import type { NameChange } from "./names.ts";
import { edgeIdOfClaim, type ClaimFact } from "./projection.ts";
import {
  degreeChanges,
  projectionChange,
  touchedClaims,
  writeEdgeChange,
  type EdgeChange,
} from "./projection-update.ts";
import { copyProperties } from "./queries/copies.ts";
import { factsOfDocument, writeClaims, type ClaimRow } from "./queries/claims.ts";
import {
  contributionsTo,
  documentHeader,
  hasDecisions,
  lockDocument,
  removeClaims,
  removeDocument,
  removeMentions,
  writeDocument,
  writeMentions,
} from "./queries/documents.ts";
import {
  deleteEntities,
  labelEntities,
  lockEntities,
  presentEntities,
  publicationDates,
  writeEntities,
  type LockedEntity,
} from "./queries/entities.ts";
import type { FactDocument } from "./sources.ts";
import { searchWordsOf } from "./texts.ts";

const FAULTS_SHOWN = 3;

/** @throws AppError `invalid_input` when offsets, quotes or ids of the document do not agree. */
export function checkDocument(document: ResolvedDocument): void {
  const { extraction } = document;
  const faults = faultsOfExtraction(extraction);
  const resolved = new Set(document.entities.map((entity) => entity.local));
  for (const entity of extraction.entities) {
    if (!resolved.has(entity.id)) faults.push(`entity "${entity.id}" is not resolved`);
  }
  if (faults.length === 0) return;
  const more = faults.length > FAULTS_SHOWN ? `; and ${faults.length - FAULTS_SHOWN} more` : "";
  throw new AppError(
    "invalid_input",
    `The document "${extraction.title}" is not stored, because its extraction is faulty: ${faults.slice(0, FAULTS_SHOWN).join("; ")}${more}.`,
  );
}

/** What a change of one document did, beside the database: for the outcome and for the index of names. */
export interface Change {
  outcome: SaveOutcome;
  names: NameChange;
}

const NOTHING: NameChange = { present: [], absent: [] };

export async function saveDocument(document: ResolvedDocument, transaction: Transaction): Promise<Change> {
  const [header] = await transaction.run(lockDocument(document.extraction.id));
  if (header === undefined) throw new AppError("internal", "The database did not create the document.");
  return header.known ? completeDocument(header, document, transaction) : addDocument(document, transaction);
}

export async function replaceDocument(document: ResolvedDocument, transaction: Transaction): Promise<Change> {
  const removed = await removeStored(document.extraction.id, transaction);
  const { outcome, names } = await saveDocument(document, transaction);
  const present = new Set(names.present.map((entity) => entity.id));
  return {
    outcome: removed === null ? outcome : { ...outcome, status: "updated" },
    names: {
      present: [...(removed?.present ?? []).filter((entity) => !present.has(entity.id)), ...names.present],
      absent: (removed?.absent ?? []).filter((id) => !present.has(id)),
      found: [...(removed?.found ?? []), ...(names.found ?? [])],
    },
  };
}

/** Null when there is no such document. */
export async function removeStored(id: string, transaction: Transaction): Promise<NameChange | null> {
  const [known] = await transaction.run(documentHeader(id));
  if (known === undefined) return null;
  const [header] = await transaction.run(lockDocument(id));
  if (header === undefined) return null;
  const before = await storedSides(id, transaction);
  const contributions = before.shown;
  const entities = await lock(
    contributions.map((contribution) => contribution.entity),
    transaction,
  );
  const removed = await transaction.run(factsOfDocument(id));
  const touched = await touchedClaims(removed, transaction, (ids) => lockMore(entities, ids, transaction));
  const gone = new Set(removed.map((claim) => claim.id));
  const change = projectionChange(
    touched,
    touched.claims.filter((claim) => !gone.has(claim.id)),
  );
  await writeEdgeChange(change, transaction);
  const found = await writeFindings(id, { before, after: null }, entities, transaction);
  for (const query of removeDocument(id)) await transaction.run(query);
  const lost = contributions.map((contribution): Weighed => ({ contribution, weight: -1 }));
  const names = await writeEntityChange(entities, lost, header.publishedAt, change, new Map(), transaction);
  return { ...names, found };
}

/** What the document contributes as it is stored. */
async function storedSides(id: string, transaction: Transaction): Promise<Sides> {
  const shown = await transaction.run(contributionsTo(id));
  const [isRevised] = await transaction.run(hasDecisions(id));
  const stored = isRevised === true ? await keptDocument(id, transaction) : null;
  return stored === null ? { shown, found: shown } : { shown, found: sidesOf(stored).found };
}

/**
 * Makes of a stored document what decisions make of it now: its mentions and claims, not its text or what it was found to hold.
 * Null when there is no such document.
 */
export async function reviseStored(document: ResolvedDocument, transaction: Transaction): Promise<NameChange | null> {
  const { id } = document.extraction;
  const [known] = await transaction.run(documentHeader(id));
  if (known === undefined) return null;
  const [header] = await transaction.run(lockDocument(id));
  if (header === undefined) return null;
  const before = await storedSides(id, transaction);
  const after = sidesOf(document);
  const same = new Set(
    after.shown
      .filter((contribution) => before.shown.some((other) => isEqual(other, contribution)))
      .map(({ entity }) => entity),
  );
  const changed = ({ entity }: Contribution): boolean => !same.has(entity);
  const lost = before.shown.filter(changed);
  const gained = after.shown.filter(changed);
  const entities = await lock(
    [...before.shown, ...after.shown].map(({ entity }) => entity),
    transaction,
  );
  const removed = await transaction.run(factsOfDocument(id));
  const claims = claimsToStore(document);
  const added = claims.map(({ fact }) => ({ ...fact, document: factDocument(header) }));
  const touched = await touchedClaims([...removed, ...added], transaction, (ids) =>
    lockMore(entities, ids, transaction),
  );
  const gone = new Set(removed.map((claim) => claim.id));
  const change = projectionChange(touched, [...touched.claims.filter((claim) => !gone.has(claim.id)), ...added]);

  const found = await writeFindings(id, { before, after }, entities, transaction);
  await transaction.run(writeDocument(id, revisionProperties(document)));
  if (before.shown.length > 0)
    await transaction.run(
      removeMentions(
        id,
        before.shown.map(({ entity }) => entity),
      ),
    );
  await transaction.run(removeClaims(id));
  const weighed = [
    ...lost.map((contribution): Weighed => ({ contribution, weight: -1 })),
    ...gained.map((contribution): Weighed => ({ contribution, weight: 1 })),
  ];
  // Mentions go first and come last: an entity that loses all of them is deleted in between, with nothing hanging on it.
  await writeEdgeChange({ created: [], updated: [], deleted: change.deleted }, transaction);
  const names = await writeEntityChange(
    entities,
    weighed,
    header.publishedAt,
    change,
    overridesOf(document),
    transaction,
  );
  if (after.shown.length > 0) await transaction.run(writeMentions(id, withForeign(after)));
  await writeTakenOut(id, after, transaction);
  const rows = claims.map(({ row }) => row);
  if (rows.length > 0) await transaction.run(writeClaims(id, rows));
  await writeEdgeChange({ ...change, deleted: [] }, transaction);
  return { ...names, found };
}

function isEqual(a: Contribution, b: Contribution): boolean {
  return a.entity === b.entity && JSON.stringify({ ...a, origins: [] }) === JSON.stringify({ ...b, origins: [] });
}

/** What people decided of an entity, where the entity is there. */
export async function writeOverrides(
  overrides: readonly { entity: string; override: EntityOverride | null }[],
  transaction: Transaction,
): Promise<NameChange> {
  const byId = new Map(overrides.map(({ entity, override }) => [entity, override]));
  const present = await transaction.run(presentEntities([...byId.keys()].sort()));
  const entities = await lock(
    present.map(({ id }) => id),
    transaction,
  );
  const names: NameChange = { present: [], absent: [] };
  const relabelled = new Map<NodeType, string[]>();
  const rows = [...entities.values()].map((entity) => {
    const override = byId.get(entity.id) ?? null;
    const { type, ...fields } = decidedFields(fieldsOf(decodeTally(entity.tally)), override);
    if (type !== entity.type) relabelled.set(type, [...(relabelled.get(type) ?? []), entity.id]);
    const { degree, id } = entity;
    names.present.push({ id, searchKeys: fields.searchKeys, degree, mentionCount: fields.mentionCount });
    return { id, properties: { ...fields, ...overrideProperties(override) } };
  });
  if (rows.length > 0) await transaction.run(writeEntities(rows));
  for (const [type, ids] of relabelled) await transaction.run(labelEntities(type, ids));
  return names;
}

function overrideProperties(override: EntityOverride | null): Record<string, ParameterValue> {
  return {
    override: override === null ? null : JSON.stringify(override),
    notes: override === null || override.notes.length === 0 ? null : override.notes,
    tags: override === null || override.tags.length === 0 ? null : override.tags,
  };
}

function overridesOf({ overrides }: ResolvedDocument): Map<string, EntityOverride> {
  return new Map((overrides ?? []).map(({ entity, override }) => [entity, override]));
}

async function addDocument(document: ResolvedDocument, transaction: Transaction): Promise<Change> {
  const { extraction } = document;
  const after = sidesOf(document);
  const contributions = after.shown;
  const entities = await lock(
    contributions.map((contribution) => contribution.entity),
    transaction,
  );
  const newEntities = [...entities.values()].filter((entity) => entity.tally === null).length;
  const claims = claimsToStore(document);
  const added = claims.map(({ fact }) => fact);
  const touched = await touchedClaims(added, transaction, (ids) => lockMore(entities, ids, transaction));
  const change = projectionChange(touched, [...touched.claims, ...added]);

  const found = await writeFindings(extraction.id, { before: null, after }, entities, transaction);
  await transaction.run(writeDocument(extraction.id, documentProperties(document)));
  const names = await writeEntityChange(
    entities,
    contributions.map((contribution): Weighed => ({ contribution, weight: 1 })),
    extraction.publishedAt,
    change,
    overridesOf(document),
    transaction,
  );
  if (contributions.length > 0) await transaction.run(writeMentions(extraction.id, withForeign(after)));
  await writeTakenOut(extraction.id, after, transaction);
  if (claims.length > 0) {
    await transaction.run(
      writeClaims(
        extraction.id,
        claims.map(({ row }) => row),
      ),
    );
  }
  await writeEdgeChange(change, transaction);
  return { outcome: { status: "added", newEntities }, names: { ...names, found } };
}

/** A stored document gains only what it lacks: its text is the same, so everything else is too. */
async function completeDocument(
  header: DocumentHeader & { duplicateOf: string | null },
  document: ResolvedDocument,
  transaction: Transaction,
): Promise<Change> {
  const { extraction } = document;
  const gained: Record<string, ParameterValue> = {};
  if (header.url === null && extraction.url !== null) gained["url"] = extraction.url;
  if (header.source === null && extraction.source !== null) gained["source"] = extraction.source;
  if (header.publishedAt === null && extraction.publishedAt !== null) gained["publishedAt"] = extraction.publishedAt;
  if (Object.keys(gained).length === 0) return { outcome: { status: "unchanged", newEntities: 0 }, names: NOTHING };

  const contributions = await transaction.run(contributionsTo(header.id));
  const entities = await lock(
    contributions.map((contribution) => contribution.entity),
    transaction,
  );
  const own = await transaction.run(factsOfDocument(header.id));
  const touched = await touchedClaims(own, transaction, (ids) => lockMore(entities, ids, transaction));
  const completed: FactDocument = { ...factDocument(header), ...gained };
  const change = projectionChange(
    touched,
    touched.claims.map((claim) => (claim.document.id === header.id ? { ...claim, document: completed } : claim)),
  );
  await transaction.run(writeDocument(header.id, gained));
  await writeEdgeChange(change, transaction);
  const seen = contributions.flatMap(({ entity }) => {
    const locked = entities.get(entity);
    return locked === undefined ? [] : [{ id: entity, properties: seenWith(locked, completed.publishedAt) }];
  });
  if (seen.length > 0) await transaction.run(writeEntities(seen));
  return { outcome: { status: "updated", newEntities: 0 }, names: NOTHING };
}

function factDocument(header: DocumentHeader & { duplicateOf: string | null }): FactDocument {
  const { id, source, url, publishedAt, duplicateOf } = header;
  return { id, source, url, publishedAt, duplicateOf };
}

function seenWith(entity: LockedEntity, publishedAt: string | null) {
  return {
    firstSeen: firstDate([entity.firstSeen, publishedAt]),
    lastSeen: lastDate([entity.lastSeen, publishedAt]),
  };
}

type Locked = Map<string, LockedEntity>;

/** Always in the order of ids, so that two writers seldom wait for each other in a circle. */
async function lock(ids: readonly string[], transaction: Transaction): Promise<Locked> {
  const locked: Locked = new Map();
  await lockMore(locked, ids, transaction);
  return locked;
}

async function lockMore(locked: Locked, ids: readonly string[], transaction: Transaction): Promise<void> {
  const missing = [...new Set(ids)].filter((id) => !locked.has(id)).sort();
  if (missing.length === 0) return;
  for (const entity of await transaction.run(lockEntities(missing))) locked.set(entity.id, entity);
}

interface Weighed {
  contribution: Contribution;
  /** One contribution more or less. */
  weight: 1 | -1;
}

/**
 * Writes what the contributions of one document, more and less, make of each entity, and the degrees of all that gained or lost
 * an edge.
 */
async function writeEntityChange(
  entities: Locked,
  contributions: readonly Weighed[],
  publishedAt: string | null,
  change: EdgeChange,
  overrides: ReadonlyMap<string, EntityOverride>,
  transaction: Transaction,
): Promise<NameChange> {
  const degrees = degreeChanges(change);
  const degreeOf = (entity: LockedEntity) => entity.degree + (degrees.get(entity.id) ?? 0);
  const names: NameChange = { present: [], absent: [] };
  const rows: { id: string; properties: Record<string, ParameterValue> }[] = [];
  const relabelled = new Map<NodeType, string[]>();
  const edgeOfSpan: string[] = [];
  const byEntity = new Map<string, Weighed[]>();
  for (const weighed of contributions) {
    const { entity } = weighed.contribution;
    byEntity.set(entity, [...(byEntity.get(entity) ?? []), weighed]);
  }

  for (const [id, own] of byEntity) {
    const entity = entities.get(id);
    if (entity === undefined) continue;
    const tally = own.reduce(
      (sum, { contribution, weight }) => addContribution(sum, contribution, weight),
      decodeTally(entity.tally),
    );
    if (tally.documents === 0) {
      names.absent.push(entity.id);
      continue;
    }
    const decided = overrides.get(id);
    const { type, ...fields } = decidedFields(fieldsOf(tally), decided ?? decodeOverride(entity.override));
    if (type !== entity.type) relabelled.set(type, [...(relabelled.get(type) ?? []), entity.id]);
    const weight = own.reduce((sum, each) => sum + each.weight, 0);
    if (weight < 0 && publishedAt !== null && [entity.firstSeen, entity.lastSeen].includes(publishedAt)) {
      edgeOfSpan.push(entity.id);
    }
    const seen = weight > 0 ? seenWith(entity, publishedAt) : {};
    const degree = degreeOf(entity);
    const decision = decided === undefined ? {} : overrideProperties(decided);
    rows.push({ id: entity.id, properties: { ...fields, ...seen, ...decision, degree, tally: encodeTally(tally) } });
    names.present.push({ id: entity.id, searchKeys: fields.searchKeys, degree, mentionCount: fields.mentionCount });
  }
  for (const entity of entities.values()) {
    if (byEntity.has(entity.id) || !degrees.has(entity.id)) continue;
    rows.push({ id: entity.id, properties: { degree: degreeOf(entity) } });
    names.present.push({ id: entity.id, degree: degreeOf(entity) });
  }
  if (names.absent.length > 0) await transaction.run(deleteEntities(names.absent));
  if (rows.length > 0) await transaction.run(writeEntities(rows));
  for (const [type, ids] of relabelled) await transaction.run(labelEntities(type, ids));
  if (edgeOfSpan.length > 0) await writeSeenAgain(edgeOfSpan, transaction);
  return names;
}

/** The document that went was the first or the last one: the remaining ones are asked. */
async function writeSeenAgain(ids: readonly string[], transaction: Transaction): Promise<void> {
  const dates = new Map((await transaction.run(publicationDates(ids))).map((entry) => [entry.id, entry.dates]));
  const rows = ids.map((id) => {
    const of = dates.get(id) ?? [];
    return { id, properties: { firstSeen: firstDate(of), lastSeen: lastDate(of) } };
  });
  await transaction.run(writeEntities(rows));
}

function documentProperties(document: ResolvedDocument): Record<string, ParameterValue> {
  const { extraction } = document;
  return {
    title: extraction.title,
    url: extraction.url,
    source: extraction.source,
    byline: extraction.byline,
    language: extraction.language,
    publishedAt: extraction.publishedAt,
    mediaType: extraction.mediaType,
    ingestedAt: document.ingestedAt,
    collection: document.collection,
    duplicateOf: document.duplicateOf ?? null,
    ...copyProperties(document.copyKeys ?? []),
    extractor: extraction.extractor,
    warnings: extraction.warnings,
    text: extraction.text,
    characters: extraction.text.length,
    searchWords: searchWordsOf(extraction.title, extraction.text),
    ...revisionProperties(document),
    suggestions: suggestionsOf(document.found?.resolved ?? document.entities),
  };
}

/** What the program found, and what decisions made of it where they did. */
function revisionProperties(document: ResolvedDocument): Record<string, ParameterValue> {
  const { found, extraction, reviews = [] } = document;
  const { entities, mentions, claims } = extraction;
  const shown = JSON.stringify({ entities, mentions, claims });
  if (found === undefined) {
    return { extraction: shown, resolution: null, revised: null };
  }
  const { resolved, ...findings } = found;
  return {
    extraction: JSON.stringify(findings),
    resolution: JSON.stringify(resolved),
    revised: JSON.stringify({ entities, mentions, claims, resolved: document.entities, reviews }),
  };
}

/** JSON: pairs of entities that are possibly one; null when there are none. */
function suggestionsOf(entities: readonly ResolvedEntity[]): string | null {
  const pairs = entities.flatMap(({ entity, suggestions = [] }) =>
    suggestions.map(({ entity: other, score, reasons }) => ({ entity, other, score, reasons })),
  );
  return pairs.length === 0 ? null : JSON.stringify(pairs);
}

/**
 * Claims as stored. Their ids are made here, from what they say and where, so that two documents whose makers numbered their
 * claims alike cannot meet; the same statement twice is one.
 */
function claimsToStore(document: ResolvedDocument): { row: ClaimRow; fact: ClaimFact }[] {
  const { extraction } = document;
  const byLocal = new Map(document.entities.map((entity) => [entity.local, entity]));
  const reviews = new Map((document.reviews ?? []).map((review) => [review.claim, review]));
  const stored = new Map<string, { row: ClaimRow; fact: ClaimFact }>();
  for (const claim of extraction.claims) {
    const subject = byLocal.get(claim.subject);
    const object = byLocal.get(claim.object);
    if (subject === undefined || object === undefined) continue;
    const review = reviews.get(claim.id);
    const id =
      review?.id ?? claimId(extraction.id, claim.type, claim.subjectSpan, claim.objectSpan, [claim.start, claim.end]);
    if (stored.has(id)) continue;
    const fact = factOf(id, claim, subject, object, document, review);
    stored.set(id, {
      fact,
      row: {
        subject: fact.subject,
        object: fact.object,
        properties: {
          id,
          type: claim.type,
          edge: edgeIdOfClaim(fact),
          quote: claim.quote,
          start: claim.start,
          end: claim.end,
          subjectStart: claim.subjectSpan[0],
          subjectEnd: claim.subjectSpan[1],
          objectStart: claim.objectSpan[0],
          objectEnd: claim.objectSpan[1],
          polarity: claim.polarity,
          modality: claim.modality,
          former: claim.former,
          saidBy: claim.saidBy === null ? null : (byLocal.get(claim.saidBy)?.name ?? claim.saidBy),
          date: claim.date,
          dateFrom: dateSpan(claim.date)?.from ?? null,
          dateTo: fact.dateTo,
          confidence: claim.confidence,
          status: fact.status,
          page: pageAt(extraction, claim.start),
          extractor: review?.extractor ?? extraction.extractor,
        },
      },
    });
  }
  return [...stored.values()];
}

function factOf(
  id: string,
  claim: Claim,
  subject: ResolvedEntity,
  object: ResolvedEntity,
  document: ResolvedDocument,
  review: ReviewedClaim | undefined,
): ClaimFact {
  const { extraction } = document;
  return {
    id,
    type: claim.type,
    subject: subject.entity,
    object: object.entity,
    subjectType: subject.type,
    objectType: object.type,
    polarity: claim.polarity,
    modality: claim.modality,
    status: review?.status ?? "proposed",
    former: claim.former,
    date: claim.date,
    dateTo: dateSpan(claim.date)?.to ?? null,
    confidence: claim.confidence,
    document: {
      id: extraction.id,
      source: extraction.source,
      url: extraction.url,
      publishedAt: extraction.publishedAt,
      duplicateOf: document.duplicateOf ?? null,
    },
  };
}
