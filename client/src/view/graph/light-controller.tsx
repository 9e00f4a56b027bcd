/**
 * Puts light on what is hovered or selected and lets the rest step back, through Sigma's reducers: the graph itself stays as the
 * projection made it.
 */
import { useEffect } from "react";
import { mixColours, SURFACES, type Theme } from "../../graph/appearance.ts";
import { openedOf, selectionOf, viewOf, type State } from "../../state.ts";
import { useStoreOfApp } from "../app-context.tsx";
import { useSigma, type Renderer } from "./sigma-context.tsx";

interface Light {
  nodes: ReadonlySet<string>;
  edges: ReadonlySet<string>;
  /** Drawn in the thread's red. */
  marked: ReadonlySet<string>;
}

const FADED_NODE_SHARE = 0.58;
const FADED_EDGE_SHARE = 0.6;
const WORDS_ON_ALL_EDGES_UP_TO = 45;
const WORDS_FROM_CAMERA_RATIO = 0.45;

export function LightController() {
  const sigma = useSigma();
  const store = useStoreOfApp();

  useEffect(() => {
    let light: Light | null = null;
    let theme: Theme = store.getState().theme;
    let near = false;
    const fade = (colour: string, share: number) => mixColours(colour, SURFACES[theme].background, share);

    sigma.setSetting("nodeReducer", (id, data) => {
      if (light === null) return data;
      if (light.marked.has(id))
        return { ...data, ring: SURFACES[theme].thread, boxed: true, zIndex: 2, forceLabel: true };
      if (light.nodes.has(id)) return { ...data, forceLabel: light.nodes.size < 40, zIndex: 1 };
      return { ...data, color: fade(data.color, FADED_NODE_SHARE), faded: true, zIndex: 0 };
    });
    sigma.setSetting("edgeReducer", (id, data) => {
      if (light === null) {
        const worded = near || sigma.getGraph().size <= WORDS_ON_ALL_EDGES_UP_TO;
        return worded ? data : { ...data, label: "" };
      }
      if (light.marked.has(id)) {
        return { ...data, color: SURFACES[theme].thread, size: data.size + 1.4, forceLabel: true, zIndex: 2 };
      }
      if (light.edges.has(id)) return { ...data, color: data.litColor, forceLabel: true, zIndex: 1 };
      return { ...data, color: fade(data.color, FADED_EDGE_SHARE), label: "", zIndex: 0 };
    });

    const update = (state: State) => {
      light = lightOf(state, sigma);
      theme = state.theme;
      sigma.refresh({ skipIndexation: true });
    };
    const camera = sigma.getCamera();
    const onCamera = ({ ratio }: { ratio: number }) => {
      const isNear = ratio < WORDS_FROM_CAMERA_RATIO;
      if (isNear === near) return;
      near = isNear;
      sigma.refresh({ skipIndexation: true, schedule: true });
    };
    camera.on("updated", onCamera);
    update(store.getState());
    const unsubscribe = store.subscribe((state, before) => {
      if (
        state.hovered !== before.hovered ||
        state.panels !== before.panels ||
        state.theme !== before.theme ||
        state.paths !== before.paths ||
        state.slide !== before.slide ||
        state.history !== before.history
      ) {
        update(state);
      }
    });
    return () => {
      unsubscribe();
      camera.off("updated", onCamera);
    };
  }, [sigma, store]);

  return null;
}

function lightOf(state: State, sigma: Renderer): Light | null {
  const graph = sigma.getGraph();
  if (state.slide !== null) return lightOfSlide(state, sigma, state.slide);
  const selection = selectionOf(state);
  const around = (id: string): Light | null =>
    graph.hasNode(id)
      ? { nodes: new Set([id, ...graph.neighbors(id)]), edges: new Set(graph.edges(id)), marked: new Set([id]) }
      : null;
  if (state.hovered !== null && selection?.kind !== "paths") return around(state.hovered);
  if (selection === null) return null;
  switch (selection.kind) {
    case "entity":
      return around(selection.id);
    case "edge": {
      const { id, source, target } = selection.edge;
      if (!graph.hasEdge(id)) return null;
      return { nodes: new Set([source, target]), edges: new Set([id]), marked: new Set([id, source, target]) };
    }
    case "paths": {
      if (state.paths?.state !== "ready" || selection.to === null) return around(selection.from);
      const { paths } = state.paths.value;
      const nodes = new Set(paths.flatMap((path) => path.nodes));
      const edges = new Set(paths.flatMap((path) => path.hops.flatMap((hop) => hop.edges)));
      if (![...nodes].some((id) => viewOf(state).dataset.nodes.has(id))) return null;
      return { nodes, edges, marked: new Set([selection.from, selection.to, ...edges]) };
    }
  }
}

/** The cover lights everything, as does a step that names nothing. */
function lightOfSlide(state: State, sigma: Renderer, slide: number): Light | null {
  const graph = sigma.getGraph();
  const step = openedOf(state)?.words.steps[slide - 1];
  const nodes = (step?.nodes ?? []).filter((id) => graph.hasNode(id));
  const edges = (step?.edges ?? []).filter((id) => graph.hasEdge(id));
  if (nodes.length + edges.length === 0) return null;
  const ends = edges.flatMap((id) => graph.extremities(id));
  const only = edges.length === 1 ? edges : [];
  return { nodes: new Set([...nodes, ...ends]), edges: new Set(edges), marked: new Set(only) };
}
