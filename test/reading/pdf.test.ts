import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { pageAt } from "../../server/contract/pages.ts";
import { textOfPages, type PdfRun } from "../../server/reading/pdf-text.ts";
import { readDocument, type ReadResult } from "../../server/reading/read-document.ts";

async function read(name: string): Promise<ReadResult> {
  return readDocument({ bytes: await readFile(new URL(`files/${name}`, import.meta.url)), name });
}

describe("PDF files that a browser printed", () => {
  test("a press release: justified narrow lines, divided words and running heads become its paragraphs", async () => {
    const { document } = await read("communique.pdf");
    const paragraphs = document!.text.split("\n\n");
    expect(document).toMatchObject({
      title: "Un réseau de faux sites démantelé par la police judiciaire de Varenne",
      language: "fr",
      publishedAt: "2023-03-14",
      mediaType: "application/pdf",
      warnings: [],
    });
    expect(paragraphs[0]).toBe(document!.title);
    expect(paragraphs).toContain(
      "Selon la porte-parole du parquet, l’infrastructure était louée par la société Nordlicht Hosting, établie à Lübeck. L’enquête, ouverte en septembre 2022 après une plainte du quotidien Le Fanal, a associé l’Office central de lutte contre la cybercriminalité et l’agence européenne Europol.",
    );
    expect(document!.text).not.toMatch(/communiqué de presse|\d \/ \d/);
    expect(document!.text).not.toMatch(/\p{L}- ?\n|\p{Ll}- \p{Ll}/u);
  });

  test("a sentence goes on over the end of a page, and each quote has its page", async () => {
    const { document } = await read("communique.pdf");
    const { text } = document!;
    expect(text.replace(/\f/g, "")).toContain("Sa directrice, Inès Vauquelin, a demandé aux plateformes Telegram");
    expect(pageAt(document!, text.indexOf("Odile Marchetti"))).toBe(1);
    expect(pageAt(document!, text.indexOf("Clipo"))).toBe(2);
    expect(pageAt({ ...document!, mediaType: "text/plain" }, 0)).toBeNull();
  });

  test("two columns are read one after the other, indented paragraphs apart", async () => {
    const { document } = await read("columns.pdf");
    const paragraphs = document!.text.split("\n\n");
    expect(paragraphs.map((paragraph) => paragraph.slice(0, 24))).toEqual([
      "Slow tide: how a shippin",
      "The Harbour Registry of ",
      "Investigators say that t",
      "A desk in a laundry",
      "The address of the four ",
      "Castellan Energy denies ",
      "The Ministry of Transpor",
      "Environmental groups had",
    ]);
    expect(paragraphs[5]).toContain(
      "Its spokeswoman, Helen Marsh, said the company had chartered two of the vessels once",
    );
  });

  test("a report of four pages: running heads and page numbers go, pages are counted", async () => {
    const { document } = await read("report.pdf");
    const { text } = document!;
    expect(text).not.toMatch(/Institute for Open Media|Report 7\/2021|– \d –/);
    const pages = ["1. Radio", "2. Foundation", "3. Sites", "4. Payments"].map((title) =>
      pageAt(document!, text.indexOf(title)),
    );
    expect(pages).toEqual([1, 2, 3, 4]);
  });
});

describe("PDF files that give nothing", () => {
  test.each([
    [
      "scan.pdf",
      "empty",
      "scan.pdf holds pictures of pages and no text (a scan); recognise its text first (OCR), then give the result.",
    ],
    ["encrypted.pdf", "unreadable", "encrypted.pdf is encrypted; save a copy without password and give that."],
  ])("%s is told", async (name, code, message) => {
    expect(await read(name)).toEqual({ document: null, problem: { code, message } });
  });

  test("a broken, a cut and an empty one are told, whatever their name", async () => {
    const whole = await readFile(new URL("files/columns.pdf", import.meta.url));
    const broken = { bytes: Buffer.from("%PDF-1.7\nnothing of it is true"), name: "a.pdf" };
    expect((await readDocument(broken)).problem?.code).toBe("malformed");
    const cut = await readDocument({ bytes: whole.subarray(0, 3_000), name: "download" });
    expect(cut.problem?.code).toBe("malformed");
    expect((await readDocument({ bytes: Buffer.alloc(0), name: "b.pdf" })).problem?.code).toBe("empty");
  });

  test("a huge one is told before it is opened", async () => {
    const bytes = Buffer.alloc(30_000_001);
    bytes.write("%PDF-1.7");
    expect((await readDocument({ bytes, name: "c.pdf" })).problem).toEqual({
      code: "too_large",
      message: "c.pdf has 30.0 MB, above the limit of 30 MB; split it into articles.",
    });
  });
});

describe("text from places", () => {
  const LEADING = 14;
  /** One run a line, from the top of a page of 800 points; `null` is an empty line. */
  function page(...lines: (string | null)[]) {
    const runs: PdfRun[] = lines.flatMap((text, index) =>
      text === null
        ? []
        : [{ text, x: 50, y: 600 - index * LEADING, width: text.length * 5, size: 10, endsLine: true }],
    );
    return { height: 800, runs };
  }

  test("a divided word is made whole as the rest of the document writes it", () => {
    const { text } = textOfPages([
      page("The re-", "port names a re-", "opened case and a porte-", "parole. The report: reopened, porte-parole."),
    ]);
    expect(text).toBe("The report names a reopened case and a porte-parole. The report: reopened, porte-parole.");
  });

  test("the hyphen of a name stays", () => {
    expect(textOfPages([page("He lives in Saint-", "Denis and writes for Al-", "Manar today.")]).text).toBe(
      "He lives in Saint-Denis and writes for Al-Manar today.",
    );
  });

  test("a word divided between two pages counts to the first", () => {
    expect(textOfPages([page("They were investi-"), page("gated in Lorne.")]).text).toBe(
      "They were investigated \fin Lorne.",
    );
  });

  test("an empty page keeps its place", () => {
    expect(textOfPages([page("One."), page(), page("Three.")]).text).toBe("One.\n\n\f\fThree.");
  });

  test("pieces of one line are joined, with a space where there is a gap", () => {
    const run = (text: string, x: number, width: number) => ({ text, x, y: 600, width, size: 10, endsLine: false });
    const runs = [run("Euro", 50, 20), run("pol", 70, 15), run("said", 90, 20)];
    expect(textOfPages([{ height: 800, runs }]).text).toBe("Europol said");
  });
});
