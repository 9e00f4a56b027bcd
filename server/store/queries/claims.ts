/**
 * Cypher on claims: writing them, reading them as facts for the projection, and as quotes with their documents.
 */
import { modalitySchema, polaritySchema } from "../../contract/extraction.ts";
import { claimStatusSchema } from "../../contract/filter.ts";
import type { EntityReference, StoredClaim } from "../../contract/graph.ts";
import { labelsOfType, relationshipTypeSchema } from "../../contract/ontology.ts";
import type { ParameterValue, Query } from "../executor.ts";
import type { ClaimFact } from "../projection.ts";
import { countIn, flagIn, numberIn, textIn, textOrNullIn, type Row } from "../row.ts";
import type { Condition, Selection } from "../selection.ts";
import { documentColumns, documentReferenceIn } from "./documents.ts";
import { noRow, typeIn } from "./entities.ts";

export interface ClaimRow {
  subject: string;
  object: string;
  properties: Record<string, ParameterValue>;
}

export function writeClaims(document: string, claims: readonly ClaimRow[]): Query<never> {
  return {
    text: `MATCH (d:Document {id: $document})
UNWIND $rows AS row
MATCH (s:Entity {id: row.subject})
MATCH (o:Entity {id: row.object})
CREATE (c:Claim)
SET c = row.properties
CREATE (c)-[:SUBJECT]->(s)
CREATE (c)-[:OBJECT]->(o)
CREATE (c)-[:STATED_IN]->(d)`,
    parameters: { document, rows: claims.map((claim) => ({ ...claim })) },
    access: "write",
    read: noRow,
  };
}

const FACT_COLUMNS = `c.id AS id, c.type AS type, s.id AS subject, o.id AS object, labels(s) AS subjectLabels,
  labels(o) AS objectLabels, c.polarity AS polarity, c.modality AS modality, c.status AS status, c.former AS former,
  c.date AS date, c.dateTo AS dateTo, c.confidence AS confidence, d.id AS document, d.source AS source, d.url AS url,
  d.publishedAt AS publishedAt, d.duplicateOf AS duplicateOf`;

function factIn(row: Row): ClaimFact {
  return {
    id: textIn(row, "id"),
    type: relationshipTypeSchema.parse(row["type"]),
    subject: textIn(row, "subject"),
    object: textIn(row, "object"),
    subjectType: typeIn(row, "subjectLabels"),
    objectType: typeIn(row, "objectLabels"),
    polarity: polaritySchema.parse(row["polarity"]),
    modality: modalitySchema.parse(row["modality"]),
    status: claimStatusSchema.parse(row["status"]),
    former: flagIn(row, "former"),
    date: textOrNullIn(row, "date"),
    dateTo: textOrNullIn(row, "dateTo"),
    confidence: numberIn(row, "confidence"),
    document: {
      id: textIn(row, "document"),
      source: textOrNullIn(row, "source"),
      url: textOrNullIn(row, "url"),
      publishedAt: textOrNullIn(row, "publishedAt"),
      duplicateOf: textOrNullIn(row, "duplicateOf"),
    },
  };
}

const EVERYTHING: Condition = { parts: [], parameters: {} };

const JOIN_CLAIM = `MATCH (c)-[:SUBJECT]->(s:Entity)
MATCH (c)-[:OBJECT]->(o:Entity)
MATCH (c)-[:STATED_IN]->(d:Document)`;

/** All claims that speak about the edges, or those of them that pass. */
export function factsOfEdges(edges: readonly string[], passing: Condition = EVERYTHING): Query<ClaimFact> {
  return {
    text: `UNWIND $edges AS edge
MATCH (c:Claim {edge: edge})
${JOIN_CLAIM}${passing.parts.length === 0 ? "" : `\nWHERE ${passing.parts.join("\n  AND ")}`}
RETURN ${FACT_COLUMNS}`,
    parameters: { ...passing.parameters, edges },
    access: "read",
    read: factIn,
  };
}

/**
 * The claim that speaks best for each edge, among those that pass: stated before alleged, planned and denied, then the surer one,
 * then the id. Chosen in the database: an edge of two well-known actors has thousands.
 */
