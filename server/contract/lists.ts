/**
 * Lists of known actors that a newsroom brings along: sanctions, members of a parliament, its own watch list. Their ids are kept.
 */
import { z } from "zod";

/** A line of a list that cannot be used, or not whole. */
export const listFaultSchema = z.object({
  /** Counted from 1, as an editor counts. */
  line: z.number().int().positive(),
  reason: z.string(),
});
export type ListFault = z.infer<typeof listFaultSchema>;

export const actorListSchema = z.object({
  name: z.string(),
  /** Name of the file that it came from. */
  file: z.string(),
  addedAt: z.string(),
  actors: z.number().int().nonnegative(),
  faults: z.array(listFaultSchema),
});
export type ActorList = z.infer<typeof actorListSchema>;

/** Answer of `GET /api/lists`. */
export const actorListsSchema = z.object({ lists: z.array(actorListSchema) });

/** An entity of the graph that seems to be on a list. */
export const listHitSchema = z.object({
  list: z.string(),
  /** The list's own id of the actor; empty when it gives none. */
  id: z.string(),
  /** The actor's name there. */
  name: z.string(),
  /** The name that both have. */
  match: z.string(),
});
export type ListHit = z.infer<typeof listHitSchema>;
