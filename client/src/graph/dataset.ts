/**
 * The dataset: what the page has fetched of the graph, as one immutable value. First step of dataset → visible → appearance →
 * Sigma graph; every step after it is a pure function.
 */
import type { Graph, GraphEdge, GraphNode } from "../../../server/contract/graph.ts";

export interface Dataset {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly edges: ReadonlyMap<string, GraphEdge>;
}

export const EMPTY_DATASET: Dataset = { nodes: new Map(), edges: new Map() };

type Fetched = Pick<Graph, "nodes" | "edges">;

export function datasetOf(graph: Fetched): Dataset {
  return mergeGraph(EMPTY_DATASET, graph);
}

/** Adds what was fetched; what is fetched later wins. Edges without both ends are left out. */
export function mergeGraph(dataset: Dataset, graph: Fetched): Dataset {
  const nodes = new Map(dataset.nodes);
  for (const node of graph.nodes) nodes.set(node.id, node);
  const edges = new Map(dataset.edges);
  for (const edge of graph.edges) {
    if (nodes.has(edge.source) && nodes.has(edge.target)) edges.set(edge.id, edge);
  }
  return { nodes, edges };
}

export function withoutNodes(dataset: Dataset, ids: ReadonlySet<string>): Dataset {
  const nodes = new Map([...dataset.nodes].filter(([id]) => !ids.has(id)));
  const edges = new Map([...dataset.edges].filter(([, edge]) => nodes.has(edge.source) && nodes.has(edge.target)));
  return { nodes, edges };
}

export function onlyNodes(dataset: Dataset, ids: ReadonlySet<string>): Dataset {
  return withoutNodes(dataset, new Set([...dataset.nodes.keys()].filter((id) => !ids.has(id))));
}

/** Edges a node. */
export function degrees(dataset: Dataset): Map<string, number> {
  const found = new Map<string, number>();
  for (const id of dataset.nodes.keys()) found.set(id, 0);
  for (const { source, target } of dataset.edges.values()) {
    found.set(source, (found.get(source) ?? 0) + 1);
    if (target !== source) found.set(target, (found.get(target) ?? 0) + 1);
  }
  return found;
}

export interface Neighbour {
  node: GraphNode;
  edge: GraphEdge;
}

/** Every edge of a node with the node at its other end, by name. */
export function neighboursIn(dataset: Dataset, id: string): Neighbour[] {
  const found: Neighbour[] = [];
  for (const edge of dataset.edges.values()) {
    if (edge.source !== id && edge.target !== id) continue;
    const node = dataset.nodes.get(edge.source === id ? edge.target : edge.source);
    if (node !== undefined) found.push({ node, edge });
  }
  return found.sort((a, b) => a.node.name.localeCompare(b.node.name));
}

/** Nodes that only this one holds in the graph: those that leave when it is collapsed. */
export function leavesOf(dataset: Dataset, id: string): Set<string> {
  const degree = degrees(dataset);
  const leaves = new Set<string>();
  for (const { node } of neighboursIn(dataset, id)) {
    const edgesToIt = neighboursIn(dataset, node.id).filter((other) => other.node.id === id).length;
    if (degree.get(node.id) === edgesToIt && node.id !== id) leaves.add(node.id);
  }
  return leaves;
}
