import { describe, expect, test } from "vitest";
import type { Language } from "../../server/contract/ontology.ts";
import { foldText } from "../../server/extraction/folded-text.ts";
import { attributionOf, findAttributions } from "../../server/extraction/said-by.ts";

/** Mentions stand in brackets; the claim joins the two that stand in double ones. */
function sourceOf(marked: string, language: Language): string | null {
  let text = "";
  let last = 0;
  const mentions: { start: number; end: number; isEnd: boolean }[] = [];
  for (const match of marked.matchAll(/\[\[([^\]]+)\]\]|\[([^\]]+)\]/g)) {
    text += marked.slice(last, match.index);
    const surface = match[1] ?? match[2] ?? "";
    mentions.push({ start: text.length, end: text.length + surface.length, isEnd: match[1] !== undefined });
    text += surface;
    last = match.index + match[0].length;
  }
  text += marked.slice(last);
  const attributions = findAttributions(foldText(text, 0), [0, text.length], language, mentions);
  const [subject, object] = mentions.filter((mention) => mention.isEnd).map(({ start, end }) => [start, end] as const);
  const found = attributionOf({ subjectSpan: subject!, objectSpan: object! }, attributions);
  return found === null ? null : text.slice(found.start, found.end);
}

describe("French:", () => {
  test.each<[string, string | null]>([
    ["Selon la [police fédérale], [[Orvane]] a piraté [[Amane]].", "police fédérale"],
    ["Selon une source judiciaire, [[Orvane]] a piraté [[Amane]].", "une source judiciaire"],
    ["[[Orvane]] a piraté [[Amane]], d’après [Le Fleuve].", "Le Fleuve"],
    ["[[Orvane]] a piraté [[Amane]], a déclaré la ministre [Anne Roche].", "Anne Roche"],
    ["Le [parquet] a annoncé lundi que [[Orvane]] avait piraté [[Amane]].", "parquet"],
    ["Un enquêteur assure que [[Orvane]] finance [[Amane]].", "Un enquêteur"],
    ["« [[Orvane]] finance [[Amane]] », affirme l'acte d'accusation.", "l'acte d'accusation"],
    ["[[Anne Roche]], cheffe de la [[police fédérale]], a déclaré que tout va bien.", null],
    ["[[Orvane]] a piraté [[Amane]].", null],
    ["Le juge a reconnu [[Paul Roche]] coupable d'avoir piraté [[Amane]].", null],
  ])("%s", (marked, expected) => {
    expect(sourceOf(marked, "fr")).toBe(expected);
  });
});

describe("English:", () => {
  test.each<[string, string | null]>([
    ["According to [the Tribune], [[Orvane]] hacked [[Amane]].", "the Tribune"],
    ["[[Orvane]] hacked [[Amane]], according to court papers.", "court papers"],
    ["[[Orvane]] hacked [[Amane]], said Maj. [Tom Price], a spokesman.", "Tom Price"],
    ["[Meta] said on Wednesday that [[Orvane]] ran [[Amane]].", "Meta"],
    ["Prosecutors allege that [[Orvane]] paid [[Amane]].", null],
    ["A ministry spokesman confirmed that [[Orvane]] paid [[Amane]].", "A ministry spokesman"],
    ["[[Tom Price]], an analyst at [[Check House]], said the invoices looked genuine.", null],
    ["The raid on [[Orvane]] was claimed by [[Amane]].", null],
    ["[[The United States]] announced the arrest of [[Tom Price]].", null],
  ])("%s", (marked, expected) => {
    expect(sourceOf(marked, "en")).toBe(expected);
  });
});
