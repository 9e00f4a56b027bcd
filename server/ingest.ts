/**
 * The pipeline: read → extract → resolve → store, one report a document.
 *
 * While one document is stored the next one is read and extracted; writes stand in one queue, so that resolution always sees the
 * document before. Whatever one document does wrong is told in its report and never ends the batch; only a model or a store that
 * cannot be reached does.
 */
import type { Archive } from "./archive/archive.ts";
import { PROBLEM_MEDIA_TYPE, problemSchema, type Document, type Problem } from "./contract/document.ts";
import type { Extraction } from "./contract/extraction.ts";
import type { Original } from "./contract/original.ts";
import type { DocumentReport } from "./contract/report.ts";
import type { ResolvedDocument } from "./contract/resolution.ts";
import { exitStatus, toAppError, type AppError } from "./errors.ts";
import { checkExtraction, EXTRACTION_LINES_TYPE, parseExtraction } from "./extraction-lines.ts";
import type { Extractor } from "./extraction/extractor.ts";
import type { GraphStore } from "./store/graph-store.ts";
import { precedentOf, precedentRemark, settleVersion, type Precedent } from "./versions.ts";
import type { JobInput } from "./workspace/workspace.ts";

/** A document comes with the original that it was read from, where there is one. */
export type ReadOutcome = { document: Document; original?: Original } | { problem: Problem };

/** One thing to ingest: a source to read, an extraction that was made before, or an input that is known to be no document. */
export type IngestInput =
  | ({ kind: "source" } & JobInput)
  | { kind: "extraction"; name: string; extraction: Extraction }
  | { kind: "problem"; name: string; problem: Problem };

export interface PipelineParts {
  read: (input: JobInput) => Promise<ReadOutcome>;
  /** Opened when the first document needs it. */
  extractor: () => Promise<Extractor>;
  store: () => Promise<GraphStore>;
  archive: Archive;
  resolve: (
    input: { extraction: Extraction; collection: string; ingestedAt: string },
    graph: Pick<GraphStore, "findByKeys" | "mentionedWith" | "sharingCopyKeys">,
  ) => Promise<ResolvedDocument>;
  queue: WriteQueue;
  now: () => Date;
}

export interface IngestOptions {
  collection: string;
  /** When aborted, documents already begun are finished and no other is begun. */
  signal?: AbortSignal;
}

/** Serial execution: each work begins when the one before has ended, whether well or not. */
export interface WriteQueue {
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when all that stands in the queue now is done. */
  idle(): Promise<void>;
}

export function createWriteQueue(): WriteQueue {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(work) {
      const result = last.then(work);
      last = result.catch(() => undefined);
      return result;
    },
    async idle() {
      await last;
    },
  };
}

/** A kept input as the pipeline takes it: lines of `extract` are parsed, everything else is to be read. */
export function toIngestInput(input: JobInput): IngestInput {
  if (input.mediaType === PROBLEM_MEDIA_TYPE) {
    const problem = problemSchema.parse(JSON.parse(Buffer.from(input.bytes).toString("utf8")));
    return { kind: "problem", name: input.name, problem };
  }
  if (input.mediaType !== EXTRACTION_LINES_TYPE) return { kind: "source", ...input };
  const outcome = parseExtraction(Buffer.from(input.bytes).toString("utf8"));
  return "problem" in outcome
    ? { kind: "problem", name: input.name, problem: outcome.problem }
    : { kind: "extraction", name: input.name, extraction: outcome.extraction };
}

/** What is ready to be stored, or why it never will be. */
type Prepared = { name: string; milliseconds: number } & (
  | { kind: "extracted"; extraction: Extraction; original: Original | null }
  /** Stored before: only its url, source and date can be new. */
  | { kind: "known"; document: Document; original: Original | null }
  | { kind: "failed"; title: string | null; problem: Problem }
);

/**
 * Ingests one input after the other and yields one report each, in their order.
 * @throws AppError when the store or the model cannot be reached; documents reported before stay stored.
 */
