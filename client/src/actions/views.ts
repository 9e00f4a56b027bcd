/**
 * Saved views: keeping what is shown, opening it again as it was, and telling what the articles say beyond it. A view that the server
 * did not get yet is kept by the browser and sent again when the server is back.
 */
import { ApiError, type ShownExport } from "../api.ts";
import { parseAddress, pathOf, type Address } from "../address.ts";
import { record, startHistory } from "../graph/history.ts";
import {
  areWordsChanged,
  bodyOf,
  isPictureChanged,
  pictureOf,
  wordsOf,
  type Picture,
  type ViewWords,
} from "../graph/saved-view.ts";
import { anyConfidence } from "../graph/visible.ts";
import type { SavedView } from "../../../server/contract/view.ts";
import { gatheredIn, openedOf, shownOf, viewOf, type PendingView, type State, type StepLabel } from "../state.ts";
import { isUnreachable, messageOf, type Context } from "./context.ts";
import type { Overview } from "./overview.ts";
import type { Panels } from "./panels.ts";

/** What of the browser the views need. */
export interface Surroundings {
  path: () => string;
  goTo: (path: string, how: "push" | "replace") => void;
  /** What is kept over a closed page; null: nothing. */
  keptView: () => string | null;
  keepView: (text: string | null) => void;
  /** A path as others can open it. */
  linkTo: (path: string) => string;
  /** Puts the link to a path on the clipboard. */
  copy: (path: string) => Promise<void>;
  saveFile: (name: string, content: Blob) => void;
}

