import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Job } from "../../server/contract/report.ts";
import { summaryOfView, type SavedView } from "../../server/contract/view.ts";
import { openFileWorkspace } from "../../server/workspace/file-workspace.ts";
import type { JobInput } from "../../server/workspace/workspace.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "workspace-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function job(id: string, createdAt: string): Job {
  return {
    id,
    task: "ingest",
    state: "queued",
    collection: "default",
    createdAt,
    finishedAt: null,
    total: 2,
    done: 0,
    failed: 0,
    reports: [],
    message: null,
  };
}

const query = {
  id: "q1",
  name: "Who acted",
  cypher: "MATCH (n) RETURN n",
  description: "",
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:00.000Z",
};

describe("jobs", () => {
  test("a saved job is read back by another process, latest first in the list", async () => {
    const first = openFileWorkspace({ folder });
    await first.saveJob(job("a", "2026-01-01T00:00:00.000Z"));
    await first.saveJob(job("b", "2026-01-02T00:00:00.000Z"));
    await first.saveJob({ ...job("a", "2026-01-01T00:00:00.000Z"), state: "running", done: 1 });
    const second = openFileWorkspace({ folder });
    expect(await second.jobs()).toEqual([
      job("b", "2026-01-02T00:00:00.000Z"),
      { ...job("a", "2026-01-01T00:00:00.000Z"), state: "running", done: 1 },
    ]);
    expect(await second.job("b")).toEqual(job("b", "2026-01-02T00:00:00.000Z"));
    expect(await second.job("c")).toBeNull();
  });

  test("inputs keep their bytes, whatever these are", async () => {
    const workspace = openFileWorkspace({ folder });
    const inputs: JobInput[] = [
      { name: "é\n.txt", mediaType: null, bytes: Buffer.from([0, 10, 255, 10, 13]), hints: { language: "fr" } },
      { name: "b.html", mediaType: "text/html", bytes: Buffer.alloc(0), hints: { publishedAt: "2019-11" } },
    ];
    await workspace.saveJobInputs("a", inputs);
    expect([await workspace.jobInput("a", 0), await workspace.jobInput("a", 1)]).toEqual(inputs);
    expect(await workspace.jobInput("a", 2)).toBeNull();
    await workspace.dropJobInputs("a");
    expect(await workspace.jobInput("a", 0)).toBeNull();
  });

  test("an id that would leave the folder names nothing", async () => {
    const workspace = openFileWorkspace({ folder: join(folder, "inside") });
    await writeFile(join(folder, "secret.json"), JSON.stringify(job("x", "2026-01-01T00:00:00.000Z")));
    expect(await workspace.job("../../secret")).toBeNull();
    await workspace.deleteJob("../../secret");
    expect(JSON.parse(await readFile(join(folder, "secret.json"), "utf8"))).toEqual(
      job("x", "2026-01-01T00:00:00.000Z"),
    );
  });

  test("a damaged file is told by its name", async () => {
    const workspace = openFileWorkspace({ folder });
    await workspace.saveJob(job("a", "2026-01-01T00:00:00.000Z"));
    const file = join(folder, "jobs", "a.json");
    await writeFile(file, "{");
    await expect(workspace.job("a")).rejects.toThrow(`The file ${file} is damaged`);
  });

  test("a write leaves no temporary file and is closed to other users", async () => {
    const workspace = openFileWorkspace({ folder });
    await workspace.saveJob(job("a", "2026-01-01T00:00:00.000Z"));
    expect(await readdir(join(folder, "jobs"))).toEqual(["a.json"]);
    expect((await stat(join(folder, "jobs", "a.json"))).mode & 0o077).toBe(0);
  });
});

function view(id: string, updatedAt: string): SavedView {
  return {
    id,
    name: "Amaq",
    notes: "",
    nodes: [{ id: "n1", x: 1, y: -2.5, hidden: false, pinned: true }],
    edges: [],
    filter: { standing: ["stated"] },
    layout: "force",
    sizeBy: "mentions",
    colourBy: "type",
    steps: [{ title: "Un", text: "", nodes: ["n1"], edges: [] }],
    createdAt: "2026-01-01T00:00:00.000Z",
    updatedAt,
    frozen: {
      at: "2026-01-01T00:00:00.000Z",
      nodes: [],
      edges: [],
      quotes: [],
      baseline: [],
      withdrawn: { quotes: 0, edges: 0, nodes: 0 },
    },
  };
}

describe("queries, views, secret and marks", () => {
  test("queries are listed by name and deleted once", async () => {
    const workspace = openFileWorkspace({ folder });
    await workspace.saveQuery(query);
    await workspace.saveQuery({ ...query, id: "q2", name: "Alleged" });
    expect(await workspace.queries()).toEqual([{ ...query, id: "q2", name: "Alleged" }, query]);
    expect([await workspace.deleteQuery("q1"), await workspace.deleteQuery("q1")]).toEqual([true, false]);
    expect(await workspace.query("q1")).toBeNull();
  });

  test("views are listed without what they show, latest change first, and read back whole", async () => {
    const workspace = openFileWorkspace({ folder });
    const older = view("v1", "2026-01-01T00:00:00.000Z");
    const later = view("v2", "2026-01-02T00:00:00.000Z");
    await workspace.saveView(older);
    await workspace.saveView(later);
    const reopened = openFileWorkspace({ folder });
    expect(await reopened.views()).toEqual([summaryOfView(later), summaryOfView(older)]);
    expect([await reopened.view("v1"), await reopened.view("../queries/q1")]).toEqual([older, null]);
    expect([await workspace.deleteView("v1"), await workspace.deleteView("v1")]).toEqual([true, false]);
  });

  test("the secret stays the same from one start to the next", async () => {
    const secret = await openFileWorkspace({ folder }).secret();
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(await openFileWorkspace({ folder }).secret()).toBe(secret);
  });

  test("what was done once is remembered", async () => {
    expect(await openFileWorkspace({ folder }).wasDone("samples")).toBe(false);
    await openFileWorkspace({ folder }).markDone("samples");
    expect(await openFileWorkspace({ folder }).wasDone("samples")).toBe(true);
  });

  test("a folder that is a file is one clear sentence", async () => {
    const file = join(folder, "file");
    await writeFile(file, "");
    await expect(openFileWorkspace({ folder: file }).saveQuery(query)).rejects.toMatchObject({
      code: "store_unreachable",
      message: expect.stringContaining("set FIL_ROUGE_DATA") as string,
    });
  });
});
