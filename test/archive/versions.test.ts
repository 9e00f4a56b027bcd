import { describe, expect, test } from "vitest";
import { areVersions, compareTexts, originalsOf } from "../../server/archive/versions.ts";

const FIRST = "Trois blessés à Liège\n\nL'explosion a fait trois blessés, selon le parquet. Un homme est entendu.";
const SECOND =
  "Trois blessés à Liège\n\nL'explosion a fait quatre blessés, selon le parquet. Un homme est entendu. La piste du gaz est écartée.";

describe("comparing", () => {
  test("tells the sentences that came and those that went", () => {
    const { added, removed, kept } = compareTexts(FIRST, SECOND);
    expect([added, removed]).toEqual([
      ["L'explosion a fait quatre blessés, selon le parquet.", "La piste du gaz est écartée."],
      ["L'explosion a fait trois blessés, selon le parquet."],
    ]);
    expect(kept).toBeGreaterThan(0.3);
    expect(kept).toBeLessThan(0.7);
  });

  test("white space is no change, and a sentence that stands twice counts twice", () => {
    expect(compareTexts("One is here. Two.", "One  is here.\nTwo. Two.")).toEqual({
      added: ["Two."],
      removed: [],
      kept: 1,
    });
  });

  test("an article that grew is a version, another article at the address is none", () => {
    expect(areVersions(FIRST, `${FIRST} ${SECOND} ${"Une phrase de plus est là. ".repeat(20)}`)).toBe(true);
    expect(areVersions(FIRST, "Le conseil communal a voté le budget. La séance a duré deux heures.")).toBe(false);
    expect(areVersions("", "")).toBe(false);
  });
});

test("each version is told beside the one that followed it, latest first", () => {
  const version = (text: string) => ({ document: text, title: text, text, captures: [], replacedAt: "2026-01-01" });
  const record = { document: "d", captures: [], earlier: [version("A. B."), version("A. C.")] };
  expect(originalsOf(record, "A. D.")).toEqual({
    captures: [],
    versions: [
      { title: "A. C.", captures: [], replacedAt: "2026-01-01", added: ["D."], removed: ["C."] },
      { title: "A. B.", captures: [], replacedAt: "2026-01-01", added: ["C."], removed: ["B."] },
    ],
  });
});
