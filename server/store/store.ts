/**
 * The GraphStore above an executor: written once for both engines. Each operation is one transaction; what differs between the
 * engines comes in as values (the two indexes).
 */
import type { GraphEdge, GraphNode } from "../contract/graph.ts";
import { foldName } from "../contract/names.ts";
import { AppError } from "../errors.ts";
import { claimPage } from "./claim-pages.ts";
import { guardCypher } from "./cypher/guard.ts";
import { sharingCopyKeys } from "./copies.ts";
import { cypherResult } from "./cypher-answer.ts";
import {
  checkDocument,
  removeStored,
  replaceDocument,
  reviseStored,
  saveDocument,
  writeOverrides,
  type Change,
} from "./document-change.ts";
import { documentPage, keptExtraction, storedDocument } from "./document-pages.ts";
import type { Executor, Transaction } from "./executor.ts";
import { foundEntities, foundTogether } from "./found-entities.ts";
import type { EntityQuery, GraphStore, SaveOutcome } from "./graph-store.ts";
import { clearGraph, loadGraph } from "./loading.ts";
import { keptDocument } from "./kept-document.ts";
import type { NameChange, NameIndex } from "./names.ts";
import { entityDetail, neighbours } from "./neighbourhood.ts";
import { exportOfClaims, exportPage, overview, subgraph } from "./overview.ts";
import { paths } from "./paths.ts";
import {
  collectionSizes,
  countDocuments,
  documentHeader,
  documentIds,
  documentRecord,
  entityMentions,
} from "./queries/documents.ts";
import { claimsById } from "./queries/claims.ts";
import { countEdges } from "./queries/edges.ts";
import { bulkRows, tableIsBy } from "./queries/bulk.ts";
import { bestConnected, countEntities, entityIds, namedNodes, nodesById } from "./queries/entities.ts";
import { countStoredClaims } from "./queries/maintenance.ts";
import { appliedDecisions, revisedIds, writeAppliedDecisions } from "./queries/revised.ts";
import { foundSuggestions, reviewPage } from "./review.ts";
import { SCHEMA_VERSION } from "./schema.ts";
import { rankHits } from "./search.ts";
import { selectionOf } from "./selection.ts";
import { queryWords, type TextIndex } from "./texts.ts";
import { timeline } from "./timeline.ts";
import { together } from "./together.ts";

export interface StoreParts {
  executor: Executor;
  names: NameIndex;
  texts: TextIndex;
}

/** Names looked at for one search, of each way of fitting. */
const NAME_CANDIDATES = 500;
const EXPORT_PAGE = 1_000;
/** More than any entity has documents. */
const ALL = 1_000_000;
const NO_NAMES: NameChange = { present: [], absent: [] };
/** Documents or entities whose rows are read at once. */
const BULK_PAGE = 200;
const IDS = { documents: () => documentIds(null), entities: entityIds, revised: revisedIds } as const;

