/**
 * Who is linked with whom, as plain arrays that a worker can be given: each pair once, whatever joins it.
 */
import type { Dataset } from "./dataset.ts";

export interface Links {
  order: number;
  /** Indices of the linked nodes, of each node. */
  neighbours: readonly (readonly number[])[];
}

export function linksOf({ nodes, edges }: Dataset): Links {
  const index = new Map([...nodes.keys()].map((id, at) => [id, at]));
  const neighbours = Array.from({ length: nodes.size }, () => new Set<number>());
  for (const { source, target } of edges.values()) {
    const a = index.get(source);
    const b = index.get(target);
    if (a === undefined || b === undefined || a === b) continue;
    neighbours[a]?.add(b);
    neighbours[b]?.add(a);
  }
  return { order: nodes.size, neighbours: neighbours.map((set) => [...set]) };
}
