/**
 * Search of entities by name: which names fit a query, and which fit best. Pure; the candidates come from a `NameIndex`.
 *
 * Best first: the whole name, the beginning of a name, beginnings of its words, one typing error. Then the better connected, the
 * more often mentioned, the shorter name, the id.
 */
import type { EntityHit } from "../contract/graph.ts";
import { foldName, nameKey } from "../contract/names.ts";
import { compare } from "./date-order.ts";
import type { NamedNode } from "./queries/entities.ts";

/** Shorter words are not forgiven a typing error: nearly everything would fit. */
export const TYPO_WORD_LENGTH = 4;

const RANKS = ["exact", "prefix", "words", "typo"] as const;
type Rank = (typeof RANKS)[number];

/** How a folded name fits the folded query; null when it does not. */
export function rankOf(query: string, key: string): Rank | null {
  if (key === query || nameKey(key) === nameKey(query)) return "exact";
  if (key.startsWith(query) || nameKey(key).startsWith(query)) return "prefix";
  const keyWords = key.split(" ");
  const strangers = query.split(" ").filter((word) => !keyWords.some((keyWord) => keyWord.startsWith(word)));
  if (strangers.length === 0) return "words";
  const [stranger] = strangers;
  if (strangers.length > 1 || stranger === undefined || stranger.length < TYPO_WORD_LENGTH) return null;
  return keyWords.some((keyWord) => isOneEditAway(stranger, keyWord)) ? "typo" : null;
}

/** One letter more, less or other, or two neighbours swapped. Equal words are none away. */
export function isOneEditAway(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1;
    endB -= 1;
  }
  const restA = a.slice(start, endA);
  const restB = b.slice(start, endB);
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA === restB.charAt(1) + restB.charAt(0);
}

/** The candidates that fit, best first. `match` is the name or alias that fits best. */
export function rankHits(query: string, candidates: readonly NamedNode[]): EntityHit[] {
  const folded = foldName(query);
  const hits = candidates.flatMap((candidate) => {
    const best = bestName(folded, candidate);
    return best === null ? [] : [{ candidate, ...best }];
  });
  hits.sort(
    (a, b) =>
      RANKS.indexOf(a.rank) - RANKS.indexOf(b.rank) ||
      b.candidate.degree - a.candidate.degree ||
      b.candidate.node.mentionCount - a.candidate.node.mentionCount ||
      a.match.length - b.match.length ||
      compare(a.candidate.node.id, b.candidate.node.id),
  );
  return hits.map(({ candidate: { node, degree }, match }) => ({ ...node, match, degree }));
}

function bestName(query: string, { node }: NamedNode): { rank: Rank; match: string } | null {
  let best: { rank: Rank; match: string } | null = null;
  for (const name of [node.name, ...node.aliases]) {
    const rank = rankOf(query, foldName(name));
    if (rank !== null && (best === null || RANKS.indexOf(rank) < RANKS.indexOf(best.rank)))
      best = { rank, match: name };
  }
  return best;
}
