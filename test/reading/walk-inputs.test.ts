import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { walkInputs, type WalkOptions } from "../../server/reading/walk-inputs.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "fil-rouge-walk-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string | Uint8Array = "texte"): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

/** Each yielded item as "name: content" or "name! problem code", names relative to the folder. */
async function walked(paths: string[], options?: WalkOptions): Promise<string[]> {
  const seen: string[] = [];
  const short = (name: string) => (path.isAbsolute(name) ? path.relative(folder, name) : name);
  for await (const { input, problem, ...rest } of walkInputs(paths, options)) {
    if (input === null) seen.push(`${short((rest as { name: string }).name)}! ${problem.code}`);
    else seen.push(`${short(input.name)}: ${Buffer.from(input.bytes).toString()}`);
  }
  return seen;
}

test("a folder is walked in sorted order, without hidden files, node_modules and other formats", async () => {
  for (const name of [
    "b.md",
    "a/z.txt",
    "a/b.HTML",
    "c.odt",
    ".git/x.txt",
    ".hidden.txt",
    "node_modules/x.md",
    "d.ann.md",
  ]) {
    write(name, name);
  }
  expect(await walked([folder])).toEqual(["a/b.HTML: a/b.HTML", "a/z.txt: a/z.txt", "b.md: b.md"]);
});

test("files are read as named, and formats that are not read are told", async () => {
  const paths = ["b.txt", "a.odt", "d.ann.md", "README"].map((name) => write(name));
  expect(await walked(paths)).toEqual([
    "b.txt: texte",
    "a.odt! unsupported_format",
    "d.ann.md! unsupported_format",
    "README: texte",
  ]);
});

test("standard input is one document", async () => {
  expect(await walked(["-"], { stdin: Readable.from([Buffer.from("un "), Buffer.from("texte")]) })).toEqual([
    "standard input: un texte",
  ]);
});

test("an endless standard input stops at the limit", async () => {
  const endless = Readable.from(
    (function* () {
      for (;;) yield Buffer.alloc(65_536, "a");
    })(),
  );
  expect(await walked(["-"], { stdin: endless })).toEqual(["standard input! too_large"]);
});

test("a file above the limit is told and the next one read", async () => {
  write("a.txt", Buffer.alloc(5_000_001, "a"));
  write("b.txt");
  expect(await walked([folder])).toEqual(["a.txt! too_large", "b.txt: texte"]);
});

test("a missing path stops before anything is read", async () => {
  const file = write("a.txt");
  const missing = path.join(folder, "missing.txt");
  const walking = walkInputs([file, missing]);
  await expect(walking.next()).rejects.toMatchObject({
    code: "not_found",
    message: `${missing} does not exist. Check the path.`,
  });
});

test("a folder without articles is an error that names it", async () => {
  write("a.odt");
  await expect(walked([folder])).rejects.toMatchObject({
    code: "invalid_input",
    message: expect.stringContaining(`${folder} holds no articles`) as string,
  });
});

test("a folder that is linked into itself is walked once", async () => {
  write("a/a.txt", "un");
  symlinkSync(folder, path.join(folder, "a", "loop"));
  expect(await walked([folder])).toEqual(["a/a.txt: un"]);
});

test("a file that cannot be read is told and the next one read", async () => {
  symlinkSync(path.join(folder, "nowhere"), path.join(folder, "a.txt"));
  write("b.txt");
  expect(await walked([folder])).toEqual(["a.txt! unreadable", "b.txt: texte"]);
});

test("endings that the caller reads itself are handed on with their type", async () => {
  const file = write("a.jsonl", "{}");
  const otherEndings = { ".jsonl": "application/x-ndjson" };
  for await (const { input } of walkInputs([file], { otherEndings })) {
    expect(input).toEqual({ name: file, mediaType: "application/x-ndjson", bytes: Buffer.from("{}") });
  }
});
