/**
 * Claims of a part of the graph by date: what the page draws as its timeline.
 */
import { standingOfClaim, type Filter } from "../contract/filter.ts";
import type { Timeline } from "../contract/graph.ts";
import { compare } from "./date-order.ts";
import type { Transaction } from "./executor.ts";
import type { ClaimFact } from "./projection.ts";
import { factsAround } from "./queries/claims.ts";
import { claimsOfSelection } from "./reads.ts";
import { selectionOf } from "./selection.ts";

export async function timeline(
  ids: readonly string[] | null,
  filter: Filter,
  transaction: Transaction,
): Promise<Timeline> {
  const selection = selectionOf(filter);
  if (selection.claimTypes.length === 0 || ids?.length === 0) return { dates: [], undated: 0 };
  const claims =
    ids === null ? await claimsOfSelection(selection, transaction) : await transaction.run(factsAround(ids, selection));
  const wanted = ids === null ? null : new Set(ids);
  const shows = (claim: ClaimFact) =>
    selection.standings.has(standingOfClaim(claim)) &&
    (wanted === null || (wanted.has(claim.subject) && wanted.has(claim.object))) &&
    (selection.nodeTypes === null ||
      (selection.nodeTypes.has(claim.subjectType) && selection.nodeTypes.has(claim.objectType)));
  const counts = new Map<string, number>();
  let undated = 0;
  // A claim that joins two of the entities is found from both of them.
  for (const claim of new Map(claims.map((one) => [one.id, one])).values()) {
    if (!shows(claim)) continue;
    if (claim.date === null) undated += 1;
    else counts.set(claim.date, (counts.get(claim.date) ?? 0) + 1);
  }
  const dates = [...counts].map(([date, number]) => ({ date, claims: number }));
  return { dates: dates.sort((a, b) => compare(a.date, b.date)), undated };
}
