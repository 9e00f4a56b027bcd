/**
 * The answer to a user's query as both stores give it: ids of the graph instead of engine ids, bulky fields left out, and every
 * node and relationship in the rows as a drawable graph.
 */
import type { CypherMap, CypherNode, CypherRelationship, CypherResult, CypherValue } from "../contract/cypher.ts";
import { edgeId } from "../contract/identifiers.ts";
import { labelsOfType, typeOfLabels } from "../contract/ontology.ts";
import { compare } from "./date-order.ts";
import type { RawAnswer } from "./executor.ts";

/** Marks an id as the engine's own, until it is known whether the node has one in the graph. */
export const ENGINE_ID = "#";

/** Properties that serve this program alone, and would only swell an answer. */
const HIDDEN: ReadonlySet<string> = new Set([
  "extraction",
  "searchWords",
  "tally",
  "override",
  "resolution",
  "revised",
  "suggestions",
  "origins",
  "foreign",
]);

export function cypherResult(raw: RawAnswer): CypherResult {
  const nodes = new Map<string, CypherNode>();
  visitNodes([...raw.rows, raw.ends], (node) => nodes.set(node.id, node));
  const ids = new Map([...nodes].map(([engineId, node]) => [engineId, graphId(node)]));
  const drawn = new Map<string, CypherNode>();
  const edges = new Map<string, CypherRelationship>();

  const idOf = (engineId: string) => ids.get(engineId) ?? engineId.slice(ENGINE_ID.length);
  const rewriteNode = (node: CypherNode): CypherNode => {
    const type = typeOfLabels(node.labels);
    const rewritten: CypherNode = {
      $type: "node",
      id: idOf(node.id),
      labels: type !== null && node.labels.includes("Entity") ? labelsOfType(type) : [...node.labels].sort(compare),
      properties: visible(node.properties),
    };
    drawn.set(rewritten.id, rewritten);
    return rewritten;
  };
  const rewriteRelationship = (relationship: CypherRelationship): CypherRelationship => {
    const source = idOf(relationship.source);
    const target = idOf(relationship.target);
    // Between nodes of ours the type and the ends make the id, so that it is the id of the same edge elsewhere.
    const ours = ids.has(relationship.source) && ids.has(relationship.target);
    const id = ours ? edgeId(relationship.type, source, target) : relationship.id.slice(ENGINE_ID.length);
    const rewritten = { ...relationship, id, source, target };
    edges.set(id, rewritten);
    return rewritten;
  };
  const rows = raw.rows.map((row) => row.map((value) => rewrite(value, rewriteNode, rewriteRelationship)));
  const touched = new Set([...edges.values()].flatMap(({ source, target }) => [source, target]));
  for (const [engineId, node] of nodes) {
    if (touched.has(idOf(engineId)) && !drawn.has(idOf(engineId))) rewriteNode(node);
  }
  return {
    columns: raw.columns,
    rows,
    graph: {
      nodes: [...drawn.values()].map(drawnNode),
      edges: [...edges.values()].map(({ id, type, source, target, properties }) => ({
        id,
        type,
        source,
        target,
        properties,
      })),
    },
    truncated: raw.truncated,
  };
}

function graphId(node: CypherNode): string {
  const own = node.properties["id"];
  return typeof own === "string" ? own : node.id.slice(ENGINE_ID.length);
}

function visible(properties: { [key: string]: CypherValue }): { [key: string]: CypherValue } {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !HIDDEN.has(key)));
}

function drawnNode({ id, labels, properties }: CypherNode): CypherResult["graph"]["nodes"][number] {
  const text = (key: string) => {
    const value = properties[key];
    return typeof value === "string" ? value : null;
  };
  const texts = (key: string) => {
    const value = properties[key];
    return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
  };
  const count = (key: string) => {
    const value = properties[key];
    return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : 0;
  };
  if (!labels.includes("Entity")) return { id, labels, properties };
  return {
    id,
    labels,
    properties,
    name: text("name") ?? id,
    kind: text("kind"),
    aliases: texts("aliases"),
    countries: texts("countries"),
    mentionCount: count("mentionCount"),
    documentCount: count("documentCount"),
    firstSeen: text("firstSeen"),
    lastSeen: text("lastSeen"),
  };
}

function visitNodes(value: CypherValue, visit: (node: CypherNode) => void): void {
  rewrite(
    value,
    (node) => {
      visit(node);
      return node;
    },
    (relationship) => relationship,
  );
}

function rewrite(
  value: CypherValue,
  onNode: (node: CypherNode) => CypherNode,
  onRelationship: (relationship: CypherRelationship) => CypherRelationship,
): CypherValue {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((item) => rewrite(item, onNode, onRelationship));
  if (isNode(value)) return onNode(value);
  if (isRelationship(value)) return onRelationship(value);
  const entries = (map: object): { [key: string]: CypherValue } =>
    Object.fromEntries(
      Object.entries(map).map(([key, item]) => [key, rewrite(item as CypherValue, onNode, onRelationship)]),
    );
  // What a user's own map calls `$type` says nothing about it.
  if (isMap(value)) return { $type: "map", value: entries(value.value) };
  return entries(value);
}

function isMap(value: object): value is CypherMap {
  return "$type" in value && value.$type === "map";
}

function isNode(value: object): value is CypherNode {
  return "$type" in value && value.$type === "node";
}

function isRelationship(value: object): value is CypherRelationship {
  return "$type" in value && value.$type === "relationship";
}
