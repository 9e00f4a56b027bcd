import { beforeAll, describe, expect, test } from "vitest";
import { copyKeysOf, isCopy, likeness, originalOf, withOriginal } from "../../server/resolution/near-duplicates.ts";
import type { ResolvedDocument } from "../../server/contract/resolution.ts";
import { extractionOf } from "../ingest/extractions.ts";
import { copies, lookalikes, ownArticles, type Pair } from "./dispatches.ts";

/** Every n-th article: the whole corpus has 70,000 pairs. */
const EVERY = 8;
let articles: string[];
let pairs: Pair[];

beforeAll(async () => {
  articles = (await ownArticles()).filter((_, index) => index % EVERY === 0);
  pairs = [...copies(articles), ...lookalikes(articles)];
});

function isFound({ a, b }: Pair): boolean {
  const keys = new Set(copyKeysOf(a));
  return copyKeysOf(b).some((key) => keys.has(key)) && isCopy(likeness(a, b));
}

describe("on the labelled set", () => {
  test("precision is at least 0.98 and recall at least 0.9", () => {
    const found = pairs.filter(isFound);
    const right = found.filter((pair) => pair.isCopy).length;
    const all = pairs.filter((pair) => pair.isCopy).length;
    expect(all).toBeGreaterThan(300);
    expect(right / found.length).toBeGreaterThanOrEqual(0.98);
    expect(right / all).toBeGreaterThanOrEqual(0.9);
  });

  test("every kind of copy is found in nine of ten cases", () => {
    const kinds = new Map<string, [found: number, all: number]>();
    for (const pair of pairs.filter((one) => one.isCopy)) {
      const [found, all] = kinds.get(pair.kind) ?? [0, 0];
      kinds.set(pair.kind, [found + (isFound(pair) ? 1 : 0), all + 1]);
    }
    const poor = [...kinds].filter(([, [found, all]]) => found / all < 0.9);
    expect([kinds.size, poor]).toEqual([8, []]);
  });
});

describe("the first of a group", () => {
  const article = () => articles[0]!;
  const variant = () => pairs.find(({ kind, a }) => kind === "updated" && a === article())!.b;

  test("a copy of a copy belongs to the first of them", () => {
    const candidates = [
      { id: "other", duplicateOf: null, text: articles[1]! },
      { id: "copy", duplicateOf: "first", text: article() },
    ];
    expect(originalOf(variant(), candidates)).toBe("first");
    expect(originalOf(variant(), candidates.slice(0, 1))).toBeNull();
  });

  test("a short text is nobody's copy and has no keys", () => {
    expect(copyKeysOf("Europol a neutralisé le site Amaq.")).toEqual([]);
    expect(
      originalOf("Europol a neutralisé le site Amaq.", [{ id: "a", duplicateOf: null, text: article() }]),
    ).toBeNull();
  });

  test("case, accents and punctuation do not count", () => {
    const shouted = article().toUpperCase().normalize("NFD").replaceAll(",", " ;");
    expect(copyKeysOf(shouted)).toEqual(copyKeysOf(article()));
  });

  test("a document that is saved again is no copy of itself or of its copies", async () => {
    const extraction = extractionOf(article(), [], []);
    const document: ResolvedDocument = { extraction, collection: "news", ingestedAt: "2026-01-01", entities: [] };
    const copy = { id: "copy", duplicateOf: extraction.id, text: variant() };
    const self = { id: extraction.id, duplicateOf: null, text: article() };
    const resolved = await withOriginal(document, () => Promise.resolve([self, copy]));
    expect(resolved).toEqual({ ...document, copyKeys: copyKeysOf(article()), duplicateOf: null });
  });
});
