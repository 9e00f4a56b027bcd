/**
 * Files that a killed process leaves whole: written under a temporary name and renamed. Workspace, archive and watching keep theirs
 * this way, under the data folder.
 */
import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { AppError } from "./errors.ts";

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
