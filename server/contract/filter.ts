/**
 * The one filter of graph, neighbours, paths, claims, table, counts and export.
 */
import { z } from "zod";
import { partialDateSchema } from "./dates.ts";
import type { Modality, Polarity } from "./extraction.ts";
import { edgeTypeSchema, familySchema, nodeTypeSchema } from "./ontology.ts";

export const CLAIM_STATUSES = ["proposed", "accepted", "corrected", "rejected"] as const;
export const STANDINGS = ["stated", "alleged", "planned", "denied"] as const;

export const claimStatusSchema = z.enum(CLAIM_STATUSES);
export const standingSchema = z.enum(STANDINGS);
export type ClaimStatus = z.infer<typeof claimStatusSchema>;
/** How a claim, or an edge by its claims, stands. `denied` covers denied and negated claims. */
export type Standing = z.infer<typeof standingSchema>;

/** How one claim stands: negation and denial weigh more than anything else, a plan more than who tells it. */
export function standingOfClaim(claim: { polarity: Polarity; modality: Modality }): Standing {
  if (claim.polarity === "negated" || claim.modality === "denied") return "denied";
  if (claim.modality === "planned") return "planned";
  return claim.modality === "alleged" ? "alleged" : "stated";
}

export const filterSchema = z.object({
  collection: z.string().optional(),
  types: z.array(nodeTypeSchema).optional(),
  relationships: z.array(edgeTypeSchema).optional(),
  families: z.array(familySchema).optional(),
  /** Absent: stated and alleged. */
  standing: z.array(standingSchema).optional(),
  /** Claims whose date span overlaps [from, to]; a claim without a date passes only when neither is given. */
  from: partialDateSchema.optional(),
  to: partialDateSchema.optional(),
  minConfidence: z.number().min(0).max(1).optional(),
  documents: z.array(z.string()).optional(),
  /** Absent: all but rejected. */
  status: z.array(claimStatusSchema).optional(),
});
export type Filter = z.infer<typeof filterSchema>;

/** A filter that lets pass what the projection shows: it is answered without looking at claims. */
export function isEmptyFilter(filter: Filter): boolean {
  return Object.values(filter).every((value) => value === undefined);
}
