/** compose.yaml without Docker: its settings on a real server, and the product's own read as it reads them. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import neo4j from "neo4j-driver";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { readConfig } from "../../server/config.ts";
import { openNeo4jStore } from "../../server/store/neo4j/open.ts";
import { madeArticles } from "../store/made-articles.ts";
import { startNeo4j, type Neo4jServer } from "./server.ts";
import { neo4jSkipReason } from "./shared.ts";

const serviceSchema = z.object({
  environment: z.record(z.string(), z.string()),
  ports: z.array(z.string()),
  volumes: z.array(z.string()),
});
const compose = z
  .object({
    services: z.object({ neo4j: serviceSchema, "fil-rouge": serviceSchema.extend({ build: z.literal(".") }) }),
    volumes: z.record(z.string(), z.null()),
  })
  .parse(parse(readFileSync(new URL("../../compose.yaml", import.meta.url), "utf8")));
const dockerfile = readFileSync(new URL("../../Dockerfile", import.meta.url), "utf8");

/** As the image makes settings of its environment: `_` is a dot, `__` an underscore. */
const settings = Object.fromEntries(
  Object.entries(compose.services.neo4j.environment)
    .filter(([name]) => name.startsWith("NEO4J_") && name !== "NEO4J_AUTH")
    .map(([name, value]) => [
      name.slice("NEO4J_".length).replaceAll(/__|_/g, (mark) => (mark === "__" ? "_" : ".")),
      value,
    ]),
);

test("both services are reached from this machine alone, and every volume is declared", () => {
  for (const { ports, volumes } of Object.values(compose.services)) {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    for (const volume of volumes) expect(Object.keys(compose.volumes)).toContain(volume.split(":")[0]);
  }
});

test("the product starts with these settings and those of its image", () => {
  const image = Object.fromEntries(
    /^ENV (.+)$/m
      .exec(dockerfile)![1]!
      .split(" ")
      .map((pair) => pair.split("=") as [string, string]),
  );
  const given = Object.entries(compose.services["fil-rouge"].environment).map(([name, value]): [string, string] => [
    name,
    value.startsWith("${") ? "a-long-password" : value,
  ]);
  const config = readConfig({}, { ...image, ...Object.fromEntries(given) });
  expect(config).toMatchObject({
    port: 3000,
    host: "0.0.0.0",
    dataFolder: "/data",
    password: "a-long-password",
    neo4j: { uri: "bolt://neo4j:7687", user: "neo4j", password: "a-long-password" },
  });
});

test("the image takes what is there", () => {
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths]) => paths!.split(" "));
  expect(copied.length).toBeGreaterThan(6);
  for (const path of copied)
    expect([path, existsSync(new URL(`../../${path}`, import.meta.url))]).toEqual([path, true]);
});

describe.skipIf(neo4jSkipReason !== null)("Neo4j with the settings of compose.yaml", () => {
  let home = "";
  let server: Neo4jServer;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), "fil-rouge-compose-"));
    server = await startNeo4j({ home, settings });
  }, 600_000);
  afterAll(async () => {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  });

  test("knows each of them", async () => {
    const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password));
    const { records } = await driver.executeQuery("SHOW SETTINGS YIELD name, isExplicitlySet");
    await driver.close();
    const set = records
      .filter((record) => record.get("isExplicitlySet") === true)
      .map((record) => String(record.get("name")));
    expect(Object.keys(settings).length).toBeGreaterThan(5);
    expect(set).toEqual(expect.arrayContaining(Object.keys(settings)));
  });

  test("ends the question that eats memory, and answers the next", async () => {
    const store = await openNeo4jStore({ ...server, database: null, adopt: false });
    await store.save(madeArticles(1)[0]!);
    const limits = { rows: 10, bytes: 10_000, milliseconds: 60_000 };
    await expect(
      store.query("UNWIND range(1, 1000000000) AS x WITH collect(x) AS xs RETURN size(xs) AS n", {}, limits),
    ).rejects.toMatchObject({ code: "query_failed", message: expect.stringContaining("memory") as string });
    expect((await store.query("MATCH (d:Document) RETURN count(d) AS n", {}, limits)).rows).toEqual([[1]]);
    await store.close();
  });
});
