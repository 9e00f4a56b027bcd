/**
 * What a node's size can tell: a registry of described values. A menu is generated from it, so a new metric is one entry.
 */
import Graph from "graphology";
import betweenness from "graphology-metrics/centrality/betweenness";
import pagerank from "graphology-metrics/centrality/pagerank";
import { degrees, type Dataset } from "./dataset.ts";

export const METRICS = ["mentions", "documents", "degree", "pagerank", "betweenness"] as const;
export type Metric = (typeof METRICS)[number];

/** Above this many nodes paths are counted from a sample, or the page would wait. */
const LARGEST_EXACT_BETWEENNESS = 2_000;

const COMPUTE: Readonly<Record<Metric, (dataset: Dataset) => ReadonlyMap<string, number>>> = {
  mentions: ({ nodes }) => new Map([...nodes].map(([id, node]) => [id, node.mentionCount])),
  documents: ({ nodes }) => new Map([...nodes].map(([id, node]) => [id, node.documentCount])),
  degree: degrees,
  pagerank: (dataset) =>
    new Map(
      Object.entries(pagerank(simpleGraph(dataset), { getEdgeWeight: null, maxIterations: 200, tolerance: 1e-5 })),
    ),
  betweenness: (dataset) => new Map(Object.entries(betweenness(sampled(simpleGraph(dataset))))),
};

/** Each node's metric as a share of the largest, 0 to 1. */
export function weightsOf(dataset: Dataset, metric: Metric): Map<string, number> {
  const values = COMPUTE[metric](dataset);
  let largest = 0;
  for (const value of values.values()) largest = Math.max(largest, value);
  const weights = new Map<string, number>();
  for (const id of dataset.nodes.keys()) weights.set(id, largest === 0 ? 0 : (values.get(id) ?? 0) / largest);
  return weights;
}

function simpleGraph({ nodes, edges }: Dataset): Graph {
  const graph = new Graph({ type: "undirected" });
  for (const id of nodes.keys()) graph.addNode(id);
  for (const { source, target } of edges.values()) {
    if (source !== target && !graph.hasEdge(source, target)) graph.addEdge(source, target);
  }
  return graph;
}

/** Keeps the best-connected nodes, in place: the paths that matter run through them. */
function sampled(graph: Graph): Graph {
  if (graph.order <= LARGEST_EXACT_BETWEENNESS) return graph;
  const kept = new Set(
    graph
      .nodes()
      .sort((a, b) => graph.degree(b) - graph.degree(a))
      .slice(0, LARGEST_EXACT_BETWEENNESS),
  );
  for (const id of graph.nodes()) if (!kept.has(id)) graph.dropNode(id);
  return graph;
}
