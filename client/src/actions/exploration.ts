/**
 * Walking through the graph: selecting and opening actors, expanding, collapsing and hiding them.
 */
import type { Graph } from "../../../server/contract/graph.ts";
import type { EdgeType } from "../../../server/contract/ontology.ts";
import { datasetOf, leavesOf, mergeGraph, neighboursIn, withoutNodes } from "../graph/dataset.ts";
import { relationshipWords } from "../graph/ontology.ts";
import { gatheredIn, panelOf, shownOf, viewOf, type StepLabel } from "../state.ts";
import type { Context } from "./context.ts";
import type { Panels } from "./panels.ts";
import type { Paths } from "./paths.ts";
import { graphAmong } from "./questions.ts";
import type { Steps } from "./steps.ts";

/** Neighbours drawn by one expansion; "more" asks for as many again. */
export const NEIGHBOURS_A_STEP = 50;
const MOST_NEIGHBOURS = 500;

export function createExploration(
  { store, api, say, notify, report }: Context,
  { show, focusOn }: Steps,
  { openPanel, leaveConsole, loadEntity }: Panels,
  { findPaths }: Paths,
) {
  const { getState, setState } = store;

  async function selectEntity(id: string): Promise<void> {
    const last = panelOf(getState());
    if (last?.kind === "paths" && last.to === null && last.from !== id) {
      await findPaths(last.from, id);
      return;
    }
    openPanel({ kind: "entity", id });
    leaveConsole();
    await loadEntity(id);
  }

  /** Brings an entity into the graph when it is not there yet, with its links to what is shown. */
  async function openEntity(id: string): Promise<void> {
    const selecting = selectEntity(id);
    const view = viewOf(getState());
    if (!gatheredIn(view).nodes.has(id) || view.hidden.has(id)) await bring([id], id);
    const around = neighboursIn(shownOf(getState()), id).map(({ node }) => node.id);
    focusOn([id, ...around]);
    leaveConsole();
    await selecting;
  }

  async function bring(ids: readonly string[], origin: string | null, label?: StepLabel): Promise<void> {
    const view = viewOf(getState());
    const gathered = gatheredIn(view);
    try {
      const graph = await graphAmong([...ids, ...gathered.nodes.keys()], getState().filter, api);
      const dataset = mergeGraph(gathered, graph);
      const hidden = new Set([...view.hidden].filter((id) => !ids.includes(id)));
      const name = dataset.nodes.get(ids[0] ?? "")?.name ?? "";
      show({ dataset, hidden, overview: null }, label ?? { key: "step.open", parameters: { name } }, origin, false);
    } catch (error) {
      report(error);
    }
  }

  async function expand(id: string, type?: EdgeType, limit = NEIGHBOURS_A_STEP): Promise<void> {
    setState({ expanding: id });
    try {
      const { filter } = getState();
      const relationships = type === undefined ? undefined : [type];
      const most = Math.min(limit, MOST_NEIGHBOURS);
      const neighbours = await api.neighbours(id, most, filter, relationships);
      const view = viewOf(getState());
      const gathered = gatheredIn(view);
      const merged = mergeGraph(gathered, neighbours);
      const shown = new Set(neighbours.nodes.map((node) => node.id));
      const hidden = new Set([...view.hidden].filter((other) => !shown.has(other)));
      const name = merged.nodes.get(id)?.name ?? "";
      const language = getState().language;
      const label: StepLabel =
        type === undefined
          ? { key: "step.expand", parameters: { name } }
          : { key: "step.expand.type", parameters: { name, type: relationshipWords(type, "out", language) } };
      const grew = merged.nodes.size > gathered.nodes.size || merged.edges.size > gathered.edges.size;
      if (grew || hidden.size < view.hidden.size) show({ dataset: merged, hidden, overview: null }, label, id, false);
      else notify(say("entity.expand.nothing", { name }), "information");
    } catch (error) {
      report(error);
    } finally {
      setState({ expanding: null });
    }
  }

  function collapse(id: string): void {
    const view = viewOf(getState());
    const gathered = gatheredIn(view);
    const leaves = leavesOf(gathered, id);
    if (leaves.size === 0) return;
    const name = view.dataset.nodes.get(id)?.name ?? "";
    const dataset = withoutNodes(gathered, leaves);
    show({ ...view, dataset, overview: null }, { key: "step.collapse", parameters: { name } }, null, false);
  }

  function hide(id: string): void {
    const view = viewOf(getState());
    const name = view.dataset.nodes.get(id)?.name ?? "";
    show({ ...view, hidden: new Set([...view.hidden, id]) }, { key: "step.hide", parameters: { name } }, null, false);
    setState({ panels: getState().panels.filter((panel) => panel.kind !== "entity" || panel.id !== id) });
  }

  function showGraph(graph: Pick<Graph, "nodes" | "edges">, label: StepLabel, fresh: boolean): void {
    const view = viewOf(getState());
    const dataset = fresh ? datasetOf(graph) : mergeGraph(gatheredIn(view), graph);
    show({ dataset, hidden: fresh ? new Set() : view.hidden, overview: null }, label, null, fresh);
    setState({ screen: "graph" });
    focusOn(graph.nodes.map((node) => node.id));
  }

  return {
    selectEntity,
    openEntity,
    expand,
    collapse,
    hide,
    /** A pinned node keeps its place whatever layout runs. */
    togglePin: (id: string) => {
      const pinned = new Set(getState().pinned);
      if (!pinned.delete(id)) pinned.add(id);
      setState({ pinned });
    },
    showGraph,
    setHovered: (hovered: string | null) => {
      if (getState().hovered !== hovered) setState({ hovered });
    },
  };
}
