import request from "supertest";
import { afterEach, beforeEach, expect, test } from "vitest";
import { acceptedSchema } from "../../server/contract/api.ts";
import { ADDRESS_MEDIA_TYPE } from "../../server/contract/document.ts";
import { errorBodySchema } from "../../server/contract/report.ts";
import { readAddress } from "../../server/reading/web/read-address.ts";
import { knowing, openPipeline, type TestPipeline } from "../ingest/pipeline.ts";
import { openSite, policyFor, resolveHere, type TestSite } from "../reading/web/servers.ts";
import { testServer, type TestServer } from "./parts.ts";

let site: TestSite;
let pipeline: TestPipeline;
let server: TestServer;

beforeEach(async () => {
  site = await openSite((asked, response) => {
    response.writeHead(asked.url === "/article" ? 200 : 404, { "content-type": "text/plain; charset=utf-8" });
    response.end(
      "Un site neutralisé\n\nL'agence Europol a neutralisé le site Amaq pendant deux jours, dit le parquet.",
    );
  });
  pipeline = await openPipeline(knowing(["Europol", "Amaq"]));
  const fetched: TestPipeline["parts"] = {
    ...pipeline.parts,
    async read(input) {
      if (input.mediaType !== ADDRESS_MEDIA_TYPE) return pipeline.parts.read(input);
      const parts = { policy: policyFor(site), resolve: resolveHere, userAgent: "Fil rouge test" };
      const result = await readAddress(Buffer.from(input.bytes).toString(), input.hints, parts);
      return result.problem === null ? { document: result.document } : { problem: result.problem };
    },
  };
  server = await testServer({ pipeline: fetched, store: pipeline.parts.store });
});
afterEach(async () => {
  await server.close();
  await pipeline.close();
  await site.close();
});

async function finished(id: string) {
  await request(server.app).get(`/api/jobs/${id}/events`);
  return (await server.parts.jobs.job(id))!;
}

test("an address alone becomes a job that fetches the page; its report tells the article", async () => {
  const response = await request(server.app)
    .post("/api/documents")
    .send({ url: `${site.origin}/article`, collection: "news" });
  expect(response.status).toBe(202);
  const job = await finished(acceptedSchema.parse(response.body).job.id);
  expect(job.reports.map(({ name, title, status, claims }) => ({ name, title, status, claims }))).toEqual([
    { name: `${site.origin}/article`, title: "Un site neutralisé", status: "added", claims: 1 },
  ]);
  const { documents } = await pipeline.store.documents({ limit: 10 });
  expect(documents.map(({ url, source, collection }) => ({ url, source, collection }))).toEqual([
    { url: `${site.origin}/article`, source: "site.test", collection: "news" },
  ]);
});

test("an address that gives nothing is a problem in its report, and the others of a form are read", async () => {
  const address = (path: string) => Buffer.from(`${site.origin}${path}`);
  const form = request(server.app).post("/api/documents");
  for (const path of ["/missing", "/article"]) {
    form.attach("files", address(path), { filename: "address", contentType: ADDRESS_MEDIA_TYPE });
  }
  const job = await finished(acceptedSchema.parse((await form).body).job.id);
  expect(job.reports.map(({ name, status, problem }) => [name, status, problem?.message ?? null])).toEqual([
    [`${site.origin}/missing`, "failed", `${site.origin}/missing answered 404 Not Found.`],
    [`${site.origin}/article`, "added", null],
  ]);
});

test("neither text nor address is refused in a sentence", async () => {
  const response = await request(server.app).post("/api/documents").send({ title: "x" });
  expect([response.status, errorBodySchema.parse(response.body).error.message]).toEqual([
    400,
    'The body cannot be used: text: is missing; give it, or "url" alone to have the page fetched.',
  ]);
});
