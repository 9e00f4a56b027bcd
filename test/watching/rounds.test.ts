/** Looks at real servers and real folders; what is delivered goes to the test. */
import { mkdir, mkdtemp, readdir, rename, rm, writeFile, appendFile, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Problem } from "../../server/contract/document.ts";
import type { WatchedSource } from "../../server/contract/watching.ts";
import { AppError } from "../../server/errors.ts";
import { failedReport } from "../../server/ingest.ts";
import { fetchFeed } from "../../server/watching/fetch-feed.ts";
import { openFileWatchBook } from "../../server/watching/file-watch-book.ts";
import { lookAt, newSource, type RoundParts, type WatchItem } from "../../server/watching/rounds.ts";
import type { WatchBook } from "../../server/watching/watch-book.ts";
import { openSite, policyFor, resolveHere, type TestSite } from "../reading/web/servers.ts";

let folder: string;
let book: WatchBook;
let site: TestSite;
/** The feed's answer: its items, and what the server does otherwise. */
let feed: { items: string[]; etag: string; status: number; headers: Record<string, string> };
let asked: Record<string, string | string[] | undefined>[];
let delivered: string[];
/** What reading an item gives, when it is no article. */
let problems: Map<string, Problem>;
let minutes: number;
let duringSettle: () => Promise<void>;
let parts: RoundParts;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "watch-"));
  book = openFileWatchBook({ folder: join(folder, "book"), store: "test" });
  feed = { items: [], etag: '"1"', status: 200, headers: {} };
  asked = [];
  delivered = [];
  problems = new Map();
  minutes = 0;
  duringSettle = () => Promise.resolve();
  site = await openSite((request, response) => {
    asked.push(request.headers);
    if (request.headers["if-none-match"] === feed.etag && feed.status === 200) {
      response.writeHead(304).end();
      return;
    }
    response.writeHead(feed.status, { "content-type": "application/rss+xml", etag: feed.etag, ...feed.headers });
    response.end(`<rss><channel><title>Le fil</title>${feed.items.join("")}</channel></rss>`);
  });
  const web = { policy: policyFor(site), resolve: resolveHere, userAgent: "Fil rouge test" };
  parts = {
    book,
    fetchFeed: (address, conditions) => fetchFeed(address, conditions, web),
    deliver: async (items, _collection, onReports) => {
      for (const [index, item] of items.entries()) {
        const name = nameOf(item);
        delivered.push(name);
        const problem = problems.get(name) ?? null;
        const report = failedReport(name, null, problem ?? { code: "empty", message: "" });
        await onReports(index, [{ ...report, problem, status: problem === null ? "added" : "failed" }]);
      }
    },
    settle: () => duringSettle(),
    now: () => new Date(Date.UTC(2026, 0, 1, 0, minutes)),
  };
});
afterEach(async () => {
  await site.close();
  await rm(folder, { recursive: true, force: true });
});

function nameOf(item: WatchItem): string {
  return item.kind === "address" ? item.address.replace(/^.*\//, "") : item.path.slice(join(folder, "in").length + 1);
}

function item(name: string, title = name): string {
  return `<item><title>${title}</title><link>/${name}</link></item>`;
}

/** As the next start would: from what the book remembers. */
async function look(source: string, given: Partial<WatchedSource> = {}): Promise<WatchedSource> {
  const kind = source.startsWith("http") ? "feed" : "folder";
  const fresh = newSource({ source, kind, collection: "news", match: [], everySeconds: 900 });
  return lookAt({ ...((await book.source(source)) ?? fresh), ...given }, parts);
}

const messages = ({ log }: WatchedSource) => log.map(({ kind, message, times }) => [kind, message, times]);

describe("a feed", () => {
  const source = () => `${site.origin}/feed`;

  test("gives its entries once, oldest first, and is asked whether it changed", async () => {
    feed.items = [item("b"), item("a")];
    await look(source());
    await look(source());
    feed = { ...feed, etag: '"2"', items: [item("c"), item("b"), item("a")] };
    const state = await look(source());
    expect(delivered).toEqual(["a", "b", "c"]);
    expect(asked.map((headers) => headers["if-none-match"])).toEqual([undefined, '"1"', '"1"']);
    expect(messages(state)).toEqual([
      ["taken", "2 new, 2 read.", 1],
      ["unchanged", "Nothing new.", 1],
      ["taken", "1 new, 1 read.", 1],
    ]);
    expect([state.title, state.taken, state.pending]).toEqual(["Le fil", 3, []]);
  });

  test("is filtered before anything is fetched", async () => {
    feed.items = [item("a", "Le procès d'Europol"), item("b", "Le temps qu'il fera")];
    await look(source(), { match: ["europol"] });
    expect(delivered).toEqual(["a"]);
  });

  test("an entry that cannot be had is tried three times, although the feed has not changed, then given up", async () => {
    feed.items = [item("a", "Une enquête")];
    problems.set("a", { code: "unreadable", message: "It answered 503." });
    let state = await look(source());
    for (let round = 0; round < 4; round += 1) state = await look(source());
    expect(delivered).toEqual(["a", "a", "a"]);
    expect([state.pending, state.taken]).toEqual([[], 0]);
    expect(messages(state)).toContainEqual(["given_up", '"Une enquête" was not read: It answered 503.', 1]);
  });

  test("an entry in a language that is not read is told once", async () => {
    feed.items = [item("a")];
    problems.set("a", { code: "unknown_language", message: "It seems to be in German." });
    await look(source());
    await look(source());
    expect(delivered).toEqual(["a"]);
  });

  test("that fails is asked less and less often, as the server wishes, and a success makes it as before", async () => {
    feed.status = 500;
    const waits: number[] = [];
    for (let round = 0; round < 9; round += 1) {
      const state = await look(source());
      waits.push((Date.parse(state.nextAt!) - parts.now().getTime()) / 60_000);
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1_440, 1_440, 1_440]);
    feed = { ...feed, status: 429, headers: { "retry-after": "7200" } };
    const limited = await look(source(), { failures: 0 });
    expect(Date.parse(limited.nextAt!) - parts.now().getTime()).toBe(7_200_000);
    feed = { ...feed, status: 200, headers: {} };
    const state = await look(source());
    expect([state.failures, Date.parse(state.nextAt!) - parts.now().getTime()]).toEqual([0, 900_000]);
    expect(messages(state)[0]).toEqual([
      "failed",
      `${source()} answered 500 Internal Server Error; try again later.`,
      9,
    ]);
  });

  test("entries that were found stay to be read when the process is killed before it reads them", async () => {
    feed.items = [item("b"), item("a")];
    const { deliver } = parts;
    parts.deliver = () => Promise.reject(new AppError("store_unreachable", "The store is away."));
    const failed = await look(source());
    expect([failed.failures, failed.pending.map(({ address }) => address.slice(-1))]).toEqual([1, ["a", "b"]]);
    parts.deliver = deliver;
    await look(source());
    expect(delivered).toEqual(["a", "b"]);
  });
});

