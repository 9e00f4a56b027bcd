/**
 * Between what is shown and a saved view, both ways: what is sent when it is saved, what is drawn when it is opened, and whether the
 * two still agree.
 */
import type { GraphEdge } from "../../../server/contract/graph.ts";
import type { ChangedView, FrozenQuotes, SavedView, ViewStep } from "../../../server/contract/view.ts";
import { datasetOf, type Dataset } from "./dataset.ts";
import { LAYOUTS, type Layout } from "./layouts/registry.ts";
import { COLOURINGS, METRICS, type Colouring, type Metric } from "./metrics.ts";
import type { Positions } from "./positions.ts";
import { visibleOf, type ViewFilter } from "./visible.ts";

/** What is on the canvas, and how it is looked at. */
export interface Picture {
  dataset: Dataset;
  hidden: ReadonlySet<string>;
  positions: Positions;
  filter: ViewFilter;
  layout: Layout;
  sizeBy: Metric;
  colourBy: Colouring;
  pinned: ReadonlySet<string>;
}

/** What a person writes about a view. */
export interface ViewWords {
  name: string;
  notes: string;
  steps: readonly ViewStep[];
}

export type ViewBody = Omit<ChangedView, "refresh">;

const MOVED_UNITS = 0.5;

export function bodyOf(picture: Picture, words: ViewWords): ViewBody {
  const { dataset, hidden, positions, filter, layout, sizeBy, colourBy, pinned } = picture;
  return {
    name: words.name.trim(),
    notes: words.notes,
    nodes: [...dataset.nodes.keys()].map((id) => {
      const { x, y } = positions.get(id) ?? { x: 0, y: 0 };
      return { id, x, y, hidden: hidden.has(id), pinned: pinned.has(id) };
    }),
    edges: [...dataset.edges.keys()],
    filter,
    layout,
    sizeBy,
    colourBy,
    // A step without a title is one that is still being written.
    steps: words.steps.filter(({ title }) => title.trim() !== ""),
  };
}

/** A layout or a measure that this page does not know, from a later version, is the first of its list. */
export function pictureOf(view: SavedView): Picture {
  return {
    dataset: datasetOf(view.frozen),
    hidden: new Set(view.nodes.filter(({ hidden }) => hidden).map(({ id }) => id)),
    positions: new Map(view.nodes.map(({ id, x, y }) => [id, { x, y }])),
    filter: view.filter,
    layout: LAYOUTS.find((one) => one === view.layout) ?? LAYOUTS[0],
    sizeBy: METRICS.find((one) => one === view.sizeBy) ?? METRICS[0],
    colourBy: COLOURINGS.find((one) => one === view.colourBy) ?? COLOURINGS[0],
    pinned: new Set(view.nodes.filter(({ pinned }) => pinned).map(({ id }) => id)),
  };
}

/** What a saved view draws: not all that it holds. */
export function shownOfView(view: SavedView): Dataset {
  const { dataset, hidden, filter } = pictureOf(view);
  return visibleOf(dataset, hidden, filter);
}

export function wordsOf({ name, notes, steps }: SavedView): ViewWords {
  return { name, notes, steps };
}

/** Whether something is shown that the saved view does not hold, or not in its place. */
export function isPictureChanged(picture: Picture, view: SavedView): boolean {
  const { dataset, hidden, positions, filter, sizeBy, colourBy, pinned } = picture;
  if (dataset.nodes.size !== view.frozen.nodes.length || dataset.edges.size !== view.frozen.edges.length) return true;
  if (sizeBy !== view.sizeBy || colourBy !== view.colourBy || !sameFilter(filter, view.filter)) return true;
  const places = new Map(view.nodes.map((place) => [place.id, place]));
  for (const id of dataset.nodes.keys()) {
    const place = places.get(id);
    const position = positions.get(id);
    if (place === undefined || position === undefined || place.hidden !== hidden.has(id)) return true;
    if (place.pinned !== pinned.has(id)) return true;
    if (Math.abs(place.x - position.x) > MOVED_UNITS || Math.abs(place.y - position.y) > MOVED_UNITS) return true;
  }
  // What was fetched again says what the articles say now, and that is not what was saved.
  return view.frozen.edges.some((edge) => dataset.edges.get(edge.id) !== edge);
}

export function areWordsChanged(words: ViewWords, view: SavedView): boolean {
  return JSON.stringify(words) !== JSON.stringify(wordsOf(view));
}

function sameFilter(one: ViewFilter, other: ViewFilter): boolean {
  const told = (filter: ViewFilter) => JSON.stringify(Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1)));
  return told(one) === told(other);
}

/** The quotes that were kept of an edge, while it is drawn as it was kept. */
export function keptQuotes(edge: GraphEdge, view: SavedView): FrozenQuotes | null {
  if (!view.frozen.edges.includes(edge)) return null;
  return view.frozen.quotes.find((quotes) => quotes.edge === edge.id) ?? null;
}
