/**
 * The pipeline for tests: the real reader, resolution and embedded store in a folder of their own; the extractor is the test's.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openFileArchive } from "../../server/archive/file-archive.ts";
import type { Document } from "../../server/contract/document.ts";
import type { Extraction } from "../../server/contract/extraction.ts";
import type { DocumentReport } from "../../server/contract/report.ts";
import { AppError } from "../../server/errors.ts";
import { exportSource } from "../../server/export/formats.ts";
import { createDecisions, type Decisions } from "../../server/decisions/decisions.ts";
import type { Extractor } from "../../server/extraction/extractor.ts";
import { splitSentences } from "../../server/extraction/sentences.ts";
import { createWriteQueue, type IngestInput, type WriteQueue } from "../../server/ingest.ts";
import { readInput } from "../../server/reading/read-input.ts";
import type { RebuildParts } from "../../server/rebuild.ts";
import { buildGazetteer } from "../../server/resolution/gazetteer.ts";
import { resolveDocument } from "../../server/resolution/resolve.ts";
import { openEmbeddedStore } from "../../server/store/embedded/open.ts";
import type { GraphStore } from "../../server/store/graph-store.ts";
import { withOriginals } from "../../server/store-with-originals.ts";
import { openFileWorkspace } from "../../server/workspace/file-workspace.ts";
import type { Workspace } from "../../server/workspace/workspace.ts";
import { readOntology } from "../ontology.ts";
import { extractionOf } from "./extractions.ts";

/** Nothing is known beforehand. */
const NO_ACTORS = buildGazetteer([]);
const NO_WEB = { policy: { ports: new Set<number>(), hosts: new Set<string>() }, userAgent: "Fil rouge test" };

export interface TestPipeline {
  parts: RebuildParts;
  store: GraphStore;
  workspace: Workspace;
  decisions: Decisions;
  folder: string;
  close(): Promise<void>;
}

/** @param shared a store that is emptied and used instead of one of its own; it stays open. */
export async function openPipeline(
  extract: Extractor["extract"] = noModel,
  shared: GraphStore | null = null,
): Promise<TestPipeline> {
  await shared?.clear();
  const folder = await mkdtemp(join(tmpdir(), "pipeline-"));
  const archive = openFileArchive({ folder: join(folder, "originals"), store: "test", reader: "0.0.0" });
  const store = withOriginals(shared ?? (await openEmbeddedStore({ folder: join(folder, "store") })), archive);
  let seconds = 0;
  // Documents are told apart by their time of ingestion, which orders them.
  const now = () => new Date(Date.UTC(2026, 0, 1) + (seconds += 1) * 1000);
  const queue = createWriteQueue();
  const workspace = openFileWorkspace({ folder: join(folder, "workspace") });
  const decisions = testDecisions({ workspace, store, queue, now });
  const extractor: Extractor = { version: "test 1", extract, close: () => Promise.resolve() };
  return {
    store,
    workspace,
    decisions,
    folder,
    parts: {
      read: (input) => readInput(input, { web: NO_WEB, now }),
      extractor: () => Promise.resolve(extractor),
      store: () => Promise.resolve(store),
      resolve: async (input, graph) =>
        decisions.applyTo(
          await resolveDocument(input, {
            known: (keys) => graph.findByKeys(keys),
            together: (entity, others) => graph.mentionedWith(entity, others),
            gazetteer: NO_ACTORS,
          }),
        ),
      queue,
      archive,
      now,
      spoolFolder: join(folder, "rebuild"),
    },
    async close() {
      if (shared === null) await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function testDecisions(parts: {
  workspace: Workspace;
  store: GraphStore;
  queue: WriteQueue;
  now: () => Date;
}): Decisions {
  return createDecisions({
    ...parts,
    store: () => Promise.resolve(parts.store),
    ontology: readOntology,
    sentencesOf: (text) => splitSentences(text).map(({ start, end }) => [start, end]),
  });
}

function noModel(): Promise<Extraction> {
  return Promise.reject(new AppError("model_unavailable", "No model in this test."));
}

/** An extractor that knows some names and says that the first of a text took down the second. */
export function knowing(names: readonly string[], version = "test 1"): Extractor["extract"] {
  return (document: Document) => {
    const found = names.filter((name) => document.text.includes(name));
    const [first, second] = found;
    const relationships = first === undefined || second === undefined ? [] : [[first, "TOOK_DOWN", second] as const];
    const { title, url, source, publishedAt } = document;
    const made = extractionOf(document.text, found, relationships, { title, url, source, publishedAt });
    return Promise.resolve({ ...made, language: document.language, mediaType: document.mediaType, extractor: version });
  };
}

export function textInput(name: string, text: string, hints: { url?: string; publishedAt?: string } = {}): IngestInput {
  return { kind: "source", name, mediaType: "text/plain", bytes: Buffer.from(text, "utf8"), hints };
}

export function extractionInput(extraction: Extraction): IngestInput {
  return { kind: "extraction", name: extraction.title, extraction };
}

export async function allReports(reports: AsyncIterable<DocumentReport>): Promise<DocumentReport[]> {
  const list: DocumentReport[] = [];
  for await (const report of reports) list.push({ ...report, milliseconds: 0 });
  return list;
}

/** All that the graph holds, in an order of its own ids. */
export async function graphOf(store: GraphStore): Promise<unknown> {
  const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);
  const source = exportSource(store, { standing: ["stated", "alleged", "planned", "denied"] });
  const nodes = [];
  const edges = [];
  const claims = [];
  for await (const page of source.pages()) {
    nodes.push(...page.nodes);
    edges.push(...page.edges);
  }
  for await (const claim of source.claims()) claims.push(claim);
  return { nodes: nodes.sort(byId), edges: edges.sort(byId), claims: claims.sort(byId), counts: await store.counts() };
}
