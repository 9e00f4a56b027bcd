declare module "graphology-layout-forceatlas2/iterate.js" {
  /** One iteration, in place: 10 numbers a node, 3 an edge. */
  export default function iterate(settings: object, nodes: Float32Array, edges: Float32Array): void;
}
