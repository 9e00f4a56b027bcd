import { beforeAll, describe, expect, test } from "vitest";
import { loadGazetteer, type Gazetteer } from "../../server/resolution/gazetteer.ts";
import { readDossiers, type Dossier } from "./dossiers.ts";
import { measure, shuffled, type Measurement } from "./measuring.ts";

const SLOW_MS = 120_000;

let gazetteer: Gazetteer;
let dossiers: Dossier[];
/** Rules and weights were set on these; the others were only measured. */
const isDeveloped = (dossier: Dossier): boolean => dossier.id <= "d12";

beforeAll(async () => {
  gazetteer = await loadGazetteer("data/gazetteers");
  dossiers = await readDossiers();
}, SLOW_MS);

function rates({ scores, crossLanguage, recallWithSuggestions }: Measurement) {
  const { right, wrong, missed } = scores.pairs;
  return {
    f1: scores.f1,
    precision: right / (right + wrong),
    recall: right / (right + missed),
    crossLanguageRecall: crossLanguage.right / (crossLanguage.right + crossLanguage.missed),
    recallWithSuggestions,
  };
}

describe("who is who in stories of four articles, from gold mentions", () => {
  test("on the dossiers that the weights were set on", { timeout: SLOW_MS }, async () => {
    const found = rates(await measure(dossiers.filter(isDeveloped), gazetteer));
    expect(found.f1).toBeGreaterThan(0.97);
    expect(found.precision).toBeGreaterThan(0.98);
    expect(found.recall).toBeGreaterThan(0.92);
    expect(found.crossLanguageRecall).toBeGreaterThan(0.91);
    expect(found.recallWithSuggestions).toBeGreaterThan(0.95);
  });

  test("on dossiers that were held back", { timeout: SLOW_MS }, async () => {
    const found = rates(
      await measure(
        dossiers.filter((dossier) => !isDeveloped(dossier)),
        gazetteer,
      ),
    );
    expect(found.f1).toBeGreaterThan(0.96);
    expect(found.precision).toBeGreaterThan(0.97);
    expect(found.recall).toBeGreaterThan(0.88);
    expect(found.crossLanguageRecall).toBeGreaterThan(0.87);
    expect(found.recallWithSuggestions).toBeGreaterThan(0.92);
  });

  test("another order of ingestion changes B-cubed by less than 0.01", { timeout: SLOW_MS }, async () => {
    const { scores } = await measure(dossiers, gazetteer);
    for (const seed of [1, 2, 3]) {
      const other = await measure(dossiers, gazetteer, { order: (extractions) => shuffled(extractions, seed) });
      expect(Math.abs(other.scores.f1 - scores.f1)).toBeLessThan(0.01);
    }
  });

  test("stories in one graph are told apart as well as alone", { timeout: SLOW_MS }, async () => {
    const alone = await measure(dossiers, gazetteer);
    const together = await measure(dossiers, gazetteer, { together: true });
    expect(Math.abs(together.scores.f1 - alone.scores.f1)).toBeLessThan(0.005);
  });
});
