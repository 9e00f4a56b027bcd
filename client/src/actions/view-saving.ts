/**
 * Saving views: as new ones, with what was changed, with what the articles say now; their links and files. A view that the server did
 * not get yet is kept by the browser and sent again when the server is back.
 */
import type { SavedView } from "../../../server/contract/view.ts";
import { pathOf } from "../address.ts";
import { ApiError, type ShownExport } from "../api.ts";
import {
  areWordsChanged,
  bodyOf,
  isPictureChanged,
  pictureOf,
  wordsOf,
  type Picture,
  type ViewWords,
} from "../graph/saved-view.ts";
import { gatheredIn, openedOf, shownOf, viewOf, type PendingView, type View } from "../state.ts";
import { isUnreachable, type Context } from "./context.ts";
import type { Surroundings } from "./surroundings.ts";
import type { Views } from "./views.ts";

export function createViewSaving(
  { store, api, say, notify, report }: Context,
  { draw, compare, goTo, listViews }: Views,
  { keptView, keepView, copy, linkTo, saveFile }: Surroundings,
) {
  const { getState, setState } = store;

  function pictureNow(): Picture {
    const state = getState();
    const view = viewOf(state);
    const { positions, filter, sizeBy, colourBy, pinned } = state;
    const { kind } = state.layout;
    return {
      dataset: gatheredIn(view),
      hidden: view.hidden,
      positions,
      filter,
      layout: kind,
      sizeBy,
      colourBy,
      pinned,
    };
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

  /** False when it was refused. */
  async function saveAsNew(name: string): Promise<boolean> {
    await whenStill();
    const opened = openedOf(getState());
    const words = opened === null ? { name, notes: "", steps: [] } : { ...opened.words, name };
    return send({ id: null, basedOn: opened?.view.id ?? null, body: bodyOf(pictureNow(), words), refresh: false });
  }

  async function saveChanges(): Promise<void> {
    await whenStill();
    const opened = openedOf(getState());
    if (opened === null) return;
    await send({ id: opened.view.id, basedOn: null, body: bodyOf(pictureNow(), opened.words), refresh: false });
  }

  /** Takes in what the articles say now, with the relationships that came between the same nodes. */
  async function refreshOpened(): Promise<void> {
    await whenStill();
    const opened = openedOf(getState());
    if (opened === null) return;
    await send({ id: opened.view.id, basedOn: null, body: bodyOf(pictureNow(), opened.words), refresh: true });
  }

  async function send(pending: PendingView): Promise<boolean> {
    const sent = { words: getState().opened?.words, value: viewOf(getState()) };
    setState({ pendingView: pending });
    keepView(JSON.stringify(pending));
    try {
      const view = await deliver(pending);
      release();
      notify(say("views.saved", { name: view.name }), "information");
      adopt(view, sent);
      if (getState().views !== null) await listViews();
      return true;
    } catch (error) {
      report(error);
      // It is sent again when the server is back.
      if (isUnreachable(error)) return true;
      release();
      return false;
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
    keepView(null);
  }

  /** What was sent is what is looked at; what somebody wrote or drew since goes on from it. */
  function adopt(view: SavedView, sent: { words: ViewWords | undefined; value: View }): void {
    const opened = openedOf(getState());
    if (opened?.view.id !== view.id) {
      draw(view);
      goTo({ kind: "view", id: view.id }, "push");
      return;
    }
    const { history } = getState();
    const { dataset, hidden } = pictureOf(view);
    const isStill = history.present.value === sent.value;
    const value = isStill ? { dataset, hidden, overview: null } : history.present.value;
    setState({
      history: { ...history, present: { ...history.present, value } },
      opened: { ...opened, view, words: opened.words === sent.words ? wordsOf(view) : opened.words, changes: null },
    });
    void compare(view.id);
  }

  function restorePending(): void {
    const text = keptView();
    if (text === null || getState().pendingView !== null) return;
    try {
      setState({ pendingView: JSON.parse(text) as PendingView });
    } catch {
      keepView(null);
    }
  }

  async function sendPending(): Promise<void> {
    const { pendingView } = getState();
    if (pendingView !== null) await send(pendingView);
  }

  store.subscribe(({ connection }, before) => {
    if (connection !== "ready" || before.connection === "ready") return;
    restorePending();
    void sendPending();
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
      await copy(path);
      notify(say("views.copied"), "information");
    } catch {
      // Pages that are not served by this machine or encrypted may not write to the clipboard.
      notify(say("views.link", { address: linkTo(path) }), "information");
    }
  }

  async function exportShown(format: ShownExport): Promise<void> {
    const { filter, language } = getState();
    const ids = [...shownOf(getState()).nodes.keys()];
    if (ids.length === 0) return;
    const title = openedOf(getState())?.words.name ?? say("dossier.shown");
    try {
      const content = await api.exportShown(format, ids, filter, language, title);
      saveFile(`fil-rouge.${format.replace("-", ".")}`, content);
    } catch (error) {
      report(error);
    }
  }

  return {
    saveAsNew,
    saveChanges,
    refreshOpened,
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

export type ViewSaving = ReturnType<typeof createViewSaving>;
