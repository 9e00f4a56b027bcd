/**
 * PDF → Content, in a thread of its own with limits of time and memory: a file may be made to take any amount of both.
 */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { MAX_CONTAINER_BYTES, type Problem } from "../contract/document.ts";
import type { BytesReader, ContentResult } from "./reader.ts";

export const pdfReader: BytesReader = {
  kind: "bytes",
  mediaTypes: ["application/pdf"],
  endings: [".pdf"],
  label: "a PDF document",
  maxBytes: MAX_CONTAINER_BYTES,
  recognises: (bytes) => Buffer.from(bytes.subarray(0, 1_024)).includes("%PDF-"),
  read: (bytes, { name }) => readPdf(bytes, name),
};

export interface PdfLimits {
  /** For one file, from its turn to its text. Two thousand pages take a tenth of it. */
  milliseconds: number;
  /** Of the thread's heap. */
  megabytes: number;
}

export const PDF_LIMITS: PdfLimits = { milliseconds: 180_000, megabytes: 768 };

export interface PdfRequest {
  bytes: Uint8Array;
  name: string;
}

/** One file at a time; the thread stays for the next one and keeps no process alive. */
let thread: { worker: Worker; limits: PdfLimits } | null = null;
let turn: Promise<unknown> = Promise.resolve();

export function readPdf(bytes: Uint8Array, name: string, limits: PdfLimits = PDF_LIMITS): Promise<ContentResult> {
  const result = turn.then(() => readInThread(bytes, name, limits));
  turn = result.catch(() => undefined);
  return result;
}

async function readInThread(bytes: Uint8Array, name: string, limits: PdfLimits): Promise<ContentResult> {
  if (thread !== null && thread.limits !== limits) await endThread();
  thread ??= { worker: createWorker(limits), limits };
  const { worker } = thread;
  worker.ref();
  try {
    const outcome = await answerOf(worker, { bytes: Uint8Array.from(bytes), name }, limits);
    // Whoever ran out of time or memory is still at it, or gone.
    if (outcome.problem?.code === "too_large") await endThread();
    return outcome;
  } catch (error) {
    await endThread();
    throw error;
  } finally {
    worker.unref();
  }
}

function answerOf(worker: Worker, request: PdfRequest, limits: PdfLimits): Promise<ContentResult> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => settle(() => resolve(failed(tooSlow(request.name, limits)))), limits.milliseconds);
    const onMessage = (outcome: ContentResult) => settle(() => resolve(outcome));
    const onError = (error: unknown) =>
      settle(() => {
        if (isOutOfMemory(error)) resolve(failed(tooBig(request.name)));
        else reject(error instanceof Error ? error : new Error(String(error)));
      });
    const onExit = () => settle(() => reject(new Error("its thread ended")));
    const settle = (work: () => void) => {
      clearTimeout(timer);
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      work();
    };
    worker.once("message", onMessage).once("error", onError).once("exit", onExit);
    worker.postMessage(request, [request.bytes.buffer as ArrayBuffer]);
  });
}

async function endThread(): Promise<void> {
  const ending = thread?.worker;
  thread = null;
  await ending?.terminate();
}

/** The worker from `dist/`, or from the sources where these run themselves (tests, development): then tsx translates them. */
function createWorker({ megabytes }: PdfLimits): Worker {
  const options = { resourceLimits: { maxOldGenerationSizeMb: megabytes }, stdout: true, stderr: true };
  if (!import.meta.url.endsWith(".ts")) return new Worker(new URL("./pdf-worker.js", import.meta.url), options);
  const resolved = createRequire(import.meta.url).resolve("tsx/esm/api");
  // `require` resolves to the CommonJS twin, which cannot be imported into a thread.
  const translator = pathToFileURL(resolved.replace(/\.cjs$/, ".mjs")).href;
  const source = new URL("./pdf-worker.ts", import.meta.url).href;
  // A thread inherits no loader, and tsx registers none in a thread by itself.
  const bootstrap = `import(${JSON.stringify(translator)}).then((tsx) => { tsx.register(); return import(${JSON.stringify(source)}); });`;
  return new Worker(bootstrap, { ...options, eval: true });
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
}

function tooSlow(name: string, { milliseconds }: PdfLimits): Problem {
  const seconds = milliseconds / 1_000;
  return {
    code: "too_large",
    message: `${name} could not be read within ${seconds} seconds; split it, or save it again.`,
  };
}

function tooBig(name: string): Problem {
  return { code: "too_large", message: `${name} takes more memory than a PDF may; split it, or save it again.` };
}

function failed(problem: Problem): ContentResult {
  return { content: null, problem };
}
