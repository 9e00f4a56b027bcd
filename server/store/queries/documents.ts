/**
 * Cypher on documents and on what mentions in them contribute.
 */
import type { DocumentReference } from "../../contract/graph.ts";
import { languageSchema, nodeTypeSchema } from "../../contract/ontology.ts";
import type { Contribution } from "../entity-summary.ts";
import type { ParameterValue, Query } from "../executor.ts";
import type { DocumentHeader, EntityMentions } from "../graph-store.ts";
import type { FoundDocument } from "../texts.ts";
import { countIn, numberIn, numbersIn, rowsIn, textIn, textOrNullIn, textsIn, type Row } from "../row.ts";
import { COPY_PROPERTIES } from "./copies.ts";
import { noRow } from "./entities.ts";

/** Columns of a reference, read by `documentReferenceIn`, with the prefix `document`. */
export function documentColumns(alias: string): string {
  return `${alias}.id AS documentId, ${alias}.title AS documentTitle, ${alias}.url AS documentUrl,
  ${alias}.source AS documentSource, ${alias}.language AS documentLanguage,
  ${alias}.publishedAt AS documentPublishedAt, ${alias}.collection AS documentCollection`;
}

export function documentReferenceIn(row: Row): DocumentReference {
  return {
    id: textIn(row, "documentId"),
    title: textIn(row, "documentTitle"),
    url: textOrNullIn(row, "documentUrl"),
    source: textOrNullIn(row, "documentSource"),
    language: languageSchema.parse(row["documentLanguage"]),
    publishedAt: textOrNullIn(row, "documentPublishedAt"),
    collection: textIn(row, "documentCollection"),
  };
}

/** Creates the document's node if it is missing and takes its write lock. `known` is false for a new one. */
export function lockDocument(id: string): Query<DocumentHeader & { known: boolean; duplicateOf: string | null }> {
  return {
    text: `MERGE (d:Document {id: $id})
SET d.id = $id
RETURN d.ingestedAt IS NOT NULL AS known, d.collection AS collection, d.title AS title, d.url AS url,
  d.source AS source, d.publishedAt AS publishedAt, d.duplicateOf AS duplicateOf`,
    parameters: { id },
    access: "write",
    read: (row) => ({
      id,
      known: row["known"] === true,
      collection: textOrNullIn(row, "collection") ?? "",
      title: textOrNullIn(row, "title") ?? "",
      url: textOrNullIn(row, "url"),
      source: textOrNullIn(row, "source"),
      publishedAt: textOrNullIn(row, "publishedAt"),
      duplicateOf: textOrNullIn(row, "duplicateOf"),
    }),
  };
}

export function documentHeader(id: string): Query<DocumentHeader> {
  return {
    text: `MATCH (d:Document {id: $id})
RETURN d.collection AS collection, d.title AS title, d.url AS url, d.source AS source, d.publishedAt AS publishedAt`,
    parameters: { id },
    access: "read",
    read: (row) => ({
      id,
      collection: textIn(row, "collection"),
      title: textIn(row, "title"),
      url: textOrNullIn(row, "url"),
      source: textOrNullIn(row, "source"),
      publishedAt: textOrNullIn(row, "publishedAt"),
    }),
  };
}

export function writeDocument(id: string, properties: Record<string, ParameterValue>): Query<never> {
  return {
    text: "MATCH (d:Document {id: $id}) SET d += $properties",
    parameters: { id, properties },
    access: "write",
    read: noRow,
  };
}

/** Removes the document, its claims and its mentions. Entities and edges are the caller's. */
export function removeDocument(id: string): Query<never>[] {
  return [
    {
      text: "MATCH (d:Document {id: $id})<-[:STATED_IN]-(c:Claim) DETACH DELETE c",
      parameters: { id },
      access: "write",
      read: noRow,
    },
    { text: "MATCH (d:Document {id: $id}) DETACH DELETE d", parameters: { id }, access: "write", read: noRow },
  ];
}

/** `isForeign`: only by decision, the program found the entity not in this document. */
export function writeMentions(
  document: string,
  contributions: readonly (Contribution & { isForeign: boolean })[],
): Query<never> {
  return {
    text: `MATCH (d:Document {id: $document})
UNWIND $rows AS row
MATCH (e:Entity {id: row.entity})
CREATE (e)-[m:MENTIONED_IN]->(d)
SET m = row.properties`,
    parameters: {
      document,
      rows: contributions.map(({ entity, locals, origins, isForeign, ...own }) => ({
        entity,
        properties: {
          ...own,
          local: locals,
          count: own.starts.length,
          ...(origins.length === 0 ? {} : { origins }),
          ...(isForeign ? { foreign: true } : {}),
        },
      })),
    },
    access: "write",
    read: noRow,
  };
}

