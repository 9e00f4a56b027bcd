/**
 * The graph on the wire: entities, projected edges, claims with their documents. Shapes as in `/api/openapi.json`.
 */
import { z } from "zod";
import { partialDateSchema } from "./dates.ts";
import { confidenceSchema, mentionSchema, modalitySchema, polaritySchema, spanSchema } from "./extraction.ts";
import { claimStatusSchema, standingSchema } from "./filter.ts";
import { listHitSchema } from "./lists.ts";
import { edgeTypeSchema, familySchema, languageSchema, relationshipTypeSchema } from "./ontology.ts";

const countSchema = z.number().int().nonnegative();

export const graphNodeSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** `Entity`, `Actor` where it can act, and the type of the ontology. */
  labels: z.array(z.string()),
  kind: z.string().nullable(),
  aliases: z.array(z.string()),
  countries: z.array(z.string()),
  mentionCount: countSchema,
  documentCount: countSchema,
  /** Publication dates of the first and last document that mention it. */
  firstSeen: partialDateSchema.nullable(),
  lastSeen: partialDateSchema.nullable(),
});
export type GraphNode = z.infer<typeof graphNodeSchema>;

export const graphEdgeSchema = z.object({
  id: z.string(),
  type: edgeTypeSchema,
  family: familySchema,
  source: z.string(),
  target: z.string(),
  symmetric: z.boolean(),
  /** `ACTED_AGAINST` alone: computed from `CONDUCTED` and `TARGETED` over the events in `via`. */
  derived: z.boolean(),
  /** Event ids of a derived edge, else empty. */
  via: z.array(z.string()),
  /** `planned` and `denied` edges exist on the wire only, on request. */
  standing: standingSchema,
  /** A denied or negated claim speaks against it. */
  contested: z.boolean(),
  former: z.boolean(),
  /** Number of backing claims. */
  claims: countSchema,
  documents: countSchema,
  /** Different publishers outside a group of near-duplicates. */
  sources: countSchema,
  confidence: confidenceSchema,
  firstDate: partialDateSchema.nullable(),
  lastDate: partialDateSchema.nullable(),
});
export type GraphEdge = z.infer<typeof graphEdgeSchema>;

export const graphSchema = z.object({
  nodes: z.array(graphNodeSchema),
  edges: z.array(graphEdgeSchema),
  truncated: z.boolean(),
  /** Nodes that there are without the cut. */
  total: countSchema,
});
export type Graph = z.infer<typeof graphSchema>;

export const neighboursSchema = graphSchema.extend({
  /** For each relationship type of the entity: neighbours that there are, and how many are in `nodes`. */
  counts: z.array(
    z.object({
      type: edgeTypeSchema,
      /** Seen from the entity: `out` it is the source; symmetric types are `both`. */
      direction: z.enum(["out", "in", "both"]),
      total: countSchema,
      shown: countSchema,
    }),
  ),
});
export type Neighbours = z.infer<typeof neighboursSchema>;

export const entityDetailSchema = graphNodeSchema.extend({
  /** What people noted about it, in their order, and the tags that they gave it. */
  notes: z.array(z.string()),
  tags: z.array(z.string()),
  relationships: z.array(
    z.object({ type: edgeTypeSchema, direction: z.enum(["out", "in", "both"]), count: countSchema }),
  ),
  /** Documents that mention it, latest first, 20 at most. */
  documents: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      source: z.string().nullable(),
      publishedAt: partialDateSchema.nullable(),
      mentions: countSchema,
    }),
  ),
  /** Lists of known actors that it seems to be on. Not the store's to tell: the HTTP interface adds them. */
  lists: z.array(listHitSchema).optional(),
});
export type EntityDetail = z.infer<typeof entityDetailSchema>;

export const entityReferenceSchema = z.object({ id: z.string(), name: z.string(), labels: z.array(z.string()) });
export type EntityReference = z.infer<typeof entityReferenceSchema>;

export const documentReferenceSchema = z.object({
  id: z.string(),
  title: z.string(),
  url: z.string().nullable(),
  source: z.string().nullable(),
  language: languageSchema,
  publishedAt: partialDateSchema.nullable(),
  collection: z.string(),
});
export type DocumentReference = z.infer<typeof documentReferenceSchema>;

