/**
 * What takes time to measure, from links alone: the worker's work, kept out of what the page loads first.
 */
import Graph from "graphology";
import louvain from "graphology-communities-louvain";
import pagerank from "graphology-metrics/centrality/pagerank";
import { betweennessOf } from "./betweenness.ts";
import type { Links } from "./links.ts";
import type { Measure } from "./metrics.ts";

/** One number a node, in order. */
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
