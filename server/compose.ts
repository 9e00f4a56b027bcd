/**
 * The composition: the only file that names adapters. Everything is opened when it is first asked for, so that `query` loads no
 * model and `extract` opens no store.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { pino, destination, type Logger } from "pino";
import { z } from "zod";
import { openFileArchive } from "./archive/file-archive.ts";
import type { Program } from "./commands/command.ts";
import type { Config } from "./config.ts";
import { createDecisions } from "./decisions/decisions.ts";
import { ontologySchema, type Ontology } from "./contract/ontology.ts";
import { AppError, toAppError } from "./errors.ts";
import type { Extractor } from "./extraction/extractor.ts";
import { EXTRACTION_LINES_TYPE } from "./extraction-lines.ts";
import { splitSentences } from "./extraction/sentences.ts";
import { createWriteQueue, type IngestInput } from "./ingest.ts";
import { openFileLists } from "./lists/file-lists.ts";
import { readInput } from "./reading/read-input.ts";
import { walkInputs } from "./reading/walk-inputs.ts";
import type { RebuildParts } from "./rebuild.ts";
import { loadGazetteer, type Gazetteer } from "./resolution/gazetteer.ts";
import { withOriginal } from "./resolution/near-duplicates.ts";
import { resolveDocument } from "./resolution/resolve.ts";
import { GALLERY } from "./store/cypher/gallery.ts";
import type { GraphStore } from "./store/graph-store.ts";
import { withOriginals } from "./store-with-originals.ts";
import { openFileWatchBook } from "./watching/file-watch-book.ts";
import { openFileWorkspace } from "./workspace/file-workspace.ts";

export interface ComposeOptions {
  /** Use a Neo4j database that holds other data. */
  adopt?: boolean;
}

/** The folder of package.json, from the sources as from `dist/`: data files are found from here. */
export const PACKAGE_ROOT = findPackageRoot(dirname(fileURLToPath(import.meta.url)));

export function programVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(PACKAGE_ROOT, "package.json"), "utf8"));
  const version = typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : "";
  return String(version);
}

