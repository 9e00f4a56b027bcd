/**
 * All shortest paths between two entities over the projection, never through a document: two actors of one article are not
 * joined by it.
 */
import type { Filter } from "../contract/filter.ts";
import type { GraphEdge, Path, Paths, StoredClaim } from "../contract/graph.ts";
import type { RelationshipType } from "../contract/ontology.ts";
import { compare } from "./date-order.ts";
import type { Transaction } from "./executor.ts";
import { EVENT_TYPES, edgeIdOfClaim, STORED_STANDINGS } from "./projection.ts";
import { bestClaimOfEdges, claimsById } from "./queries/claims.ts";
import { shortestPaths } from "./queries/edges.ts";
import { nodesById } from "./queries/entities.ts";
import {
  claimsOfSelection,
  edgesAmongEntities,
  edgesOfClaims,
  inOrderOfWorth,
  shownNodes,
  typesOfEnds,
} from "./reads.ts";
import { selectionOf, type Selection } from "./selection.ts";

export const MAX_HOPS = 6;
/** More paths than anyone reads; told by `truncated`. */
const MAX_PATHS = 100;

export async function paths(
  from: string,
  to: string,
  max: number,
  filter: Filter,
  transaction: Transaction,
): Promise<Paths | null> {
  const ends = await transaction.run(nodesById([...new Set([from, to])]));
  if (ends.length < new Set([from, to]).size) return null;
  const selection = selectionOf(filter);
  const hops = Math.min(Math.max(1, max), MAX_HOPS);
  const found = await nodePaths(from, to, hops, selection, transaction);
  const kept = found.slice(0, MAX_PATHS);
  const ids = [...new Set([from, to, ...kept.flat()])];
  const nodes = await shownNodes(ids, selection, transaction, [from, to]);
  const edges = await edgesAmongEntities(ids, selection, transaction);
  const steps = new Set(kept.flatMap(stepsOf));
  const used = edges.filter((edge) => steps.has(stepKey(edge.source, edge.target)));
  const evidence = await bestClaims(used, selection, transaction);
  return {
    paths: kept.map((path) => pathOf(path, used, evidence)),
    graph: { nodes: [...nodes.values()], edges: used, truncated: false, total: nodes.size },
    length: kept[0] === undefined ? null : kept[0].length - 1,
    truncated: found.length > kept.length,
  };
}

async function nodePaths(
  from: string,
  to: string,
  max: number,
  selection: Selection,
  transaction: Transaction,
): Promise<string[][]> {
  if (from === to) return [[from]];
  if (selection.edgeTypes.length === 0) return [];
  if (!selection.needsClaims && selection.nodeTypes === null) {
    return transaction.run(shortestPaths(from, to, max, selection.edgeTypes, MAX_PATHS + 1));
  }
  const claims = await claimsOfSelection(selection, transaction);
  const types = typesOfEnds(claims);
  const shows = (id: string) => {
    const type = types.get(id);
    return (
      id === from || id === to || selection.nodeTypes === null || (type !== undefined && selection.nodeTypes.has(type))
    );
  };
  const edges = edgesOfClaims(claims, selection).filter((edge) => shows(edge.source) && shows(edge.target));
  return shortestPathsOver(edges, from, to, max, MAX_PATHS + 1);
}

/** Breadth first from one end, then back along the layers; node sequences in the order of their ids. */
export function shortestPathsOver(
  edges: readonly Pick<GraphEdge, "source" | "target">[],
  from: string,
  to: string,
  max: number,
  limit: number,
): string[][] {
  const around = new Map<string, Set<string>>();
  const join = (a: string, b: string) => around.set(a, (around.get(a) ?? new Set()).add(b));
  for (const { source, target } of edges) {
    join(source, target);
    join(target, source);
  }
  const distance = new Map([[to, 0]]);
  let layer = [to];
  for (let hops = 1; hops <= max && layer.length > 0 && !distance.has(from); hops += 1) {
    const next: string[] = [];
    for (const id of layer) {
      for (const neighbour of around.get(id) ?? []) {
        if (distance.has(neighbour)) continue;
        distance.set(neighbour, hops);
        next.push(neighbour);
      }
    }
    layer = next;
  }
  const length = distance.get(from);
  if (length === undefined) return [];
  const found: string[][] = [];
  const walk = (path: string[], left: number): void => {
    if (found.length >= limit) return;
    const last = path.at(-1) ?? from;
    if (left === 0) {
      found.push(path);
      return;
    }
    const closer = [...(around.get(last) ?? [])].filter((id) => distance.get(id) === left - 1);
    for (const id of closer.sort(compare)) walk([...path, id], left - 1);
  };
  walk([from], length);
  return found;
}

function stepKey(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

function stepsOf(path: readonly string[]): string[] {
  return path.slice(1).map((id, index) => stepKey(path[index] ?? id, id));
}

function pathOf(
  nodes: string[],
  edges: readonly GraphEdge[],
  evidence: ReadonlyMap<string, readonly StoredClaim[]>,
): Path {
  return {
    nodes,
    hops: stepsOf(nodes).map((step) => {
      const joining = edges.filter((edge) => stepKey(edge.source, edge.target) === step).sort(inOrderOfWorth);
      const claims = new Map(joining.flatMap((edge) => evidence.get(edge.id) ?? []).map((claim) => [claim.id, claim]));
      return { edges: joining.map((edge) => edge.id), claims: [...claims.values()] };
    }),
  };
}

/** The best claim of each edge: stated before alleged, then the surer, then the id. A derived edge has one for each half. */
async function bestClaims(
  edges: readonly GraphEdge[],
  selection: Selection,
  transaction: Transaction,
): Promise<Map<string, StoredClaim[]>> {
  const halves = new Map(edges.map((edge) => [edge.id, halvesOf(edge)]));
  const all = [...new Set([...halves.values()].flat())];
  if (all.length === 0) return new Map();
  const standings = new Set([...selection.standings, ...STORED_STANDINGS]);
  const found = await transaction.run(bestClaimOfEdges(all, { ...selection, standings }));
  const best = new Map(found.map(({ edge, claim }) => [edge, claim]));
  const claims = new Map(
    best.size === 0
      ? []
      : (await transaction.run(claimsById([...best.values()]))).map((claim) => [claim.id, claim] as const),
  );
  return new Map(
    [...halves].map(([id, parts]) => [
      id,
      parts.flatMap((part) => {
        const claim = claims.get(best.get(part) ?? "");
        return claim === undefined ? [] : [claim];
      }),
    ]),
  );
}

function halvesOf(edge: GraphEdge): string[] {
  const [event] = edge.via;
  if (!edge.derived || event === undefined) return [edge.id];
  return [edgeIdOf(EVENT_TYPES.conducted, edge.source, event), edgeIdOf(EVENT_TYPES.targeted, event, edge.target)];
}

function edgeIdOf(type: RelationshipType, subject: string, object: string): string {
  return edgeIdOfClaim({ type, subject, object });
}
