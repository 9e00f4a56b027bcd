/** Movements of camera and nodes, which are left out for people who asked for less motion. */
import { animateNodes } from "sigma/utils";
import type { Renderer } from "./sigma-context.tsx";

export function isCalm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

const CAMERA_MILLISECONDS = 350;
const NODES_MILLISECONDS = 450;

export function moveCamera(sigma: Renderer, state: { x?: number; y?: number; ratio?: number }): void {
  const camera = sigma.getCamera();
  if (isCalm()) camera.setState(state);
  else void camera.animate(state, { duration: CAMERA_MILLISECONDS });
}

/** Returns the way to stop it. */
export function moveNodes(sigma: Renderer, moves: Record<string, { x: number; y: number }>): () => void {
  const graph = sigma.getGraph();
  if (!isCalm()) return animateNodes(graph, moves, { duration: NODES_MILLISECONDS });
  graph.updateEachNodeAttributes((id, attributes) => ({ ...attributes, ...moves[id] }), { attributes: ["x", "y"] });
  return () => undefined;
}
