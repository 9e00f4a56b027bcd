/**
 * The attack corpus, the harmless corpus and the gallery on the real stores: an attack leaves the graph as it was, a question
 * gets the same answer from both.
 */
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CypherLimits, CypherResult, CypherValue } from "../../../server/contract/cypher.ts";
import { AppError } from "../../../server/errors.ts";
import { GALLERY } from "../../../server/store/cypher/gallery.ts";
import { openEmbedded } from "../../../server/store/embedded/open.ts";
import type { Executor } from "../../../server/store/executor.ts";
import type { GraphStore } from "../../../server/store/graph-store.ts";
import { openNeo4j } from "../../../server/store/neo4j/open.ts";
import { leaseNeo4j, neo4jSkipReason } from "../../neo4j/shared.ts";
import { ENDLESS_ATTACKS, LONG_ANSWERS, REFUSED_ATTACKS } from "./attacks.ts";
import { DOSSIER, idOf } from "./dossier.ts";
import { HARMLESS } from "./harmless.ts";

const START_MS = 600_000;
const LIMITS: CypherLimits = { rows: 10_000, bytes: 20_000_000, milliseconds: 20_000 };
const TIGHT: CypherLimits = { rows: 500, bytes: 300_000, milliseconds: 2_000 };
const WHOLE: CypherLimits = { rows: 1_000_000, bytes: 1_000_000_000, milliseconds: 60_000 };

interface Opened {
  store: GraphStore;
  executor: Executor;
  close: () => Promise<void>;
}

const KINDS = ["embedded", "neo4j"] as const;
type Kind = (typeof KINDS)[number];
const opened: Partial<Record<Kind, Opened>> = {};

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "fil-rouge-cypher-"));
  const embedded = await openEmbedded({ folder });
  opened.embedded = {
    ...embedded,
    async close() {
      await embedded.store.close();
      await rm(folder, { recursive: true });
    },
  };
  if (neo4jSkipReason === null) {
    const lease = await leaseNeo4j();
    const neo4j = await openNeo4j({ ...lease, adopt: false });
    opened.neo4j = {
      ...neo4j,
      async close() {
        await neo4j.store.close();
        await lease.release();
      },
    };
  }
  for (const [, { store }] of entriesOf(opened)) for (const document of DOSSIER) await store.save(document);
}, START_MS);

afterAll(async () => {
  for (const [, { close }] of entriesOf(opened)) await close();
});

function entriesOf(stores: Partial<Record<Kind, Opened>>): [Kind, Opened][] {
  return KINDS.flatMap((kind) => (stores[kind] === undefined ? [] : [[kind, stores[kind]] satisfies [Kind, Opened]]));
}

/** Everything that is in the database: how much of it, and a hash of all nodes and relationships. */
async function contentOf({ store, executor }: Opened): Promise<{ counts: unknown; hash: string }> {
  const nodes = await executor.inspect("MATCH (n) RETURN n", {}, WHOLE);
  const relationships = await executor.inspect("MATCH ()-[r]->() RETURN r", {}, WHOLE);
  const lines = [...nodes.rows, ...relationships.rows].map((row) => JSON.stringify(sorted(row))).sort();
  return { counts: await store.counts(), hash: createHash("sha256").update(lines.join("\n")).digest("hex") };
}

