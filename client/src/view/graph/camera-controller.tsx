/**
 * Brings what was asked for into view, and keeps the selected node clear of the panel that opens over the canvas.
 */
import { useEffect } from "react";
import { boxOf, type Positions } from "../../graph/positions.ts";
import { selectionOf } from "../../state.ts";
import { useApp, useStoreOfApp } from "../app-context.tsx";
import { moveCamera } from "./motion.ts";
import { useSigma, type Renderer } from "./sigma-context.tsx";

const NEAREST_RATIO = 0.35;
/** A name stands at the right of its node. */
const NAME_PIXELS = 170;
const LEFT_MARGIN_PIXELS = 40;
const TOP_MARGIN_PIXELS = 80;
const FOOT_MARGIN_PIXELS = 40;

export function CameraController() {
  const sigma = useSigma();
  const store = useStoreOfApp();
  const focus = useApp((state) => state.focus);
  const layoutRuns = useApp((state) => state.layout.running);
  const selection = useApp(selectionOf);
  const selected = selection === null ? "" : endsOf(selection).join(" ");

  useEffect(() => {
    if (focus.turn === 0 || layoutRuns) return;
    fit(sigma, focus.ids, store.getState().positions);
  }, [sigma, store, focus, layoutRuns]);

  useEffect(() => {
    // The panel has been laid out by the next frame.
    const frame = requestAnimationFrame(() => {
      const graph = sigma.getGraph();
      const ends = selected.split(" ").filter((id) => graph.hasNode(id));
      const box = boxOf(ends.map((id) => sigma.graphToViewport(graph.getNodeAttributes(id))));
      if (box === null) return;
      const { width, height } = sigma.getDimensions();
      const free = width - panelWidth();
      const left = legendWidth() + LEFT_MARGIN_PIXELS;
      // Where both sides cannot be seen, the left one is.
      const dx =
        Math.min(Math.max(0, box.x[1] - (free - NAME_PIXELS)), Math.max(0, box.x[0] - left)) +
        Math.min(0, box.x[0] - left);
      const dy = Math.max(0, box.y[1] - (height - footHeight())) + Math.min(0, box.y[0] - TOP_MARGIN_PIXELS);
      if (dx === 0 && dy === 0) return;
      const from = sigma.viewportToFramedGraph({ x: 0, y: 0 });
      const to = sigma.viewportToFramedGraph({ x: dx, y: dy });
      const { x, y } = sigma.getCamera();
      moveCamera(sigma, { x: x + to.x - from.x, y: y + to.y - from.y });
    });
    return () => cancelAnimationFrame(frame);
  }, [sigma, selected]);

  return null;
}

function endsOf(selection: NonNullable<ReturnType<typeof selectionOf>>): string[] {
  switch (selection.kind) {
    case "entity":
      return [selection.id];
    case "edge":
      return [selection.edge.source, selection.edge.target];
    case "paths":
      return [];
  }
}

function panelWidth(): number {
  return document.querySelector(".panel")?.getBoundingClientRect().width ?? 0;
}

/** The timeline stands over the canvas at the foot. */
function footHeight(): number {
  return FOOT_MARGIN_PIXELS + (document.querySelector(".timeline")?.getBoundingClientRect().height ?? 0);
}

/** The legend, or the words of a presentation, stand over the canvas at the left. */
function legendWidth(): number {
  return document.querySelector(".legend-body, .slide")?.getBoundingClientRect().width ?? 0;
}

/** Without ids: everything. Nodes may still be on their way: their places in the store are where they will be. */
function fit(sigma: Renderer, ids: readonly string[], positions: Positions): void {
  const graph = sigma.getGraph();
  // Sigma takes a new bounding box into account when it processes the graph.
  sigma.refresh();
  const wanted = ids.length === 0 ? graph.nodes() : ids.filter((id) => graph.hasNode(id));
  const rest = { x: 0.5, y: 0.5, angle: 0, ratio: 1 };
  const box = boxOf(
    wanted.map((id) => sigma.graphToViewport(positions.get(id) ?? graph.getNodeAttributes(id), { cameraState: rest })),
  );
  if (box === null) return;
  const { width, height } = sigma.getDimensions();
  const left = legendWidth();
  const free = Math.max(200, width - panelWidth() - left);
  const freeHeight = height - TOP_MARGIN_PIXELS - footHeight();
  const ratio = Math.max(
    NEAREST_RATIO,
    (box.x[1] - box.x[0]) / Math.max(100, free - LEFT_MARGIN_PIXELS - NAME_PIXELS),
    (box.y[1] - box.y[0]) / Math.max(100, freeHeight),
  );
  const middle = { x: (box.x[0] + box.x[1]) / 2, y: (box.y[0] + box.y[1]) / 2 };
  // The middle of the free part lies off the middle of the canvas.
  const freeMiddle = left + LEFT_MARGIN_PIXELS + (free - LEFT_MARGIN_PIXELS - NAME_PIXELS) / 2;
  const freeHeightMiddle = TOP_MARGIN_PIXELS + freeHeight / 2;
  const centre = sigma.viewportToFramedGraph(
    { x: middle.x + (width / 2 - freeMiddle) * ratio, y: middle.y + (height / 2 - freeHeightMiddle) * ratio },
    { cameraState: rest },
  );
  moveCamera(sigma, { x: centre.x, y: centre.y, ratio });
}
