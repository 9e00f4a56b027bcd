/**
 * A watched folder: which of its files are new, and whole. A file is whole when two looks, some time apart, find the same size and
 * time of change: whoever is still copying it is waited for.
 */
import { stat } from "node:fs/promises";
import path from "node:path";
import { READABLE_ENDINGS, endingOf } from "../reading/formats.ts";
import { filesUnder } from "../reading/walk-inputs.ts";

export interface FileState {
  size: number;
  modifiedMs: number;
}

export interface FoundFile extends FileState {
  /** In the folder, with `/`. */
  name: string;
  path: string;
}

export interface FolderLook {
  whole: FoundFile[];
  /** Names of files that are still growing, or empty. */
  waiting: string[];
  /** Sentences about what cannot be looked at. */
  problems: string[];
}

/** Names that programs give to what they have not finished. */
const UNFINISHED = /^~\$|\.(?:part|partial|crdownload|download|tmp|temp|swp)$/i;

/**
 * @param isTaken whether this state of the file was dealt with before
 * @param settle waits between the two looks
 */
export async function lookAtFolder(
  folder: string,
  isTaken: (file: FoundFile) => boolean,
  settle: () => Promise<void>,
): Promise<FolderLook> {
  const look: FolderLook = { whole: [], waiting: [], problems: [] };
  const candidates: FoundFile[] = [];
  for await (const found of filesUnder(folder, new Set())) {
    if (typeof found !== "string") {
      if (found.problem !== null) look.problems.push(found.problem.message);
      continue;
    }
    if (UNFINISHED.test(path.basename(found)) || !READABLE_ENDINGS.includes(endingOf(found))) continue;
    const state = await stateOf(found);
    const file = state && { ...state, path: found, name: path.relative(folder, found).split(path.sep).join("/") };
    if (file && !isTaken(file)) candidates.push(file);
  }
  if (candidates.length === 0) return look;
  await settle();
  for (const file of candidates) {
    const now = await stateOf(file.path);
    if (now === null) continue;
    if (now.size > 0 && now.size === file.size && now.modifiedMs === file.modifiedMs) look.whole.push(file);
    else look.waiting.push(file.name);
  }
  return look;
}

/** Null when it is gone. */
async function stateOf(file: string): Promise<FileState | null> {
  try {
    const { size, mtimeMs } = await stat(file);
    return { size, modifiedMs: mtimeMs };
  } catch {
    return null;
  }
}
