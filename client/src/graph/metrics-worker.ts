/** The worker's side of what takes time to measure: takes links, gives one number a node. */
import type { Links } from "./links.ts";
import { measure } from "./measuring.ts";
import type { Measure } from "./metrics.ts";

export interface MeasureRequest {
  kinds: readonly Measure[];
  links: Links;
}
export type MeasureAnswer = Partial<Record<Measure, Float64Array>>;

// This file runs in a worker only; the page's type library has no dedicated scope.
const scope = self as unknown as {
  onmessage: ((event: MessageEvent<MeasureRequest>) => void) | null;
  postMessage(message: MeasureAnswer): void;
};

scope.onmessage = ({ data: { kinds, links } }) => {
  scope.postMessage(Object.fromEntries(kinds.map((kind) => [kind, measure(kind, links)])));
};
