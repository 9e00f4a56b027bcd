import { expect, test } from "vitest";
import type { Modality } from "../../server/contract/extraction.ts";
import type { Language, RelationshipType } from "../../server/contract/ontology.ts";
import { factuality } from "../../server/extraction/factuality.ts";

/** The two ends of the claim stand in brackets; the model takes it for affirmed and asserted unless told otherwise. */
function told(
  marked: string,
  type: RelationshipType,
  language: Language,
  modality: Modality = "asserted",
  isQuotedWhole = false,
): string {
  const text = marked.replace(/[[\]]/g, "");
  const spans = [...marked.matchAll(/\[([^\]]+)\]/g)].map((match, index): [number, number] => {
    const start = match.index - 2 * index;
    return [start, start + match[1]!.length];
  });
  const claim = {
    type,
    start: 0,
    end: text.length,
    subjectSpan: spans[0]!,
    objectSpan: spans[1]!,
    polarity: "affirmed",
    modality,
  } as const;
  const result = factuality(claim, text, language, isQuotedWhole);
  return `${result.polarity} ${result.modality}`;
}

test.each<[string, RelationshipType, Language, string]>([
  ["[Orvane] aurait piraté [Amane].", "HACKED", "fr", "affirmed alleged"],
  ["[Les pirates] seraient entrés par [Corvin], puis partis.", "USED", "fr", "affirmed alleged"],
  ["[Marchenko] a nié appartenir à [Silver Lynx].", "MEMBER_OF", "fr", "affirmed denied"],
  ["[Le tribunal] a acquitté [Vito Cannavo].", "CONVICTED", "fr", "negated asserted"],
  ["[Le tribunal] a condamné [Vito Cannavo] et acquitté sa sœur.", "CONVICTED", "fr", "affirmed asserted"],
  ["[Roche] « dément » et menace de poursuivre [le Conseil].", "THREATENED", "fr", "affirmed asserted"],
  ["[Orvane] a piraté [Amane], qui aurait payé.", "HACKED", "fr", "affirmed asserted"],
  ["[Adler] is believed to have run [Tin Heron].", "LEADS", "en", "affirmed alleged"],
  ["[Adler], who is accused of heading [Tin Heron], fled.", "LEADS", "en", "affirmed alleged"],
  ["[Iran] denies that it carried out [the attack].", "CONDUCTED", "en", "affirmed denied"],
  ["[He] denies it, and [the FBI] closed its inquiry.", "INVESTIGATED", "en", "affirmed asserted"],
  ["[Adler] was acquitted by [the court].", "CONVICTED", "en", "negated asserted"],
  ["[La fondation] n'a financé ni [le parti] ni la ville.", "FUNDED", "fr", "negated asserted"],
  ["[Elle] ne dirige pas [Orvane].", "LEADS", "fr", "negated asserted"],
  ["[La Brigade] n'a pas tardé à signer [le piratage].", "CLAIMED", "fr", "affirmed asserted"],
  ["[The Council] did not sanction [Adler].", "SANCTIONED", "en", "negated asserted"],
  ["[Adler] has not paid but has met [the FBI].", "MET", "en", "affirmed asserted"],
  ["[Adler] led [Tin Heron].", "LEADS", "en", "affirmed asserted"],
])("%s %s (%s) is %s", (marked, type, language, expected) => {
  expect(told(marked, type, language)).toBe(expected);
});

test("what the model does not take for asserted stays as it is", () => {
  expect(told("[Orvane] aurait piraté [Amane].", "HACKED", "fr", "reported")).toBe("affirmed reported");
});

test("what a source is named for is reported, if it happened, and stays if it lasts", () => {
  expect(told("Selon un témoin, [Orvane] a piraté [Amane].", "HACKED", "fr", "asserted", true)).toBe(
    "affirmed reported",
  );
  expect(told("Selon [Roche], chef d'[Orvane], tout va bien.", "LEADS", "fr", "asserted", true)).toBe(
    "affirmed asserted",
  );
});
