import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { extractionSchema, faultsOfExtraction } from "../../server/contract/extraction.ts";
import { claimId } from "../../server/contract/identifiers.ts";
import { formatFault, parseArticle, parseArticles } from "../../server/corpus/article-parser.ts";
import { writeArticle } from "../../server/corpus/article-writer.ts";
import { toJsonLines } from "../../server/corpus/gold-document.ts";
import { AMAQ, gold, rules } from "./annotated.ts";

test("lines of a paragraph are joined by a space, paragraphs by a blank line", () => {
  expect(gold(AMAQ).text).toBe(
    "Amaq paralysée\n\nL'agence européenne Europol et la police fédérale belge ont paralysé Amaq, l'agence de l'État islamique. Cette opération a duré deux jours. L'agence aurait mené celle-ci contre l'EI.",
  );
});

test("the extraction is what a perfect extractor would print", () => {
  const document = gold(AMAQ);
  const { extraction, text } = document;
  expect(extractionSchema.parse(extraction)).toEqual(extraction);
  expect(faultsOfExtraction(extraction)).toEqual([]);
  expect({ ...extraction, mentions: undefined, claims: undefined, entities: undefined }).toEqual({
    id: "fr-9001",
    title: "Amaq paralysée",
    url: null,
    source: null,
    byline: null,
    language: "fr",
    publishedAt: "2019-11-25",
    mediaType: "text/plain",
    text,
    extractor: "human",
    warnings: [],
  });
  expect(extraction.entities[3]).toEqual({
    id: "e4",
    type: "ThreatGroup",
    name: "État islamique",
    aliases: ["EI"],
    kind: null,
  });
  expect(extraction.mentions.map(({ entity, surface, named }) => `${entity} ${surface}${named ? "" : " ~"}`)).toEqual([
    "e3 Amaq",
    "e1 Europol",
    "e2 police fédérale belge",
    "e3 Amaq",
    "e4 État islamique",
    "e5 opération",
    "e1 L'agence ~",
    "e5 celle-ci ~",
    "e4 EI",
  ]);
  const first = text.indexOf("L'agence européenne");
  const europol = text.indexOf("Europol");
  const amaq = text.indexOf("Amaq,");
  const end = text.indexOf(" Cette");
  expect(extraction.claims[0]).toEqual({
    id: claimId("fr-9001", "TOOK_DOWN", [europol, europol + 7], [amaq, amaq + 4], [first, end]),
    type: "TOOK_DOWN",
    subject: "e1",
    object: "e3",
    subjectSpan: [europol, europol + 7],
    objectSpan: [amaq, amaq + 4],
    start: first,
    end,
    quote: text.slice(first, end),
    polarity: "affirmed",
    modality: "asserted",
    former: false,
    saidBy: null,
    date: "2019-11-24",
    confidence: 1,
  });
});

test("a statement marked ^1 quotes the sentence before too", () => {
  const { claims } = gold(AMAQ).extraction;
  expect(claims.at(-1)?.quote).toBe("Cette opération a duré deux jours. L'agence aurait mené celle-ci contre l'EI.");
  expect(claims.at(-2)?.quote).toBe("L'agence aurait mené celle-ci contre l'EI.");
});

test("one line of JSON is printed a document", () => {
  const documents = [gold(AMAQ), gold(AMAQ)];
  const lines = toJsonLines(documents).split("\n");
  expect(lines.pop()).toBe("");
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(documents.map((document) => document.extraction));
});

test("of two modalities the stronger one counts", () => {
  const document = gold(AMAQ.replace("e1 CONDUCTED e5 ?alleged", "e1 CONDUCTED e5 ?reported ?planned !  former"));
  expect(document.statements[4]).toMatchObject({ modality: "planned", polarity: "negated", former: true });
});

