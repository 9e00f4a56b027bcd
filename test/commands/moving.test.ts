import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { entityHitsSchema } from "../../server/contract/graph.ts";
import { extractionOf } from "../ingest/extractions.ts";
import { leaseNeo4j, neo4jSkipReason } from "../neo4j/shared.ts";
import { buildProgram, openCli, type Cli } from "./cli.ts";

// Many processes, each of which opens a store.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let cli: Cli;
beforeAll(buildProgram);
beforeEach(async () => {
  cli = await openCli();
  const extractions = [
    extractionOf(
      "Europol a neutralisé Amaq, l'organe de Daech.",
      ["Europol", "Amaq", "Daech"],
      [
        ["Europol", "TOOK_DOWN", "Amaq"],
        ["Amaq", "MOUTHPIECE_OF", "Daech"],
      ],
      { title: 'Le site "paralysé", enfin', source: "Le Courrier" },
    ),
    extractionOf("Telegram a aidé Europol.", ["Telegram", "Europol"], [["Telegram", "SUPPORTED", "Europol"]]),
  ];
  await writeFile(join(cli.folder, "all.jsonl"), extractions.map((one) => `${JSON.stringify(one)}\n`).join(""));
  const { status } = await cli.run(["ingest", "all.jsonl"]);
  expect(status).toBe(0);
});
afterEach(() => cli.close());

/** Every row of a backup, whatever the order that a store gives them in. */
async function rowsOf(file: string): Promise<string[]> {
  const lines = (await readFile(join(cli.folder, file), "utf8")).trimEnd().split("\n");
  return lines
    .flatMap((line) => {
      const record = JSON.parse(line) as { rows?: unknown };
      const rows = Array.isArray(record.rows) ? (record.rows as { labels: string[] }[]) : [record];
      return rows.map((row) => JSON.stringify("labels" in row ? { ...row, labels: [...row.labels].sort() } : row));
    })
    .sort();
}

