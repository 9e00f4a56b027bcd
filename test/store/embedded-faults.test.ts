/** What goes wrong around the embedded store: processes that die, folders that cannot be used. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openEmbedded, openEmbeddedStore, STORE_FILE } from "../../server/store/embedded/open.ts";
import type { GraphStore } from "../../server/store/graph-store.ts";
import { markLoading } from "../../server/store/queries/maintenance.ts";
import { SCHEMA_VERSION } from "../../server/store/schema.ts";
import { isAlive } from "../neo4j/lock.ts";
import { LIMITS, saveAll, wholeGraph } from "./contract/opened.ts";
import { madeArticles } from "./made-articles.ts";

const KILLS = 50;

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fil-rouge-faults-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The graph that these documents make when nothing goes wrong. */
async function graphOf(documents: ReturnType<typeof madeArticles>) {
  const clean = mkdtempSync(join(tmpdir(), "fil-rouge-clean-"));
  const store = await openEmbeddedStore({ folder: clean });
  try {
    await saveAll(store, ...documents);
    return await wholeGraph(store);
  } finally {
    await store.close();
    rmSync(clean, { recursive: true });
  }
}

async function storedIds(store: GraphStore): Promise<Set<string>> {
  const ids = new Set<string>();
  for await (const { extraction } of store.keptExtractions()) ids.add(extraction.id);
  return ids;
}

async function refusalOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => "it opened",
    (error: unknown) => error,
  );
}

describe("processes that die", () => {
  test("[S70] an engine that is killed again and again loses nothing and leaves nothing half", async () => {
    const documents = madeArticles(60);
    const { store, executor } = await openEmbedded({ folder });
    let kills = 0;
    let saved = 0;
    let savedAtLastKill = 0;
    // One kill at a random moment after each document that came through, so that a slow machine gets on too.
    const killing = (async () => {
      while (saved < documents.length) {
        await wait(Math.random() * 60);
        const pid = await executor.pid();
        if (pid === null || saved === savedAtLastKill || !isAlive(pid)) continue;
        savedAtLastKill = saved;
        process.kill(pid, "SIGKILL");
        kills += 1;
      }
    })();
    for (const document of documents) {
      await store.save(document);
      saved += 1;
    }
    await killing;
    expect(kills).toBeGreaterThan(0);
    expect(await wholeGraph(store)).toEqual(await graphOf(documents));
    expect(await store.counts()).toMatchObject({ documents: documents.length });
    await store.close();
  }, 300_000);

  test("[S71] an owner that is killed at fifty random points loses no finished document and leaves none half", async () => {
    const documents = madeArticles(KILLS * 6);
    const loader = createRequire(import.meta.url).resolve("tsx");
    const told = new Set<string>();
    for (let kill = 0; kill < KILLS; kill += 1) {
      const child = spawn(
        process.execPath,
        ["--import", loader, "test/store/ingesting.ts", folder, String(documents.length), String(told.size)],
        { stdio: ["ignore", "pipe", "inherit"] },
      );
      let output = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
      const closed = once(child, "close");
      // From the start of the engine on, at any point of the next few documents.
      while (!output.includes("\n")) await wait(5);
      await wait(Math.random() * 150);
      child.kill("SIGKILL");
      await closed;
      for (const id of output.split("\n").slice(1, -1)) told.add(id);
    }
    const store = await openEmbeddedStore({ folder });
    const stored = await storedIds(store);
    expect([...told].filter((id) => !stored.has(id))).toEqual([]);
    // One more may have been stored and not told.
    expect(stored.size).toBeLessThanOrEqual(told.size + 1);
    expect(told.size).toBeGreaterThan(0);
    await saveAll(store, ...documents);
    expect(await wholeGraph(store)).toEqual(await graphOf(documents));
    await store.close();
  }, 600_000);

  test("[S70] an engine ends with its owner", async () => {
    const { store, executor } = await openEmbedded({ folder });
    const pid = await executor.pid();
    expect(pid !== null && isAlive(pid)).toBe(true);
    await store.close();
    expect(isAlive(pid!)).toBe(false);
    expect(await refusalOf(store.counts())).toMatchObject({ code: "store_unreachable" });
  });

  test("[S64] a query that eats memory is ended before the machine is", async () => {
    const { store } = await openEmbedded({ folder });
    await saveAll(store, ...madeArticles(3));
    const hungry = store.query(
      "UNWIND range(1, 20000) AS a UNWIND range(1, 20000) AS b RETURN collect([a, b]) AS all",
      {},
      { ...LIMITS, milliseconds: 60_000 },
    );
    const save = store.save(madeArticles(4)[3]!);
    expect(await refusalOf(hungry)).toMatchObject({
      code: "query_failed",
      message: expect.stringContaining("memory") as string,
    });
    expect(await save).toMatchObject({ newEntities: expect.any(Number) as number });
    expect(await store.counts()).toMatchObject({ documents: 4 });
    await store.close();
  }, 120_000);
});

