/**
 * ADAPTER of the port Extractor: the trained model of `data/model/`, run in a worker thread. Documents wait in one queue; a worker
 * that dies fails what it held and is started again for the next document.
 */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { Document } from "../contract/document.ts";
import type { Extraction } from "../contract/extraction.ts";
import type { NodeType, Ontology } from "../contract/ontology.ts";
import { AppError } from "../errors.ts";
import type { ExtractOptions, Extractor } from "./extractor.ts";
import { errorOf, type FromWorker, type ToWorker, type WorkerSettings } from "./worker-protocol.ts";

export interface NeuralExtractorOptions {
  /** Folder with `model.json` and the files that it lists. */
  folder: string;
  ontology: Ontology;
  /** Threads of the neural network. */
  threads?: number;
  /** Types that a name is known to have, by its folded form (`foldName`): they correct the tagger's vote. */
  knownTypes?: ReadonlyMap<string, readonly NodeType[]>;
}

const DEFAULT_THREADS = 2;

/**
 * Loads the model. Resolves when it is ready to extract.
 * @throws AppError `model_unavailable` when a file is missing, damaged, or cannot be run here.
 */
export async function openNeuralExtractor(options: NeuralExtractorOptions): Promise<Extractor> {
  const settings: WorkerSettings = {
    folder: options.folder,
    ontology: options.ontology,
    threads: options.threads ?? DEFAULT_THREADS,
    knownTypes: options.knownTypes ?? new Map(),
  };
  const first = await startThread(settings);
  return new NeuralExtractor(settings, first);
}

interface Waiting {
  resolve(extraction: Extraction): void;
  reject(reason: unknown): void;
}

/** A running worker and what it has been asked for. */
interface Thread {
  worker: Worker;
  version: string;
  waiting: Map<number, Waiting>;
  /** Resolves when the thread has ended. */
  ended: Promise<void>;
}

class NeuralExtractor implements Extractor {
  readonly version: string;
  readonly #settings: WorkerSettings;
  #thread: Promise<Thread> | null;
  #closed = false;
  #nextId = 1;

  constructor(settings: WorkerSettings, thread: Thread) {
    this.#settings = settings;
    this.version = thread.version;
    this.#thread = Promise.resolve(thread);
    this.#forgetWhenEnded(thread);
  }

  async extract(document: Document, { signal }: ExtractOptions = {}): Promise<Extraction> {
    signal?.throwIfAborted();
    const { worker, waiting } = await this.#running();
    signal?.throwIfAborted();
    const id = this.#nextId;
    this.#nextId += 1;
    const send = (message: ToWorker): void => worker.postMessage(message);
    const giveUp = (): void => {
      send({ kind: "cancel", id });
      waiting.get(id)?.reject(signal?.reason);
    };
    // An idle extractor does not keep a finished command alive, a busy one does.
    worker.ref();
    try {
      return await new Promise<Extraction>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        signal?.addEventListener("abort", giveUp, { once: true });
        send({ kind: "extract", id, document });
      });
    } finally {
      waiting.delete(id);
      if (waiting.size === 0) worker.unref();
      signal?.removeEventListener("abort", giveUp);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const thread = await this.#thread?.catch(() => null);
    if (thread === null || thread === undefined) return;
    thread.worker.ref();
    thread.worker.postMessage({ kind: "close" } satisfies ToWorker);
    await thread.ended;
  }

  #running(): Promise<Thread> {
    if (this.#closed) {
      throw new AppError("model_unavailable", "The extractor is closed. Open it again before extracting.");
    }
    if (this.#thread === null) {
      const starting = startThread(this.#settings);
      this.#thread = starting;
      starting.then(
        (thread) => this.#forgetWhenEnded(thread),
        () => (this.#thread = null),
      );
    }
    return this.#thread;
  }

  #forgetWhenEnded(thread: Thread): void {
    void thread.ended.then(() => {
      this.#thread = null;
    });
  }
}

/** Starts the worker and waits until the model is loaded. */
function startThread(settings: WorkerSettings): Promise<Thread> {
  const worker = createWorker(settings);
  const waiting = new Map<number, Waiting>();
  let died: unknown = null;
  return new Promise<Thread>((resolve, reject) => {
    const ended = new Promise<void>((end) => {
      worker.once("exit", () => {
        const reason = threadEnded(died);
        reject(reason);
        for (const each of waiting.values()) each.reject(reason);
        end();
      });
    });
    worker.once("error", (error) => {
      died = error;
    });
    worker.on("message", (message: FromWorker) => {
      switch (message.kind) {
        case "ready":
          worker.unref();
          resolve({ worker, version: message.version, waiting, ended });
          break;
        case "extracted":
          waiting.get(message.id)?.resolve(message.extraction);
          break;
        case "cancelled":
          break;
        case "failed":
          if (message.id === null) reject(errorOf(message));
          else waiting.get(message.id)?.reject(errorOf(message));
          break;
      }
    });
  });
}

function threadEnded(cause: unknown): AppError {
  const reason = cause instanceof Error ? `: ${cause.message}` : "";
  return new AppError(
    "model_unavailable",
    `The extractor's thread ended before it was done${reason}. Try again; if it ends again, the machine may lack memory.`,
    cause === null ? {} : { cause },
  );
}

/** The worker from `dist/`, or from the sources where these run themselves (tests, development): then tsx translates them. */
function createWorker(workerData: WorkerSettings): Worker {
  if (!import.meta.url.endsWith(".ts")) {
    return new Worker(new URL("./extraction-worker.js", import.meta.url), { workerData });
  }
  const resolved = createRequire(import.meta.url).resolve("tsx/esm/api");
  // `require` resolves to the CommonJS twin, which cannot be imported into a thread.
  const translator = pathToFileURL(resolved.replace(/\.cjs$/, ".mjs")).href;
  const source = new URL("./extraction-worker.ts", import.meta.url).href;
  // A thread inherits no loader, and tsx registers none in a thread by itself.
  const bootstrap = `import(${JSON.stringify(translator)}).then((tsx) => { tsx.register(); return import(${JSON.stringify(source)}); });`;
  return new Worker(bootstrap, { eval: true, workerData });
}