export async function* ingest(
  inputs: AsyncIterable<IngestInput> | Iterable<IngestInput>,
  options: IngestOptions,
  parts: PipelineParts,
): AsyncGenerator<DocumentReport> {
  const prepared = prepareAll(inputs, options, parts);
  let next = prepared.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done === true) return;
      next = prepared.next();
      // It is awaited in the next round; until then a failure must not count as unhandled.
      next.catch(() => undefined);
      yield await storeOne(value, options, parts);
    }
  } finally {
    await next.catch(() => undefined);
    await prepared.return(undefined);
  }
}

async function* prepareAll(
  inputs: AsyncIterable<IngestInput> | Iterable<IngestInput>,
  options: IngestOptions,
  parts: PipelineParts,
): AsyncGenerator<Prepared, undefined> {
  for await (const input of inputs) {
    if (options.signal?.aborted === true) return;
    yield await prepare(input, parts);
  }
}

async function prepare(input: IngestInput, parts: PipelineParts): Promise<Prepared> {
  const begun = performance.now();
  const elapsed = () => Math.round(performance.now() - begun);
  const { name } = input;
  const failed = (problem: Problem, title: string | null = null): Prepared => {
    return { kind: "failed", name, title, problem, milliseconds: elapsed() };
  };
  switch (input.kind) {
    case "problem":
      return failed(input.problem);
    case "extraction": {
      const outcome = checkExtraction(input.extraction);
      if ("problem" in outcome) return failed(outcome.problem, input.extraction.title);
      return { kind: "extracted", name, extraction: outcome.extraction, original: null, milliseconds: elapsed() };
    }
    case "source": {
      const outcome = await readSafely(input, parts);
      if ("problem" in outcome) return failed(outcome.problem);
      const { document, original = null } = outcome;
      const store = await parts.store();
      if ((await store.header(document.id)) !== null) {
        return { kind: "known", name, document, original, milliseconds: elapsed() };
      }
      const extracted = await extractSafely(document, parts.extractor);
      return "problem" in extracted
        ? failed(extracted.problem, document.title)
        : { kind: "extracted", name, extraction: extracted.extraction, original, milliseconds: elapsed() };
    }
  }
}

async function readSafely(input: JobInput, parts: PipelineParts): Promise<ReadOutcome> {
  try {
    return await parts.read(input);
  } catch (error) {
    return { problem: { code: "unreadable", message: toAppError(error).message } };
  }
}

/** Extracts one document; any fault but a missing model becomes a problem of this document. */
export async function extractSafely(
  document: Document,
  extractor: () => Promise<Extractor>,
): Promise<{ extraction: Extraction } | { problem: Problem }> {
  try {
    return { extraction: await (await extractor()).extract(document) };
  } catch (error) {
    const fault = toAppError(error);
    if (endsBatch(fault)) throw fault;
    return { problem: { code: "extraction_failed", message: fault.message } };
  }
}

async function storeOne(prepared: Prepared, options: IngestOptions, parts: PipelineParts): Promise<DocumentReport> {
  const begun = performance.now();
  const report = await parts.queue.run(async () => {
    if (prepared.kind === "failed") return failedReport(prepared.name, prepared.title, prepared.problem);
    try {
      return await save(prepared, options.collection, parts);
    } catch (error) {
      const fault = toAppError(error);
      if (endsBatch(fault)) throw fault;
      const { title } = prepared.kind === "known" ? prepared.document : prepared.extraction;
      return failedReport(prepared.name, title, { code: "store_failed", message: fault.message });
    }
  });
  return { ...report, milliseconds: prepared.milliseconds + Math.round(performance.now() - begun) };
}

