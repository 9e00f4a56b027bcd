/**
 * The Sigma instance as seen by its controllers: components that draw nothing, one a concern.
 */
import { createContext, useContext } from "react";
import type { Renderer } from "../../graph/webgl/renderer.ts";

export type { Renderer };

const SigmaContext = createContext<Renderer | null>(null);

export const SigmaProvider = SigmaContext.Provider;

export function useSigma(): Renderer {
  const sigma = useContext(SigmaContext);
  if (sigma === null) throw new Error("A controller stands outside the graph canvas.");
  return sigma;
}
