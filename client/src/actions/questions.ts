/**
 * The view's questions to the server. What is uncertain is fetched as well and hidden by the page, which can then tell how much it
 * hides; the nodes of the overview and of an expansion are chosen under the whole filter.
 */
import type { Graph } from "../../../server/contract/graph.ts";
import type { Api } from "../api.ts";
import { datasetOf, mergeGraph } from "../graph/dataset.ts";
import { anyConfidence, type ViewFilter } from "../graph/visible.ts";
import type { View } from "../state.ts";

export async function overviewUnder(filter: ViewFilter, api: Api): Promise<View> {
  const certain = await api.overview(filter);
  // Some are chosen for links to countries and places, which the overview leaves out: alone they tell nothing.
  const linked = new Set(certain.edges.flatMap((edge) => [edge.source, edge.target]));
  const nodes = new Set(certain.nodes.map((node) => node.id).filter((id) => linked.has(id)));
  const overview = { nodes, total: Math.max(certain.total, nodes.size) };
  if (filter.minConfidence === undefined) return { dataset: datasetOf(certain), hidden: new Set(), overview };
  const whole = await api.overview(anyConfidence(filter));
  const known = new Set(whole.nodes.map((node) => node.id));
  // Beyond the overview's limit the two choose different actors; edges are asked again so that all are counted alike.
  const differs = certain.nodes.some((node) => !known.has(node.id));
  const dataset = differs
    ? datasetOf(await api.subgraph([...new Set([...known, ...nodes])], anyConfidence(filter)))
    : mergeGraph(datasetOf(whole), { nodes: certain.nodes, edges: [] });
  return { dataset, hidden: new Set(), overview };
}

/** The relationships among some nodes, uncertain ones included. */
export function graphAmong(ids: Iterable<string>, filter: ViewFilter, api: Api): Promise<Graph> {
  return api.subgraph([...new Set(ids)], anyConfidence(filter));
}
