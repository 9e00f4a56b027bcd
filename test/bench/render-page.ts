/**
 * Runs in the browser: draws one graph with one of the three renderers, each with what its manual advises for graphs of that size.
 * Bundled by `render.ts`.
 */
import cytoscape from "cytoscape";
import { DataSet } from "vis-data";
import { Network } from "vis-network";
import { datasetOf } from "../../client/src/graph/dataset.ts";
import { projectGraph } from "../../client/src/graph/projection.ts";
import { createRenderer } from "../../client/src/graph/webgl/renderer.ts";
import type { Graph } from "../../server/contract/graph.ts";

export type RendererName = "Fil rouge" | "cytoscape" | "vis-network";

export interface Drawn {
  graph: Graph;
  positions: [id: string, x: number, y: number][];
}

const EDGES_HIDDEN_WHILE_MOVING_ABOVE = 2_000;

const DRAW: Record<RendererName, (container: HTMLElement, drawn: Drawn) => Promise<void>> = {
  "Fil rouge": (container, { graph, positions }) => {
    const sigma = createRenderer(container);
    sigma.setSetting("hideEdgesOnMove", graph.edges.length > EDGES_HIDDEN_WHILE_MOVING_ABOVE);
    // As the page does: words along edges only where they are few.
    sigma.setSetting("edgeReducer", (_id, data) => ({ ...data, label: "" }));
    const places = new Map(positions.map(([id, x, y]) => [id, { x, y }]));
    const drawing = new Promise<void>((done) => sigma.once("afterRender", () => done()));
    sigma.setGraph(
      projectGraph(datasetOf(graph), places, {
        theme: "light",
        language: "en",
        sizeBy: "mentions",
        colourBy: "type",
        measures: {},
        pinned: new Set(),
        words: { contested: "contested", former: "formerly" },
      }),
    );
    sigma.refresh();
    return drawing;
  },
  cytoscape: (container, { graph, positions }) => {
    const places = new Map(positions.map(([id, x, y]) => [id, { x, y: -y }]));
    const core = cytoscape({
      container,
      hideEdgesOnViewport: graph.edges.length > EDGES_HIDDEN_WHILE_MOVING_ABOVE,
      pixelRatio: 1,
      layout: { name: "preset" },
      elements: [
        ...graph.nodes.map(({ id, name }) => ({ data: { id, name }, position: places.get(id) ?? { x: 0, y: 0 } })),
        ...graph.edges.map(({ id, source, target, type }) => ({ data: { id, source, target, type } })),
      ],
      style: [
        {
          selector: "node",
          style: {
            width: 12,
            height: 12,
            "background-color": "#2e75c8",
            label: "data(name)",
            "min-zoomed-font-size": 9,
          },
        },
        { selector: "edge", style: { width: 1, "line-color": "#a0a7b0", "curve-style": "haystack" } },
      ],
    });
    return new Promise((done) => core.one("render", () => done()));
  },
  "vis-network": (container, { graph, positions }) => {
    const places = new Map(positions.map(([id, x, y]) => [id, { x, y: -y }]));
    const hide = graph.edges.length > EDGES_HIDDEN_WHILE_MOVING_ABOVE;
    const network = new Network(
      container,
      {
        nodes: new DataSet(graph.nodes.map(({ id, name }) => ({ id, label: name, ...places.get(id) }))),
        edges: new DataSet(graph.edges.map(({ id, source, target }) => ({ id, from: source, to: target }))),
      },
      {
        physics: false,
        layout: { improvedLayout: false },
        interaction: { hideEdgesOnDrag: hide, hideEdgesOnZoom: hide },
        nodes: { shape: "dot", size: 6, color: "#2e75c8", scaling: { label: { drawThreshold: 9 } } },
        edges: { smooth: false, width: 1, color: "#a0a7b0" },
      },
    );
    const drawing = new Promise<void>((done) => network.once("afterDrawing", () => done()));
    network.fit({ animation: false });
    return drawing;
  },
};

/** Reads one pixel of every canvas back: what was asked to be drawn is drawn then, and not in a queue. */
function readBack(): void {
  for (const canvas of document.querySelectorAll("canvas")) {
    if (canvas.width === 0) continue;
    const flat = canvas.getContext("2d");
    if (flat !== null) {
      flat.getImageData(0, 0, 1, 1);
      continue;
    }
    const deep = canvas.getContext("webgl2") ?? canvas.getContext("webgl");
    deep?.readPixels(0, 0, 1, 1, deep.RGBA, deep.UNSIGNED_BYTE, new Uint8Array(4));
  }
}

function heap(): number {
  (globalThis as unknown as { gc?: () => void }).gc?.();
  return (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize / 1e6;
}

/** Milliseconds to the first frame, and MB of JavaScript heap that the renderer holds then. */
export async function firstFrame(name: RendererName, drawn: Drawn): Promise<{ first: number; memory: number }> {
  const container = document.querySelector<HTMLElement>("#canvas");
  if (container === null) throw new Error("The page has no #canvas.");
  const before = heap();
  const begun = performance.now();
  await DRAW[name](container, drawn);
  readBack();
  const first = performance.now() - begun;
  return { first, memory: heap() - before };
}

/** Resolves when the frame that the last event asked for is drawn. */
export async function nextFrame(): Promise<void> {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  readBack();
}

Object.assign(globalThis, { bench: { firstFrame, nextFrame } });