describe("faults are told with their line", () => {
  test.each([
    [
      "a broken header",
      [/^# fr.*\n/, "# fr lang=de\n"],
      "1: the first line must be '# id lang=fr|en date=YYYY-MM-DD topic=word'",
    ],
    ["a header date that does not exist", ["2019-11-25", "2019-02-30"], "1: the date 2019-02-30 does not exist"],
    ["an unknown type", ["MediaOutlet Amaq", "Outlet Amaq"], "4: unknown type Outlet"],
    ["a broken entity line", ["@e3 MediaOutlet Amaq", "@e3"], "4: not an entity line ('@e1 Type name | alias'): @e3"],
    ["a double declaration", ["@e2 ", "@e1 "], "3: e1 is declared twice"],
    ["an empty alias", ["| EI", "|  "], "5: e4 has an empty name or alias"],
    [
      "an entity that is never mentioned",
      ["@e5 Event", "@e6 Person Jean\n@e5 Event"],
      "6: e6 (Jean) is never mentioned",
    ],
    ["an entity without a name", [/\[Amaq\]\(e3\)/g, "[Amaq](~e3)"], "4: e3 (Amaq) is never mentioned by name"],
    ["an undeclared mention", ["[EI](e4)", "[EI](e9)"], "13: undeclared e9"],
    ["white space at a mention's edge", ["[EI]", "[EI ]"], "13: white space at the edge of [EI ]"],
    ["a nested mention", ["[EI](e4)", "[l'[EI](e4)](e4)"], "13: broken or nested mention"],
    ["a second header", ["Cette ", "# Cette "], "12: only the first line is a header"],
    [
      "a relation under no sentence",
      ["> e1 CONDUCTED", "\n> e1 CONDUCTED"],
      "15: a relation line must stand right under its sentence",
    ],
    ["an unknown relationship", ["TOOK_DOWN e3;", "TOOK e3;"], "11: unknown relationship TOOK in 'e2 TOOK e3'"],
    [
      "the derived type",
      ["TOOK_DOWN e3;", "ACTED_AGAINST e3;"],
      "11: unknown relationship ACTED_AGAINST in 'e2 ACTED_AGAINST e3'",
    ],
    ["an undeclared end", ["e2 TOOK_DOWN", "e8 TOOK_DOWN"], "11: undeclared entity in 'e8 TOOK_DOWN e3'"],
    [
      "an entity related to itself",
      ["e1 COOPERATED_WITH e2", "e1 COOPERATED_WITH e1"],
      "11: an entity relates to itself in 'e1 COOPERATED_WITH e1'",
    ],
    [
      "an end outside the sentence",
      ["e5 TARGETED e4", "e5 TARGETED e3"],
      "14: e3 (Amaq) is not mentioned in the sentence of 'e5 TARGETED e3 ?alleged ^1'",
    ],
    [
      "types that do not fit",
      ["e3 MOUTHPIECE_OF e4", "e4 MOUTHPIECE_OF e3"],
      "11: MOUTHPIECE_OF does not go from ThreatGroup to MediaOutlet in 'e4 MOUTHPIECE_OF e3'",
    ],
    [
      "two types where one is needed",
      ["e3 MOUTHPIECE_OF e4", "e3 SUCCEEDED e4"],
      "11: SUCCEEDED needs two of the same type in 'e3 SUCCEEDED e4'",
    ],
    ["an unknown mark", ["?alleged;", "?maybe;"], "14: unknown mark ?maybe in 'e1 CONDUCTED e5 ?maybe'"],
    [
      "a date that does not exist",
      ["@2019-11-24", "@2019-13"],
      "11: the date 2019-13 does not exist in 'e1 TOOK_DOWN e3 @2019-13'",
    ],
    ["an empty file", [/[\s\S]+/, ""], "1: the first line must be '# id lang=fr|en date=YYYY-MM-DD topic=word'"],
    ["no sentence", [/\n\n[\s\S]+/, ""], "6: the article has no sentence"],
  ] as const)("%s", (_what, [from, to], expected) => {
    const { document, faults } = parseArticle(AMAQ.replace(from, to), "a.ann.md", rules);
    expect(document).toBeNull();
    expect(faults.map(formatFault)).toContain(`a.ann.md:${expected}`);
  });

  test("an id in two files", () => {
    const sources = ["a.ann.md", "b.ann.md"].map((file) => ({ file, source: AMAQ }));
    expect(parseArticles(sources, rules).faults.map(formatFault)).toEqual([
      "b.ann.md:1: the id fr-9001 stands also in a.ann.md",
    ]);
  });
});

test("Windows line ends and a byte-order mark change nothing", () => {
  expect(gold(`\uFEFF${AMAQ.replaceAll("\n", "\r\n")}`)).toEqual(gold(AMAQ));
});

test("any text is read back as it was written", () => {
  const word = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 8 })
    .map((text) => text.replace(/[\s[\]()@#>|;\p{C}]/gu, "x"));
  const sentence = fc.record({
    before: word,
    surface: word,
    after: word,
    named: fc.boolean(),
    related: fc.boolean(),
    marks: fc.subarray(["!", "?reported", "former", "@2019-11", "^1"]),
    opensParagraph: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(sentence, { minLength: 1, maxLength: 8 }), (sentences) => {
      const lines = sentences.flatMap(({ before, surface, after, named, related, marks, opensParagraph }) => [
        ...(opensParagraph ? [""] : []),
        `${before} [${surface}](${named ? "" : "~"}e2) ${after} [Nom](e1).`,
        ...(related ? [`> e1 ATTACKED e2 ${marks.join(" ")}`] : []),
      ]);
      const source = ["# x-1 lang=en date=2019 topic=t", "@e1 Person Nom", "@e2 Event Fait | Autre", "", ...lines].join(
        "\n",
      );
      const document = gold(source);
      expect(faultsOfExtraction(document.extraction)).toEqual([]);
      expect(gold(writeArticle(document))).toEqual(document);
    }),
  );
});
