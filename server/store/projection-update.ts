/**
 * Keeps the stored projection equal to `projectClaims` of all claims, by computing again only the edges that a change touches.
 *
 * Works in two steps, because the change itself stands between them: `touchedClaims` reads what there is, `projectionChange`
 * compares the edges before and after.
 */
import { edgeId } from "../contract/identifiers.ts";
import { EDGE_TYPES } from "../contract/ontology.ts";
import type { GraphEdge } from "../contract/graph.ts";
import type { Transaction } from "./executor.ts";
import {
  deriveActedAgainst,
  edgeIdOfClaim,
  eventBridges,
  EVENT_TYPES,
  groupByEdge,
  projectEdge,
  type ClaimFact,
} from "./projection.ts";
import { edgesOfEvents, factsOfEdges } from "./queries/claims.ts";
import { bridgingEvents, createEdges, deleteEdges, updateEdges } from "./queries/edges.ts";

export interface EdgeChange {
  created: GraphEdge[];
  updated: GraphEdge[];
  deleted: GraphEdge[];
}

export interface Touched {
  /** All claims about these edges, and about what derived edges hang on, as they stand now. */
  claims: ClaimFact[];
  /** Ids of the edges that the changed claims speak about. */
  edges: ReadonlySet<string>;
}

/**
 * Reads the claims that decide about the edges of the changed ones, and the ends of derived edges that hang on them.
 * `lock` is called with entity ids before the claims that depend on them are read.
 */
export async function touchedClaims(
  changed: readonly ClaimFact[],
  transaction: Transaction,
  lock: (ids: readonly string[]) => Promise<void>,
): Promise<Touched> {
  const edges = new Set(changed.map(edgeIdOfClaim));
  const events = new Set(changed.flatMap(eventOf));
  if (edges.size === 0) return { claims: [], edges };
  if (events.size === 0) return { claims: await transaction.run(factsOfEdges([...edges])), edges };

  const eventEdges = await transaction.run(edgesOfEvents([...events]));
  const around = await transaction.run(factsOfEdges([...new Set([...edges, ...eventEdges])]));
  const pairs = eventBridges(groupByEdge([...around, ...changed]).values());
  await lock([...new Set(pairs.flatMap(({ source, target }) => [source, target]))]);
  const bridges = pairs.length === 0 ? [] : await transaction.run(bridgingEvents(pairs));
  const halves = bridges.flatMap(({ source, target, event }) => [
    edgeId(EVENT_TYPES.conducted, source, event),
    edgeId(EVENT_TYPES.targeted, event, target),
  ]);
  const all = new Set([...edges, ...eventEdges, ...halves]);
  return { claims: await transaction.run(factsOfEdges([...all])), edges };
}

function eventOf(claim: ClaimFact): string[] {
  if (claim.type === EVENT_TYPES.conducted) return [claim.object];
  return claim.type === EVENT_TYPES.targeted ? [claim.subject] : [];
}

/** The edges that differ between the claims as they were and as they will be. */
export function projectionChange(touched: Touched, after: readonly ClaimFact[]): EdgeChange {
  const change: EdgeChange = { created: [], updated: [], deleted: [] };
  const groupsBefore = groupByEdge(touched.claims);
  const groupsAfter = groupByEdge(after);
  for (const id of touched.edges) {
    note(change, projectEdge(groupsBefore.get(id) ?? []), projectEdge(groupsAfter.get(id) ?? []));
  }
  const derivedBefore = derivedEdges(groupsBefore);
  const derivedAfter = derivedEdges(groupsAfter);
  for (const id of new Set([...derivedBefore.keys(), ...derivedAfter.keys()])) {
    note(change, derivedBefore.get(id) ?? null, derivedAfter.get(id) ?? null);
  }
  return change;
}

/**
 * Of pairs that no touched event joins, only a part of the events may be here; they are the same before and after, so that no
 * change is noted for them.
 */
function derivedEdges(groups: ReadonlyMap<string, readonly ClaimFact[]>): Map<string, GraphEdge> {
  const edges = new Map<string, GraphEdge>();
  for (const { source, target, bridges } of eventBridges(groups.values())) {
    const edge = deriveActedAgainst(source, target, bridges);
    if (edge !== null) edges.set(edge.id, edge);
  }
  return edges;
}

function note(change: EdgeChange, before: GraphEdge | null, after: GraphEdge | null): void {
  if (before === null && after !== null) change.created.push(after);
  else if (before !== null && after === null) change.deleted.push(before);
  else if (before !== null && after !== null && JSON.stringify(before) !== JSON.stringify(after)) {
    change.updated.push(after);
  }
}

export async function writeEdgeChange(change: EdgeChange, transaction: Transaction): Promise<void> {
  for (const type of EDGE_TYPES) {
    const of = (edges: readonly GraphEdge[]) => edges.filter((edge) => edge.type === type);
    const [created, updated, deleted] = [of(change.created), of(change.updated), of(change.deleted)];
    if (deleted.length > 0) await transaction.run(deleteEdges(type, deleted));
    if (updated.length > 0) await transaction.run(updateEdges(type, updated));
    if (created.length > 0) await transaction.run(createEdges(type, created));
  }
}

/** How many edges more (or less) each entity has. */
export function degreeChanges(change: EdgeChange): Map<string, number> {
  const changes = new Map<string, number>();
  const add = (edge: GraphEdge, weight: number) => {
    for (const id of [edge.source, edge.target]) changes.set(id, (changes.get(id) ?? 0) + weight);
  };
  for (const edge of change.created) add(edge, 1);
  for (const edge of change.deleted) add(edge, -1);
  return changes;
}