export function compose(config: Config, options: ComposeOptions = {}): Program {
  const dataFile = (...path: string[]) => join(PACKAGE_ROOT, "data", ...path);
  const log: Logger = pino({ level: config.logLevel, base: null }, destination({ fd: 2, sync: true }));
  const workspace = openFileWorkspace({ folder: join(config.dataFolder, "workspace") });
  const storeName = nameOfStore(config);
  const actorLists = openFileLists({ folder: join(config.dataFolder, "lists") });
  const now = () => new Date();
  const web = { policy: config.web, userAgent: `FilRouge/${programVersion()}` };
  const archive = openFileArchive({
    folder: join(config.dataFolder, "originals"),
    store: storeName,
    reader: programVersion(),
  });

  const ontology = once<Ontology>(async () =>
    ontologySchema.parse(JSON.parse(await readFile(dataFile("ontology.json"), "utf8"))),
  );
  const gazetteer = once<Gazetteer>(async () => {
    const loaded = await loadGazetteer(dataFile("gazetteers"), await actorLists.files());
    for (const { file, line, reason } of loaded.warnings) log.warn(`${file}, line ${line}: ${reason}`);
    return loaded;
  });
  // Imported when they are needed: drivers and engines take longer to load than many commands take to run.
  const store = once<GraphStore>(async () => {
    if (config.neo4j === null) {
      const { openEmbeddedStore } = await import("./store/embedded/open.ts");
      return withOriginals(await openEmbeddedStore({ folder: join(config.dataFolder, "store") }), archive);
    }
    const { openNeo4jStore } = await import("./store/neo4j/open.ts");
    return withOriginals(await openNeo4jStore({ ...config.neo4j, adopt: options.adopt === true }), archive);
  });
  const extractor = once<Extractor>(async () => {
    const { openNeuralExtractor } = await import("./extraction/neural-extractor.ts");
    const knownTypes = (await gazetteer.get()).knownTypes();
    return openNeuralExtractor({ folder: dataFile("model"), ontology: await ontology.get(), knownTypes });
  });

  const queue = createWriteQueue();
  const decisions = createDecisions({
    workspace,
    store: store.get,
    ontology: ontology.get,
    queue,
    sentencesOf: (text) => splitSentences(text).map(({ start, end }) => [start, end]),
    now,
  });

  const pipeline: RebuildParts = {
    read: (input) => readInput(input, { web, now }),
    extractor: extractor.get,
    store: store.get,
    async resolve(input, graph) {
      const resolved = await resolveDocument(input, {
        known: (keys) => graph.findByKeys(keys),
        together: (entity, others) => graph.mentionedWith(entity, others),
        gazetteer: await gazetteer.get(),
      });
      return decisions.applyTo(await withOriginal(resolved, (keys) => graph.sharingCopyKeys(keys)));
    },
    queue,
    archive,
    now,
    spoolFolder: join(config.dataFolder, "rebuild", storeName),
  };

  const program: Program = {
    version: programVersion(),
    config,
    workspace,
    pipeline,
    decisions,
    actorLists,
    watchBook: openFileWatchBook({ folder: join(config.dataFolder, "watching"), store: storeName }),
    storeName,
    ontology: ontology.get,
    store: store.get,
    extractor: extractor.get,
    async *walk(paths): AsyncGenerator<IngestInput> {
      const otherEndings = { ".jsonl": EXTRACTION_LINES_TYPE, ".ndjson": EXTRACTION_LINES_TYPE };
      for await (const found of walkInputs(paths, { otherEndings })) {
        if (found.problem !== null) {
          yield { kind: "problem", name: found.name, problem: found.problem };
          continue;
        }
        const { name, bytes, mediaType, hints } = found.input;
        yield { kind: "source", name, bytes, mediaType: mediaType ?? null, hints: hints ?? {} };
      }
    },
    async serve(serveOptions) {
      const { listen } = await import("./http/listen.ts");
      const server = await listen({
        program,
        log,
        model: async () =>
          extractor.isOpen()
            ? { version: (await extractor.get()).version, loaded: true, message: null }
            : { version: await readModelVersion(dataFile("model")), loaded: false, message: null },
        gallery: GALLERY,
        clientFolder: join(PACKAGE_ROOT, "dist", "client"),
        samplesFolder: dataFile("samples"),
        ...serveOptions,
      });
      // The first article that somebody pastes should not wait for these; a fault is told when they are really needed.
      void Promise.all([extractor.get(), gazetteer.get()]).catch((fault: unknown) => {
        log.warn(toAppError(fault).message);
      });
      return server;
    },
    async close() {
      await pipeline.queue.idle();
      await extractor.close((opened) => opened.close());
      await store.close((opened) => opened.close());
      await workspace.close();
    },
  };
  return program;
}

/** Readable, and different for every store that the same data folder may be used with. */
function nameOfStore(config: Config): string {
  if (config.neo4j === null) return "embedded";
  const { uri, database } = config.neo4j;
  return `neo4j-${createHash("sha256")
    .update(`${uri}\u0000${database ?? ""}`)
    .digest("hex")
    .slice(0, 12)}`;
}

/** What the model calls itself, without loading its weights. */
async function readModelVersion(folder: string): Promise<string> {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(folder, "model.json"), "utf8"));
    return `fil-rouge-${z.object({ version: z.string() }).parse(manifest).version}`;
  } catch (cause) {
    throw new AppError("model_unavailable", `The model in ${folder} cannot be read. Restore it from the repository.`, {
      cause,
    });
  }
}

interface Once<T> {
  get: () => Promise<T>;
  isOpen: () => boolean;
  /** Closes what was opened; later calls of `get` are refused. */
  close(work: (opened: T) => Promise<void>): Promise<void>;
}

/** Opens at the first call. A failed opening is tried again at the next call. */
function once<T>(open: () => Promise<T>): Once<T> {
  let opening: Promise<T> | null = null;
  let isOpen = false;
  let closed = false;
  return {
    get() {
      if (closed) return Promise.reject(new AppError("internal", "The program is closing."));
      opening ??= open().then(
        (value) => {
          isOpen = true;
          return value;
        },
        (error: unknown) => {
          opening = null;
          throw error;
        },
      );
      return opening;
    },
    isOpen: () => isOpen,
    async close(work) {
      closed = true;
      const opened = await opening?.catch(() => null);
      opening = null;
      isOpen = false;
      if (opened !== null && opened !== undefined) await work(opened);
    },
  };
}

function findPackageRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
    if (folder === dirname(folder)) {
      throw new AppError("internal", `No package.json stands above ${from}. Run the program from its checkout.`);
    }
  }
}
