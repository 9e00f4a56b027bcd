import request from "supertest";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { acceptedSchema, ingestedSchema } from "../../server/contract/api.ts";
import { documentId } from "../../server/contract/identifiers.ts";
import { jobSchema, type DocumentReport, type Job } from "../../server/contract/report.ts";
import { AppError } from "../../server/errors.ts";
import { extractionOf } from "../ingest/extractions.ts";
import { knowing, openPipeline, type TestPipeline } from "../ingest/pipeline.ts";
import { testServer, type TestServer } from "./parts.ts";

const TEXT = "L'agence Europol a neutralisé le site Amaq pendant deux jours, selon les enquêteurs belges.";

let pipeline: TestPipeline;
let server: TestServer;
/** Called before each document that is extracted. */
let beforeExtraction: () => Promise<void> | void;

beforeEach(async () => {
  beforeExtraction = () => undefined;
  const extract = knowing(["Europol", "Amaq"]);
  pipeline = await openPipeline(async (document) => {
    await beforeExtraction();
    return extract(document);
  });
  server = await testServer({ pipeline: pipeline.parts, store: pipeline.parts.store });
});
afterEach(async () => {
  await server.close();
  await pipeline.close();
});

interface SseEvent {
  name: string;
  data: unknown;
}

function eventsOf(text: string): SseEvent[] {
  return text
    .split("\n\n")
    .filter((part) => part.startsWith("event: "))
    .map((part) => {
      const [head = "", data = ""] = part.split("\n");
      return { name: head.slice("event: ".length), data: JSON.parse(data.slice("data: ".length)) as unknown };
    });
}

async function follow(id: string): Promise<{ job: Job; reports: DocumentReport[] }> {
  const events = eventsOf((await request(server.app).get(`/api/jobs/${id}/events`)).text);
  const job = jobSchema.parse(events.at(-1)?.data);
  return { job, reports: job.reports };
}

const named = (name: string) => ({ filename: name, filepath: name });

const files = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `news/é${index}.txt`, text: `${TEXT} Jour ${index}.` }));

/** The option `filepath`: the test client cuts the folders off a `filename`, browsers and our commands do not. */
function post(given: { name: string; text: string }[], collection?: string) {
  const form = request(server.app).post("/api/documents");
  if (collection !== undefined) form.field("collection", collection);
  for (const { name, text } of given) form.attach("files", Buffer.from(text, "utf8"), named(name));
  return form;
}

describe("one short document", () => {
  test("as JSON is ingested at once, with what the caller knows about it", async () => {
    const response = await request(server.app).post("/api/documents").send({
      text: TEXT,
      title: "Le site",
      url: "https://example.org/a",
      publishedAt: "2019-11-25",
      collection: "mine",
    });
    const { reports } = ingestedSchema.parse(response.body);
    expect([response.status, reports.map(({ id, name, status }) => [id, name, status])]).toEqual([
      201,
      [[documentId(TEXT), "Le site", "added"]],
    ]);
    expect(await pipeline.store.document(documentId(TEXT))).toMatchObject({
      title: "Le site",
      url: "https://example.org/a",
      publishedAt: "2019-11-25",
      collection: "mine",
      text: TEXT,
    });
  });

  test("as a file keeps its name with accents and folders", async () => {
    const response = await post([{ name: "dossier/été.txt", text: TEXT }]);
    expect([response.status, ingestedSchema.parse(response.body).reports[0]?.name]).toEqual([201, "dossier/été.txt"]);
  });

  test("that cannot be used is told in its report", async () => {
    const empty = await post([{ name: "empty.txt", text: "  " }]);
    const foreign = await request(server.app)
      .post("/api/documents")
      .send({ text: "Die Polizei hat am Montag in Berlin mehrere Verdächtige festgenommen und Beweise gesichert." });
    const problems = [empty, foreign].map(({ status, body }) => [
      status,
      ingestedSchema.parse(body).reports[0]?.problem?.code,
    ]);
    expect(problems).toEqual([
      [201, "empty"],
      [201, "unknown_language"],
    ]);
    expect((await pipeline.store.counts()).documents).toBe(0);
  });

  test("deleted, it is gone with what only it told", async () => {
    await request(server.app).post("/api/documents").send({ text: TEXT });
    const deleted = await request(server.app).delete(`/api/documents/${documentId(TEXT)}`);
    const again = await request(server.app).delete(`/api/documents/${documentId(TEXT)}`);
    expect([deleted.status, again.status]).toEqual([204, 404]);
    expect(await pipeline.store.counts()).toEqual({ documents: 0, entities: 0, claims: 0, edges: 0 });
  });
});

