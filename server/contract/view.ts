/**
 * Saved views: where nodes stand, what hides them, what somebody wrote about them, and a frozen copy of what was shown, so that
 * a link opens the same picture whatever the graph has learnt since.
 */
import { z } from "zod";
import { filterSchema } from "./filter.ts";
import { graphEdgeSchema, graphNodeSchema, storedClaimSchema } from "./graph.ts";

export const MAX_VIEW_NODES = 2_000;
export const MAX_VIEW_EDGES = 10_000;
const MAX_STEPS = 100;

export const viewPlaceSchema = z.strictObject({
  id: z.string().min(1),
  x: z.number(),
  y: z.number(),
  hidden: z.boolean().default(false),
  /** Stays where it is when a layout runs. */
  pinned: z.boolean().default(false),
});
export type ViewPlace = z.infer<typeof viewPlaceSchema>;

/** One step of a presentation: what is lit while it is told. No nodes and no edges: the whole view. */
export const viewStepSchema = z.strictObject({
  title: z.string().min(1).max(200),
  text: z.string().max(5_000).default(""),
  nodes: z.array(z.string()).max(MAX_VIEW_NODES).default([]),
  edges: z.array(z.string()).max(MAX_VIEW_EDGES).default([]),
});
export type ViewStep = z.infer<typeof viewStepSchema>;

const viewFacts = {
  name: z.string().trim().min(1, "is empty; give the view a name").max(200),
  notes: z.string().max(20_000).default(""),
  nodes: z
    .array(viewPlaceSchema)
    .min(1, "holds no node; show something first")
    .max(MAX_VIEW_NODES, `holds more than ${MAX_VIEW_NODES} nodes; collapse or filter some first`),
  /** Ids of the edges that are shown; others between the same nodes are not part of the view. */
  edges: z.array(z.string()).max(MAX_VIEW_EDGES),
  filter: z.strictObject(filterSchema.shape).default({}),
  layout: z.string().max(40).default("force"),
  sizeBy: z.string().max(40).default("mentions"),
  colourBy: z.string().max(40).default("type"),
  steps: z.array(viewStepSchema).max(MAX_STEPS).default([]),
};

export const newViewSchema = z.strictObject({
  ...viewFacts,
  /** Id of a view whose frozen copy is taken over for what both show. */
  basedOn: z.string().optional(),
});
export type NewView = z.infer<typeof newViewSchema>;

export const changedViewSchema = z.strictObject({
  ...viewFacts,
  /** Freeze everything anew, with what has come between the nodes. Without it, only what came into the view since is added to the frozen copy. */
  refresh: z.boolean().default(false),
});
export type ChangedView = z.infer<typeof changedViewSchema>;

/** The best quotes of one edge, as they were. */
export const frozenQuotesSchema = z.object({
  edge: z.string(),
  /** Claims that there were, those that speak against it included. */
  total: z.number().int().nonnegative(),
  claims: z.array(storedClaimSchema),
  /** Quotes that left with their article. */
  withdrawn: z.number().int().nonnegative(),
});
export type FrozenQuotes = z.infer<typeof frozenQuotesSchema>;

export const frozenGraphSchema = z.object({
  /** When its oldest part was made. */
  at: z.string(),
  nodes: z.array(graphNodeSchema),
  edges: z.array(graphEdgeSchema),
  quotes: z.array(frozenQuotesSchema),
  /** Every edge between the nodes at that time, shown or not, with its number of claims: what is newer is told from it. */
  baseline: z.array(z.object({ id: z.string(), claims: z.number().int().nonnegative() })),
  /** What left with deleted articles. */
  withdrawn: z.object({
    quotes: z.number().int().nonnegative(),
    edges: z.number().int().nonnegative(),
    nodes: z.number().int().nonnegative(),
  }),
});
export type FrozenGraph = z.infer<typeof frozenGraphSchema>;

export const savedViewSchema = z.object({
  ...viewFacts,
  id: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  frozen: frozenGraphSchema,
});
export type SavedView = z.infer<typeof savedViewSchema>;

export const viewSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  notes: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  frozenAt: z.string(),
  nodes: z.number().int().nonnegative(),
  edges: z.number().int().nonnegative(),
  steps: z.number().int().nonnegative(),
});
export type ViewSummary = z.infer<typeof viewSummarySchema>;

/** What the graph says today beyond the frozen copy. */
export const viewChangesSchema = z.object({
  /** Relationships between the view's nodes that did not exist then. */
  newEdges: z.number().int().nonnegative(),
  /** Claims that joined relationships of then. */
  newClaims: z.number().int().nonnegative(),
  /** Ids of nodes and edges that the graph no longer holds: merged, deleted, or no longer stated. */
  goneNodes: z.array(z.string()),
  goneEdges: z.array(z.string()),
});
export type ViewChanges = z.infer<typeof viewChangesSchema>;

/** What of the frozen copy is drawn: nothing hidden, nothing under the least confidence. */
export function shownInView({ frozen, nodes, filter }: Pick<SavedView, "frozen" | "nodes" | "filter">) {
  const hidden = new Set(nodes.filter((place) => place.hidden).map(({ id }) => id));
  return {
    nodes: frozen.nodes.filter(({ id }) => !hidden.has(id)),
    edges: frozen.edges.filter(
      ({ source, target, confidence }) =>
        !hidden.has(source) && !hidden.has(target) && confidence >= (filter.minConfidence ?? 0),
    ),
  };
}

export function summaryOfView(view: SavedView): ViewSummary {
  const { id, name, notes, createdAt, updatedAt, frozen, steps } = view;
  const shown = shownInView(view);
  const counts = { nodes: shown.nodes.length, edges: shown.edges.length, steps: steps.length };
  return { id, name, notes, createdAt, updatedAt, frozenAt: frozen.at, ...counts };
}
