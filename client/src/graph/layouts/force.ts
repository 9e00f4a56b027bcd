/**
 * ForceAtlas2 as steps over flat arrays: the same code runs in the page's worker and in tests. It says how far things still move,
 * so that whoever runs it can stop when the picture has settled.
 */
import iterate from "graphology-layout-forceatlas2/iterate.js";

export interface ForceNode {
  x: number;
  y: number;
  /** Radius in pixels. */
  size: number;
  /** Stays where it is and pushes the others. */
  fixed: boolean;
}

export interface ForceInput {
  nodes: readonly ForceNode[];
  /** Indices in `nodes`. */
  edges: readonly (readonly [source: number, target: number])[];
}

export interface ForceState {
  matrix: Float32Array;
  edges: Float32Array;
  settings: ForceSettings;
  order: number;
}

interface ForceSettings {
  linLogMode: boolean;
  outboundAttractionDistribution: boolean;
  adjustSizes: boolean;
  edgeWeightInfluence: number;
  scalingRatio: number;
  strongGravityMode: boolean;
  gravity: number;
  slowDown: number;
  barnesHutOptimize: boolean;
  barnesHutTheta: number;
}

/** The library's layout of its arrays. */
const NODE_STRIDE = 10;
const EDGE_STRIDE = 3;
const MASS = 6;
const CONVERGENCE = 7;
const SIZE = 8;
const FIXED = 9;

/** Repulsion; with it two nodes that only know each other rest about 90 units apart, hubs farther. */
const REPULSION = 2_000;
const UNITS_PER_NODE = 100;
const BARNES_HUT_FROM = 800;

export function startForce({ nodes, edges }: ForceInput): ForceState {
  const matrix = new Float32Array(nodes.length * NODE_STRIDE);
  nodes.forEach((node, index) => {
    const at = index * NODE_STRIDE;
    matrix[at] = node.x;
    matrix[at + 1] = node.y;
    matrix[at + MASS] = 1;
    matrix[at + CONVERGENCE] = 1;
    matrix[at + SIZE] = node.size;
    matrix[at + FIXED] = node.fixed ? 1 : 0;
  });
  const list = new Float32Array(edges.length * EDGE_STRIDE);
  edges.forEach(([source, target], index) => {
    const at = index * EDGE_STRIDE;
    list[at] = source * NODE_STRIDE;
    list[at + 1] = target * NODE_STRIDE;
    list[at + 2] = 1;
    for (const end of [source, target]) {
      const mass = end * NODE_STRIDE + MASS;
      matrix[mass] = (matrix[mass] ?? 1) + 1;
    }
  });
  const totalMass = nodes.length + 2 * edges.length;
  const radius = UNITS_PER_NODE * Math.sqrt(Math.max(1, nodes.length));
  return {
    matrix,
    edges: list,
    order: nodes.length,
    settings: {
      linLogMode: false,
      outboundAttractionDistribution: false,
      adjustSizes: false,
      edgeWeightInfluence: 0,
      scalingRatio: REPULSION,
      strongGravityMode: true,
      // Gravity and repulsion balance where the disc of all nodes ends: the density is the same for 10 nodes and for 1,000.
      gravity: (REPULSION * totalMass) / (radius * radius),
      slowDown: 1 + Math.log(Math.max(1, nodes.length)),
      barnesHutOptimize: nodes.length > BARNES_HUT_FROM,
      barnesHutTheta: 0.6,
    },
  };
}

/** Runs some iterations in place. Returns the mean way of a free node in one iteration, in graph units. */
export function stepForce(state: ForceState, iterations: number): number {
  const before = coordinatesOf(state);
  for (let index = 0; index < iterations; index += 1) iterate(state.settings, state.matrix, state.edges);
  let way = 0;
  let free = 0;
  for (let index = 0; index < state.order; index += 1) {
    const at = index * NODE_STRIDE;
    if (state.matrix[at + FIXED] === 1) continue;
    free += 1;
    const dx = (state.matrix[at] ?? 0) - (before[index * 2] ?? 0);
    const dy = (state.matrix[at + 1] ?? 0) - (before[index * 2 + 1] ?? 0);
    way += Math.hypot(dx, dy);
  }
  return free === 0 ? 0 : way / free / iterations;
}

