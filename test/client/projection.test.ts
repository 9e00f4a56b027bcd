import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  datasetOf,
  leavesOf,
  mergeGraph,
  neighboursIn,
  withoutNodes,
  EMPTY_DATASET,
} from "../../client/src/graph/dataset.ts";
import { placeNew } from "../../client/src/graph/positions.ts";
import { projectGraph, type Projection } from "../../client/src/graph/projection.ts";
import { visibleOf } from "../../client/src/graph/visible.ts";
import { anyGraph, edge, graph, node } from "./graphs.ts";

const LOOK: Projection = {
  theme: "light",
  language: "fr",
  sizeBy: "mentions",
  colourBy: "type",
  measures: {},
  pinned: new Set(),
  words: { contested: "contesté", former: "autrefois" },
};

describe("the Sigma graph", () => {
  it("is a function of dataset, positions and look: made twice it is the same", () => {
    fc.assert(
      fc.property(anyGraph, (any) => {
        const dataset = datasetOf(any);
        const positions = placeNew(dataset, new Map(), null);
        expect(projectGraph(dataset, positions, LOOK).export()).toEqual(
          projectGraph(dataset, positions, LOOK).export(),
        );
      }),
    );
  });

  it("holds exactly the visible nodes and edges, each at its place", () => {
    fc.assert(
      fc.property(anyGraph, fc.nat(19), (any, at) => {
        const dataset = datasetOf(any);
        const positions = placeNew(dataset, new Map(), null);
        const visible = visibleOf(dataset, new Set([`n${at}`]), {});
        const drawn = projectGraph(visible, positions, LOOK);
        expect(drawn.nodes().sort()).toEqual([...visible.nodes.keys()].sort());
        expect(drawn.edges().sort()).toEqual([...visible.edges.keys()].sort());
        for (const id of drawn.nodes()) {
          const { x, y } = drawn.getNodeAttributes(id);
          expect({ x, y }).toEqual(positions.get(id));
        }
      }),
    );
  });

  it("reads edges as words and never as types", () => {
    const dataset = datasetOf(
      graph(
        [node("a", "PublicBody"), node("b", "MediaOutlet")],
        [
          edge("a", "TOOK_DOWN", "b"),
          edge("a", "ACTED_AGAINST", "b"),
          edge("b", "MOUTHPIECE_OF", "a", { former: true, contested: true }),
        ],
      ),
    );
    const drawn = projectGraph(dataset, new Map(), LOOK);
    expect(drawn.mapEdges((_, { label }) => label)).toEqual([
      "a neutralisé",
      "a agi contre",
      "porte la parole de (autrefois, contesté)",
    ]);
  });

  it("keeps parallel edges apart, in both directions", () => {
    const edges = [edge("a", "TOOK_DOWN", "b"), edge("a", "ACCUSED", "b"), edge("b", "ATTACKED", "a")];
    const drawn = projectGraph(datasetOf(graph([node("a"), node("b")], edges)), new Map(), LOOK);
    // Seen from a to b: an edge of the other direction counts its side the other way.
    const sides = drawn.mapEdges((_, { lane }, source) => (source === "a" ? lane : -lane));
    expect(new Set(sides).size).toBe(3);
    expect(sides.reduce((sum, side) => sum + side, 0)).toBe(0);
  });

  it("draws an alleged edge dashed, a stated one solid, a derived one dotted", () => {
    const edges = [
      edge("a", "ACCUSED", "b"),
      edge("a", "ATTACKED", "b", { standing: "alleged" }),
      edge("a", "ACTED_AGAINST", "b"),
    ];
    const drawn = projectGraph(datasetOf(graph([node("a"), node("b")], edges)), new Map(), LOOK);
    expect(drawn.mapEdges((_, { standing, dash }) => [standing, dash > 0])).toEqual([
      ["stated", false],
      ["alleged", true],
      ["derived", true],
    ]);
  });

  it("cuts a name of 2,000 characters and keeps one of another script whole", () => {
    const dataset = datasetOf(
      graph([node("a", "Person", { name: "x".repeat(2_000) }), node("b", "MediaOutlet", { name: "وكالة" })], []),
    );
    const labels = projectGraph(dataset, new Map(), LOOK).mapNodes((_, { label }) => label);
    expect(labels).toEqual([`${"x".repeat(33)}…`, "وكالة"]);
  });
});

