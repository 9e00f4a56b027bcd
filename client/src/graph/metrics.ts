/**
 * What a node's size and colour can tell: registries of described values. Menus are generated from them, so a new metric is one
 * entry. What takes time is computed by a worker (`measuring.ts`).
 */
import { degrees, type Dataset } from "./dataset.ts";

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
