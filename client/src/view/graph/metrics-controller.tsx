/** Has a worker measure what size and colour shall tell, whenever the graph or the choice changes; the page never waits for it. */
import { useEffect } from "react";
import { linksOf } from "../../graph/links.ts";
import { isMeasure } from "../../graph/metrics.ts";
import type { MeasureAnswer, MeasureRequest } from "../../graph/metrics-worker.ts";
import { shownOf } from "../../state.ts";
import { useActions, useApp } from "../app-context.tsx";

export function MetricsController() {
  const actions = useActions();
  const visible = useApp(shownOf);
  const sizeBy = useApp((state) => state.sizeBy);
  const colourBy = useApp((state) => state.colourBy);

  useEffect(() => {
    const kinds = [sizeBy, colourBy].filter((name) => isMeasure(name));
    if (kinds.length === 0 || visible.nodes.size === 0) return;
    const worker = new Worker(new URL("../../graph/metrics-worker.ts", import.meta.url), { type: "module" });
    const ids = [...visible.nodes.keys()];
    worker.onmessage = ({ data }: MessageEvent<MeasureAnswer>) => {
      worker.terminate();
      actions.keepMeasures(
        Object.fromEntries(
          kinds.map((kind) => [
            kind,
            { dataset: visible, values: new Map(ids.map((id, at) => [id, data[kind]?.[at] ?? 0])) },
          ]),
        ),
      );
    };
    const request: MeasureRequest = { kinds, links: linksOf(visible) };
    worker.postMessage(request);
    return () => worker.terminate();
  }, [actions, visible, sizeBy, colourBy]);

  return null;
}
