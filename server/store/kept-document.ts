/**
 * A stored document as it was saved: who its entities are, what people decided, and what the program found before they did.
 */
import { z } from "zod";
import { extractionSchema } from "../contract/extraction.ts";
import {
  resolvedEntitySchema,
  reviewedClaimSchema,
  type ResolvedDocument,
  type ResolvedEntity,
} from "../contract/resolution.ts";
import { keptExtraction } from "./document-pages.ts";
import { decodeOverride, type Contribution } from "./entity-summary.ts";
import type { Transaction } from "./executor.ts";
import { contributionsTo, copyRecord, documentRecord } from "./queries/documents.ts";
import { presentEntities } from "./queries/entities.ts";

const resolutionSchema = z.array(resolvedEntitySchema);
const revisedSchema = extractionSchema
  .pick({ entities: true, mentions: true, claims: true })
  .extend({ resolved: resolutionSchema, reviews: z.array(reviewedClaimSchema) });

/** Null when there is no such document. */
export async function keptDocument(id: string, transaction: Transaction): Promise<ResolvedDocument | null> {
  const [record] = await transaction.run(documentRecord(id));
  const [copy] = await transaction.run(copyRecord(id));
  if (record === undefined || copy === undefined) return null;
  const kept = keptExtraction(record);
  const contributions = await transaction.run(contributionsTo(id));
  const present = await transaction.run(presentEntities(contributions.map(({ entity }) => entity)));
  const overrides = present.flatMap(({ id: entity, override }) => {
    const decided = decodeOverride(override);
    return decided === null ? [] : [{ entity, override: decided }];
  });
  const shared = { ...kept, ...copy, ...(overrides.length === 0 ? {} : { overrides }) };
  if (record.revised === null || record.resolution === null) {
    const ownNames = new Map(kept.extraction.entities.map((entity) => [entity.id, entity.name]));
    return { ...shared, entities: contributions.flatMap((contribution) => resolvedEntities(contribution, ownNames)) };
  }
  const { resolved, reviews, ...shown } = revisedSchema.parse(JSON.parse(record.revised));
  const { entities, mentions, claims } = kept.extraction;
  return {
    ...shared,
    extraction: { ...kept.extraction, ...shown },
    entities: resolved,
    reviews,
    found: { entities, mentions, claims, resolved: resolutionSchema.parse(JSON.parse(record.resolution)) },
  };
}

/** Entities of a document that are one in the graph were kept as one: the first of them says again what all of them said. */
function resolvedEntities(contribution: Contribution, ownNames: ReadonlyMap<string, string>): ResolvedEntity[] {
  const { entity, locals, name, aliases, kind, countries, keys, type } = contribution;
  const shared = { entity, type, outcome: "same" as const, reason: "kept" };
  return locals.map((local, place): ResolvedEntity => {
    if (place === 0) return { ...shared, local, name, aliases, kind, countries, keys };
    const own = ownNames.get(local);
    const known = own !== undefined && (own === name || aliases.includes(own));
    return { ...shared, local, name: known ? own : name, aliases: [], kind: null, countries: [] };
  });
}