/** Two actors become one, and one gets another name. */
async function decide(): Promise<void> {
  const server = await cli.serve();
  const ids: Record<string, string> = {};
  for (const name of ["Amaq", "Daech", "Europol"]) {
    const hits: unknown = await (await fetch(`${server.address}/api/entities?q=${name}`)).json();
    ids[name] = entityHitsSchema.parse(hits).entities[0]!.id;
  }
  for (const action of [
    { kind: "merge", from: ids["Daech"], into: ids["Amaq"] },
    { kind: "rename", entity: ids["Europol"], name: "Office européen de police" },
  ]) {
    const response = await fetch(`${server.address}/api/decisions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ author: "Ada", why: "", action }),
    });
    expect([response.status, await response.text()]).toEqual([201, expect.stringContaining("Ada")]);
  }
  server.child.kill("SIGTERM");
  await server.ended;
}

test.skipIf(neo4jSkipReason !== null)(
  "a graph goes from the embedded store to Neo4j and back, and is the same",
  async () => {
    const neo4j = await leaseNeo4j();
    try {
      const there = { NEO4J_URI: neo4j.uri, NEO4J_USER: neo4j.user, NEO4J_PASSWORD: neo4j.password };
      const back = { FIL_ROUGE_DATA: "other" };
      await decide();
      const done = [
        await cli.run(["export", "a.backup.jsonl"]),
        await cli.run(["import", "a.backup.jsonl"], { env: there }),
        await cli.run(["export", "-", "--format", "backup"], { env: there }),
      ];
      const stdin = done[2]!.stdout;
      await writeFile(join(cli.folder, "b.backup.jsonl"), stdin);
      done.push(await cli.run(["import", "-"], { env: back, stdin }));
      done.push(await cli.run(["export", "c.backup.jsonl"], { env: back }));
      expect(done.map(({ status }) => status)).toEqual([0, 0, 0, 0, 0]);
      expect(done[1]!.stdout).toBe("2 documents, 3 entities and 3 claims imported.\n");
      const [first, second, third] = await Promise.all(["a", "b", "c"].map((name) => rowsOf(`${name}.backup.jsonl`)));
      expect(first!.length).toBeGreaterThan(20);
      expect(second).toEqual(first);
      expect(third).toEqual(first);
      expect(first!.filter((line) => line.includes('"why"')).map((line) => line.match(/"kind"/g)!.length)).toEqual([2]);
      // What is known there is known, who is new is new: it is written on as before.
      const again = await cli.run(["ingest", "all.jsonl"], { env: there });
      expect(again.stdout.trimEnd().split("\n").at(-1)).toBe("2 documents: 2 unchanged.");
    } finally {
      await neo4j.release();
    }
  },
);

test("a backup fills an empty store alone, and only whole", async () => {
  await cli.run(["export", "a.backup.jsonl"]);
  const text = await readFile(join(cli.folder, "a.backup.jsonl"), "utf8");
  const lines = text.trimEnd().split("\n");
  await writeFile(join(cli.folder, "cut.jsonl"), lines.slice(0, -3).join("\n"));
  await writeFile(join(cli.folder, "fewer.jsonl"), [...lines.slice(0, -2), lines.at(-1)].join("\n"));
  await writeFile(join(cli.folder, "newer.jsonl"), text.replace('"schema":', '"schema":9'));
  await writeFile(join(cli.folder, "damaged.jsonl"), text.replace('"values":[', '"values":[{},'));
  const empty = { FIL_ROUGE_DATA: "empty" };
  const refusals: [string, RegExp, Record<string, string>][] = [
    ["a.backup.jsonl", /holds a graph already/, {}],
    ["cut.jsonl", /cut\.jsonl ends before its last line/, empty],
    ["fewer.jsonl", /holds \d+ rows where it should hold \d+/, empty],
    ["newer.jsonl", /newer version of Fil rouge/, empty],
    ["damaged.jsonl", /damaged at line \d+/, empty],
    ["all.jsonl", /is no backup/, empty],
    ["nowhere.jsonl", /nowhere\.jsonl does not exist/, empty],
  ];
  for (const [file, message, env] of refusals) {
    const { status, stdout, stderr } = await cli.run(["import", file], { env });
    expect([file, status, stdout, stderr]).toEqual([file, 2, "", expect.stringMatching(message)]);
    expect(stderr).toMatch(/^fil-rouge: [^\n]+\n$/);
  }
  const { stdout } = await cli.run(["query", "MATCH (n) WHERE NOT n:Meta RETURN count(n) AS n", "--format", "csv"], {
    env: empty,
  });
  expect(stdout).toBe("n\r\n0\r\n");
  expect((await cli.run(["import", "a.backup.jsonl"], { env: empty })).status).toBe(0);
});

test("exports of the whole graph go through the running server, imports want it stopped", async () => {
  await cli.run(["export", "alone.backup.jsonl"]);
  await cli.run(["export", "alone", "--format", "neo4j-admin"]);
  const server = await cli.serve();
  expect((await cli.run(["export", "served.backup.jsonl"])).status).toBe(0);
  const folder = await cli.run(["export", "served", "--format", "neo4j-admin"]);
  expect([folder.status, folder.stderr]).toEqual([0, expect.stringContaining("@import.args")]);
  const read = (...path: string[]) => readFile(join(cli.folder, ...path), "utf8");
  expect(await read("served.backup.jsonl")).toBe(await read("alone.backup.jsonl"));
  for (const file of ["claims.csv", "edges.csv", "import.args"]) {
    expect(await read("served", file)).toBe(await read("alone", file));
  }
  const refused = await cli.run(["import", "alone.backup.jsonl"]);
  expect([refused.status, refused.stderr]).toEqual([3, expect.stringContaining(server.address)]);
  expect((await fetch(`${server.address}/api/bulk/nothing.csv`)).status).toBe(404);
  server.child.kill("SIGTERM");
  await server.ended;
});

test.each([
  [["export", "-", "--format", "neo4j-admin"], "Name a folder"],
  [["export", "x.backup.jsonl", "--collection", "news"], "backup holds the whole graph"],
])("wrong use of %j is told", async (words, message) => {
  const { status, stderr } = await cli.run(words);
  expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
});
