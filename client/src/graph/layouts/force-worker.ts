/**
 * The worker's side of the force layout: takes a graph as arrays, sends coordinates as they move, says when they have settled.
 */
import { coordinatesOf, separate, startForce, stepForce, stretchX, type ForceInput } from "./force.ts";

export interface ForceRequest extends ForceInput {
  /** Without forces nodes are only pushed apart where they overlap. */
  forces: boolean;
  /** Pixels that a node's name takes at its right; 0 when it is not shown. */
  labelWidths: readonly number[];
  /** Shorter side of the canvas, in pixels. */
  viewport: number;
  /** How much wider than high the picture shall be; 1 leaves the forces' round shape. */
  stretch: number;
}

export interface ForceMessage {
  /** x and y of each node, in the order of the request. */
  coordinates: Float32Array;
  settled: boolean;
}

const BATCH_MILLISECONDS = 30;
const LONGEST_RUN_MILLISECONDS = 9_000;
const LEAST_ITERATIONS = 60;
/** Graph units an iteration: below this nobody sees a movement. */
const SETTLED_BELOW = 0.6;

// This file runs in a worker only; the page's type library has no dedicated scope.
const scope = self as unknown as {
  onmessage: ((event: MessageEvent<ForceRequest>) => void) | null;
  postMessage(message: ForceMessage, transfer: Transferable[]): void;
};

scope.onmessage = ({ data }) => {
  const state = startForce(data);
  const began = performance.now();
  let iterations = 0;
  const send = (settled: boolean) => {
    const coordinates = coordinatesOf(state);
    if (!settled)
      for (let at = 0; at < coordinates.length; at += 2) coordinates[at] = (coordinates[at] ?? 0) * data.stretch;
    scope.postMessage({ coordinates, settled }, [coordinates.buffer]);
  };
  const finish = () => {
    separate(state, data.labelWidths, unitOf(coordinatesOf(state), data.viewport, data.stretch));
    send(true);
  };
  if (!data.forces) {
    finish();
    return;
  }
  const batch = () => {
    const until = performance.now() + BATCH_MILLISECONDS;
    let way: number;
    do {
      way = stepForce(state, 3);
      iterations += 3;
    } while (performance.now() < until);
    const late = performance.now() - began > LONGEST_RUN_MILLISECONDS;
    if (late || (iterations > LEAST_ITERATIONS && way < SETTLED_BELOW)) {
      stretchX(state, data.stretch);
      finish();
      return;
    }
    send(false);
    setTimeout(batch, 0);
  };
  batch();
};

/** Graph length of one pixel when everything is in view. */
function unitOf(coordinates: Float32Array, viewport: number, stretch: number): number {
  let lowX = Infinity;
  let highX = -Infinity;
  let lowY = Infinity;
  let highY = -Infinity;
  for (let at = 0; at < coordinates.length; at += 2) {
    const x = coordinates[at] ?? 0;
    const y = coordinates[at + 1] ?? 0;
    lowX = Math.min(lowX, x);
    highX = Math.max(highX, x);
    lowY = Math.min(lowY, y);
    highY = Math.max(highY, y);
  }
  return Math.max((highX - lowX) / stretch, highY - lowY, 1) / Math.max(viewport, 1);
}
