/**
 * Owns the Sigma instance and its container. Everything that Sigma does is told it by the controllers below; a browser without
 * WebGL gets a sentence and the table.
 */
import { MultiDirectedGraph } from "graphology";
import { useCallback, useState } from "react";
import Sigma from "sigma";
import { EdgeLineProgram, type EdgeProgramType, type NodeProgramType } from "sigma/rendering";
import type { SigmaEdge, SigmaNode } from "../../graph/projection.ts";
import { ThreadProgram } from "../../graph/webgl/edge-program.ts";
import { drawEdgeLabel } from "../../graph/webgl/labels.ts";
import { NodeShapeProgram } from "../../graph/webgl/node-program.ts";
import { useText } from "../app-context.tsx";
import { CameraController } from "./camera-controller.tsx";
import { EventsController } from "./events-controller.tsx";
import { GraphController } from "./graph-controller.tsx";
import { LayoutController } from "./layout-controller.tsx";
import { LightController } from "./light-controller.tsx";
import { PictureController } from "./picture-controller.tsx";
import { MetricsController } from "./metrics-controller.tsx";
import { SigmaProvider, type Renderer } from "./sigma-context.tsx";
import { TogetherController } from "./together-controller.tsx";

const FONT = '"Libre Franklin Variable", system-ui, sans-serif';

export function GraphCanvas() {
  const say = useText();
  const [sigma, setSigma] = useState<Renderer | "failed" | null>(null);

  const hold = useCallback((element: HTMLDivElement) => {
    const renderer = createRenderer(element);
    setSigma(renderer ?? "failed");
    return () => {
      setSigma(null);
      renderer?.kill();
    };
  }, []);

  return (
    <>
      <div
        ref={hold}
        className="canvas"
        role="img"
        aria-label={`${say("graph.label")}. ${say("graph.keyboard")}`}
        data-testid="canvas"
      />
      {sigma === "failed" && <p className="canvas-problem">{say("graph.nowebgl")}</p>}
      {sigma !== null && sigma !== "failed" && (
        <SigmaProvider value={sigma}>
          <GraphController />
          <LayoutController />
          <EventsController />
          <LightController />
          <CameraController />
          <TogetherController />
          <MetricsController />
          <PictureController />
        </SigmaProvider>
      )}
    </>
  );
}

/** Null where the browser gives no WebGL. */
function createRenderer(element: HTMLElement): Renderer | null {
  try {
    return new Sigma<SigmaNode, SigmaEdge>(new MultiDirectedGraph<SigmaNode, SigmaEdge>(), element, {
      allowInvalidContainer: true,
      defaultNodeType: "shape",
      defaultEdgeType: "thread",
      // Sigma's program types do not carry the attributes' types.
      nodeProgramClasses: { shape: NodeShapeProgram as unknown as NodeProgramType<SigmaNode, SigmaEdge> },
      nodeHoverProgramClasses: { shape: NodeShapeProgram as unknown as NodeProgramType<SigmaNode, SigmaEdge> },
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
    });
  } catch {
    return null;
  }
}
