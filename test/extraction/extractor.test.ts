/**
 * The extractor as a whole, on the real model: sound answers for any text, the same answers for the same text in other typography.
 */
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { faultsOfExtraction, extractionSchema, type Extraction } from "../../server/contract/extraction.ts";
import { ontologySchema, type Language } from "../../server/contract/ontology.ts";
import type { Extractor } from "../../server/extraction/extractor.ts";
import { openNeuralExtractor } from "../../server/extraction/neural-extractor.ts";
import { documentOf, ENGLISH_ARTICLE, FRENCH_ARTICLE } from "./written-articles.ts";

const ontology = ontologySchema.parse(JSON.parse(readFileSync("data/ontology.json", "utf8")));
let extractor: Extractor;

beforeAll(async () => {
  extractor = await openNeuralExtractor({ folder: "data/model", ontology });
});
afterAll(() => extractor.close());

async function soundExtraction(text: string, language: Language = "fr"): Promise<Extraction> {
  const extraction = await extractor.extract(documentOf(text, language));
  expect(faultsOfExtraction(extraction)).toEqual([]);
  expect(extractionSchema.parse(extraction)).toEqual(extraction);
  expect(extraction.text).toBe(text);
  return extraction;
}

describe("an article", () => {
  test("gives its actors, each once, with their types", async () => {
    const { entities } = await soundExtraction(FRENCH_ARTICLE);
    const named = (name: string) => entities.filter((entity) => [entity.name, ...entity.aliases].includes(name));
    expect(named("Vandamme")).toEqual(named("Hugo Vandamme"));
    expect(named("ANSSI")).toEqual(named("Agence nationale de la sécurité des systèmes d'information"));
    expect(named("ANSSI").map((entity) => entity.type)).toEqual(["PublicBody"]);
    expect(named("Belgique").map((entity) => entity.type)).toEqual(["Country"]);
    expect(named("Hugo Vandamme").map((entity) => entity.type)).toEqual(["Person"]);
  });

  test("gives claims that fit the ontology, in the order of the text, each once", async () => {
    for (const [article, language] of [
      [FRENCH_ARTICLE, "fr"],
      [ENGLISH_ARTICLE, "en"],
    ] as const) {
      const { claims, entities } = await soundExtraction(article, language);
      expect(claims.length).toBeGreaterThan(0);
      const typeOf = new Map(entities.map((entity) => [entity.id, entity.type]));
      for (const claim of claims) {
        const rule = ontology.relationships.find((relationship) => relationship.type === claim.type)!;
        const [from, to] = [typeOf.get(claim.subject)!, typeOf.get(claim.object)!];
        const fits = rule.from.includes(from) && rule.to.includes(to);
        expect(
          fits || (rule.symmetric && rule.from.includes(to) && rule.to.includes(from)),
          `${from} ${claim.type} ${to}`,
        ).toBe(true);
        expect(claim.subject).not.toBe(claim.object);
        expect(claim.start).toBeLessThanOrEqual(Math.min(claim.subjectSpan[0], claim.objectSpan[0]));
        expect(claim.end).toBeGreaterThanOrEqual(Math.max(claim.subjectSpan[1], claim.objectSpan[1]));
      }
      expect(claims.map((claim) => claim.start)).toEqual(claims.map((claim) => claim.start).sort((a, b) => a - b));
      const statements = claims.map((claim) => [claim.type, claim.subject, claim.object, claim.start].join(" "));
      expect(new Set(statements).size).toBe(statements.length);
    }
  });

  test("gives the same answer twice, and beside other documents", async () => {
    const [first, , second] = await Promise.all([
      extractor.extract(documentOf(FRENCH_ARTICLE)),
      extractor.extract(documentOf(ENGLISH_ARTICLE, "en")),
      extractor.extract(documentOf(FRENCH_ARTICLE)),
    ]);
    expect(second).toEqual(first);
  });
});

/** What an extraction says, without offsets, in one typography. */
function gist({ entities, mentions, claims }: Extraction) {
  const plain = (text: string): string =>
    text
      .normalize("NFC")
      .replace(/[’‘]/g, "'")
      .replace(/[«»“”]/g, '"')
      .replace(/[\u00a0\u202f]/g, " ");
  return {
    entities: entities.map(({ type, name, aliases, kind }) => ({
      type,
      name: plain(name),
      aliases: aliases.map(plain),
      kind,
    })),
    mentions: mentions.map(({ entity, surface, named, confidence }) => ({
      entity,
      surface: plain(surface),
      named,
      confidence,
    })),
    claims: claims.map(({ type, subject, object, quote, polarity, modality, former, saidBy, date, confidence }) => ({
      ...{ type, subject, object, polarity, modality, former, date, confidence },
      quote: plain(quote),
      saidBy: saidBy === null ? null : plain(saidBy),
    })),
  };
}

