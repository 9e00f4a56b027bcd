/**
 * Values of a Cypher answer, the same tagged JSON for both engines. Plain JSON values stand for themselves; what JSON lacks is
 * an object with `$type`. A map of the database that has a key `$type` itself arrives as `{$type: "map", value}`.
 */
import { z } from "zod";
import { graphSchema } from "./graph.ts";

export type CypherValue =
  | null
  | boolean
  | number
  | string
  | CypherValue[]
  | CypherNode
  | CypherRelationship
  | CypherPath
  | CypherInteger
  | CypherFloat
  | CypherTemporal
  | CypherMap
  | { [key: string]: CypherValue };

export interface CypherNode {
  $type: "node";
  /** The property `id` where the node has one, else the engine's own id. */
  id: string;
  labels: string[];
  properties: { [key: string]: CypherValue };
}
export interface CypherRelationship {
  $type: "relationship";
  id: string;
  type: string;
  source: string;
  target: string;
  properties: { [key: string]: CypherValue };
}
export interface CypherPath {
  $type: "path";
  nodes: CypherNode[];
  relationships: CypherRelationship[];
}
/** An integer beyond ±2^53, as decimal digits. */
export interface CypherInteger {
  $type: "integer";
  value: string;
}
/** NaN, Infinity, -Infinity. */
export interface CypherFloat {
  $type: "float";
  value: string;
}
/** Dates, times, durations and points as the engine prints them. */
export interface CypherTemporal {
  $type: "temporal" | "point";
  value: string;
}
export interface CypherMap {
  $type: "map";
  value: { [key: string]: CypherValue };
}

export const cypherValueSchema: z.ZodType<CypherValue> = z.json();

/** `query --format json` and `POST /api/cypher`. Rows are arrays in the order of `columns`. */
export const cypherResultSchema = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.array(cypherValueSchema)),
  /**
   * Nodes and relationships anywhere in the rows, and the ends of relationships, drawable. Entity fields stand on top of a node;
   * `properties` holds all that the database has.
   */
  graph: z.object({
    nodes: z.array(
      graphSchema.shape.nodes.element.partial().extend({
        id: z.string(),
        labels: z.array(z.string()),
        properties: z.record(z.string(), cypherValueSchema),
      }),
    ),
    edges: z.array(
      z.object({
        id: z.string(),
        type: z.string(),
        source: z.string(),
        target: z.string(),
        properties: z.record(z.string(), cypherValueSchema),
      }),
    ),
  }),
  /** A limit of rows or bytes cut the answer. */
  truncated: z.boolean(),
});
export type CypherResult = z.infer<typeof cypherResultSchema>;

export interface CypherLimits {
  rows: number;
  bytes: number;
  milliseconds: number;
}

export const DEFAULT_CYPHER_LIMITS: CypherLimits = { rows: 10_000, bytes: 20_000_000, milliseconds: 15_000 };
