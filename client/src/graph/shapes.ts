/**
 * One silhouette a node type, so that types can be told apart without colour. The same outline exists twice: as an SVG path for
 * the page (24 × 24, here) and as a signed distance in `webgl/node-program.ts`, in the order of `SHAPES`.
 */
import type { NodeType } from "../../../server/contract/ontology.ts";

export const SHAPES = [
  "circle",
  "square",
  "shield",
  "triangle",
  "screen",
  "hexagon",
  "star",
  "pin",
  "diamond",
  "cross",
  "ring",
] as const;
export type Shape = (typeof SHAPES)[number];

export const SHAPE_OF_TYPE: Readonly<Record<NodeType, Shape>> = {
  Person: "circle",
  Organization: "square",
  PublicBody: "shield",
  ThreatGroup: "triangle",
  MediaOutlet: "screen",
  Platform: "hexagon",
  Country: "star",
  Place: "pin",
  Event: "diamond",
  CyberTool: "cross",
  Account: "ring",
};

/** SVG path data in a box of 24 × 24, drawn with `fill-rule="evenodd"`. */
export const SHAPE_PATHS: Readonly<Record<Shape, string>> = {
  circle: "M12 3.2a8.8 8.8 0 1 0 0 17.600a8.800 8.800 0 1 0 0-17.600z",
  square:
    "M6 4.200h12a1.800 1.800 0 0 1 1.800 1.800v12a1.800 1.800 0 0 1-1.800 1.800H6A1.800 1.800 0 0 1 4.200 18V6A1.800 1.800 0 0 1 6 4.200z",
  shield: "M4.500 4.500h15v9L12 21.500 4.500 13.500z",
  triangle: "M12 2.800 21.800 19.600H2.200z",
  screen:
    "M3.200 6h17.600a1.200 1.200 0 0 1 1.200 1.200v9.600a1.200 1.200 0 0 1-1.200 1.200H3.200A1.200 1.200 0 0 1 2 16.800V7.200A1.200 1.200 0 0 1 3.200 6z",
  hexagon: "M7 3.600h10L22 12l-5 8.400H7L2 12z",
  star: "M12 1.800l2.900 6.700 7.300.6-5.500 4.800 1.700 7.100L12 17.200 5.600 21l1.700-7.100L1.800 9.100l7.300-.6z",
  pin: "M12 22.600 6.200 14.100a7 7 0 1 1 11.600 0z",
  diamond: "M12 1.800 22.200 12 12 22.200 1.800 12z",
  cross: "M7 2.600l5 5 5-5L21.400 7l-5 5 5 5L17 21.400l-5-5-5 5L2.600 17l5-5-5-5z",
  ring: "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18zM12 8a4 4 0 1 1 0 8a4 4 0 1 1 0-8z",
};
