/**
 * The HTTP interface for tests: a real workspace in a folder of its own, and whatever else the test gives.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Express } from "express";
import { pino } from "pino";
import { openFileArchive } from "../../server/archive/file-archive.ts";
import { createDecisions } from "../../server/decisions/decisions.ts";
import { AppError } from "../../server/errors.ts";
import { splitSentences } from "../../server/extraction/sentences.ts";
import { createApp } from "../../server/http/app.ts";
import { createJobs } from "../../server/http/jobs.ts";
import type { HttpParts } from "../../server/http/parts.ts";
import { createWriteQueue } from "../../server/ingest.ts";
import { openFileLists } from "../../server/lists/file-lists.ts";
import { readInput } from "../../server/reading/read-input.ts";
import type { RebuildParts } from "../../server/rebuild.ts";
import { buildGazetteer } from "../../server/resolution/gazetteer.ts";
import { resolveDocument } from "../../server/resolution/resolve.ts";
import { GALLERY } from "../../server/store/cypher/gallery.ts";
import { openFileWatchBook } from "../../server/watching/file-watch-book.ts";
import { openFileWorkspace } from "../../server/workspace/file-workspace.ts";
import { readOntology } from "../ontology.ts";

/** Nothing is known beforehand. */
const NO_ACTORS = buildGazetteer([]);
const NO_WEB = { policy: { ports: new Set<number>(), hosts: new Set<string>() }, userAgent: "Fil rouge test" };

export interface TestServer {
  app: Express;
  parts: HttpParts;
  folder: string;
  close(): Promise<void>;
}

const unavailable = () => Promise.reject(new AppError("model_unavailable", "No model in this test."));
const unreachable = () => Promise.reject(new AppError("store_unreachable", "No store in this test."));

export async function testServer(given: Partial<HttpParts> = {}): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), "http-"));
  const workspace = given.workspace ?? openFileWorkspace({ folder: join(folder, "workspace") });
  const store = given.store ?? unreachable;
  const now = given.now ?? (() => new Date());
  const queue = given.pipeline?.queue ?? createWriteQueue();
  const decisions =
    given.decisions ??
    createDecisions({
      workspace,
      store,
      ontology: readOntology,
      queue,
      sentencesOf: (text) => splitSentences(text).map(({ start, end }) => [start, end]),
      now,
    });
  const pipeline: RebuildParts = given.pipeline ?? {
    read: (input) => readInput(input, { web: NO_WEB, now }),
    extractor: unavailable,
    store,
    resolve: async (input, graph) =>
      decisions.applyTo(
        await resolveDocument(input, {
          known: (keys) => graph.findByKeys(keys),
          together: (entity, others) => graph.mentionedWith(entity, others),
          gazetteer: NO_ACTORS,
        }),
      ),
    archive: openFileArchive({ folder: join(folder, "originals"), store: "test", reader: "0.0.0" }),
    queue,
    now,
    spoolFolder: join(folder, "rebuild"),
  };
  const parts: HttpParts = {
    version: "0.0.0",
    workspace,
    pipeline,
    actorLists: openFileLists({ folder: join(folder, "lists") }),
    watchBook: openFileWatchBook({ folder: join(folder, "watching"), store: "test" }),
    jobs: createJobs({ workspace, pipeline, now }),
    decisions,
    ontology: readOntology,
    store,
    model: unavailable,
    gallery: GALLERY,
    storeKind: "embedded",
    password: null,
    token: "owner-token",
    host: "127.0.0.1",
    clientFolder: join(folder, "client"),
    log: pino({ level: "silent" }),
    now,
    ...given,
  };
  return {
    app: await createApp(parts),
    parts,
    folder,
    async close() {
      await parts.jobs.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
