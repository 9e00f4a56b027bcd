/** The Cypher script, run on a real Neo4j: what stands there afterwards is what was exported. */
import neo4j, { type Driver } from "neo4j-driver";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { standingOfClaim } from "../../server/contract/filter.ts";
import { FORMATS, type ExportSource } from "../../server/export/formats.ts";
import { exportSource } from "../../server/export/formats.ts";
import { ingest } from "../../server/ingest.ts";
import { allReports, knowing, openPipeline, textInput, type TestPipeline } from "../ingest/pipeline.ts";
import { leaseNeo4j, neo4jSkipReason, type Neo4jLease } from "../neo4j/shared.ts";
import { claim, CLAIMS, NODES, SETTINGS, SOURCE } from "./graph-source.ts";

const NASTY = "Il a dit : 'non' ; \\u0041 \\' \\n \u0001\n;\n// DETACH DELETE\r\t`x` — l’été\u2028.";
const source: ExportSource = {
  ...SOURCE,
  async *claims() {
    yield* SOURCE.claims();
    yield claim("c-nasty", { quote: NASTY });
  },
};

async function statementsOf(from: ExportSource): Promise<string[]> {
  let script = "";
  for await (const piece of FORMATS.cypher.write(from, SETTINGS)) script += piece;
  return script.split(";\n").filter((statement) => statement.trim() !== "");
}

test("statements are short, and no line end stands within a text", async () => {
  const many = Array.from({ length: 1_000 }, (_, index) => claim(`c${index}`, { quote: NASTY }));
  const statements = await statementsOf({
    ...SOURCE,
    async *claims() {
      yield* await Promise.resolve(many);
    },
  });
  expect(statements.filter((statement) => statement.includes("MERGE (c:Claim"))).toHaveLength(5);
  expect(statements.every((statement) => /^(?:\/\/.*\n)?(?:CREATE CONSTRAINT|UNWIND)/.test(statement))).toBe(true);
});

describe.skipIf(neo4jSkipReason !== null)("on an empty Neo4j", () => {
  let lease: Neo4jLease;
  let driver: Driver;

  beforeAll(async () => {
    lease = await leaseNeo4j();
    driver = neo4j.driver(lease.uri, neo4j.auth.basic(lease.user, lease.password));
  }, 300_000);
  afterAll(async () => {
    await driver.close();
    await lease.release();
  });

  async function load(from: ExportSource): Promise<void> {
    await lease.wipe();
    // Twice: what is there already stays as it is.
    for (let turn = 0; turn < 2; turn += 1) {
      for (const statement of await statementsOf(from)) await driver.executeQuery(statement);
    }
  }

  async function rows(cypher: string): Promise<unknown[]> {
    const session = driver.session();
    const { records } = await session.run(cypher);
    await session.close();
    return records.map((record) => plainOf(record.toObject()));
  }

  test("entities, claims and articles stand there with all that they had", async () => {
    await load(source);
    const entities = await rows("MATCH (n:Entity) RETURN n.id AS id, labels(n) AS labels, properties(n) AS properties");
    const expected = NODES.map(({ labels, ...properties }) => ({
      id: properties.id,
      labels,
      properties: Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null)),
    }));
    const byId = (a: unknown, b: unknown) => (a as { id: string }).id.localeCompare((b as { id: string }).id);
    const sorted = (list: unknown[]) => [...list].sort(byId);
    const outside = {
      id: "outside",
      labels: ["Entity", "Actor", "Organization"],
      properties: { id: "outside", name: "Outside" },
    };
    const withSets = (list: unknown[]) =>
      sorted(list).map((one) => ({ ...(one as object), labels: [...(one as { labels: string[] }).labels].sort() }));
    expect(withSets(entities)).toEqual(withSets([...expected, outside]));

    const claims = await rows(
      "MATCH (s)<-[:SUBJECT]-(c:Claim)-[:OBJECT]->(o), (c)-[:STATED_IN]->(d:Document) RETURN c.id AS id, c.quote AS quote, c.standing AS standing, c.polarity AS polarity, c.status AS status, s.id AS subject, o.id AS object, d.title AS title",
    );
    expect(sorted(claims)).toEqual(
      sorted(
        [...CLAIMS, claim("c-nasty", { quote: NASTY })].map((one) => ({
          id: one.id,
          quote: one.quote,
          standing: standingOfClaim(one),
          polarity: one.polarity,
          status: one.status,
          subject: one.subject.id,
          object: one.object.id,
          title: one.document.title,
        })),
      ),
    );
  }, 120_000);

  test("a graph of ours has the same relationships there, and the filter narrows them", async () => {
    const pipeline: TestPipeline = await openPipeline(knowing(["Europol", "Amaq", "Telegram"]));
    await allReports(
      ingest(
        [
          textInput("a", "L'agence Europol a neutralisé le site Amaq pendant deux jours, dit le parquet belge."),
          textInput("b", "La plateforme Telegram et l'agence Europol : la plateforme a fermé plusieurs canaux hier."),
        ],
        { collection: "news" },
        pipeline.parts,
      ),
    );
    const whole = exportSource(pipeline.store, {});
    await load(whole);
    const edges = [];
    for await (const page of whole.pages()) edges.push(...page.edges);
    const there = await rows(
      "MATCH (a:Entity)-[r]->(b:Entity) RETURN a.id AS source, type(r) AS type, b.id AS target, properties(r) AS properties ORDER BY source, target",
    );
    expect(there).toEqual(
      edges
        .map((edge) => {
          const own = Object.entries(edge).filter(
            ([name, value]) => value !== null && !["id", "type", "source", "target"].includes(name),
          );
          const { source: from, type, target } = edge;
          return { source: from, type, target, properties: Object.fromEntries(own) };
        })
        .sort((a, b) => a.source.localeCompare(b.source) || a.target.localeCompare(b.target)),
    );
    expect(there).not.toEqual([]);
    const none = await statementsOf(exportSource(pipeline.store, { collection: "other" }));
    expect(none.filter((statement) => statement.includes("UNWIND"))).toEqual([]);
    await pipeline.close();
  }, 120_000);
});

/** Integers of the driver as numbers. */
function plainOf(value: unknown): unknown {
  if (neo4j.isInt(value)) return value.toNumber();
  if (Array.isArray(value)) return value.map(plainOf);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plainOf(item)]));
}
