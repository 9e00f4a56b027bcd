import { describe, expect, it } from "vitest";
import { coordinatesOf, separate, startForce, stepForce } from "../../client/src/graph/layouts/force.ts";
import { instantLayout, LAYOUTS } from "../../client/src/graph/layouts/registry.ts";
import { datasetOf } from "../../client/src/graph/dataset.ts";
import { isMeasure, METRICS, weightsOf } from "../../client/src/graph/metrics.ts";
import { measuredOf } from "./graphs.ts";
import { record, redo, startHistory, undo } from "../../client/src/graph/history.ts";
import { toggle } from "../../client/src/graph/filter-values.ts";
import { edge, graph, node } from "./graphs.ts";

const free = (x: number, y: number) => ({ x, y, size: 8, fixed: false });
const fixed = (x: number, y: number) => ({ x, y, size: 8, fixed: true });

describe("the force layout", () => {
  it("settles: a path of ten nodes comes to rest and its ends are apart", () => {
    const nodes = Array.from({ length: 10 }, (_, index) => free(index * 3, (index % 3) * 5));
    const edges = Array.from({ length: 9 }, (_, index) => [index, index + 1] as const);
    const state = startForce({ nodes, edges });
    let way = Infinity;
    for (let round = 0; round < 200 && way > 0.6; round += 1) way = stepForce(state, 10);
    expect(way).toBeLessThanOrEqual(0.6);
    const at = coordinatesOf(state);
    const distance = (a: number, b: number) => Math.hypot(at[a * 2]! - at[b * 2]!, at[a * 2 + 1]! - at[b * 2 + 1]!);
    expect(distance(0, 9)).toBeGreaterThan(distance(0, 1));
  });

  it("leaves fixed nodes exactly where they are", () => {
    const state = startForce({
      nodes: [fixed(0, 0), fixed(100, 50), free(1, 1), free(2, 2)],
      edges: [
        [0, 2],
        [0, 3],
        [0, 1],
      ],
    });
    stepForce(state, 100);
    separate(state, [40, 40, 40, 40], 1);
    expect([...coordinatesOf(state).slice(0, 4)]).toEqual([0, 0, 100, 50]);
    expect([...coordinatesOf(state).slice(4)]).not.toEqual([1, 1, 2, 2]);
  });

  it("gives nodes and their names room", () => {
    const state = startForce({ nodes: [free(0, 0), free(5, 2), free(9, -3)], edges: [] });
    separate(state, [60, 60, 60], 1);
    const at = coordinatesOf(state);
    for (const [a, b] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      const [left, right] = at[a * 2]! <= at[b * 2]! ? [a, b] : [b, a];
      const beside = at[right * 2]! - at[left * 2]! >= 60;
      const above = Math.abs(at[a * 2 + 1]! - at[b * 2 + 1]!) >= 16;
      expect(beside || above).toBe(true);
    }
  });
});

describe("the registries", () => {
  const dataset = datasetOf(
    graph(
      [
        node("hub", "PublicBody", { mentionCount: 9 }),
        node("b", "Person", { firstSeen: "2019-02-01" }),
        node("c", "Person"),
        node("d", "Place", { firstSeen: null }),
      ],
      [edge("hub", "ARRESTED", "b"), edge("hub", "ARRESTED", "c"), edge("hub", "ATTACKED", "d"), edge("b", "MET", "c")],
    ),
  );

  it("place every node once and nowhere twice", () => {
    for (const layout of LAYOUTS) {
      const positions = instantLayout(layout, dataset);
      if (positions === null) continue;
      expect([...positions.keys()].sort()).toEqual(["b", "c", "d", "hub"]);
      expect(new Set([...positions.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(4);
    }
  });

  it("read time from left to right", () => {
    const positions = instantLayout("byTime", dataset)!;
    expect(positions.get("b")!.x).toBeLessThan(positions.get("c")!.x);
  });

  it("give shares between 0 and 1, with the hub on top", () => {
    for (const metric of METRICS) {
      const weights = weightsOf(dataset, metric, isMeasure(metric) ? measuredOf(dataset, metric) : null);
      expect([...weights.keys()].sort()).toEqual(["b", "c", "d", "hub"]);
      expect(Math.max(...weights.values())).toBeLessThanOrEqual(1);
      expect(Math.min(...weights.values())).toBeGreaterThanOrEqual(0);
      if (metric !== "documents") expect(weights.get("hub")).toBe(1);
    }
  });
});

describe("the steps", () => {
  it("go back and forth, and a new step ends the future", () => {
    let history = startHistory(0, "start");
    for (const value of [1, 2, 3]) history = record(history, value, `step ${value}`);
    history = undo(undo(history));
    expect([history.present.value, history.future.length]).toEqual([1, 2]);
    expect(redo(history).present).toEqual({ value: 2, label: "step 2" });
    expect(redo(record(history, 9, "other")).present.value).toBe(9);
    expect(undo(undo(undo(history))).present.value).toBe(0);
  });
});

describe("choosing values of a filter", () => {
  it("is no condition when all are chosen", () => {
    const all = ["a", "b", "c"];
    const without = toggle(undefined, "b", all);
    expect(without).toEqual(["a", "c"]);
    expect(toggle(without, "b", all)).toBeUndefined();
    expect(toggle(["a"], "x", all)).toEqual(["a", "x"]);
  });
});
