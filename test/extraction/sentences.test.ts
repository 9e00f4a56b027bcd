import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitSentences } from "../../server/extraction/sentences.ts";

function sentencesOf(text: string): string[] {
  return splitSentences(text).map(({ start, end }) => text.slice(start, end));
}

/** Each line is one sentence; joined by a space they are one paragraph that must come apart into the same lines. */
const PARAGRAPHS: Readonly<Record<string, string[]>> = {
  "titles and initials": [
    "M. Paul Verdier a rencontré Mme Anne-Lise Roche et le Dr. Faure mardi.",
    "Le lt-col. n'était pas là, J.-P. Morel non plus.",
    "Mr. George W. Harding Jr. met Sen. Ruth Adler and Gen. Tom Price.",
    "Dr. A. J. Cole left early.",
  ],
  "countries and bodies with dots": [
    "The U.S. Department of Justice charged him in the U.S.",
    "He denies it.",
    "Officials of the U.N. Security Council met in Washington, D.C. on Monday.",
    "It was 5 p.m. when they left.",
  ],
  "numbers, articles and versions": [
    "L'art. 12 et le no. 4 sont cités, p. 33, al. 2.",
    "Le budget est de 1.5 million, soit 3,2 p. 100 de plus.",
    "Version 2.0.1 was released on Jan. 5, and No. 10 refused to comment.",
    "The answer was no.",
    "Nobody came.",
  ],
  "companies and lists": [
    "Segura Inc. and Bolt Ltd. signed, with Arden Corp. of Leeds, etc.",
    "Le groupe vend des logiciels, des routeurs, etc.",
    "Il emploie cent personnes.",
  ],
  "ellipses and exclamations": [
    "Il hésite… puis signe.",
    "Qui l'a payé ?",
    "Personne ne le dit !",
    "They waited... and waited.",
    "Then Yahoo! News called.",
  ],
  addresses: [
    "Le site courrier-libre.example renvoie vers www.ovale.info/page.html et vers @canal_7.",
    "Écrire à contact@ovale.info.",
    "njRAT est connu depuis 2013.",
    "quartz-blog.onion was seized.",
  ],
  "a quotation stays whole": [
    "« Nous avons payé. Nous ne recommencerons pas », dit Anne Roche.",
    '"We paid. We will not do it again," said Ruth Adler.',
    "She added: “It is over. Go home.”",
    "Le parquet a confirmé.",
  ],
  "parentheses stay whole": [
    "Le rapport (voir p. 3. Annexe B) est public.",
    "The fund (est. 1999. Closed in 2004) is gone.",
    "Nothing remains.",
  ],
};

describe("a paragraph comes apart into its sentences:", () => {
  test.each(Object.entries(PARAGRAPHS))("%s", (_name, lines) => {
    expect(sentencesOf(lines.join(" "))).toEqual(lines);
  });
});

test("a headline without a full stop, a dateline and bullets are sentences of their own", () => {
  const text =
    "Trois arrestations à Lille\n\nLILLE (AFP) — La police a arrêté trois hommes. Ils nient.\n\n12 mai 2019. – Le parquet confirme.\n- Un serveur saisi\n- Deux comptes fermés";
  expect(sentencesOf(text)).toEqual([
    "Trois arrestations à Lille",
    "LILLE (AFP) — La police a arrêté trois hommes.",
    "Ils nient.",
    "12 mai 2019. –",
    "Le parquet confirme.",
    "- Un serveur saisi",
    "- Deux comptes fermés",
  ]);
});

test("a date or a time that a chronicle's entry begins with stays with its sentence", () => {
  expect(sentencesOf("23 avril. La NCA annonce une arrestation. Elle en tait le nom.")).toEqual([
    "23 avril. La NCA annonce une arrestation.",
    "Elle en tait le nom.",
  ]);
  expect(sentencesOf("12 h 15. Les grévistes partent. 13 h. Ils reviennent.")).toHaveLength(2);
});

test("lines of hard-wrapped text are joined, lines of other text are not", () => {
  const wrapped = [
    "The agency said on Tuesday that it had taken down a market for stolen",
    "credentials, and that two of its administrators had been detained in the",
    "port of Varna. A third is still sought by the police of four countries.",
  ].join("\n");
  expect(sentencesOf(wrapped)).toEqual([
    "The agency said on Tuesday that it had taken down a market for stolen\ncredentials, and that two of its administrators had been detained in the\nport of Varna.",
    "A third is still sought by the police of four countries.",
  ]);
  expect(
    sentencesOf("A short title\nA second line that is not wrapped at all, since it is far longer than the first"),
  ).toHaveLength(2);
});

test("a missing space after a full stop is seen, the dots of names and domains are not", () => {
  expect(sentencesOf("Il quitte la ville.Le maire se tait.")).toEqual(["Il quitte la ville.", "Le maire se tait."]);
  expect(sentencesOf("Ils utilisent Rocket.Chat et lemonde.Com pour cela.")).toHaveLength(1);
});

test("typography does not move a boundary", () => {
  const text = "« C'est fini. L'été vient », dit l'élue. Déc. 2019 : l'« affaire » commence. Qui l'a dit ?";
  const plain = sentencesOf(text);
  expect(plain).toHaveLength(3);
  const variants: ((raw: string) => string)[] = [
    (raw) => raw.replaceAll("'", "’"),
    (raw) => raw.replaceAll(" ", "\u00a0"),
    (raw) => raw.replace(/[«»]/g, '"'),
    (raw) => raw.normalize("NFD"),
  ];
  for (const variant of variants) {
    expect(sentencesOf(variant(text)).map((each) => each.length)).toEqual(plain.map((each) => variant(each).length));
  }
});

test("a blank text has no sentence", () => {
  expect(splitSentences("")).toEqual([]);
  expect(splitSentences(" \n\t\u00a0\u2028\ufeff ")).toEqual([]);
});

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        "A",
        "é",
        " ",
        ".",
        "!",
        "…",
        "«",
        "»",
        '"',
        "(",
        ")",
        "\n",
        "1",
        "\ud800",
        "🙂",
        "م",
        "\u200b",
        "’",
      ),
      {
        maxLength: 200,
      },
    )
    .map((parts) => parts.join("")),
);

test("every visible character lies in exactly one sentence, whatever the text", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      let last = 0;
      for (const { start, end } of splitSentences(text)) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        expect(text.slice(last, start).trim()).toBe("");
        const sentence = text.slice(start, end);
        expect(sentence.trim()).toBe(sentence);
        last = end;
      }
      expect(text.slice(last).trim()).toBe("");
    }),
    { numRuns: 500 },
  );
});

test("time grows with the text, not with its square", () => {
  const paragraph = 'Le « groupe » (dit l’un) a payé. "Nous" (bis) partons ! M. X… et no. 4 ? ';
  const hostile = ["« ", "( ", ". A", '"a ', ".\n", "a.B", "!!!! "];
  const milliseconds = (text: string): number => {
    const start = performance.now();
    splitSentences(text);
    return performance.now() - start;
  };
  for (const unit of [paragraph, ...hostile]) {
    const small = unit.repeat(Math.ceil(50_000 / unit.length));
    milliseconds(small);
    const once = Math.max(1, milliseconds(small));
    expect(milliseconds(small.repeat(10)), JSON.stringify(unit)).toBeLessThan(once * 10 * 8 + 200);
  }
});
