/**
 * A document: the plain value between reading and extraction.
 */
import { z } from "zod";
import { partialDateSchema } from "./dates.ts";
import { languageSchema } from "./ontology.ts";

/** A file above this is reported, not read. */
export const MAX_FILE_BYTES = 5_000_000;
/** A file that holds more than text (pictures, fonts, other files) is reported above this. */
export const MAX_CONTAINER_BYTES = 30_000_000;
/** A text above this is reported, not extracted. UTF-16 code units. */
export const MAX_TEXT_CHARACTERS = 1_000_000;

/** Media type of an input whose bytes are a web address: what stands there is fetched when its turn has come. */
export const ADDRESS_MEDIA_TYPE = "text/uri-list";

/** Media type of an input that is known to give no document: its bytes are the problem as JSON. */
export const PROBLEM_MEDIA_TYPE = "application/vnd.fil-rouge.problem+json";

export const documentSchema = z.object({
  /** Hash of the text (`identifiers.ts`). */
  id: z.string(),
  title: z.string(),
  /** Holds the title too, where the source shows it. All offsets count in this string, in UTF-16 code units. */
  text: z.string(),
  url: z.string().nullable(),
  /** Publisher, as told by the page, the user or the host of the address. */
  source: z.string().nullable(),
  byline: z.string().nullable(),
  language: languageSchema,
  publishedAt: partialDateSchema.nullable(),
  /** `text/plain`, `text/markdown`, `text/html`… of the original. */
  mediaType: z.string(),
  /** What the reader wants to be told ("the date was taken from the address"). */
  warnings: z.array(z.string()),
});

export type Document = z.infer<typeof documentSchema>;

/** Why one input gives no document: data in its report, never an exception that stops a batch. */
export const PROBLEM_CODES = [
  "unreadable",
  "empty",
  "binary",
  "too_large",
  "unknown_language",
  "unsupported_format",
  "malformed",
  "extraction_failed",
  "store_failed",
] as const;

export const problemSchema = z.object({ code: z.enum(PROBLEM_CODES), message: z.string() });
export type Problem = z.infer<typeof problemSchema>;

/** What the caller knows about a text and the text may not tell. Wins over what the reader finds. */
export interface DocumentHints {
  title?: string | undefined;
  url?: string | undefined;
  source?: string | undefined;
  publishedAt?: string | undefined;
  language?: "fr" | "en" | undefined;
}
