/**
 * What waits for a person: claims to look at, and pairs of entities that are possibly one.
 */
import { z } from "zod";
import type { ReviewPage } from "../contract/decisions.ts";
import { suggestionSchema } from "../contract/resolution.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import type { Transaction } from "./executor.ts";
import type { FoundSuggestion, ReviewQuery } from "./graph-store.ts";
import { claimsById, claimsToWeigh, type WeighedClaim } from "./queries/claims.ts";
import { keptSuggestions } from "./queries/documents.ts";
import { selectionOf } from "./selection.ts";

const placeSchema = z.strictObject({ weight: z.number(), id: z.string() });

/**
 * What is expected to be wrong in the graph because of a claim: how likely it is wrong, times what hangs on it. That grows slowly
 * with the connections of its ends, and is shared with the other claims that say the same.
 */
export async function reviewPage(query: ReviewQuery, transaction: Transaction): Promise<ReviewPage> {
  const status = query.filter.status ?? (["proposed"] as const);
  const selection = selectionOf({ ...query.filter, status: [...status] });
  const standings = query.filter.standing ?? (["stated", "alleged", "planned", "denied"] as const);
  const found = await transaction.run(claimsToWeigh({ ...selection, standings: new Set(standings) }));
  const supporters = new Map<string, number>();
  for (const { edge } of found) supporters.set(edge, (supporters.get(edge) ?? 0) + 1);
  const weighed = found.map((claim) => weigh(claim, supporters.get(claim.edge) ?? 1));
  weighed.sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, placeSchema);
  const rest =
    after === null
      ? weighed
      : weighed.filter(({ weight, id }) => weight < after.weight || (weight === after.weight && id > after.id));
  const page = rest.slice(0, query.limit);
  const claims = new Map(
    page.length === 0
      ? []
      : (await transaction.run(claimsById(page.map(({ id }) => id)))).map((claim) => [claim.id, claim]),
  );
  const last = page.at(-1);
  return {
    items: page.flatMap(({ id, weight, doubt, importance }) => {
      const claim = claims.get(id);
      return claim === undefined ? [] : [{ claim, weight, doubt, importance }];
    }),
    total: weighed.length,
    nextCursor:
      last === undefined || rest.length <= query.limit ? null : encodeCursor({ weight: last.weight, id: last.id }),
  };
}

function weigh({ id, confidence, degrees }: WeighedClaim, supporters: number) {
  const doubt = 1 - confidence;
  const importance = Math.log2(2 + degrees) / supporters;
  return { id, doubt, importance, weight: doubt * importance };
}

const keptSchema = z.array(suggestionSchema.extend({ other: z.string() }));

export async function foundSuggestions(transaction: Transaction): Promise<FoundSuggestion[]> {
  const kept = await transaction.run(keptSuggestions());
  return kept.flatMap(({ document, suggestions }) =>
    keptSchema
      .parse(JSON.parse(suggestions))
      .map(({ entity, other, score, reasons }) => ({ of: entity, entity: other, score, reasons, document })),
  );
}
