import fc from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { faultsOfExtraction } from "../../server/contract/extraction.ts";
import { readCorpus } from "../../server/corpus/corpus-files.ts";
import { readStandOffFile, restoreArticle, standOffFile, standOffOf } from "../../server/corpus/stand-off.ts";
import { AMAQ, gold, ontology } from "./annotated.ts";

const DOCUMENT = gold(AMAQ);

test("a stand-off article holds offsets, types, relations and hashes, and no word of the text", () => {
  expect(standOffOf(DOCUMENT)).toEqual({
    id: "fr-9001",
    language: "fr",
    publishedAt: "2019-11-25",
    topic: "cyber",
    hash: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
    entities: ["PublicBody", "PublicBody", "MediaOutlet", "ThreatGroup", "Event"],
    paragraphs: [
      [expect.stringMatching(/^13 [0-9a-f]{6}\|0\+4e3\|$/)],
      [
        expect.stringMatching(
          /^90 [0-9a-f]{6}\|18\+7e1,29\+19e2,59\+4e3,76\+13e4\|e1 TOOK_DOWN e3 @2019-11-24;e2 TOOK_DOWN e3;e1 COOPERATED_WITH e2;e3 MOUTHPIECE_OF e4$/,
        ) as string,
        expect.stringMatching(/^29 [0-9a-f]{6}\|5\+9e5\|$/) as string,
        expect.stringMatching(
          /\|0\+8~e1,18\+8~e5,34\+2e4\|e1 CONDUCTED e5 \?alleged;e5 TARGETED e4 \?alleged \^1$/,
        ) as string,
      ],
    ],
  });
});

test("the same text gives the same document back", () => {
  expect(restoreArticle(standOffOf(DOCUMENT), DOCUMENT.text)).toEqual({ document: DOCUMENT, fault: null });
});

test("a page around the article and other white space do not matter", () => {
  const fetched = `Accueil\n\n${DOCUMENT.text.replaceAll(" ", "\n  ")}\n\nSources\n- un lien`;
  expect(restoreArticle(standOffOf(DOCUMENT), fetched)).toEqual({ document: DOCUMENT, fault: null });
});

test("no-break spaces of the fetched text stay in it, and every span is still exact", () => {
  const { document } = restoreArticle(standOffOf(DOCUMENT), DOCUMENT.text.replaceAll(" ", "\u00A0"));
  // Only between sentences, which the format joins, stands an ordinary space.
  expect(document?.text).toBe(DOCUMENT.text.replaceAll(" ", "\u00A0").replaceAll(".\u00A0", ". "));
  expect(document?.extraction.mentions.map(({ surface }) => surface.replaceAll("\u00A0", " "))).toEqual(
    DOCUMENT.extraction.mentions.map(({ surface }) => surface),
  );
});

describe("another text is refused", () => {
  test.each([
    ["a changed word", DOCUMENT.text.replace("deux jours", "trois jours"), "sentence 3 is not in the text"],
    ["a missing sentence", DOCUMENT.text.slice(0, 150), "sentence 3 is not in the text"],
    ["another order", DOCUMENT.text.split("\n\n").reverse().join("\n\n"), "sentence 2 is not in the text"],
    ["nothing", "", "sentence 1 is not in the text"],
  ])("%s", (_what, text, fault) => {
    expect(restoreArticle(standOffOf(DOCUMENT), text)).toEqual({ document: null, fault: `fr-9001: ${fault}` });
  });
});

test("the authored articles survive the way through a file, whatever the white space", async () => {
  const { documents } = await readCorpus(["data/corpus/authored/dossiers"], ontology);
  const restoredFrom = readStandOffFile(standOffFile(documents.map(standOffOf)));
  fc.assert(
    fc.property(fc.nat(documents.length - 1), fc.constantFrom(" ", "\n", "\t \n", "  "), (index, space) => {
      const document = documents[index]!;
      const restored = restoreArticle(restoredFrom[index]!, document.text.replaceAll(" ", space));
      expect(restored.fault).toBeNull();
      expect(restored.document?.text).toBe(document.text);
      expect(restored.document?.statements.length).toBe(document.statements.length);
      expect(faultsOfExtraction(restored.document!.extraction)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test("the committed stand-off files are well-formed and hold no sentence", () => {
  for (const [language, articles] of [
    ["fr", 677],
    ["en", 324],
  ] as const) {
    const json = readFileSync(`data/corpus/wikinews/${language}.json`, "utf8");
    const documents = readStandOffFile(json);
    expect(documents).toHaveLength(articles);
    expect(new Set(documents.map((document) => document.language))).toEqual(new Set([language]));
    const line = /^\d+ [0-9a-f]{6}\|(?:\d+\+\d+~?e\d+,?)*\|(?:e\d+ [A-Z_]+ e\d+[ !?a-z@\d^-]*;?)*$/;
    for (const sentence of documents.flatMap((document) => document.paragraphs.flat())) expect(sentence).toMatch(line);
  }
});
