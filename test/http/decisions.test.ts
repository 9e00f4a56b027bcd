import request from "supertest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import {
  acceptedSuggestionsSchema,
  decisionPageSchema,
  possibleDuplicatesSchema,
  reviewPageSchema,
  toldDecisionSchema,
} from "../../server/contract/decisions.ts";
import { claimPageSchema, entityDetailSchema, entityHitsSchema } from "../../server/contract/graph.ts";
import { errorBodySchema } from "../../server/contract/report.ts";
import { ingest } from "../../server/ingest.ts";
import { extractionOf } from "../ingest/extractions.ts";
import { allReports, extractionInput, openPipeline, type TestPipeline } from "../ingest/pipeline.ts";
import { testServer, type TestServer } from "./parts.ts";

const TYPES = {
  Europol: "PublicBody",
  Amaq: "MediaOutlet",
  "Paul Dupont": "Person",
  Dupont: "Person",
  "Anna Weiss": "Person",
  Weiss: "Person",
} as const;
const EXTRACTIONS = [
  extractionOf("Europol a arrêté Paul Dupont.", ["Europol", "Paul Dupont"], [["Europol", "ARRESTED", "Paul Dupont"]], {
    types: TYPES,
    claim: { confidence: 0.9 },
  }),
  extractionOf("Europol a neutralisé Amaq.", ["Europol", "Amaq"], [["Europol", "TOOK_DOWN", "Amaq"]], {
    types: TYPES,
    claim: { confidence: 0.5 },
  }),
  extractionOf("Dupont a rencontré Weiss.", ["Dupont", "Weiss"], [["Dupont", "MET", "Weiss"]], {
    types: TYPES,
    claim: { confidence: 0.8 },
  }),
  extractionOf("Anna Weiss est libre.", ["Anna Weiss"], [], { types: TYPES }),
];

let pipeline: TestPipeline;
let server: TestServer;

beforeAll(async () => {
  pipeline = await openPipeline();
  await allReports(ingest(EXTRACTIONS.map(extractionInput), { collection: "news" }, pipeline.parts));
  server = await testServer({
    pipeline: pipeline.parts,
    store: pipeline.parts.store,
    workspace: pipeline.workspace,
    decisions: pipeline.decisions,
  });
});
afterAll(async () => {
  await server.close();
  await pipeline.close();
});

async function get<T>(path: string, query: Record<string, string>, schema: z.ZodType<T>): Promise<T> {
  const response = await request(server.app).get(path).query(query).expect(200);
  return schema.parse(response.body);
}

async function post<T>(path: string, body: object, status: number, schema: z.ZodType<T>): Promise<T> {
  const response = await request(server.app).post(path).send(body).expect(status);
  return schema.parse(response.body);
}

async function idOf(name: string): Promise<string> {
  const { entities } = await get("/api/entities", { q: name }, entityHitsSchema);
  return entities.find((entity) => entity.name === name)!.id;
}

describe("suggestions", () => {
  test("tell what speaks for and against, with the mentions of both sides in their sentences", async () => {
    const { suggestions, total } = await get("/api/suggestions", {}, possibleDuplicatesSchema);
    expect(total).toBe(2);
    const dupont = suggestions.find(({ sides }) => sides.some(({ node }) => node.name === "Dupont"))!;
    expect(
      dupont.sides.map(({ node, mentions }) => [node.name, mentions.map(({ text, mark }) => [text, mark])]),
    ).toEqual(
      expect.arrayContaining([
        ["Dupont", [["Dupont a rencontré Weiss.", [0, 6]]]],
        ["Paul Dupont", [["Europol a arrêté Paul Dupont.", [17, 28]]]],
      ]),
    );
    expect(dupont.reasonsFor.map(({ text }) => text)).toEqual([
      'called by a part of the name: "Dupont", "Paul Dupont"',
    ]);
    expect(dupont.reasonsAgainst).toEqual([]);
    expect(dupont.score).toBeGreaterThan(0.3);
    expect([dupont.clear, dupont.postponed]).toEqual([false, false]);
  });

  test("are put off, refused for good, and merged when they are named; an undo brings them back", async () => {
    const { suggestions } = await get("/api/suggestions", {}, possibleDuplicatesSchema);
    const of = (name: string) => suggestions.find(({ sides }) => sides.some(({ node }) => node.name === name))!.pair;
    const [dupont, weiss] = [of("Dupont"), of("Weiss")];
    const open = async () =>
      (await get("/api/suggestions", {}, possibleDuplicatesSchema)).suggestions.map(({ pair, postponed }) => [
        pair,
        postponed,
      ]);
    await post(
      "/api/decisions",
      { author: "Ada", action: { kind: "postpone", pair: dupont } },
      201,
      toldDecisionSchema,
    );
    expect(await open()).toEqual([
      [weiss, false],
      [dupont, true],
    ]);
    const refused = await post(
      "/api/decisions",
      { author: "Ada", why: "two people", action: { kind: "reject", pair: weiss } },
      201,
      toldDecisionSchema,
    );
    expect(await open()).toEqual([[dupont, true]]);
    const { decisions } = await post(
      "/api/suggestions/accept",
      { author: "Ada", pairs: [dupont, ["n1", "n2"]] },
      200,
      acceptedSuggestionsSchema,
    );
    expect(decisions.map(({ action }) => action.kind)).toEqual(["merge"]);
    expect(await open()).toEqual([]);
    await post(`/api/decisions/${refused.id}/undo`, { author: "Bo" }, 200, toldDecisionSchema);
    expect(await open()).toEqual([[weiss, false]]);
  });
});

