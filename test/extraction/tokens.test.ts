import fc from "fast-check";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { foldText } from "../../server/extraction/folded-text.ts";
import { normalise } from "../../server/extraction/normalise.ts";
import { createTokenizer, vocabularySchema } from "../../server/extraction/tokenizer.ts";
import { fillWindows, tokenise } from "../../server/extraction/windows.ts";
import { splitWords } from "../../server/extraction/words.ts";

const vocabulary = vocabularySchema.parse(JSON.parse(readFileSync("data/model/vocabulary.json", "utf8")));
const tokenizer = createTokenizer(vocabulary);
const vectors = z
  .array(
    z.object({
      text: z.string(),
      words: z.array(z.tuple([z.number(), z.number(), z.string(), z.boolean()])),
      ids: z.array(z.array(z.number())),
    }),
  )
  .parse(JSON.parse(readFileSync("data/model/tokenizer-vectors.json", "utf8")));

test("words, offsets and pieces are those of the training code on all its vectors", () => {
  expect(vectors.length).toBeGreaterThanOrEqual(200);
  for (const { text, words, ids } of vectors) {
    const found = splitWords(text, 0);
    expect(found.map((word) => [word.start, word.end, word.text, word.spaced])).toEqual(words);
    expect(found.map((word) => tokenizer.piecesOf(word.text, word.spaced))).toEqual(ids);
  }
});

test("typography that means the same gives the same normalised text", () => {
  const plain = normalise(`L'agence "Ève" a dit : c'est fini...`).text;
  for (const variant of [
    "L’agence «Ève» a dit\u00a0: c’est fini…",
    "L'agence “Ève” a dit : c\u02bcest fini...",
    "L'age\u00adnce \"E\u0300ve\" a\u200b dit\u202f: c'est fini...",
    "\ufeffL'agence\t\"Ève\" a\ndit : c'est \u202efini...",
  ]) {
    expect(normalise(variant).text).toBe(plain);
  }
});

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        "a",
        "É",
        "e\u0301",
        "\u0301",
        " ",
        "\u200b",
        "½",
        "ﬁ",
        "\ud83d",
        "\udc00",
        "🙂",
        "’",
        "م",
        "\u0000",
      ),
      { maxLength: 80 },
    )
    .map((parts) => parts.join("")),
);

test("every word has exact offsets and pieces, whatever the text", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      let last = 0;
      for (const word of splitWords(text, 7)) {
        expect(word.text).not.toBe("");
        expect(word.start).toBeGreaterThanOrEqual(last);
        expect(word.end).toBeGreaterThan(word.start);
        expect(word.end).toBeLessThanOrEqual(text.length + 7);
        expect(normalise(text.slice(word.start - 7, word.end - 7)).text).toContain(word.text);
        const pieces = tokenizer.piecesOf(word.text, word.spaced);
        expect(pieces.length).toBeGreaterThanOrEqual(1);
        expect(pieces.length).toBeLessThanOrEqual(vocabulary.piecesAWord);
        last = word.start;
      }
    }),
    { numRuns: 500 },
  );
});

test("a folded text finds its way back to raw offsets", () => {
  const raw = "Déjà\u200b vu\u00a0: l’été";
  const folded = foldText(raw, 100);
  expect(folded.text).toBe("Deja vu : l'ete");
  const at = folded.text.indexOf("ete");
  expect([folded.startOf(at), folded.endOf(at + 2)]).toEqual([100 + raw.indexOf("été"), 100 + raw.length]);
  expect(folded.indexOf(100 + raw.indexOf("été"))).toBe(at);
});

function windowsOf(text: string, limit: number) {
  return fillWindows(tokenise(text, [{ start: 0, end: text.length, paragraph: 0 }], tokenizer), limit);
}

test("windows hold whole sentences in order, none above the limit", () => {
  const sentences = Array.from(
    { length: 60 },
    (_, index) => `Sentence number ${index} tells of agency ${index} and its director.`,
  );
  const text = sentences.join(" ");
  let at = 0;
  const spans = sentences.map((sentence) => {
    const start = at;
    at += sentence.length + 1;
    return { start, end: start + sentence.length, paragraph: 0 };
  });
  const windows = fillWindows(tokenise(text, spans, tokenizer), 318);
  expect(windows.length).toBeGreaterThan(1);
  for (const window of windows) {
    expect(window.reduce((size, sentence) => size + sentence.pieces.length, 0)).toBeLessThanOrEqual(318);
  }
  expect(windows.flat().map(({ start, end }) => text.slice(start, end))).toEqual(sentences);
});

test("a sentence longer than a window is cut between words, behind a clause where one ends", () => {
  const text = Array.from({ length: 800 }, (_, index) => `mot${index}${index % 9 === 8 ? "," : ""}`).join(" ");
  const parts = windowsOf(text, 318).flat();
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.flatMap((part) => part.words)).toEqual(splitWords(text, 0));
  for (const part of parts) {
    expect(part.pieces.length).toBeLessThanOrEqual(318);
    expect(part.firsts[0]).toBe(0);
    expect(part.lasts.at(-1)).toBe(part.pieces.length - 1);
  }
  for (const part of parts.slice(0, -1)) expect(part.words.at(-1)!.text).toBe(",");
});

test("a word of a hundred thousand letters and a letter with thousands of marks cost no more than their length", () => {
  const milliseconds = (text: string): number => {
    const start = performance.now();
    windowsOf(text, 318);
    return performance.now() - start;
  };
  for (const [unit, size] of [
    ["x", 100_000],
    ["\u0301", 20_000],
  ] as const) {
    const small = `a${unit.repeat(size / 10)}`;
    milliseconds(small);
    const once = Math.max(1, milliseconds(small));
    expect(milliseconds(`a${unit.repeat(size)}`)).toBeLessThan(once * 10 * 10 + 500);
  }
});