describe("the same text in other typography gives the same extraction:", () => {
  test.each<[string, (text: string) => string]>([
    ["typographic apostrophes", (text) => text.replaceAll("'", "’")],
    ["straight quotation marks", (text) => text.replace(/[«»]/g, '"')],
    [
      "typographic quotation marks",
      (text) =>
        text
          .replaceAll("« ", "“")
          .replaceAll(" »", "”")
          .replace(/"([^"]*)"/g, "“$1”"),
    ],
    ["no-break spaces", (text) => text.replaceAll(" ", "\u00a0")],
    ["narrow no-break spaces", (text) => text.replace(/ (?=[:;!?»])/g, "\u202f")],
    ["decomposed accents", (text) => text.normalize("NFD")],
  ])("%s", async (_name, change) => {
    for (const [article, language] of [
      [FRENCH_ARTICLE, "fr"],
      [ENGLISH_ARTICLE, "en"],
    ] as const) {
      // Marks without the spaces that French puts inside them change where words begin: compare with that spacing.
      const base =
        _name === "typographic quotation marks" ? article.replaceAll("« ", '"').replaceAll(" »", '"') : article;
      const expected = gist(await soundExtraction(base, language));
      expect(gist(await soundExtraction(change(article), language))).toEqual(expected);
    }
  });

  test("zero-width and control characters inside words", async () => {
    const text = FRENCH_ARTICLE.replaceAll("Vandamme", "Van\u200bdamme").replaceAll("police", "po\u00adli\u0007ce");
    const expected = gist(await soundExtraction(FRENCH_ARTICLE));
    const found = gist(await soundExtraction(text));
    const visible = JSON.parse(JSON.stringify(found).replace(/\u200b|\u00ad|\\u0007/g, "")) as typeof found;
    expect(visible).toEqual(expected);
  });
});

describe("any text gives a sound extraction:", () => {
  const pieces = fc.constantFrom(
    ...FRENCH_ARTICLE.split(/(?<=[.»]) /),
    ...ENGLISH_ARTICLE.split(/(?<=[.]) /),
    "\ud800",
    "🕵️‍♀️",
    "محمد في باريس",
    "\u202eEuropol\u202c",
    "e\u0301\u0301\u0301",
    "\u0000\u0007",
    "½ 1er №",
    "ﬁn",
    "\n\n",
    "EUROPOL A DEMANTELE MARELLE",
    "L a p0lice a arrèté Hugo Vandarnrne",
    '(((« “ "',
    "https://marelle.example/?q=1",
  );
  const anyText = fc.oneof(
    fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join(" ")),
    fc.array(pieces, { maxLength: 5 }).map((parts) => parts.join("")),
    fc.string({ unit: "binary", maxLength: 120 }),
    fc.string({ unit: "grapheme", maxLength: 120 }),
  );

  test("whatever it is made of", { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyText, fc.constantFrom<Language>("fr", "en"), async (text, language) => {
        await soundExtraction(text, language);
      }),
      { numRuns: 80 },
    );
  });

  test("without a word", async () => {
    for (const text of ["", " ", "\n\n\n", "…", "\u200b\u0000", "!?"]) {
      const { entities, mentions, claims } = await soundExtraction(text);
      expect({ entities, mentions, claims }).toEqual({ entities: [], mentions: [], claims: [] });
    }
  });

  test("a sentence of five thousand words", { timeout: 240_000 }, async () => {
    const words = Array.from({ length: 5_000 }, (_, index) =>
      index % 50 === 0 ? "Hugo Vandamme" : index % 7 === 0 ? "Europol" : "arrête",
    );
    const { claims } = await soundExtraction(words.join(" "));
    for (const claim of claims) expect(claim.quote.length).toBeLessThan(8_000);
  });
});

test("time grows with the text, not with its square", { timeout: 240_000 }, async () => {
  const text = (copies: number): string =>
    Array.from({ length: copies }, (_, index) => `${FRENCH_ARTICLE} ${index}`).join("\n\n");
  const milliseconds = async (copies: number): Promise<number> => {
    const start = performance.now();
    await soundExtraction(text(copies));
    return performance.now() - start;
  };
  await milliseconds(2);
  const small = await milliseconds(3);
  expect(await milliseconds(15)).toBeLessThan(small * 5 * 5 + 2_000);
});