describe("a folder", () => {
  const source = () => join(folder, "in");
  beforeEach(() => mkdir(join(folder, "in", "deep"), { recursive: true }));

  test("gives each file once, in folders within and with any name, and again when it changes", async () => {
    const odd = "l'été à 100 % — «\u00a0spécial\u00a0» 🔴 #1?.txt";
    await writeFile(join(source(), odd), "un");
    await writeFile(join(source(), "deep", "b.md"), "deux");
    await writeFile(join(source(), "c.exe"), "no article");
    await look(source());
    await look(source());
    await writeFile(join(source(), odd), "un et demi");
    const state = await look(source());
    expect(delivered).toEqual(["deep/b.md", odd, odd]);
    expect([state.taken, messages(state).at(-1)]).toEqual([3, ["taken", "1 new or changed, 1 read.", 1]]);
  });

  test("waits for a file that is still being written, that is empty, or whose name says that it is not finished", async () => {
    const growing = join(source(), "a.txt");
    await writeFile(growing, "Le début");
    await writeFile(join(source(), "empty.pdf"), "");
    await writeFile(join(source(), "~$letter.docx"), "lock");
    duringSettle = () => appendFile(growing, " et la suite");
    const state = await look(source());
    expect([delivered, messages(state)]).toEqual([
      [],
      [["unchanged", "Nothing new. Still being written: a.txt, empty.pdf.", 1]],
    ]);
    duringSettle = () => Promise.resolve();
    await look(source());
    expect(delivered).toEqual(["a.txt"]);
  });

  test("a file that is moved away or replaced during the look is no fault", async () => {
    await writeFile(join(source(), "a.txt"), "un");
    await writeFile(join(source(), "b.txt"), "deux");
    duringSettle = async () => {
      await rename(join(source(), "a.txt"), join(folder, "elsewhere.txt"));
      await utimes(join(source(), "b.txt"), new Date(0), new Date(0));
    };
    const state = await look(source());
    expect([delivered, state.failures]).toEqual([[], 0]);
  });

  test("a file that ends too early is looked at again, three times at most", async () => {
    await writeFile(join(source(), "a.pdf"), "%PDF-1.7");
    problems.set("a.pdf", { code: "malformed", message: "a.pdf is no whole PDF document." });
    for (let round = 0; round < 5; round += 1) await look(source());
    expect(delivered).toEqual(["a.pdf", "a.pdf", "a.pdf"]);
  });

  test("that is gone fails, and goes on when it is back", async () => {
    await rm(source(), { recursive: true });
    const gone = await look(source());
    expect(messages(gone)).toEqual([
      ["failed", `${source()} cannot be read: it is gone.`, 1],
      ["unchanged", "Nothing new.", 1],
    ]);
    await mkdir(source());
    await writeFile(join(source(), "a.txt"), "un");
    await look(source());
    expect(delivered).toEqual(["a.txt"]);
  });
});

describe("the book", () => {
  test("one process has a source; a dead one's claim is taken over, and of many that try one gets it", async () => {
    const claim = await book.claim("https://site.test/feed");
    expect(await book.claim("https://site.test/feed")).toEqual({ heldBy: process.pid });
    if (!("release" in claim)) throw new Error("not claimed");
    await book.save(
      newSource({ source: "https://site.test/feed", kind: "feed", collection: "a", match: [], everySeconds: 1 }),
    );
    expect((await book.sources()).map(({ active }) => active)).toEqual([true]);
    await claim.release();
    expect((await book.sources()).map(({ active }) => active)).toEqual([false]);

    const claimed = await book.claim("a");
    const file = (await readdir(join(folder, "book", "test"))).find((name) => name.endsWith(".claim"))!;
    await writeFile(join(folder, "book", "test", file), "4194303 dead");
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => book.claim("a")));
    expect(outcomes.filter((outcome) => "release" in outcome)).toHaveLength(1);
    expect("release" in claimed).toBe(true);
  });
});
