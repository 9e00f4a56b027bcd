import { afterEach, describe, expect, test } from "vitest";
import { documentId } from "../../server/contract/identifiers.ts";
import { AppError } from "../../server/errors.ts";
import { createWriteQueue, ingest, type IngestInput } from "../../server/ingest.ts";
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
afterEach(() => pipeline.close());

const FIRST = "L'agence Europol a neutralisé le site Amaq pendant deux jours, selon les enquêteurs belges.";
const SECOND = "Selon les enquêteurs, la plateforme Telegram a aidé l'agence Europol à fermer plusieurs canaux.";
const options = { collection: "news" };

function run(inputs: IngestInput[]) {
  return allReports(ingest(inputs, options, pipeline.parts));
}

describe("reports", () => {
  test("one a document, in the order of the inputs, with what was found", async () => {
    pipeline = await openPipeline(knowing(["Europol", "Amaq"]));
    const reports = await run([
      textInput("a.txt", FIRST),
      { kind: "problem", name: "b.bin", problem: { code: "binary", message: "b.bin is no text." } },
      textInput("c.txt", SECOND),
    ]);
    const common = { language: "fr", warnings: [], problem: null, milliseconds: 0 } as const;
    expect(reports).toEqual([
      {
        ...common,
        id: documentId(FIRST),
        name: "a.txt",
        title: expect.any(String) as string,
        status: "added",
        entities: 2,
        newEntities: 2,
        mentions: 2,
        claims: 1,
      },
      {
        ...common,
        id: null,
        name: "b.bin",
        title: null,
        language: null,
        status: "failed",
        entities: 0,
        newEntities: 0,
        mentions: 0,
        claims: 0,
        problem: { code: "binary", message: "b.bin is no text." },
      },
      {
        ...common,
        id: documentId(SECOND),
        name: "c.txt",
        title: expect.any(String) as string,
        status: "added",
        entities: 1,
        newEntities: 0,
        mentions: 1,
        claims: 0,
      },
    ]);
  });

  test("an article that is there is not extracted again, and gains only what it lacked", async () => {
    let extracted = 0;
    const extract = knowing(["Europol", "Amaq"]);
    pipeline = await openPipeline((document) => {
      extracted += 1;
      return extract(document);
    });
    await run([textInput("a.txt", FIRST)]);
    const before = await graphOf(pipeline.store);
    const [same] = await run([textInput("copy.txt", FIRST)]);
    expect(await graphOf(pipeline.store)).toEqual(before);
    const [gained] = await run([textInput("copy.txt", FIRST, { url: "https://example.org/a" })]);
    expect(extracted).toBe(1);
    expect([same?.status, same?.entities, same?.mentions, same?.claims]).toEqual(["unchanged", 2, 2, 1]);
    expect([gained?.status, gained?.newEntities]).toEqual(["updated", 0]);
    expect(await pipeline.store.header(documentId(FIRST))).toMatchObject({ url: "https://example.org/a" });
    expect(await pipeline.store.counts()).toEqual({ documents: 1, entities: 2, claims: 1, edges: 1 });
  });

  test("lines of extract are stored as they are, without a model", async () => {
    pipeline = await openPipeline();
    const extraction = extractionOf(FIRST, ["Europol", "Amaq"], [["Europol", "TOOK_DOWN", "Amaq"]]);
    const [report] = await run([extractionInput(extraction)]);
    expect([report?.status, report?.id, report?.claims]).toEqual(["added", extraction.id, 1]);
    const [claim] = (await pipeline.store.claims({ filter: {}, limit: 10 })).claims;
    expect([claim?.quote, claim?.extractor]).toEqual([FIRST, "test 1"]);
  });
});

describe("faults", () => {
  test("what one document does wrong is in its report, and the next one is stored", async () => {
    const extract = knowing(["Europol"]);
    pipeline = await openPipeline((document) =>
      document.text === FIRST ? Promise.reject(new Error("a defect")) : extract(document),
    );
    const broken = { ...extractionOf("Europol agit.", ["Europol"], []), text: "Un autre texte." };
    const reports = await run([
      textInput("a.txt", FIRST),
      textInput("empty.txt", " \n"),
      extractionInput(broken),
      textInput("c.txt", SECOND),
    ]);
    expect(reports.map(({ name, status, problem }) => [name, status, problem?.code ?? null])).toEqual([
      ["a.txt", "failed", "extraction_failed"],
      ["empty.txt", "failed", "empty"],
      ["Europol agit.", "failed", "malformed"],
      ["c.txt", "added", null],
    ]);
    expect((await pipeline.store.counts()).documents).toBe(1);
  });

  test("a model that cannot run ends the batch, and what was stored stays", async () => {
    const extract = knowing(["Europol"]);
    pipeline = await openPipeline((document) =>
      document.text === SECOND
        ? Promise.reject(new AppError("model_unavailable", "The model file is damaged."))
        : extract(document),
    );
    await expect(run([textInput("a.txt", FIRST), textInput("b.txt", SECOND)])).rejects.toMatchObject({
      code: "model_unavailable",
    });
    expect((await pipeline.store.counts()).documents).toBe(1);
  });
});

describe("flow", () => {
  test("at most one input is prepared ahead of the document that is stored", async () => {
    pipeline = await openPipeline();
    let taken = 0;
    function* inputs() {
      for (let number = 0; number < 8; number += 1) {
        taken += 1;
        yield extractionInput(extractionOf(`Europol agit encore, numéro ${number}.`, ["Europol"], []));
      }
    }
    let reported = 0;
    for await (const report of ingest(inputs(), options, pipeline.parts)) {
      reported += 1;
      expect(report.status).toBe("added");
      expect(taken - reported).toBeLessThanOrEqual(1);
    }
    expect(reported).toBe(8);
  });

  test("a stop finishes what is begun and begins nothing else", async () => {
    pipeline = await openPipeline();
    const stop = new AbortController();
    const inputs = Array.from({ length: 6 }, (_, number) =>
      extractionInput(extractionOf(`Europol agit encore, numéro ${number}.`, ["Europol"], [])),
    );
    const reports = [];
    for await (const report of ingest(inputs, { ...options, signal: stop.signal }, pipeline.parts)) {
      reports.push(report);
      stop.abort();
    }
    expect(reports.length).toBeLessThanOrEqual(2);
    expect((await pipeline.store.counts()).documents).toBe(reports.length);
  });

  test("two ingestions at once give what one after the other gives", async () => {
    pipeline = await openPipeline();
    const inputs = (word: string) =>
      Array.from({ length: 4 }, (_, number) =>
        extractionInput(extractionOf(`Europol agit, ${word} ${number}.`, ["Europol"], [])),
      );
    const [first, second] = await Promise.all([run(inputs("fois")), run(inputs("jour"))]);
    const added = [...first, ...second].reduce((sum, { newEntities }) => sum + newEntities, 0);
    expect(added).toBe(1);
    expect(await pipeline.store.counts()).toMatchObject({ documents: 8, entities: 1 });
  });
});

test("the queue runs one work after the other, also after a failure", async () => {
  pipeline = await openPipeline();
  const queue = createWriteQueue();
  const log: string[] = [];
  const work = (name: string, milliseconds: number) => async () => {
    log.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    log.push(`${name} ends`);
    if (name === "b") throw new Error("b fails");
    return name;
  };
  const results = await Promise.allSettled([
    queue.run(work("a", 20)),
    queue.run(work("b", 1)),
    queue.run(work("c", 1)),
  ]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(log).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
});
