import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { barsOf, claimsIn, daysOf, stretchOf } from "../../client/src/graph/timeline.ts";

const DATES = [
  { date: "2019", claims: 2 },
  { date: "2019-11", claims: 3 },
  { date: "2019-11-24", claims: 1 },
  { date: "2020-01-02", claims: 4 },
];

const someDate = fc
  .record({ year: fc.integer({ min: 1990, max: 2030 }), month: fc.integer({ min: 1, max: 12 }), parts: fc.nat(1) })
  .map(({ year, month, parts }) => (parts === 0 ? `${year}` : `${year}-${String(month).padStart(2, "0")}`));
const someDates = fc
  .uniqueArray(someDate, { minLength: 1, maxLength: 12 })
  .map((dates) => dates.sort().map((date) => ({ date, claims: 1 })));

describe("the timeline", () => {
  it("has a bar for every month, and a claim known by its year stands around all months of it", () => {
    const bars = barsOf({ dates: DATES });
    expect(bars.map(({ period }) => period)).toEqual([
      ...Array.from({ length: 12 }, (_, month) => `2019-${String(month + 1).padStart(2, "0")}`),
      "2020-01",
    ]);
    expect(bars.at(10)).toEqual({ period: "2019-11", within: 4, around: 2 });
    expect(bars.at(0)).toEqual({ period: "2019-01", within: 0, around: 2 });
    expect(bars.at(-1)).toEqual({ period: "2020-01", within: 4, around: 0 });
  });

  it("counts years where months would be too many", () => {
    const bars = barsOf({ dates: [{ date: "1994-05", claims: 1 }, ...DATES] });
    expect(bars).toHaveLength(27);
    expect(bars.at(25)).toEqual({ period: "2019", within: 6, around: 0 });
  });

  it("has no bar without a date", () => {
    expect(barsOf({ dates: [] })).toEqual([]);
  });

  it("gives back the stretch that its days came from", () => {
    fc.assert(
      fc.property(someDates, fc.nat(), fc.nat(), (dates, a, b) => {
        const bars = barsOf({ dates });
        const [first, last] = [Math.min(a % bars.length, b % bars.length), Math.max(a % bars.length, b % bars.length)];
        const { from, to } = daysOf(bars, first, last);
        expect(stretchOf(bars, from, to)).toEqual([first, last]);
      }),
    );
  });

  it("finds the bars that days of another precision touch, and none outside", () => {
    const bars = barsOf({ dates: DATES });
    expect(stretchOf(bars, "2019-11-24", "2019-12-01")).toEqual([10, 11]);
    expect(stretchOf(bars, "2019", "2019")).toEqual([0, 11]);
    expect(stretchOf(bars, "2021", undefined)).toBeNull();
    expect(stretchOf(bars, undefined, "2018")).toBeNull();
  });

  it("counts in a stretch what the filter of its days lets pass", () => {
    expect(claimsIn({ dates: DATES }, "2019-11", "2019-11")).toBe(6);
    expect(claimsIn({ dates: DATES }, "2019-12", "2020-01")).toBe(6);
    expect(claimsIn({ dates: DATES }, "2020-01", "2020-01")).toBe(4);
    expect(claimsIn({ dates: DATES }, "2019-01", "2020-01")).toBe(10);
  });
});