export function bestClaimOfEdges(
  edges: readonly string[],
  selection: Pick<Selection, "claims" | "standings">,
): Query<{ edge: string; claim: string }> {
  return {
    text: `UNWIND $edges AS edge
MATCH (c:Claim {edge: edge})-[:STATED_IN]->(d:Document)
WHERE c.status <> 'rejected'${and(selection.claims)}
  AND ${standingCondition(selection).join(" AND ")}
WITH edge, c.id AS id, c.confidence AS confidence, CASE
  WHEN ${STANDING_CONDITIONS.stated} THEN 0
  WHEN ${STANDING_CONDITIONS.alleged} THEN 1
  WHEN ${STANDING_CONDITIONS.planned} THEN 2
  ELSE 3 END AS rank
ORDER BY rank, confidence DESC, id
WITH edge, collect(id) AS ids
RETURN edge, head(ids) AS claim`,
    parameters: { ...selection.claims.parameters, edges },
    access: "read",
    read: (row) => ({ edge: textIn(row, "edge"), claim: textIn(row, "claim") }),
  };
}

/** All claims that one document states. */
export function factsOfDocument(document: string): Query<ClaimFact> {
  return {
    text: `MATCH (d:Document {id: $document})<-[:STATED_IN]-(c:Claim)
MATCH (c)-[:SUBJECT]->(s:Entity)
MATCH (c)-[:OBJECT]->(o:Entity)
RETURN ${FACT_COLUMNS}`,
    parameters: { document },
    access: "read",
    read: factIn,
  };
}

/** Ids of the edges that join events with who conducted and whom they targeted. */
export function edgesOfEvents(events: readonly string[]): Query<string> {
  return {
    text: `UNWIND $events AS event
MATCH (e:Entity {id: event})<-[:OBJECT]-(c:Claim)
WHERE c.type = 'CONDUCTED'
RETURN DISTINCT c.edge AS edge
UNION
UNWIND $events AS event
MATCH (e:Entity {id: event})<-[:SUBJECT]-(c:Claim)
WHERE c.type = 'TARGETED'
RETURN DISTINCT c.edge AS edge`,
    parameters: { events },
    access: "read",
    read: (row) => textIn(row, "edge"),
  };
}

/** The claims that pass, of the types that can back a shown edge. */
export function factsOfSelection(selection: Selection): Query<ClaimFact> {
  return {
    text: `MATCH (c:Claim)
${JOIN_CLAIM}
WHERE c.type IN $claimTypes${and(selection.claims)}
RETURN ${FACT_COLUMNS}`,
    parameters: { ...selection.claims.parameters, claimTypes: selection.claimTypes },
    access: "read",
    read: factIn,
  };
}

/** The claims that pass and join one of the entities, as subject or object, with anything. */
export function factsAround(entities: readonly string[], selection: Selection): Query<ClaimFact> {
  const half = (near: "s" | "o", nearType: string, far: "s" | "o", farType: string) => `UNWIND $entities AS entity
MATCH (${near}:Entity {id: entity})<-[:${nearType}]-(c:Claim)
MATCH (c)-[:${farType}]->(${far}:Entity)
MATCH (c)-[:STATED_IN]->(d:Document)
WHERE c.type IN $claimTypes${and(selection.claims)}
RETURN ${FACT_COLUMNS}`;
  return {
    text: `${half("s", "SUBJECT", "o", "OBJECT")}
UNION
${half("o", "OBJECT", "s", "SUBJECT")}`,
    parameters: { ...selection.claims.parameters, claimTypes: selection.claimTypes, entities },
    access: "read",
    read: factIn,
  };
}

function and(condition: Condition): string {
  return condition.parts.map((part) => `\n  AND ${part}`).join("");
}

/** A claim whole needs 34 columns: its own, both ends, its document. */
const CLAIM_COLUMNS = `c.id AS id, c.type AS type, s.id AS subject, s.name AS subjectName, labels(s) AS subjectLabels,
  o.id AS object, o.name AS objectName, labels(o) AS objectLabels, c.subjectStart AS subjectStart, c.subjectEnd AS subjectEnd,
  c.objectStart AS objectStart, c.objectEnd AS objectEnd, c.start AS start, c.end AS end, c.quote AS quote,
  c.polarity AS polarity, c.modality AS modality, c.former AS former, c.saidBy AS saidBy, c.date AS date,
  c.dateFrom AS dateFrom, c.dateTo AS dateTo, c.confidence AS confidence, c.status AS status, c.extractor AS extractor,
  c.page AS page,
  ${documentColumns("d")}`;

