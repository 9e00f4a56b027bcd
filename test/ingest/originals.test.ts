/** Originals and versions through the pipeline: a site of this machine whose pages change, a real archive and store. */
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ADDRESS_MEDIA_TYPE } from "../../server/contract/document.ts";
import { originalsOf } from "../../server/archive/versions.ts";
import { ingest, type IngestInput } from "../../server/ingest.ts";
import { readAgain, readInput } from "../../server/reading/read-input.ts";
import type { DocumentQuery } from "../../server/store/graph-store.ts";
import { verify } from "../../server/verify.ts";
import { openSite, policyFor, resolveHere, type TestSite } from "../reading/web/servers.ts";
import {
  allReports,
  extractionInput,
  graphOf,
  knowing,
  openPipeline,
  textInput,
  type TestPipeline,
} from "./pipeline.ts";
import { extractionOf } from "./extractions.ts";

let pipeline: TestPipeline;
let site: TestSite;
/** What stands at each path. */
let pages: Map<string, string>;

const FIRST =
  "Europol neutralise Amaq\n\nL'agence Europol a neutralisé le site Amaq pendant deux jours. Le parquet le confirme.";
const SECOND = `${FIRST} Trois serveurs ont été saisis à Gand lundi matin.`;

beforeEach(async () => {
  pages = new Map();
  site = await openSite((asked, response) => {
    const text = pages.get(asked.url ?? "");
    response.writeHead(text === undefined ? 404 : 200, {
      "content-type": "text/plain; charset=utf-8",
      etag: '"v1"',
      "x-served-by": "cache-7",
    });
    response.end(text);
  });
  const opened = await openPipeline(knowing(["Europol", "Amaq"]));
  const web = { policy: policyFor(site), resolve: resolveHere, userAgent: "Fil rouge test" };
  const { now } = opened.parts;
  pipeline = { ...opened, parts: { ...opened.parts, read: (input) => readInput(input, { web, now }) } };
});
afterEach(async () => {
  await pipeline.close();
  await site.close();
});

function run(...inputs: IngestInput[]) {
  return allReports(ingest(inputs, { collection: "news" }, pipeline.parts));
}

function address(path: string): IngestInput {
  const name = `${site.origin}${path}`;
  return { kind: "source", name, mediaType: ADDRESS_MEDIA_TYPE, bytes: Buffer.from(name), hints: {} };
}

async function verification() {
  const { parts, store } = pipeline;
  const results = [];
  for await (const result of verify({ store, archive: parts.archive, readAgain })) results.push(result);
  return results;
}

describe("originals", () => {
  test("a file's bytes are kept, and a page's with its addresses, time and telling headers", async () => {
    pages.set("/a", FIRST);
    const [page, file] = await run(
      address("/a"),
      textInput("b.txt", "L'agence Europol a aidé la police belge, dit-elle."),
    );
    const kept = await pipeline.parts.archive.record(page!.id!);
    expect(kept?.captures).toEqual([
      {
        sha256: expect.any(String) as string,
        bytes: Buffer.byteLength(FIRST),
        name: `${site.origin}/a`,
        mediaType: "text/plain; charset=utf-8",
        hints: {},
        requested: `${site.origin}/a`,
        address: `${site.origin}/a`,
        article: `${site.origin}/a`,
        capturedAt: expect.stringMatching(/^2026-01-01T/) as string,
        headers: { "content-type": "text/plain; charset=utf-8", etag: '"v1"', date: expect.any(String) as string },
        reader: "0.0.0",
      },
    ]);
    expect((await pipeline.parts.archive.record(file!.id!))?.captures.map(({ name }) => name)).toEqual(["b.txt"]);
  });

  test("an extraction that came as such has none", async () => {
    const [report] = await run(extractionInput(extractionOf("Europol a neutralisé Amaq.", ["Europol"], [])));
    expect(await pipeline.parts.archive.record(report!.id!)).toBeNull();
  });

  test("go with the document, and with its collection", async () => {
    pages.set("/a", FIRST);
    const [a, b] = await run(address("/a"), textInput("b.txt", "L'agence Europol a aidé la police belge, dit-elle."));
    await pipeline.store.deleteDocument(a!.id!);
    expect(await pipeline.parts.archive.record(a!.id!)).toBeNull();
    expect(await pipeline.parts.archive.record(b!.id!)).not.toBeNull();
    await pipeline.store.deleteCollection("news");
    expect(await pipeline.parts.archive.record(b!.id!)).toBeNull();
  });

  test("a document that the store refuses leaves none", async () => {
    const parts = { ...pipeline.parts, resolve: () => Promise.reject(new Error("refused by the test")) };
    const text = "L'agence Europol a aidé la police belge, dit-elle.";
    const reports = await allReports(ingest([textInput("b.txt", text)], { collection: "news" }, parts));
    expect(reports.map(({ status, problem }) => [status, problem?.code])).toEqual([["failed", "store_failed"]]);
    const { document } = (await pipeline.parts.read({
      name: "b.txt",
      mediaType: "text/plain",
      bytes: Buffer.from(text),
      hints: {},
    })) as { document: { id: string } };
    expect(await pipeline.parts.archive.record(document.id)).toBeNull();
  });
});

