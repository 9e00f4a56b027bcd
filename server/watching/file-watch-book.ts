/**
 * The watch book in plain files: one JSON file a source, and one file that names the process which looks at it.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { watchedSourceSchema, type WatchedSource } from "../contract/watching.ts";
import { isMissing, readIfThere, unusable, writeWhole } from "../durable-files.ts";
import { AppError } from "../errors.ts";
import type { WatchBook } from "./watch-book.ts";

export interface FileWatchBookOptions {
  /** `FIL_ROUGE_DATA/watching` */
  folder: string;
  /** Name of the store that the articles go into: each has its own book. */
  store: string;
}

export function openFileWatchBook(options: FileWatchBookOptions): WatchBook {
  const folder = join(options.folder, options.store);
  const baseOf = (source: string) => join(folder, createHash("sha256").update(source).digest("hex").slice(0, 24));
  const stateFile = (source: string) => `${baseOf(source)}.json`;
  const claimFile = (source: string) => `${baseOf(source)}.claim`;

  async function read(file: string): Promise<WatchedSource | null> {
    const content = await readIfThere(file);
    if (content === null) return null;
    try {
      return watchedSourceSchema.parse(JSON.parse(content.toString("utf8")));
    } catch (cause) {
      throw new AppError("internal", `The file ${file} is damaged. Move it away and start again.`, { cause });
    }
  }

  const holderOf = (source: string) => holderIn(claimFile(source));

  return {
    source: (source) => read(stateFile(source)),

    save: (state) => writeWhole(stateFile(state.source), JSON.stringify(state, null, 1)),

    async sources() {
      let names: string[];
      try {
        names = await readdir(folder);
      } catch (cause) {
        if (isMissing(cause)) return [];
        throw unusable(folder, cause);
      }
      const found: (WatchedSource & { active: boolean })[] = [];
      for (const name of names) {
        const state = name.endsWith(".json") ? await read(join(folder, name)) : null;
        if (state !== null) found.push({ ...state, active: (await holderOf(state.source)) !== null });
      }
      return found.sort((a, b) => a.source.localeCompare(b.source));
    },

    async claim(source) {
      const file = claimFile(source);
      for (;;) {
        try {
          await mkdir(folder, { recursive: true });
          await writeFile(file, `${process.pid} ${randomUUID()}`, { flag: "wx", mode: 0o600 });
          return { release: () => rm(file, { force: true }) };
        } catch (cause) {
          if (!(cause instanceof Error && "code" in cause && cause.code === "EEXIST")) throw unusable(file, cause);
        }
        const holder = await holderOf(source);
        if (holder !== null) return { heldBy: holder };
        // Of several that find a dead one's claim, one alone can move it away.
        const moved = `${file}.${randomUUID()}`;
        await rename(file, moved).catch(() => undefined);
        // Another may have moved it before and claimed since: that claim goes back.
        if ((await holderIn(moved)) !== null) await rename(moved, file).catch(() => undefined);
        await rm(moved, { force: true });
      }
    },
  };
}

/** The living process that a claim names; null for none. */
async function holderIn(file: string): Promise<number | null> {
  const content = await readIfThere(file);
  const pid = Number.parseInt(content?.toString("utf8") ?? "", 10);
  return Number.isInteger(pid) && isAlive(pid) ? pid : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
