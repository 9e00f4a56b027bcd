/**
 * Sigma with our programs and settings: the canvas of the page, and what the bench measures.
 */
import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
import {
  EdgeLineProgram,
  NodeCircleProgram,
  NodePointProgram,
  type EdgeProgramType,
  type NodeProgramType,
} from "sigma/rendering";
import type { SigmaEdge, SigmaNode } from "../projection.ts";
import { ThreadProgram } from "./edge-program.ts";
import { drawEdgeLabel, drawNodeHover, drawNodeLabel } from "./labels.ts";
import { NodeShapeProgram } from "./node-program.ts";

export type Renderer = Sigma<SigmaNode, SigmaEdge>;

const FONT = '"Libre Franklin Variable", system-ui, sans-serif';

/** @throws where the browser gives no WebGL. */
export function createRenderer(element: HTMLElement): Renderer {
  // Sigma's program types do not carry the attributes' types.
  const nodePrograms = {
    shape: NodeShapeProgram as unknown as NodeProgramType<SigmaNode, SigmaEdge>,
    circle: NodeCircleProgram as NodeProgramType<SigmaNode, SigmaEdge>,
    point: NodePointProgram as NodeProgramType<SigmaNode, SigmaEdge>,
  };
  return new Sigma<SigmaNode, SigmaEdge>(new MultiDirectedGraph<SigmaNode, SigmaEdge>(), element, {
    allowInvalidContainer: true,
    defaultNodeType: "shape",
    defaultEdgeType: "thread",
    // Sigma's program types do not carry the attributes' types.
    nodeProgramClasses: nodePrograms,
    nodeHoverProgramClasses: nodePrograms,
    edgeProgramClasses: {
      thread: ThreadProgram as unknown as EdgeProgramType<SigmaNode, SigmaEdge>,
      line: EdgeLineProgram,
    },
    defaultDrawEdgeLabel: drawEdgeLabel as never,
    renderEdgeLabels: true,
    enableEdgeEvents: true,
    zIndex: true,
    labelFont: FONT,
    labelSize: 12.5,
    edgeLabelFont: FONT,
    edgeLabelSize: 11,
    labelDensity: 1.2,
    labelGridCellSize: 90,
    labelRenderedSizeThreshold: 5,
    stagePadding: 70,
    minCameraRatio: 0.04,
    maxCameraRatio: 4,
    minEdgeThickness: 1,
    // Marks grow a little on zooming in; the room between them grows much more.
    zoomToSizeRatioFunction: (ratio) => ratio ** 0.3,
    zoomDuration: 180,
    doubleClickZoomingDuration: 0,
    defaultDrawNodeLabel: drawNodeLabel as never,
    defaultDrawNodeHover: drawNodeHover as never,
  });
}