/** x and y of each node, in order. */
export function coordinatesOf(state: ForceState): Float32Array {
  const coordinates = new Float32Array(state.order * 2);
  for (let index = 0; index < state.order; index += 1) {
    coordinates[index * 2] = state.matrix[index * NODE_STRIDE] ?? 0;
    coordinates[index * 2 + 1] = state.matrix[index * NODE_STRIDE + 1] ?? 0;
  }
  return coordinates;
}

/** Makes the picture wider, in place: screens are. */
export function stretchX(state: ForceState, factor: number): void {
  for (let at = 0; at < state.matrix.length; at += NODE_STRIDE) state.matrix[at] = (state.matrix[at] ?? 0) * factor;
}

const LARGEST_SEPARATED = 3_000;
const SEPARATION_ROUNDS = 60;

/**
 * Pushes apart what overlaps, in place. A node takes a box: its disc and the room of its name at its right. Fixed nodes stay.
 * `unit` is the graph length of one pixel at rest; beyond 3,000 nodes nothing is done, names are not readable there anyway.
 */
export function separate(state: ForceState, labelWidths: readonly number[], unit: number): void {
  if (state.order > LARGEST_SEPARATED) return;
  const { matrix } = state;
  const order = Array.from({ length: state.order }, (_, index) => index);
  for (let round = 0; round < SEPARATION_ROUNDS; round += 1) {
    let moved = false;
    order.sort((a, b) => (matrix[a * NODE_STRIDE] ?? 0) - (matrix[b * NODE_STRIDE] ?? 0));
    for (let first = 0; first < order.length; first += 1) {
      for (let second = first + 1; second < order.length; second += 1) {
        const outcome = pushApart(matrix, order[first] ?? 0, order[second] ?? 0, labelWidths, unit);
        if (outcome === "beyond") break;
        if (outcome === "moved") moved = true;
      }
    }
    if (!moved) return;
  }
}

/** `left` stands left of `right`. */
function pushApart(
  matrix: Float32Array,
  left: number,
  right: number,
  labelWidths: readonly number[],
  unit: number,
): "beyond" | "clear" | "moved" {
  const a = left * NODE_STRIDE;
  const b = right * NODE_STRIDE;
  const radiusA = matrix[a + SIZE] ?? 0;
  const radiusB = matrix[b + SIZE] ?? 0;
  const dx = (matrix[b] ?? 0) - (matrix[a] ?? 0);
  const room = (radiusA + (labelWidths[left] ?? 0) + radiusB + 8) * unit;
  if (dx >= Math.max(room, 220 * unit)) return "beyond";
  const dy = (matrix[b + 1] ?? 0) - (matrix[a + 1] ?? 0);
  const height = (Math.max(radiusA, 8) + Math.max(radiusB, 8) + 3) * unit;
  const overlapX = room - dx;
  const overlapY = height - Math.abs(dy);
  if (overlapX <= 0 || overlapY <= 0) return "clear";
  // Upwards or downwards is the short way out for a long name.
  const fixedA = matrix[a + FIXED] === 1;
  const fixedB = matrix[b + FIXED] === 1;
  if (fixedA && fixedB) return "clear";
  const axis = overlapX < overlapY ? 0 : 1;
  const overlap = Math.min(overlapX, overlapY) * 0.55;
  const sign = axis === 0 || dy >= 0 ? 1 : -1;
  const shareA = fixedA ? 0 : fixedB ? 1 : 0.5;
  matrix[a + axis] = (matrix[a + axis] ?? 0) - sign * overlap * shareA;
  matrix[b + axis] = (matrix[b + axis] ?? 0) + sign * overlap * (1 - shareA);
  return "moved";
}
