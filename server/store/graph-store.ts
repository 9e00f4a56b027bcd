/**
 * PORT GraphStore: keeps documents, entities, claims and their projection, and answers every question about the graph.
 * Rules with ids stand in SPEC.md; one contract suite runs against every adapter. Adapters are named in `compose.ts` alone.
 */
import type { BulkBatch, BulkRow, BulkTableName } from "../contract/bulk.ts";
import type { ReviewPage } from "../contract/decisions.ts";
import type { CypherLimits, CypherResult, CypherValue } from "../contract/cypher.ts";
import type { Extraction } from "../contract/extraction.ts";
import type { Filter } from "../contract/filter.ts";
import type {
  ClaimPage,
  Collections,
  DocumentPage,
  EntityDetail,
  EntityHits,
  Graph,
  GraphNode,
  Neighbours,
  Paths,
  StoredClaim,
  StoredDocument,
  Timeline,
  Together,
} from "../contract/graph.ts";
import type { NodeType } from "../contract/ontology.ts";
import type {
  CopyCandidate,
  EntityOverride,
  KnownEntity,
  ResolvedDocument,
  Suggestion,
} from "../contract/resolution.ts";

export interface StoreCounts {
  documents: number;
  entities: number;
  claims: number;
  /** Projected edges, derived ones included. */
  edges: number;
}

export interface SaveOutcome {
  status: "added" | "unchanged" | "updated";
  newEntities: number;
}

/** A document as kept: enough to compute its part of the graph again. */
export interface KeptExtraction {
  extraction: Extraction;
  collection: string;
  ingestedAt: string;
}

export interface DocumentHeader {
  id: string;
  collection: string;
  title: string;
  url: string | null;
  source: string | null;
  publishedAt: string | null;
}

/** What decisions make of the graph, all of it in one transaction. */
export interface Revision {
  /** Stored documents as decisions make them now. */
  documents: readonly ResolvedDocument[];
  /** Entities of which a name, type, note or tag was decided; null: no longer. */
  overrides: readonly { entity: string; override: EntityOverride | null }[];
  /** What `appliedDecisions` answers from now on. */
  applied: string;
}

/** A pair of entities that a document found possibly the same: `entity` is its own, as the program found it. */
export interface FoundSuggestion extends Suggestion {
  /** The entity that is possibly `entity`. */
  of: string;
  document: string;
}

/** A document's mentions of one entity. */
export interface EntityMentions {
  document: string;
  /** In order of the text. */
  spans: [number, number][];
  surfaces: string[];
  /** The entities that the mentions were given to, before merges. */
  origins: string[];
}

/** What a claim of the review queue weighs, best first. */
export interface ReviewQuery {
  filter: Filter;
  limit: number;
  cursor?: string | undefined;
}

export interface GraphStore {
  readonly kind: "embedded" | "neo4j";
  /** Of what is kept: a database with a newer one is refused. */
  readonly schemaVersion: number;

  /** @throws AppError `store_unreachable` */
  counts(): Promise<StoreCounts>;
  collections(): Promise<Collections>;

