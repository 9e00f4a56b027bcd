/** Small graphs for tests, written by hand, and arbitrary ones for properties. Invented names only. */
import fc from "fast-check";
import type { Dataset } from "../../client/src/graph/dataset.ts";
import { linksOf } from "../../client/src/graph/links.ts";
import { measure } from "../../client/src/graph/measuring.ts";
import type { Measure } from "../../client/src/graph/metrics.ts";
import type { Graph, GraphEdge, GraphNode } from "../../server/contract/graph.ts";
import {
  FAMILY_OF_TYPE,
  labelsOfType,
  NODE_TYPES,
  RELATIONSHIP_TYPES,
  SYMMETRIC_TYPES,
  type EdgeType,
  type NodeType,
} from "../../server/contract/ontology.ts";

export function node(id: string, type: NodeType = "Organization", over: Partial<GraphNode> = {}): GraphNode {
  return {
    id,
    name: `Name of ${id}`,
    labels: labelsOfType(type),
    kind: null,
    aliases: [],
    countries: [],
    mentionCount: 1,
    documentCount: 1,
    firstSeen: "2020-01-01",
    lastSeen: "2020-01-01",
    ...over,
  };
}

export function edge(source: string, type: EdgeType, target: string, over: Partial<GraphEdge> = {}): GraphEdge {
  return {
    id: `${source} ${type} ${target}`,
    type,
    family: FAMILY_OF_TYPE[type],
    source,
    target,
    symmetric: SYMMETRIC_TYPES.has(type),
    derived: type === "ACTED_AGAINST",
    via: [],
    standing: "stated",
    contested: false,
    former: false,
    claims: 1,
    documents: 1,
    sources: 1,
    confidence: 0.9,
    firstDate: null,
    lastDate: null,
    ...over,
  };
}

export function graph(nodes: GraphNode[], edges: GraphEdge[]): Graph {
  return { nodes, edges, truncated: false, total: nodes.length };
}

/** Up to 20 nodes with any edges among them, parallel ones and loops included. */
export const anyGraph: fc.Arbitrary<Graph> = fc.integer({ min: 1, max: 20 }).chain((size) => {
  const ids = Array.from({ length: size }, (_, index) => `n${index}`);
  const nodes = fc.tuple(
    ...ids.map((id) =>
      fc
        .record({ type: fc.constantFrom(...NODE_TYPES), mentionCount: fc.nat(500) })
        .map(({ type, mentionCount }) => node(id, type, { mentionCount })),
    ),
  );
  const edges = fc.uniqueArray(
    fc
      .record({
        source: fc.constantFrom(...ids),
        target: fc.constantFrom(...ids),
        type: fc.constantFrom(...RELATIONSHIP_TYPES),
        standing: fc.constantFrom("stated" as const, "alleged" as const),
        contested: fc.boolean(),
        former: fc.boolean(),
        sources: fc.nat(8),
      })
      .map(({ source, target, type, ...over }) => edge(source, type, target, over)),
    { maxLength: 40, selector: ({ id }) => id },
  );
  return fc.tuple(nodes, edges).map(([n, e]) => graph(n, e));
});

/** As the worker answers it. */
export function measuredOf(dataset: Dataset, kind: Measure): Map<string, number> {
  const values = measure(kind, linksOf(dataset));
  return new Map([...dataset.nodes.keys()].map((id, at) => [id, values[at]!]));
}
