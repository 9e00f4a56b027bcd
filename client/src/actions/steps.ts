/**
 * Steps of a view: every change of what is shown goes through here, so that it can be undone. New nodes are placed and a layout of
 * them is asked for; what was placed stays.
 */
import { record, redo, startHistory, undo } from "../graph/history.ts";
import { placeNew, type Positions } from "../graph/positions.ts";
import type { StepLabel, View } from "../state.ts";
import type { Context } from "./context.ts";

export function createSteps({ store }: Context) {
  const { getState, setState } = store;

  /** Puts a new view on top of the history, places what is new, and asks for a layout of it. */
  function show(view: View, label: StepLabel, origin: string | null, fresh: boolean): void {
    const { history, positions, layout } = getState();
    const kept: Positions = fresh ? new Map() : positions;
    const placed = placeNew(view.dataset, kept, origin);
    const grown = placed !== kept;
    setState({
      history: record(history, view, label),
      positions: placed,
      layout: grown ? { ...layout, kind: "force", turn: layout.turn + 1, only: fresh ? "all" : "new" } : layout,
    });
  }

  /** Replaces the present view without a step: filters are no step of their own. */
  function amend(view: View): void {
    const { history, positions, layout } = getState();
    const placed = placeNew(view.dataset, positions, null);
    setState({
      history: { ...history, present: { ...history.present, value: view } },
      positions: placed,
      layout: placed === positions ? layout : { ...layout, kind: "force", turn: layout.turn + 1, only: "new" },
    });
  }

  /** Where undo ends: nothing that was shown before can be had again. */
  function restart(view: View, label: StepLabel): void {
    const { layout } = getState();
    setState({
      history: startHistory(view, label),
      positions: placeNew(view.dataset, new Map(), null),
      layout: { ...layout, kind: "force", turn: layout.turn + 1, only: "all" },
    });
  }

  function focusOn(ids: readonly string[]): void {
    setState({ focus: { ids, turn: getState().focus.turn + 1 } });
  }

  function jump(steps: number): void {
    let { history } = getState();
    for (let step = 0; step < Math.abs(steps); step += 1) history = steps < 0 ? undo(history) : redo(history);
    setState({ history });
  }

  return {
    show,
    amend,
    restart,
    focusOn,
    /** Goes back (below 0) or forth in the steps. */
    jump,
    undo: () => setState({ history: undo(getState().history) }),
    redo: () => setState({ history: redo(getState().history) }),
    fit: () => focusOn([]),
  };
}

export type Steps = ReturnType<typeof createSteps>;