describe("positions", () => {
  it("stay where they are when a node is expanded; new nodes start beside it", () => {
    fc.assert(
      fc.property(anyGraph, (any) => {
        const before = datasetOf(any);
        const placed = placeNew(before, new Map(), null);
        const grown = mergeGraph(
          before,
          graph([node("new1"), node("new2")], [edge("n0", "OWNS", "new1"), edge("new2", "LEADS", "n0")]),
        );
        const after = placeNew(grown, placed, "n0");
        for (const [id, point] of placed) expect(after.get(id)).toEqual(point);
        const origin = placed.get("n0")!;
        for (const id of ["new1", "new2"]) {
          const point = after.get(id)!;
          expect(Math.hypot(point.x - origin.x, point.y - origin.y)).toBeLessThan(100);
        }
        expect(after.get("new1")).not.toEqual(after.get("new2"));
      }),
    );
  });

  it("are the same object when nothing is new", () => {
    const dataset = datasetOf(graph([node("a"), node("b")], []));
    const placed = placeNew(dataset, new Map(), null);
    expect(placeNew(withoutNodes(dataset, new Set(["b"])), placed, null)).toBe(placed);
  });
});

describe("the dataset", () => {
  it("never holds an edge without both ends", () => {
    const merged = mergeGraph(EMPTY_DATASET, graph([node("a")], [edge("a", "OWNS", "gone")]));
    expect([...merged.edges.keys()]).toEqual([]);
  });

  it("collapses to what other nodes hold", () => {
    const dataset = datasetOf(
      graph(
        [node("hub"), node("leaf"), node("bridge"), node("far")],
        [edge("hub", "OWNS", "leaf"), edge("hub", "OWNS", "bridge"), edge("bridge", "OWNS", "far")],
      ),
    );
    expect([...leavesOf(dataset, "hub")]).toEqual(["leaf"]);
    expect(neighboursIn(dataset, "bridge").map((one) => one.node.id)).toEqual(["far", "hub"]);
  });
});

describe("filters", () => {
  const dataset = datasetOf(
    graph(
      [node("a", "PublicBody"), node("b", "Person"), node("c", "Place")],
      [
        edge("a", "ARRESTED", "b", { firstDate: "2020-03", lastDate: "2020-03" }),
        edge("a", "ACCUSED", "b", { standing: "alleged", confidence: 0.4 }),
        edge("b", "BASED_IN", "c", { standing: "denied" }),
      ],
    ),
  );
  const edgesUnder = (filter: Parameters<typeof visibleOf>[2]) =>
    [...visibleOf(dataset, new Set(), filter).edges.values()].map(({ type }) => type);

  it("leave denied and planned edges out unless asked for", () => {
    expect(edgesUnder({})).toEqual(["ARRESTED", "ACCUSED"]);
    expect(edgesUnder({ standing: ["denied"] })).toEqual(["BASED_IN"]);
  });

  it("narrow by family, confidence, day and kind of node", () => {
    expect(edgesUnder({ families: ["justice"] })).toEqual(["ARRESTED"]);
    expect(edgesUnder({ minConfidence: 0.5 })).toEqual(["ARRESTED"]);
    expect(edgesUnder({ from: "2020-01", to: "2020-12" })).toEqual(["ARRESTED"]);
    expect(edgesUnder({ from: "2021" })).toEqual([]);
    // A month overlaps a stretch that begins in its middle.
    expect(edgesUnder({ from: "2020-03-15", to: "2020-03-20" })).toEqual(["ARRESTED"]);
    expect(edgesUnder({ from: "2020-04-01" })).toEqual([]);
    expect([...visibleOf(dataset, new Set(), { types: ["Person"] }).nodes.keys()]).toEqual(["b"]);
  });
});
