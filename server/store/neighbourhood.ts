/**
 * One entity and what surrounds it: its details, and its neighbours with how many more there are.
 */
import type { Filter } from "../contract/filter.ts";
import type { EntityDetail, GraphEdge, Neighbours } from "../contract/graph.ts";
import { EDGE_TYPES, SYMMETRIC_TYPES, type EdgeType } from "../contract/ontology.ts";
import { compare } from "./date-order.ts";
import { decodeOverride } from "./entity-summary.ts";
import type { Transaction } from "./executor.ts";
import { documentsMentioning } from "./queries/documents.ts";
import { bestNeighbours, countNeighbours, edgeCountsOf, edgesBetween, edgesOf } from "./queries/edges.ts";
import { namedNodes, nodesById, presentEntities, type NamedNode } from "./queries/entities.ts";
import { claimsAround, edgesOfClaims, inOrderOfWorth, typesOfEnds } from "./reads.ts";
import { selectionOf, type Selection } from "./selection.ts";

const DOCUMENTS_IN_DETAIL = 20;
/** With so many edges or fewer all of them are read at once, counted and ranked here; of a hub only what is shown is read. */
const FEW_EDGES = 200;

type Direction = "out" | "in" | "both";

interface TypeCount {
  type: EdgeType;
  direction: Direction;
  count: number;
}

export async function entityDetail(id: string, transaction: Transaction): Promise<EntityDetail | null> {
  const [node] = await transaction.run(nodesById([id]));
  if (node === undefined) return null;
  const counts = await transaction.run(edgeCountsOf(id, EDGE_TYPES, null));
  const documents = await transaction.run(documentsMentioning(id, DOCUMENTS_IN_DETAIL));
  const [present] = await transaction.run(presentEntities([id]));
  const override = decodeOverride(present?.override ?? null);
  return {
    ...node,
    notes: override?.notes ?? [],
    tags: override?.tags ?? [],
    relationships: sumByDirection(counts),
    documents: documents.map(({ reference, mentions }) => ({
      id: reference.id,
      title: reference.title,
      source: reference.source,
      publishedAt: reference.publishedAt,
      mentions,
    })),
  };
}

/** Symmetric types have no direction: what is stored as out and in is one. */
function sumByDirection(counts: readonly TypeCount[]): TypeCount[] {
  const sums = new Map<string, TypeCount>();
  for (const { type, direction, count } of counts) {
    const seen = SYMMETRIC_TYPES.has(type) ? "both" : direction;
    const sum = sums.get(`${type} ${seen}`);
    sums.set(`${type} ${seen}`, { type, direction: seen, count: (sum?.count ?? 0) + count });
  }
  return [...sums.values()].sort(
    (a, b) => b.count - a.count || compare(a.type, b.type) || compare(a.direction, b.direction),
  );
}

function countsOf(edges: readonly GraphEdge[], id: string): TypeCount[] {
  return sumByDirection(
    edges.map((edge) => ({ type: edge.type, direction: edge.source === id ? "out" : "in", count: 1 })),
  );
}

/**
 * Null when there is no such entity. `limit` is a number of neighbours, the best ones; all edges to a shown neighbour are shown.
 */
export async function neighbours(
  id: string,
  filter: Filter,
  limit: number,
  transaction: Transaction,
  fewEdges = FEW_EDGES,
): Promise<Neighbours | null> {
  const [centre] = await transaction.run(namedNodes([id]));
  if (centre === undefined) return null;
  const selection = selectionOf(filter);
  const found = selection.needsClaims
    ? await aroundFromClaims(id, selection, limit, transaction)
    : await aroundFromProjection(centre, selection, limit, transaction, fewEdges);
  const nodes = new Map((await transaction.run(nodesById(found.shown))).map((node) => [node.id, node]));
  const shownCounts = countsOf(found.edges, id);
  return {
    nodes: [centre.node, ...found.shown.flatMap((neighbour) => nodes.get(neighbour) ?? [])],
    edges: found.edges.sort(inOrderOfWorth),
    truncated: found.shown.length < found.total,
    total: found.total + 1,
    counts: found.counts.map(({ type, direction, count }) => ({
      type,
      direction,
      total: count,
      shown: shownCounts.find((other) => other.type === type && other.direction === direction)?.count ?? 0,
    })),
  };
}

interface Around {
  /** Neighbours to show, best first. */
  shown: string[];
  /** All neighbours that there are. */
  total: number;
  /** Edges to the shown ones. */
  edges: GraphEdge[];
  /** Of all edges. */
  counts: TypeCount[];
}

async function aroundFromProjection(
  { node: { id }, degree }: NamedNode,
  selection: Selection,
  limit: number,
  transaction: Transaction,
  fewEdges: number,
): Promise<Around> {
  if (selection.edgeTypes.length === 0) return { shown: [], total: 0, edges: [], counts: [] };
  const { edgeTypes, nodeTypes } = selection;
  if (degree <= fewEdges) return bestOf(await transaction.run(edgesOf(id, edgeTypes, nodeTypes)), id, limit);
  const shown = await transaction.run(bestNeighbours(id, edgeTypes, nodeTypes, limit));
  const [total] = await transaction.run(countNeighbours(id, edgeTypes, nodeTypes));
  return {
    shown,
    total: total ?? 0,
    edges: shown.length === 0 ? [] : await transaction.run(edgesBetween(id, shown, edgeTypes)),
    counts: sumByDirection(await transaction.run(edgeCountsOf(id, edgeTypes, nodeTypes))),
  };
}

async function aroundFromClaims(
  id: string,
  selection: Selection,
  limit: number,
  transaction: Transaction,
): Promise<Around> {
  const claims = await claimsAround([id], selection, transaction);
  const types = typesOfEnds(claims);
  const edges = edgesOfClaims(claims, selection).filter((edge) => {
    const type = types.get(neighbourOf(edge, id));
    const touches = edge.source === id || edge.target === id;
    return touches && (selection.nodeTypes === null || (type !== undefined && selection.nodeTypes.has(type)));
  });
  return bestOf(edges, id, limit);
}

function neighbourOf(edge: GraphEdge, id: string): string {
  return edge.source === id ? edge.target : edge.source;
}

/** Of all edges of an entity: the best neighbours with what joins them, and the numbers of all. */
function bestOf(edges: readonly GraphEdge[], id: string, limit: number): Around {
  const worth = new Map<string, { id: string; sources: number; claims: number; confidence: number }>();
  for (const edge of edges) {
    const other = neighbourOf(edge, id);
    const sum = worth.get(other) ?? { id: other, sources: 0, claims: 0, confidence: 0 };
    worth.set(other, {
      id: other,
      sources: Math.max(sum.sources, edge.sources),
      claims: sum.claims + edge.claims,
      confidence: Math.max(sum.confidence, edge.confidence),
    });
  }
  const ranked = [...worth.values()].sort(inOrderOfWorth).map((neighbour) => neighbour.id);
  const shown = ranked.slice(0, limit);
  const isShown = new Set(shown);
  return {
    shown,
    total: ranked.length,
    edges: edges.filter((edge) => isShown.has(neighbourOf(edge, id))),
    counts: countsOf(edges, id),
  };
}
