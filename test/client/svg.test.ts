import { XMLParser } from "fast-xml-parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { datasetOf } from "../../client/src/graph/dataset.ts";
import { placeNew } from "../../client/src/graph/positions.ts";
import { projectGraph, type SigmaGraph } from "../../client/src/graph/projection.ts";
import { svgOf } from "../../client/src/graph/svg.ts";
import { anyGraph, edge, graph, node } from "./graphs.ts";

const draw = (any: Parameters<typeof datasetOf>[0]): SigmaGraph => {
  const dataset = datasetOf(any);
  return projectGraph(dataset, placeNew(dataset, new Map(), null), {
    theme: "light",
    language: "en",
    sizeBy: "degree",
    colourBy: "type",
    measures: {},
    pinned: new Set(),
    words: { contested: "contested", former: "formerly" },
  });
};
const svg = (drawn: SigmaGraph) =>
  svgOf(drawn, { theme: "light", title: "Test", place: (id) => drawn.getNodeAttributes(id), worded: true });

describe("the picture as SVG", () => {
  it("holds every node, whatever graph is drawn", () => {
    fc.assert(
      fc.property(anyGraph, (any) => {
        const drawn = draw(any);
        const text = svg(drawn);
        const { svg: root } = new XMLParser().parse(text) as { svg: { title: string } };
        expect(root.title).toBe("Test");
        expect(text.match(/font-size="12.5"/g)).toHaveLength(drawn.order);
      }),
    );
  });

  it("keeps a script, a quote and control characters in a name as text", () => {
    const name = `<script>alert("1")</script>\u0007&`;
    const text = svg(draw(graph([node("a", "Person", { name })], [])));
    expect(text).not.toContain("<script");
    const parsed = new XMLParser({ ignoreAttributes: true }).parse(text) as { svg: { g: { g: { text: string } }[] } };
    expect(parsed.svg.g[1]!.g.text).toBe('<script>alert("1")</script>&');
  });

  it("draws how an edge stands: dashes, two strokes when contested, an arrow unless symmetric", () => {
    const ends = [node("a"), node("b")];
    const alleged = svg(draw(graph(ends, [edge("a", "FUNDED", "b", { standing: "alleged" })])));
    expect(alleged).toContain('stroke-dasharray="7 4"');
    expect(svg(draw(graph(ends, [edge("a", "FUNDED", "b")])))).not.toContain("stroke-dasharray");
    const strokes = (text: string) => text.match(/stroke-width="1.8"/g)?.length ?? 0;
    expect(strokes(svg(draw(graph(ends, [edge("a", "FUNDED", "b", { contested: true })]))))).toBe(2);
    const arrows = (text: string) => text.match(/z" fill=/g)?.length ?? 0;
    const plain = arrows(svg(draw(graph(ends, [edge("a", "MET", "b")]))));
    expect(arrows(svg(draw(graph(ends, [edge("a", "FUNDED", "b")]))))).toBe(plain + 1);
  });
});
