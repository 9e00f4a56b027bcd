/**
 * The page's one store. Values only: what was fetched, what is shown, what is selected. `actions/` changes it, `view/` reads it.
 */
import { create } from "zustand";
import type { GalleryQuery, SavedQuery } from "../../server/contract/api.ts";
import type { CypherResult } from "../../server/contract/cypher.ts";
import type {
  DocumentSummary,
  EntityDetail,
  EntityHit,
  GraphEdge,
  Neighbours,
  Paths,
  StoredClaim,
  StoredDocument,
  Timeline,
  Together,
} from "../../server/contract/graph.ts";
import type { Span } from "../../server/contract/extraction.ts";
import type { Language } from "../../server/contract/ontology.ts";
import type { Originals } from "../../server/contract/original.ts";
import type { DocumentReport, Health, Job } from "../../server/contract/report.ts";
import type { Watching } from "../../server/contract/watching.ts";
import type { SavedView, ViewChanges, ViewSummary } from "../../server/contract/view.ts";
import type { Theme } from "./graph/appearance.ts";
import { EMPTY_DATASET, onlyNodes, type Dataset } from "./graph/dataset.ts";
import { startHistory, type History } from "./graph/history.ts";
import type { Layout } from "./graph/layouts/registry.ts";
import type { Colouring, Measure, Measured, Metric } from "./graph/metrics.ts";
import type { Positions } from "./graph/positions.ts";
import type { ViewBody, ViewWords } from "./graph/saved-view.ts";
import { FIRST_REVIEW, type Review } from "./review-state.ts";
import { anyConfidence, FIRST_FILTER, visibleOf, type ViewFilter } from "./graph/visible.ts";
import type { TextKey, TextParameters } from "./text.ts";

export type Loadable<T> = { state: "loading" } | { state: "ready"; value: T } | { state: "failed"; message: string };

/** What one step of the history holds. Positions are kept apart: undo never throws nodes around. */
export interface View {
  dataset: Dataset;
  hidden: ReadonlySet<string>;
  /**
   * Set while the view is the overview: its nodes, and how many there are with those beyond it. The dataset then also holds what
   * only uncertain relationships join.
   */
  overview: { nodes: ReadonlySet<string>; total: number } | null;
}

export interface StepLabel {
  key: TextKey;
  parameters: TextParameters;
}

export type Panel =
  | { kind: "entity"; id: string }
  | { kind: "edge"; edge: GraphEdge }
  | { kind: "article"; document: string; claim: StoredClaim | null; /** Lit without a claim. */ sentence: Span | null }
  | { kind: "articles" }
  | { kind: "paths"; from: string; to: string | null }
  | { kind: "views" };

export type Screen = "graph" | "table" | "query" | "review";

/** The saved view that was opened, with what is written about it now and what the articles say beyond it. */
export interface OpenedView {
  view: SavedView;
  words: ViewWords;
  changes: ViewChanges | null;
  /** The step that opened it: undoing that step leaves the view. */
  label: StepLabel;
}

/** A view on its way to the server; it outlives a server that is away and a page that is closed. */
export interface PendingView {
  /** Null: a new one. */
  id: string | null;
  basedOn: string | null;
  body: ViewBody;
  refresh: boolean;
}

export interface Evidence {
  /** Set when these are the quotes that a saved view kept. */
  keptAt: string | null;
  claims: readonly StoredClaim[];
  total: number;
  nextCursor: string | null;
  loadingMore: boolean;
}

export interface SearchState {
  query: string;
  entities: readonly EntityHit[];
  documents: readonly DocumentSummary[];
  total: number;
  state: "idle" | "searching" | "ready" | "failed";
}

export type Ingestion =
  | { state: "closed" }
  | { state: "form"; message: string | null }
  | { state: "working"; job: Job | null; names: readonly string[] }
  | { state: "done"; reports: readonly DocumentReport[]; message: string | null };

export interface Console {
  text: string;
  /** As written; what is not in the text is kept for the next one that asks for it. */
  params: Readonly<Record<string, string>>;
  /** The query of the gallery, or the saved one, that the text was taken from. */
  origin: { kind: "gallery" | "saved"; id: string } | null;
  answer: Loadable<CypherResult> | null;
  /** Where in the text the server found it wrong. */
  fault: { start: number; end: number; message: string } | null;
}

export interface Notice {
  text: string;
  kind: "information" | "problem";
  id: number;
}

