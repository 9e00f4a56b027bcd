/**
 * What a Cypher answer holds, as text for a cell and as a graph for the canvas. Nodes that are no entities stay in the table.
 */
import type { CypherResult, CypherValue } from "../../../server/contract/cypher.ts";
import type { Graph, GraphEdge, GraphNode } from "../../../server/contract/graph.ts";
import type { EdgeType } from "../../../server/contract/ontology.ts";
import { EDGE_TYPES, familyOfRelationship, typeOf } from "./ontology.ts";

export function cellText(value: CypherValue): string {
  if (value === null) return "";
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return value.map(cellText).join(", ");
  if (!("$type" in value)) return JSON.stringify(value);
  switch (value.$type) {
    case "node": {
      const { properties, labels } = value as { properties: { [key: string]: CypherValue }; labels: string[] };
      return `(${cellText(properties["name"] ?? properties["title"] ?? labels.join(":"))})`;
    }
    case "relationship":
      return `[${(value as { type: string }).type}]`;
    case "path": {
      const { nodes, relationships } = value as { nodes: CypherValue[]; relationships: CypherValue[] };
      return nodes.map((node, index) => cellText(node) + cellText(relationships[index] ?? null)).join("–");
    }
    case "map":
      return JSON.stringify((value as { value: unknown }).value);
    default: {
      const { value: inner } = value as { value?: unknown };
      return typeof inner === "string" ? inner : JSON.stringify(value);
    }
  }
}

type CellShape =
  | { kind: "node"; id: string; name: string; labels: readonly string[] }
  | { kind: "relationship"; type: EdgeType | null }
  | { kind: "other" };

/** What a cell is, for those that are drawn as more than text. */
export function shapeOf(value: CypherValue): CellShape {
  if (value === null || typeof value !== "object" || Array.isArray(value) || !("$type" in value))
    return { kind: "other" };
  if (value.$type === "node") {
    const { id, labels } = value as { id: string; labels: string[] };
    return { kind: "node", id, labels, name: cellText(value).slice(1, -1) };
  }
  if (value.$type !== "relationship") return { kind: "other" };
  const { type } = value as { type: string };
  return { kind: "relationship", type: isEdgeType(type) ? type : null };
}

/** The entities and projected edges of an answer, drawable; claims and documents are left to the table. */
export function drawable({ graph }: Pick<CypherResult, "graph">): Pick<Graph, "nodes" | "edges"> {
  const nodes = graph.nodes.flatMap((node): GraphNode[] => {
    if (typeOf(node.labels) === null || node.name === undefined) return [];
    return [
      {
        id: node.id,
        name: node.name,
        labels: node.labels,
        kind: node.kind ?? null,
        aliases: node.aliases ?? [],
        countries: node.countries ?? [],
        mentionCount: node.mentionCount ?? 0,
        documentCount: node.documentCount ?? 0,
        firstSeen: node.firstSeen ?? null,
        lastSeen: node.lastSeen ?? null,
      },
    ];
  });
  const ids = new Set(nodes.map((node) => node.id));
  const edges = graph.edges.flatMap((edge): GraphEdge[] => {
    if (!isEdgeType(edge.type) || !ids.has(edge.source) || !ids.has(edge.target)) return [];
    return [edgeOf(edge.id, edge.type, edge)];
  });
  return { nodes, edges };
}

const TYPES: ReadonlySet<string> = new Set(EDGE_TYPES);
const SYMMETRIC: ReadonlySet<string> = new Set(["AFFILIATED_WITH", "FAMILY_OF", "MET", "COOPERATED_WITH"]);

function isEdgeType(type: string): type is EdgeType {
  return TYPES.has(type);
}

function edgeOf(id: string, type: EdgeType, edge: CypherResult["graph"]["edges"][number]): GraphEdge {
  const { properties, source, target } = edge;
  const number = (name: string) => (typeof properties[name] === "number" ? properties[name] : 0);
  const date = (name: string) => (typeof properties[name] === "string" ? properties[name] : null);
  const via = properties["via"];
  return {
    id,
    type,
    family: familyOfRelationship(type),
    source,
    target,
    symmetric: SYMMETRIC.has(type),
    derived: properties["derived"] === true,
    via: Array.isArray(via) ? via.map(String) : typeof via === "string" ? [via] : [],
    standing: properties["standing"] === "alleged" ? "alleged" : "stated",
    contested: properties["contested"] === true,
    former: properties["former"] === true,
    claims: Array.isArray(properties["claims"]) ? properties["claims"].length : number("claims"),
    documents: number("documents"),
    sources: number("sources"),
    confidence: Math.min(1, number("confidence")),
    firstDate: date("firstDate"),
    lastDate: date("lastDate"),
  };
}
