/**
 * Draws the overlay of those named in one sentence: faint dots from the selected node, on a layer of its own under the edges. They
 * are no edges: no layout, count or click knows them.
 */
import { useEffect } from "react";
import { SURFACES } from "../../graph/appearance.ts";
import { selectionOf, type State } from "../../state.ts";
import { useStoreOfApp } from "../app-context.tsx";
import { useSigma } from "./sigma-context.tsx";

export const TOGETHER_LAYER = "together";

export function TogetherController() {
  const sigma = useSigma();
  const store = useStoreOfApp();

  useEffect(() => {
    const canvas = sigma.createCanvas(TOGETHER_LAYER, { beforeLayer: "edges", style: { position: "absolute" } });
    const context = canvas.getContext("2d");
    if (context === null) return;
    const draw = () => {
      const { width, height } = sigma.getDimensions();
      const scale = devicePixelRatio;
      if (canvas.width !== width * scale || canvas.height !== height * scale) {
        canvas.width = width * scale;
        canvas.height = height * scale;
        canvas.style.width = `${width}px`;
        canvas.style.height = `${height}px`;
      }
      context.setTransform(scale, 0, 0, scale, 0, 0);
      context.clearRect(0, 0, width, height);
      const state = store.getState();
      const [id, companions] = companionsOf(state);
      const graph = sigma.getGraph();
      if (id === null || !graph.hasNode(id)) return;
      const from = sigma.graphToViewport(graph.getNodeAttributes(id));
      context.strokeStyle = SURFACES[state.theme].ink;
      context.globalAlpha = 0.38;
      context.lineWidth = 1.2;
      context.lineCap = "round";
      context.setLineDash([0.1, 5]);
      for (const companion of companions) {
        if (!graph.hasNode(companion)) continue;
        const to = sigma.graphToViewport(graph.getNodeAttributes(companion));
        context.beginPath();
        context.moveTo(from.x, from.y);
        context.lineTo(to.x, to.y);
        context.stroke();
      }
    };
    sigma.on("afterRender", draw);
    const unsubscribe = store.subscribe((state, before) => {
      if (
        state.togetherOn !== before.togetherOn ||
        state.together !== before.together ||
        state.panels !== before.panels
      )
        draw();
    });
    draw();
    return () => {
      unsubscribe();
      sigma.off("afterRender", draw);
      // Gone already when the whole canvas goes.
      if (TOGETHER_LAYER in sigma.getCanvases()) sigma.killLayer(TOGETHER_LAYER);
    };
  }, [sigma, store]);

  return null;
}

function companionsOf(state: State): [id: string | null, companions: readonly string[]] {
  const selection = selectionOf(state);
  if (!state.togetherOn || selection?.kind !== "entity") return [null, []];
  const loaded = state.together[selection.id];
  if (loaded?.state !== "ready") return [null, []];
  return [selection.id, loaded.value.together.map(({ node }) => node.id)];
}
