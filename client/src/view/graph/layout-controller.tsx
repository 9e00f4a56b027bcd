/**
 * Plays the layouts that take time: a worker computes, this writes what it sends on the Sigma graph, and hands the positions to the store
 * when it has settled. After an expansion only the new nodes move.
 */
import { useEffect, useRef } from "react";
import type { ForceMessage, ForceRequest } from "../../graph/layouts/force-worker.ts";
import { isPlayed } from "../../graph/layouts/registry.ts";
import { boxOf, type Point } from "../../graph/positions.ts";
import { useActions, useApp, useStoreOfApp } from "../app-context.tsx";
import { isCalm, moveCamera } from "./motion.ts";
import { useSigma, type Renderer } from "./sigma-context.tsx";

const CHARACTER_PIXELS = 6.4;
const LARGEST_STRETCH = 1.6;
const LEGEND_PIXELS = 250;
/** Beyond this many nodes names show on hover and zoom only, so they need no room. */
const ROOM_FOR_NAMES_UP_TO = 400;

export function LayoutController() {
  const sigma = useSigma();
  const store = useStoreOfApp();
  const actions = useActions();
  const turn = useApp((state) => state.layout.turn);
  /** Nodes that a layout has placed; the others are new. */
  const settled = useRef<ReadonlySet<string>>(new Set());

  useEffect(() => {
    const { layout } = store.getState();
    const graph = sigma.getGraph();
    const ids = graph.nodes();
    if (!isPlayed(layout.kind) || layout.only === "none" || ids.length === 0) {
      settled.current = new Set(ids);
      if (layout.only === "none") sigma.setCustomBBox(boxOf(graph.mapNodes((_id, place) => place)));
      return;
    }
    const known = settled.current;
    const onlyNew = layout.only === "new" && ids.some((id) => known.has(id));
    if (onlyNew) sigma.setCustomBBox(sigma.getBBox());
    else sigma.setCustomBBox(null);
    const calm = isCalm();
    const worker = new Worker(new URL("../../graph/layouts/force-worker.ts", import.meta.url), { type: "module" });
    const finish = () => {
      worker.terminate();
      settled.current = new Set(ids);
    };
    worker.onmessage = ({ data }: MessageEvent<ForceMessage>) => {
      const moved = pointsOf(ids, data.coordinates);
      if (!data.settled && calm) return;
      write(sigma, moved, onlyNew ? known : new Set());
      if (!data.settled) return;
      if (!onlyNew) sigma.setCustomBBox(boxOf(moved.values()));
      finish();
      actions.keepPositions(moved, false);
      if (!onlyNew) actions.fit();
      if (onlyNew)
        bringIntoView(
          sigma,
          ids.filter((id) => !known.has(id)),
        );
    };
    worker.onerror = () => {
      finish();
      actions.setLayoutRunning(false);
    };
    actions.setLayoutRunning(true);
    const fixed = new Set([...(onlyNew ? known : []), ...store.getState().pinned]);
    worker.postMessage(requestOf(sigma, fixed, layout.kind === "force"));
    return () => {
      worker.terminate();
    };
  }, [sigma, store, actions, turn]);

  return null;
}

function requestOf(sigma: Renderer, fixed: ReadonlySet<string>, forces: boolean): ForceRequest {
  const graph = sigma.getGraph();
  const index = new Map(graph.nodes().map((id, at) => [id, at]));
  const named = graph.order <= ROOM_FOR_NAMES_UP_TO;
  const { width, height } = sigma.getDimensions();
  return {
    forces,
    nodes: graph.mapNodes((id, { x, y, size }) => ({ x, y, size, fixed: fixed.has(id) })),
    edges: graph.mapEdges((_edge, _attributes, source, target) => [index.get(source) ?? 0, index.get(target) ?? 0]),
    labelWidths: graph.mapNodes((_id, { label }) => (named ? label.length * CHARACTER_PIXELS : 0)),
    viewport: Math.max(320, Math.min(width, height) - 140),
    stretch: fixed.size > 0 ? 1 : Math.max(1, Math.min(LARGEST_STRETCH, (width - LEGEND_PIXELS) / Math.max(1, height))),
  };
}

function pointsOf(ids: readonly string[], coordinates: Float32Array): Map<string, Point> {
  return new Map(
    ids.map((id, at): [string, Point] => [id, { x: coordinates[at * 2] ?? 0, y: coordinates[at * 2 + 1] ?? 0 }]),
  );
}

function write(sigma: Renderer, moved: ReadonlyMap<string, Point>, fixed: ReadonlySet<string>): void {
  sigma.getGraph().updateEachNodeAttributes(
    (id, attributes) => {
      const point = fixed.has(id) ? undefined : moved.get(id);
      return point === undefined ? attributes : { ...attributes, ...point };
    },
    { attributes: ["x", "y"] },
  );
}

/** Zooms out, never in, until the new nodes are seen. */
function bringIntoView(sigma: Renderer, ids: readonly string[]): void {
  const { width, height } = sigma.getDimensions();
  const graph = sigma.getGraph();
  const outside = ids.some((id) => {
    if (!graph.hasNode(id)) return false;
    const { x, y } = sigma.graphToViewport(graph.getNodeAttributes(id));
    return x < 0 || y < 0 || x > width || y > height;
  });
  if (!outside) return;
  const camera = sigma.getCamera();
  moveCamera(sigma, { ratio: camera.getBoundedRatio(camera.ratio * 1.6) });
}
