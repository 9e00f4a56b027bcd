/**
 * The layouts as described values. `force` and `noOverlap` run in a worker and are played by the layout controller; the others are
 * functions of the dataset. The menu is generated from this list.
 */
import type { Dataset } from "../dataset.ts";
import { degrees } from "../dataset.ts";
import { NODE_TYPES, typeOf } from "../ontology.ts";
import { boxOf, type Point, type Positions } from "../positions.ts";

export const LAYOUTS = ["force", "noOverlap", "circular", "byType", "byTime"] as const;
export type Layout = (typeof LAYOUTS)[number];

/** The worker plays it, from where nodes stand. */
export function isPlayed(layout: Layout): boolean {
  return layout === "force" || layout === "noOverlap";
}

const SPACING = 90;
const SCREEN_ASPECT = 1.5;
const LARGEST_STRETCH = 6;

/** Positions of an instant layout; null for those that the worker plays. */
export function instantLayout(layout: Layout, dataset: Dataset): Positions | null {
  switch (layout) {
    case "force":
    case "noOverlap":
      return null;
    case "circular":
      return circular(dataset);
    case "byType":
      return filling(byType(dataset));
    case "byTime":
      return filling(byTime(dataset));
  }
}

/** As wide as screens are for its height: the shorter way is drawn out. */
function filling(positions: Positions): Positions {
  const box = boxOf(positions.values());
  if (box === null) return positions;
  const width = Math.max(1, box.x[1] - box.x[0]);
  const height = Math.max(1, box.y[1] - box.y[0]);
  const wide = width / height / SCREEN_ASPECT;
  const [stretchX, stretchY] =
    wide > 1 ? [1, Math.min(wide, LARGEST_STRETCH)] : [Math.min(1 / wide, LARGEST_STRETCH), 1];
  return new Map([...positions].map(([id, { x, y }]) => [id, { x: x * stretchX, y: y * stretchY }]));
}

function byDegree(dataset: Dataset): string[] {
  const degree = degrees(dataset);
  return [...dataset.nodes.keys()].sort((a, b) => (degree.get(b) ?? 0) - (degree.get(a) ?? 0) || (a < b ? -1 : 1));
}

function typeIndex(dataset: Dataset, id: string): number {
  const type = typeOf(dataset.nodes.get(id)?.labels ?? []);
  return type === null ? NODE_TYPES.length : NODE_TYPES.indexOf(type);
}

function circular(dataset: Dataset): Positions {
  const ids = byDegree(dataset).sort((a, b) => typeIndex(dataset, a) - typeIndex(dataset, b));
  const radius = Math.max(SPACING, (ids.length * SPACING) / (2 * Math.PI) / 1.6);
  return new Map(
    ids.map((id, index): [string, Point] => {
      const angle = Math.PI / 2 - (index / Math.max(1, ids.length)) * 2 * Math.PI;
      return [id, { x: radius * Math.cos(angle), y: radius * Math.sin(angle) }];
    }),
  );
}

/** One block a type, the blocks in the order of the ontology, each filled row by row with the best connected first. */
function byType(dataset: Dataset): Positions {
  const groups = new Map<number, string[]>();
  for (const id of byDegree(dataset)) {
    const index = typeIndex(dataset, id);
    groups.set(index, [...(groups.get(index) ?? []), id]);
  }
  const positions = new Map<string, Point>();
  let left = 0;
  let top = 0;
  let rowHeight = 0;
  const rowWidth = Math.sqrt(dataset.nodes.size) * SPACING * 2.4;
  for (const [, ids] of [...groups].sort(([a], [b]) => a - b)) {
    const columns = Math.ceil(Math.sqrt(ids.length));
    const width = columns * SPACING * 1.6;
    const height = Math.ceil(ids.length / columns) * SPACING;
    if (left > 0 && left + width > rowWidth) {
      top -= rowHeight + SPACING;
      left = 0;
      rowHeight = 0;
    }
    ids.forEach((id, index) => {
      const x = left + (index % columns) * SPACING * 1.6;
      positions.set(id, { x, y: top - Math.floor(index / columns) * SPACING });
    });
    left += width + SPACING;
    rowHeight = Math.max(rowHeight, height);
  }
  return positions;
}

/** Left to right by the first article that names the node; those of one month stand above each other. */
function byTime(dataset: Dataset): Positions {
  const columns = new Map<string, string[]>();
  for (const id of byDegree(dataset)) {
    const month = dataset.nodes.get(id)?.firstSeen?.slice(0, 7) ?? "";
    columns.set(month, [...(columns.get(month) ?? []), id]);
  }
  const positions = new Map<string, Point>();
  let x = 0;
  for (const [, ids] of [...columns].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const rows = Math.max(6, Math.ceil(Math.sqrt(dataset.nodes.size) * 1.2));
    ids.forEach((id, index) => {
      const row = index % rows;
      const height = Math.min(rows, ids.length) - 1;
      positions.set(id, { x: x + Math.floor(index / rows) * SPACING * 1.5, y: (height / 2 - row) * SPACING });
    });
    x += (Math.ceil(ids.length / rows) + 0.6) * SPACING * 1.8;
  }
  return positions;
}
