import { readFile } from "node:fs/promises";
import request from "supertest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { gallerySchema } from "../../server/contract/api.ts";
import { cypherResultSchema } from "../../server/contract/cypher.ts";
import {
  claimPageSchema,
  documentPageSchema,
  entityDetailSchema,
  entityHitsSchema,
  graphSchema,
  neighboursSchema,
  pathsSchema,
  storedDocumentSchema,
  timelineSchema,
  togetherSchema,
} from "../../server/contract/graph.ts";
import { healthSchema } from "../../server/contract/report.ts";
import { allRoutes } from "../../server/http/app.ts";
import { createSessions } from "../../server/http/session.ts";
import { ingest } from "../../server/ingest.ts";
import { extractionOf } from "../ingest/extractions.ts";
import { allReports, extractionInput, openPipeline, type TestPipeline } from "../ingest/pipeline.ts";
import { testServer, type TestServer } from "./parts.ts";

const TYPES = { Europol: "PublicBody", Amaq: "MediaOutlet", Telegram: "Platform", Daech: "ThreatGroup" } as const;
const EXTRACTIONS = [
  extractionOf("Europol a neutralisé Amaq.", ["Europol", "Amaq"], [["Europol", "TOOK_DOWN", "Amaq"]], {
    types: TYPES,
    title: "Le site paralysé",
    claim: { date: "2019-11-24", confidence: 0.9 },
  }),
  extractionOf(
    "Telegram aurait aidé Europol, et Amaq est l'organe de Daech.",
    ["Telegram", "Europol", "Amaq", "Daech"],
    [
      ["Telegram", "SUPPORTED", "Europol"],
      ["Amaq", "MOUTHPIECE_OF", "Daech"],
    ],
    { types: TYPES, title: "La plateforme", claim: { modality: "alleged", confidence: 0.6 } },
  ),
];

let pipeline: TestPipeline;
let server: TestServer;
const ids: Record<string, string> = {};

beforeAll(async () => {
  pipeline = await openPipeline();
  await allReports(ingest(EXTRACTIONS.map(extractionInput), { collection: "news" }, pipeline.parts));
  server = await testServer({
    pipeline: pipeline.parts,
    store: pipeline.parts.store,
    model: () => Promise.resolve({ version: "test 1", loaded: false, message: null }),
  });
  for (const name of Object.keys(TYPES)) {
    const hits = await get("/api/entities", { q: name }, entityHitsSchema);
    ids[name] = hits.entities[0]!.id;
  }
});
afterAll(async () => {
  await server.close();
  await pipeline.close();
});

async function get<T>(path: string, query: Record<string, string | number>, schema: z.ZodType<T>): Promise<T> {
  const response = await request(server.app).get(path).query(query);
  expect([response.status, response.body]).toEqual([200, expect.anything()]);
  const parsed = schema.parse(response.body);
  expect(response.body).toEqual(parsed);
  return parsed;
}

const namesOf = (graph: { nodes: { name: string }[] }) => graph.nodes.map(({ name }) => name).sort();
const typesOf = (graph: { edges: { type: string }[] }) => graph.edges.map(({ type }) => type).sort();

