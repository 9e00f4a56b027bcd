import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { graphSchema } from "../../server/contract/graph.ts";
import { healthSchema, jobSchema, type Health, type Job } from "../../server/contract/report.ts";
import { savedViewSchema } from "../../server/contract/view.ts";
import { extractionOf } from "../ingest/extractions.ts";
import { buildProgram, openCli, type Cli } from "./cli.ts";

// Many processes, each of which opens a store and some the model.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let cli: Cli;
beforeAll(buildProgram);
beforeEach(async () => {
  cli = await openCli();
});
afterEach(() => cli.close());

const many = (count: number) =>
  Array.from({ length: count }, (_, number) =>
    extractionOf(`Europol a neutralisé Amaq, fois ${number}.`, ["Europol", "Amaq"], [["Europol", "TOOK_DOWN", "Amaq"]]),
  );

async function writeLines(name: string, count: number): Promise<void> {
  await writeFile(
    join(cli.folder, name),
    many(count)
      .map((one) => `${JSON.stringify(one)}\n`)
      .join(""),
  );
}

async function health(address: string): Promise<Health> {
  return healthSchema.parse(await (await fetch(`${address}/api/health`)).json());
}

const ownerFile = () => join(cli.folder, ".fil-rouge", "server.json");

describe("a running server owns the store", () => {
  test("other commands go through it, and answer as they do alone", async () => {
    const server = await cli.serve();
    await writeLines("all.jsonl", 120);
    const ingested = await cli.run(["ingest", "all.jsonl", "--collection", "samples"]);
    expect([ingested.status, ingested.stderr]).toEqual([0, ""]);
    const printed = ingested.stdout.trimEnd().split("\n");
    expect(printed.slice(0, 2)).toEqual([
      "added      all.jsonl, line 1: 2 entities (2 new), 1 claim",
      "added      all.jsonl, line 2: 2 entities, 1 claim",
    ]);
    expect(printed.at(-1)).toBe("120 documents: 120 added; 2 new entities, 120 claims.");
    expect((await health(server.address)).counts).toMatchObject({ documents: 120, entities: 2 });

    const query = await cli.run(["query", "MATCH (e:Entity) RETURN e.name ORDER BY e.name", "--format", "json"]);
    expect(JSON.parse(query.stdout)).toEqual({ columns: ["e.name"], rows: [["Amaq"], ["Europol"]], truncated: false });
    const refused = await cli.run(["query", "CREATE (n) RETURN n"]);
    expect([refused.status, refused.stderr.startsWith("fil-rouge: ")]).toEqual([2, true]);
    const exported = await cli.run(["export", "-", "--format", "csv"]);
    expect(exported.stdout.split("\r\n").filter(Boolean)).toHaveLength(121);
    const rebuilt = await cli.run(["rebuild"]);
    expect([rebuilt.status, rebuilt.stdout]).toEqual([0, "120 documents: 120 added; 2 new entities, 120 claims.\n"]);
    const deleted = await cli.run(["documents", "delete", many(1)[0]!.id, "nothing"]);
    expect([deleted.status, deleted.stderr]).toEqual([1, 'fil-rouge: There is no document "nothing".\n']);
    const removed = await cli.run(["samples", "remove"]);
    expect(removed.stdout).toBe("119 samples removed.\n");
    const again = await cli.run(["samples", "remove"]);
    expect([again.status, again.stdout]).toEqual([0, "There are no samples in the graph.\n"]);
  });

  test("a saved view is exported through it and without it, as it was frozen", async () => {
    const server = await cli.serve();
    await writeLines("all.jsonl", 3);
    await cli.run(["ingest", "all.jsonl"]);
    const { nodes, edges } = graphSchema.parse(await (await fetch(`${server.address}/api/graph`)).json());
    const places = nodes.map(({ id }, index) => ({ id, x: index, y: 0 }));
    const response = await fetch(`${server.address}/api/views`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name: "Two", nodes: places, edges: edges.map(({ id }) => id) }),
    });
    const { id } = savedViewSchema.parse(await response.json());
    const words = ["export", "-", "--format", "dossier-md", "--view", id, "--language", "fr"];
    const through = await cli.run(words);
    expect([through.status, through.stdout]).toEqual([0, expect.stringMatching(/^# Two\n/)]);
    await writeLines("more.jsonl", 5);
    await cli.run(["ingest", "more.jsonl"]);
    server.child.kill("SIGTERM");
    await server.ended;
    const undated = (text: string) => text.replace(/Établi le \S+/, "");
    expect(undated((await cli.run(words)).stdout)).toBe(undated(through.stdout));
  });

  test("through it, the files of a batch keep their names, hints and failures", async () => {
    await cli.serve();
    await writeFile(join(cli.folder, "empty.txt"), "");
    await writeFile(
      join(cli.folder, "a.txt"),
      "La police fédérale belge a arrêté hier trois membres de la bande à Bruxelles.",
    );
    const { status, stdout } = await cli.run(["ingest", "empty.txt", "a.txt", "--published", "2021-03"]);
    expect(status).toBe(1);
    expect(stdout.split("\n")[0]).toMatch(/^failed {5}empty\.txt: /);
    expect(stdout.split("\n")[1]).toMatch(/^added {6}a\.txt: /);
    const dates = await cli.run(["query", "MATCH (d:Document) RETURN d.publishedAt", "--format", "json"]);
    expect(dates.stdout).toContain('"rows":[["2021-03"]]');
  });

  test("Ctrl+C in a command stops its job on the server after the document at hand", async () => {
    const server = await cli.serve();
    await writeLines("all.jsonl", 400);
    const running = cli.start(["ingest", "all.jsonl"]);
    await running.printed(/line 5:/);
    running.child.kill("SIGINT");
    const { status, stdout } = await running.ended;
    const added = stdout.split("\n").filter((line) => line.startsWith("added")).length;
    expect([status, stdout.trimEnd().split("\n").at(-1)?.startsWith(`Stopped. ${added} documents`)]).toEqual([
      130,
      true,
    ]);
    expect((await health(server.address)).counts.documents).toBe(added);
    expect(added).toBeLessThan(400);
  });

  test("a second server is told where the first is; its address is closed to other users", async () => {
    const server = await cli.serve();
    const second = await cli.run(["serve", "--port", "0"]);
    expect(second).toEqual({
      status: 3,
      stdout: "",
      stderr: expect.stringContaining(
        `Fil rouge runs already at ${server.address} (process ${server.child.pid})`,
      ) as string,
    });
    expect((await stat(ownerFile())).mode & 0o077).toBe(0);
  });

  test("with a password, the page asks for it and the commands of this machine do not need it", async () => {
    const server = await cli.serve([], { FIL_ROUGE_PASSWORD: "correct horse" });
    const outside = await fetch(`${server.address}/api/health`);
    const inside = await cli.run(["query", "RETURN 1 AS one", "--format", "csv"]);
    expect([outside.status, inside.status, inside.stdout]).toEqual([401, 0, "one\r\n1\r\n"]);
  });

  test("SIGTERM finishes, takes the address away, and frees the store", async () => {
    const server = await cli.serve();
    // A stream that stays open does not keep the program from ending.
    const stream = await fetch(`${server.address}/api/health`);
    await stream.body?.cancel();
    server.child.kill("SIGTERM");
    const { status } = await server.ended;
    expect(status).toBe(0);
    await expect(readFile(ownerFile())).rejects.toThrow("ENOENT");
    expect((await cli.run(["query", "RETURN 1 AS one"])).status).toBe(0);
  });

  test("the address that a killed server left is not believed", async () => {
    const server = await cli.serve();
    server.child.kill("SIGKILL");
    await server.ended;
    expect(await readdir(join(cli.folder, ".fil-rouge"))).toContain("server.json");
    const { status, stdout } = await cli.run(["query", "RETURN 1 AS one", "--format", "csv"]);
    expect([status, stdout]).toEqual([0, "one\r\n1\r\n"]);
    const next = await cli.serve();
    expect((await health(next.address)).ok).toBe(true);
  });

  test("an address of a process that is somebody else's by now is not believed", async () => {
    const other = await cli.serve([], { FIL_ROUGE_DATA: "other" });
    await cli.run(["query", "RETURN 1 AS one"]);
    const stale = {
      pid: process.pid,
      address: other.address,
      token: "old",
      store: "embedded",
      startedAt: "2026-01-01T00:00:00.000Z",
    };
    await writeFile(ownerFile(), JSON.stringify(stale));
    const { status, stdout } = await cli.run(["query", "RETURN 1 AS one", "--format", "csv"]);
    expect([status, stdout]).toEqual([0, "one\r\n1\r\n"]);
  });
});

