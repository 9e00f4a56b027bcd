import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { healthSchema } from "../../server/contract/report.ts";
import { extractionOf } from "../ingest/extractions.ts";
import { leaseNeo4j, neo4jSkipReason, type Neo4jLease } from "../neo4j/shared.ts";
import { buildProgram, openCli, type Cli } from "./cli.ts";

// Many processes, each of which opens a store and some the model.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

describe.skipIf(neo4jSkipReason !== null)("with NEO4J_URI set, Neo4j is the store", () => {
  let neo4j: Neo4jLease;
  let cli: Cli;
  let env: Record<string, string>;

  beforeAll(async () => {
    buildProgram();
    neo4j = await leaseNeo4j();
    cli = await openCli();
    env = { NEO4J_URI: neo4j.uri, NEO4J_USER: neo4j.user, NEO4J_PASSWORD: neo4j.password };
    const extractions = [
      extractionOf("Europol a neutralisé Amaq.", ["Europol", "Amaq"], [["Europol", "TOOK_DOWN", "Amaq"]]),
      extractionOf("Telegram a aidé Europol.", ["Telegram", "Europol"], [["Telegram", "SUPPORTED", "Europol"]]),
    ];
    await writeFile(join(cli.folder, "all.jsonl"), extractions.map((one) => `${JSON.stringify(one)}\n`).join(""));
  });
  afterAll(async () => {
    await cli.close();
    await neo4j.release();
  });

  test("ingest, query, export, rebuild and samples do there what they do in the embedded store", async () => {
    const outcomes = [];
    for (const store of [env, {}]) {
      const run = async (...words: string[]) => {
        const { status, stdout, stderr } = await cli.run(words, { env: store });
        return { words, status, stdout, stderr };
      };
      outcomes.push([
        await run("ingest", "all.jsonl", "--collection", "samples"),
        await run("ingest", "all.jsonl"),
        await run("query", "MATCH (a)-[r:TOOK_DOWN]->(b) RETURN a.name, r.claims, b.name", "--format", "json"),
        await run("export", "-", "--format", "csv"),
        await run("rebuild"),
        await run("query", "CREATE (n) RETURN n"),
        await run("samples", "remove"),
        await run("query", "MATCH (e:Entity) RETURN count(e) AS n", "--format", "csv"),
      ]);
    }
    const [onNeo4j, embedded] = outcomes;
    expect(onNeo4j!.map(({ status }) => status)).toEqual([0, 0, 0, 0, 0, 2, 0, 0]);
    expect(onNeo4j).toEqual(embedded);
  });

  test("no samples come, and the commands go through the running server", async () => {
    const server = await cli.serve(["--samples"], env);
    const health = healthSchema.parse(await (await fetch(`${server.address}/api/health`)).json());
    expect([health.store, health.counts.documents]).toEqual([{ kind: "neo4j", reachable: true, message: null }, 0]);
    const { status, stdout } = await cli.run(["ingest", "all.jsonl"], { env });
    expect([status, stdout.trimEnd().split("\n").at(-1)]).toEqual([
      0,
      "2 documents: 2 added; 3 new entities, 2 claims.",
    ]);
    const jobs = (await (await fetch(`${server.address}/api/jobs`)).json()) as { task: string; total: number }[];
    expect(jobs.map(({ task, total }) => [task, total])).toEqual([["ingest", 2]]);
    server.child.kill("SIGTERM");
    expect((await server.ended).status).toBe(0);
  });

  test("a wrong password is one sentence that does not tell it, status 3", async () => {
    const { status, stderr } = await cli.run(["query", "RETURN 1"], {
      env: { ...env, NEO4J_PASSWORD: "wrong-secret" },
    });
    expect(status).toBe(3);
    expect(stderr).toMatch(/^fil-rouge: [^\n]+\n$/);
    expect(stderr).toContain("NEO4J_PASSWORD");
    expect(stderr).not.toContain("wrong-secret");
  });
});
