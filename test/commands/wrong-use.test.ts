import { spawn } from "node:child_process";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { buildProgram, openCli, type Cli } from "./cli.ts";

// Many processes, each of which opens a store and some the model.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let cli: Cli;
beforeAll(async () => {
  buildProgram();
  cli = await openCli();
});
afterAll(() => cli.close());

describe("wrong use is one line with the usage, and status 2", () => {
  test.each([
    [["frob"], /^"frob" is no command\. Usage: fil-rouge COMMAND, one of: serve, extract, ingest, /],
    [["samples"], /^"samples" needs a second word\. Usage: fil-rouge samples remove$/],
    [["samples", "add"], /^"samples add" is no command\. Usage: fil-rouge samples remove$/],
    [["ingest"], /^fil-rouge: Something is missing\. Usage: fil-rouge ingest PATH/],
    [["ingest", "--colour", "red", "a"], /^fil-rouge: Unknown option '--colour'\. Usage: fil-rouge ingest /],
    [["ingest", "a", "--collection"], /^fil-rouge: Option '--collection <value>' argument missing\. Usage: /],
    [["rebuild", "now"], /^fil-rouge: "now" is too much\. Usage: fil-rouge rebuild$/],
    [["extract", "a", "--format", "xml"], /^fil-rouge: --format takes json or jsonl, not "xml"\.$/],
    [["extract", "a", "--language", "de"], /^fil-rouge: --language takes fr or en, not "de"\.$/],
    [
      ["extract", "a", "--published", "2019-02-30"],
      /^fil-rouge: --published takes a date such as .*, not "2019-02-30"\.$/,
    ],
    [["query", "RETURN 1", "--limit", "0"], /^fil-rouge: --limit takes a whole number from 1 to 10000, not "0"\.$/],
    [["query", "RETURN 1", "--param", "x"], /^fil-rouge: --param takes name=value, not "x"\.$/],
    [["export", "graph.pdf"], /^fil-rouge: "graph\.pdf" does not tell the format\. End it with \.json, /],
    [
      ["export", "a.json", "--view", "v", "--collection", "c"],
      /^fil-rouge: A saved view is exported as it is: give either --view or --collection\.$/,
    ],
    [["export", "a.extractions.jsonl", "--view", "v"], /^fil-rouge: A saved view holds no extractions\. Export it as /],
    [["export", "a.json", "--view", "nothing"], /^fil-rouge: There is no saved view "nothing"\.$/],
    [["serve", "--port", "http"], /^fil-rouge: The setting PORT "http" cannot be used: /],
  ])("%j", async (words, line) => {
    const { status, stdout, stderr } = await cli.run(words);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr.trimEnd()).toMatch(line);
    expect(stderr.trimEnd()).not.toContain("\n");
  });

  test("no command at all tells them all", async () => {
    const { status, stdout } = await cli.run([]);
    expect(status).toBe(2);
    expect(stdout).toMatch(/Usage: fil-rouge COMMAND/);
  });

  test.each([[["--help"]], [["help"]], [["query", "--help"]], [["samples", "remove", "-h"]]])(
    "%j is status 0",
    async (words) => {
      const { status, stdout, stderr } = await cli.run(words);
      expect([status, stderr]).toEqual([0, ""]);
      expect(stdout).toMatch(/^Usage: fil-rouge /);
    },
  );
});

describe("settings", () => {
  test.each([
    [{ FIL_ROUGE_COLOUR: "red" }, /^fil-rouge: The setting FIL_ROUGE_COLOUR is unknown\./],
    [{ NEO4J_URI: "http://localhost" }, /^fil-rouge: The setting NEO4J_URI "http:\/\/localhost" cannot be used: /],
    [{ HOST: "0.0.0.0" }, /^fil-rouge: HOST 0\.0\.0\.0 opens the program to other machines: set FIL_ROUGE_PASSWORD/],
    [{ FIL_ROUGE_PASSWORD: "short" }, /^fil-rouge: The setting FIL_ROUGE_PASSWORD cannot be used: has fewer than 8/],
  ])("%j stops the start with a sentence that names it", async (env, line) => {
    const { status, stderr } = await cli.run(["serve", "--port", "0"], { env });
    expect(status).toBe(2);
    expect(stderr.trimEnd()).toMatch(line);
  });
});

