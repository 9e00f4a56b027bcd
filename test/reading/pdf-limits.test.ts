/** PDF files that take much: long ones are read, traps end with a sentence, and the next file is read all the same. */
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { pageAt } from "../../server/contract/pages.ts";
import { readPdf } from "../../server/reading/pdf.ts";
import { readDocument } from "../../server/reading/read-document.ts";
import { walkInputs } from "../../server/reading/walk-inputs.ts";
import { bombPdf, pdfOf } from "./made-pdf.ts";

vi.setConfig({ testTimeout: 240_000 });

const SMALL = pdfOf([["The police of the city arrested two men on Monday, the prosecutor said in the evening."]]);

const WHO = ["The prosecutor", "A witness", "The mayor", "Her lawyer", "The inspector", "A neighbour", "The clerk"];
const DID = ["recalled", "denied", "described", "could not explain", "wrote down", "had forgotten"];
const WHAT = [
  "the warehouse",
  "a blue van",
  "two letters",
  "the debt",
  "a late call",
  "the second key",
  "an old map",
  "the fire",
];

/** Different on every page, so that nothing is taken for a running head. */
function longPdf(pages: number): Buffer {
  const pick = (list: readonly string[], seed: number) => list[seed % list.length]!;
  return pdfOf(
    Array.from({ length: pages }, (_, page) =>
      Array.from({ length: 12 }, (_line, line) => {
        const seed = page * 31 + line * 17 + ((page * line) % 13);
        return `${pick(WHO, seed)} ${pick(DID, seed >> 1)} ${pick(WHAT, seed >> 2)} and ${pick(WHAT, seed + page)} of witness W${page + 1}x${line}.`;
      }),
    ),
  );
}

test("a PDF of more text than one article may have is told with the page; nine hundred pages are read, each quote with its own", async () => {
  const { document, problem } = await readDocument({ bytes: longPdf(2_000), name: "long.pdf" });
  expect(problem?.message).toMatch(/^long\.pdf has more than 1000000 characters by page \d+ of 2000; split it/);
  expect(document).toBeNull();
  const shorter = await readDocument({ bytes: longPdf(900), name: "shorter.pdf" });
  const at = (words: string) => pageAt(shorter.document!, shorter.document!.text.indexOf(words));
  expect([at("witness W1x5."), at("witness W777x6."), at("witness W900x4.")]).toEqual([1, 777, 900]);
});

test("one that takes too long is ended, and the next one is read", async () => {
  const slow = { milliseconds: 1, megabytes: 768 };
  expect((await readPdf(SMALL, "slow.pdf", slow)).problem).toEqual({
    code: "too_large",
    message: "slow.pdf could not be read within 0.001 seconds; split it, or save it again.",
  });
  expect((await readPdf(SMALL, "next.pdf")).content?.text).toContain("arrested two men");
});

test("one that takes more memory than the thread may have ends the thread, not the process, and the next one is read", async () => {
  const outcome = await readPdf(longPdf(1_500), "big.pdf", { milliseconds: 120_000, megabytes: 10 });
  expect(outcome.problem).toEqual({
    code: "too_large",
    message: "big.pdf takes more memory than a PDF may; split it, or save it again.",
  });
  expect((await readPdf(SMALL, "next.pdf")).content?.text).toContain("arrested two men");
});

test("a few thousand bytes that unpack to text without end give a bounded text or none, in bounded memory", async () => {
  const before = process.memoryUsage().rss;
  const packed = bombPdf(40);
  expect(packed.length).toBeLessThan(500_000);
  const { document, problem } = await readDocument({ bytes: packed, name: "bomb.pdf" });
  if (document === null) expect(problem.code).toBe("too_large");
  else expect(document.text.length).toBeLessThanOrEqual(1_000_000);
  expect(process.memoryUsage().rss - before).toBeLessThan(900_000_000);
});

test("many at once are read one after the other, and their bytes stay the caller's", async () => {
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => readPdf(SMALL, "same.pdf")));
  expect(outcomes.map(({ content }) => content?.text.slice(0, 10))).toEqual(Array(6).fill("The police"));
  expect(SMALL.toString("latin1", 0, 8)).toBe("%PDF-1.4");
});

test("a file of a gigabyte is told without being read", async () => {
  const folder = await mkdtemp(join(tmpdir(), "huge-"));
  const file = join(folder, "huge.pdf");
  const handle = await open(file, "w");
  await handle.write("%PDF-1.7\n");
  await handle.truncate(1_000_000_000);
  await handle.close();
  const before = process.memoryUsage().rss;
  const found = [];
  for await (const one of walkInputs([file])) found.push(one);
  expect(found).toEqual([
    {
      input: null,
      name: file,
      problem: { code: "too_large", message: `${file} has more than 30 MB; split it into articles.` },
    },
  ]);
  expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
  await rm(folder, { recursive: true });
});
