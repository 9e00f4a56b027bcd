import request from "supertest";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ingestedSchema } from "../../server/contract/api.ts";
import { originalsSchema, verificationSchema } from "../../server/contract/original.ts";
import { knowing, openPipeline, type TestPipeline } from "../ingest/pipeline.ts";
import { testServer, type TestServer } from "./parts.ts";

let pipeline: TestPipeline;
let server: TestServer;
let id: string;

const HTML = `<!doctype html><html lang="fr"><head><title>Amaq neutralisé</title></head><body><article><h1>Amaq neutralisé</h1>
<p>L'agence Europol a neutralisé le site Amaq pendant deux jours, selon les enquêteurs belges et le parquet fédéral.</p>
<script>document.title = "pwned"</script></article></body></html>`;

beforeEach(async () => {
  pipeline = await openPipeline(knowing(["Europol", "Amaq"]));
  server = await testServer({ pipeline: pipeline.parts, store: pipeline.parts.store });
  const response = await request(server.app)
    .post("/api/documents")
    .attach("files", Buffer.from(HTML), { filename: "l'été à Gand.html", contentType: "text/html" });
  id = ingestedSchema.parse(response.body).reports[0]!.id!;
});
afterEach(async () => {
  await server.close();
  await pipeline.close();
});

test("the original comes back byte for byte, as a download that runs nowhere", async () => {
  const response = await request(server.app).get(`/api/documents/${id}/original`).responseType("blob");
  expect(response.body).toEqual(Buffer.from(HTML));
  const names = ["content-type", "content-disposition", "content-security-policy", "x-content-type-options"];
  expect(names.map((name) => response.get(name))).toEqual([
    "application/octet-stream",
    "attachment; filename*=UTF-8''l'%C3%A9t%C3%A9%20%C3%A0%20Gand.html",
    "sandbox",
    "nosniff",
  ]);
});

test("what is kept of it is told, and found by its hash", async () => {
  const answer = await request(server.app).get(`/api/documents/${id}/originals`);
  const { captures, versions } = originalsSchema.parse(answer.body);
  expect([captures.map(({ name }) => name), versions]).toEqual([["l'été à Gand.html"], []]);
  const byHash = await request(server.app).get(`/api/documents/${id}/original?sha256=${captures[0]!.sha256}`);
  const other = await request(server.app).get(`/api/documents/${id}/original?sha256=${"0".repeat(64)}`);
  expect([byHash.status, other.status]).toEqual([200, 404]);
});

test("deleting the article deletes it", async () => {
  await request(server.app).delete(`/api/documents/${id}`);
  const answers = ["original", "originals"].map((what) => request(server.app).get(`/api/documents/${id}/${what}`));
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([404, 404]);
});

test("the verification is one line a document", async () => {
  const { text } = await request(server.app).get("/api/verification").buffer(true);
  const results = text
    .trimEnd()
    .split("\n")
    .map((line) => verificationSchema.parse(JSON.parse(line)));
  expect(results).toEqual([{ document: id, title: "Amaq neutralisé", quotes: 1, originals: 1, faults: [] }]);
});
