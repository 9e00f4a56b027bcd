/**
 * Shapes of the embedded engine's answers: how nodes, relationships and paths look, and how an answer is cut to its limits.
 * Runs in the engine process (cutting) and in the owner (reading).
 */

import { sizeOf } from "../limits.ts";

export interface EngineNode {
  _id: number;
  _labels: string[];
  [property: string]: unknown;
}

export interface EngineRelationship {
  _id: number;
  _source: number;
  _target: number;
  _type: string;
  [property: string]: unknown;
}

export interface EnginePath {
  nodes: EngineNode[];
  edges: EngineRelationship[];
}

export function isEngineNode(value: unknown): value is EngineNode {
  return isMap(value) && typeof value["_id"] === "number" && Array.isArray(value["_labels"]);
}

export function isEngineRelationship(value: unknown): value is EngineRelationship {
  return isMap(value) && typeof value["_id"] === "number" && typeof value["_type"] === "string" && "_source" in value;
}

export function isEnginePath(value: unknown): value is EnginePath {
  if (!isMap(value)) return false;
  const { nodes, edges } = value;
  return (
    Object.keys(value).length === 2 &&
    Array.isArray(nodes) &&
    Array.isArray(edges) &&
    nodes.length === edges.length + 1 &&
    nodes.every(isEngineNode) &&
    edges.every(isEngineRelationship)
  );
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** The first rows within both limits. A single row above the byte limit is left out too. */
export function cutRows(
  rows: unknown[][],
  maxRows: number,
  maxBytes: number,
): { rows: unknown[][]; truncated: boolean } {
  const kept: unknown[][] = [];
  let bytes = 0;
  for (const row of rows) {
    bytes += sizeOf(row);
    if (kept.length >= maxRows || bytes > maxBytes) return { rows: kept, truncated: true };
    kept.push(row);
  }
  return { rows: kept, truncated: false };
}

/** Engine ids of nodes that relationships in the rows touch and the rows do not hold. */
export function endsOutside(rows: readonly unknown[]): number[] {
  const present = new Set<number>();
  const touched = new Set<number>();
  const visit = (value: unknown): void => {
    if (isEngineNode(value)) present.add(value._id);
    else if (isEngineRelationship(value)) touched.add(value._source).add(value._target);
    else if (Array.isArray(value)) value.forEach(visit);
    else if (isMap(value)) Object.values(value).forEach(visit);
  };
  rows.forEach(visit);
  return [...touched].filter((id) => !present.has(id));
}
