import { access, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { documentId } from "../../server/contract/identifiers.ts";
import { ingest } from "../../server/ingest.ts";
import { rebuild, reextract, resumeRebuild } from "../../server/rebuild.ts";
import { extractionOf } from "./extractions.ts";
import {
  allReports,
  extractionInput,
  graphOf,
  knowing,
  openPipeline,
  textInput,
  type TestPipeline,
} from "./pipeline.ts";

let pipeline: TestPipeline;
afterEach(() => pipeline.close());

const TEXTS = [
  "L'agence Europol a neutralisé le site Amaq pendant deux jours, selon les enquêteurs belges.",
  "Selon les enquêteurs, la plateforme Telegram a aidé l'agence Europol à fermer plusieurs canaux.",
  "Le site Amaq est revenu en ligne quelques semaines plus tard, selon la plateforme Telegram.",
];

async function fill(): Promise<void> {
  const names = ["Europol", "Amaq", "Telegram"];
  const inputs = TEXTS.map((text) => {
    const found = names.filter((name) => text.includes(name));
    return extractionInput(extractionOf(text, found, [[found[0]!, "TOOK_DOWN", found[1]!]]));
  });
  await allReports(ingest(inputs, { collection: "news" }, pipeline.parts));
}

async function spooled(): Promise<string[]> {
  return readdir(pipeline.parts.spoolFolder).catch(() => []);
}

describe("rebuild", () => {
  test("gives the graph that was there, and tells each document", async () => {
    pipeline = await openPipeline();
    await fill();
    const before = await graphOf(pipeline.store);
    const totals: number[] = [];
    const reports = await allReports(rebuild({ onTotal: (total) => totals.push(total) }, pipeline.parts));
    expect(reports.map(({ id, status }) => [id, status])).toEqual(TEXTS.map((text) => [documentId(text), "added"]));
    expect(totals).toEqual([3]);
    expect(await graphOf(pipeline.store)).toEqual(before);
    expect(await spooled()).toEqual([]);
  });

  test.each([0, 1, 2])("cut short after %i documents, the next start completes it", async (done) => {
    pipeline = await openPipeline();
    await fill();
    const before = await graphOf(pipeline.store);
    const running = rebuild({}, pipeline.parts);
    for (let step = 0; step <= done; step += 1) await running.next();
    await running.return(undefined);
    expect((await pipeline.store.counts()).documents).toBe(done + 1);
    await allReports(resumeRebuild(pipeline.parts));
    expect(await graphOf(pipeline.store)).toEqual(before);
    expect(await spooled()).toEqual([]);
  });

  test("cut short between the spool and the emptying, the next start empties and fills", async () => {
    pipeline = await openPipeline();
    await fill();
    const before = await graphOf(pipeline.store);
    const lines: string[] = [];
    for await (const kept of pipeline.store.keptExtractions()) lines.push(`${JSON.stringify(kept)}\n`);
    await mkdir(pipeline.parts.spoolFolder, { recursive: true });
    await writeFile(join(pipeline.parts.spoolFolder, "extractions.jsonl"), lines.join(""));
    expect(await allReports(resumeRebuild(pipeline.parts))).toHaveLength(3);
    expect(await graphOf(pipeline.store)).toEqual(before);
  });

  test("a spool that is not whole is not used", async () => {
    pipeline = await openPipeline();
    await fill();
    await mkdir(pipeline.parts.spoolFolder, { recursive: true });
    await writeFile(join(pipeline.parts.spoolFolder, "extractions.partial.jsonl"), "{");
    expect(await allReports(resumeRebuild(pipeline.parts))).toEqual([]);
    expect((await pipeline.store.counts()).documents).toBe(3);
  });

  test("a stop before the graph is touched changes nothing", async () => {
    pipeline = await openPipeline();
    await fill();
    const before = await graphOf(pipeline.store);
    expect(await allReports(rebuild({ signal: AbortSignal.abort() }, pipeline.parts))).toEqual([]);
    expect(await graphOf(pipeline.store)).toEqual(before);
    expect(await spooled()).toEqual([]);
  });

  test("a document that comes in the meantime waits and is kept", async () => {
    pipeline = await openPipeline();
    await fill();
    const late = extractionInput(extractionOf("Europol agit une fois de plus.", ["Europol"], []));
    const running = rebuild({}, pipeline.parts);
    await running.next();
    const ingesting = allReports(ingest([late], { collection: "news" }, pipeline.parts));
    await allReports(running);
    expect((await ingesting).map(({ status }) => status)).toEqual(["added"]);
    expect((await pipeline.store.counts()).documents).toBe(4);
  });
});

describe("reextract", () => {
  test("replaces what the old extractor found, and keeps what the new one fails on", async () => {
    let isNew = false;
    const old = knowing(["Europol", "Amaq"], "test 1");
    const present = knowing(["Europol", "Amaq", "Telegram"], "test 2");
    pipeline = await openPipeline((document) => {
      if (!isNew) return old(document);
      return document.text === TEXTS[2] ? Promise.reject(new Error("a defect")) : present(document);
    });
    const inputs = TEXTS.map((text, index) => textInput(`${index}.txt`, text));
    await allReports(ingest(inputs, { collection: "news" }, pipeline.parts));
    isNew = true;
    const reports = await allReports(reextract({}, pipeline.parts));
    expect(reports.map(({ id, status, problem }) => [id, status, problem?.code ?? null])).toEqual([
      [documentId(TEXTS[0]!), "added", null],
      [documentId(TEXTS[1]!), "added", null],
      [documentId(TEXTS[2]!), "failed", "extraction_failed"],
    ]);
    const documents = await Promise.all(TEXTS.map((text) => pipeline.store.document(documentId(text))));
    expect(documents.map((document) => [document?.extractor, document?.entities.length, document?.collection])).toEqual(
      [
        ["test 2", 2, "news"],
        ["test 2", 2, "news"],
        ["test 1", 1, "news"],
      ],
    );
    await expect(access(join(pipeline.parts.spoolFolder, "fresh.jsonl"))).rejects.toThrow("ENOENT");
  });

  test("a stop while extracting changes nothing", async () => {
    const stop = new AbortController();
    let calls = 0;
    const extract = knowing(["Europol", "Amaq"]);
    pipeline = await openPipeline((document) => {
      calls += 1;
      if (calls === 5) stop.abort();
      return extract(document);
    });
    const inputs = TEXTS.map((text, index) => textInput(`${index}.txt`, text));
    await allReports(ingest(inputs, { collection: "news" }, pipeline.parts));
    const before = await graphOf(pipeline.store);
    expect(await allReports(reextract({ signal: stop.signal }, pipeline.parts))).toEqual([]);
    expect(await graphOf(pipeline.store)).toEqual(before);
  });
});
