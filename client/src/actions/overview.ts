/**
 * The view as a whole: the overview, the filter on it, and fetching it again after the graph has changed.
 */
import { datasetOf } from "../graph/dataset.ts";
import { NO_FILTER, type ViewFilter } from "../graph/visible.ts";
import { panelOf, viewOf, type StepLabel } from "../state.ts";
import type { Context } from "./context.ts";
import type { Panels } from "./panels.ts";
import { graphAmong, overviewUnder } from "./questions.ts";
import type { Steps } from "./steps.ts";

export function createOverview(
  { store, api, report }: Context,
  { show, amend, restart }: Steps,
  { loadEntity }: Panels,
) {
  const { getState, setState } = store;

  async function openOverview(): Promise<void> {
    try {
      const view = await overviewUnder(getState().filter, api);
      const label: StepLabel = { key: "step.overview", parameters: {} };
      // The first view is where undo ends.
      if (viewOf(getState()).dataset.nodes.size === 0) restart(view, label);
      else show(view, label, null, true);
    } catch (error) {
      report(error);
    }
  }

  async function refreshHealth(): Promise<void> {
    try {
      setState({ health: await api.health() });
    } catch (error) {
      report(error);
    }
  }

  /** Everything that was fetched about entities and edges may have changed. */
  function forget(): void {
    setState({ entities: {}, evidence: {}, articles: {}, together: {}, counts: {}, articleList: null });
  }

  /** Fetches again what is shown: the same nodes where they still exist. */
  async function refreshView(label: StepLabel): Promise<void> {
    void refreshHealth();
    const view = viewOf(getState());
    try {
      const { filter } = getState();
      if (view.overview !== null || view.dataset.nodes.size === 0) {
        show(await overviewUnder(filter, api), label, null, view.dataset.nodes.size === 0);
      } else {
        const graph = await graphAmong(view.dataset.nodes.keys(), filter, api);
        show({ ...view, dataset: datasetOf(graph) }, label, null, false);
      }
      const { dataset } = viewOf(getState());
      setState((state) => ({
        panels: state.panels.filter((panel) => panel.kind !== "entity" || dataset.nodes.has(panel.id)),
      }));
      const panel = panelOf(getState());
      if (panel?.kind === "entity") await loadEntity(panel.id);
    } catch (error) {
      report(error);
    }
  }

  async function setFilter(filter: ViewFilter): Promise<void> {
    setState({ filter });
    const view = viewOf(getState());
    try {
      if (view.overview === null) {
        if (view.dataset.nodes.size === 0) return;
        // Counts and dates of an edge are those of the claims that pass.
        const graph = await graphAmong(view.dataset.nodes.keys(), filter, api);
        if (getState().filter !== filter) return;
        const edges = new Map(graph.edges.map((edge) => [edge.id, edge]));
        amend({ ...view, dataset: { nodes: view.dataset.nodes, edges } });
      } else {
        const overview = await overviewUnder(filter, api);
        if (getState().filter !== filter) return;
        amend({ ...overview, hidden: view.hidden });
      }
    } catch (error) {
      report(error);
    }
  }

  return { openOverview, refreshHealth, refreshView, forget, setFilter, clearFilter: () => setFilter(NO_FILTER) };
}

export type Overview = ReturnType<typeof createOverview>;
