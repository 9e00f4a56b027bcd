/** What a contract suite is given: one opened store, emptied before each test. */
import type { Executor } from "../../../server/store/executor.ts";
import type { GraphStore } from "../../../server/store/graph-store.ts";
import type { GraphEdge, GraphNode } from "../../../server/contract/graph.ts";
import type { Filter } from "../../../server/contract/filter.ts";
import type { ResolvedDocument } from "../../../server/contract/resolution.ts";

export interface Opened {
  store: GraphStore;
  /** To look into the database behind the store. */
  executor: Executor;
}

/** Set before the tests of a suite run. */
export type Subject = () => Opened;

export async function saveAll(store: GraphStore, ...documents: ResolvedDocument[]): Promise<void> {
  for (const document of documents) await store.save(document);
}

/** All of a graph, in the order of ids. */
export async function wholeGraph(
  store: GraphStore,
  filter: Filter = {},
): Promise<{ nodes: GraphNode[]; edges: GraphEdge[] }> {
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  for await (const page of store.exportPages(filter)) {
    nodes.push(...page.nodes);
    edges.push(...page.edges);
  }
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  return { nodes: nodes.sort(byId), edges: edges.sort(byId) };
}

export const LIMITS = { rows: 1_000, bytes: 1_000_000, milliseconds: 20_000 };