export function contributionsTo(document: string): Query<Contribution> {
  return {
    text: `MATCH (d:Document {id: $document})<-[m:MENTIONED_IN]-(e:Entity)
RETURN e.id AS entity, m.local AS local, m.name AS name, m.aliases AS aliases, m.kind AS kind,
  m.countries AS countries, m.keys AS keys, m.type AS type, m.starts AS starts, m.ends AS ends, m.surfaces AS surfaces,
  m.origins AS origins
ORDER BY entity`,
    parameters: { document },
    access: "read",
    read: (row) => ({
      entity: textIn(row, "entity"),
      locals: textsIn(row, "local"),
      name: textIn(row, "name"),
      aliases: textsIn(row, "aliases"),
      kind: textOrNullIn(row, "kind"),
      countries: textsIn(row, "countries"),
      keys: textsIn(row, "keys"),
      type: nodeTypeSchema.parse(row["type"]),
      starts: numbersIn(row, "starts"),
      ends: numbersIn(row, "ends"),
      surfaces: textsIn(row, "surfaces"),
      origins: textsIn(row, "origins"),
    }),
  };
}

/** Takes the entity's part out of the document. */
export function removeMentions(document: string, entities: readonly string[]): Query<never> {
  return {
    text: `UNWIND $entities AS entity
MATCH (e:Entity {id: entity})-[m:MENTIONED_IN]->(d:Document)
WHERE d.id = $document
DELETE m`,
    parameters: { document, entities },
    access: "write",
    read: noRow,
  };
}

/** How a document is known as a copy. */
export function copyRecord(id: string): Query<{ duplicateOf: string | null; copyKeys: string[] }> {
  return {
    text: `MATCH (d:Document {id: $id})
RETURN d.duplicateOf AS duplicateOf, ${COPY_PROPERTIES.map((name) => `d.${name} AS ${name}`).join(", ")}`,
    parameters: { id },
    access: "read",
    read: (row) => ({
      duplicateOf: textOrNullIn(row, "duplicateOf"),
      copyKeys: COPY_PROPERTIES.flatMap((name) => textOrNullIn(row, name) ?? []),
    }),
  };
}

/** Whether decisions made something else of the document than the program found. */
export function hasDecisions(id: string): Query<boolean> {
  return {
    text: "MATCH (d:Document {id: $id}) RETURN d.revised IS NOT NULL AS revised",
    parameters: { id },
    access: "read",
    read: (row) => row["revised"] === true,
  };
}

/** Pairs of entities that documents found possibly the same, JSON a document. */
export function keptSuggestions(): Query<{ document: string; suggestions: string }> {
  return {
    text: `MATCH (d:Document) WHERE d.suggestions IS NOT NULL
RETURN d.id AS document, d.suggestions AS suggestions
ORDER BY document`,
    parameters: {},
    access: "read",
    read: (row) => ({ document: textIn(row, "document"), suggestions: textIn(row, "suggestions") }),
  };
}

export function removeClaims(document: string): Query<never> {
  return {
    text: "MATCH (d:Document {id: $document})<-[:STATED_IN]-(c:Claim) DETACH DELETE c",
    parameters: { document },
    access: "write",
    read: noRow,
  };
}

/** Documents that mention an entity, latest first, with the places. */
export function entityMentions(entity: string, limit: number): Query<EntityMentions> {
  return {
    text: `MATCH (e:Entity {id: $entity})-[m:MENTIONED_IN]->(d:Document)
WITH d, m ORDER BY coalesce(d.publishedAt, '') DESC, d.id LIMIT $limit
RETURN d.id AS document, m.starts AS starts, m.ends AS ends, m.surfaces AS surfaces, m.origins AS origins,
  coalesce(d.publishedAt, '') AS publishedAt
ORDER BY publishedAt DESC, document`,
    parameters: { entity, limit },
    access: "read",
    read: (row) => {
      const ends = numbersIn(row, "ends");
      const origins = textsIn(row, "origins");
      return {
        document: textIn(row, "document"),
        spans: numbersIn(row, "starts").map((start, at): [number, number] => [start, ends[at] ?? start]),
        surfaces: textsIn(row, "surfaces"),
        origins: origins.length === 0 ? [entity] : origins,
      };
    },
  };
}

