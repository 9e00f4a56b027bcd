/**
 * Betweenness by Brandes' algorithm on the undirected graph without weights: how many shortest paths run through a node. Large
 * graphs are sampled: the paths from every n-th node stand for all.
 */
import type { Links } from "./links.ts";

/** Up to this many nodes every path is counted. */
export const LARGEST_EXACT = 2_000;
const SAMPLED_SOURCES = 400;

/** One value a node, in order; of a sample scaled up to all sources. Each path counts once, from one of its ends. */
export function betweennessOf({ order, neighbours }: Links): Float64Array {
  const scores = new Float64Array(order);
  const stride = order <= LARGEST_EXACT ? 1 : order / SAMPLED_SOURCES;
  let sources = 0;
  for (let at = 0; at < order; at += stride) {
    addPathsFrom(Math.floor(at), neighbours, scores);
    sources += 1;
  }
  const scale = sources === 0 ? 0 : order / sources / 2;
  return scores.map((score) => score * scale);
}

function addPathsFrom(source: number, neighbours: readonly (readonly number[])[], scores: Float64Array): void {
  const order = scores.length;
  const distance = new Int32Array(order).fill(-1);
  const paths = new Float64Array(order);
  const dependency = new Float64Array(order);
  const reached: number[] = [source];
  distance[source] = 0;
  paths[source] = 1;
  for (const node of reached) {
    const next = (distance[node] ?? 0) + 1;
    for (const other of neighbours[node] ?? []) {
      if (distance[other] === -1) {
        distance[other] = next;
        reached.push(other);
      }
      if (distance[other] === next) paths[other] = (paths[other] ?? 0) + (paths[node] ?? 0);
    }
  }
  for (const node of reached.reverse()) {
    const before = (distance[node] ?? 0) - 1;
    const share = (1 + (dependency[node] ?? 0)) / (paths[node] ?? 1);
    for (const other of neighbours[node] ?? []) {
      if (distance[other] === before) dependency[other] = (dependency[other] ?? 0) + (paths[other] ?? 0) * share;
    }
    if (node !== source) scores[node] = (scores[node] ?? 0) + (dependency[node] ?? 0);
  }
}
