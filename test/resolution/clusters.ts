/**
 * Comparison of two clusterings of the same items: B-cubed, and precision and recall of the pairs that were joined.
 */

export interface ClusterItem {
  /** What the item is in truth, and what it was taken for. */
  gold: string;
  found: string;
}

export interface ClusterScores {
  items: number;
  precision: number;
  recall: number;
  f1: number;
  /** Pairs of items: joined and the same, joined and not, the same and not joined. */
  pairs: { right: number; wrong: number; missed: number };
}

export function scoreClusters(items: readonly ClusterItem[]): ClusterScores {
  let precision = 0;
  let recall = 0;
  const pairs = { right: 0, wrong: 0, missed: 0 };
  for (const [at, item] of items.entries()) {
    let both = 0;
    let found = 0;
    let gold = 0;
    for (const [otherAt, other] of items.entries()) {
      const sameFound = item.found === other.found;
      const sameGold = item.gold === other.gold;
      found += Number(sameFound);
      gold += Number(sameGold);
      both += Number(sameFound && sameGold);
      if (otherAt <= at) continue;
      if (sameFound && sameGold) pairs.right += 1;
      else if (sameFound) pairs.wrong += 1;
      else if (sameGold) pairs.missed += 1;
    }
    precision += both / found;
    recall += both / gold;
  }
  return { items: items.length, ...averages(precision, recall, items.length), pairs };
}

function averages(precision: number, recall: number, items: number) {
  if (items === 0) return { precision: 1, recall: 1, f1: 1 };
  const p = precision / items;
  const r = recall / items;
  return { precision: p, recall: r, f1: (2 * p * r) / (p + r) };
}

/** Scores of several stories together, weighed by their items. */
export function sumScores(all: readonly ClusterScores[]): ClusterScores {
  const items = all.reduce((sum, scores) => sum + scores.items, 0);
  const sumOf = (pick: (scores: ClusterScores) => number): number => all.reduce((sum, scores) => sum + pick(scores), 0);
  return {
    items,
    ...averages(
      sumOf((scores) => scores.precision * scores.items),
      sumOf((scores) => scores.recall * scores.items),
      items,
    ),
    pairs: {
      right: sumOf((scores) => scores.pairs.right),
      wrong: sumOf((scores) => scores.pairs.wrong),
      missed: sumOf((scores) => scores.pairs.missed),
    },
  };
}
