/**
 * How things look: colours of types and families in both themes, sizes by a metric, edges by how they stand. Values only; the
 * projection writes them on the Sigma graph and the legend reads the same tables.
 */
import type { GraphEdge, GraphNode } from "../../../server/contract/graph.ts";
import type { Family, Language, NodeType } from "../../../server/contract/ontology.ts";
import { relationshipWords, typeOf } from "./ontology.ts";
import { SHAPE_OF_TYPE, type Shape } from "./shapes.ts";

export type Theme = "light" | "dark";

export const TYPE_COLOURS: Readonly<Record<Theme, Readonly<Record<NodeType, string>>>> = {
  light: {
    Person: "#2e75c8",
    Organization: "#80604a",
    PublicBody: "#1b3766",
    ThreatGroup: "#8c1c2c",
    MediaOutlet: "#d9701a",
    Platform: "#6a4bc4",
    Country: "#39752e",
    Place: "#5d9583",
    Event: "#a17f00",
    CyberTool: "#c53f93",
    Account: "#0f8aa3",
  },
  dark: {
    Person: "#6fb1f7",
    Organization: "#b8967c",
    PublicBody: "#5a7fd0",
    ThreatGroup: "#d9606d",
    MediaOutlet: "#f59d4d",
    Platform: "#a68df2",
    Country: "#74b562",
    Place: "#a9d6c6",
    Event: "#e3c54f",
    CyberTool: "#f08cc8",
    Account: "#35d0bd",
  },
};

/** Groups by size: told apart by colour-blind people too, in both themes; smaller groups share one grey. */
export const COMMUNITY_COLOURS: Readonly<Record<Theme, readonly string[]>> = {
  light: ["#2e75c8", "#d9701a", "#39752e", "#8c1c2c", "#6a4bc4", "#0f8aa3", "#a17f00", "#c53f93"],
  dark: ["#6fb1f7", "#f59d4d", "#74b562", "#d9606d", "#a68df2", "#35d0bd", "#e3c54f", "#f08cc8"],
};

const UNKNOWN_COLOUR: Readonly<Record<Theme, string>> = { light: "#6b7078", dark: "#9aa0a8" };

export interface Surface {
  /** Behind the graph. */
  background: string;
  ink: string;
  /** Selection: the red thread. */
  thread: string;
}

export const SURFACES: Readonly<Record<Theme, Surface>> = {
  light: { background: "#f6f7f8", ink: "#1b1f26", thread: "#c4122f" },
  dark: { background: "#14171c", ink: "#e9eaec", thread: "#ff4d61" },
};

export const FAMILY_COLOURS: Readonly<Record<Theme, Readonly<Record<Family, string>>>> = {
  light: {
    hostile: "#b4553f",
    justice: "#7c5fa3",
    cooperation: "#3d8763",
    control: "#4a6488",
    membership: "#7a8594",
    communication: "#a07a2f",
    event: "#8d7a3a",
    place: "#8b95a1",
    means: "#4d8d99",
    family: "#8f6b76",
  },
  dark: {
    hostile: "#d07c66",
    justice: "#a890cf",
    cooperation: "#6fb592",
    control: "#7f9cc4",
    membership: "#8b95a3",
    communication: "#c7a25b",
    event: "#b3a164",
    place: "#6c7480",
    means: "#74b1bd",
    family: "#b5909b",
  },
};

export function typeColour(type: NodeType | null, theme: Theme): string {
  return type === null ? UNKNOWN_COLOUR[theme] : TYPE_COLOURS[theme][type];
}

export function communityColour(rank: number, theme: Theme): string {
  return COMMUNITY_COLOURS[theme][rank] ?? UNKNOWN_COLOUR[theme];
}

export interface NodeLook {
  color: string;
  /** Radius in pixels at the camera's rest. */
  size: number;
  shape: Shape;
  label: string;
}

const SMALLEST_RADIUS = 5;
const LARGEST_RADIUS = 17;

/** `weight` is the node's metric as a share of the largest, 0 to 1. The area grows with it, as eyes compare areas. */
export function nodeLook(node: GraphNode, weight: number, theme: Theme): NodeLook {
  const type = typeOf(node.labels);
  return {
    color: typeColour(type, theme),
    size: SMALLEST_RADIUS + (LARGEST_RADIUS - SMALLEST_RADIUS) * Math.sqrt(Math.max(0, Math.min(1, weight))),
    shape: type === null ? "circle" : SHAPE_OF_TYPE[type],
    label: shorten(node.name, 34),
  };
}

/** How an edge stands, in the one order in which the page and its legend tell it. */
export const EDGE_STYLES = ["stated", "alleged", "planned", "denied", "derived"] as const;
export type EdgeStyle = (typeof EDGE_STYLES)[number];

/** Dash and gap in pixels; a dash of 0 is a solid line. */
export const DASHES: Readonly<Record<EdgeStyle, readonly [dash: number, gap: number]>> = {
  stated: [0, 0],
  alleged: [7, 4],
  planned: [2, 5],
  denied: [2, 3],
  derived: [1.5, 3.5],
};

export interface EdgeLook {
  color: string;
  /** Thickness in pixels at the camera's rest. */
  size: number;
  dash: number;
  gap: number;
  arrow: boolean;
  /** Two strokes across the line. */
  contested: boolean;
  label: string;
}

export interface EdgeWords {
  contested: string;
  former: string;
}

export function edgeStyle(edge: GraphEdge): EdgeStyle {
  return edge.derived ? "derived" : edge.standing;
}

export function edgeLook(edge: GraphEdge, theme: Theme, language: Language, words: EdgeWords): EdgeLook {
  const [dash, gap] = DASHES[edgeStyle(edge)];
  const remarks = [...(edge.former ? [words.former] : []), ...(edge.contested ? [words.contested] : [])];
  const label = relationshipWords(edge.type, edge.symmetric ? "both" : "out", language);
  const colour = FAMILY_COLOURS[theme][edge.family];
  return {
    color: edge.former ? mixColours(colour, SURFACES[theme].background, 0.5) : colour,
    size: edge.derived ? 1 : 1.2 + Math.min(2, Math.log2(Math.max(1, edge.sources))) * 0.7,
    dash,
    gap,
    arrow: !edge.symmetric,
    contested: edge.contested,
    label: remarks.length === 0 ? label : `${label} (${remarks.join(", ")})`,
  };
}

/** Cuts by characters as people count them, never inside one. */
export function shorten(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const whole = Array.from(text.slice(0, characters * 2));
  return whole.length <= characters && whole.join("") === text
    ? text
    : `${whole
        .slice(0, characters - 1)
        .join("")
        .trimEnd()}…`;
}

/** Two `#rrggbb` colours mixed; `share` of the second. WebGL lines stay opaque, which keeps their crossings clean. */
export function mixColours(first: string, second: string, share: number): string {
  const channel = (colour: string, at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map((at) => Math.round(channel(first, at) * (1 - share) + channel(second, at) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