/** A document whole, as it was saved. */
export interface DocumentRecord {
  reference: DocumentReference;
  byline: string | null;
  mediaType: string;
  ingestedAt: string;
  text: string;
  extractor: string;
  warnings: string[];
  /** JSON: entities, mentions and claims as extracted. */
  extraction: string;
  /** JSON: who its entities are as the program found them; null where no decision made something else of it. */
  resolution: string | null;
  /** JSON: what decisions made of entities, mentions and claims; null with `resolution`. */
  revised: string | null;
}

export function documentRecord(id: string): Query<DocumentRecord> {
  return {
    text: `MATCH (d:Document {id: $id})
RETURN ${documentColumns("d")}, d.byline AS byline, d.mediaType AS mediaType, d.ingestedAt AS ingestedAt, d.text AS text,
  d.extractor AS extractor, d.warnings AS warnings, d.extraction AS extraction, d.resolution AS resolution,
  d.revised AS revised`,
    parameters: { id },
    access: "read",
    read: (row) => ({
      reference: documentReferenceIn(row),
      byline: textOrNullIn(row, "byline"),
      mediaType: textIn(row, "mediaType"),
      ingestedAt: textIn(row, "ingestedAt"),
      text: textIn(row, "text"),
      extractor: textIn(row, "extractor"),
      warnings: textsIn(row, "warnings"),
      extraction: textIn(row, "extraction"),
      resolution: textOrNullIn(row, "resolution"),
      revised: textOrNullIn(row, "revised"),
    }),
  };
}

/** Ids in order of ingestion. */
export function documentIds(collection: string | null): Query<string> {
  return {
    text: `MATCH (d:Document)${collection === null ? "" : " WHERE d.collection = $collection"}
RETURN d.id AS id
ORDER BY d.ingestedAt, d.id`,
    parameters: collection === null ? {} : { collection },
    access: "read",
    read: (row) => textIn(row, "id"),
  };
}

export function collectionSizes(): Query<{ name: string; documents: number }> {
  return {
    text: `MATCH (d:Document)
RETURN d.collection AS name, count(d) AS documents
ORDER BY name`,
    parameters: {},
    access: "read",
    read: (row) => ({ name: textIn(row, "name"), documents: numberIn(row, "documents") }),
  };
}

export interface ListedDocument {
  reference: DocumentReference;
  ingestedAt: string;
  characters: number;
  entities: number;
  claims: number;
}

/** Where a page of the list begins: after this document, in the order newest first. */
export interface DocumentPlace {
  publishedAt: string;
  ingestedAt: string;
  id: string;
}

/** A document as a full-text search finds it. */
export function foundIn(row: Row): FoundDocument {
  return {
    id: textIn(row, "id"),
    collection: textOrNullIn(row, "collection") ?? "",
    publishedAt: textOrNullIn(row, "publishedAt") ?? "",
    ingestedAt: textOrNullIn(row, "ingestedAt") ?? "",
  };
}

/** Newest first: by publication, then ingestion, then id. */
export function documentList(options: {
  collection: string | undefined;
  after: DocumentPlace | null;
  limit: number;
}): Query<ListedDocument> {
  const conditions: string[] = [];
  const parameters: Record<string, ParameterValue> = { limit: options.limit };
  if (options.collection !== undefined) {
    conditions.push("d.collection = $collection");
    parameters["collection"] = options.collection;
  }
  if (options.after !== null) {
    conditions.push(`(coalesce(d.publishedAt, '') < $publishedAt
  OR (coalesce(d.publishedAt, '') = $publishedAt AND (d.ingestedAt < $ingestedAt
    OR (d.ingestedAt = $ingestedAt AND d.id < $id))))`);
    Object.assign(parameters, options.after);
  }
  return {
    text: `MATCH (d:Document)${where(conditions)}
WITH d ORDER BY coalesce(d.publishedAt, '') DESC, d.ingestedAt DESC, d.id DESC LIMIT $limit
${LISTED}
ORDER BY coalesce(d.publishedAt, '') DESC, ingestedAt DESC, documentId DESC`,
    parameters,
    access: "read",
    read: listedIn,
  };
}

