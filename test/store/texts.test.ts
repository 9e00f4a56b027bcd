import { describe, expect, test } from "vitest";
import { excerptsOf, parseTextQuery, searchWordsOf } from "../../server/store/texts.ts";

describe("a query", () => {
  test.each([
    ["procès Liège", { words: ["proces", "liege"], phrases: [], without: [] }],
    ['"le procès" gaz', { words: ["gaz"], phrases: ["le proces"], without: [] }],
    ["« Le Procès » -gaz", { words: [], phrases: ["le proces"], without: ["gaz"] }],
    ['-"sans suite" Saint-Denis', { words: ["saint", "denis"], phrases: [], without: ["sans suite"] }],
    ['Amaq "jamais fermé', { words: ["amaq"], phrases: ["jamais ferme"], without: [] }],
    ['- – "" -""', { words: [], phrases: [], without: [] }],
    ['a* OR (b) +c ~"d"', { words: ["a", "or", "b", "c"], phrases: ["d"], without: [] }],
  ])("%s", (query, parsed) => {
    expect(parseTextQuery(query)).toEqual(parsed);
  });
});

test("words are kept in their order, each between spaces", () => {
  expect(searchWordsOf("L’Élysée", "réagit, l'Élysée !")).toBe(" l elysee reagit l elysee ");
});

test("a phrase is marked whole, with accents and signs as they stand; words within it are not marked again", () => {
  const text = "On sait que l’Élysée a réagi. L'Élysée, a-t-on dit, réagira.";
  const marked = (query: string) =>
    excerptsOf(text, parseTextQuery(query)).flatMap((excerpt) =>
      excerpt.marks.map(([from, to]) => excerpt.text.slice(from, to)),
    );
  expect(marked('"l elysee a reagi" réag')).toEqual(["l’Élysée a réagi", "réagira"]);
  expect(marked('"elysee reagi"')).toEqual([]);
  expect(marked('-"a reagi"')).toEqual([]);
});
