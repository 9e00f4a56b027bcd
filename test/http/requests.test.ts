import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import request from "supertest";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { errorBodySchema } from "../../server/contract/report.ts";
import { filterSchema } from "../../server/contract/filter.ts";
import { decodeQuery } from "../../server/http/route.ts";
import { testServer, type TestServer } from "./parts.ts";

let server: TestServer;
beforeEach(async () => {
  server = await testServer();
});
afterEach(() => server.close());

function faultOf(body: unknown): { code: string; message: string; issues: string[] } {
  const { error } = errorBodySchema.strict().parse(body);
  return { code: error.code, message: error.message, issues: (error.issues ?? []).map(({ path }) => path) };
}

describe("query parameters", () => {
  test("lists, numbers and booleans are read as such, empty ones are absent", () => {
    const schema = z.object({ ...filterSchema.shape, eitherWay: z.boolean().optional() });
    const raw = {
      types: "Person,Platform",
      standing: ["stated", "denied"],
      minConfidence: "0.5",
      eitherWay: "true",
      from: "2019",
      collection: "",
      documents: "",
    };
    expect(decodeQuery(schema, raw)).toEqual({
      types: ["Person", "Platform"],
      standing: ["stated", "denied"],
      minConfidence: 0.5,
      eitherWay: true,
      from: "2019",
    });
  });

  test.each([
    ["/api/graph?colour=red", ["colour"]],
    ["/api/graph?types=Persons", ["types.0"]],
    ["/api/graph?limit=many", ["limit"]],
    ["/api/graph?limit=0", ["limit"]],
    ["/api/graph?minConfidence=2", ["minConfidence"]],
    ["/api/graph?from=yesterday", ["from"]],
    ["/api/paths?from=a", ["to"]],
    ["/api/paths?from=a&to=b&max=7", ["max"]],
    ["/api/entities?type=Animal&limit=1000", ["type", "limit"]],
    ["/api/export", ["format"]],
    ["/api/claims?eitherWay=maybe", ["eitherWay"]],
  ])("%s is refused and names what is wrong", async (path, issues) => {
    const response = await request(server.app).get(path);
    expect(response.status).toBe(400);
    const fault = faultOf(response.body);
    expect([fault.code, fault.issues]).toEqual(["invalid_input", issues]);
  });
});

describe("bodies", () => {
  test("malformed JSON is one sentence without a stack", async () => {
    const response = await request(server.app).post("/api/cypher").type("json").send('{"query": "MATCH');
    expect(response.status).toBe(400);
    expect(faultOf(response.body)).toEqual({
      code: "invalid_input",
      message: expect.stringMatching(/^The body is no JSON: /) as string,
      issues: [],
    });
    expect(response.text).not.toMatch(/\.ts|\.js|node_modules/);
  });

  test("an unknown field and a missing one are both named", async () => {
    const response = await request(server.app).post("/api/queries").send({ name: "x", colour: "red" });
    expect(response.status).toBe(400);
    expect(faultOf(response.body).issues.sort()).toEqual(["colour", "cypher"]);
  });

  test("a missing body is told", async () => {
    const response = await request(server.app).post("/api/cypher");
    expect([response.status, faultOf(response.body).code]).toEqual([415, "unsupported_media"]);
  });

  test("a body of another type is refused", async () => {
    const response = await request(server.app).post("/api/documents").type("text/plain").send("text");
    expect([response.status, faultOf(response.body).message]).toEqual([
      415,
      "The body must be application/json or multipart/form-data (header Content-Type).",
    ]);
  });

  test("a body that is too large is refused before it is parsed", async () => {
    const response = await request(server.app)
      .post("/api/documents")
      .type("json")
      .send(`{"text": "${"a".repeat(9_000_000)}"}`);
    expect([response.status, faultOf(response.body).code]).toEqual([413, "too_large"]);
  });

  test("a text beyond the limit is refused with its field", async () => {
    const response = await request(server.app)
      .post("/api/documents")
      .send({ text: "a".repeat(1_000_001) });
    expect([response.status, faultOf(response.body).issues]).toEqual([400, ["text"]]);
  });

  test("a form with a wrong field, without files, and with a field that is no date", async () => {
    const wrongField = await request(server.app).post("/api/documents").attach("file", Buffer.from("x"), "a.txt");
    const noFiles = await request(server.app).post("/api/documents").field("collection", "mine");
    const badDate = await request(server.app)
      .post("/api/documents")
      .field("publishedAt", "2023-02-30")
      .attach("files", Buffer.from("x"), "a.txt");
    expect([wrongField, noFiles, badDate].map(({ status, body }) => [status, faultOf(body).message])).toEqual([
      [400, 'Files belong into the field "files", not "file".'],
      [400, 'The form holds no file in the field "files".'],
      [400, "The form cannot be used: publishedAt: no such day."],
    ]);
  });
});

