import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { unpack } from "../../server/reading/archive.ts";
import { walkInputs } from "../../server/reading/walk-inputs.ts";
import type { ZipLimits } from "../../server/reading/zip.ts";
import { zipOf } from "./zip-files.ts";

async function outcomes(bytes: Uint8Array, limits?: ZipLimits): Promise<[name: string, content: string][]> {
  const found: [string, string][] = [];
  for await (const item of unpack({ bytes, name: "a.zip" }, limits)) {
    found.push(
      item.problem === null
        ? [item.input.name, Buffer.from(item.input.bytes).toString()]
        : [item.name, `${item.problem.code}: ${item.problem.message}`],
    );
  }
  return found;
}

describe("an archive", () => {
  test("gives its articles in its order; folders, hidden files and other formats are passed over", async () => {
    const bytes = zipOf([
      { name: "news/", content: "" },
      { name: "news/b é.txt", content: "one" },
      { name: "news/photo.jpg", content: "no" },
      { name: "__MACOSX/news/._b.txt", content: "no" },
      { name: "news/.hidden.txt", content: "no" },
      { name: "a.html", packed: deflateRawSync("two"), size: 3 },
    ]);
    expect(await outcomes(bytes)).toEqual([
      ["a.zip/news/b é.txt", "one"],
      ["a.zip/a.html", "two"],
    ]);
  });

  test("names that lead elsewhere are names, nothing more", async () => {
    expect(await outcomes(zipOf([{ name: "../../etc/x.txt", content: "one" }]))).toEqual([
      ["a.zip/../../etc/x.txt", "one"],
    ]);
  });

  test("what cannot be read inside is told, and the rest is read", async () => {
    const bytes = zipOf([
      { name: "secret.txt", content: "?".repeat(13), size: 1, encrypted: true },
      { name: "inner.zip", content: "PK" },
      { name: "lies.txt", packed: deflateRawSync(Buffer.alloc(4_000)), size: 10 },
      { name: "bomb.txt", packed: deflateRawSync(Buffer.alloc(6_000_000)), size: 6_000_000 },
      { name: "good.txt", content: "good" },
    ]);
    expect(await outcomes(bytes)).toEqual([
      ["a.zip/secret.txt", "unreadable: a.zip/secret.txt is encrypted; unpack the archive with its password first."],
      ["a.zip/inner.zip", "unsupported_format: a.zip/inner.zip is an archive inside an archive; unpack it first."],
      ["a.zip/lies.txt", "malformed: a.zip/lies.txt is damaged inside the archive."],
      ["a.zip/bomb.txt", "too_large: a.zip/bomb.txt has more than 5 MB; split it into articles."],
      ["a.zip/good.txt", "good"],
    ]);
  });

  test("a bomb of many entries that share their bytes ends at the limit of all together", async () => {
    const packed = deflateRawSync(Buffer.alloc(490_000));
    const bytes = zipOf(Array.from({ length: 30 }, (_, n) => ({ name: `${n}.txt`, packed, size: 490_000 })));
    const found = await outcomes(bytes, { entries: 100, totalBytes: 10_000_000 });
    expect(found).toHaveLength(21);
    expect(found.at(-1)).toEqual([
      "a.zip",
      "too_large: a.zip holds more than 10 MB when unpacked; the 20 files before that were read.",
    ]);
  });

  test("more entries than there can be articles are told", async () => {
    const bytes = zipOf(Array.from({ length: 101 }, (_, n) => ({ name: `${n}.jpg`, content: "" })));
    expect(await outcomes(bytes, { entries: 100, totalBytes: 10_000_000 })).toEqual([
      ["a.zip", "too_large: a.zip holds more than 100 files."],
    ]);
  });

  test("one without articles, and a broken one, are told", async () => {
    expect((await outcomes(zipOf([{ name: "a.jpg", content: "no" }])))[0]?.[1]).toMatch(
      /^empty: a.zip holds no articles; what is read: \.txt/,
    );
    expect((await outcomes(Buffer.from("PK\x03\x04 and no more")))[0]?.[1]).toMatch(
      /^malformed: a.zip is no whole ZIP file \(/,
    );
  });
});

describe("the walk over folders", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "archive-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test("opens archives, and reads a Word file as one document", async () => {
    await writeFile(join(folder, "a.zip"), zipOf([{ name: "x.txt", content: "one" }]));
    await writeFile(join(folder, "b.docx"), await readFile(new URL("files/note.docx", import.meta.url)));
    const names: string[] = [];
    for await (const found of walkInputs([folder])) names.push(found.problem?.message ?? found.input!.name);
    expect(names).toEqual([join(folder, "a.zip/x.txt"), join(folder, "b.docx")]);
  });
});
