/** Reading of single inputs. All fixtures were written for these tests. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { documentId } from "../../server/contract/identifiers.ts";
import { readDocument, readText, type ReadInput } from "../../server/reading/read-document.ts";

const FRENCH =
  "Europol et la police belge ont démantelé le réseau, a annoncé l’agence. L’œuvre de deux ans coûta 5 € par jour.";
const ENGLISH =
  "The agency said on Monday that two men had been arrested in the port of Antwerp after a long investigation.";

async function read(content: string | Uint8Array, name = "article.txt", rest: Partial<ReadInput> = {}) {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const { document, problem } = await readDocument({ bytes, name, ...rest });
  if (problem !== null) throw new Error(`${problem.code}: ${problem.message}`);
  return document;
}

async function problemOf(content: string | Uint8Array, name = "article.txt", rest: Partial<ReadInput> = {}) {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return (await readDocument({ bytes, name, ...rest })).problem;
}

describe("plain text", () => {
  test("the first line is the title when a blank line follows it, and stays in the text", async () => {
    const text = `Un réseau démantelé à Liège\n\n${FRENCH}\n`;
    expect(await read(text)).toEqual({
      id: documentId(text),
      title: "Un réseau démantelé à Liège",
      text,
      url: null,
      source: null,
      byline: null,
      language: "fr",
      publishedAt: null,
      mediaType: "text/plain",
      warnings: [],
    });
  });

  test("without a title line the first sentence is the title", async () => {
    expect((await read(FRENCH)).title).toBe("Europol et la police belge ont démantelé le réseau, a annoncé l’agence.");
  });

  test("a long first sentence is cut between words to at most 120 units", async () => {
    const { title } = await read(`${"The ministry said that the agency of the union ".repeat(10)}.`);
    expect(title.length).toBeLessThanOrEqual(120);
    expect(title).toMatch(/^The ministry .* \w+…$/);
  });

  test("line ends become \\n and nothing else changes", async () => {
    const text = `  Titre\u00A0!\r\n\r\n${FRENCH}\rSuite  et\tfin \u200B.\r\n`;
    expect((await read(text)).text).toBe(`  Titre\u00A0!\n\n${FRENCH}\nSuite  et\tfin \u200B.\n`);
  });

  test("any text without carriage returns is kept to the character", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 400 }), async (noise) => {
        const text = `${ENGLISH}\n${noise.replace(/[\r\p{Cc}\p{Cs}]/gu, " ")}`;
        const document = await read(text, "noise.txt", { hints: { language: "en" } });
        expect(document.text).toBe(text);
      }),
    );
  });

  test("no bytes make the reader throw", async () => {
    const names = fc.constantFrom("a.txt", "a.md", "a.html", "a", "a.xyz");
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), names, async (bytes, name) => {
        const result = await readDocument({ bytes, name });
        expect(result.problem === null).toBe(result.document !== null);
      }),
      { numRuns: 300 },
    );
  });

  test("lone surrogates of a pasted text become U+FFFD, so that offsets stay", async () => {
    const result = await readText(`${ENGLISH} \uD83D and \uDE00 and 😀.`, "pasted");
    expect(result.document?.text).toBe(`${ENGLISH} \uFFFD and \uFFFD and 😀.`);
  });

  test("a sentence of 5,000 words and a right-to-left quotation are kept", async () => {
    const text = `${"the agency and the police of the city ".repeat(625)}said שלום and مرحبا to the press.`;
    expect((await read(text)).text).toBe(text);
  });

  test("hints win over what the text tells", async () => {
    const document = await read(`Titre\n\nParis, le 3 mars 2021\n\n${FRENCH}`, "a.txt", {
      hints: {
        title: "Autre",
        url: "https://www.example.org/a",
        source: "Le Fil",
        publishedAt: "2020-01",
        language: "en",
      },
    });
    expect(document).toMatchObject({
      title: "Autre",
      url: "https://www.example.org/a",
      source: "Le Fil",
      publishedAt: "2020-01",
      language: "en",
    });
  });

  test("the host stands for a publisher that nobody names", async () => {
    expect((await read(FRENCH, "a.txt", { hints: { url: "https://www.example.org/x" } })).source).toBe("example.org");
  });
});

describe("encodings", () => {
  const utf16 = (text: string, bigEndian = false) => {
    const bytes = Buffer.from(text, "utf16le");
    return bigEndian ? bytes.swap16() : bytes;
  };
  const windows1252 = (text: string) => {
    const special: Record<string, number> = { "€": 0x80, "’": 0x92, œ: 0x9c, "—": 0x97 };
    return Uint8Array.from(Array.from(text, (character) => special[character] ?? character.charCodeAt(0)));
  };

  test.each([
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${FRENCH}`)],
    ["UTF-16 little-endian with a mark", utf16(`\uFEFF${FRENCH}`)],
    ["UTF-16 big-endian with a mark", utf16(`\uFEFF${FRENCH}`, true)],
    ["UTF-16 little-endian without a mark", utf16(FRENCH)],
    ["UTF-16 big-endian without a mark", utf16(FRENCH, true)],
    ["Windows-1252 with € and œ", windows1252(FRENCH)],
  ])("%s is recognised", async (_name, bytes) => {
    const document = await read(bytes);
    expect(document.text).toBe(FRENCH);
    expect(document.warnings).toEqual([]);
  });

  test("a few damaged bytes in a UTF-8 file do not spoil all its accents", async () => {
    const bytes = Buffer.concat([Buffer.from(FRENCH.repeat(10)), Buffer.from([0xc3]), Buffer.from(" fin")]);
    const document = await read(bytes);
    expect(document.text).toBe(`${FRENCH.repeat(10)}\uFFFD fin`);
    expect(document.warnings).toEqual(["1 damaged UTF-8 character was replaced by U+FFFD"]);
  });

  test("a page's own declaration is followed when the bytes are no UTF-8", async () => {
    const page = `<html><head><meta charset="iso-8859-15"></head><body><p>Un prix de 5 \xA4 a été payé par la société, selon l'agence, pour le \xBDuvre.</p></body></html>`;
    expect((await read(Buffer.from(page, "latin1"), "a.html")).text).toContain("5 € a été");
  });
});

describe("what cannot be read is a problem with the name in it", () => {
  test.each([
    ["an empty file", "", "a.txt", "empty"],
    ["white space alone", " \n\t\n", "a.txt", "empty"],
    ["a page without text", "<html><body><script>1</script></body></html>", "a.html", "empty"],
    ["NUL bytes", "abc\0\0\0\0def", "a.txt", "binary"],
    ["a broken PDF named as text", "%PDF-1.7 the text", "a.txt", "malformed"],
    ["a text named as a Word file", FRENCH, "a.docx", "malformed"],
    ["an unknown ending", FRENCH, "a.odt", "unsupported_format"],
    ["an annotated article", FRENCH, "a.ann.md", "unsupported_format"],
    [
      "German",
      "Die Polizei hat am Montag in Berlin zwei Männer festgenommen, die der Gruppe angehören.",
      "a.txt",
      "unknown_language",
    ],
    ["digits", "1234 5678", "a.txt", "unknown_language"],
    ["a text above the limit", "le mot ".repeat(142_858), "a.txt", "too_large"],
    ["a file above the limit", new Uint8Array(5_000_001).fill(97), "a.txt", "too_large"],
  ])("%s", async (_what, content, name, code) => {
    const problem = await problemOf(content, name);
    expect(problem?.code).toBe(code);
    expect(problem?.message).toContain(name);
  });

  test("a text exactly at the limit is read", async () => {
    expect((await read("le mot ".repeat(142_857).padEnd(1_000_000, "x"))).text).toHaveLength(1_000_000);
  });

  test("a media type that is not read is refused even with no ending", async () => {
    expect((await problemOf(FRENCH, "https://example.org/a", { mediaType: "image/svg+xml" }))?.code).toBe(
      "unsupported_format",
    );
  });
});

describe("formats are told by type, ending and content", () => {
  const page = `<!DOCTYPE html><p>${FRENCH}</p>`;
  test.each([
    ["a.html", undefined, "text/html"],
    ["a.php", "text/html; charset=utf-8", "text/html"],
    ["https://example.org/a.php?x=1", undefined, "text/html"],
    ["standard input", undefined, "text/html"],
    ["a.txt", undefined, "text/plain"],
    ["a.md", "application/octet-stream", "text/markdown"],
  ])("%s with type %s is %s", async (name, mediaType, expected) => {
    expect((await read(page.replace("<p>", "<p>\n\n"), name, { mediaType, hints: { language: "fr" } })).mediaType).toBe(
      expected,
    );
  });
});
