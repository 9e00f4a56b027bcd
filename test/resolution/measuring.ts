/**
 * Resolution measured: stories are put into a graph document by document and the clusters compared with who is who.
 */
import type { Extraction } from "../../server/contract/extraction.ts";
import type { Gazetteer } from "../../server/resolution/gazetteer.ts";
import { scoreClusters, sumScores, type ClusterScores } from "./clusters.ts";
import type { Dossier } from "./dossiers.ts";
import { growingGraph } from "./growing-graph.ts";

export interface Measurement {
  scores: ClusterScores;
  /** Pairs of one French and one English article. */
  crossLanguage: { right: number; wrong: number; missed: number };
  /** Of the pairs that are the same: those that were joined or suggested. */
  recallWithSuggestions: number;
}

export interface MeasureOptions {
  /** All stories in one graph. */
  together?: boolean;
  order?: (extractions: readonly Extraction[]) => Extraction[];
}

interface Item {
  gold: string;
  found: string;
  language: string;
  suggested: string[];
}

export async function measure(
  dossiers: readonly Dossier[],
  gazetteer: Gazetteer,
  options: MeasureOptions = {},
): Promise<Measurement> {
  const order = options.order ?? ((extractions: readonly Extraction[]) => [...extractions]);
  const dossierOf = new Map(dossiers.flatMap((dossier) => dossier.extractions.map((each) => [each.id, dossier])));
  const items = new Map<string, Item[]>(dossiers.map((dossier) => [dossier.id, []]));
  const runs =
    options.together === true
      ? [dossiers.flatMap((dossier) => dossier.extractions)]
      : dossiers.map((dossier) => dossier.extractions);
  for (const run of runs) {
    const graph = growingGraph(gazetteer);
    for (const extraction of order(run)) {
      const dossier = dossierOf.get(extraction.id);
      if (dossier === undefined) continue;
      for (const entity of (await graph.ingest(extraction)).entities) {
        const who = dossier.identity.get(`${extraction.id}:${entity.local}`);
        if (who === undefined) throw new RangeError(`${dossier.id} does not tell who ${entity.local} is`);
        items.get(dossier.id)?.push({
          gold: who.key,
          found: entity.entity,
          language: extraction.language,
          suggested: (entity.suggestions ?? []).map((suggestion) => suggestion.entity),
        });
      }
    }
  }
  const all = [...items.values()];
  return { scores: sumScores(all.map(scoreClusters)), ...pairsOf(all) };
}

function pairsOf(all: readonly (readonly Item[])[]): Omit<Measurement, "scores"> {
  const crossLanguage = { right: 0, wrong: 0, missed: 0 };
  let same = 0;
  let found = 0;
  for (const items of all) {
    // A suggestion joins two entities of the graph, with all their mentions, when it is accepted.
    const suggestions = new Set(items.flatMap((item) => item.suggested.map((other) => `${item.found} ${other}`)));
    const isSuggested = (a: Item, b: Item): boolean =>
      suggestions.has(`${a.found} ${b.found}`) || suggestions.has(`${b.found} ${a.found}`);
    for (const [at, a] of items.entries()) {
      for (const b of items.slice(at + 1)) {
        const isSame = a.gold === b.gold;
        const isFound = a.found === b.found;
        if (isSame) {
          same += 1;
          found += Number(isFound || isSuggested(a, b));
        }
        if (a.language === b.language) continue;
        if (isSame && isFound) crossLanguage.right += 1;
        else if (isFound) crossLanguage.wrong += 1;
        else if (isSame) crossLanguage.missed += 1;
      }
    }
  }
  return { crossLanguage, recallWithSuggestions: same === 0 ? 1 : found / same };
}

/** The same shuffle for the same seed. */
export function shuffled<T>(values: readonly T[], seed: number): T[] {
  const result = [...values];
  let state = seed;
  for (let at = result.length - 1; at > 0; at -= 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const other = (state >>> 8) % (at + 1);
    result.splice(at, 1, ...result.splice(other, 1, ...result.slice(at, at + 1)));
  }
  return result;
}
