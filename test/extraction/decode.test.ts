import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeMentions } from "../../server/extraction/decode.ts";
import { lastOfName } from "../../server/extraction/tagging.ts";
import { splitWords } from "../../server/extraction/words.ts";

const TYPES = 2;
const TAGS = 1 + 4 * TYPES;
/** Indices: 0 outside, then begin and inside of types 0 and 1 by name, then both by description. */
const [O, B0, I0, B1, I1, D0] = [0, 1, 2, 3, 4, 5];

function row(scores: Readonly<Record<number, number>>): Float32Array {
  const values = new Float32Array(TAGS);
  for (const [tag, score] of Object.entries(scores)) values[Number(tag)] = score;
  return values;
}

function brief(logits: Float32Array[]) {
  return decodeMentions(logits, TYPES).map(({ first, last, type, named }) => ({ first, last, type, named }));
}

test("tags become mentions with their words, type and sort", () => {
  expect(
    brief([row({ [B0]: 9 }), row({ [I0]: 9 }), row({ [O]: 9 }), row({ [D0]: 9 }), row({ [B1]: 9 }), row({ [B1]: 9 })]),
  ).toEqual([
    { first: 0, last: 1, type: 0, named: true },
    { first: 3, last: 3, type: 0, named: false },
    { first: 4, last: 4, type: 1, named: true },
    { first: 5, last: 5, type: 1, named: true },
  ]);
});

test("an inside tag never begins a mention nor continues another type, however high it scores", () => {
  expect(brief([row({ [I0]: 9, [B1]: 8 }), row({ [I0]: 9, [I1]: 7, [O]: 1 })])).toEqual([
    { first: 0, last: 1, type: 1, named: true },
  ]);
});

test("a bonus finds more descriptions without changing what they are worth", () => {
  const doubtful = [row({ [O]: 1, [D0]: 0.5 })];
  expect(decodeMentions(doubtful, TYPES)).toEqual([]);
  const [found] = decodeMentions(doubtful, TYPES, 1);
  const [sure] = decodeMentions([row({ [O]: 0.4, [D0]: 0.5 })], TYPES);
  expect([found!.named, found!.type]).toEqual([false, 0]);
  expect(found!.confidence).toBeLessThan(sure!.confidence);
});

test("confidence is the product of the words' probabilities, the distribution sums to one", () => {
  const [mention] = decodeMentions([row({ [B0]: 2, [B1]: 1 }), row({ [I0]: 3 })], TYPES);
  const softmax = (scores: number[], index: number): number =>
    Math.exp(scores[index]!) / scores.reduce((sum, score) => sum + Math.exp(score), 0);
  expect(mention!.confidence).toBeCloseTo(
    softmax([0, 2, 0, 1, 0, 0, 0, 0, 0], 1) * softmax([0, 0, 3, 0, 0, 0, 0, 0, 0], 2),
    6,
  );
  expect(mention!.distribution.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
  expect(mention!.distribution[0]).toBeGreaterThan(mention!.distribution[1]!);
});

/** The best allowed path by trying all of them. */
function bestByTrial(rows: Float32Array[]): number {
  let paths: { last: number; score: number }[] = [{ last: -1, score: 0 }];
  for (const scores of rows) {
    const shift = Math.log(scores.reduce((sum, score) => sum + Math.exp(score), 0));
    paths = paths.flatMap(({ last, score }) =>
      Array.from(scores, (value, tag) => ({ tag, value: value - shift }))
        .filter(({ tag }) => tag === 0 || tag % 2 === 1 || last === tag - 1 || last === tag)
        .map(({ tag, value }) => ({ last: tag, score: score + value })),
    );
  }
  return Math.max(...paths.map((path) => path.score));
}

test("no allowed path scores higher than the one that is decoded", () => {
  const rows = fc.array(
    fc
      .array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: TAGS, maxLength: TAGS })
      .map((each) => Float32Array.from(each)),
    { minLength: 1, maxLength: 4 },
  );
  fc.assert(
    fc.property(rows, (logits) => {
      const tags = new Array<number>(logits.length).fill(O);
      for (const { first, last, type, named } of decodeMentions(logits, TYPES)) {
        const begin = 1 + 2 * type + (named ? 0 : 2 * TYPES);
        for (let word = first; word <= last; word += 1) tags[word] = word === first ? begin : begin + 1;
      }
      const score = logits.reduce((sum, scores, word) => {
        const shift = Math.log(scores.reduce((total, value) => total + Math.exp(value), 0));
        return sum + scores[tags[word]!]! - shift;
      }, 0);
      expect(score).toBeCloseTo(bestByTrial(logits), 4);
    }),
    { numRuns: 60 },
  );
});

test("a sentence without words has no mention", () => {
  expect(decodeMentions([], TYPES)).toEqual([]);
});

test.each([
  ["arson attack on", 1],
  ["Ministry of the", 0],
  ["raid", 0],
  ["Vitamin A", 1],
  ["on", 0],
])("a span does not end with a preposition or an article: %s", (span, last) => {
  const words = splitWords(span, 0);
  expect(lastOfName(words, 0, words.length - 1)).toBe(last);
});
