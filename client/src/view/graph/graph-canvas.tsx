/**
 * Owns the Sigma instance and its container. Everything that Sigma does is told it by the controllers below; a browser without
 * WebGL gets a sentence and the table.
 */
import { useCallback, useState } from "react";
import { createRenderer, type Renderer } from "../../graph/webgl/renderer.ts";
import { useText } from "../app-context.tsx";
import { CameraController } from "./camera-controller.tsx";
import { EventsController } from "./events-controller.tsx";
import { GraphController } from "./graph-controller.tsx";
import { LayoutController } from "./layout-controller.tsx";
import { LightController } from "./light-controller.tsx";
import { PictureController } from "./picture-controller.tsx";
import { MetricsController } from "./metrics-controller.tsx";
import { SigmaProvider } from "./sigma-context.tsx";
import { TogetherController } from "./together-controller.tsx";

export function GraphCanvas() {
  const say = useText();
  const [sigma, setSigma] = useState<Renderer | "failed" | null>(null);

  const hold = useCallback((element: HTMLDivElement) => {
    const renderer = rendererIn(element);
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
function rendererIn(element: HTMLElement): Renderer | null {
  try {
    return createRenderer(element);
  } catch {
    return null;
  }
}