async function save(
  prepared: Extract<Prepared, { kind: "extracted" | "known" }>,
  collection: string,
  parts: PipelineParts,
): Promise<DocumentReport> {
  const store = await parts.store();
  let extraction: Extraction;
  if (prepared.kind === "extracted") {
    extraction = prepared.extraction;
  } else if ((await store.header(prepared.document.id)) !== null) {
    extraction = withoutFindings(prepared.document);
  } else {
    // It was deleted between the look and the turn in the queue.
    const extracted = await extractSafely(prepared.document, parts.extractor);
    if ("problem" in extracted) return failedReport(prepared.name, prepared.document.title, extracted.problem);
    extraction = extracted.extraction;
  }
  const kept = { extraction, collection, ingestedAt: parts.now().toISOString() };
  const { outcome, remark } = await saveWithOriginal(kept, prepared.original, parts);
  const found = outcome.status === "added" ? extraction : ((await store.document(extraction.id)) ?? extraction);
  return {
    id: extraction.id,
    name: prepared.name,
    title: extraction.title,
    language: extraction.language,
    status: outcome.status,
    entities: found.entities.length,
    newEntities: outcome.newEntities,
    mentions: found.mentions.length,
    claims: found.claims.length,
    warnings: remark === null ? extraction.warnings : [...extraction.warnings, remark],
    problem: null,
    milliseconds: 0,
  };
}

interface Saved {
  outcome: Awaited<ReturnType<typeof resolveAndSave>>;
  /** What the report tells about earlier versions. */
  remark: string | null;
}

/** The original first, so that no stored document lacks what it was read from. */
async function saveWithOriginal(
  kept: { extraction: Extraction; collection: string; ingestedAt: string },
  original: Original | null,
  parts: PipelineParts,
): Promise<Saved> {
  if (original === null) return { outcome: await resolveAndSave(kept, parts), remark: null };
  const { archive } = parts;
  const { extraction } = kept;
  const store = await parts.store();
  const precedent = await precedentOf(extraction, original, { store, archive });
  await archive.keep(extraction.id, original);
  const outcome = await resolveAndSave(kept, parts, precedent).catch(async (error: unknown) => {
    // What was refused leaves nothing behind; a store that does not answer may have taken it.
    const header = await store.header(extraction.id).catch(() => undefined);
    if (header === null) await archive.forget(extraction.id);
    throw error;
  });
  await settleVersion(extraction, original, precedent, { store, archive });
  const status = precedent.kind === "version" && outcome.status === "added" ? "updated" : outcome.status;
  return { outcome: { ...outcome, status }, remark: precedentRemark(precedent, extraction.text) };
}

/** Resolves against the present graph and stores. Call it inside the queue. */
export async function resolveAndSave(
  kept: { extraction: Extraction; collection: string; ingestedAt: string },
  parts: Pick<PipelineParts, "store" | "resolve">,
  precedent: Precedent = { kind: "none" },
): Promise<{ status: "added" | "unchanged" | "updated"; newEntities: number }> {
  const store = await parts.store();
  const resolved = await parts.resolve(kept, precedent.kind === "version" ? without(precedent.document, store) : store);
  return store.save(resolved);
}

/** The graph in which nobody is a copy of this document, since it is about to go. */
function without(document: string, store: GraphStore): GraphStore {
  return {
    ...store,
    sharingCopyKeys: async (keys) => (await store.sharingCopyKeys(keys)).filter(({ id }) => id !== document),
  };
}

export function failedReport(name: string, title: string | null, problem: Problem): DocumentReport {
  return {
    id: null,
    name,
    title,
    language: null,
    status: "failed",
    entities: 0,
    newEntities: 0,
    mentions: 0,
    claims: 0,
    warnings: [],
    problem,
    milliseconds: 0,
  };
}

/** A stored document gains only what its header lacks, so nothing needs to be found in its text again. */
function withoutFindings(document: Document): Extraction {
  return { ...document, entities: [], mentions: [], claims: [], extractor: "unknown" };
}

/** Faults that every other document would meet too. */
function endsBatch(fault: AppError): boolean {
  return exitStatus(fault.code) === 3;
}
