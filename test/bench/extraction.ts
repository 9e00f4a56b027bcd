/** Articles and sentences a second of `extract` and of the whole ingestion, over the sample articles in memory. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ontologySchema } from "../../server/contract/ontology.ts";
import type { Document } from "../../server/contract/document.ts";
import { openNeuralExtractor } from "../../server/extraction/neural-extractor.ts";
import { splitSentences } from "../../server/extraction/sentences.ts";
import { readDocument } from "../../server/reading/read-document.ts";
import { loadGazetteer } from "../../server/resolution/gazetteer.ts";
import { resolveDocument } from "../../server/resolution/resolve.ts";
import { openEmbeddedStore } from "../../server/store/embedded/open.ts";
import { table } from "./timing.ts";

const ROUNDS = 5;

export async function extractionSpeed(): Promise<string> {
  const ontology = ontologySchema.parse(JSON.parse(readFileSync("data/ontology.json", "utf8")));
  const documents: Document[] = [];
  for (const name of readdirSync("data/samples").filter((file) => /^\d.*\.(txt|md|html)$/.test(file))) {
    const read = await readDocument({ bytes: readFileSync(join("data/samples", name)), name, hints: {} });
    if (read.problem === null) documents.push(read.document);
  }
  const sentences = documents.reduce((sum, { text }) => sum + splitSentences(text).length, 0);

  const loading = performance.now();
  const extractor = await openNeuralExtractor({ folder: "data/model", ontology });
  const loaded = (performance.now() - loading) / 1000;
  const folder = mkdtempSync(join(tmpdir(), "fil-rouge-bench-"));
  const store = await openEmbeddedStore({ folder });
  try {
    const first = documents[0];
    if (first !== undefined) await extractor.extract(first);
    const extracting = performance.now();
    for (let round = 0; round < ROUNDS; round += 1) for (const document of documents) await extractor.extract(document);
    const extract = (performance.now() - extracting) / 1000;

    const gazetteer = await loadGazetteer("data/gazetteers");
    const ingesting = performance.now();
    let resolution = 0;
    for (const document of documents) {
      const extraction = await extractor.extract(document);
      const resolving = performance.now();
      const resolved = await resolveDocument(
        { extraction, collection: "bench", ingestedAt: new Date(0).toISOString() },
        {
          known: (keys) => store.findByKeys(keys),
          together: (entity, others) => store.mentionedWith(entity, others),
          gazetteer,
        },
      );
      resolution += performance.now() - resolving;
      await store.save(resolved);
    }
    const ingest = (performance.now() - ingesting) / 1000;
    return table(
      "Extraction and ingestion",
      ["", "value"],
      [
        ["model loaded (s)", loaded],
        ["sentences an article", sentences / documents.length],
        ["extract, articles a second", (documents.length * ROUNDS) / extract],
        ["extract, sentences a second", (sentences * ROUNDS) / extract],
        ["ingest into the embedded store, articles a second", documents.length / ingest],
        ["share of resolution in ingestion (%)", resolution / 10 / ingest],
        ["resident memory (MB)", process.memoryUsage().rss / 1e6],
      ],
    );
  } finally {
    await extractor.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