function claimIn(row: Row): StoredClaim {
  const reference = (end: "subject" | "object"): EntityReference => ({
    id: textIn(row, end),
    name: textIn(row, `${end}Name`),
    labels: labelsOfType(typeIn(row, `${end}Labels`)),
  });
  return {
    id: textIn(row, "id"),
    type: relationshipTypeSchema.parse(row["type"]),
    subject: reference("subject"),
    object: reference("object"),
    subjectSpan: [numberIn(row, "subjectStart"), numberIn(row, "subjectEnd")],
    objectSpan: [numberIn(row, "objectStart"), numberIn(row, "objectEnd")],
    start: numberIn(row, "start"),
    end: numberIn(row, "end"),
    quote: textIn(row, "quote"),
    polarity: polaritySchema.parse(row["polarity"]),
    modality: modalitySchema.parse(row["modality"]),
    former: flagIn(row, "former"),
    saidBy: textOrNullIn(row, "saidBy"),
    date: textOrNullIn(row, "date"),
    dateFrom: textOrNullIn(row, "dateFrom"),
    dateTo: textOrNullIn(row, "dateTo"),
    confidence: numberIn(row, "confidence"),
    status: claimStatusSchema.parse(row["status"]),
    extractor: textIn(row, "extractor"),
    ...(row["page"] === null || row["page"] === undefined ? {} : { page: countIn(row, "page") }),
    document: documentReferenceIn(row),
  };
}

/** Which claims are listed, beyond the filter. */
export interface ClaimScope {
  /** Both ends told: the edges that may join them, by id. Indexed, so a hub costs no more than anyone. */
  edges: readonly string[] | null;
  subject: string | undefined;
  object: string | undefined;
}

/** Where a page begins: after this claim. Newest publication first, then document, then place in the text. */
export interface ClaimPlace {
  publishedAt: string;
  document: string;
  start: number;
  id: string;
}

interface ClaimListing {
  scope: ClaimScope;
  selection: Selection;
  limit: number;
  after: ClaimPlace | null;
}

export function claimList({ scope, selection, limit, after }: ClaimListing): Query<StoredClaim> {
  const matched = claimMatch(scope, selection);
  const conditions = [...matched.conditions];
  const parameters: Record<string, ParameterValue> = { ...matched.parameters, limit };
  if (after !== null) {
    conditions.push(`(coalesce(d.publishedAt, '') < $afterPublishedAt
  OR (coalesce(d.publishedAt, '') = $afterPublishedAt AND (d.id > $afterDocument
    OR (d.id = $afterDocument AND (c.start > $afterStart OR (c.start = $afterStart AND c.id > $afterId))))))`);
    Object.assign(parameters, {
      afterPublishedAt: after.publishedAt,
      afterDocument: after.document,
      afterStart: after.start,
      afterId: after.id,
    });
  }
  return {
    text: `${matched.match}
WHERE ${conditions.join("\n  AND ")}
WITH c, s, o, d ORDER BY coalesce(d.publishedAt, '') DESC, d.id, c.start, c.id LIMIT $limit
RETURN ${CLAIM_COLUMNS}
ORDER BY coalesce(documentPublishedAt, '') DESC, documentId, start, id`,
    parameters,
    access: "read",
    read: claimIn,
  };
}

export function countClaims(scope: ClaimScope, selection: Selection): Query<number> {
  const { match, conditions, parameters } = claimMatch(scope, selection);
  return {
    text: `${match}
WHERE ${conditions.join("\n  AND ")}
RETURN count(DISTINCT c) AS total`,
    parameters,
    access: "read",
    read: (row) => numberIn(row, "total"),
  };
}

