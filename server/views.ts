/**
 * The frozen copy of a saved view: made from the graph when the view is saved, compared with it when the view is opened, and
 * cleared of what a deleted article said. Knows the ports of the store and the workspace.
 */
import { isDeepStrictEqual } from "node:util";
import type { Filter } from "./contract/filter.ts";
import { standingOfClaim } from "./contract/filter.ts";
import type { DocumentReference, GraphEdge, GraphNode, StoredClaim } from "./contract/graph.ts";
import type { FrozenGraph, FrozenQuotes, NewView, SavedView, ViewChanges } from "./contract/view.ts";
import { AppError } from "./errors.ts";
import type { GraphStore } from "./store/graph-store.ts";
import type { Workspace } from "./workspace/workspace.ts";

/** Quotes kept an edge: enough to judge it by, few enough that a view of a thousand edges stays a small file. */
const QUOTES_AN_EDGE = 5;
/** Of these, at most so many that speak against it. */
const DENIALS_AN_EDGE = 2;
/** Claims looked at to find the best. */
const CLAIMS_LOOKED_AT = 100;
const QUESTIONS_AT_ONCE = 8;

type Shown = Pick<NewView, "nodes" | "edges" | "filter">;
type Graph = Pick<FrozenGraph, "nodes" | "edges">;

/**
 * What is frozen already stays as it is; what the view shows beyond it is frozen as it is now. Under another filter the counts
 * mean something else, so everything is frozen anew. A refresh does that too, and takes in the relationships that have come
 * between the nodes since.
 *
 * @throws AppError `not_found` when the graph holds none of the nodes.
 */
export async function freeze(
  shown: Shown,
  before: Pick<SavedView, "filter" | "frozen"> | null,
  parts: { store: GraphStore; now: () => Date },
  refresh = false,
): Promise<FrozenGraph> {
  const filter = countedUnder(shown.filter);
  const isSame = before !== null && isDeepStrictEqual(countedUnder(before.filter), filter);
  const kept = isSame && !refresh ? before.frozen : null;
  const keptNodes = byId(kept?.nodes ?? []);
  const keptEdges = byId(kept?.edges ?? []);
  const isComplete = shown.nodes.every(({ id }) => keptNodes.has(id)) && shown.edges.every((id) => keptEdges.has(id));
  const ids = shown.nodes.map(({ id }) => id);
  const present: Graph = isComplete ? { nodes: [], edges: [] } : await parts.store.subgraph(ids, filter);
  const presentNodes = byId(present.nodes);
  const newer = isSame && refresh ? newerEdges(present.edges, before.frozen) : [];
  const wanted = new Set([...shown.edges, ...newer.map(({ id }) => id)]);

  const nodes = ids.flatMap((id): GraphNode[] => {
    const node = keptNodes.get(id) ?? presentNodes.get(id);
    return node === undefined ? [] : [node];
  });
  if (nodes.length === 0) {
    throw new AppError("not_found", "The graph holds none of the nodes of this view any more. Show others, then save.");
  }
  const all = byId([...present.edges, ...(kept?.edges ?? [])]);
  const there = byId(nodes);
  const edges = [...all.values()].filter(
    (edge) => wanted.has(edge.id) && there.has(edge.source) && there.has(edge.target),
  );
  const keptQuotes = new Map((kept?.quotes ?? []).map((quotes) => [quotes.edge, quotes]));
  const quotes = await inTurns(edges, async (edge) => keptQuotes.get(edge.id) ?? quotesOf(edge, filter, parts.store));
  return {
    at: kept?.at ?? parts.now().toISOString(),
    nodes,
    edges,
    quotes,
    baseline: baselineOf(present.edges, kept, wanted),
    withdrawn: kept?.withdrawn ?? { quotes: 0, edges: 0, nodes: 0 },
  };
}

function newerEdges(present: readonly GraphEdge[], { baseline }: FrozenGraph): GraphEdge[] {
  const known = new Set(baseline.map(({ id }) => id));
  return present.filter(({ id }) => !known.has(id));
}

/** The least confidence hides relationships on the page; their counts are those of all claims, so that it can be lowered again. */
function countedUnder(filter: Filter): Filter {
  return Object.fromEntries(Object.entries(filter).filter(([name]) => name !== "minConfidence"));
}

/** What was known stays known; of the rest, what touches a new node or is shown is known from now on. */
function baselineOf(
  present: readonly GraphEdge[],
  kept: FrozenGraph | null,
  wanted: ReadonlySet<string>,
): FrozenGraph["baseline"] {
  const keptNodes = byId(kept?.nodes ?? []);
  const known = new Map((kept?.baseline ?? []).map((edge) => [edge.id, edge.claims]));
  for (const { id, source, target, claims } of present) {
    if (known.has(id)) continue;
    if (wanted.has(id) || !keptNodes.has(source) || !keptNodes.has(target)) known.set(id, claims);
  }
  return [...known].map(([id, claims]) => ({ id, claims }));
}

