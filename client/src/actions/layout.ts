/**
 * Layouts and what sizes tell. The force layout is played by a worker, which hands its positions back when it stops.
 */
import { instantLayout, type Layout } from "../graph/layouts/registry.ts";
import type { Colouring, Metric } from "../graph/metrics.ts";
import type { Positions } from "../graph/positions.ts";
import { shownOf, type State } from "../state.ts";
import type { Context } from "./context.ts";
import type { Steps } from "./steps.ts";

export function createLayout({ store }: Context, { focusOn }: Steps) {
  const { getState, setState } = store;

  function runLayout(kind: Layout): void {
    const { layout } = getState();
    const instant = instantLayout(kind, shownOf(getState()));
    if (instant === null) {
      setState({ layout: { ...layout, kind, turn: layout.turn + 1, only: "all" } });
    } else {
      setState({
        positions: new Map([...getState().positions, ...[...instant].filter(([id]) => !getState().pinned.has(id))]),
        layout: { ...layout, kind, running: false, turn: layout.turn + 1 },
      });
      focusOn([]);
    }
  }

  return {
    runLayout,
    keepPositions: (moved: Positions, running: boolean) => {
      const { layout, positions } = getState();
      setState({ positions: new Map([...positions, ...moved]), layout: { ...layout, running } });
    },
    setLayoutRunning: (running: boolean) => setState({ layout: { ...getState().layout, running } }),
    setSizeBy: (sizeBy: Metric) => setState({ sizeBy }),
    setColourBy: (colourBy: Colouring) => setState({ colourBy }),
    keepMeasures: (measured: State["measures"]) =>
      setState((state) => ({ measures: { ...state.measures, ...measured } })),
  };
}
