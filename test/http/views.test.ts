import request from "supertest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Graph } from "../../server/contract/graph.ts";
import { savedViewSchema, viewChangesSchema, viewSummarySchema, type SavedView } from "../../server/contract/view.ts";
import { ingest } from "../../server/ingest.ts";
import { bestQuotes } from "../../server/views.ts";
import { claim } from "../export/graph-source.ts";
import { extractionOf } from "../ingest/extractions.ts";
import { allReports, extractionInput, openPipeline, type TestPipeline } from "../ingest/pipeline.ts";
import { testServer, type TestServer } from "./parts.ts";

const TYPES = {
  Europol: "PublicBody",
  Amaq: "MediaOutlet",
  Telegram: "Platform",
  Daech: "ThreatGroup",
  Nashir: "MediaOutlet",
} as const;

const TOOK_DOWN = extractionOf("Europol a neutralisé Amaq.", ["Europol", "Amaq"], [["Europol", "TOOK_DOWN", "Amaq"]], {
  types: TYPES,
  title: "Le site paralysé",
  claim: { date: "2019-11-24", confidence: 0.9 },
});
const ALLEGED = extractionOf(
  "Telegram aurait aidé Europol, et Amaq est l'organe de Daech.",
  ["Telegram", "Europol", "Amaq", "Daech"],
  [
    ["Telegram", "SUPPORTED", "Europol"],
    ["Amaq", "MOUTHPIECE_OF", "Daech"],
  ],
  { types: TYPES, title: "La plateforme", claim: { modality: "alleged", confidence: 0.6 } },
);
const AGAIN = extractionOf(
  "De nouveau, Europol a neutralisé Amaq.",
  ["Europol", "Amaq"],
  [["Europol", "TOOK_DOWN", "Amaq"]],
  { types: TYPES, title: "Encore", claim: { confidence: 0.95 } },
);
const MET = extractionOf("Europol a rencontré Telegram.", ["Europol", "Telegram"], [["Europol", "MET", "Telegram"]], {
  types: TYPES,
  title: "La rencontre",
});
const NASHIR = extractionOf(
  "Nashir est l'organe de Daech.",
  ["Nashir", "Daech"],
  [["Nashir", "MOUTHPIECE_OF", "Daech"]],
  {
    types: TYPES,
    title: "Nashir",
  },
);

let pipeline: TestPipeline;
let server: TestServer;

const add = (...extractions: Parameters<typeof extractionInput>[0][]) =>
  allReports(ingest(extractions.map(extractionInput), { collection: "news" }, pipeline.parts));

beforeAll(async () => {
  pipeline = await openPipeline();
  await add(TOOK_DOWN, ALLEGED);
  server = await testServer({ pipeline: pipeline.parts, store: pipeline.parts.store });
});
afterAll(async () => {
  await server.close();
  await pipeline.close();
});

const graph = async (): Promise<Graph> => (await request(server.app).get("/api/graph")).body as Graph;

/** The whole graph as a page would send it. */
async function shown(name: string) {
  const { nodes, edges } = await graph();
  return {
    name,
    nodes: nodes.map(({ id }, index) => ({ id, x: index * 10, y: 5 - index, hidden: false, pinned: index === 0 })),
    edges: edges.map(({ id }) => id),
  };
}

async function save(body: object): Promise<SavedView> {
  const response = await request(server.app).post("/api/views").send(body);
  expect([response.status, response.body]).toEqual([201, expect.anything()]);
  return savedViewSchema.parse(response.body);
}

async function read(id: string): Promise<SavedView> {
  return savedViewSchema.parse((await request(server.app).get(`/api/views/${id}`)).body);
}

const changes = async (id: string) =>
  viewChangesSchema.parse((await request(server.app).get(`/api/views/${id}/changes`)).body);

const quotesOf = (view: SavedView) =>
  view.frozen.quotes.flatMap(({ claims }) => claims.map(({ quote }) => quote)).sort();
const namesOf = (view: SavedView) => view.frozen.nodes.map(({ name }) => name).sort();

