/** Captures the canvas as a PNG: Sigma's layers drawn over each other on the background's colour. */
import { useEffect } from "react";
import { SURFACES } from "../../graph/appearance.ts";
import { useStoreOfApp } from "../app-context.tsx";
import { offerPicture } from "../save-file.ts";
import { useSigma } from "./sigma-context.tsx";
import { TOGETHER_LAYER } from "./together-controller.tsx";

const LAYERS = [TOGETHER_LAYER, "edges", "edgeLabels", "nodes", "labels", "hovers", "hoverNodes"];

export function PictureController() {
  const sigma = useSigma();
  const store = useStoreOfApp();

  useEffect(() => {
    offerPicture(async () => {
      // WebGL layers hold their picture only until the browser has shown it.
      sigma.refresh();
      const layers = sigma.getCanvases();
      const first = layers["edges"];
      if (first === undefined) return null;
      const picture = document.createElement("canvas");
      picture.width = first.width;
      picture.height = first.height;
      const context = picture.getContext("2d");
      if (context === null) return null;
      context.fillStyle = SURFACES[store.getState().theme].background;
      context.fillRect(0, 0, picture.width, picture.height);
      for (const name of LAYERS) {
        const layer = layers[name];
        if (layer !== undefined) context.drawImage(layer, 0, 0);
      }
      return new Promise((resolve) => picture.toBlob(resolve, "image/png"));
    });
    return () => offerPicture(null);
  }, [sigma, store]);

  return null;
}
