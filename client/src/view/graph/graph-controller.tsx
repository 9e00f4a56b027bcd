/**
 * Makes the Sigma graph anew whenever what is visible, the language, the theme or the sizes change, and moves nodes when an
 * instant layout gave them new places.
 */
import { useEffect, useRef } from "react";
import { SURFACES } from "../../graph/appearance.ts";
import { boxOf } from "../../graph/positions.ts";
import { projectGraph } from "../../graph/projection.ts";
import { labelSurface } from "../../graph/webgl/labels.ts";
import { shownOf } from "../../state.ts";
import { useApp, useStoreOfApp, useText } from "../app-context.tsx";
import { moveNodes } from "./motion.ts";
import { useSigma } from "./sigma-context.tsx";

const EDGES_HIDDEN_WHILE_MOVING_ABOVE = 2_000;

export function GraphController() {
  const sigma = useSigma();
  const store = useStoreOfApp();
  const say = useText();
  const visible = useApp(shownOf);
  const theme = useApp((state) => state.theme);
  const language = useApp((state) => state.language);
  const sizeBy = useApp((state) => state.sizeBy);
  const colourBy = useApp((state) => state.colourBy);
  const measures = useApp((state) => state.measures);
  const pinned = useApp((state) => state.pinned);
  const positions = useApp((state) => state.positions);
  const layout = useApp((state) => state.layout.kind);
  const stopMoving = useRef<(() => void) | null>(null);

  useEffect(() => {
    const surface = SURFACES[theme];
    labelSurface.background = surface.background;
    labelSurface.ink = surface.ink;
    const words = { contested: say("edge.contested"), former: say("edge.former") };
    const state = store.getState();
    const graph = projectGraph(visible, state.positions, {
      theme,
      language,
      sizeBy,
      colourBy,
      measures: Object.fromEntries(Object.entries(measures).map(([kind, { values }]) => [kind, values])),
      pinned,
      words,
    });
    if (state.layout.running) {
      // A running layout knows better than the store where nodes are.
      const shown = sigma.getGraph();
      graph.updateEachNodeAttributes((id, attributes) =>
        shown.hasNode(id)
          ? { ...attributes, x: shown.getNodeAttribute(id, "x"), y: shown.getNodeAttribute(id, "y") }
          : attributes,
      );
    }
    stopMoving.current?.();
    sigma.setSetting("hideEdgesOnMove", graph.size > EDGES_HIDDEN_WHILE_MOVING_ABOVE);
    sigma.setGraph(graph);
  }, [sigma, store, say, visible, theme, language, sizeBy, colourBy, measures, pinned]);

  useEffect(() => {
    // The force layout leaves room for names, the others do not.
    labelSurface.placement = layout === "byType" || layout === "byTime" ? "under" : "beside";
    sigma.setSetting("labelDensity", layout === "circular" ? 0.5 : 1.2);
  }, [sigma, layout]);

  useEffect(() => {
    const graph = sigma.getGraph();
    const moves: Record<string, { x: number; y: number }> = {};
    graph.forEachNode((id, { x, y }) => {
      const place = positions.get(id);
      if (place !== undefined && (Math.abs(place.x - x) > 0.5 || Math.abs(place.y - y) > 0.5)) moves[id] = { ...place };
    });
    if (Object.keys(moves).length === 0) return;
    if (store.getState().layout.running) return;
    const box = boxOf(graph.nodes().flatMap((id) => positions.get(id) ?? []));
    if (store.getState().layout.kind !== "force") sigma.setCustomBBox(box);
    stopMoving.current = moveNodes(sigma, moves);
  }, [sigma, store, positions]);

  return null;
}