describe("a saved view", () => {
  test("holds what it shows, with the best quotes, and is read back the same", async () => {
    const body = await shown("Autour d'Amaq");
    const view = await save({ ...body, notes: "À vérifier", layout: "circular", steps: [{ title: "Un" }] });
    const present = await graph();
    expect(view).toEqual({
      ...body,
      id: view.id,
      notes: "À vérifier",
      filter: {},
      layout: "circular",
      sizeBy: "mentions",
      colourBy: "type",
      steps: [{ title: "Un", text: "", nodes: [], edges: [] }],
      createdAt: view.createdAt,
      updatedAt: view.createdAt,
      frozen: {
        at: view.createdAt,
        nodes: present.nodes,
        edges: present.edges,
        quotes: expect.arrayContaining([
          {
            edge: present.edges.find(({ type }) => type === "TOOK_DOWN")!.id,
            total: 1,
            claims: [expect.anything()],
            withdrawn: 0,
          },
        ]) as unknown,
        baseline: present.edges.map(({ id, claims }) => ({ id, claims })),
        withdrawn: { quotes: 0, edges: 0, nodes: 0 },
      },
    });
    expect(quotesOf(view)).toEqual([TOOK_DOWN.text, ALLEGED.text, ALLEGED.text].sort());
    expect(await read(view.id)).toEqual(view);
    const list = viewSummarySchema.array().parse((await request(server.app).get("/api/views")).body);
    expect(list[0]).toEqual({
      id: view.id,
      name: "Autour d'Amaq",
      notes: "À vérifier",
      createdAt: view.createdAt,
      updatedAt: view.updatedAt,
      frozenAt: view.frozen.at,
      nodes: 4,
      edges: 3,
      steps: 1,
    });
  });

  test("does not drift when articles come; what is newer is counted, and refreshing takes it in", async () => {
    const view = await save(await shown("Gelée"));
    expect(await changes(view.id)).toEqual({ newEdges: 0, newClaims: 0, goneNodes: [], goneEdges: [] });
    await add(AGAIN, MET);
    expect(await read(view.id)).toEqual(view);
    expect(await changes(view.id)).toEqual({ newEdges: 1, newClaims: 1, goneNodes: [], goneEdges: [] });

    const { name, notes, nodes, edges: shownEdges, filter, layout, sizeBy, colourBy, steps } = view;
    const facts = { name, notes, nodes, edges: shownEdges, filter, layout, sizeBy, colourBy, steps };
    const renamed = await request(server.app)
      .put(`/api/views/${view.id}`)
      .send({ ...facts, name: "Renommée" });
    expect(savedViewSchema.parse(renamed.body).frozen).toEqual(view.frozen);

    const refreshed = savedViewSchema.parse(
      (
        await request(server.app)
          .put(`/api/views/${view.id}`)
          .send({ ...facts, refresh: true })
      ).body,
    );
    expect(quotesOf(refreshed)).toContain(AGAIN.text);
    expect(refreshed.frozen.edges.map(({ type }) => type)).toContain("MET");
    expect(await changes(view.id)).toEqual({ newEdges: 0, newClaims: 0, goneNodes: [], goneEdges: [] });
  });

  test("keeps what is frozen when something is added to it, and under another filter is frozen anew", async () => {
    const all = await shown("Deux");
    const { nodes } = await graph();
    const pair = nodes.filter(({ name }) => name === "Europol" || name === "Amaq").map(({ id }) => id);
    const before = await save({ ...all, nodes: all.nodes.filter(({ id }) => pair.includes(id)) });
    expect(namesOf(before)).toEqual(["Amaq", "Europol"]);
    const grown = savedViewSchema.parse(
      (
        await request(server.app)
          .post("/api/views")
          .send({ ...all, basedOn: before.id })
      ).body,
    );
    expect(grown.frozen.at).toBe(before.frozen.at);
    expect(grown.frozen.nodes.length).toBe(nodes.length);
    const kept = grown.frozen.edges.filter(({ source, target }) => pair.includes(source) && pair.includes(target));
    expect(kept).toEqual(before.frozen.edges);
    const filtered = await save({ ...all, basedOn: before.id, filter: { standing: ["alleged"] } });
    expect(new Set(filtered.frozen.edges.map(({ standing }) => standing))).toEqual(new Set(["alleged"]));
  });

  test("shows only the edges that were shown", async () => {
    const all = await shown("Un lien");
    const [only] = all.edges;
    const view = await save({ ...all, edges: [only] });
    expect(view.frozen.edges.map(({ id }) => id)).toEqual([only]);
    expect((await changes(view.id)).newEdges).toBe(0);
  });

  test("an article that is deleted leaves every view at once: its quotes, its statements, its actors", async () => {
    const [report] = await add(NASHIR);
    const view = await save(await shown("Avec Nashir"));
    expect(quotesOf(view)).toContain(NASHIR.text);
    const nashir = view.frozen.nodes.find(({ name }) => name === "Nashir")!.id;
    const told = { ...(await shown("Racontée")), steps: [{ title: "Nashir", nodes: [nashir] }] };
    const presented = await save(told);
    await request(server.app).delete(`/api/documents/${report!.id!}`).expect(204);
    const after = await read(view.id);
    expect(JSON.stringify(after)).not.toContain("Nashir est");
    expect(namesOf(after)).toEqual(namesOf(view).filter((name) => name !== "Nashir"));
    expect(after.frozen.withdrawn).toEqual({ quotes: 1, edges: 1, nodes: 1 });
    expect((await read(presented.id)).steps[0]!.nodes).toEqual([]);
  });

  test("is exported as it was frozen", async () => {
    const view = await save(await shown("Exportée"));
    const csv = await request(server.app).get(`/api/views/${view.id}/export`).query({ format: "csv" });
    expect(csv.headers["content-disposition"]).toBe('attachment; filename="fil-rouge.csv"');
    expect(csv.text.trimEnd().split("\r\n")).toHaveLength(1 + quotesOf(view).length);
    const dossier = await request(server.app)
      .get(`/api/views/${view.id}/export`)
      .query({ format: "dossier-md", language: "fr" });
    expect(dossier.text).toContain("# Exportée");
    expect(dossier.text).toContain("**Europol** (organisme public) *a neutralisé* **Amaq** (média)");
    await request(server.app).get(`/api/views/${view.id}/export`).query({ format: "extractions" }).expect(400);
  });

  test("is deleted once; its address then says what is missing", async () => {
    const view = await save(await shown("Éphémère"));
    await request(server.app).delete(`/api/views/${view.id}`).expect(204);
    await request(server.app).delete(`/api/views/${view.id}`).expect(404);
    const gone = await request(server.app).get(`/api/views/${view.id}`);
    expect([gone.status, gone.body]).toEqual([
      404,
      { error: { code: "not_found", message: `There is no saved view "${view.id}".` } },
    ]);
  });

  test.each([
    ["no name", { name: "  " }, "name: is empty; give the view a name"],
    ["no node", { nodes: [] }, "nodes: holds no node; show something first"],
    ["a place that is no number", { nodes: [{ id: "a", x: "1", y: 0 }] }, "nodes.0.x"],
    ["an unknown field", { colour: "red" }, "colour: is unknown here"],
  ])("with %s is refused with the field that is wrong", async (_what, fault, message) => {
    const response = await request(server.app)
      .post("/api/views")
      .send({ ...(await shown("Faute")), ...fault });
    expect(response.status).toBe(400);
    expect((response.body as { error: { message: string } }).error.message).toContain(message);
  });

  test("of nodes that no longer exist is refused", async () => {
    const nodes = [{ id: "n-unknown", x: 0, y: 0 }];
    const response = await request(server.app).post("/api/views").send({ name: "Rien", nodes, edges: [] });
    expect([response.status, (response.body as { error: { code: string } }).error.code]).toEqual([404, "not_found"]);
  });
});

