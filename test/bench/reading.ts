/**
 * Reading alone: pages of PDF and articles of HTML a second, memory at long inputs, and how much of the main text of saved pages is
 * found, beside Readability alone and all text of the page.
 */
import { Readability } from "@mozilla/readability";
import { parsePage } from "../../server/reading/dom.ts";
import { readDocument } from "../../server/reading/read-document.ts";
import { pdfOf } from "../reading/made-pdf.ts";
import { savedPages, type SavedPage } from "./saved-pages.ts";
import { table } from "./timing.ts";

const PDF_PAGES = 600;
const HTML_TURNS = 20;

export async function readingSpeed(): Promise<string> {
  const pages = savedPages();
  const quality = await qualities(pages);
  const mean = (of: (row: Quality) => number) => quality.reduce((sum, row) => sum + of(row), 0) / quality.length;
  return [
    await speeds(pages),
    table(
      `Main text of ${pages.length} saved pages, word F1`,
      ["layout", "ours", "Readability alone", "all text of the page"],
      [
        ...quality.map(({ layout, ours, alone, naive }) => [layout, ours, alone, naive]),
        ["**mean**", mean((row) => row.ours), mean((row) => row.alone), mean((row) => row.naive)],
      ],
    ),
  ].join("\n");
}

async function speeds(pages: readonly SavedPage[]): Promise<string> {
  const lines = (page: number) =>
    Array.from(
      { length: 30 },
      (_, line) => `Witness ${page * 31 + line * 7} told the court of ${page + line} about case ${line}.`,
    );
  const pdf = pdfOf(Array.from({ length: PDF_PAGES }, (_, page) => lines(page).slice(page % 5, 12 + (page % 5))));
  await readDocument({ bytes: pdf, name: "warm.pdf" });
  const pdfBegun = performance.now();
  await readDocument({ bytes: pdf, name: "timed.pdf" });
  const pdfSeconds = (performance.now() - pdfBegun) / 1_000;

  const inputs = pages.map(({ html }, index) => ({ bytes: Buffer.from(html), name: `${index}.html` }));
  for (const input of inputs) await readDocument(input);
  const htmlBegun = performance.now();
  for (let turn = 0; turn < HTML_TURNS; turn += 1) for (const input of inputs) await readDocument(input);
  const htmlSeconds = (performance.now() - htmlBegun) / 1_000;

  const large = Buffer.from(
    `<html lang="en"><body><article>${"<p>The prosecutor said that the men had been arrested in the city.</p>".repeat(70_000)}</article></body></html>`,
  );
  const largeBegun = performance.now();
  await readDocument({ bytes: large, name: "large.html" });
  const largeSeconds = (performance.now() - largeBegun) / 1_000;
  return table(
    "Reading",
    ["what", "value"],
    [
      ["PDF pages a second", PDF_PAGES / pdfSeconds],
      ["HTML articles a second", (HTML_TURNS * inputs.length) / htmlSeconds],
      [`an HTML page of ${(large.length / 1e6).toFixed(1)} MB, seconds`, largeSeconds],
      ["resident memory after it, MB", process.memoryUsage().rss / 1e6],
    ],
  );
}

interface Quality {
  layout: string;
  ours: number;
  alone: number;
  naive: number;
}

async function qualities(pages: readonly SavedPage[]): Promise<Quality[]> {
  const rows: Quality[] = [];
  for (const { layout, html, expected } of pages) {
    const { document } = await readDocument({ bytes: Buffer.from(html), name: "page.html" });
    rows.push({
      layout,
      ours: wordF1(document?.text ?? "", expected),
      alone: wordF1(readabilityAlone(html), expected),
      naive: wordF1(allText(html), expected),
    });
  }
  return rows;
}

function readabilityAlone(html: string): string {
  // Our tree has the few parts of a document that Readability uses.
  const tree: unknown = parsePage(html).tree;
  const found = new Readability(tree as Document).parse();
  return `${found?.title ?? ""}\n${found?.textContent ?? ""}`;
}

function allText(html: string): string {
  return html.replace(/<(script|style)\b[\s\S]*?<\/\1>/g, " ").replace(/<[^>]*>/g, " ");
}

/** Of words with their number, whatever their order. */
function wordF1(found: string, expected: string): number {
  const count = (text: string) => {
    const words = new Map<string, number>();
    for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)) words.set(word, (words.get(word) ?? 0) + 1);
    return words;
  };
  const [a, b] = [count(found), count(expected)];
  const total = (words: Map<string, number>) => [...words.values()].reduce((sum, number) => sum + number, 0);
  const common = [...b].reduce((sum, [word, number]) => sum + Math.min(number, a.get(word) ?? 0), 0);
  return common === 0 ? 0 : (2 * common) / (total(a) + total(b));
}