/** Those of the ids that are there, in no order. */
export function listedDocuments(ids: readonly string[]): Query<ListedDocument> {
  return {
    text: `UNWIND $ids AS wanted
MATCH (d:Document {id: wanted})
${LISTED}`,
    parameters: { ids },
    access: "read",
    read: listedIn,
  };
}

const LISTED = `RETURN ${documentColumns("d")}, d.ingestedAt AS ingestedAt, d.characters AS characters,
  COUNT { (d)<-[:MENTIONED_IN]-(:Entity) } AS entities, COUNT { (d)<-[:STATED_IN]-(:Claim) } AS claims`;

function listedIn(row: Row): ListedDocument {
  return {
    reference: documentReferenceIn(row),
    ingestedAt: textIn(row, "ingestedAt"),
    characters: countIn(row, "characters"),
    entities: countIn(row, "entities"),
    claims: countIn(row, "claims"),
  };
}

export function countDocuments(collection?: string): Query<number> {
  const conditions = collection === undefined ? [] : ["d.collection = $collection"];
  return {
    text: `MATCH (d:Document)${where(conditions)}
RETURN count(d) AS total`,
    parameters: collection === undefined ? {} : { collection },
    access: "read",
    read: (row) => numberIn(row, "total"),
  };
}

/** Titles and texts, for a search that reads them. */
export function documentTexts(ids: readonly string[]): Query<{ id: string; title: string; text: string }> {
  return {
    text: `UNWIND $ids AS wanted
MATCH (d:Document {id: wanted})
RETURN d.id AS id, d.title AS title, d.text AS text`,
    parameters: { ids },
    access: "read",
    read: (row) => ({ id: textIn(row, "id"), title: textIn(row, "title"), text: textIn(row, "text") }),
  };
}

/** Documents that mention an entity, latest first. */
export function documentsMentioning(
  entity: string,
  limit: number,
): Query<{ reference: DocumentReference; mentions: number }> {
  return {
    text: `MATCH (e:Entity {id: $entity})-[m:MENTIONED_IN]->(d:Document)
WITH d, m ORDER BY coalesce(d.publishedAt, '') DESC, d.id LIMIT $limit
RETURN ${documentColumns("d")}, m.count AS mentions
ORDER BY coalesce(documentPublishedAt, '') DESC, documentId`,
    parameters: { entity, limit },
    access: "read",
    read: (row) => ({ reference: documentReferenceIn(row), mentions: countIn(row, "mentions") }),
  };
}

function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? "" : `\nWHERE ${conditions.join("\n  AND ")}`;
}

/** From the smaller side: a document names few entities, and the others are those of one document. */
export function mentionedWith(entity: string, others: readonly string[]): Query<string> {
  return {
    text: `UNWIND $others AS other
MATCH (o:Entity {id: other})-[:MENTIONED_IN]->(d:Document)<-[:MENTIONED_IN]-(e:Entity {id: $entity})
RETURN DISTINCT other AS id
ORDER BY id`,
    parameters: { entity, others },
    access: "read",
    read: (row) => textIn(row, "id"),
  };
}

/** What an entity and its companions in one document say where they stand. */
export interface Companions {
  reference: DocumentReference;
  text: string;
  starts: number[];
  ends: number[];
  /** Other entities of the document. */
  others: { entity: string; starts: number[]; ends: number[] }[];
}

/** Documents that mention an entity, latest first, with the places of everyone in them. */
export function companionsOf(entity: string, documents: number): Query<Companions> {
  return {
    text: `MATCH (e:Entity {id: $entity})-[m:MENTIONED_IN]->(d:Document)
WITH d, m ORDER BY coalesce(d.publishedAt, '') DESC, d.id LIMIT $documents
MATCH (d)<-[n:MENTIONED_IN]-(o:Entity)
WHERE o.id <> $entity
RETURN ${documentColumns("d")}, d.text AS text, m.starts AS starts, m.ends AS ends,
  collect({entity: o.id, starts: n.starts, ends: n.ends}) AS others
ORDER BY coalesce(documentPublishedAt, '') DESC, documentId`,
    parameters: { entity, documents },
    access: "read",
    read: (row) => ({
      reference: documentReferenceIn(row),
      text: textIn(row, "text"),
      starts: numbersIn(row, "starts"),
      ends: numbersIn(row, "ends"),
      others: rowsIn(row, "others").map((other) => ({
        entity: textIn(other, "entity"),
        starts: numbersIn(other, "starts"),
        ends: numbersIn(other, "ends"),
      })),
    }),
  };
}
