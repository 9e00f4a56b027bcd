/**
 * What all reads of the graph share: edges under a selection, from the projection or from claims, and the nodes at their ends.
 */
import type { GraphEdge, GraphNode } from "../contract/graph.ts";
import type { EdgeType, NodeType } from "../contract/ontology.ts";
import { compare } from "./date-order.ts";
import type { Transaction } from "./executor.ts";
import { EVENT_TYPES, projectClaims, type ClaimFact } from "./projection.ts";
import { factsAround, factsOfSelection } from "./queries/claims.ts";
import { edgesAmong } from "./queries/edges.ts";
import { nodesById } from "./queries/entities.ts";
import { showsNode, type Selection } from "./selection.ts";

type Worth = Pick<GraphEdge, "id" | "sources" | "claims" | "confidence">;

/** Best first: more independent sources, then more claims, then the surer one; the id decides the rest. */
export function inOrderOfWorth(a: Worth, b: Worth): number {
  return b.sources - a.sources || b.claims - a.claims || b.confidence - a.confidence || compare(a.id, b.id);
}

export function inOrderOfId(a: { id: string }, b: { id: string }): number {
  return compare(a.id, b.id);
}

export function typesOfEnds(claims: Iterable<ClaimFact>): Map<string, NodeType> {
  const types = new Map<string, NodeType>();
  for (const claim of claims) {
    types.set(claim.subject, claim.subjectType);
    types.set(claim.object, claim.objectType);
  }
  return types;
}

/** The edges that claims back and the selection shows, whatever their ends. */
export function edgesOfClaims(claims: Iterable<ClaimFact>, selection: Selection): GraphEdge[] {
  const shown = new Set<EdgeType>(selection.edgeTypes);
  return projectClaims(claims, selection.standings).filter((edge) => shown.has(edge.type));
}

/**
 * The claims that pass and join one of the entities, with what derived edges of these entities need: the other halves of the
 * events that they conducted or that targeted them.
 */
export async function claimsAround(
  entities: readonly string[],
  selection: Selection,
  transaction: Transaction,
): Promise<ClaimFact[]> {
  if (selection.claimTypes.length === 0) return [];
  const near = await transaction.run(factsAround(entities, selection));
  const events = new Set(
    near.flatMap((claim) => {
      if (claim.type === EVENT_TYPES.conducted) return [claim.object];
      return claim.type === EVENT_TYPES.targeted ? [claim.subject] : [];
    }),
  );
  for (const id of entities) events.delete(id);
  if (events.size === 0) return near;
  const far = await transaction.run(
    factsAround([...events], { ...selection, claimTypes: [EVENT_TYPES.conducted, EVENT_TYPES.targeted] }),
  );
  const all = new Map([...near, ...far].map((claim) => [claim.id, claim]));
  return [...all.values()];
}

export async function claimsOfSelection(selection: Selection, transaction: Transaction): Promise<ClaimFact[]> {
  return selection.claimTypes.length === 0 ? [] : transaction.run(factsOfSelection(selection));
}

/** Edges of the selection that have both ends among the entities, in the order of their ids. */
export async function edgesAmongEntities(
  ids: readonly string[],
  selection: Selection,
  transaction: Transaction,
): Promise<GraphEdge[]> {
  if (selection.edgeTypes.length === 0 || ids.length === 0) return [];
  if (!selection.needsClaims) return (await transaction.run(edgesAmong(ids, selection.edgeTypes))).sort(inOrderOfId);
  const wanted = new Set(ids);
  return edgesOfClaims(await claimsAround(ids, selection, transaction), selection).filter(
    (edge) => wanted.has(edge.source) && wanted.has(edge.target),
  );
}

/** The nodes that exist and that the selection shows; `always` are shown whatever their type. */
export async function shownNodes(
  ids: Iterable<string>,
  selection: Selection,
  transaction: Transaction,
  always: readonly string[] = [],
): Promise<Map<string, GraphNode>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const nodes = await transaction.run(nodesById(wanted));
  return new Map(
    nodes
      .filter((node) => always.includes(node.id) || showsNode(selection, node.labels))
      .map((node) => [node.id, node]),
  );
}