/** Order of labels and of keys means nothing; sums of floats may differ in their last digit. */
function sorted(value: CypherValue): CypherValue {
  if (typeof value === "number") return Number.isInteger(value) ? value : Number(value.toPrecision(12));
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).map(([key, item]): [string, CypherValue] => [
    key,
    key === "labels" && Array.isArray(item) ? (item as CypherValue[]).map(String).sort() : sorted(item as CypherValue),
  ]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** An answer as two stores must agree on it. */
function comparable(answer: CypherResult, ordered: boolean) {
  const rows = answer.rows.map((row) => sorted(row));
  const byText = (a: CypherValue, b: CypherValue) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  return {
    columns: answer.columns,
    rows: ordered ? rows : rows.sort(byText),
    nodes: answer.graph.nodes.map((node) => node.id).sort(),
    edges: answer.graph.edges.map((edge) => edge.id).sort(),
    truncated: answer.truncated,
  };
}

async function errorOf(answer: Promise<CypherResult>): Promise<AppError | CypherResult> {
  return answer.catch((error: unknown) => {
    if (error instanceof AppError) return error;
    throw error;
  });
}

describe.each(KINDS)("the %s store", (kind) => {
  const skipped = kind === "neo4j" && neo4jSkipReason !== null;
  const subject = () => opened[kind]!;

  describe.skipIf(skipped)("under attack", () => {
    let before: Awaited<ReturnType<typeof contentOf>>;
    beforeAll(async () => {
      before = await contentOf(subject());
      expect(before.counts).toEqual({ documents: 8, entities: 22, claims: 44, edges: 40 });
    });

    test.each([...new Set(REFUSED_ATTACKS.map((attack) => attack.topic))])(
      "[C1] %s are refused and change nothing",
      async (topic) => {
        for (const { cypher, parameters } of REFUSED_ATTACKS.filter((attack) => attack.topic === topic)) {
          const answer = await errorOf(subject().store.query(cypher, parameters ?? {}, TIGHT));
          expect(answer, cypher).toMatchObject({
            code: expect.stringMatching(/^(?:query_refused|unsupported)$/) as string,
          });
        }
        expect(await contentOf(subject())).toEqual(before);
      },
    );

    const writes = REFUSED_ATTACKS.filter(({ topic }) => topic.startsWith("writes"));
    test.each(writes)("[C12] $cypher changes nothing even where the guard is passed by", async ({ cypher }) => {
      await subject()
        .executor.inspect(cypher, {}, TIGHT)
        .catch(() => undefined);
      expect(await contentOf(subject())).toEqual(before);
    });

    test.each(ENDLESS_ATTACKS)(
      "[C12] $topic: $cypher is cut off or answered, and the store goes on",
      async ({ cypher, answeredBy }) => {
        const begun = performance.now();
        const answer = await errorOf(subject().store.query(cypher, {}, TIGHT));
        expect(performance.now() - begun).toBeLessThan(10 * TIGHT.milliseconds);
        if (answer instanceof AppError) {
          expect(answer.code).toMatch(/^(?:query_timeout|query_failed)$/);
          expect(answer.message).toMatch(/Ask for less/);
        } else {
          expect(answeredBy).toBe(kind);
        }
        expect(await contentOf(subject())).toEqual(before);
      },
      120_000,
    );

    test.each(LONG_ANSWERS)("[C12] $cypher is cut at the limits and says so", async ({ cypher }) => {
      const answer = await subject().store.query(cypher, {}, TIGHT);
      expect(answer.truncated).toBe(true);
      expect(answer.rows.length).toBeGreaterThan(0);
      expect(answer.rows.length).toBeLessThanOrEqual(TIGHT.rows);
      expect(JSON.stringify(answer.rows).length).toBeLessThan(2 * TIGHT.bytes);
    });
  });

  describe.skipIf(skipped)("the gallery", () => {
    const ask = async (id: string, parameters: Record<string, string> = {}) => {
      const { query, params } = GALLERY.find((candidate) => candidate.id === id)!;
      const defaults = Object.fromEntries(params.map((parameter) => [parameter.name, parameter.default]));
      return subject().store.query(query, { ...defaults, ...parameters }, LIMITS);
    };
    const edgesOf = (answer: CypherResult) => answer.graph.edges.map((edge) => edge.id).sort();

    test("who acted against Courtine: by acts of its own and through an event", async () => {
      expect(edgesOf(await ask("acted-against"))).toEqual(
        [
          `${idOf("Office des enquêtes")}-TOOK_DOWN-${idOf("Courtine")}`,
          `${idOf("Office des enquêtes")}-ACTED_AGAINST-${idOf("Courtine")}`,
          `${idOf("opération Sourdine")}-TARGETED-${idOf("Courtine")}`,
          `${idOf("Telegram")}-REMOVED_CONTENT_OF-${idOf("Courtine")}`,
        ].sort(),
      );
    });

    test("who leads what, former leaders last", async () => {
      expect((await ask("leads")).rows).toEqual([
        ["Ilse Vandermoor", "Norvik Holding", false, "stated", null, 2],
        ["Marc Oyono", "Office des enquêtes", false, "stated", null, 1],
        ["Dorian Trevannick", "Parapet Dispatch", false, "stated", "2018", 1],
        ["Nadia Lemarchand", "Halden Group", true, "stated", null, 1],
      ]);
    });

    test("what Courtine and Red Lantern have in common", async () => {
      const answer = await ask("common-ties");
      const common = new Set(answer.rows.map((row) => (row[2] as { id: string }).id));
      expect([...common].sort()).toEqual(
        ["Garde d'airain", "Office des enquêtes", "Telegram"].map((name) => idOf(name as "Telegram")).sort(),
      );
    });

    test("the shortest ways from Dorian Trevannick to Halden Group", async () => {
      const answer = await ask("connection", { from: "Dorian Trevannick", to: "Halden Group" });
      const ways = answer.rows.map(([path]) =>
        (path as { nodes: { properties: { name: string } }[] }).nodes.map((node) => node.properties.name),
      );
      expect(ways.sort()).toEqual([
        ["Dorian Trevannick", "Ilse Vandermoor", "Nadia Lemarchand", "Halden Group"],
        ["Dorian Trevannick", "Ilse Vandermoor", "Norvik Holding", "Halden Group"],
        ["Dorian Trevannick", "Parapet Dispatch", "Norvik Holding", "Halden Group"],
      ]);
    });

    test("what La Balance alone reports, and nothing that others report too", async () => {
      const { rows } = await ask("one-outlet", { source: "La Balance" });
      expect(rows.map((row) => row.slice(0, 3).map(String).join(" "))).toEqual([
        "Dorian Trevannick BASED_IN Gand",
        "Gand LOCATED_IN Belgique",
        "Halden Group OWNS Voxnet",
        "Nadia Lemarchand ACCUSED Ilse Vandermoor",
        "Nadia Lemarchand LEADS Halden Group",
        "Norvik Holding BASED_IN Belgique",
        "Norvik Holding OWNS Halden Group",
        "Office des enquêtes ARRESTED Dorian Trevannick",
        "Parquet de Liège CHARGED Dorian Trevannick",
        "Sablière SA OWNS Voxnet",
      ]);
    });

    test("what is only alleged", async () => {
      const types = (await ask("alleged")).graph.edges.map((edge) => edge.type).sort();
      expect(types).toEqual(["ACTED_AGAINST", "AFFILIATED_WITH", "CONDUCTED", "FUNDED", "MOUTHPIECE_OF"]);
    });

    test("what is contested, with the denial", async () => {
      expect((await ask("contested")).rows).toEqual([
        [
          "Norvik Holding",
          "FUNDED",
          "Parapet Dispatch",
          "alleged",
          "Norvik Holding funded Parapet Dispatch.",
          "Le Fanal",
        ],
      ]);
    });

    test("the timeline of Courtine, in order", async () => {
      expect((await ask("timeline")).rows.map((row) => row.slice(0, 4).map(String).join(" "))).toEqual([
        "2020-11 Office des enquêtes TOOK_DOWN Courtine",
        "2020-11-24 Office des enquêtes TOOK_DOWN Courtine",
        "2020-11-24 opération Sourdine TARGETED Courtine",
        "2020-11-25 Telegram REMOVED_CONTENT_OF Courtine",
      ]);
    });

    test("mouthpieces and their platforms", async () => {
      const types = (await ask("mouthpieces")).graph.edges.map((edge) => edge.type).sort();
      expect(types).toEqual(["MOUTHPIECE_OF", "MOUTHPIECE_OF", "USED", "USED"]);
    });

    test("chains of owners, the longest first, without what has ended", async () => {
      const chains = (await ask("ownership")).rows.map(([path]) =>
        (path as { nodes: { properties: { name: string } }[] }).nodes.map((node) => node.properties.name),
      );
      expect(chains).toEqual([
        ["Norvik Holding", "Halden Group", "Voxnet"],
        ["Norvik Holding", "Halden Group"],
      ]);
    });

    test("platforms and who uses them", async () => {
      expect((await ask("platforms")).rows).toEqual([
        ["Telegram", 2, ["Courtine", "Red Lantern"]],
        ["Voxnet", 1, ["Parapet Dispatch"]],
      ]);
    });

    test("who was seen since 2023", async () => {
      const { rows } = await ask("recent", { since: "2023" });
      expect(rows.map((row) => row[0])).toEqual([
        "Ilse Vandermoor",
        "Office des enquêtes",
        "Belgique",
        "Parquet de Liège",
        "Dorian Trevannick",
        "Nadia Lemarchand",
      ]);
    });

    test("who bridges most actors, and how many pairs", async () => {
      expect((await ask("bridges")).rows.slice(0, 3)).toEqual([
        ["Office des enquêtes", 12],
        ["Norvik Holding", 6],
        ["Parapet Dispatch", 6],
      ]);
    });

    test("events with those who made them and those whom they hit", async () => {
      const { rows } = await ask("attacks-by-event");
      const name = (value: CypherValue) => (value as { properties: { name: string } } | null)?.properties.name ?? null;
      const type = (value: CypherValue) => (value as { type: string }).type;
      expect(
        rows.map(([actor, part, event, , target]) => [name(actor!), type(part!), name(event!), name(target!)]),
      ).toEqual([
        ["Garde d'airain", "CLAIMED", "incendie de Verviers", "Sablière SA"],
        ["Garde d'airain", "CONDUCTED", "incendie de Verviers", "Sablière SA"],
        ["Office des enquêtes", "CONDUCTED", "opération Sourdine", "Courtine"],
        ["Parquet de Liège", "PARTICIPATED_IN", "opération Sourdine", "Courtine"],
      ]);
    });

    test("no path of the gallery runs through a document", async () => {
      for (const { id } of GALLERY) {
        const { graph } = await ask(id);
        expect(
          graph.edges.filter((edge) => ["MENTIONED_IN", "STATED_IN", "SUBJECT", "OBJECT"].includes(edge.type)),
        ).toEqual([]);
        expect(graph.nodes.filter((node) => !node.labels.includes("Entity"))).toEqual([]);
      }
    });
  });
});

test.each(HARMLESS)("$topic: $cypher has one answer", async ({ cypher, parameters, ordered, lacks }) => {
  const answers = new Map<Kind, ReturnType<typeof comparable>>();
  for (const [kind, { store }] of entriesOf(opened)) {
    const answer = await errorOf(store.query(cypher, parameters ?? {}, LIMITS));
    if (kind === "embedded" && lacks !== undefined) {
      expect(answer).toMatchObject({ code: "unsupported", message: expect.stringContaining(`[${lacks}]`) as string });
    } else {
      if (answer instanceof AppError) throw answer;
      expect(answer).toMatchObject({ truncated: false });
      expect(answer.rows.length).toBeGreaterThan(0);
      answers.set(kind, comparable(answer, ordered === true));
    }
  }
  const [first, second] = answers.values();
  if (second !== undefined) expect(first).toEqual(second);
});

test.skipIf(neo4jSkipReason !== null).each(GALLERY)(
  "the gallery's $id has one answer, in one order",
  async ({ id, query, params }) => {
    const values = Object.fromEntries(params.map((parameter) => [parameter.name, parameter.default]));
    // Shortest paths come in any order.
    const ordered = id !== "connection";
    const [embedded, neo4j] = await Promise.all(
      KINDS.map(async (kind) => comparable(await opened[kind]!.store.query(query, values, LIMITS), ordered)),
    );
    expect(embedded).toEqual(neo4j);
  },
);
