/** Makes pictures of the graph: the canvas as it is in view as PNG, all that is shown as SVG. */
import { useEffect } from "react";
import { SURFACES } from "../../graph/appearance.ts";
import { svgOf } from "../../graph/svg.ts";
import { useStoreOfApp, useText } from "../app-context.tsx";
import { offerPicture } from "../save-file.ts";
import { useSigma, type Renderer } from "./sigma-context.tsx";
import { TOGETHER_LAYER } from "./together-controller.tsx";

const LAYERS = [TOGETHER_LAYER, "edges", "edgeLabels", "nodes", "labels", "hovers", "hoverNodes"];
const AT_REST = { x: 0.5, y: 0.5, angle: 0, ratio: 1 };
const WORDS_ON_EDGES_UP_TO = 200;

export function PictureController() {
  const sigma = useSigma();
  const store = useStoreOfApp();
  const say = useText();

  useEffect(() => {
    offerPicture((format) => {
      const { theme } = store.getState();
      if (format === "png") return canvasPicture(sigma, SURFACES[theme].background);
      const graph = sigma.getGraph();
      const svg = svgOf(graph, {
        theme,
        title: `Fil rouge. ${say("graph.label")}`,
        place: (id) => sigma.graphToViewport(graph.getNodeAttributes(id), { cameraState: AT_REST }),
        worded: graph.size <= WORDS_ON_EDGES_UP_TO,
      });
      return Promise.resolve(new Blob([svg], { type: "image/svg+xml" }));
    });
    return () => offerPicture(null);
  }, [sigma, store, say]);

  return null;
}

/** Sigma's layers drawn over each other on the background's colour; null where the browser draws none. */
function canvasPicture(sigma: Renderer, background: string): Promise<Blob | null> {
  // WebGL layers hold their picture only until the browser has shown it.
  sigma.refresh();
  const layers = sigma.getCanvases();
  const picture = document.createElement("canvas");
  const context = picture.getContext("2d");
  const first = layers["edges"];
  if (first === undefined || context === null) return Promise.resolve(null);
  picture.width = first.width;
  picture.height = first.height;
  context.fillStyle = background;
  context.fillRect(0, 0, picture.width, picture.height);
  for (const name of LAYERS) {
    const layer = layers[name];
    if (layer !== undefined && layer.width > 0) context.drawImage(layer, 0, 0);
  }
  return new Promise((resolve) => picture.toBlob(resolve, "image/png"));
}