describe("the samples", () => {
  const jobs = async (address: string): Promise<Job[]> => {
    const list = (await (await fetch(`${address}/api/jobs`)).json()) as unknown[];
    return list.map((job) => jobSchema.parse(job));
  };

  test("come with the first start, go on after a kill, and do not come back once removed", async () => {
    const first = await cli.serve(["--samples"]);
    await first.printed(/sample 2 of 12/);
    first.child.kill("SIGKILL");
    await first.ended;
    const second = await cli.serve(["--samples"]);
    await second.printed(/The samples are in the graph/);
    expect((await health(second.address)).collections).toEqual([{ name: "samples", documents: 12 }]);
    expect((await jobs(second.address)).map(({ state, done, failed }) => [state, done, failed])).toEqual([
      ["done", 12, 0],
    ]);
    await cli.run(["samples", "remove"]);
    second.child.kill("SIGTERM");
    await second.ended;
    const third = await cli.serve(["--samples"]);
    expect([(await health(third.address)).collections, (await jobs(third.address)).length]).toEqual([[], 1]);
  });

  test("do not come into a store that holds articles, nor without being asked for", async () => {
    await writeLines("all.jsonl", 1);
    await cli.run(["ingest", "all.jsonl"]);
    const full = await cli.serve(["--samples"]);
    expect(await jobs(full.address)).toEqual([]);
    const plain = await cli.serve([], { FIL_ROUGE_DATA: "other" });
    expect(await jobs(plain.address)).toEqual([]);
  });
});