export interface State {
  language: Language;
  theme: Theme;
  connection: "starting" | "ready" | "lost" | "locked";
  /** Why the sign-in or the start failed, in the server's words. */
  connectionMessage: string | null;
  health: Health | null;
  screen: Screen;
  history: History<View, StepLabel>;
  positions: Positions;
  filter: ViewFilter;
  /** Dates of the claims of the view, under the filter without its days. */
  timeline: Timeline | null;
  timelineOpen: boolean;
  sizeBy: Metric;
  layout: {
    kind: Layout;
    running: boolean;
    /** Grows with every request to run. */ turn: number;
    only: "all" | "new" | "none";
  };
  colourBy: Colouring;
  /** Nodes that no layout moves. */
  pinned: ReadonlySet<string>;
  /** What the worker measured last of each kind. */
  measures: Readonly<Partial<Record<Measure, Measured>>>;
  /** The last one is shown; going back takes it off. */
  panels: readonly Panel[];
  hovered: string | null;
  /** What the camera shall bring into view; grows its turn with every request. */
  focus: { ids: readonly string[]; turn: number };
  search: SearchState;
  entities: Readonly<Record<string, Loadable<EntityDetail>>>;
  /** Neighbours of an entity by kind of relationship, under the filter. */
  counts: Readonly<Record<string, Neighbours["counts"]>>;
  expanding: string | null;
  evidence: Readonly<Record<string, Loadable<Evidence>>>;
  articles: Readonly<Record<string, Loadable<StoredDocument>>>;
  originals: Readonly<Record<string, Loadable<Originals>>>;
  watching: Loadable<Watching> | null;
  together: Readonly<Record<string, Loadable<Together>>>;
  /** Whether the overlay of those named in one sentence is drawn. */
  togetherOn: boolean;
  articleList: Loadable<{ documents: readonly DocumentSummary[]; total: number; nextCursor: string | null }> | null;
  paths: Loadable<Paths> | null;
  ingestion: Ingestion;
  views: Loadable<readonly ViewSummary[]> | null;
  opened: OpenedView | null;
  pendingView: PendingView | null;
  /** Id of a link that leads to no view. */
  lostView: string | null;
  /** Null: no presentation runs. Slide 0 is the cover. */
  slide: number | null;
  legendOpen: boolean;
  helpOpen: boolean;
  cypher: Console;
  queries: Loadable<{ gallery: readonly GalleryQuery[]; saved: readonly SavedQuery[] }> | null;
  review: Review;
  /** Who decides: a free name, kept by the browser. */
  author: string;
  notice: Notice | null;
}

export function initialState(language: Language, theme: Theme, author = ""): State {
  const view: View = { dataset: EMPTY_DATASET, hidden: new Set(), overview: null };
  return {
    language,
    theme,
    connection: "starting",
    connectionMessage: null,
    health: null,
    screen: "graph",
    history: startHistory(view, { key: "step.start", parameters: {} }),
    positions: new Map(),
    filter: FIRST_FILTER,
    timeline: null,
    timelineOpen: true,
    sizeBy: "mentions",
    colourBy: "type",
    pinned: new Set(),
    measures: {},
    layout: { kind: "force", running: false, turn: 0, only: "all" },
    panels: [],
    hovered: null,
    focus: { ids: [], turn: 0 },
    search: { query: "", entities: [], documents: [], total: 0, state: "idle" },
    entities: {},
    counts: {},
    expanding: null,
    evidence: {},
    articles: {},
    originals: {},
    watching: null,
    together: {},
    togetherOn: false,
    articleList: null,
    paths: null,
    ingestion: { state: "closed" },
    views: null,
    opened: null,
    pendingView: null,
    lostView: null,
    slide: null,
    legendOpen: true,
    helpOpen: false,
    cypher: { text: "", params: {}, origin: null, answer: null, fault: null },
    queries: null,
    review: FIRST_REVIEW,
    author,
    notice: null,
  };
}

export function createStore(initial: State) {
  return create<State>(() => initial);
}

export type Store = ReturnType<typeof createStore>;

export function viewOf(state: State): View {
  return state.history.present.value;
}

/** What a step that goes on from a view starts with: the overview leaves behind what it did not show. */
export function gatheredIn({ dataset, overview }: View): Dataset {
  return overview === null ? dataset : onlyNodes(dataset, overview.nodes);
}

let lastShown: { view: View; filter: ViewFilter; shown: Dataset } | null = null;

/** What is drawn, listed, counted and told in the legend: one value for all of them. */
export function shownOf({ history, filter }: Pick<State, "history" | "filter">): Dataset {
  const view = history.present.value;
  if (lastShown?.view !== view || lastShown.filter !== filter) {
    lastShown = { view, filter, shown: visibleOf(gatheredIn(view), view.hidden, filter) };
  }
  return lastShown.shown;
}

/** Relationships that only the least confidence keeps out of sight. */
export function uncertainOf({ history, filter }: Pick<State, "history" | "filter">): number {
  const { minConfidence } = filter;
  if (minConfidence === undefined) return 0;
  const { dataset, hidden } = history.present.value;
  const edges = visibleOf(dataset, hidden, anyConfidence(filter)).edges.values();
  return [...edges].filter(({ confidence }) => confidence < minConfidence).length;
}

/** Steps that begin another picture instead of going on with the one before. */
const BEGINNINGS: ReadonlySet<TextKey> = new Set<TextKey>([
  "step.start",
  "step.overview",
  "step.article",
  "step.query",
  "step.view",
]);

/** The saved view that the present picture began with; null when it began otherwise. */
export function openedOf({ opened, history }: Pick<State, "opened" | "history">): OpenedView | null {
  if (opened === null) return null;
  const beginning = [...history.past, history.present].findLast(({ label }) => BEGINNINGS.has(label.key));
  return beginning?.label === opened.label ? opened : null;
}

export function panelOf(state: State): Panel | null {
  return state.panels.at(-1) ?? null;
}

/** What is lit in the graph: the latest panel that is about a node, an edge or a path. */
export function selectionOf(state: State): Extract<Panel, { kind: "entity" | "edge" | "paths" }> | null {
  for (const panel of [...state.panels].reverse()) {
    if (panel.kind === "entity" || panel.kind === "edge" || panel.kind === "paths") return panel;
  }
  return null;
}

/** Under what an edge's quotes are kept. */
export function evidenceKey(edge: Pick<GraphEdge, "source" | "target" | "type">): string {
  return `${edge.source}|${edge.type}|${edge.target}`;
}
