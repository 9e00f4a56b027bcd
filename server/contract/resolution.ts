/**
 * What resolution gives to the store: the extraction, and for each entity of the document the graph entity that it is.
 */
import { z } from "zod";
import { extractionSchema } from "./extraction.ts";
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
});
export type KnownEntity = z.infer<typeof knownEntitySchema>;

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
});
export type ResolvedEntity = z.infer<typeof resolvedEntitySchema>;

export const resolvedDocumentSchema = z.object({
  extraction: extractionSchema,
  collection: z.string(),
  /** ISO 8601 instant. */
  ingestedAt: z.string(),
  /** The first document of its group of near-duplicates; absent when it is no copy. */
  duplicateOf: z.string().nullable().optional(),
  /** One for each entity of the extraction. Two may point at one graph entity. */
  entities: z.array(resolvedEntitySchema),
});
export type ResolvedDocument = z.infer<typeof resolvedDocumentSchema>;
