/**
 * What resolution gives to the store: the extraction, and for each entity of the document the graph entity that it is.
 */
import { z } from "zod";
import { extractionSchema } from "./extraction.ts";
import { claimStatusSchema } from "./filter.ts";
import { nodeTypeSchema } from "./ontology.ts";

/** A graph entity as resolution sees it: the store finds these by folded name. */
export const knownEntitySchema = z.object({
  id: z.string(),
  type: nodeTypeSchema,
  name: z.string(),
  aliases: z.array(z.string()),
  kind: z.string().nullable(),
  countries: z.array(z.string()),
  mentionCount: z.number().int(),
  documentCount: z.number().int(),
  /** All keys under which it is found: folded names, and those that documents contributed. */
  keys: z.array(z.string()),
});
export type KnownEntity = z.infer<typeof knownEntitySchema>;

/** Begins every key that is no folded name, so that no search meets it. */
export const KEY_SIGN = "§";

/** A graph entity that may be the same, kept apart until somebody decides. */
export const suggestionSchema = z.object({
  entity: z.string(),
  /** 0..1, calibrated on labelled pairs: the share of such pairs that are the same. */
  score: z.number().min(0).max(1),
  /** What speaks for (weight above 0) and against, readable by a person. */
  reasons: z.array(z.object({ text: z.string(), weight: z.number() })),
});
export type Suggestion = z.infer<typeof suggestionSchema>;

/** Why a document's entity became this graph entity, readable by a person. */
export const resolvedEntitySchema = z.object({
  /** Entity id inside the extraction. */
  local: z.string(),
  /** Graph entity id. */
  entity: z.string(),
  type: nodeTypeSchema,
  /** Name as this document's entity contributes it to the graph entity. */
  name: z.string(),
  aliases: z.array(z.string()),
  kind: z.string().nullable(),
  countries: z.array(z.string()),
  outcome: z.enum(["same", "new"]),
  reason: z.string(),
  /** How sure that it is the same, 0..1; absent when it is new. */
  score: z.number().min(0).max(1).optional(),
  /** Keys besides its names under which other documents find it; each begins with `KEY_SIGN`. */
  keys: z.array(z.string()).optional(),
  /** Entities of the graph that it possibly is, best first. */
  suggestions: z.array(suggestionSchema).optional(),
  /** By decision: the entities that its mentions were given to, before merges; absent: `entity` alone. */
  origins: z.array(z.string()).optional(),
});
export type ResolvedEntity = z.infer<typeof resolvedEntitySchema>;

/** What people decided of an entity, beside its mentions. */
export const entityOverrideSchema = z.object({
  name: z.string().nullable(),
  type: nodeTypeSchema.nullable(),
  notes: z.array(z.string()),
  tags: z.array(z.string()),
});
export type EntityOverride = z.infer<typeof entityOverrideSchema>;

/** A claim of the document that somebody decided about. */
export const reviewedClaimSchema = z.object({
  /** Its id in the extraction. */
  claim: z.string(),
  /** Its id in the graph, which stays when its type or ends are corrected. */
  id: z.string(),
  status: claimStatusSchema,
  /** Model version, or `human`. */
  extractor: z.string(),
});
export type ReviewedClaim = z.infer<typeof reviewedClaimSchema>;

export const resolvedDocumentSchema = z.object({
  extraction: extractionSchema,
  collection: z.string(),
  /** ISO 8601 instant. */
  ingestedAt: z.string(),
  /** The first document of its group of near-duplicates; absent when it is no copy. */
  duplicateOf: z.string().nullable().optional(),
  /** Under these the store finds documents that this one may be a copy of, or they of it; absent when it is too short to tell. */
  copyKeys: z.array(z.string()).optional(),
  /** One for each entity of the extraction. Two may point at one graph entity. */
  entities: z.array(resolvedEntitySchema),
  /** Claims that somebody decided about; the others are proposed. */
  reviews: z.array(reviewedClaimSchema).optional(),
  /** What the program found, where decisions made something else of it; absent where they did not. */
  found: z
    .object({
      ...extractionSchema.pick({ entities: true, mentions: true, claims: true }).shape,
      resolved: z.array(resolvedEntitySchema),
    })
    .optional(),
  /** Of its entities, those of which people decided a name, type, note or tag. */
  overrides: z.array(z.object({ entity: z.string(), override: entityOverrideSchema })).optional(),
});
export type ResolvedDocument = z.infer<typeof resolvedDocumentSchema>;

/** A document that may be the original of a copy, as the store gives it. */
export interface CopyCandidate {
  id: string;
  /** The first document of the group that it is in. */
  duplicateOf: string | null;
  text: string;
}

/** Keys of one document, at most: each has a place of its own in the store. */
export const MAX_COPY_KEYS = 12;
