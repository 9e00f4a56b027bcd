/**
 * Keeps the timeline in step with the view: asked again, a moment later, when the view or another part of the filter changes.
 */
import type { ViewFilter } from "../graph/visible.ts";
import { viewOf, type State } from "../state.ts";
import { isUnreachable, type Context } from "./context.ts";

const CALM_MILLISECONDS = 150;

export function createTimeline({ store, api, report }: Context) {
  const { getState, setState } = store;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Of the last question; a view that comes back unchanged is not asked again. */
  let asked: { ids: readonly string[] | null; filter: string; documents: number } | null = null;

  store.subscribe((state, before) => {
    if (!state.timelineOpen || state.connection !== "ready") return;
    if (before.timelineOpen && before.connection === "ready" && sameQuestion(state, before)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void load(), CALM_MILLISECONDS);
  });

  async function load(): Promise<void> {
    const state = getState();
    const { dataset, hidden, overview } = viewOf(state);
    // The overview stands for the whole graph: which actors it shows depends on the days chosen here.
    const ids = overview === null ? [...dataset.nodes.keys()].filter((id) => !hidden.has(id)) : null;
    const filter = withoutDays(state.filter);
    const question = { ids, filter: JSON.stringify(filter), documents: state.health?.counts.documents ?? 0 };
    if (JSON.stringify(question) === JSON.stringify(asked)) return;
    asked = question;
    try {
      const timeline = await api.timeline(ids, filter);
      if (asked === question) setState({ timeline });
    } catch (error) {
      asked = null;
      // Everything else works without it; only a server that is away is worth a word.
      if (isUnreachable(error)) report(error);
    }
  }

  return { setTimelineOpen: (timelineOpen: boolean) => setState({ timelineOpen }) };
}

function withoutDays(filter: ViewFilter): ViewFilter {
  return Object.fromEntries(Object.entries(filter).filter(([name]) => name !== "from" && name !== "to"));
}

function sameQuestion(a: State, b: State): boolean {
  return a.history.present === b.history.present && a.filter === b.filter && a.health?.counts === b.health?.counts;
}
