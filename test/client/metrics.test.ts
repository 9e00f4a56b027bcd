import Graph from "graphology";
import betweenness from "graphology-metrics/centrality/betweenness";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { betweennessOf, LARGEST_EXACT } from "../../client/src/graph/betweenness.ts";
import { datasetOf } from "../../client/src/graph/dataset.ts";
import { linksOf, type Links } from "../../client/src/graph/links.ts";
import { projectGraph } from "../../client/src/graph/projection.ts";
import { anyGraph, edge, graph, measuredOf, node } from "./graphs.ts";

describe("betweenness", () => {
  it("is what another implementation counts, on any graph", () => {
    fc.assert(
      fc.property(anyGraph, (any) => {
        const links = linksOf(datasetOf(any));
        const other = new Graph({ type: "undirected" });
        for (let at = 0; at < links.order; at += 1) other.addNode(at);
        links.neighbours.forEach((near, at) => near.forEach((to) => at < to && other.addEdge(at, to)));
        const expected = betweenness(other, { normalized: false });
        betweennessOf(links).forEach((value, at) => expect(value).toBeCloseTo(expected[at]!, 6));
      }),
    );
  });

  it("of a large graph is sampled, and still tells the bridge between two halves", () => {
    const half = LARGEST_EXACT;
    const neighbours: number[][] = Array.from({ length: 2 * half + 1 }, () => []);
    const link = (a: number, b: number) => {
      neighbours[a]!.push(b);
      neighbours[b]!.push(a);
    };
    const bridge = 2 * half;
    for (let at = 1; at < half; at += 1) {
      link(0, at);
      link(half, half + at);
    }
    link(0, bridge);
    link(half, bridge);
    const links: Links = { order: neighbours.length, neighbours };
    const values = betweennessOf(links);
    const exact = half * half;
    expect(values[bridge]! / exact).toBeGreaterThan(0.9);
    expect(values[bridge]! / exact).toBeLessThan(1.1);
    expect(values[1]).toBe(0);
  });
});

describe("groups", () => {
  const clique = (names: readonly string[]) =>
    names.flatMap((a, at) => names.slice(at + 1).map((b) => edge(a, "COOPERATED_WITH", b)));
  const [large, small] = [
    ["a", "b", "c", "d", "e"],
    ["x", "y", "z"],
  ] as const;
  const dataset = datasetOf(
    graph(
      [...large, ...small].map((id) => node(id)),
      [...clique(large), ...clique(small), edge("a", "MET", "x")],
    ),
  );

  it("are the parts that hold together, the largest first", () => {
    const groups = measuredOf(dataset, "community");
    expect(Object.fromEntries(groups)).toEqual({ a: 0, b: 0, c: 0, d: 0, e: 0, x: 1, y: 1, z: 1 });
  });

  it("colour the nodes, and the same graph gets the same colours", () => {
    const drawn = () =>
      projectGraph(dataset, new Map(), {
        theme: "light",
        language: "en",
        sizeBy: "degree",
        colourBy: "community",
        pinned: new Set(),
        measures: { community: measuredOf(dataset, "community") },
        words: { contested: "contested", former: "formerly" },
      }).mapNodes((_id, { color }) => color);
    expect(new Set(drawn()).size).toBe(2);
    expect(drawn()).toEqual(drawn());
  });

  it("of a graph without edges are one for every node, without fail", () => {
    const lonely = datasetOf(graph([node("a"), node("b")], []));
    expect([...measuredOf(lonely, "community").keys()]).toEqual(["a", "b"]);
  });
});