async function quotesOf(edge: GraphEdge, filter: Filter, store: GraphStore): Promise<FrozenQuotes> {
  const { claims, total } = await store.claims({
    subject: edge.source,
    object: edge.target,
    // What speaks against an edge belongs to its proof.
    filter: { ...filter, standing: undefined, relationships: [edge.type] },
    limit: CLAIMS_LOOKED_AT,
  });
  return { edge: edge.id, total, claims: bestQuotes(claims, edge), withdrawn: 0 };
}

/** The surest of each publisher first; of a contested edge some denials are always among them. Newest publication first. */
export function bestQuotes(claims: readonly StoredClaim[], edge: Pick<GraphEdge, "standing">): StoredClaim[] {
  const isAgainst = (claim: StoredClaim) => edge.standing !== "denied" && standingOfClaim(claim) === "denied";
  const against = surestFirst(claims.filter(isAgainst)).slice(0, DENIALS_AN_EDGE);
  const backing = surestFirst(claims.filter((claim) => !isAgainst(claim))).slice(0, QUOTES_AN_EDGE - against.length);
  const chosen = new Set([...backing, ...against]);
  return claims.filter((claim) => chosen.has(claim));
}

function surestFirst(claims: readonly StoredClaim[]): StoredClaim[] {
  const sure = [...claims].sort((a, b) => b.confidence - a.confidence);
  const publishers = new Set<string>();
  const first: StoredClaim[] = [];
  const again: StoredClaim[] = [];
  for (const claim of sure) {
    const publisher = claim.document.source ?? claim.document.id;
    (publishers.has(publisher) ? again : first).push(claim);
    publishers.add(publisher);
  }
  return [...first, ...again];
}

export async function changesOf(view: Pick<SavedView, "filter" | "frozen">, store: GraphStore): Promise<ViewChanges> {
  const { frozen, filter } = view;
  const present = await store.subgraph(
    frozen.nodes.map(({ id }) => id),
    countedUnder(filter),
  );
  const nodes = byId(present.nodes);
  const edges = byId(present.edges);
  const known = new Map(frozen.baseline.map(({ id, claims }) => [id, claims]));
  let newClaims = 0;
  for (const { id, claims } of present.edges) newClaims += Math.max(0, claims - (known.get(id) ?? claims));
  return {
    newEdges: newerEdges(present.edges, frozen).length,
    newClaims,
    goneNodes: frozen.nodes.flatMap(({ id }) => (nodes.has(id) ? [] : [id])),
    goneEdges: frozen.edges.flatMap(({ id }) => (edges.has(id) ? [] : [id])),
  };
}

/**
 * Takes what deleted articles said out of every saved view: their quotes, the relationships that no quote is left for, and the
 * actors that then hang on nothing and that the graph does not hold any more. To be called after the deletion.
 */
export async function withdrawDocuments(
  isGone: (document: DocumentReference) => boolean,
  parts: { store: GraphStore; workspace: Workspace },
): Promise<void> {
  for (const { id } of await parts.workspace.views()) {
    const view = await parts.workspace.view(id);
    if (view?.frozen.quotes.some(({ claims }) => claims.some(({ document }) => isGone(document))) !== true) continue;
    const left = byId(
      (
        await parts.store.subgraph(
          view.nodes.map((node) => node.id),
          {},
        )
      ).nodes,
    );
    await parts.workspace.saveView(withdrawn(view, isGone, (node) => left.has(node)));
  }
}

export function withdrawn(
  view: SavedView,
  isGone: (document: DocumentReference) => boolean,
  isKnown: (node: string) => boolean,
): SavedView {
  const { frozen } = view;
  const lost = new Set<string>();
  let count = 0;
  const quotes = frozen.quotes.flatMap((one): FrozenQuotes[] => {
    const claims = one.claims.filter(({ document }) => !isGone(document));
    const gone = one.claims.length - claims.length;
    count += gone;
    if (gone > 0 && claims.length === 0) {
      lost.add(one.edge);
      return [];
    }
    return [{ ...one, claims, withdrawn: one.withdrawn + gone }];
  });
  const edges = frozen.edges.filter(({ id }) => !lost.has(id));
  const held = new Set(edges.flatMap(({ source, target }) => [source, target]));
  const nodes = frozen.nodes.filter(({ id }) => held.has(id) || isKnown(id));
  const there = new Set(nodes.map(({ id }) => id));
  const stays = new Set(edges.map(({ id }) => id));
  return {
    ...view,
    nodes: view.nodes.filter(({ id }) => there.has(id)),
    edges: view.edges.filter((id) => stays.has(id)),
    steps: view.steps.map((step) => ({
      ...step,
      nodes: step.nodes.filter((id) => there.has(id)),
      edges: step.edges.filter((id) => stays.has(id)),
    })),
    frozen: {
      ...frozen,
      nodes,
      edges,
      quotes,
      withdrawn: {
        quotes: frozen.withdrawn.quotes + count,
        edges: frozen.withdrawn.edges + lost.size,
        nodes: frozen.withdrawn.nodes + frozen.nodes.length - nodes.length,
      },
    },
  };
}

function byId<T extends { id: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let at = 0; at < items.length; at += QUESTIONS_AT_ONCE) {
    done.push(...(await Promise.all(items.slice(at, at + QUESTIONS_AT_ONCE).map(work))));
  }
  return done;
}
