/**
 * The graph computed again from what is kept: `rebuild` from the stored extractions, `reextract` from the stored texts with the
 * present extractor.
 *
 * All of it goes to a spool file first, and the graph is emptied only when that file is whole: a killed process leaves the old
 * graph, or a spool from which the next start goes on.
 */
import { createReadStream, createWriteStream, type WriteStream } from "node:fs";
import { access, appendFile, mkdir, open, rename, rm, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { once } from "node:events";
import type { Document } from "./contract/document.ts";
import { extractionSchema, type Extraction } from "./contract/extraction.ts";
import type { DocumentReport } from "./contract/report.ts";
import { exitStatus, toAppError } from "./errors.ts";
import { readLines } from "./extraction-lines.ts";
import { extractSafely, failedReport, resolveAndSave, type PipelineParts } from "./ingest.ts";
import type { KeptExtraction } from "./store/graph-store.ts";

export interface RebuildParts extends PipelineParts {
  /** Folder of the spool, one for each store: a rebuild of one never goes on in another. */
  spoolFolder: string;
}

export interface RebuildOptions {
  /** Looked at before the graph is touched; from then on the rebuild runs to its end. */
  signal?: AbortSignal;
  /** Told once the number of documents is known. */
  onTotal?: (total: number) => void;
}

/** Computes the graph again from the kept extractions; yields one report a document. */
export async function* rebuild(options: RebuildOptions, parts: RebuildParts): AsyncGenerator<DocumentReport> {
  yield* refill(null, options, parts);
}

/**
 * Runs the present extractor over the stored texts, then rebuilds from what it found. A document that the extractor fails on
 * keeps what it had, and says so.
 */
export async function* reextract(options: RebuildOptions, parts: RebuildParts): AsyncGenerator<DocumentReport> {
  await mkdir(parts.spoolFolder, { recursive: true });
  const file = join(parts.spoolFolder, "fresh.jsonl");
  const store = await parts.store();
  options.onTotal?.((await store.counts()).documents);
  const places = new Map<string, { start: number; length: number }>();
  const problems = new Map<string, DocumentReport>();
  const output = createWriteStream(file);
  let position = 0;
  for await (const { extraction } of store.keptExtractions()) {
    if (options.signal?.aborted === true) break;
    const outcome = await extractSafely(documentOf(extraction), parts.extractor);
    if ("problem" in outcome) {
      problems.set(extraction.id, failedReport(extraction.title, extraction.title, outcome.problem));
      continue;
    }
    const line = Buffer.from(`${JSON.stringify(outcome.extraction)}\n`, "utf8");
    places.set(extraction.id, { start: position, length: line.length });
    position += line.length;
    await write(output, line);
  }
  await finish(output);
  const fresh = await open(file, "r");
  try {
    if (options.signal?.aborted === true) return;
    const find = async (id: string) => {
      const place = places.get(id);
      return place === undefined ? null : readExtraction(fresh, place);
    };
    for await (const report of refill(find, options, parts)) {
      const problem = problems.get(report.id ?? "");
      yield problem === undefined ? report : { ...problem, id: report.id };
    }
  } finally {
    await fresh.close();
    await rm(file, { force: true });
  }
}

/**
 * Goes on with a rebuild that a killed process left behind. Yields nothing when there is none.
 */
export async function* resumeRebuild(parts: RebuildParts): AsyncGenerator<DocumentReport> {
  const { whole, emptied } = spoolFiles(parts.spoolFolder);
  if (await exists(whole)) {
    yield* locked(parts, () => emptyAndFill(parts));
  } else if (await exists(emptied)) {
    yield* locked(parts, () => fill(parts));
  }
}

type FindFresh = ((id: string) => Promise<Extraction | null>) | null;

async function* refill(fresh: FindFresh, options: RebuildOptions, parts: RebuildParts): AsyncGenerator<DocumentReport> {
  // One turn in the queue for all of it: a document that came between reading and emptying would be lost.
  yield* locked(parts, () => spoolEmptyAndFill(fresh, options, parts));
}

async function* spoolEmptyAndFill(
  fresh: FindFresh,
  options: RebuildOptions,
  parts: RebuildParts,
): AsyncGenerator<DocumentReport> {
  const total = await spool(fresh, options, parts);
  if (total === null) return;
  options.onTotal?.(total);
  yield* emptyAndFill(parts);
}

async function* emptyAndFill(parts: RebuildParts): AsyncGenerator<DocumentReport> {
  const { whole, emptied } = spoolFiles(parts.spoolFolder);
  await (await parts.store()).clear();
  await rename(whole, emptied);
  yield* fill(parts);
}

async function* fill(parts: RebuildParts): AsyncGenerator<DocumentReport> {
  const { emptied } = spoolFiles(parts.spoolFolder);
  for await (const { line } of readLines(createReadStream(emptied))) {
    if (line === null) continue;
    const kept = JSON.parse(line) as KeptExtraction;
    yield await saveAgain(kept, parts);
  }
  await rm(emptied, { force: true });
}

async function saveAgain(kept: KeptExtraction, parts: RebuildParts): Promise<DocumentReport> {
  const { extraction } = kept;
  const begun = performance.now();
  try {
    const outcome = await resolveAndSave(kept, parts);
    return {
      id: extraction.id,
      name: extraction.title,
      title: extraction.title,
      language: extraction.language,
      status: outcome.status,
      entities: extraction.entities.length,
      newEntities: outcome.newEntities,
      mentions: extraction.mentions.length,
      claims: extraction.claims.length,
      warnings: extraction.warnings,
      problem: null,
      milliseconds: Math.round(performance.now() - begun),
    };
  } catch (error) {
    const fault = toAppError(error);
    // The spool stays: the next start goes on from it.
    if (exitStatus(fault.code) === 3) throw fault;
    const { refused } = spoolFiles(parts.spoolFolder);
    await appendFile(refused, `${JSON.stringify(extraction)}\n`);
    const message = `${fault.message} It is kept in ${refused}: "ingest" of that file tries again.`;
    return failedReport(extraction.title, extraction.title, { code: "store_failed", message });
  }
}

/** Number of documents in the spool, or null when the user stopped it. */
async function spool(fresh: FindFresh, options: RebuildOptions, parts: RebuildParts): Promise<number | null> {
  await mkdir(parts.spoolFolder, { recursive: true });
  const { partial, whole } = spoolFiles(parts.spoolFolder);
  const store = await parts.store();
  const output = createWriteStream(partial);
  let total = 0;
  for await (const kept of store.keptExtractions()) {
    if (options.signal?.aborted === true) break;
    const extraction = (await fresh?.(kept.extraction.id)) ?? kept.extraction;
    await write(output, Buffer.from(`${JSON.stringify({ ...kept, extraction })}\n`, "utf8"));
    total += 1;
  }
  await finish(output);
  if (options.signal?.aborted === true) {
    await rm(partial, { force: true });
    return null;
  }
  const handle = await open(partial, "r+");
  await handle.sync();
  await handle.close();
  await rename(partial, whole);
  return total;
}

function spoolFiles(folder: string): { partial: string; whole: string; emptied: string; refused: string } {
  return {
    refused: join(folder, "refused.jsonl"),
    partial: join(folder, "extractions.partial.jsonl"),
    whole: join(folder, "extractions.jsonl"),
    emptied: join(folder, "extractions.emptied.jsonl"),
  };
}

/** A generator that runs inside one turn of the write queue: its steps are pulled from outside. */
async function* locked<T>(parts: RebuildParts, make: () => AsyncGenerator<T>): AsyncGenerator<T> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let entered = (): void => undefined;
  const turn = new Promise<void>((resolve) => (entered = resolve));
  const whole = parts.queue.run(async () => {
    entered();
    await released;
  });
  await turn;
  try {
    yield* make();
  } finally {
    release();
    await whole;
  }
}

function documentOf(extraction: Extraction): Document {
  const { id, title, text, url, source, byline, language, publishedAt, mediaType } = extraction;
  return { id, title, text, url, source, byline, language, publishedAt, mediaType, warnings: [] };
}

async function readExtraction(file: FileHandle, place: { start: number; length: number }): Promise<Extraction> {
  const buffer = Buffer.alloc(place.length);
  await file.read(buffer, 0, place.length, place.start);
  return extractionSchema.parse(JSON.parse(buffer.toString("utf8")));
}

async function write(stream: WriteStream, bytes: Buffer): Promise<void> {
  if (!stream.write(bytes)) await once(stream, "drain");
}

async function finish(stream: WriteStream): Promise<void> {
  stream.end();
  await once(stream, "close");
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
