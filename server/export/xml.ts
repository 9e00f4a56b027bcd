/**
 * What the two XML graph formats share: escaping, and the attributes that nodes and edges carry in both.
 */
import type { GraphEdge, GraphNode, StoredClaim } from "../contract/graph.ts";
import { standingOfClaim } from "../contract/filter.ts";
import { typeOfLabels } from "../contract/ontology.ts";
import type { ExportSource } from "./formats.ts";

export type XmlType = "string" | "integer" | "double" | "boolean";

export interface XmlAttribute<T> {
  name: string;
  type: XmlType;
  /** Null: the attribute is left out. */
  value: (item: T) => string | number | boolean | null;
}

export const NODE_ATTRIBUTES: readonly XmlAttribute<GraphNode>[] = [
  { name: "type", type: "string", value: (node) => typeOfLabels(node.labels) },
  { name: "kind", type: "string", value: (node) => node.kind },
  { name: "aliases", type: "string", value: (node) => node.aliases.join("; ") || null },
  { name: "countries", type: "string", value: (node) => node.countries.join("; ") || null },
  { name: "mentionCount", type: "integer", value: (node) => node.mentionCount },
  { name: "documentCount", type: "integer", value: (node) => node.documentCount },
  { name: "firstSeen", type: "string", value: (node) => node.firstSeen },
  { name: "lastSeen", type: "string", value: (node) => node.lastSeen },
];

/** An edge with the proof of it: its best quote, and which claims back it. */
export interface ProvenEdge {
  edge: GraphEdge;
  best: StoredClaim | null;
}

export const EDGE_ATTRIBUTES: readonly XmlAttribute<ProvenEdge>[] = [
  { name: "type", type: "string", value: ({ edge }) => edge.type },
  { name: "family", type: "string", value: ({ edge }) => edge.family },
  { name: "standing", type: "string", value: ({ edge }) => edge.standing },
  { name: "contested", type: "boolean", value: ({ edge }) => edge.contested },
  { name: "former", type: "boolean", value: ({ edge }) => edge.former },
  { name: "derived", type: "boolean", value: ({ edge }) => edge.derived },
  { name: "claims", type: "integer", value: ({ edge }) => edge.claims },
  { name: "documents", type: "integer", value: ({ edge }) => edge.documents },
  { name: "sources", type: "integer", value: ({ edge }) => edge.sources },
  { name: "confidence", type: "double", value: ({ edge }) => edge.confidence },
  { name: "firstDate", type: "string", value: ({ edge }) => edge.firstDate },
  { name: "lastDate", type: "string", value: ({ edge }) => edge.lastDate },
  { name: "quote", type: "string", value: ({ best }) => best?.quote ?? null },
  { name: "quoteSource", type: "string", value: ({ best }) => best?.document.source ?? best?.document.title ?? null },
  { name: "quoteUrl", type: "string", value: ({ best }) => best?.document.url ?? null },
  { name: "quoteModality", type: "string", value: ({ best }) => best?.modality ?? null },
  { name: "quotePolarity", type: "string", value: ({ best }) => best?.polarity ?? null },
  { name: "quoteStatus", type: "string", value: ({ best }) => best?.status ?? null },
];

/** Characters that XML 1.0 cannot hold, even escaped: control characters (but tab and line ends) and lone surrogates. */
const FORBIDDEN = /(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]|\p{Surrogate}/gu;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\r": "&#13;",
  "\t": "&#9;",
};

/** Text for an attribute's value or an element's content. */
export function escapeXml(value: string | number | boolean): string {
  return String(value)
    .replace(FORBIDDEN, "\uFFFD")
    .replace(/[&<>"\n\r\t]/g, (character) => ESCAPES[character] ?? character);
}

/**
 * The claim that speaks best for each edge, by type and ends (symmetric types from the smaller id). Claims of the edge's own
 * standing come first, then the surest one.
 */
export async function bestClaims(source: ExportSource): Promise<(edge: GraphEdge) => StoredClaim | null> {
  const best = new Map<string, StoredClaim>();
  for await (const claim of source.claims()) {
    const key = `${claim.type} ${claim.subject.id} ${claim.object.id} ${standingOfClaim(claim)}`;
    const before = best.get(key);
    if (before === undefined || claim.confidence > before.confidence) best.set(key, claim);
  }
  return (edge) =>
    best.get(`${edge.type} ${edge.source} ${edge.target} ${edge.standing}`) ??
    (edge.symmetric ? best.get(`${edge.type} ${edge.target} ${edge.source} ${edge.standing}`) : undefined) ??
    null;
}
