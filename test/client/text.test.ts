import { describe, expect, it } from "vitest";
import { dateWords, preferredLanguage, TEXT, translate, type TextKey } from "../../client/src/text.ts";

const KEYS = Object.keys(TEXT.en) as TextKey[];

const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

describe("the page's words", () => {
  it("exist in both languages under the same keys, none empty", () => {
    expect(Object.keys(TEXT.fr).sort()).toEqual([...KEYS].sort());
    for (const language of ["en", "fr"] as const) {
      expect(KEYS.filter((key) => TEXT[language][key].trim() === "")).toEqual([]);
    }
  });

  it("take the same parameters in both languages", () => {
    const different = KEYS.filter((key) => placeholders(TEXT.en[key]).join() !== placeholders(TEXT.fr[key]).join());
    expect(different).toEqual([]);
  });

  it("have a singular and a plural exactly where the other language has them", () => {
    const different = KEYS.filter((key) => TEXT.en[key].includes(" | ") !== TEXT.fr[key].includes(" | "));
    expect(different).toEqual([]);
  });

  it("choose the form by number, as each language counts", () => {
    expect([0, 1, 2].map((n) => translate("en", "articles", { n }))).toEqual(["0 articles", "1 article", "2 articles"]);
    expect([0, 1, 2].map((n) => translate("fr", "articles", { n }))).toEqual(["0 article", "1 article", "2 articles"]);
  });

  it("keep French punctuation on the line of its word", () => {
    expect(translate("fr", "search.none", { query: "Amaq" })).toBe("Rien ne s’appelle «\u00a0Amaq\u00a0».");
  });

  it("leave a name with braces or bars as it is", () => {
    expect(translate("en", "step.hide", { name: "{n} | <b>" })).toBe("Hid {n} | <b>");
  });

  it("tell dates as precisely as they are known", () => {
    expect(["2019", "2019-11", "2019-11-24"].map((date) => dateWords(date, "fr"))).toEqual([
      "2019",
      "novembre 2019",
      "24 nov. 2019",
    ]);
    expect(["2019", "2019-11", "2019-11-24"].map((date) => dateWords(date, "en"))).toEqual([
      "2019",
      "November 2019",
      "24 Nov 2019",
    ]);
  });

  it("follow the first language of the browser that the page speaks", () => {
    expect([["nl", "fr-BE", "en"], ["en-GB", "fr"], ["de"]].map(preferredLanguage)).toEqual(["fr", "en", "en"]);
  });
});