describe("what cannot be reached is status 3", () => {
  test("a Neo4j that is down, within seconds", async () => {
    const { status, stderr } = await cli.run(["query", "RETURN 1"], { env: { NEO4J_URI: "bolt://127.0.0.1:9" } });
    expect(status).toBe(3);
    expect(stderr).toMatch(/^fil-rouge: .*bolt:\/\/127\.0\.0\.1:9/);
    expect(stderr.trimEnd()).not.toContain("\n");
  });

  test("a store folder that is a file", async () => {
    await writeFile(join(cli.folder, "file"), "");
    const { status, stderr } = await cli.run(["query", "RETURN 1"], { env: { FIL_ROUGE_DATA: "file" } });
    expect(status).toBe(3);
    expect(stderr).toMatch(/FIL_ROUGE_DATA/);
  });

  test("a port in use, and nothing is left behind that says a server runs", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    const { status, stderr } = await cli.run(["serve", "--port", String(port)]);
    other.close();
    expect(status).toBe(3);
    expect(stderr).toMatch(new RegExp(`^fil-rouge: Port ${port} of 127\\.0\\.0\\.1 is used by another program\\.`));
    expect(await readdir(join(cli.folder, ".fil-rouge"))).not.toContain("server.json");
  });
});

describe("inputs", () => {
  test("a missing file is told before anything is stored", async () => {
    await writeFile(
      join(cli.folder, "a.txt"),
      "Europol a neutralisé Amaq, selon la police fédérale belge à Bruxelles.",
    );
    const { status, stdout, stderr } = await cli.run(["ingest", "a.txt", "missing.txt"]);
    expect([status, stdout, stderr]).toEqual([2, "", "fil-rouge: missing.txt does not exist. Check the path.\n"]);
    const counted = await cli.run(["query", "MATCH (d:Document) RETURN count(d) AS n", "--format", "json"]);
    expect(JSON.parse(counted.stdout)).toEqual({ columns: ["n"], rows: [[0]], truncated: false });
  });

  test("a folder without articles is told", async () => {
    await mkdir(join(cli.folder, "nothing"), { recursive: true });
    const { status, stderr } = await cli.run(["ingest", "nothing"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^fil-rouge: nothing holds no articles/);
  });

  test("empty, binary and oversized files are one line each, and status 1", async () => {
    await writeFile(join(cli.folder, "empty.txt"), "");
    await writeFile(join(cli.folder, "binary.txt"), Buffer.from([0, 1, 2, 3, 0, 0, 255]));
    await writeFile(join(cli.folder, "large.txt"), "a ".repeat(3_000_000));
    const names = ["empty.txt", "binary.txt", "large.txt"];
    const { status, stdout } = await cli.run(["ingest", ...names]);
    const lines = stdout.trimEnd().split("\n");
    expect(status).toBe(1);
    expect(lines).toHaveLength(4);
    expect(lines.slice(0, 3).map((line, index) => line.startsWith(`failed     ${names[index]}: `))).toEqual(
      Array(3).fill(true),
    );
    expect(lines[3]).toBe("3 documents: 3 failed.");
  });

  test("a query that writes, and one that cannot be understood, are status 2", async () => {
    const write = await cli.run(["query", "CREATE (n:Entity) RETURN n"]);
    const broken = await cli.run(["query", "MATCH (n RETURN n"]);
    expect([write.status, broken.status]).toEqual([2, 2]);
    expect([write.stdout, broken.stdout]).toEqual(["", ""]);
    for (const { stderr } of [write, broken]) expect(stderr).toMatch(/^fil-rouge: [^\n]+\n$/);
  });
});

test("a reader that closes early is no fault", async () => {
  const { folder } = cli;
  const child = spawn(process.execPath, [join(import.meta.dirname, "../../dist/server/main.js"), "--help"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.destroy();
  const status = await new Promise((resolve) => child.on("close", resolve));
  expect(status).toBe(0);
});