export function createGraphStore({ executor, names, texts }: StoreParts): GraphStore {
  async function change(work: (transaction: Transaction) => Promise<Change>): Promise<SaveOutcome> {
    const done = await executor.write(work);
    names.apply(done.names);
    return done.outcome;
  }

  async function remove(id: string): Promise<boolean> {
    const removed = await executor.write((transaction) => removeStored(id, transaction));
    if (removed !== null) names.apply(removed);
    return removed !== null;
  }

  return {
    kind: executor.kind,
    schemaVersion: SCHEMA_VERSION,

    counts: () =>
      executor.read(async (transaction) => ({
        documents: sole(await transaction.run(countDocuments())),
        entities: sole(await transaction.run(countEntities(null))),
        claims: sole(await transaction.run(countStoredClaims())),
        edges: sole(await transaction.run(countEdges())),
      })),

    collections: () => executor.read((transaction) => transaction.run(collectionSizes())),

    async save(document) {
      checkDocument(document);
      return change((transaction) => saveDocument(document, transaction));
    },

    async replace(document) {
      checkDocument(document);
      return change((transaction) => replaceDocument(document, transaction));
    },

    async revise({ documents, overrides, applied }) {
      for (const document of documents) checkDocument(document);
      const changes = await executor.write(async (transaction) => {
        const names: NameChange[] = [];
        for (const document of documents) names.push((await reviseStored(document, transaction)) ?? NO_NAMES);
        if (overrides.length > 0) names.push(await writeOverrides(overrides, transaction));
        await transaction.run(writeAppliedDecisions(applied));
        return names;
      });
      for (const change of changes) names.apply(change);
    },

    appliedDecisions: async () => first(await executor.read((transaction) => transaction.run(appliedDecisions()))),

    keptDocument: (id) => executor.read((transaction) => keptDocument(id, transaction)),

    mentionsOf: (entity, limit = ALL) => executor.read((transaction) => transaction.run(entityMentions(entity, limit))),

    foundSuggestions: () => executor.read(foundSuggestions),

    claimsById: (ids) =>
      ids.length === 0
        ? Promise.resolve([])
        : executor.read((transaction) => transaction.run(claimsById([...new Set(ids)].sort()))),

    entitiesById: async (ids) =>
      ids.length === 0
        ? []
        : (await executor.read((transaction) => transaction.run(namedNodes([...new Set(ids)].sort())))).map(
            ({ node, degree }) => ({ node, degree }),
          ),

    claimsToReview: (query) => executor.read((transaction) => reviewPage(query, transaction)),

    deleteDocument: remove,

    async deleteCollection(collection) {
      const ids = await executor.read((transaction) => transaction.run(documentIds(collection)));
      let removed = 0;
      for (const id of ids) if (await remove(id)) removed += 1;
      return removed;
    },

    async clear() {
      await clearGraph(executor);
      names.clear();
    },

    header: async (id) => first(await executor.read((transaction) => transaction.run(documentHeader(id)))),

    async *keptExtractions() {
      const ids = await executor.read((transaction) => transaction.run(documentIds(null)));
      for (const id of ids) {
        const [record] = await executor.read((transaction) => transaction.run(documentRecord(id)));
        // Deleted since the ids were read.
        if (record !== undefined) yield keptExtraction(record);
      }
    },

    async *bulk(table) {
      const ids = await executor.read((transaction) => transaction.run(IDS[tableIsBy(table)]()));
      for (let start = 0; start < ids.length; start += BULK_PAGE) {
        const page = ids.slice(start, start + BULK_PAGE);
        yield await executor.read((transaction) => transaction.run(bulkRows(table, page)));
      }
    },

    async load(batches) {
      await loadGraph(batches, executor);
      names.clear();
    },

    async findByKeys(keys) {
      const ids = await names.withKeys(keys);
      return ids.length === 0 ? [] : executor.read((transaction) => foundEntities(ids, transaction));
    },

    sharingCopyKeys: (keys) => executor.read((transaction) => sharingCopyKeys(keys, transaction)),

    async mentionedWith(entity, others) {
      if (others.length === 0) return [];
      return executor.read((transaction) => foundTogether(entity, others, transaction));
    },

    document: (id) => executor.read((transaction) => storedDocument(id, transaction)),

    documents: (query) => documentPage(query, executor, texts),

    searchEntities: (query) => searchEntities(query, executor, names),

    entity: (id) => executor.read((transaction) => entityDetail(id, transaction)),

    neighbours: (id, filter, limit) => executor.read((transaction) => neighbours(id, filter, limit, transaction)),

    overview: (filter, limit) => executor.read((transaction) => overview(filter, limit, transaction)),

    subgraph: (ids, filter) => executor.read((transaction) => subgraph(ids, filter, transaction)),

    paths: (from, to, max, filter) => executor.read((transaction) => paths(from, to, max, filter, transaction)),

    claims: (query) => executor.read((transaction) => claimPage(query, transaction)),

    together: (entity, limit) => executor.read((transaction) => together(entity, limit, transaction)),

    timeline: (ids, filter) => executor.read((transaction) => timeline(ids, filter, transaction)),

    async *exportPages(filter) {
      const selection = selectionOf(filter);
      if (!selection.needsClaims) {
        for (let cursor: string | null = ""; cursor !== null;) {
          const from: string = cursor;
          const page = await executor.read((transaction) => exportPage(from, EXPORT_PAGE, selection, transaction));
          yield { nodes: page.nodes, edges: page.edges };
          cursor = page.cursor;
        }
        return;
      }
      const { nodeIds, edges } = await executor.read((transaction) => exportOfClaims(selection, transaction));
      for (let start = 0; start < Math.max(nodeIds.length, edges.length); start += EXPORT_PAGE) {
        const ids = nodeIds.slice(start, start + EXPORT_PAGE);
        const nodes: GraphNode[] =
          ids.length === 0 ? [] : await executor.read((transaction) => transaction.run(nodesById(ids)));
        const page: GraphEdge[] = edges.slice(start, start + EXPORT_PAGE);
        yield { nodes, edges: page };
      }
    },

    async query(cypher, params, limits) {
      const guarded = guardCypher(cypher, { dialect: executor.kind, rows: limits.rows });
      checkParameters(guarded.parameters, params);
      try {
        const raw = await executor.inspect(guarded.text, params, limits);
        return cypherResult({ ...raw, columns: guarded.columns ?? raw.columns });
      } catch (error) {
        throw inTermsOf(cypher, guarded.text, error);
      }
    },

    close: () => executor.close(),
  };
}

async function searchEntities({ q, type, limit }: EntityQuery, executor: Executor, names: NameIndex) {
  const words = queryWords(q);
  if (words.length === 0 && q.trim() !== "") return { entities: [], total: 0 };
  if (words.length === 0) {
    return executor.read(async (transaction) => ({
      entities: (await transaction.run(bestConnected(type ?? null, limit))).map(({ node, degree }) => ({
        ...node,
        match: node.name,
        degree,
      })),
      total: sole(await transaction.run(countEntities(type ?? null))),
    }));
  }
  const { ids } = await names.candidates(foldName(q).split(" "), NAME_CANDIDATES);
  const candidates = await executor.read((transaction) => transaction.run(namedNodes(ids)));
  const hits = rankHits(
    q,
    candidates.filter(({ node }) => type === undefined || node.labels.includes(type)),
  );
  return { entities: hits.slice(0, limit), total: hits.length };
}

/** Said before an engine says it in its own words. */
function checkParameters(needed: readonly string[], given: Readonly<Record<string, unknown>>): void {
  const missing = needed.filter((name) => !Object.hasOwn(given, name)).map((name) => `$${name}`);
  if (missing.length > 0) {
    throw new AppError("query_failed", `The query needs a value for ${missing.join(", ")}. Give it as a parameter.`);
  }
}

/** A place in what the engine was given, told only where it is the same place in what the user wrote. */
function inTermsOf(written: string, given: string, error: unknown): unknown {
  if (!(error instanceof AppError) || error.position === null) return error;
  const { start } = error.position;
  if (written.slice(0, start) === given.slice(0, start)) return error;
  return new AppError(error.code, error.message, { cause: error });
}

function first<Value>(rows: readonly Value[]): Value | null {
  return rows[0] ?? null;
}

/** Of a query that always answers one number. */
function sole(rows: readonly number[]): number {
  return rows[0] ?? 0;
}
