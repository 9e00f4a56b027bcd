/**
 * Files that a killed process leaves whole: written under a temporary name and renamed. Workspace, archive and watching keep theirs
 * this way, under the data folder.
 */
import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { AppError } from "./errors.ts";

const NEWLINE = 0x0a;

/**
 * Whole or not at all, readable by the owner alone: inputs may be unpublished articles. What is `lasting` outlives a power cut
 * too; the progress of a job, written after every document, only a killed process.
 * @throws AppError `store_unreachable` when the folder cannot be written.
 */
export async function writeWhole(
  file: string,
  content: string | Uint8Array,
  { lasting } = { lasting: true },
): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true });
    const handle = await open(temporary, "w", 0o600);
    try {
      await handle.writeFile(content);
      if (lasting) await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw unusable(file, cause);
  }
}

/**
 * Adds a line to a log, for good once it resolves. What a killed process left of a line before is taken off first.
 * @throws AppError `store_unreachable` when the file cannot be written.
 */
export async function appendLine(file: string, line: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    const handle = await open(file, "a+", 0o600);
    try {
      const log = await handle.readFile();
      const whole = log.lastIndexOf(NEWLINE) + 1;
      if (whole < log.length) await handle.truncate(whole);
      await handle.writeFile(`${line}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw unusable(file, cause);
  }
}

/** The lines of a log. A last one that a killed process left unfinished was never answered for: it does not count. */
export async function readLog(file: string): Promise<string[]> {
  const log = await readIfThere(file);
  if (log === null) return [];
  return log
    .subarray(0, log.lastIndexOf(NEWLINE) + 1)
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "");
}

/** Null when there is no such file. */
export async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (cause) {
    if (isMissing(cause)) return null;
    throw unusable(file, cause);
  }
}

export function isMissing(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && (cause.code === "ENOENT" || cause.code === "ENOTDIR");
}

export function unusable(path: string, cause: unknown): AppError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new AppError(
    "store_unreachable",
    `The data folder cannot be used at ${path} (${why}). Check its rights and the free space, or set FIL_ROUGE_DATA.`,
    { cause },
  );
}
