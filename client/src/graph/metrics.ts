/**
 * What a node's size and colour can tell: registries of described values. Menus are generated from them, so a new metric is one
 * entry. What takes time is computed by a worker from plain arrays.
 */
import Graph from "graphology";
import louvain from "graphology-communities-louvain";
import pagerank from "graphology-metrics/centrality/pagerank";
import { betweennessOf } from "./betweenness.ts";
import { degrees, type Dataset } from "./dataset.ts";
import type { Links } from "./links.ts";

export const METRICS = ["mentions", "documents", "degree", "pagerank", "betweenness"] as const;
export type Metric = (typeof METRICS)[number];

export const COLOURINGS = ["type", "community"] as const;
export type Colouring = (typeof COLOURINGS)[number];

/** What a worker computes from the links alone: one number a node, in order. */
export const MEASURES = ["pagerank", "betweenness", "community"] as const;
export type Measure = (typeof MEASURES)[number];

export function isMeasure(name: Metric | Colouring): name is Measure {
  return MEASURES.some((measure) => measure === name);
}

/** Of the worker: what was measured, on which graph. */
export interface Measured {
  dataset: Dataset;
  values: ReadonlyMap<string, number>;
}

export function measure(kind: Measure, links: Links): Float64Array {
  switch (kind) {
    case "betweenness":
      return betweennessOf(links);
    case "pagerank": {
      const ranks = pagerank(graphOf(links), { getEdgeWeight: null, maxIterations: 200, tolerance: 1e-5 });
      return Float64Array.from({ length: links.order }, (_, at) => ranks[at] ?? 0);
    }
    case "community":
      return communitiesOf(links);
  }
}

/** Each node's metric as a share of the largest, 0 to 1. Without the worker's values all are alike. */
export function weightsOf(
  dataset: Dataset,
  metric: Metric,
  measured: ReadonlyMap<string, number> | null,
): Map<string, number> {
  const values = valuesOf(dataset, metric, measured);
  let largest = 0;
  for (const value of values.values()) largest = Math.max(largest, value);
  const weights = new Map<string, number>();
  for (const id of dataset.nodes.keys()) weights.set(id, largest === 0 ? 0 : (values.get(id) ?? 0) / largest);
  return weights;
}

function valuesOf(
  dataset: Dataset,
  metric: Metric,
  measured: ReadonlyMap<string, number> | null,
): ReadonlyMap<string, number> {
  switch (metric) {
    case "mentions":
      return new Map([...dataset.nodes].map(([id, node]) => [id, node.mentionCount]));
    case "documents":
      return new Map([...dataset.nodes].map(([id, node]) => [id, node.documentCount]));
    case "degree":
      return degrees(dataset);
    case "pagerank":
    case "betweenness":
      return measured ?? new Map();
  }
}

/** Groups by Louvain's method, numbered from the largest, 0, on; the same graph gives the same groups. */
function communitiesOf(links: Links): Float64Array {
  const graph = graphOf(links);
  const found = graph.size === 0 ? {} : louvain(graph, { rng: seeded() });
  const sizes = new Map<number, number>();
  for (const group of Object.values(found)) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const ranked = [...sizes].sort(([a, sizeA], [b, sizeB]) => sizeB - sizeA || a - b).map(([group]) => group);
  const rank = new Map(ranked.map((group, at) => [group, at]));
  return Float64Array.from({ length: links.order }, (_, at) => rank.get(found[at] ?? -1) ?? ranked.length);
}

function graphOf({ order, neighbours }: Links): Graph {
  const graph = new Graph({ type: "undirected" });
  for (let at = 0; at < order; at += 1) graph.addNode(at);
  neighbours.forEach((others, at) => {
    for (const other of others) if (at < other) graph.addEdge(at, other);
  });
  return graph;
}

/** Mulberry32: small, and the same on every machine. */
function seeded(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
