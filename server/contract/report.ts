/**
 * What ingestion tells: one report a document, jobs with progress.
 */
import { z } from "zod";
import { problemSchema } from "./document.ts";
import { languageSchema } from "./ontology.ts";

const countSchema = z.number().int().nonnegative();

export const documentReportSchema = z.object({
  /** Null when the input gave no document. */
  id: z.string().nullable(),
  /** File name, address or title: what a person recognises. */
  name: z.string(),
  title: z.string().nullable(),
  language: languageSchema.nullable(),
  /** `updated`: the document gained a missing url, source or date, or is a new version of an article that was there. */
  status: z.enum(["added", "unchanged", "updated", "failed"]),
  entities: countSchema,
  /** Entities that the graph did not have before. */
  newEntities: countSchema,
  mentions: countSchema,
  claims: countSchema,
  warnings: z.array(z.string()),
  problem: problemSchema.nullable(),
  milliseconds: z.number().nonnegative(),
});
export type DocumentReport = z.infer<typeof documentReportSchema>;

/** The collection of the invented articles that the first start shows. */
export const SAMPLES_COLLECTION = "samples";

export const JOB_STATES = ["queued", "running", "done", "failed"] as const;
export const JOB_TASKS = ["ingest", "rebuild", "reextract"] as const;
export const jobTaskSchema = z.enum(JOB_TASKS);
export type JobTask = z.infer<typeof jobTaskSchema>;

export const jobSchema = z.object({
  id: z.string(),
  /** `rebuild` and `reextract` work on the stored documents and have no inputs of their own. */
  task: jobTaskSchema,
  state: z.enum(JOB_STATES),
  collection: z.string(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  total: countSchema,
  done: countSchema,
  failed: countSchema,
  reports: z.array(documentReportSchema),
  /** Why the job as a whole ended, when `state` is failed. */
  message: z.string().nullable(),
});
export type Job = z.infer<typeof jobSchema>;

export const healthSchema = z.object({
  ok: z.boolean(),
  version: z.string(),
  store: z.object({
    kind: z.enum(["embedded", "neo4j"]),
    reachable: z.boolean(),
    message: z.string().nullable(),
  }),
  counts: z.object({ documents: countSchema, entities: countSchema, claims: countSchema, edges: countSchema }),
  collections: z.array(z.object({ name: z.string(), documents: countSchema })),
  model: z.object({ version: z.string(), loaded: z.boolean(), message: z.string().nullable() }),
});
export type Health = z.infer<typeof healthSchema>;

/** The one shape of an error over HTTP. */
export const errorBodySchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    position: z.object({ start: z.number(), end: z.number() }).optional(),
  }),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;
