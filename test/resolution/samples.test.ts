import { beforeAll, describe, expect, test } from "vitest";
import { readSoundCorpus } from "../../server/corpus/corpus-files.ts";
import { loadGazetteer } from "../../server/resolution/gazetteer.ts";
import { readOntology } from "./dossiers.ts";
import { growingGraph } from "./growing-graph.ts";
import { shuffled } from "./measuring.ts";

/** Ids of the graph for each name in the samples; more than one when a name is not one entity. */
type Graph = Map<string, Set<string>>;

async function graphOfSamples(seed: number | null): Promise<Graph> {
  const gold = await readSoundCorpus(["test/gold/samples"], await readOntology());
  const byDate = gold
    .map((document) => document.extraction)
    .sort((a, b) => ((a.publishedAt ?? "") < (b.publishedAt ?? "") ? -1 : 1));
  const graph = growingGraph(await loadGazetteer("data/gazetteers"));
  const ids: Graph = new Map();
  for (const extraction of seed === null ? byDate : shuffled(byDate, seed)) {
    for (const entity of (await graph.ingest(extraction)).entities) {
      const key = `${entity.type} ${entity.name}`;
      ids.set(key, (ids.get(key) ?? new Set()).add(entity.entity));
    }
  }
  return ids;
}

describe.each([null, 5])("the first graph, in the order of dates or another one (%s)", (seed) => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await graphOfSamples(seed);
  }, 60_000);

  const entitiesOf = (...names: string[]): Set<string> =>
    new Set(names.flatMap((name) => [...(graph.get(name) ?? [`no "${name}"`])]));

  test.each([
    [["ThreatGroup Garde d'airain", "ThreatGroup Bronze Guard", "ThreatGroup Garde d'Airain"]],
    [["PublicBody police fédérale", "PublicBody Belgian Federal Police"]],
    [["PublicBody parquet fédéral", "PublicBody Federal Prosecutor's Office"]],
    [["PublicBody police néerlandaise", "PublicBody Dutch police"]],
    [["PublicBody Federal Criminal Police Office", "PublicBody BKA"]],
    [["PublicBody Conseil de l'Union européenne", "PublicBody Council of the European Union"]],
    [["Organization clinique de la Hoëgne", "Organization Hoëgne clinic"]],
    [["Event opération Sourdine", "Event Operation Sourdine"]],
    [["Country Belgique", "Country Belgium"]],
    [["Place Gand", "Place Ghent"]],
  ])("%s are one", (names) => expect(entitiesOf(...names).size).toBe(1));

  test("what resembles is not joined", () => {
    const apart = [
      "Event opération Sourdine",
      "Event opération Slack Water",
      "Event marche blanche",
      "PublicBody police fédérale",
      "PublicBody parquet fédéral",
      "PublicBody police néerlandaise",
      "Person Stijn Craenmeers",
      "Person Joris Craenmeers",
      "Person Firmin Nsengi-Mbala",
      "Person Béatrice Nsengi-Mbala",
      "ThreatGroup Verdigris",
      "CyberTool Patina",
    ];
    expect(entitiesOf(...apart).size).toBe(apart.length);
  });
});
