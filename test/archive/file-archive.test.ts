import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openFileArchive } from "../../server/archive/file-archive.ts";
import type { Archive } from "../../server/archive/archive.ts";
import type { Original } from "../../server/contract/original.ts";

let folder: string;
let archive: Archive;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "archive-"));
  archive = openArchive("embedded");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function openArchive(store: string): Archive {
  return openFileArchive({ folder, store, reader: "1.2.3" });
}

function original(text: string, given: Partial<Original> = {}): Original {
  return {
    bytes: Buffer.from(text),
    name: "a.txt",
    mediaType: null,
    hints: {},
    requested: null,
    address: null,
    article: null,
    capturedAt: "2026-01-01T00:00:00.000Z",
    headers: {},
    ...given,
  };
}

function page(text: string, article: string): Original {
  return original(text, { name: article, requested: article, address: article, article });
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

async function filesUnder(path: string): Promise<string[]> {
  const names = await readdir(path, { recursive: true, withFileTypes: true });
  return names.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

describe("keeping", () => {
  test("the bytes stand under their SHA-256, with what is known of them", async () => {
    const hash = sha256("Le procès");
    await archive.keep("d1", original("Le procès", { hints: { language: "fr", title: undefined } }));
    expect(await readFile(join(folder, hash.slice(0, 2), hash), "utf8")).toBe("Le procès");
    expect(await archive.bytes(hash)).toEqual(Buffer.from("Le procès"));
    expect(await archive.record("d1")).toEqual({
      document: "d1",
      captures: [
        {
          sha256: hash,
          bytes: 10,
          name: "a.txt",
          mediaType: null,
          hints: { language: "fr" },
          requested: null,
          address: null,
          article: null,
          capturedAt: "2026-01-01T00:00:00.000Z",
          headers: {},
          reader: "1.2.3",
        },
      ],
      earlier: [],
    });
  });

  test("the same text from the same place adds nothing, another address adds a capture, the same file by another name none", async () => {
    await archive.keep("d1", page("one", "https://a.test/1"));
    await archive.keep("d1", page("one", "https://b.test/1"));
    await archive.keep("d1", page("one, other banner", "https://a.test/1"));
    await archive.keep("d1", original("one", { name: "copy.txt" }));
    const { captures } = (await archive.record("d1"))!;
    expect(captures.map((capture) => capture.article)).toEqual(["https://a.test/1", "https://b.test/1"]);
  });

  test("files are the owner's alone", async () => {
    await archive.keep("d1", original("secret"));
    const { mode } = await stat(join(folder, sha256("secret").slice(0, 2), sha256("secret")));
    expect(mode & 0o077).toBe(0);
  });

  test("an id that could leave the folder is refused, and is nobody's record", async () => {
    await expect(archive.keep("../d1", original("x"))).rejects.toMatchObject({ code: "invalid_input" });
    expect([await archive.record("../d1"), await archive.bytes("../../etc/passwd")]).toEqual([null, null]);
  });

  test("a folder that cannot be written is told by name", async () => {
    await writeFile(join(folder, "occupied"), "");
    const closed = openFileArchive({ folder: join(folder, "occupied"), store: "embedded", reader: "1" });
    await expect(closed.keep("d1", original("x"))).rejects.toMatchObject({ code: "store_unreachable" });
  });
});

describe("deleting", () => {
  test("takes the bytes with the last document that uses them, and every trace of the document", async () => {
    await archive.keep("d1", page("shared", "https://a.test/1"));
    await archive.keep("d2", page("shared", "https://a.test/2"));
    await archive.pointAt("https://a.test/1", "d1");
    await archive.forget("d1");
    expect([await archive.record("d1"), await archive.latestAt("https://a.test/1")]).toEqual([null, null]);
    expect(await archive.bytes(sha256("shared"))).toEqual(Buffer.from("shared"));
    await archive.forget("d2");
    await archive.forget("never kept");
    expect(await filesUnder(folder)).toEqual([]);
  });

  test("bytes that another store's document uses stay", async () => {
    const other = openArchive("neo4j-1");
    await archive.keep("d1", original("shared"));
    await other.keep("d1", original("shared"));
    await archive.forget("d1");
    expect(await other.bytes(sha256("shared"))).toEqual(Buffer.from("shared"));
    expect((await other.record("d1"))?.captures).toHaveLength(1);
  });

  test("takes the versions before with it", async () => {
    await archive.keep("d1", page("first", "https://a.test/1"));
    await archive.keep("d2", page("second", "https://a.test/1"));
    await archive.supersede({ document: "d1", title: "First", text: "first" }, "d2", "2026-01-02T00:00:00.000Z");
    expect(await archive.record("d1")).toBeNull();
    expect(await archive.bytes(sha256("first"))).not.toBeNull();
    await archive.forget("d2");
    expect(await filesUnder(folder)).toEqual([]);
  });
});

test("versions are handed on, oldest first", async () => {
  for (const [document, text] of [
    ["d1", "one"],
    ["d2", "two"],
    ["d3", "three"],
  ] as const) {
    await archive.keep(document, page(text, "https://a.test/1"));
  }
  await archive.supersede({ document: "d1", title: "One", text: "one" }, "d2", "2026-01-02T00:00:00.000Z");
  await archive.supersede({ document: "d2", title: "Two", text: "two" }, "d3", "2026-01-03T00:00:00.000Z");
  const { earlier } = (await archive.record("d3"))!;
  expect(earlier.map(({ title, text, captures }) => [title, text, captures[0]?.sha256])).toEqual([
    ["One", "one", sha256("one")],
    ["Two", "two", sha256("two")],
  ]);
});
