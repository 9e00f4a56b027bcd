/**
 * Originals: the bytes that an article was read from, as they came, with what is known of their coming. They stand beside the
 * graph, in the archive, under their SHA-256.
 */
import { z } from "zod";
import type { DocumentHints } from "./document.ts";
import { languageSchema } from "./ontology.ts";

/** An original on its way into the archive. */
export interface Original {
  /** Without the compression of the way (`content-encoding`). */
  bytes: Uint8Array;
  /** File name, path or address, as the reader was given it. */
  name: string;
  /** As told by the server or browser, with parameters; null: nobody told. */
  mediaType: string | null;
  hints: DocumentHints;
  /** The web address that was asked for; null: a file or a pasted text. */
  requested: string | null;
  /** The address that answered, after redirects. */
  address: string | null;
  /** The address that stands for the article: what the page names as its own on its site, else the one that answered. */
  article: string | null;
  /** ISO 8601 instant. */
  capturedAt: string;
  /** Those of the answer that tell what it is and how old, in lower case. */
  headers: Readonly<Record<string, string>>;
}

export const captureSchema = z.object({
  /** Of the bytes, in lower-case hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().nonnegative(),
  name: z.string(),
  mediaType: z.string().nullable(),
  hints: z.object({
    title: z.string().optional(),
    url: z.string().optional(),
    source: z.string().optional(),
    publishedAt: z.string().optional(),
    language: languageSchema.optional(),
  }),
  requested: z.string().nullable(),
  address: z.string().nullable(),
  article: z.string().nullable(),
  capturedAt: z.string(),
  headers: z.record(z.string(), z.string()),
  /** Version of the program that read them. */
  reader: z.string(),
});
/** One coming of an original: what was kept of it, without the bytes. */
export type Capture = z.infer<typeof captureSchema>;

export const earlierVersionSchema = z.object({
  /** Id of the document that it was; no longer in the graph. */
  document: z.string(),
  title: z.string(),
  text: z.string(),
  captures: z.array(captureSchema),
  /** When the next version came. ISO 8601 instant. */
  replacedAt: z.string(),
});
export type EarlierVersion = z.infer<typeof earlierVersionSchema>;

/** What the archive knows of one document. */
export const archiveRecordSchema = z.object({
  document: z.string(),
  /** The first is the one that the text was read from; the others gave the same text. */
  captures: z.array(captureSchema),
  /** Oldest first. */
  earlier: z.array(earlierVersionSchema),
});
export type ArchiveRecord = z.infer<typeof archiveRecordSchema>;

/** Answer of `GET /api/documents/{id}/originals`. */
export const originalsSchema = z.object({
  captures: z.array(captureSchema),
  /** Versions that stood at the same address before, latest first, each compared with the one that followed it. */
  versions: z.array(
    z.object({
      title: z.string(),
      captures: z.array(captureSchema),
      replacedAt: z.string(),
      /** Sentences that the next version has and this one has not, in its order. */
      added: z.array(z.string()),
      /** Sentences of this version that the next one lacks. */
      removed: z.array(z.string()),
    }),
  ),
});
export type Originals = z.infer<typeof originalsSchema>;

export const VERIFICATION_FAULTS = [
  "text_changed",
  "quote_missing",
  "original_missing",
  "original_damaged",
  "original_unreadable",
  "original_differs",
] as const;

/** What checking one document found. Sound when `faults` is empty. */
export const verificationSchema = z.object({
  document: z.string(),
  title: z.string(),
  /** Quotes of the document that were looked for in its text. */
  quotes: z.number().int().nonnegative(),
  /** Originals that were hashed, and the first of them read again. 0: none was kept. */
  originals: z.number().int().nonnegative(),
  faults: z.array(z.object({ code: z.enum(VERIFICATION_FAULTS), message: z.string() })),
});
export type Verification = z.infer<typeof verificationSchema>;
