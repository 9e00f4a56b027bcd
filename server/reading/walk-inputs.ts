/**
 * Paths → inputs, one at a time: files as named, folders walked in sorted order, `-` for standard input. Nothing is read before it
 * is asked for, so that a folder of thousands needs the memory of one. Archives are opened like folders.
 */
import { createReadStream } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import type { Problem } from "../contract/document.ts";
import { AppError } from "../errors.ts";
import { unpack } from "./archive.ts";
import { isArchive } from "./archive-names.ts";
import { READABLE_ENDINGS, endingOf, maxBytesOfName } from "./formats.ts";
import { tooManyBytes, unsupportedFormat } from "./read-document.ts";
import type { ReadInput } from "./reader.ts";

export type WalkedInput = { input: ReadInput; problem: null } | { input: null; name: string; problem: Problem };

export interface WalkOptions {
  /** Where `-` reads from. */
  stdin?: Readable;
  /** Name of what comes from standard input, in reports. */
  stdinName?: string;
  /** Other endings that the caller reads itself, with the media type to give them (`.jsonl`). */
  otherEndings?: Readonly<Record<string, string>>;
}

export const STDIN_PATH = "-";

/**
 * @throws AppError `not_found` for a path that does not exist, before anything is read; `invalid_input` for a folder in which
 *   nothing can be read. What is wrong with a single file is yielded as its problem.
 */
export async function* walkInputs(paths: readonly string[], options: WalkOptions = {}): AsyncGenerator<WalkedInput> {
  const otherEndings = options.otherEndings ?? {};
  const kinds = new Map<string, "stdin" | "folder" | "file">();
  for (const named of paths) kinds.set(named, await kindOf(named));
  for (const named of paths) {
    switch (kinds.get(named)) {
      case "stdin":
        yield* unpacked(await inputOf(options.stdin ?? process.stdin, options.stdinName ?? "standard input"));
        break;
      case "folder":
        yield* walkFolder(named, otherEndings);
        break;
      default:
        yield* unpacked(await readNamed(named, otherEndings));
    }
  }
}

async function kindOf(named: string): Promise<"stdin" | "folder" | "file"> {
  if (named === STDIN_PATH) return "stdin";
  try {
    return (await stat(named)).isDirectory() ? "folder" : "file";
  } catch (cause) {
    const why = codeOf(cause) === "EACCES" ? "may not be read by you" : "does not exist";
    throw new AppError("not_found", `${named} ${why}. Check the path.`, { cause });
  }
}

async function* walkFolder(
  folder: string,
  otherEndings: Readonly<Record<string, string>>,
): AsyncGenerator<WalkedInput> {
  let found = 0;
  for await (const file of filesUnder(folder, new Set())) {
    if (typeof file !== "string") {
      yield file;
      continue;
    }
    const ending = endingOf(file);
    if (!READABLE_ENDINGS.includes(ending) && !(ending in otherEndings)) continue;
    found += 1;
    yield* unpacked(await readFileInput(file, otherEndings[ending]));
  }
  if (found === 0) {
    const endings = [...READABLE_ENDINGS, ...Object.keys(otherEndings)].join(", ");
    throw new AppError("invalid_input", `${folder} holds no articles; what is read: ${endings}. Name another folder.`);
  }
}

const SKIPPED_FOLDERS = new Set(["node_modules"]);

/** Files in sorted order, depth first; hidden ones left out; a folder linked into itself is entered once. */
export async function* filesUnder(folder: string, entered: Set<string>): AsyncGenerator<string | WalkedInput> {
  let names: string[];
  try {
    const real = await realpath(folder);
    if (entered.has(real)) return;
    entered.add(real);
    names = (await readdir(folder)).sort();
  } catch (cause) {
    yield unreadable(folder, cause);
    return;
  }
  for (const name of names) {
    if (name.startsWith(".") || SKIPPED_FOLDERS.has(name)) continue;
    const file = path.join(folder, name);
    try {
      const found = await stat(file);
      if (found.isDirectory()) yield* filesUnder(file, entered);
      else if (found.isFile()) yield file;
    } catch (cause) {
      if (READABLE_ENDINGS.includes(endingOf(name))) yield unreadable(file, cause);
    }
  }
}

async function readNamed(file: string, otherEndings: Readonly<Record<string, string>>): Promise<WalkedInput> {
  const ending = endingOf(file);
  if (ending in otherEndings) return readFileInput(file, otherEndings[ending]);
  // A name without an ending says nothing: its content decides.
  if (ending !== "" && !READABLE_ENDINGS.includes(ending))
    return { input: null, name: file, problem: unsupportedFormat(file) };
  return readFileInput(file);
}

async function readFileInput(file: string, mediaType?: string): Promise<WalkedInput> {
  return inputOf(createReadStream(file), file, mediaType);
}

async function* unpacked(found: WalkedInput): AsyncGenerator<WalkedInput> {
  if (found.problem === null && isArchive(found.input.name, found.input.mediaType ?? null)) yield* unpack(found.input);
  else yield found;
}

/** Stops one byte after the limit, so that an endless stream ends. Files of another reader have no limit here. */
async function inputOf(stream: Readable, name: string, mediaType?: string): Promise<WalkedInput> {
  const chunks: Buffer[] = [];
  const maxBytes = mediaType === undefined ? maxBytesOfName(name) : Infinity;
  let length = 0;
  try {
    for await (const chunk of stream) {
      const bytes = typeof chunk === "string" ? Buffer.from(chunk) : (chunk as Buffer);
      chunks.push(bytes);
      length += bytes.length;
      if (length > maxBytes) break;
    }
  } catch (cause) {
    return unreadable(name, cause);
  }
  if (length > maxBytes) {
    return { input: null, name, problem: tooManyBytes(name, null, maxBytes) };
  }
  return { input: { bytes: Buffer.concat(chunks), name, mediaType }, problem: null };
}

function unreadable(name: string, cause: unknown): WalkedInput {
  const code = codeOf(cause);
  const why = code === "EACCES" || code === "EPERM" ? "you may not read it" : code === "ENOENT" ? "it is gone" : code;
  return { input: null, name, problem: { code: "unreadable", message: `${name} cannot be read: ${why}.` } };
}

function codeOf(cause: unknown): string {
  if (typeof cause === "object" && cause !== null && "code" in cause) return String(cause.code);
  return cause instanceof Error ? cause.message : String(cause);
}