describe("the same address again", () => {
  test("a changed page is a new version of the article: one article, the newer one, compared with the one before", async () => {
    pages.set("/a", FIRST);
    const [before] = await run(address("/a"));
    pages.set("/a", SECOND);
    const [after] = await run(address("/a"));
    expect([after?.status, after?.warnings]).toEqual([
      "updated",
      ["a new version of an article that was read before: 1 sentences new, 0 gone"],
    ]);
    expect(await pipeline.store.document(before!.id!)).toBeNull();
    const fresh = await openPipeline(knowing(["Europol", "Amaq"]));
    await allReports(
      ingest([textInput("a", SECOND, { url: `${site.origin}/a` })], { collection: "news" }, fresh.parts),
    );
    expect(await graphOf(pipeline.store)).toEqual(await graphOf(fresh.store));
    await fresh.close();
    const record = (await pipeline.parts.archive.record(after!.id!))!;
    const { versions } = originalsOf(record, SECOND);
    expect(versions.map(({ title, added, removed }) => [title, added, removed])).toEqual([
      ["Europol neutralise Amaq", ["Trois serveurs ont été saisis à Gand lundi matin."], []],
    ]);
  });

  test("the same text adds nothing, and a text that comes back is the present version again", async () => {
    pages.set("/a", FIRST);
    const [first] = await run(address("/a"));
    expect((await run(address("/a")))[0]?.status).toBe("unchanged");
    pages.set("/a", SECOND);
    await run(address("/a"));
    pages.set("/a", FIRST);
    const [again] = await run(address("/a"));
    expect([again?.id, (await pipeline.store.counts()).documents]).toEqual([first?.id, 1]);
    const { earlier } = (await pipeline.parts.archive.record(first!.id!))!;
    expect(earlier.map(({ text }) => text)).toEqual([FIRST, SECOND]);
  });

  test("another article at the address is an article of its own, and said so", async () => {
    pages.set("/", FIRST);
    await run(address("/"));
    pages.set(
      "/",
      "Le budget communal\n\nLe conseil communal a voté lundi le budget de la ville. La séance a duré deux heures.",
    );
    const [other] = await run(address("/"));
    expect([other?.status, other?.warnings]).toEqual([
      "added",
      ['its address showed another article before ("Europol neutralise Amaq"); both are kept'],
    ]);
    expect((await pipeline.store.counts()).documents).toBe(2);
  });

  test("a text that a second address shows too stays", async () => {
    pages.set("/a", FIRST).set("/b", FIRST);
    await run(address("/a"), address("/b"));
    pages.set("/a", SECOND);
    await run(address("/a"));
    expect((await pipeline.store.counts()).documents).toBe(2);
  });

  test("a change that was cut short between two steps is finished by the next reading", async () => {
    pages.set("/a", FIRST);
    await run(address("/a"));
    pages.set("/a", SECOND);
    const { archive } = pipeline.parts;
    const cut = { ...archive, supersede: () => Promise.reject(new Error("killed here")) };
    await allReports(ingest([address("/a")], { collection: "news" }, { ...pipeline.parts, archive: cut }));
    expect((await pipeline.store.counts()).documents).toBe(2);
    await run(address("/a"));
    expect((await pipeline.store.counts()).documents).toBe(1);
    expect((await verification()).map(({ faults }) => faults)).toEqual([[]]);
  });
});

describe("verification", () => {
  test("finds nothing where everything stands", async () => {
    pages.set("/a", FIRST);
    const [report] = await run(address("/a"));
    expect(await verification()).toEqual([
      { document: report!.id, title: "Europol neutralise Amaq", quotes: 1, originals: 1, faults: [] },
    ]);
  });

  test("finds an original that was changed, one that is gone, and a text that is not the one that was read", async () => {
    const texts = ["a", "b", "c"].map((name) => `L'agence Europol a neutralisé le site Amaq, dit le dossier ${name}.`);
    const reports = await run(...texts.map((text, index) => textInput(`${index}.txt`, text)));
    const [a, b, c] = reports.map(({ id }) => id!);
    const folder = join(pipeline.folder, "originals");
    const fileOf = async (id: string) => {
      const { sha256 } = (await pipeline.parts.archive.record(id))!.captures[0]!;
      return join(folder, sha256.slice(0, 2), sha256);
    };
    await writeFile(await fileOf(a!), (await readFile(await fileOf(a!), "utf8")).replace("neutralisé", "protégé"));
    await rm(await fileOf(b!));
    const store = {
      documents: (query: DocumentQuery) => pipeline.store.documents(query),
      document: async (id: string) => {
        const stored = await pipeline.store.document(id);
        return stored !== null && id === c ? { ...stored, text: stored.text.replace("neutralisé", "protégé") } : stored;
      },
    };
    const found = new Map<string, string[]>();
    for await (const { document, faults } of verify({ store, archive: pipeline.parts.archive, readAgain })) {
      found.set(document, [...new Set(faults.map(({ code }) => code))].sort());
    }
    expect(Object.fromEntries(found)).toEqual({
      [a!]: ["original_damaged"],
      [b!]: ["original_missing"],
      [c!]: ["original_differs", "quote_missing", "text_changed"],
    });
  });
});