describe("review", () => {
  test("the claim of which most is expected to be wrong comes first, page by page, until it is decided", async () => {
    const first = await get("/api/review", { limit: "1" }, reviewPageSchema);
    expect([first.total, first.items[0]!.claim.type]).toEqual([3, "TOOK_DOWN"]);
    const { doubt, importance, weight } = first.items[0]!;
    expect([doubt, weight]).toEqual([0.5, doubt * importance]);
    const rest = await get("/api/review", { cursor: first.nextCursor! }, reviewPageSchema);
    expect(rest.items.map(({ claim }) => claim.type).sort()).toEqual(["ARRESTED", "MET"]);
    expect(rest.nextCursor).toBeNull();
    const { id } = first.items[0]!.claim;
    const accepted = await post(
      "/api/decisions",
      { author: "Ada", action: { kind: "accept", claim: id } },
      201,
      toldDecisionSchema,
    );
    expect((await get("/api/review", {}, reviewPageSchema)).total).toBe(2);
    const { claims } = await get("/api/claims", { status: "accepted" }, claimPageSchema);
    expect(claims.map((claim) => claim.id)).toEqual([id]);
    const history = await get("/api/decisions", { claim: id }, decisionPageSchema);
    expect(history.decisions.map((decision) => decision.id)).toEqual([accepted.id]);
  });

  test("is narrowed by the filter", async () => {
    const { items } = await get("/api/review", { relationships: "ARRESTED" }, reviewPageSchema);
    expect(items.map(({ claim }) => claim.type)).toEqual(["ARRESTED"]);
  });
});

describe("notes and tags", () => {
  test("stand on the entity until they are taken back", async () => {
    const entity = await idOf("Amaq");
    const notes = { author: "Ada", action: { kind: "add", note: { entity, text: "Vérifier la date." } } };
    const note = await post("/api/decisions", notes, 201, toldDecisionSchema);
    await post(
      "/api/decisions",
      { author: "Ada", action: { kind: "add", tag: { entity, tag: "presse" } } },
      201,
      toldDecisionSchema,
    );
    const detail = () => get(`/api/entities/${entity}`, {}, entityDetailSchema);
    expect(await detail()).toMatchObject({ notes: ["Vérifier la date."], tags: ["presse"] });
    await post(`/api/decisions/${note.id}/undo`, { author: "Ada" }, 200, toldDecisionSchema);
    expect(await detail()).toMatchObject({ notes: [], tags: ["presse"] });
  });
});

describe("bad requests", () => {
  test.each([
    [{ author: "", action: { kind: "accept", claim: "c" } }, 400],
    [{ author: "Ada", action: { kind: "unite", from: "a", into: "b" } }, 400],
    [{ author: "Ada", action: { kind: "merge", from: "a" } }, 400],
    [{ author: "Ada", action: { kind: "reject" } }, 400],
    [{ author: "Ada", action: { kind: "add", note: { entity: "e", text: "t" }, tag: { entity: "e", tag: "t" } } }, 400],
    [{ author: "Ada", action: { kind: "merge", from: "a", into: "b" } }, 404],
    [{ author: "Ada", action: { kind: "complete", document: "d" } }, 404],
  ])("%j is refused with %i", async (body, status) => {
    const { error } = await post("/api/decisions", body, status, errorBodySchema);
    expect(error.message).not.toBe("");
  });
});
