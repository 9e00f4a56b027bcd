/**
 * The panel at the right as a stack: what was opened last is shown, going back takes it off. What a panel tells of an entity is
 * fetched here.
 */
import { panelOf, type Panel, type Screen } from "../state.ts";
import { isUnreachable, messageOf, type Context } from "./context.ts";

export function createPanels({ store, api, put, report }: Context) {
  const { getState, setState } = store;

  function openPanel(panel: Panel): void {
    // The saved views stand in the stack once: on top of what is lit, which a step may be made of.
    const panels = getState().panels.filter(({ kind }) => panel.kind !== "views" || kind !== "views");
    const last = panels.at(-1);
    // A second node or edge takes the place of the first; an article opens on top of what led to it.
    const replace = last !== undefined && !staysBelow(last) && !staysBelow(panel);
    setState({ panels: [...(replace ? panels.slice(0, -1) : panels), panel].slice(-12) });
  }

  function back(): void {
    const { panels } = getState();
    const [below, last] = panels.slice(-2);
    // What was chosen beside the saved views stays lit when they are looked at again.
    const swap = below?.kind === "views" && last !== undefined && !staysBelow(last);
    setState({ panels: swap ? [...panels.slice(0, -2), last, below] : panels.slice(0, -1) });
  }

  /** Nodes and edges are seen in the graph and in the table; whoever opens one from the console comes back. */
  function leaveConsole(): void {
    if (getState().screen === "query") setState({ screen: "graph" });
  }

  async function loadEntity(id: string): Promise<void> {
    void preview(id);
    if (getState().entities[id]?.state !== "ready") put("entities", id, { state: "loading" });
    try {
      put("entities", id, { state: "ready", value: await api.entity(id) });
    } catch (error) {
      if (isUnreachable(error)) report(error);
      put("entities", id, { state: "failed", message: messageOf(error) });
    }
  }

  /** How many neighbours there are of each kind under the filter, before anything is drawn. */
  async function preview(id: string): Promise<void> {
    const { filter } = getState();
    try {
      const { counts } = await api.neighbours(id, 1, filter);
      if (getState().filter === filter) setState((state) => ({ counts: { ...state.counts, [id]: counts } }));
    } catch (error) {
      // The panel tells the rest, and what failed with it.
      if (isUnreachable(error)) report(error);
    }
  }

  store.subscribe((state, before) => {
    if (state.filter === before.filter) return;
    setState({ counts: {} });
    const panel = panelOf(state);
    if (panel?.kind === "entity") void preview(panel.id);
  });

  return {
    openPanel,
    leaveConsole,
    loadEntity,
    back,
    closePanels: () => setState({ panels: [] }),
    setScreen: (screen: Screen) => setState({ screen }),
  };
}

export type Panels = ReturnType<typeof createPanels>;

/** Articles and saved views are no choice in the graph: they lie over it, or it over them. */
function staysBelow({ kind }: Panel): boolean {
  return kind === "article" || kind === "views";
}
