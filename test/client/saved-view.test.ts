import { describe, expect, it } from "vitest";
import { parseAddress, pathOf } from "../../client/src/address.ts";
import {
  areWordsChanged,
  bodyOf,
  isPictureChanged,
  keptQuotes,
  pictureOf,
  wordsOf,
} from "../../client/src/graph/saved-view.ts";
import type { SavedView } from "../../server/contract/view.ts";
import { edge, node } from "./graphs.ts";

const EDGE = edge("a", "LEADS", "b");
const VIEW: SavedView = {
  id: "v1",
  name: "Amaq",
  notes: "",
  nodes: [
    { id: "a", x: 1, y: 2, hidden: false, pinned: false },
    { id: "b", x: 3, y: 4, hidden: true, pinned: true },
  ],
  edges: [EDGE.id],
  filter: { minConfidence: 0.6 },
  layout: "circular",
  sizeBy: "degree",
  colourBy: "type",
  steps: [{ title: "One", text: "", nodes: ["a"], edges: [] }],
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:00.000Z",
  frozen: {
    at: "2026-01-01T00:00:00.000Z",
    nodes: [node("a"), node("b")],
    edges: [EDGE],
    quotes: [{ edge: EDGE.id, total: 1, claims: [], withdrawn: 0 }],
    baseline: [],
    withdrawn: { quotes: 0, edges: 0, nodes: 0 },
  },
};

describe("a saved view on the page", () => {
  it("is sent as it was opened", () => {
    const { id, createdAt, updatedAt, frozen } = VIEW;
    expect({ ...bodyOf(pictureOf(VIEW), wordsOf(VIEW)), id, createdAt, updatedAt, frozen }).toEqual(VIEW);
  });

  it("is unchanged until a node moves, hides or goes, a filter differs, or an edge was fetched again", () => {
    const picture = pictureOf(VIEW);
    const fetched = { ...picture.dataset, edges: new Map([[EDGE.id, { ...EDGE }]]) };
    const changed = [
      picture,
      { ...picture, positions: new Map([...picture.positions, ["a", { x: 1.2, y: 2 }] as const]) },
      { ...picture, positions: new Map([...picture.positions, ["a", { x: 9, y: 2 }] as const]) },
      { ...picture, hidden: new Set<string>() },
      { ...picture, filter: {} },
      { ...picture, sizeBy: "mentions" as const },
      { ...picture, colourBy: "community" as const },
      { ...picture, pinned: new Set<string>() },
      { ...picture, dataset: fetched },
      { ...picture, dataset: { ...picture.dataset, nodes: new Map([["a", node("a")]]) } },
    ].map((one) => isPictureChanged(one, VIEW));
    expect(changed).toEqual([false, false, true, true, true, true, true, true, true, true]);
    expect([areWordsChanged(wordsOf(VIEW), VIEW), areWordsChanged({ ...wordsOf(VIEW), notes: "!" }, VIEW)]).toEqual([
      false,
      true,
    ]);
  });

  it("from a later version falls back on what this page knows", () => {
    expect(pictureOf({ ...VIEW, layout: "spiral", sizeBy: "fame" })).toMatchObject({
      layout: "force",
      sizeBy: "mentions",
    });
  });

  it("gives its quotes only for an edge as it was kept, and sends no step without a title", () => {
    expect([keptQuotes(EDGE, VIEW)?.total, keptQuotes({ ...EDGE }, VIEW)]).toEqual([1, null]);
    const steps = [...VIEW.steps, { title: " ", text: "x", nodes: [], edges: [] }];
    expect(bodyOf(pictureOf(VIEW), { ...wordsOf(VIEW), steps }).steps).toEqual(VIEW.steps);
  });
});

describe("addresses", () => {
  it("lead to a view, to a slide of it, or home", () => {
    const paths = ["/", "/view/v-1", "/view/v-1/present", "/view/v-1/present/3", "/view/", "/view/a/b", "/else"];
    expect(paths.map((path) => pathOf(parseAddress(path)))).toEqual([
      "/",
      "/view/v-1",
      "/view/v-1/present",
      "/view/v-1/present/3",
      "/",
      "/",
      "/",
    ]);
  });
});
