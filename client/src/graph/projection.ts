/**
 * The Sigma graph as a function: visible dataset, appearance and positions in, a fresh graphology graph out. It is thrown away
 * and made again whenever one of them changes; only positions flow back, when a layout stops.
 */
import { MultiDirectedGraph } from "graphology";
import type { EdgeStyle } from "./appearance.ts";
import {
  communityColour,
  edgeLook,
  edgeStyle,
  mixColours,
  nodeLook,
  SURFACES,
  type EdgeWords,
  type Theme,
} from "./appearance.ts";
import type { Dataset } from "./dataset.ts";
import type { Language } from "../../../server/contract/ontology.ts";
import { isMeasure, weightsOf, type Colouring, type Measure, type Metric } from "./metrics.ts";
import type { Positions } from "./positions.ts";
import { SHAPES } from "./shapes.ts";

export interface SigmaNode {
  x: number;
  y: number;
  size: number;
  color: string;
  label: string;
  type: "shape" | "circle" | "point";
  /** Index in `SHAPES`. */
  shape: number;
  /** Colour of the ring around it; the background's when it has none. */
  ring: string;
}

export interface SigmaEdge {
  size: number;
  color: string;
  /** At full strength, for an edge in the light; at rest lines step back behind the nodes. */
  litColor: string;
  label: string;
  type: "thread" | "line";
  dash: number;
  gap: number;
  arrow: number;
  contested: number;
  /** Pixels aside, seen along the edge, so that parallel edges run beside each other. */
  lane: number;
  standing: EdgeStyle;
}

export type SigmaGraph = MultiDirectedGraph<SigmaNode, SigmaEdge>;

export interface Projection {
  theme: Theme;
  language: Language;
  sizeBy: Metric;
  colourBy: Colouring;
  /** What a worker measured, where size or colour need it. */
  measures: Partial<Record<Measure, ReadonlyMap<string, number>>>;
  /** Ringed: no layout moves them. */
  pinned: ReadonlySet<string>;
  words: EdgeWords;
}

const RESTING_EDGE_SHARE = 0.3;
/** Silhouettes cost most; where nodes are many, nobody tells shapes apart before zooming in. */
const CIRCLES_ABOVE = 2_000;
const POINTS_ABOVE = 10_000;
/** Above this many edges they are plain lines: nobody sees dashes there, and software rendering stays usable. */
const PLAIN_LINES_ABOVE = 4_000;
const LANE_PIXELS = 12;

export function projectGraph(visible: Dataset, positions: Positions, projection: Projection): SigmaGraph {
  const { theme, language, sizeBy, colourBy, measures, pinned, words } = projection;
  const graph: SigmaGraph = new MultiDirectedGraph();
  const { size: order } = visible.nodes;
  const type = order > POINTS_ABOVE ? "point" : order > CIRCLES_ABOVE ? "circle" : "shape";
  const weights = weightsOf(visible, sizeBy, isMeasure(sizeBy) ? (measures[sizeBy] ?? null) : null);
  const groups = colourBy === "community" ? measures.community : undefined;
  for (const [id, node] of visible.nodes) {
    const { shape, ...look } = nodeLook(node, weights.get(id) ?? 0, theme);
    const { x, y } = positions.get(id) ?? { x: 0, y: 0 };
    const ring = pinned.has(id) ? SURFACES[theme].ink : SURFACES[theme].background;
    const color = groups === undefined ? look.color : communityColour(groups.get(id) ?? Infinity, theme);
    graph.addNode(id, { ...look, color, x, y, type, shape: SHAPES.indexOf(shape), ring });
  }
  const lanes = lanesOf(visible);
  for (const [id, edge] of visible.edges) {
    const { arrow, contested, ...look } = edgeLook(edge, theme, language, words);
    graph.addDirectedEdgeWithKey(id, edge.source, edge.target, {
      ...look,
      color: mixColours(look.color, SURFACES[theme].background, RESTING_EDGE_SHARE),
      litColor: look.color,
      type: visible.edges.size > PLAIN_LINES_ABOVE ? "line" : "thread",
      arrow: arrow ? 1 : 0,
      contested: contested ? 1 : 0,
      lane: lanes.get(id) ?? 0,
      standing: edgeStyle(edge),
    });
  }
  return graph;
}

/** Spreads the edges between two nodes evenly; the sign follows the edge's direction, so both directions keep apart. */
function lanesOf({ edges }: Dataset): Map<string, number> {
  const bundles = new Map<string, string[]>();
  for (const [id, { source, target }] of edges) {
    const key = source < target ? `${source}\n${target}` : `${target}\n${source}`;
    const bundle = bundles.get(key);
    if (bundle === undefined) bundles.set(key, [id]);
    else bundle.push(id);
  }
  const lanes = new Map<string, number>();
  for (const bundle of bundles.values()) {
    if (bundle.length === 1) continue;
    bundle.forEach((id, index) => {
      const edge = edges.get(id);
      if (edge === undefined) return;
      const aside = (index - (bundle.length - 1) / 2) * LANE_PIXELS;
      lanes.set(id, edge.source < edge.target ? aside : -aside);
    });
  }
  return lanes;
}
