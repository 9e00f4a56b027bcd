/**
 * Who is named in one sentence with the selected actor and has no relationship with it: a faint overlay, switched on by the person
 * and fetched for whoever is selected. Never part of the graph.
 */
import { selectionOf } from "../state.ts";
import { isUnreachable, messageOf, type Context } from "./context.ts";

const MOST_COMPANIONS = 50;

export function createTogether({ store, api, put, report }: Context) {
  const { setState } = store;

  store.subscribe((state, before) => {
    if (!state.togetherOn || (state.panels === before.panels && before.togetherOn)) return;
    const selection = selectionOf(state);
    if (selection?.kind === "entity" && state.together[selection.id] === undefined) void load(selection.id);
  });

  async function load(id: string): Promise<void> {
    put("together", id, { state: "loading" });
    try {
      put("together", id, { state: "ready", value: await api.together(id, MOST_COMPANIONS) });
    } catch (error) {
      if (isUnreachable(error)) report(error);
      put("together", id, { state: "failed", message: messageOf(error) });
    }
  }

  return { setTogether: (togetherOn: boolean) => setState({ togetherOn }), loadTogether: load };
}