test("[S79] a full disk is told, loses no stored document and leaves none half", async () => {
  const documents = madeArticles(400);
  const loader = createRequire(import.meta.url).resolve("tsx");
  // A limit on the size of files stands for a disk: the log cannot grow beyond it.
  const child = spawn(
    "sh",
    [
      "-c",
      `ulimit -f 2000; exec "$0" --import "$1" test/store/ingesting.ts "$2" ${String(documents.length)}`,
      process.execPath,
      loader,
      folder,
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let output = "";
  let complaint = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
  await once(child, "close");
  expect(complaint).toContain("The disk of the embedded store is full");
  const told = output.split("\n").slice(1, -1);
  expect(told.length).toBeGreaterThan(0);

  const store = await openEmbeddedStore({ folder });
  expect(await storedIds(store)).toEqual(new Set(told));
  const present = documents.filter((document) => told.includes(document.extraction.id));
  expect(await wholeGraph(store)).toEqual(await graphOf(present));
  await store.save(documents.at(-1)!);
  await store.close();
}, 180_000);

describe("folders that cannot be used", () => {
  test("[S72] a second process is refused while the first goes on", async () => {
    const first = await openEmbeddedStore({ folder });
    expect(await refusalOf(openEmbeddedStore({ folder }))).toMatchObject({
      code: "store_in_use",
      message: expect.stringContaining(folder) as string,
    });
    await first.save(madeArticles(1)[0]!);
    await first.close();
    const second = await openEmbeddedStore({ folder });
    expect(await second.counts()).toMatchObject({ documents: 1 });
    await second.close();
  });

  test("[S73] a folder that cannot be made is told by name", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    expect(await refusalOf(openEmbeddedStore({ folder: join(file, "store") }))).toMatchObject({
      code: "store_unreachable",
      message: expect.stringContaining(join(file, "store")) as string,
    });
  });

  test("[S73] a file that is no store is told and left as it is", async () => {
    writeFileSync(join(folder, STORE_FILE), "something else");
    expect(await refusalOf(openEmbeddedStore({ folder }))).toMatchObject({
      code: "store_unreachable",
      message: expect.stringContaining(STORE_FILE) as string,
    });
    expect(existsSync(join(folder, STORE_FILE))).toBe(true);
  });

  test("[S73] a folder in which nothing can be made is told", async () => {
    expect(await refusalOf(openEmbeddedStore({ folder: "/proc/self" }))).toMatchObject({
      code: "store_unreachable",
      message: expect.stringContaining("/proc/self") as string,
    });
  });

  test("[S38] what a killed program left half loaded is taken out when the store is opened next", async () => {
    const { store, executor } = await openEmbedded({ folder });
    await saveAll(store, ...madeArticles(2));
    await executor.write((transaction) => transaction.run(markLoading(Date.now())));
    await store.close();
    for (const documents of [0, 2]) {
      const again = await openEmbeddedStore({ folder });
      expect(await again.counts()).toMatchObject({ documents });
      await saveAll(again, ...madeArticles(2));
      await again.close();
    }
  });

  test("[S77] a store of a newer program is refused and left as it is", async () => {
    const { store, executor } = await openEmbedded({ folder });
    await executor.define(`MATCH (m:Meta) SET m.schemaVersion = ${SCHEMA_VERSION + 1}`);
    await store.close();
    expect(await refusalOf(openEmbeddedStore({ folder }))).toMatchObject({
      code: "store_foreign",
      message: expect.stringContaining("newer") as string,
    });
  });
});
