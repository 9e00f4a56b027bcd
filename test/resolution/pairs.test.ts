import { beforeAll, describe, expect, test } from "vitest";
import { faultsOfExtraction } from "../../server/contract/extraction.ts";
import { loadGazetteer, type Gazetteer } from "../../server/resolution/gazetteer.ts";
import { growingGraph } from "./growing-graph.ts";
import { readPairs, VERDICTS, type LabelledPair, type Verdict } from "./pairs.ts";

type Outcome = "same" | "possible" | "new";

let gazetteer: Gazetteer;
let pairs: LabelledPair[];
const counts = new Map<string, number>();

async function outcomeOf({ sides: [a, b] }: LabelledPair): Promise<Outcome> {
  const graph = growingGraph(gazetteer);
  const [first] = (await graph.ingest(a)).entities;
  const [second] = (await graph.ingest(b)).entities;
  if (first === undefined || second === undefined) throw new RangeError("a side has no mention");
  if (first.entity === second.entity) return "same";
  return second.suggestions?.some((suggestion) => suggestion.entity === first.entity) === true ? "possible" : "new";
}

function count(verdict: Verdict, ...outcomes: Outcome[]): number {
  return outcomes.reduce((sum, outcome) => sum + (counts.get(`${verdict} ${outcome}`) ?? 0), 0);
}

beforeAll(async () => {
  gazetteer = await loadGazetteer("data/gazetteers");
  pairs = await readPairs();
  for (const pair of pairs) {
    const key = `${pair.verdict} ${await outcomeOf(pair)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
}, 120_000);

describe("the labelled pairs", () => {
  test("are 300 or more, sound, with every verdict and each pair once", () => {
    expect(pairs.length).toBeGreaterThanOrEqual(300);
    expect(new Set(pairs.map((pair) => pair.verdict))).toEqual(new Set(VERDICTS));
    expect(pairs.flatMap((pair) => pair.sides.flatMap((side) => faultsOfExtraction(side)))).toEqual([]);
    const texts = pairs.map(({ sides }) =>
      sides.map((side) => `${side.text} ${JSON.stringify(side.mentions[0])}`).join("|"),
    );
    expect(texts.filter((text, at) => texts.indexOf(text) !== at)).toEqual([]);
  });
});

describe("resolution on the labelled pairs", () => {
  test("what is joined at once is the same", () => {
    const joined = count("same", "same") + count("different", "same") + count("unknown", "same");
    expect(count("same", "same") / joined).toBeGreaterThan(0.92);
    expect(count("same", "same") / (count("same", "same") + count("different", "same"))).toBeGreaterThan(0.97);
  });

  test("what is the same is joined, or at least suggested", () => {
    const same = count("same", "same", "possible", "new");
    expect(count("same", "same") / same).toBeGreaterThan(0.92);
    expect(count("same", "same", "possible") / same).toBeGreaterThan(0.95);
  });

  test("what nobody can tell is seldom joined", () => {
    expect(count("unknown", "same") / count("unknown", "same", "possible", "new")).toBeLessThan(0.35);
  });
});
