/**
 * One document comes into the graph, gains what it lacked, or goes: everything that changes with it, inside one transaction.
 */
import { dateSpan } from "../contract/dates.ts";
import { faultsOfExtraction, type Claim } from "../contract/extraction.ts";
import { claimId } from "../contract/identifiers.ts";
import type { NodeType } from "../contract/ontology.ts";
import type { ResolvedDocument, ResolvedEntity } from "../contract/resolution.ts";
import { AppError } from "../errors.ts";
import { firstDate, lastDate } from "./date-order.ts";
import {
  addContribution,
  contributionsOf,
  decodeTally,
  encodeTally,
  fieldsOf,
  type Contribution,
} from "./entity-summary.ts";
import type { ParameterValue, Transaction } from "./executor.ts";
import type { DocumentHeader, SaveOutcome } from "./graph-store.ts";
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
  lockDocument,
  removeDocument,
  writeDocument,
  writeMentions,
} from "./queries/documents.ts";
import {
  deleteEntities,
  labelEntities,
  lockEntities,
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
    },
  };
}

/** Null when there is no such document. */
export async function removeStored(id: string, transaction: Transaction): Promise<NameChange | null> {
  const [known] = await transaction.run(documentHeader(id));
  if (known === undefined) return null;
  const [header] = await transaction.run(lockDocument(id));
  if (header === undefined) return null;
  const contributions = await transaction.run(contributionsTo(id));
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
  for (const query of removeDocument(id)) await transaction.run(query);
  return writeEntityChange(entities, contributions, -1, header.publishedAt, change, transaction);
}

async function addDocument(document: ResolvedDocument, transaction: Transaction): Promise<Change> {
  const { extraction } = document;
  const contributions = contributionsOf(document);
  const entities = await lock(
    contributions.map((contribution) => contribution.entity),
    transaction,
  );
  const newEntities = [...entities.values()].filter((entity) => entity.tally === null).length;
  const claims = claimsToStore(document);
  const added = claims.map(({ fact }) => fact);
  const touched = await touchedClaims(added, transaction, (ids) => lockMore(entities, ids, transaction));
  const change = projectionChange(touched, [...touched.claims, ...added]);

  await transaction.run(writeDocument(extraction.id, documentProperties(document)));
  const names = await writeEntityChange(entities, contributions, 1, extraction.publishedAt, change, transaction);
  if (contributions.length > 0) await transaction.run(writeMentions(extraction.id, contributions));
  if (claims.length > 0) {
    await transaction.run(
      writeClaims(
        extraction.id,
        claims.map(({ row }) => row),
      ),
    );
  }
  await writeEdgeChange(change, transaction);
  return { outcome: { status: "added", newEntities }, names };
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

/** Writes what one contribution more or less makes of each entity, and the degrees of all that gained or lost an edge. */
async function writeEntityChange(
  entities: Locked,
  contributions: readonly Contribution[],
  weight: 1 | -1,
  publishedAt: string | null,
  change: EdgeChange,
  transaction: Transaction,
): Promise<NameChange> {
  const degrees = degreeChanges(change);
  const degreeOf = (entity: LockedEntity) => entity.degree + (degrees.get(entity.id) ?? 0);
  const names: NameChange = { present: [], absent: [] };
  const rows: { id: string; properties: Record<string, ParameterValue> }[] = [];
  const relabelled = new Map<NodeType, string[]>();
  const contributed = new Set<string>();
  const edgeOfSpan: string[] = [];

  for (const contribution of contributions) {
    const entity = entities.get(contribution.entity);
    if (entity === undefined) continue;
    contributed.add(entity.id);
    const tally = addContribution(decodeTally(entity.tally), contribution, weight);
    if (tally.documents === 0) {
      names.absent.push(entity.id);
      continue;
    }
    const { type, ...fields } = fieldsOf(tally);
    if (type !== entity.type) relabelled.set(type, [...(relabelled.get(type) ?? []), entity.id]);
    if (weight === -1 && publishedAt !== null && [entity.firstSeen, entity.lastSeen].includes(publishedAt)) {
      edgeOfSpan.push(entity.id);
    }
    const seen = weight === 1 ? seenWith(entity, publishedAt) : {};
    const degree = degreeOf(entity);
    rows.push({ id: entity.id, properties: { ...fields, ...seen, degree, tally: encodeTally(tally) } });
    names.present.push({ id: entity.id, searchKeys: fields.searchKeys, degree, mentionCount: fields.mentionCount });
  }
  for (const entity of entities.values()) {
    if (contributed.has(entity.id) || !degrees.has(entity.id)) continue;
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
  const { entities, mentions, claims } = extraction;
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
    extraction: JSON.stringify({ entities, mentions, claims }),
  };
}

/**
 * Claims as stored. Their ids are made here, from what they say and where, so that two documents whose makers numbered their
 * claims alike cannot meet; the same statement twice is one.
 */
function claimsToStore(document: ResolvedDocument): { row: ClaimRow; fact: ClaimFact }[] {
  const { extraction } = document;
  const byLocal = new Map(document.entities.map((entity) => [entity.local, entity]));
  const stored = new Map<string, { row: ClaimRow; fact: ClaimFact }>();
  for (const claim of extraction.claims) {
    const subject = byLocal.get(claim.subject);
    const object = byLocal.get(claim.object);
    if (subject === undefined || object === undefined) continue;
    const id = claimId(extraction.id, claim.type, claim.subjectSpan, claim.objectSpan, [claim.start, claim.end]);
    if (stored.has(id)) continue;
    const fact = factOf(id, claim, subject, object, document);
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
          extractor: extraction.extractor,
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
    status: "proposed",
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
