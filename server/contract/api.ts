/**
 * Requests and answers of the HTTP interface beyond the graph's own values. `http/openapi.ts` describes them from here.
 */
import { z } from "zod";
import { isExistingDate, partialDateSchema } from "./dates.ts";
import { MAX_TEXT_CHARACTERS } from "./document.ts";
import { documentReportSchema, jobSchema } from "./report.ts";
import { languageSchema } from "./ontology.ts";

/** Above this, or with more than one document, an ingestion becomes a job. UTF-16 code units. */
export const IMMEDIATE_TEXT_CHARACTERS = 20_000;

const documentFactsSchema = z.strictObject({
  title: z.string().max(500).optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  source: z.string().max(200).optional(),
  publishedAt: partialDateSchema.refine(isExistingDate, "no such day").optional(),
  language: languageSchema.optional(),
  collection: z.string().min(1).max(100).optional(),
});

/** One text; or, with `url` and no `text`, the page that stands at that address. */
export const newDocumentSchema = documentFactsSchema
  .extend({ text: z.string().min(1, "the text is empty").max(MAX_TEXT_CHARACTERS).optional() })
  .refine(({ text, url }) => text !== undefined || url !== undefined, {
    path: ["text"],
    message: 'is missing; give it, or "url" alone to have the page fetched',
  });
export type NewDocument = z.infer<typeof newDocumentSchema>;

/** What a form tells about all of its files. */
export const formFieldsSchema = documentFactsSchema;

/** Answer of `POST /api/documents`: 201 with reports, or 202 with a job. */
export const ingestedSchema = z.object({ reports: z.array(documentReportSchema) });
export const acceptedSchema = z.object({ job: jobSchema });

export const cypherRequestSchema = z.strictObject({
  query: z.string().min(1).max(100_000),
  params: z.record(z.string(), z.json()).default({}),
  limit: z.number().int().min(1).max(10_000).optional(),
});

export const newQuerySchema = z.strictObject({
  name: z.string().min(1).max(200),
  cypher: z.string().min(1).max(100_000),
  description: z.string().max(2_000).default(""),
});
export type NewQuery = z.infer<typeof newQuerySchema>;
export const savedQuerySchema = newQuerySchema.extend({
  id: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type SavedQuery = z.infer<typeof savedQuerySchema>;

const bilingualSchema = z.object({ fr: z.string(), en: z.string() });

/** A question of the gallery: a query to begin with, and what it asks for. */
export const galleryQuerySchema = z.object({
  id: z.string(),
  title: bilingualSchema,
  description: bilingualSchema,
  query: z.string(),
  params: z.array(
    z.object({
      name: z.string(),
      /** The name of an entity, a partial date (`2021`, `2021-06`), or the name of a source. */
      kind: z.enum(["entity", "date", "source"]),
      label: bilingualSchema,
      /** A value that answers with the samples. */
      default: z.string(),
    }),
  ),
});
export type GalleryQuery = z.infer<typeof galleryQuerySchema>;
export const gallerySchema = z.object({ queries: z.array(galleryQuerySchema) });
