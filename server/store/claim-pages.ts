/**
 * Claims as quotes, newest publication first, page by page.
 */
import { z } from "zod";
import { edgeId } from "../contract/identifiers.ts";
import type { ClaimPage } from "../contract/graph.ts";
import { DERIVED_TYPE, RELATIONSHIP_TYPES } from "../contract/ontology.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import type { Transaction } from "./executor.ts";
import type { ClaimQuery } from "./graph-store.ts";
import { edgeIdOfClaim, EVENT_TYPES } from "./projection.ts";
import { bridgingEvents } from "./queries/edges.ts";
import { claimList, countClaims, type ClaimScope } from "./queries/claims.ts";
import { selectionOf, type Selection } from "./selection.ts";

const placeSchema = z.strictObject({
  publishedAt: z.string(),
  document: z.string(),
  start: z.number(),
  id: z.string(),
});

/**
 * Every claim that passes, unless the filter names standings: then those. Without it also planned and denied ones are listed,
 * since a quote tells by itself how it stands.
 */
export async function claimPage(query: ClaimQuery, transaction: Transaction): Promise<ClaimPage> {
  const selection = listed(query);
  if (selection.claimTypes.length === 0) return { claims: [], total: 0, nextCursor: null };
  const scope = await scopeOf(query, transaction);
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, placeSchema);
  const [total] = await transaction.run(countClaims(scope, selection));
  const found = await transaction.run(claimList({ scope, selection, limit: query.limit + 1, after }));
  const claims = found.slice(0, query.limit);
  const last = claims.at(-1);
  return {
    claims,
    total: total ?? 0,
    nextCursor:
      last === undefined || found.length <= query.limit
        ? null
        : encodeCursor({
            publishedAt: last.document.publishedAt ?? "",
            document: last.document.id,
            start: last.start,
            id: last.id,
          }),
  };
}

function listed({ filter }: ClaimQuery): Selection {
  const selection = selectionOf(filter);
  const standings = filter.standing ?? (["stated", "alleged", "planned", "denied"] as const);
  return { ...selection, standings: new Set(standings) };
}

async function scopeOf(
  { subject, object, eitherWay, filter }: ClaimQuery,
  transaction: Transaction,
): Promise<ClaimScope> {
  if (subject === undefined || object === undefined) return { edges: null, subject, object };
  const pairs = [{ source: subject, target: object }];
  if (eitherWay === true) pairs.push({ source: object, target: subject });
  const edges = RELATIONSHIP_TYPES.flatMap((type) =>
    pairs.map(({ source, target }) => edgeIdOfClaim({ type, subject: source, object: target })),
  );
  // Nobody states a derived edge: its claims are those of the events in between.
  if (filter.relationships?.includes(DERIVED_TYPE) === true) {
    for (const { source, target, event } of await transaction.run(bridgingEvents(pairs))) {
      edges.push(edgeId(EVENT_TYPES.conducted, source, event), edgeId(EVENT_TYPES.targeted, event, target));
    }
  }
  return { edges: [...new Set(edges)], subject, object };
}
