import request from "supertest";
import { afterEach, beforeEach, expect, test } from "vitest";
import { acceptedSchema } from "../../server/contract/api.ts";
import { knowing, openPipeline, type TestPipeline } from "../ingest/pipeline.ts";
import { zipOf } from "../reading/zip-files.ts";
import { testServer, type TestServer } from "./parts.ts";

let pipeline: TestPipeline;
let server: TestServer;

beforeEach(async () => {
  pipeline = await openPipeline(knowing(["Europol", "Amaq"]));
  server = await testServer({ pipeline: pipeline.parts, store: pipeline.parts.store });
});
afterEach(async () => {
  await server.close();
  await pipeline.close();
});

test("each file of an archive has its report, those that cannot be read too", async () => {
  const article = "L'agence Europol a neutralisé le site Amaq pendant deux jours, selon les enquêteurs belges.";
  const archive = zipOf([
    { name: "a.txt", content: article },
    { name: "secret.txt", content: "?".repeat(13), size: 1, encrypted: true },
    { name: "b.txt", content: `${article} Le parquet le confirme.` },
  ]);
  const response = await request(server.app)
    .post("/api/documents")
    .attach("files", archive, { filename: "week.zip", contentType: "application/zip" });
  const { id } = acceptedSchema.parse(response.body).job;
  await request(server.app).get(`/api/jobs/${id}/events`);
  const job = (await server.parts.jobs.job(id))!;
  expect(job.reports.map(({ name, status, problem }) => [name, status, problem?.message ?? null])).toEqual([
    ["week.zip/a.txt", "added", null],
    ["week.zip/secret.txt", "failed", "week.zip/secret.txt is encrypted; unpack the archive with its password first."],
    ["week.zip/b.txt", "added", null],
  ]);
});