export function createViews(
  { store, api, say, notify, report }: Context,
  { openPanel }: Panels,
  { openOverview }: Overview,
  surroundings: Surroundings,
) {
  const { getState, setState } = store;

  /** The first picture of the page: what its address asks for. */
  async function openFirst(): Promise<void> {
    restorePending();
    await followAddress();
  }

  async function followAddress(): Promise<void> {
    const address = parseAddress(surroundings.path());
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
    const { positions, filter, layout: kind, sizeBy } = pictureOf(view);
    const { layout, focus } = getState();
    return {
      positions,
      filter,
      sizeBy,
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

  function pictureNow(): Picture {
    const state = getState();
    const view = viewOf(state);
    const { positions, filter, sizeBy } = state;
    return { dataset: gatheredIn(view), hidden: view.hidden, positions, filter, layout: state.layout.kind, sizeBy };
  }

  /** While a layout runs only the canvas knows where nodes are. */
  function whenStill(): Promise<void> {
    if (!getState().layout.running) return Promise.resolve();
    return new Promise((resolve) => {
      const stop = store.subscribe(({ layout }) => {
        if (layout.running) return;
        stop();
        resolve();
      });
    });
  }

  async function saveAsNew(name: string): Promise<void> {
    await whenStill();
    const opened = openedOf(getState());
    const words = opened === null ? { name, notes: "", steps: [] } : { ...opened.words, name };
    await send({ id: null, basedOn: opened?.view.id ?? null, body: bodyOf(pictureNow(), words), refresh: false });
  }

  async function saveChanges(): Promise<void> {
    await whenStill();
    const opened = openedOf(getState());
    if (opened === null) return;
    await send({ id: opened.view.id, basedOn: null, body: bodyOf(pictureNow(), opened.words), refresh: false });
  }

  /** Takes in what the articles say now, with the relationships that came between the same nodes. */
  async function refreshOpened(): Promise<void> {
    const opened = openedOf(getState());
    if (opened === null) return;
    try {
      const picture = pictureNow();
      const known = new Set(opened.view.frozen.baseline.map(({ id }) => id));
      const now = await api.subgraph([...picture.dataset.nodes.keys()], anyConfidence(picture.filter));
      const newer = now.edges.map(({ id }) => id).filter((id) => !known.has(id));
      const body = bodyOf(picture, opened.words);
      body.edges = [...new Set([...body.edges, ...newer])];
      await send({ id: opened.view.id, basedOn: null, body, refresh: true });
    } catch (error) {
      report(error);
    }
  }

  async function send(pending: PendingView): Promise<void> {
    setState({ pendingView: pending });
    surroundings.keepView(JSON.stringify(pending));
    try {
      const view = await deliver(pending);
      release();
      notify(say("views.saved", { name: view.name }), "information");
      adopt(view);
      if (getState().views !== null) await listViews();
    } catch (error) {
      // Unreachable: it stays, and is sent again by `sendPending`.
      if (!isUnreachable(error)) release();
      report(error);
    }
  }

  /** A view that somebody deleted meanwhile is saved as a new one rather than lost. */
  async function deliver({ id, basedOn, body, refresh }: PendingView): Promise<SavedView> {
    if (id === null) return api.saveView(body, basedOn);
    try {
      return await api.changeView(id, body, refresh);
    } catch (error) {
      if (error instanceof ApiError && error.code === "not_found") return api.saveView(body, null);
      throw error;
    }
  }

  function release(): void {
    setState({ pendingView: null });
    surroundings.keepView(null);
  }

  /** What was sent is what is looked at, unless somebody has gone on meanwhile. */
  function adopt(view: SavedView): void {
    const opened = openedOf(getState());
    if (opened?.view.id === view.id) {
      const { history } = getState();
      const { dataset, hidden } = pictureOf(view);
      const value = { dataset, hidden, overview: null };
      setState({
        history: { ...history, present: { ...history.present, value } },
        opened: { ...opened, view, words: wordsOf(view), changes: null },
      });
      void compare(view.id);
      return;
    }
    draw(view);
    goTo({ kind: "view", id: view.id }, "push");
  }

  function restorePending(): void {
    const text = surroundings.keptView();
    if (text === null || getState().pendingView !== null) return;
    try {
      setState({ pendingView: JSON.parse(text) as PendingView });
    } catch {
      surroundings.keepView(null);
    }
  }

  async function sendPending(): Promise<void> {
    const { pendingView } = getState();
    if (pendingView !== null) await send(pendingView);
  }

  store.subscribe((state, before) => {
    if (state.connection === "ready" && before.connection !== "ready") {
      restorePending();
      void sendPending();
    }
    // Whoever leaves a view by undoing it or by another picture leaves its address.
    if (openedOf(state) !== null || openedOf(before) === null) return;
    if (parseAddress(surroundings.path()).kind !== "home") goTo({ kind: "home" }, "push");
    if (state.slide !== null) setState({ slide: null });
  });

  async function deleteView(id: string): Promise<void> {
    try {
      await api.deleteView(id);
      const { opened } = getState();
      if (opened?.view.id === id) {
        setState({ opened: null });
        goTo({ kind: "home" }, "replace");
      }
      notify(say("views.deleted"), "information");
      await listViews();
    } catch (error) {
      report(error);
    }
  }

  function setViewWords(words: Partial<ViewWords>): void {
    const { opened } = getState();
    if (opened !== null) setState({ opened: { ...opened, words: { ...opened.words, ...words } } });
  }

  async function copyViewLink(id: string): Promise<void> {
    const path = pathOf({ kind: "view", id });
    try {
      await surroundings.copy(path);
      notify(say("views.copied"), "information");
    } catch {
      // Pages that are not served by this machine or encrypted may not write to the clipboard.
      notify(say("views.link", { address: surroundings.linkTo(path) }), "information");
    }
  }

  async function exportShown(format: ShownExport): Promise<void> {
    const { filter, language } = getState();
    const ids = [...shownOf(getState()).nodes.keys()];
    if (ids.length === 0) return;
    const title = openedOf(getState())?.words.name ?? say("dossier.shown");
    try {
      const content = await api.exportShown(format, ids, filter, language, title);
      surroundings.saveFile(`fil-rouge.${format.replace("-", ".")}`, content);
    } catch (error) {
      report(error);
    }
  }

  function goTo(address: Address, how: "push" | "replace"): void {
    const path = pathOf(address);
    if (path !== surroundings.path()) surroundings.goTo(path, how);
  }

  return {
    openFirst,
    followAddress,
    goTo,
    openView,
    openViews,
    listViews,
    saveAsNew,
    saveChanges,
    refreshOpened,
    /** Back to what was saved, words and picture. */
    revertView: () => {
      const opened = openedOf(getState());
      if (opened !== null) draw(opened.view);
    },
    deleteView,
    setViewWords,
    copyViewLink,
    exportShown,
    isViewChanged: () => {
      const opened = openedOf(getState());
      return (
        opened !== null && (areWordsChanged(opened.words, opened.view) || isPictureChanged(pictureNow(), opened.view))
      );
    },
  };
}

export type Views = ReturnType<typeof createViews>;
