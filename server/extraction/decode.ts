/**
 * Tag logits of the words of one sentence → mentions: the best path of begin/inside/outside tags over named and described
 * types, with the type distribution and the confidence of each mention.
 */

export interface DecodedMention {
  /** Indices of its first and last word, inclusive. */
  first: number;
  last: number;
  /** Index of its type. */
  type: number;
  named: boolean;
  /** Product of its words' tag probabilities; not calibrated. */
  confidence: number;
  /** Probability of each type, given that it is a mention of its sort; sums to 1. */
  distribution: number[];
}

/** A tag is 0 for outside; begin and inside of a type stand together, the described types after the named ones. */
interface Tag {
  inside: boolean;
  named: boolean;
  type: number;
}

function tagOf(index: number, types: number): Tag {
  const position = index - 1;
  return {
    inside: position % 2 === 1,
    named: position < 2 * types,
    type: Math.floor(position / 2) % types,
  };
}

/**
 * @param logits one row a word, `1 + 4 × types` columns.
 * @param types number of entity types.
 * @param describedBonus added to the log probability of the tags of descriptions when the path is chosen.
 */
export function decodeMentions(logits: readonly Float32Array[], types: number, describedBonus = 0): DecodedMention[] {
  const rows = logits.map(logSoftmax);
  const named = 1 + 2 * types;
  const path = bestPath(
    rows.map((row) => row.map((score, tag) => (tag < named ? score : score + describedBonus))),
    1 + 4 * types,
  );
  const mentions: DecodedMention[] = [];
  let word = 0;
  while (word < path.length) {
    const tag = path[word] ?? 0;
    if (tag === 0) {
      word += 1;
      continue;
    }
    const first = word;
    word += 1;
    while (word < path.length && path[word] === tag + 1) word += 1;
    mentions.push(mentionOf(rows, path, first, word - 1, tagOf(tag, types), types));
  }
  return mentions;
}

function logSoftmax(row: Float32Array): Float64Array {
  let top = -Infinity;
  for (const value of row) if (value > top) top = value;
  let sum = 0;
  for (const value of row) sum += Math.exp(value - top);
  const shift = top + Math.log(sum);
  return Float64Array.from(row, (value) => value - shift);
}

/**
 * Maximises the sum over the words; an inside tag follows only begin or inside of the same type. Since a begin tag or the
 * outside tag may follow anything, the best predecessor of each is shared, and a word costs time linear in the tags.
 */
function bestPath(rows: readonly Float64Array[], tags: number): number[] {
  let scores = new Float64Array(tags);
  const backs: Int32Array[] = [];
  rows.forEach((row, word) => {
    const next = new Float64Array(tags);
    const back = new Int32Array(tags);
    let top = 0;
    for (let tag = 1; tag < tags; tag += 1) if ((scores[tag] ?? 0) > (scores[top] ?? 0)) top = tag;
    for (let tag = 0; tag < tags; tag += 1) {
      const isInside = tag > 0 && tag % 2 === 0;
      let from = top;
      if (isInside) from = (scores[tag - 1] ?? 0) >= (scores[tag] ?? 0) ? tag - 1 : tag;
      const before = word === 0 ? (isInside ? -Infinity : 0) : (scores[from] ?? -Infinity);
      next[tag] = before + (row[tag] ?? -Infinity);
      back[tag] = from;
    }
    scores = next;
    backs.push(back);
  });
  let last = 0;
  for (let tag = 1; tag < tags; tag += 1) if ((scores[tag] ?? 0) > (scores[last] ?? 0)) last = tag;
  const path: number[] = [];
  for (let word = rows.length - 1; word >= 0; word -= 1) {
    path.push(last);
    last = backs[word]?.[last] ?? 0;
  }
  return path.reverse();
}

function mentionOf(
  rows: readonly Float64Array[],
  path: readonly number[],
  first: number,
  last: number,
  tag: Tag,
  types: number,
): DecodedMention {
  let logConfidence = 0;
  const distribution = new Array<number>(types).fill(0);
  const base = tag.named ? 1 : 1 + 2 * types;
  for (let word = first; word <= last; word += 1) {
    const row = rows[word];
    if (row === undefined) continue;
    logConfidence += row[path[word] ?? 0] ?? 0;
    for (let type = 0; type < types; type += 1) {
      const mass = Math.exp(row[base + 2 * type] ?? -Infinity) + Math.exp(row[base + 2 * type + 1] ?? -Infinity);
      distribution[type] = (distribution[type] ?? 0) + mass;
    }
  }
  const total = distribution.reduce((sum, mass) => sum + mass, 0);
  return {
    first,
    last,
    type: tag.type,
    named: tag.named,
    confidence: Math.exp(logConfidence),
    distribution: distribution.map((mass) => (total > 0 ? mass / total : 1 / types)),
  };
}
