import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { documentId } from "../../server/contract/identifiers.ts";
import { holdsExtractions, parseExtraction, readLines, type NumberedLine } from "../../server/extraction-lines.ts";
import { extractionOf } from "./extractions.ts";

async function linesOf(chunks: Uint8Array[]): Promise<NumberedLine[]> {
  const lines: NumberedLine[] = [];
  for await (const line of readLines(chunks)) lines.push(line);
  return lines;
}

describe("lines", () => {
  test("empty lines and a byte-order mark are left out, numbers count all lines", async () => {
    const bytes = Buffer.from("\uFEFF{}\r\n\n  \n[1]", "utf8");
    expect(await linesOf([bytes])).toEqual([
      { number: 1, line: "{}" },
      { number: 4, line: "[1]" },
    ]);
  });

  test("where the chunks are cut makes no difference", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.string({ unit: "grapheme" }).map((text) => text.replaceAll(/[\n\uFEFF]/g, "")),
          { maxLength: 6 },
        ),
        fc.array(fc.nat({ max: 200 }), { maxLength: 8 }),
        async (texts, cuts) => {
          const bytes = Buffer.from(texts.join("\n"), "utf8");
          const places = [...new Set([0, ...cuts.filter((cut) => cut < bytes.length), bytes.length])].sort(
            (a, b) => a - b,
          );
          const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
          const expected = texts
            .map((text, index) => ({ number: index + 1, line: Buffer.from(text, "utf8").toString("utf8").trim() }))
            .filter(({ line }) => line !== "");
          expect(await linesOf(chunks)).toEqual(expected);
        },
      ),
    );
  });
});

describe("one line", () => {
  test("a sound extraction comes back as it was", () => {
    const extraction = extractionOf(
      "Europol a neutralisé Amaq.",
      ["Europol", "Amaq"],
      [["Europol", "TOOK_DOWN", "Amaq"]],
    );
    expect(parseExtraction(JSON.stringify(extraction))).toEqual({ extraction });
  });

  test("a foreign id gives way to the hash of the text, and claims follow", () => {
    const own = extractionOf("Europol a neutralisé Amaq.", ["Europol", "Amaq"], [["Europol", "TOOK_DOWN", "Amaq"]]);
    const foreign = { ...own, id: "fr-0001", claims: own.claims.map((claim) => ({ ...claim, id: "c1" })) };
    expect(own.id).toBe(documentId(own.text));
    expect(parseExtraction(JSON.stringify(foreign))).toEqual({ extraction: own });
  });

  test.each([
    ["no JSON", "{", /the line is no JSON/],
    ["another object", '{"a":1}', /expected string, received undefined; and 7 more/],
    ["an empty text", JSON.stringify({ ...extractionOf("x", [], []), text: " " }), /has no text/],
    [
      "a quote that is not the text's",
      JSON.stringify(
        extractionOf("Europol a neutralisé Amaq.", ["Europol", "Amaq"], [["Europol", "TOOK_DOWN", "Amaq"]]),
      ).replace('"quote":"Europol a', '"quote":"Interpol a'),
      /its quote is not the text's slice/,
    ],
  ])("%s is refused with the reason", (_name, line, message) => {
    const outcome = parseExtraction(line);
    expect("problem" in outcome ? outcome.problem.message : null).toMatch(message);
  });
});

test.each([
  ["a.jsonl", null, true],
  ["a.NDJSON", null, true],
  ["a.json", "application/octet-stream", true],
  ["a.txt", "application/x-ndjson; charset=utf-8", true],
  ["a.jsonl", "text/plain", false],
  ["a.txt", null, false],
])("%s with the type %s holds extractions: %s", (name, mediaType, expected) => {
  expect(holdsExtractions(name, mediaType)).toBe(expected);
});
