/**
 * Where nodes stand. Positions outlive the Sigma graph: a node that was placed keeps its place, a new one starts beside the node
 * it was reached from. Deterministic: the same dataset gives the same picture.
 */
import { degrees, type Dataset } from "./dataset.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}
export type Positions = ReadonlyMap<string, Point>;

const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
/** Graph units between two turns of the first spiral: about the room that a node and its name need. */
const SPACING = 60;

/**
 * Places what has no place yet: beside `origin` when it stands already, else beside a placed neighbour, else on a spiral with the
 * best connected in the middle.
 */
export function placeNew(dataset: Dataset, positions: Positions, origin: string | null): Positions {
  const missing = [...dataset.nodes.keys()].filter((id) => !positions.has(id));
  if (missing.length === 0) return positions;
  const placed = new Map(positions);
  const degree = degrees(dataset);
  missing.sort((a, b) => (degree.get(b) ?? 0) - (degree.get(a) ?? 0) || (a < b ? -1 : 1));
  if (positions.size === 0) {
    missing.forEach((id, index) => placed.set(id, onSpiral({ x: 0, y: 0 }, index, SPACING)));
    return placed;
  }
  const started = new Map<string, number>();
  const parentOf = parents(dataset, positions, origin);
  const lonely = centreOf(positions);
  for (const id of missing) {
    const parent = parentOf.get(id);
    const around = parent === undefined ? undefined : placed.get(parent);
    const key = parent ?? "";
    const index = (started.get(key) ?? 0) + 1;
    started.set(key, index);
    placed.set(id, onSpiral(around ?? lonely, index + (around === undefined ? positions.size : 0), SPACING * 0.8));
  }
  return placed;
}

function parents(dataset: Dataset, positions: Positions, origin: string | null): Map<string, string> {
  const found = new Map<string, string>();
  const consider = (id: string, other: string) => {
    if (positions.has(id) || !positions.has(other)) return;
    if (other === origin || !found.has(id)) found.set(id, other);
  };
  for (const { source, target } of dataset.edges.values()) {
    consider(source, target);
    consider(target, source);
  }
  if (origin !== null && positions.has(origin)) {
    for (const id of dataset.nodes.keys()) if (!positions.has(id) && !found.has(id)) found.set(id, origin);
  }
  return found;
}

function onSpiral(centre: Point, index: number, spacing: number): Point {
  const radius = spacing * Math.sqrt(index);
  const angle = index * GOLDEN_ANGLE;
  return { x: centre.x + radius * Math.cos(angle), y: centre.y + radius * Math.sin(angle) };
}

function centreOf(positions: Positions): Point {
  let x = 0;
  let y = 0;
  for (const point of positions.values()) {
    x += point.x;
    y += point.y;
  }
  return { x: x / positions.size, y: y / positions.size };
}

export interface Box {
  x: [number, number];
  y: [number, number];
}

/** Null when nothing is placed. */
export function boxOf(points: Iterable<Point>): Box | null {
  let box: Box | null = null;
  for (const { x, y } of points) {
    box =
      box === null
        ? { x: [x, x], y: [y, y] }
        : {
            x: [Math.min(box.x[0], x), Math.max(box.x[1], x)],
            y: [Math.min(box.y[0], y), Math.max(box.y[1], y)],
          };
  }
  return box;
}
