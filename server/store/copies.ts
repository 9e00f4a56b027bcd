/**
 * Which stored documents may be copies of a new one: those that share a key with it, likeliest first.
 */
import { MAX_COPY_KEYS, type CopyCandidate } from "../contract/resolution.ts";
import type { Transaction } from "./executor.ts";
import { copyCandidate, documentsWithCopyKey } from "./queries/copies.ts";

/** Of one key: a phrase that a publisher prints under everything gives thousands. */
const DOCUMENTS_A_KEY = 100;
/** Whose texts are compared: real copies share several keys and come first. */
const CANDIDATES = 40;

export async function sharingCopyKeys(keys: readonly string[], transaction: Transaction): Promise<CopyCandidate[]> {
  const shared = new Map<string, number>();
  for (const [place, key] of keys.slice(0, MAX_COPY_KEYS).entries()) {
    for (const id of await transaction.run(documentsWithCopyKey(place, key, DOCUMENTS_A_KEY))) {
      shared.set(id, (shared.get(id) ?? 0) + 1);
    }
  }
  const likeliest = [...shared].sort(([idA, a], [idB, b]) => b - a || (idA < idB ? -1 : 1)).slice(0, CANDIDATES);
  const found: CopyCandidate[] = [];
  for (const [id] of likeliest) found.push(...(await transaction.run(copyCandidate(id))));
  return found;
}