  /**
   * Stores one document with its entities, mentions and claims and brings the projection up to date, in one transaction.
   * A document that is there already gains only a missing url, source or date.
   */
  save(document: ResolvedDocument): Promise<SaveOutcome>;
  /** Takes the stored version of the document out and saves this one, in one transaction. */
  replace(document: ResolvedDocument): Promise<SaveOutcome>;
  /** Makes of stored documents and entities what decisions make of them now. Documents that are not there are passed over. */
  revise(revision: Revision): Promise<void>;
  /** The `applied` of the last revision; null when there was none since the graph was emptied. */
  appliedDecisions(): Promise<string | null>;
  /** A document as it was saved or revised, with what the program found. Null when unknown. */
  keptDocument(id: string): Promise<ResolvedDocument | null>;
  /** Documents that mention the entity, latest first. */
  mentionsOf(entity: string, limit?: number): Promise<EntityMentions[]>;
  /** All pairs of entities that documents found possibly the same. */
  foundSuggestions(): Promise<FoundSuggestion[]>;
  /** Claims by id; those that are unknown are left out. */
  claimsById(ids: readonly string[]): Promise<StoredClaim[]>;
  /** Entities by id with the number of their edges; those that are unknown are left out. */
  entitiesById(ids: readonly string[]): Promise<{ node: GraphNode; degree: number }[]>;
  /** Proposed claims, those first of which most is expected to be wrong in the graph. */
  claimsToReview(query: ReviewQuery): Promise<ReviewPage>;
  /** Removes the document, its mentions and claims, and entities and edges that only it supported. False when unknown. */
  deleteDocument(id: string): Promise<boolean>;
  /** Number of documents removed. */
  deleteCollection(collection: string): Promise<number>;
  /** Takes everything out but the schema: `rebuild` and `reextract` fill it again. */
  clear(): Promise<void>;

  header(id: string): Promise<DocumentHeader | null>;
  /** In order of ingestion, one at a time: memory stays bounded. */
  keptExtractions(): AsyncIterable<KeptExtraction>;
  /** All of one table in pages, every property included. */
  bulk(table: BulkTableName): AsyncIterable<BulkRow[]>;
  /**
   * Fills an empty store with what `bulk` of another one gave, table by table in the order of `BULK_TABLE_NAMES`. What is cut
   * short is taken out again, at the latest when the store is opened next.
   * @throws AppError `conflict` when the store is not empty.
   */
  load(batches: AsyncIterable<BulkBatch>): Promise<void>;
  /** Entities that have one of the keys, as the program found them: folded names, and the keys that resolution gave them. */
  findByKeys(keys: readonly string[]): Promise<KnownEntity[]>;
  /** Documents that share a copy key with a new one, by its keys in their order; those that share most first. */
  sharingCopyKeys(keys: readonly string[]): Promise<CopyCandidate[]>;
  /** Those of `others` that the program found in a document together with the entity. */
  mentionedWith(entity: string, others: readonly string[]): Promise<string[]>;

  document(id: string): Promise<StoredDocument | null>;
  documents(query: DocumentQuery): Promise<DocumentPage>;
  searchEntities(query: EntityQuery): Promise<EntityHits>;
  entity(id: string): Promise<EntityDetail | null>;
  /** Null when the entity is unknown. */
  neighbours(id: string, filter: Filter, limit: number): Promise<Neighbours | null>;
  /** The best-connected actors of the filter, countries and places left out. */
  overview(filter: Filter, limit: number): Promise<Graph>;
  subgraph(ids: readonly string[], filter: Filter): Promise<Graph>;
  /** All shortest paths over the projection, `max` hops at most. Null when an end is unknown. */
  paths(from: string, to: string, max: number, filter: Filter): Promise<Paths | null>;
  claims(query: ClaimQuery): Promise<ClaimPage>;
  together(entity: string, limit: number): Promise<Together | null>;
  /** The claims that join two of the entities (null: any two), counted by date. */
  timeline(ids: readonly string[] | null, filter: Filter): Promise<Timeline>;
  /** The whole filtered graph in pages, for export. */
  exportPages(filter: Filter): AsyncIterable<Pick<Graph, "nodes" | "edges">>;

  /** Read-only Cypher: guarded, limited, rolled back. */
  query(cypher: string, params: Record<string, CypherValue>, limits: CypherLimits): Promise<CypherResult>;

  close(): Promise<void>;
}

export interface DocumentQuery {
  q?: string | undefined;
  collection?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

export interface EntityQuery {
  /** Empty: the best connected. */
  q: string;
  type?: NodeType | undefined;
  limit: number;
}

export interface ClaimQuery {
  subject?: string | undefined;
  object?: string | undefined;
  /** With `subject` and `object`: also claims the other way round, when true. */
  eitherWay?: boolean | undefined;
  filter: Filter;
  limit: number;
  cursor?: string | undefined;
}