describe("addresses", () => {
  test("an unknown one of the API is told in JSON, for every method", async () => {
    const get = await request(server.app).get("/api/nothing");
    const post = await request(server.app).post("/api/health");
    expect([get.status, faultOf(get.body).message]).toEqual([
      404,
      "There is nothing at /api/nothing. See /api/openapi.json.",
    ]);
    expect([post.status, faultOf(post.body).message]).toEqual([
      404,
      "POST is not possible at /api/health. See /api/openapi.json.",
    ]);
  });

  test("a broken escape is a bad request", async () => {
    const response = await request(server.app).get("/api/queries/%E0%A4%A");
    expect([response.status, faultOf(response.body).code]).toEqual([400, "invalid_input"]);
  });

  test("the page answers for every address that is no file, and files answer for themselves", async () => {
    await mkdir(join(server.parts.clientFolder, "assets"), { recursive: true });
    await writeFile(join(server.parts.clientFolder, "index.html"), "<title>the page</title>");
    await writeFile(join(server.parts.clientFolder, "assets", "app-1.js"), "run()");
    const page = await request(server.app).get("/view/anything");
    const script = await request(server.app).get("/assets/app-1.js");
    const escape = await request(server.app).get("/..%2f..%2fpackage.json");
    expect([page.text, page.headers["cache-control"]]).toEqual(["<title>the page</title>", "no-cache"]);
    expect([script.text, script.headers["cache-control"]]).toEqual(["run()", "public, max-age=31536000, immutable"]);
    expect(escape.text).not.toContain("fil-rouge");
  });
});

describe("saved queries", () => {
  test("are made, read, changed and deleted", async () => {
    const made = await request(server.app).post("/api/queries").send({ name: "All", cypher: "MATCH (n) RETURN n" });
    const { id } = made.body as { id: string };
    const changed = await request(server.app).put(`/api/queries/${id}`).send({ name: "Some", cypher: "RETURN 1" });
    const read = await request(server.app).get(`/api/queries/${id}`);
    expect(read.body).toEqual(changed.body);
    expect(read.body).toEqual({
      ...(made.body as object),
      name: "Some",
      cypher: "RETURN 1",
      updatedAt: expect.any(String) as string,
    });
    const deleted = await request(server.app).delete(`/api/queries/${id}`);
    const again = await request(server.app).delete(`/api/queries/${id}`);
    expect([deleted.status, again.status, faultOf(again.body).code]).toEqual([204, 404, "not_found"]);
  });
});

describe("when the store cannot be reached", () => {
  test("health says so, and the graph is a clear 503", async () => {
    const health = await request(server.app).get("/api/health");
    const graph = await request(server.app).get("/api/graph");
    expect([health.status, health.body]).toEqual([
      503,
      {
        ok: false,
        version: "0.0.0",
        store: { kind: "embedded", reachable: false, message: "No store in this test." },
        counts: { documents: 0, entities: 0, claims: 0, edges: 0 },
        collections: [],
        model: { version: "none", loaded: false, message: "No model in this test." },
      },
    ]);
    expect([graph.status, faultOf(graph.body).code]).toEqual([503, "store_unreachable"]);
  });
});
