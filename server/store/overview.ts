/**
 * Parts of the graph: the overview of its best-connected actors, the subgraph among given entities, and all of it in pages.
 */
import type { Filter } from "../contract/filter.ts";
import type { Graph, GraphEdge, GraphNode } from "../contract/graph.ts";
import { EDGE_TYPES, isActorType, type NodeType } from "../contract/ontology.ts";
import { compare } from "./date-order.ts";
import type { Transaction } from "./executor.ts";
import { edgesFrom } from "./queries/edges.ts";
import { bestActors, countConnectedActors, joiningEvents, nodePage, nodesById } from "./queries/entities.ts";
import { claimsOfSelection, edgesAmongEntities, edgesOfClaims, inOrderOfId, shownNodes, typesOfEnds } from "./reads.ts";
import { selectionOf, showsNode, type Selection } from "./selection.ts";

/** Events that join two shown actors come on top of the actors, one for this many of them. */
const ACTORS_FOR_AN_EVENT = 5;

/** The best-connected actors, at most `limit`, the events that join them, and the edges among all these. */
export async function overview(filter: Filter, limit: number, transaction: Transaction): Promise<Graph> {
  const selection = selectionOf(filter);
  // The stored degree counts edges of all types to all nodes.
  const whole =
    !selection.needsClaims && selection.nodeTypes === null && selection.edgeTypes.length === EDGE_TYPES.length;
  return whole ? overviewOfProjection(selection, limit, transaction) : overviewOfClaims(selection, limit, transaction);
}

async function overviewOfProjection(selection: Selection, limit: number, transaction: Transaction): Promise<Graph> {
  const actors = await transaction.run(bestActors(limit));
  const [total] = await transaction.run(countConnectedActors());
  const ids = actors.map((actor) => actor.id);
  const events = ids.length === 0 ? [] : await transaction.run(joiningEvents(ids, eventLimit(limit)));
  const nodes = [...actors, ...events];
  const all = nodes.map((node) => node.id);
  return {
    nodes,
    edges: await edgesAmongEntities(all, selection, transaction),
    truncated: ids.length < (total ?? 0),
    total: (total ?? 0) + events.length,
  };
}

/** Countries touch nearly everything and would hide who acts. */
function isOverviewActor(type: NodeType | undefined): boolean {
  return type !== undefined && isActorType(type) && type !== "Country";
}

function eventLimit(limit: number): number {
  return Math.floor(limit / ACTORS_FOR_AN_EVENT);
}

async function overviewOfClaims(selection: Selection, limit: number, transaction: Transaction): Promise<Graph> {
  const claims = await claimsOfSelection(selection, transaction);
  const types = typesOfEnds(claims);
  const shows = (id: string) => selection.nodeTypes === null || selection.nodeTypes.has(types.get(id) ?? "Place");
  const edges = edgesOfClaims(claims, selection).filter((edge) => shows(edge.source) && shows(edge.target));
  const degrees = new Map<string, number>();
  for (const edge of edges) {
    for (const id of [edge.source, edge.target]) degrees.set(id, (degrees.get(id) ?? 0) + 1);
  }
  const byDegree = (a: string, b: string) => (degrees.get(b) ?? 0) - (degrees.get(a) ?? 0) || compare(a, b);
  const all = [...degrees.keys()].filter((id) => isOverviewActor(types.get(id))).sort(byDegree);
  const actors = new Set(all.slice(0, limit));
  const joined = new Map<string, Set<string>>();
  for (const { source, target } of edges) {
    for (const [event, actor] of [[source, target] as const, [target, source] as const]) {
      if (types.get(event) !== "Event" || !actors.has(actor)) continue;
      joined.set(event, (joined.get(event) ?? new Set()).add(actor));
    }
  }
  const events = [...joined]
    .filter(([, around]) => around.size > 1)
    .sort(([a, aroundA], [b, aroundB]) => aroundB.size - aroundA.size || compare(a, b))
    .slice(0, eventLimit(limit))
    .map(([event]) => event);
  const shown = new Set([...actors, ...events]);
  const nodes = new Map((await transaction.run(nodesById([...shown]))).map((node) => [node.id, node]));
  return {
    nodes: [...shown].flatMap((id) => nodes.get(id) ?? []),
    edges: edges.filter((edge) => shown.has(edge.source) && shown.has(edge.target)),
    truncated: actors.size < all.length,
    total: all.length + events.length,
  };
}

/** The entities that exist among the given ones, and the edges among them. */
export async function subgraph(ids: readonly string[], filter: Filter, transaction: Transaction): Promise<Graph> {
  const selection = selectionOf(filter);
  const nodes = await shownNodes(ids, selection, transaction);
  return {
    nodes: [...nodes.values()],
    edges: await edgesAmongEntities([...nodes.keys()], selection, transaction),
    truncated: false,
    total: nodes.size,
  };
}

/** One page of the filtered graph: every node and every edge comes once over all pages. */
export interface ExportPage {
  nodes: GraphNode[];
  edges: GraphEdge[];
  /** Null on the last page. */
  cursor: string | null;
}

/** Pages of an unfiltered graph, read from the projection: the nodes of a page and the edges that leave them. */
export async function exportPage(
  cursor: string,
  limit: number,
  selection: Selection,
  transaction: Transaction,
): Promise<ExportPage> {
  const page = await transaction.run(nodePage(cursor, limit));
  const nodes = page.filter((node) => showsNode(selection, node.labels));
  const out =
    nodes.length === 0 || selection.edgeTypes.length === 0
      ? []
      : await transaction.run(
          edgesFrom(
            nodes.map((node) => node.id),
            selection.edgeTypes,
          ),
        );
  const visible =
    selection.nodeTypes === null
      ? null
      : await shownNodes(
          out.map((edge) => edge.target),
          selection,
          transaction,
        );
  return {
    nodes,
    edges: out.filter((edge) => visible?.has(edge.target) ?? true).sort(inOrderOfId),
    cursor: page.length < limit ? null : (page.at(-1)?.id ?? null),
  };
}

/** The graph that the claims of the selection back: its edges and the nodes at their ends. */
export async function exportOfClaims(
  selection: Selection,
  transaction: Transaction,
): Promise<{ nodeIds: string[]; edges: GraphEdge[] }> {
  const claims = await claimsOfSelection(selection, transaction);
  const types = typesOfEnds(claims);
  const shows = (id: string) => {
    const type = types.get(id);
    return selection.nodeTypes === null || (type !== undefined && selection.nodeTypes.has(type));
  };
  const edges = edgesOfClaims(claims, selection).filter((edge) => shows(edge.source) && shows(edge.target));
  return { nodeIds: [...new Set(edges.flatMap((edge) => [edge.source, edge.target]))].sort(compare), edges };
}
