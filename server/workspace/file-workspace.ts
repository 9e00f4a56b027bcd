/**
 * Workspace in plain files: one JSON file a thing under one folder, readable by people and by `jq`.
 *
 * Every write goes to a temporary name first and is renamed, so that a killed process leaves the old content or the new.
 */
import { randomBytes } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { savedQuerySchema, type SavedQuery } from "../contract/api.ts";
import { decisionRecordSchema, type DecisionRecord } from "../contract/decisions.ts";
import { jobSchema, type Job } from "../contract/report.ts";
import { savedViewSchema, summaryOfView, viewSummarySchema, type ViewSummary } from "../contract/view.ts";
import { appendLine, isMissing, readIfThere, readLog, unusable, writeWhole } from "../durable-files.ts";
import { AppError } from "../errors.ts";
import type { JobInput, Workspace } from "./workspace.ts";

/** Ids become file names: what could leave the folder is no id of ours. */
const ID = /^[A-Za-z0-9_-]{1,64}$/;

const inputHeaderSchema = z.object({
  name: z.string(),
  mediaType: z.string().nullable(),
  hints: z.object({
    title: z.string().optional(),
    url: z.string().optional(),
    source: z.string().optional(),
    publishedAt: z.string().optional(),
    language: z.enum(["fr", "en"]).optional(),
  }),
});

/** What the list tells of a view; its frozen graph stands beside it in the file, and is looked at when the view is opened. */
const viewHeadSchema = z.object({ summary: viewSummarySchema });

export function openFileWorkspace(options: { folder: string }): Workspace {
  const { folder } = options;
  const jobsFolder = join(folder, "jobs");
  const queriesFolder = join(folder, "queries");
  const viewsFolder = join(folder, "views");
  const doneFolder = join(folder, "done");
  const authorFile = join(folder, "author");
  const decisionsFile = join(folder, "decisions.jsonl");

  const jobFile = (id: string) => join(jobsFolder, `${id}.json`);
  const inputsFolder = (id: string) => join(jobsFolder, `${id}.inputs`);
  const inputFile = (id: string, index: number) => join(inputsFolder(id), String(index).padStart(6, "0"));
  const queryFile = (id: string) => join(queriesFolder, `${id}.json`);
  const viewFile = (id: string) => join(viewsFolder, `${id}.json`);

  return {
    async saveJob(job) {
      await writeWhole(jobFile(job.id), JSON.stringify(job), { lasting: job.finishedAt !== null });
    },
    async job(id) {
      return ID.test(id) ? readParsed(jobFile(id), jobSchema) : null;
    },
    async jobs() {
      const jobs = await readAll<Job>(jobsFolder, jobSchema);
      return jobs.sort((a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id));
    },
    async saveJobInputs(id, inputs) {
      await mkdir(inputsFolder(id), { recursive: true });
      for (const [index, input] of inputs.entries()) {
        const header = { name: input.name, mediaType: input.mediaType, hints: input.hints };
        await writeWhole(inputFile(id, index), packInput(JSON.stringify(header), input.bytes), { lasting: false });
      }
    },
    async jobInput(id, index) {
      if (!ID.test(id)) return null;
      const packed = await readIfThere(inputFile(id, index));
      return packed === null ? null : unpackInput(packed, inputFile(id, index));
    },
    async dropJobInputs(id) {
      if (ID.test(id)) await rm(inputsFolder(id), { recursive: true, force: true });
    },
    async deleteJob(id) {
      if (!ID.test(id)) return;
      await rm(inputsFolder(id), { recursive: true, force: true });
      await rm(jobFile(id), { force: true });
    },

    async queries() {
      const queries = await readAll<SavedQuery>(queriesFolder, savedQuerySchema);
      return queries.sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
    },
    async query(id) {
      return ID.test(id) ? readParsed(queryFile(id), savedQuerySchema) : null;
    },
    async saveQuery(query) {
      await writeWhole(queryFile(query.id), JSON.stringify(query, null, 2));
    },
    async deleteQuery(id) {
      if (!ID.test(id) || (await readIfThere(queryFile(id))) === null) return false;
      await rm(queryFile(id), { force: true });
      return true;
    },

    async views() {
      const heads = await readAll<{ summary: ViewSummary }>(viewsFolder, viewHeadSchema);
      const views = heads.map(({ summary }) => summary);
      return views.sort((a, b) => b.updatedAt.localeCompare(a.updatedAt) || a.id.localeCompare(b.id));
    },
    async view(id) {
      return ID.test(id) ? readParsed(viewFile(id), savedViewSchema) : null;
    },
    async saveView(view) {
      await writeWhole(viewFile(view.id), JSON.stringify({ summary: summaryOfView(view), ...view }));
    },
    async deleteView(id) {
      if (!ID.test(id) || (await readIfThere(viewFile(id))) === null) return false;
      await rm(viewFile(id), { force: true });
      return true;
    },

    async decisions() {
      return parseLog(await readLog(decisionsFile), decisionsFile);
    },
    async appendDecision(record) {
      await appendLine(decisionsFile, JSON.stringify(record));
    },

    async author() {
      const kept = await readIfThere(authorFile);
      return kept === null ? null : kept.toString("utf8");
    },
    async rememberAuthor(name) {
      await writeWhole(authorFile, name);
    },

    async secret() {
      const file = join(folder, "secret");
      const kept = await readIfThere(file);
      if (kept !== null && kept.length >= 32) return kept.toString("utf8");
      const fresh = randomBytes(32).toString("hex");
      await writeWhole(file, fresh);
      return fresh;
    },
    async wasDone(what) {
      return (await readIfThere(join(doneFolder, what))) !== null;
    },
    async markDone(what) {
      await writeWhole(join(doneFolder, what), new Date().toISOString());
    },

    close: () => Promise.resolve(),
  };
}

function parseLog(lines: readonly string[], file: string): DecisionRecord[] {
  return lines.map((line, index) => {
    try {
      return decisionRecordSchema.parse(JSON.parse(line));
    } catch (cause) {
      throw new AppError("internal", `Line ${index + 1} of ${file} is damaged. Take it out and start again.`, {
        cause,
      });
    }
  });
}

/** Null when the file is missing; a file that was damaged from outside is an error that names it. */
async function readParsed<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
  const content = await readIfThere(file);
  if (content === null) return null;
  try {
    return schema.parse(JSON.parse(content.toString("utf8")));
  } catch (cause) {
    throw new AppError("internal", `The file ${file} is damaged. Move it away and start again.`, { cause });
  }
}

async function readAll<T>(folder: string, schema: z.ZodType<T>): Promise<T[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw unusable(folder, cause);
  }
  const things: T[] = [];
  for (const name of names) {
    if (!name.endsWith(".json")) continue;
    const thing = await readParsed(join(folder, name), schema);
    if (thing !== null) things.push(thing);
  }
  return things;
}

/** Header line, then the bytes untouched. */
function packInput(header: string, bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${header}\n`, "utf8"), bytes]);
}

function unpackInput(packed: Buffer, file: string): JobInput {
  const end = packed.indexOf(0x0a);
  try {
    const header = inputHeaderSchema.parse(JSON.parse(packed.subarray(0, end).toString("utf8")));
    return { ...header, bytes: packed.subarray(end + 1) };
  } catch (cause) {
    throw new AppError("internal", `The file ${file} is damaged. Move it away and start again.`, { cause });
  }
}
