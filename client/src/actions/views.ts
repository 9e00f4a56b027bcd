/**
 * Opening saved views: by their list, by a link, by the browser's own buttons. An opened view is what was kept; what the articles say
 * beyond it is only told.
 */
import type { SavedView } from "../../../server/contract/view.ts";
import { parseAddress, pathOf, type Address } from "../address.ts";
import { ApiError } from "../api.ts";
import { record, startHistory } from "../graph/history.ts";
import { pictureOf, wordsOf } from "../graph/saved-view.ts";
import { openedOf, viewOf, type State, type StepLabel } from "../state.ts";
import { isUnreachable, messageOf, type Context } from "./context.ts";
import type { Overview } from "./overview.ts";
import type { Panels } from "./panels.ts";
import type { Surroundings } from "./surroundings.ts";

export function createViews(
  { store, api, report }: Context,
  { openPanel }: Panels,
  { openOverview }: Overview,
  { path, goTo: setPath }: Surroundings,
) {
  const { getState, setState } = store;

  /** What the page's address asks for: a view, a slide of its presentation, or the overview. */
  async function followAddress(): Promise<void> {
    const address = parseAddress(path());
    const opened = openedOf(getState());
    if (address.kind === "home") {
      setState({ slide: null });
      if (opened !== null || viewOf(getState()).dataset.nodes.size === 0) await openOverview();
      return;
    }
    if (opened?.view.id !== address.id && !(await fetchView(address.id))) return;
    const steps = openedOf(getState())?.words.steps ?? [];
    if (address.kind === "view") {
      setState({ slide: null });
      return;
    }
    const slide = Math.min(address.slide, steps.length);
    const { focus } = getState();
    setState({
      slide,
      panels: [],
      screen: "graph",
      focus: { ids: steps[slide - 1]?.nodes ?? [], turn: focus.turn + 1 },
    });
  }

  async function openView(id: string): Promise<void> {
    if (await fetchView(id)) goTo({ kind: "view", id }, "push");
  }

  /** False when there is nothing to show; why is told. */
  async function fetchView(id: string): Promise<boolean> {
    try {
      draw(await api.view(id));
      void compare(id);
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.code === "not_found") {
        setState({ lostView: id, slide: null });
        goTo({ kind: "home" }, "replace");
        if (viewOf(getState()).dataset.nodes.size === 0) await openOverview();
        await openViews();
      } else report(error);
      return false;
    }
  }

  function draw(view: SavedView): void {
    const label: StepLabel = { key: "step.view", parameters: { name: view.name } };
    const { history } = getState();
    const { dataset, hidden } = pictureOf(view);
    const value = { dataset, hidden, overview: null };
    // The first picture of the page is where undo ends.
    const isFirst = history.present.value.dataset.nodes.size === 0;
    setState({
      ...placesOf(view),
      history: isFirst ? startHistory(value, label) : record(history, value, label),
      opened: { view, words: wordsOf(view), changes: null, label },
      lostView: null,
      panels: getState().panels.filter(({ kind }) => kind === "views"),
      screen: "graph",
    });
  }

  /** Every layout that runs is stopped: nodes are where they were. */
  function placesOf(view: SavedView): Partial<State> {
    const { positions, filter, layout: kind, sizeBy, colourBy, pinned } = pictureOf(view);
    const { layout, focus } = getState();
    return {
      positions,
      filter,
      sizeBy,
      colourBy,
      pinned,
      layout: { kind, running: false, turn: layout.turn + 1, only: "none" },
      focus: { ids: [], turn: focus.turn + 1 },
    };
  }

  async function compare(id: string): Promise<void> {
    try {
      const changes = await api.viewChanges(id);
      const { opened } = getState();
      if (opened?.view.id === id) setState({ opened: { ...opened, changes } });
    } catch (error) {
      report(error);
    }
  }

  async function openViews(): Promise<void> {
    openPanel({ kind: "views" });
    await listViews();
  }

  async function listViews(): Promise<void> {
    if (getState().views?.state !== "ready") setState({ views: { state: "loading" } });
    try {
      setState({ views: { state: "ready", value: await api.views() } });
    } catch (error) {
      if (isUnreachable(error)) report(error);
      setState({ views: { state: "failed", message: messageOf(error) } });
    }
  }

  store.subscribe((state, before) => {
    // Whoever leaves a view by undoing it or by another picture leaves its address.
    if (openedOf(state) !== null || openedOf(before) === null) return;
    if (parseAddress(path()).kind !== "home") goTo({ kind: "home" }, "push");
    if (state.slide !== null) setState({ slide: null });
  });

  function goTo(address: Address, how: "push" | "replace"): void {
    const wanted = pathOf(address);
    if (wanted !== path()) setPath(wanted, how);
  }

  return {
    openFirst: followAddress,
    followAddress,
    goTo,
    draw,
    compare,
    openView,
    openViews,
    listViews,
    /** Back to what was saved, words and picture. */
    revertView: () => {
      const opened = openedOf(getState());
      if (opened !== null) draw(opened.view);
    },
  };
}

export type Views = ReturnType<typeof createViews>;
