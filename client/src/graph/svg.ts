/**
 * The drawn graph as an SVG file: the same silhouettes, dashes, arrows and names as on the canvas, all of it and not only what is
 * in view. Text and names are escaped: whatever they hold stays text.
 */
import { SURFACES, type Theme } from "./appearance.ts";
import type { SigmaEdge, SigmaGraph, SigmaNode } from "./projection.ts";
import { boxOf, type Point } from "./positions.ts";
import { SHAPE_PATHS, SHAPES } from "./shapes.ts";

export interface SvgLook {
  theme: Theme;
  title: string;
  /** Pixel of a node, y downwards, where everything is in view. */
  place: (id: string) => Point;
  /** Words along edges; without, the picture of many stays readable. */
  worded: boolean;
}

const MARGIN = 40;
const NAME_ROOM = 240;
const FONT = "'Libre Franklin', 'Helvetica Neue', Arial, sans-serif";

export function svgOf(
  graph: Pick<SigmaGraph, "mapNodes" | "mapEdges" | "getNodeAttributes">,
  { theme, title, place, worded }: SvgLook,
): string {
  const surface = SURFACES[theme];
  const places = new Map(graph.mapNodes((id) => [id, place(id)]));
  const box = boxOf(places.values()) ?? { x: [0, 0], y: [0, 0] };
  const left = box.x[0] - MARGIN;
  const top = box.y[0] - MARGIN;
  const width = box.x[1] - left + MARGIN + NAME_ROOM;
  const height = box.y[1] - top + MARGIN;
  const at = (id: string): Point => places.get(id) ?? { x: 0, y: 0 };
  const edges = graph.mapEdges((_id, edge, source, target) =>
    edgeSvg(edge, at(source), at(target), graph.getNodeAttributes(source), graph.getNodeAttributes(target), worded),
  );
  const nodes = graph.mapNodes((id, node) => nodeSvg(node, at(id), surface.background, surface.ink));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${numbers(left, top, width, height)}" width="${round(width)}" height="${round(height)}" font-family="${FONT}">`,
    `<title>${escaped(title)}</title>`,
    `<rect x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(height)}" fill="${surface.background}"/>`,
    `<g class="edges" fill="none">${edges.join("")}</g>`,
    `<g class="nodes">${nodes.join("")}</g>`,
    "</svg>",
    "",
  ].join("\n");
}

function nodeSvg(node: SigmaNode, { x, y }: Point, background: string, ink: string): string {
  const shape = SHAPES[node.shape] ?? "circle";
  // Silhouettes are drawn in a box of 24 around a radius of about 10.
  const scale = node.size / 10;
  const move = `translate(${numbers(x - 12 * scale, y - 12 * scale)}) scale(${round(scale)})`;
  const name = `<text x="${round(x + node.size + 5)}" y="${round(y + 4)}" font-size="12.5" font-weight="${node.size > 12 ? 600 : 500}" fill="${ink}" stroke="${background}" stroke-width="4" stroke-linejoin="round" paint-order="stroke">${escaped(node.label)}</text>`;
  return `<g><path d="${SHAPE_PATHS[shape]}" transform="${move}" fill="${node.color}" fill-rule="evenodd" stroke="${node.ring}" stroke-width="${round(2 / scale)}" paint-order="stroke"/>${name}</g>`;
}

function edgeSvg(
  edge: SigmaEdge,
  from: Point,
  to: Point,
  source: SigmaNode,
  target: SigmaNode,
  worded: boolean,
): string {
  const whole = Math.hypot(to.x - from.x, to.y - from.y);
  if (whole <= source.size + target.size + 4) return "";
  const along = { x: (to.x - from.x) / whole, y: (to.y - from.y) / whole };
  // Lanes are told in the graph's upward y.
  const aside = { x: along.y * edge.lane, y: -along.x * edge.lane };
  const point = (way: number): Point => ({ x: from.x + along.x * way + aside.x, y: from.y + along.y * way + aside.y });
  const start = point(source.size);
  const tip = point(whole - target.size - 2.5);
  const head = 5 + edge.size * 2;
  const end = edge.arrow === 1 ? point(whole - target.size - 2.5 - head * 0.8) : tip;
  const dashes = edge.dash === 0 ? "" : ` stroke-dasharray="${numbers(edge.dash, edge.gap)}"`;
  const line = `<path d="M${numbers(start.x, start.y)}L${numbers(end.x, end.y)}" stroke="${edge.color}" stroke-width="${round(edge.size)}"${dashes}/>`;
  const wing = 2.2 + edge.size;
  const base = point(whole - target.size - 2.5 - head);
  const arrow =
    edge.arrow === 0
      ? ""
      : `<path d="M${numbers(tip.x, tip.y)}L${numbers(base.x + along.y * wing, base.y - along.x * wing)}L${numbers(base.x - along.y * wing, base.y + along.x * wing)}z" fill="${edge.color}"/>`;
  const middle = point(whole / 2);
  const stroke = (way: number) =>
    `<path d="M${numbers(middle.x + along.x * way + along.y * 5.5, middle.y + along.y * way - along.x * 5.5)}L${numbers(middle.x + along.x * way - along.y * 5.5, middle.y + along.y * way + along.x * 5.5)}" stroke="${edge.color}" stroke-width="1.8"/>`;
  const contested = edge.contested === 1 ? stroke(-2.4) + stroke(2.4) : "";
  return `<g>${line}${arrow}${contested}${worded ? wordsSvg(edge, middle, along) : ""}</g>`;
}

function wordsSvg(edge: SigmaEdge, { x, y }: Point, along: Point): string {
  const turn = (Math.atan2(along.y, along.x) * 180) / Math.PI;
  // Never upside down.
  const angle = turn > 90 ? turn - 180 : turn < -90 ? turn + 180 : turn;
  return `<text transform="translate(${numbers(x, y)}) rotate(${round(angle)})" y="-4" text-anchor="middle" font-size="11" fill="${edge.litColor}">${escaped(edge.label)}</text>`;
}

function numbers(...values: number[]): string {
  return values.map(round).join(" ");
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Control characters are no XML at all. */
function escaped(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
  );
}
