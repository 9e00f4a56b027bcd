import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { paragraphsOf } from "../../client/src/graph/article.ts";

const TEXT = "Titre\n\nEuropol a neutralisé Amaq. Le groupe dément.\nUne autre ligne.";
const MENTIONS = [
  { entity: "e1", start: 7, end: 14, named: true },
  { entity: "e2", start: 28, end: 32, named: true },
  { entity: "e3", start: 37, end: 43, named: false },
];

describe("an article in the reader", () => {
  it("marks mentions, and the quoted sentence with both ends", () => {
    const paragraphs = paragraphsOf(TEXT, MENTIONS, { span: [7, 33], subject: [7, 14], object: [28, 32] });
    expect(paragraphs[1]).toEqual({
      start: 7,
      segments: [
        { text: "Europol", start: 7, entity: "e1", named: true, lit: true, end: "subject" },
        { text: " a neutralisé ", start: 14, entity: null, named: false, lit: true, end: null },
        { text: "Amaq", start: 28, entity: "e2", named: true, lit: true, end: "object" },
        { text: ".", start: 32, entity: null, named: false, lit: true, end: null },
        { text: " Le ", start: 33, entity: null, named: false, lit: false, end: null },
        { text: "groupe", start: 37, entity: "e3", named: false, lit: false, end: null },
        { text: " dément.", start: 43, entity: null, named: false, lit: false, end: null },
      ],
    });
  });

  it("cuts the text without changing a character, whatever the spans", () => {
    const span = fc.tuple(fc.nat(80), fc.nat(80)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as [number, number]);
    const mention = span.map(([start, end]) => ({ entity: "e", start, end, named: true }));
    fc.assert(
      fc.property(
        fc.string({ maxLength: 80, unit: fc.constantFrom("a", "é", "\n", " ", "😀", ".") }),
        fc.array(mention),
        span,
        (text, mentions, lit) => {
          for (const { start, segments } of paragraphsOf(text, mentions, { span: lit, subject: null, object: null })) {
            const whole = segments.map((segment) => segment.text).join("");
            expect(text.slice(start, start + whole.length)).toBe(whole);
            expect(whole).not.toContain("\n");
          }
          const shown = paragraphsOf(text, mentions, null).map(({ segments }) =>
            segments.map((segment) => segment.text).join(""),
          );
          expect(shown).toEqual(text.split("\n").filter((line) => line.trim() !== ""));
        },
      ),
    );
  });
});
