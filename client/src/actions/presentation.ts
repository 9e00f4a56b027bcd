/**
 * The presentation of a saved view: its slides one after the other, each at its own address, and the steps that they are made of.
 */
import type { ViewStep } from "../../../server/contract/view.ts";
import { neighboursIn } from "../graph/dataset.ts";
import { openedOf, selectionOf, shownOf, type State } from "../state.ts";
import type { Context } from "./context.ts";
import type { Steps } from "./steps.ts";
import type { ViewSaving } from "./view-saving.ts";
import type { Views } from "./views.ts";

export function createPresentation(
  { store }: Context,
  { focusOn }: Pick<Steps, "focusOn">,
  { goTo }: Pick<Views, "goTo">,
  { setViewWords }: Pick<ViewSaving, "setViewWords">,
) {
  const { getState, setState } = store;

  function present(slide: number): void {
    const opened = openedOf(getState());
    if (opened === null) return;
    const bounded = Math.max(0, Math.min(slide, opened.words.steps.length));
    const address = { kind: "presentation", id: opened.view.id, slide: bounded } as const;
    // One way back leaves the presentation, however many slides were seen.
    goTo(address, getState().slide === null ? "push" : "replace");
    setState({ slide: bounded, panels: [], screen: "graph" });
    focusOn(opened.words.steps[bounded - 1]?.nodes ?? []);
  }

  function stopPresenting(): void {
    const opened = openedOf(getState());
    setState({ slide: null });
    if (opened !== null) goTo({ kind: "view", id: opened.view.id }, "replace");
    focusOn([]);
  }

  function addStep(title: string): void {
    const opened = openedOf(getState());
    if (opened === null) return;
    setViewWords({ steps: [...opened.words.steps, { title, text: "", ...litOf(getState()) }] });
  }

  function changeStep(index: number, change: Partial<ViewStep>): void {
    const opened = openedOf(getState());
    if (opened === null) return;
    setViewWords({ steps: opened.words.steps.map((step, at) => (at === index ? { ...step, ...change } : step)) });
  }

  function moveStep(index: number, by: 1 | -1): void {
    const steps = [...(openedOf(getState())?.words.steps ?? [])];
    const [moved] = steps.splice(index, 1);
    if (moved === undefined) return;
    steps.splice(index + by, 0, moved);
    setViewWords({ steps });
  }

  return {
    present,
    stopPresenting,
    addStep,
    changeStep,
    moveStep,
    removeStep: (index: number) =>
      setViewWords({ steps: openedOf(getState())?.words.steps.filter((_step, at) => at !== index) ?? [] }),
    /** The step lights what is lit in the graph now. */
    aimStep: (index: number) => changeStep(index, litOf(getState())),
  };
}

/** What is lit in the graph; nothing when nothing is chosen. */
export function litOf(state: State): Pick<ViewStep, "nodes" | "edges"> {
  const shown = shownOf(state);
  const selection = selectionOf(state);
  if (selection === null) return { nodes: [], edges: [] };
  switch (selection.kind) {
    case "entity": {
      const around = neighboursIn(shown, selection.id);
      const nodes = [selection.id, ...new Set(around.map(({ node }) => node.id))];
      return { nodes, edges: around.map(({ edge }) => edge.id) };
    }
    case "edge": {
      const { id, source, target } = selection.edge;
      return { nodes: [source, target], edges: [id] };
    }
    case "paths": {
      if (state.paths?.state !== "ready") return { nodes: [selection.from], edges: [] };
      const { paths } = state.paths.value;
      const nodes = [...new Set(paths.flatMap((path) => path.nodes))];
      return { nodes, edges: [...new Set(paths.flatMap((path) => path.hops.flatMap((hop) => hop.edges)))] };
    }
  }
}
