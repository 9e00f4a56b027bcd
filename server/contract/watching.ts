/**
 * Watched sources: feeds and folders that are looked at again and again, what was taken from them, and their logs.
 */
import { z } from "zod";
import { partialDateSchema } from "./dates.ts";

export const WATCH_EVENTS = ["taken", "unchanged", "failed", "given_up"] as const;

/** One line of a source's log. */
export const watchEventSchema = z.object({
  /** ISO 8601 instant; of the last one when `times` is above 1. */
  at: z.string(),
  kind: z.enum(WATCH_EVENTS),
  /** What happened, as a sentence. */
  message: z.string(),
  /** How often in a row. */
  times: z.number().int().positive(),
});
export type WatchEvent = z.infer<typeof watchEventSchema>;

/** An entry of a feed that is to be fetched, or was not to be had yet. */
export const feedEntrySchema = z.object({
  /** The feed's own id of it, else its address. */
  id: z.string(),
  address: z.string(),
  title: z.string(),
  publishedAt: partialDateSchema.nullable(),
});
export type FeedEntry = z.infer<typeof feedEntrySchema>;

/** All that is remembered of one source between two looks. */
export const watchedSourceSchema = z.object({
  /** Address of the feed, or absolute path of the folder. */
  source: z.string(),
  kind: z.enum(["feed", "folder"]),
  /** As the feed calls itself. */
  title: z.string().nullable(),
  collection: z.string(),
  /** Alternatives, each of words that must all be there. Empty: everything is taken. */
  match: z.array(z.string()),
  everySeconds: z.number().positive(),
  /** Failures in a row. */
  failures: z.number().int().nonnegative(),
  /** ISO 8601 instant of the next look, null before the first. */
  nextAt: z.string().nullable(),
  /** Articles taken in all. */
  taken: z.number().int().nonnegative(),
  /** What the server gave to ask by: `if-none-match`, `if-modified-since`. */
  conditions: z.record(z.string(), z.string()),
  /** Found and not read yet, with the number of attempts. */
  pending: z.array(feedEntrySchema.extend({ attempts: z.number().int().nonnegative() })),
  /** Ids of entries that need no further look. */
  seen: z.array(z.string()),
  /** Of a folder: each file as it was when it was taken, by its path in the folder. */
  files: z.record(
    z.string(),
    z.object({ size: z.number(), modifiedMs: z.number(), attempts: z.number().int().nonnegative() }),
  ),
  /** Latest last. */
  log: z.array(watchEventSchema),
});
export type WatchedSource = z.infer<typeof watchedSourceSchema>;

/** Answer of `GET /api/watching`. */
export const watchingSchema = z.object({
  sources: z.array(
    watchedSourceSchema
      .pick({
        source: true,
        kind: true,
        title: true,
        collection: true,
        match: true,
        everySeconds: true,
        failures: true,
        nextAt: true,
        taken: true,
      })
      .extend({
        /** A process looks at it at present. */
        active: z.boolean(),
        /** Entries that wait for their turn or for another attempt. */
        pending: z.number().int().nonnegative(),
        /** Latest first. */
        log: z.array(watchEventSchema),
      }),
  ),
});
export type Watching = z.infer<typeof watchingSchema>;