test("the graph among given entities is exported with their claims alone", async () => {
  const { nodes } = await graph();
  const ids = nodes.filter(({ name }) => name === "Amaq" || name === "Daech").map(({ id }) => id);
  const response = await request(server.app).post("/api/export").send({ format: "json", ids });
  const told = JSON.parse(response.text) as { nodes: { name: string }[]; claims: { quote: string }[] };
  expect(told.nodes.map(({ name }) => name).sort()).toEqual(["Amaq", "Daech"]);
  expect(told.claims.map(({ quote }) => quote)).toEqual([ALLEGED.text]);
});

describe("the best quotes of an edge", () => {
  const from = (id: string, source: string, confidence: number, given = {}) =>
    claim(id, { confidence, document: { ...claim("x", {}).document, id: `d-${id}`, source }, ...given });

  test("come from different publishers before one publisher's second", () => {
    const claims = [
      ...[0.95, 0.94, 0.93, 0.92, 0.91].map((confidence, index) => from(`a${index}`, "Le Courrier", confidence)),
      from("b", "Le Fanal", 0.4),
    ];
    expect(bestQuotes(claims, { standing: "stated" }).map(({ id }) => id)).toEqual(["a0", "a1", "a2", "a3", "b"]);
  });

  test("hold two denials at most, however sure the others are", () => {
    const denials = [0.3, 0.2, 0.1].map((confidence, index) =>
      from(`no${index}`, `S${index}`, confidence, { polarity: "negated" }),
    );
    const claims = [
      ...[0.9, 0.8, 0.7, 0.6].map((confidence, index) => from(`yes${index}`, `T${index}`, confidence)),
      ...denials,
    ];
    expect(bestQuotes(claims, { standing: "stated" }).map(({ id }) => id)).toEqual([
      "yes0",
      "yes1",
      "yes2",
      "no0",
      "no1",
    ]);
  });
});
