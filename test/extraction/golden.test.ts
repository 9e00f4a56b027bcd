/**
 * The extractor, with what the program knows of names, against the annotated samples: measured, with floors well below what was
 * measured when they were set (names .85, relationships .66, factuality .88, coreference .92), far above what chance or an empty answer
 * would reach.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ontologySchema } from "../../server/contract/ontology.ts";
import { evaluateFolder } from "../../server/corpus/corpus-files.ts";
import { openNeuralExtractor } from "../../server/extraction/neural-extractor.ts";
import { loadGazetteer } from "../../server/resolution/gazetteer.ts";

const ontology = ontologySchema.parse(JSON.parse(readFileSync("data/ontology.json", "utf8")));

test("the samples are extracted as well as the floors ask", { timeout: 240_000 }, async () => {
  const knownTypes = (await loadGazetteer("data/gazetteers")).knownTypes();
  const extractor = await openNeuralExtractor({ folder: "data/model", ontology, knownTypes });
  const { scores } = await evaluateFolder("test/gold/samples", extractor, { ontology });
  await extractor.close();
  const measured = {
    names: scores.mentions.overall.f1.value ?? 0,
    entities: scores.entities.overall.f1.value ?? 0,
    relationships: scores.relationships.strict.overall.f1.value ?? 0,
    precision: scores.relationships.strict.overall.precision.value ?? 0,
    factuality: scores.factuality.overall.share.value ?? 0,
    coreference: scores.coreference.overall.f1.value ?? 0,
  };
  const floors = {
    names: 0.79,
    entities: 0.82,
    relationships: 0.56,
    precision: 0.62,
    factuality: 0.78,
    coreference: 0.86,
  };
  for (const [measure, floor] of Object.entries(floors)) {
    expect(measured[measure as keyof typeof measured], `${measure} in ${JSON.stringify(measured)}`).toBeGreaterThan(
      floor,
    );
  }
});