export const storedClaimSchema = z.object({
  id: z.string(),
  type: relationshipTypeSchema,
  subject: entityReferenceSchema,
  object: entityReferenceSchema,
  subjectSpan: spanSchema,
  objectSpan: spanSchema,
  start: countSchema,
  end: countSchema,
  quote: z.string(),
  polarity: polaritySchema,
  modality: modalitySchema,
  former: z.boolean(),
  /** Name or words of who says so. */
  saidBy: z.string().nullable(),
  date: partialDateSchema.nullable(),
  dateFrom: z.string().nullable(),
  dateTo: z.string().nullable(),
  confidence: confidenceSchema,
  status: claimStatusSchema,
  extractor: z.string(),
  /** Of a PDF, counted from 1: where the quote begins. Absent for what has no pages. */
  page: z.number().int().positive().optional(),
  document: documentReferenceSchema,
});
export type StoredClaim = z.infer<typeof storedClaimSchema>;

export const claimPageSchema = z.object({
  claims: z.array(storedClaimSchema),
  total: countSchema,
  /** Give it back as `cursor` for the next page; null on the last one. */
  nextCursor: z.string().nullable(),
});
export type ClaimPage = z.infer<typeof claimPageSchema>;

export const entityHitSchema = graphNodeSchema.extend({
  /** The name or alias that fits the query. */
  match: z.string(),
  /** Edges of the projection. */
  degree: countSchema,
});
export type EntityHit = z.infer<typeof entityHitSchema>;
export const entityHitsSchema = z.object({ entities: z.array(entityHitSchema), total: countSchema });
export type EntityHits = z.infer<typeof entityHitsSchema>;

export const documentSummarySchema = documentReferenceSchema.extend({
  ingestedAt: z.string(),
  characters: countSchema,
  entities: countSchema,
  claims: countSchema,
  /** Excerpts for a full-text query; `marks` are spans inside the excerpt. */
  excerpts: z.array(z.object({ text: z.string(), marks: z.array(spanSchema) })),
});
export type DocumentSummary = z.infer<typeof documentSummarySchema>;
export const documentPageSchema = z.object({
  documents: z.array(documentSummarySchema),
  total: countSchema,
  nextCursor: z.string().nullable(),
});
export type DocumentPage = z.infer<typeof documentPageSchema>;

export const storedDocumentSchema = documentReferenceSchema.extend({
  byline: z.string().nullable(),
  mediaType: z.string(),
  ingestedAt: z.string(),
  text: z.string(),
  extractor: z.string(),
  entities: z.array(graphNodeSchema),
  /** `entity` is the graph entity's id. In order of `start`. */
  mentions: z.array(mentionSchema),
  claims: z.array(storedClaimSchema),
  warnings: z.array(z.string()),
});
export type StoredDocument = z.infer<typeof storedDocumentSchema>;

export const pathSchema = z.object({
  nodes: z.array(z.string()),
  /** One a step, `nodes.length - 1` of them: the edges that join two neighbours, and the best claim of each step. */
  hops: z.array(z.object({ edges: z.array(z.string()), claims: z.array(storedClaimSchema) })),
});
export const pathsSchema = z.object({
  paths: z.array(pathSchema),
  /** All that the paths touch, drawable. */
  graph: graphSchema,
  /** Hops of the shortest path; null when there is none within `max`. */
  length: countSchema.nullable(),
  truncated: z.boolean(),
});
export type Path = z.infer<typeof pathSchema>;
export type Paths = z.infer<typeof pathsSchema>;

export const togetherSchema = z.object({
  entity: z.string(),
  together: z.array(
    z.object({
      node: graphNodeSchema,
      /** Sentences that mention both. */
      count: countSchema,
      sentences: z.array(
        z.object({
          document: documentReferenceSchema,
          start: countSchema,
          end: countSchema,
          text: z.string(),
        }),
      ),
    }),
  ),
});
export type Together = z.infer<typeof togetherSchema>;

/** When what the claims of a graph tell happened. */
export const timelineSchema = z.object({
  /** Claims by their date, as precise as known, in order of time. */
  dates: z.array(z.object({ date: partialDateSchema, claims: countSchema })),
  /** Claims without a date. */
  undated: countSchema,
});
export type Timeline = z.infer<typeof timelineSchema>;

export const collectionsSchema = z.array(z.object({ name: z.string(), documents: countSchema }));
export type Collections = z.infer<typeof collectionsSchema>;