describe("more than one document, or a long one", () => {
  test("becomes a job whose events tell every document", async () => {
    const response = await post(files(3), "mine");
    const { job } = acceptedSchema.parse(response.body);
    expect([response.status, job.state, job.total, job.collection]).toEqual([202, "queued", 3, "mine"]);
    const events = eventsOf((await request(server.app).get(`/api/jobs/${job.id}/events`)).text);
    expect(events[0]?.name).toBe("job");
    const last = jobSchema.parse(events.at(-1)?.data);
    expect([last.state, last.done, last.failed, last.reports.map(({ name }) => name)]).toEqual([
      "done",
      3,
      0,
      files(3).map(({ name }) => name),
    ]);
    const list = (await request(server.app).get("/api/jobs")).body as Job[];
    expect(list).toEqual([{ ...last, reports: [] }]);
    expect(await pipeline.store.collections()).toEqual([{ name: "mine", documents: 3 }]);
  });

  test("a text of more than 20,000 characters is a job, a page of that many bytes with a short text is not", async () => {
    const long = await request(server.app)
      .post("/api/documents")
      .send({ text: `${TEXT}\n\n`.repeat(300) });
    const page = `<html lang="fr"><head><title>Le site</title><style>${"a{}".repeat(9_000)}</style></head>
      <body><article><h1>Le site</h1><p>${TEXT}</p><p>${TEXT}</p></article></body></html>`;
    const short = await post([{ name: "page.html", text: page }]);
    expect([long.status, short.status]).toEqual([202, 201]);
    await follow(acceptedSchema.parse(long.body).job.id);
  });

  test("lines of extract are one document each, and a broken line is one report", async () => {
    const lines = [
      JSON.stringify(extractionOf("Europol agit.", ["Europol"], [])),
      "{",
      JSON.stringify(extractionOf("Amaq publie.", ["Amaq"], [])),
    ];
    const response = await post([{ name: "all.jsonl", text: lines.join("\n") }]);
    const { reports } = await follow(acceptedSchema.parse(response.body).job.id);
    expect(reports.map(({ name, status, problem }) => [name, status, problem?.code ?? null])).toEqual([
      ["all.jsonl, line 1", "added", null],
      ["all.jsonl, line 2", "failed", "malformed"],
      ["all.jsonl, line 3", "added", null],
    ]);
  });

  test("a collection is taken out with one request", async () => {
    await follow(acceptedSchema.parse((await post(files(2), "samples")).body).job.id);
    const removed = await request(server.app).delete("/api/collections/samples");
    const again = await request(server.app).delete("/api/collections/samples");
    expect([removed.status, removed.body, again.status]).toEqual([200, { documents: 2 }, 404]);
    expect(await pipeline.store.counts()).toEqual({ documents: 0, entities: 0, claims: 0, edges: 0 });
  });
});

describe("a job", () => {
  test("is stopped after the document at hand", async () => {
    let id = "";
    let extracted = 0;
    beforeExtraction = async () => {
      extracted += 1;
      if (extracted === 2) await request(server.app).delete(`/api/jobs/${id}`);
    };
    id = acceptedSchema.parse((await post(files(8))).body).job.id;
    const { job } = await follow(id);
    expect([job.state, job.done < 8, job.message]).toEqual([
      "failed",
      true,
      `Stopped after ${job.done} of 8 documents.`,
    ]);
    expect((await pipeline.store.counts()).documents).toBe(job.done);
  });

  test("that fills a collection ends before the collection is taken out", async () => {
    let removing: Promise<unknown> = Promise.resolve();
    let extracted = 0;
    beforeExtraction = () => {
      extracted += 1;
      if (extracted === 3) removing = request(server.app).delete("/api/collections/mine").then();
    };
    const { job } = acceptedSchema.parse((await post(files(8), "mine")).body);
    await follow(job.id);
    await removing;
    expect(await pipeline.store.counts()).toEqual({ documents: 0, entities: 0, claims: 0, edges: 0 });
    expect((await server.parts.jobs.job(job.id))?.state).toBe("failed");
  });

  test("goes on where it was when the program starts again", async () => {
    let closing: Promise<void> = Promise.resolve();
    let extracted = 0;
    beforeExtraction = () => {
      extracted += 1;
      if (extracted === 3) closing = server.parts.jobs.close();
    };
    const { job } = acceptedSchema.parse((await post(files(6))).body);
    while (extracted < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    await closing;
    const left = (await server.parts.workspace.job(job.id))!;
    expect([left.finishedAt, left.done < 6, left.done >= 2]).toEqual([null, true, true]);

    const again = await testServer({
      pipeline: pipeline.parts,
      store: pipeline.parts.store,
      workspace: server.parts.workspace,
    });
    await again.parts.jobs.resume();
    const events = eventsOf((await request(again.app).get(`/api/jobs/${job.id}/events`)).text);
    const last = jobSchema.parse(events.at(-1)?.data);
    expect([last.state, last.reports.map(({ name, status }) => [name, status])]).toEqual([
      "done",
      files(6).map(({ name }) => [name, "added"]),
    ]);
    expect(await again.parts.workspace.jobInput(job.id, 0)).toBeNull();
    await again.close();
  });

  test("fails as a whole when the model cannot run, and says why", async () => {
    const broken = await testServer({
      pipeline: {
        ...pipeline.parts,
        extractor: () => Promise.reject(new AppError("model_unavailable", "The model file is damaged.")),
      },
      store: pipeline.parts.store,
    });
    const job = await broken.parts.jobs.ingest(
      [{ name: "a.txt", mediaType: null, bytes: Buffer.from(TEXT), hints: {} }],
      "default",
    );
    const events = eventsOf((await request(broken.app).get(`/api/jobs/${job.id}/events`)).text);
    expect(events.at(-1)?.data).toMatchObject({ state: "failed", message: "The model file is damaged." });
    await broken.close();
  });

  test("computes the graph again, one at a time", async () => {
    await follow(acceptedSchema.parse((await post(files(3))).body).job.id);
    const first = await request(server.app).post("/api/jobs").send({ task: "reextract" });
    const second = await request(server.app).post("/api/jobs").send({ task: "reextract" });
    expect([first.status, second.status]).toEqual([202, 409]);
    const { job } = await follow(acceptedSchema.parse(first.body).job.id);
    expect([job.task, job.state, job.total, job.done]).toEqual(["reextract", "done", 3, 3]);
  });

  test("of which nobody listens any more is not spoken to", async () => {
    const { job } = acceptedSchema.parse((await post(files(2))).body);
    await follow(job.id);
    const late = await follow(job.id);
    expect(late.job.state).toBe("done");
  });
});
