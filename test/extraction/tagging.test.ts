import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { manifestSchema } from "../../server/extraction/model-files.ts";
import type { Model } from "../../server/extraction/session.ts";
import { placeWindows, tagWindows } from "../../server/extraction/tagging.ts";
import { splitWords } from "../../server/extraction/words.ts";

const realManifest = manifestSchema.parse(JSON.parse(readFileSync("data/model/model.json", "utf8")));
const manifest = { ...realManifest, thresholds: { ...realManifest.thresholds, described: 0.5, faint: 4 } };
const BEGIN_NAMED_BODY = 1 + 2 * manifest.types.indexOf("PublicBody");
const BEGIN_DESCRIBED_BODY = BEGIN_NAMED_BODY + 2 * manifest.types.length;

/** Every word is one piece; its tags are all unlikely but outside and those given. */
function modelThatTags(scores: readonly Readonly<Record<number, number>>[]): Model {
  const tags = manifest.tags.length;
  return {
    manifest,
    tokenizer: { encode: () => [] } as unknown as Model["tokenizer"],
    encode(pieces) {
      const length = pieces.length + 2;
      const tagLogits = new Float32Array(length * tags).fill(-20);
      for (let piece = 0; piece < length; piece += 1) tagLogits[piece * tags] = 0;
      scores.forEach((word, index) => {
        for (const [tag, score] of Object.entries(word)) tagLogits[(index + 1) * tags + Number(tag)] = score;
      });
      return Promise.resolve({ length, states: new Float32Array(0), tagLogits });
    },
    relate: () => Promise.reject(new Error("not asked")),
    close: () => Promise.resolve(),
  };
}

test("a description that only the lower bar finds is faint, and never hides one that is sure", async () => {
  const text = "Europol agency group unit it";
  const words = splitWords(text, 0);
  const places = words.map((_, index) => index);
  const sentence = { start: 0, end: text.length, paragraph: 0, words, pieces: places, firsts: places, lasts: places };
  const model = modelThatTags([
    { [BEGIN_NAMED_BODY]: 5, [BEGIN_DESCRIBED_BODY]: 3 },
    { [BEGIN_DESCRIBED_BODY]: 5 },
    { [BEGIN_DESCRIBED_BODY]: -3 },
    { [BEGIN_DESCRIBED_BODY]: -6 },
    {},
  ]);
  const { mentions } = await tagWindows(text, placeWindows([[sentence]]), model, () => undefined);
  expect(mentions.map(({ surface, named, faint, type }) => ({ surface, named, faint, type }))).toEqual([
    { surface: "Europol", named: true, faint: false, type: "PublicBody" },
    { surface: "agency", named: false, faint: false, type: "PublicBody" },
    { surface: "group", named: false, faint: true, type: "PublicBody" },
  ]);
});