describe("answers have the described shape, and say what the articles say", () => {
  test("health", async () => {
    expect(await get("/api/health", {}, healthSchema)).toEqual({
      ok: true,
      version: "0.0.0",
      store: { kind: "embedded", reachable: true, message: null },
      counts: { documents: 2, entities: 4, claims: 3, edges: 3 },
      collections: [{ name: "news", documents: 2 }],
      model: { version: "test 1", loaded: false, message: null },
    });
  });

  test("the overview, and the graph among given entities", async () => {
    const overview = await get("/api/graph", {}, graphSchema);
    expect(namesOf(overview)).toEqual(["Amaq", "Daech", "Europol", "Telegram"]);
    const two = await get("/api/graph", { ids: `${ids["Europol"]},${ids["Amaq"]}` }, graphSchema);
    expect([namesOf(two), typesOf(two)]).toEqual([["Amaq", "Europol"], ["TOOK_DOWN"]]);
  });

  test("a body asks for the graph among more entities than an address holds, and for its dates", async () => {
    const many = [...Object.values(ids), ...Array.from({ length: 5_000 }, (_, index) => `unknown-${index}`)];
    const response = await request(server.app)
      .post("/api/graph")
      .send({ ids: many, standing: ["alleged"] });
    expect(response.status).toBe(200);
    const graph = graphSchema.parse(response.body);
    expect([namesOf(graph), typesOf(graph)]).toEqual([
      ["Amaq", "Daech", "Europol", "Telegram"],
      ["MOUTHPIECE_OF", "SUPPORTED"],
    ]);
    const dates = await request(server.app).post("/api/timeline").send({});
    expect(timelineSchema.parse(dates.body)).toEqual({ dates: [{ date: "2019-11-24", claims: 1 }], undated: 2 });
    const among = await request(server.app)
      .post("/api/timeline")
      .send({ ids: [ids["Amaq"], ids["Daech"]] });
    expect(timelineSchema.parse(among.body)).toEqual({ dates: [], undated: 1 });
    const wrong = await request(server.app).post("/api/graph").send({ ids: [], minConfidence: 2 });
    expect([wrong.status, (wrong.body as { error: { issues: unknown } }).error.issues]).toEqual([
      400,
      [{ path: "minConfidence", message: expect.any(String) as string }],
    ]);
  });

  test("the one filter narrows graph, neighbours, paths, claims and export alike", async () => {
    const stated = await get("/api/graph", { standing: "stated" }, graphSchema);
    expect(typesOf(stated)).toEqual(["TOOK_DOWN"]);
    const neighbours = await get(
      `/api/entities/${ids["Europol"]}/neighbours`,
      { families: "cooperation" },
      neighboursSchema,
    );
    expect(typesOf(neighbours)).toEqual(["SUPPORTED"]);
    const claims = await get("/api/claims", { from: "2019-11", to: "2019" }, claimPageSchema);
    expect(claims.claims.map(({ quote }) => quote)).toEqual(["Europol a neutralisé Amaq."]);
    const none = await get("/api/paths", { from: ids["Europol"]!, to: ids["Daech"]!, minConfidence: 0.8 }, pathsSchema);
    expect([none.length, none.paths]).toEqual([null, []]);
    const exported = await request(server.app).get("/api/export").query({ format: "csv", relationships: "TOOK_DOWN" });
    expect(exported.text.split("\r\n").slice(1).filter(Boolean)).toHaveLength(1);
  });

  test("an entity, its neighbours, and what is told in one sentence without a relationship", async () => {
    const entity = await get(`/api/entities/${ids["Europol"]}`, {}, entityDetailSchema);
    expect(entity.relationships).toEqual([
      { type: "SUPPORTED", direction: "in", count: 1 },
      { type: "TOOK_DOWN", direction: "out", count: 1 },
    ]);
    const neighbours = await get(`/api/entities/${ids["Europol"]}/neighbours`, {}, neighboursSchema);
    expect(namesOf(neighbours)).toEqual(["Amaq", "Europol", "Telegram"]);
    const together = await get("/api/together", { entity: ids["Europol"]! }, togetherSchema);
    expect(together.together.map(({ node }) => node.name)).toEqual(["Daech"]);
  });

  test("all shortest paths, each hop with its claims", async () => {
    const paths = await get("/api/paths", { from: ids["Telegram"]!, to: ids["Daech"]! }, pathsSchema);
    expect(paths.length).toBe(3);
    expect(paths.paths[0]!.hops.map(({ claims }) => claims[0]!.type)).toEqual([
      "SUPPORTED",
      "TOOK_DOWN",
      "MOUTHPIECE_OF",
    ]);
  });

  test("claims of an edge, either way round, in pages", async () => {
    const wrongWay = await get("/api/claims", { subject: ids["Amaq"]!, object: ids["Europol"]! }, claimPageSchema);
    const eitherWay = await get(
      "/api/claims",
      { subject: ids["Amaq"]!, object: ids["Europol"]!, eitherWay: "true" },
      claimPageSchema,
    );
    expect([wrongWay.total, eitherWay.total]).toEqual([0, 1]);
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: z.infer<typeof claimPageSchema> = await get("/api/claims", { limit: 1, cursor }, claimPageSchema);
      expect(page.total).toBe(3);
      seen.push(...page.claims.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(new Set(seen).size).toBe(3);
  });

  test("documents are listed, found by their words, and read with their mentions", async () => {
    const list = await get("/api/documents", {}, documentPageSchema);
    expect(list.documents.map(({ title }) => title)).toEqual(["La plateforme", "Le site paralysé"]);
    const found = await get("/api/documents", { q: "neutralise" }, documentPageSchema);
    expect(found.documents.map(({ title }) => title)).toEqual(["Le site paralysé"]);
    const document = await get(`/api/documents/${EXTRACTIONS[0]!.id}`, {}, storedDocumentSchema);
    expect(document.mentions.map(({ start, end }) => document.text.slice(start, end))).toEqual(["Europol", "Amaq"]);
  });

  test("Cypher gives rows, a graph to draw, and the place of a fault", async () => {
    const answer = await request(server.app)
      .post("/api/cypher")
      .send({
        query: "MATCH (a:Entity {name: $name})-[r:TOOK_DOWN]->(b) RETURN a, r, b.name",
        params: { name: "Europol" },
      });
    const result = cypherResultSchema.parse(answer.body);
    expect([answer.status, result.columns, result.rows[0]?.[2]]).toEqual([200, ["a", "r", "b.name"], "Amaq"]);
    expect(result.graph.nodes.map(({ name }) => name).sort()).toEqual(["Amaq", "Europol"]);
    const write = await request(server.app).post("/api/cypher").send({ query: "CREATE (n:Entity) RETURN n" });
    expect([write.status, (write.body as { error: { code: string } }).error.code]).toEqual([400, "query_refused"]);
    expect((await pipeline.store.counts()).entities).toBe(4);
  });

  test("the gallery's questions are answered as they are given, with their defaults", async () => {
    const { queries } = await get("/api/gallery", {}, gallerySchema);
    expect(queries.length).toBeGreaterThanOrEqual(12);
    for (const { id, query, params } of queries) {
      const values = Object.fromEntries(params.map((param) => [param.name, param.default]));
      const response = await request(server.app).post("/api/cypher").send({ query, params: values });
      expect([id, response.status]).toEqual([id, 200]);
    }
    const against = queries.find(({ id }) => id === "acted-against")!;
    const response = await request(server.app)
      .post("/api/cypher")
      .send({ query: against.query, params: { name: "Amaq" } });
    expect(typesOf(cypherResultSchema.parse(response.body).graph)).toEqual(["TOOK_DOWN"]);
  });

  test("an unknown id is a 404 that names it", async () => {
    const paths = [
      "/api/entities/nothing",
      "/api/entities/nothing/neighbours",
      "/api/documents/nothing",
      "/api/together?entity=nothing",
      `/api/paths?from=${ids["Europol"]}&to=nothing`,
      "/api/jobs/nothing",
      "/api/queries/nothing",
      "/api/views/nothing",
      "/api/views/nothing/changes",
      "/api/views/nothing/export?format=json",
    ];
    for (const path of paths) {
      const response = await request(server.app).get(path);
      expect([path, response.status, response.text]).toEqual([path, 404, expect.stringContaining('\\"nothing\\"')]);
    }
  });
});

test("every described answer of a GET fits its description", async () => {
  const sessions = createSessions({ password: null, token: "t", secret: "s", now: () => new Date() });
  const described = allRoutes(server.parts, sessions)
    .filter(({ method, responses }) => method === "get" && responses[200]?.schema !== undefined)
    .map(({ path }) => path);
  const examples: Record<string, string> = {
    "/api/entities/{id}": `/api/entities/${ids["Amaq"]}`,
    "/api/entities/{id}/neighbours": `/api/entities/${ids["Amaq"]}/neighbours`,
    "/api/documents/{id}": `/api/documents/${EXTRACTIONS[1]!.id}`,
    "/api/documents/{id}/originals": `/api/documents/${EXTRACTIONS[1]!.id}/originals`,
    "/api/paths": `/api/paths?from=${ids["Amaq"]}&to=${ids["Telegram"]}`,
    "/api/together": `/api/together?entity=${ids["Amaq"]}`,
  };
  const job = await server.parts.jobs.recompute("rebuild");
  // While it runs the graph is only a part.
  await request(server.app).get(`/api/jobs/${job.id}/events`);
  examples["/api/jobs/{id}"] = `/api/jobs/${job.id}`;
  const query = await request(server.app).post("/api/queries").send({ name: "All", cypher: "RETURN 1" });
  examples["/api/queries/{id}"] = `/api/queries/${(query.body as { id: string }).id}`;
  const nodes = [{ id: ids["Amaq"], x: 0, y: 0 }];
  const view = await request(server.app).post("/api/views").send({ name: "Amaq", nodes, edges: [] });
  examples["/api/views/{id}"] = `/api/views/${(view.body as { id: string }).id}`;
  examples["/api/views/{id}/changes"] = `${examples["/api/views/{id}"]}/changes`;
  for (const route of allRoutes(server.parts, sessions)) {
    if (!described.includes(route.path) || route.method !== "get") continue;
    const response = await request(server.app).get(examples[route.path] ?? route.path);
    expect([route.path, response.status]).toEqual([route.path, 200]);
    const parsed: unknown = route.responses[200]!.schema!.parse(response.body);
    expect(parsed).toEqual(response.body);
  }
});

describe("export", () => {
  test.each([
    ["json", "application/json; charset=utf-8", '"claims":['],
    ["jsonl", "application/x-ndjson; charset=utf-8", '"record":"claim"'],
    ["csv", "text/csv; charset=utf-8", "Europol a neutralisé Amaq."],
    ["entities-csv", "text/csv; charset=utf-8", "ThreatGroup"],
    ["gexf", "application/gexf+xml; charset=utf-8", 'label="TOOK_DOWN"'],
    ["graphml", "application/graphml+xml; charset=utf-8", '<data key="edge-quote">Europol a neutralisé Amaq.</data>'],
    ["extractions", "application/x-ndjson; charset=utf-8", '"subjectSpan"'],
  ])("%s is a file to download with the quotes in it", async (format, type, part) => {
    const response = await request(server.app)
      .get("/api/export")
      .query({ format })
      .buffer(true)
      .parse((stream, done) => {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => done(null, Buffer.concat(chunks).toString("utf8")));
      });
    expect([response.status, response.headers["content-type"]]).toEqual([200, type]);
    expect(response.headers["content-disposition"]).toMatch(/^attachment; filename="fil-rouge\./);
    expect(response.body).toContain(part);
  });
});

test("the file of the vocabulary is what the API gives", async () => {
  const file: unknown = JSON.parse(await readFile(new URL("../../data/ontology.json", import.meta.url), "utf8"));
  expect((await request(server.app).get("/api/ontology")).body).toEqual(file);
});