/** The clauses start where the index is: at the edge's claims, else at an end, else at all claims. */
function claimMatch({ edges, subject, object }: ClaimScope, selection: Selection) {
  const conditions = ["c.type IN $claimTypes", ...selection.claims.parts, ...standingCondition(selection)];
  const parameters: Record<string, ParameterValue> = {
    ...selection.claims.parameters,
    claimTypes: selection.claimTypes,
  };
  if (selection.nodeTypes !== null) {
    parameters["nodeTypes"] = [...selection.nodeTypes];
    if (subject === undefined) conditions.push("any(label IN labels(s) WHERE label IN $nodeTypes)");
    if (object === undefined) conditions.push("any(label IN labels(o) WHERE label IN $nodeTypes)");
  }
  let match = `MATCH (c:Claim)\n${JOIN_CLAIM}`;
  if (edges !== null) {
    match = `UNWIND $edges AS edge\nMATCH (c:Claim {edge: edge})\n${JOIN_CLAIM}`;
    parameters["edges"] = edges;
  } else if (subject !== undefined) {
    match = `MATCH (s:Entity {id: $subject})<-[:SUBJECT]-(c:Claim)
MATCH (c)-[:OBJECT]->(o:Entity)
MATCH (c)-[:STATED_IN]->(d:Document)`;
  } else if (object !== undefined) {
    match = `MATCH (o:Entity {id: $object})<-[:OBJECT]-(c:Claim)
MATCH (c)-[:SUBJECT]->(s:Entity)
MATCH (c)-[:STATED_IN]->(d:Document)`;
  }
  if (subject !== undefined && edges === null) parameters["subject"] = subject;
  if (object !== undefined && edges === null) parameters["object"] = object;
  return { match, conditions, parameters };
}

const STANDING_CONDITIONS = {
  stated: "(c.polarity = 'affirmed' AND c.modality IN ['asserted', 'reported'])",
  alleged: "(c.polarity = 'affirmed' AND c.modality = 'alleged')",
  planned: "(c.polarity = 'affirmed' AND c.modality = 'planned')",
  denied: "(c.polarity = 'negated' OR c.modality = 'denied')",
} as const;

/** `standingOf` in Cypher. */
function standingCondition(selection: Pick<Selection, "standings">): string[] {
  const parts = [...selection.standings].map((standing) => STANDING_CONDITIONS[standing]);
  return parts.length === 0 ? ["false"] : [`(${parts.join(" OR ")})`];
}

/** What decides how soon a claim should be looked at. */
export interface WeighedClaim {
  id: string;
  edge: string;
  confidence: number;
  /** Edges of both its ends. */
  degrees: number;
}

export function claimsToWeigh(selection: Selection): Query<WeighedClaim> {
  const { match, conditions, parameters } = claimMatch(
    { edges: null, subject: undefined, object: undefined },
    selection,
  );
  return {
    text: `${match}
WHERE ${conditions.join("\n  AND ")}
RETURN c.id AS id, c.edge AS edge, c.confidence AS confidence, s.degree AS subjectDegree, o.degree AS objectDegree`,
    parameters,
    access: "read",
    read: (row) => ({
      id: textIn(row, "id"),
      edge: textIn(row, "edge"),
      confidence: numberIn(row, "confidence"),
      degrees: countIn(row, "subjectDegree") + countIn(row, "objectDegree"),
    }),
  };
}

/** The claims with these ids, in the order of their ids. */
export function claimsById(ids: readonly string[]): Query<StoredClaim> {
  return {
    text: `UNWIND $ids AS wanted
MATCH (c:Claim {id: wanted})
${JOIN_CLAIM}
RETURN ${CLAIM_COLUMNS}
ORDER BY id`,
    parameters: { ids },
    access: "read",
    read: claimIn,
  };
}

/** All claims of one document, in the order of its text. */
export function claimsOfDocument(document: string): Query<StoredClaim> {
  return {
    text: `MATCH (d:Document {id: $document})<-[:STATED_IN]-(c:Claim)
MATCH (c)-[:SUBJECT]->(s:Entity)
MATCH (c)-[:OBJECT]->(o:Entity)
RETURN ${CLAIM_COLUMNS}
ORDER BY start, end, id`,
    parameters: { document },
    access: "read",
    read: claimIn,
  };
}
