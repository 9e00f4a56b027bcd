/**
 * The dossiers: stories told by four articles each, and who is who across them. Everything is read from the corpus.
 */
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import type { Extraction } from "../../server/contract/extraction.ts";
import type { NodeType } from "../../server/contract/ontology.ts";
import { ontologySchema } from "../../server/contract/ontology.ts";
import { readSoundCorpus } from "../../server/corpus/corpus-files.ts";

export interface Dossier {
  id: string;
  /** In the order of their dates. */
  extractions: Extraction[];
  /** `document:entity` → who it is. */
  identity: ReadonlyMap<string, { key: string; type: NodeType; name: string }>;
}

const CORPUS = path.resolve("data/corpus/authored/dossiers");

export async function readOntology() {
  return ontologySchema.parse(JSON.parse(await readFile("data/ontology.json", "utf8")));
}

export async function readDossiers(wanted: (id: string) => boolean = () => true): Promise<Dossier[]> {
  const ontology = await readOntology();
  const dossiers: Dossier[] = [];
  for (const id of (await readdir(CORPUS)).filter(wanted).sort()) {
    const gold = await readSoundCorpus([path.join(CORPUS, id)], ontology);
    const identity = new Map<string, { key: string; type: NodeType; name: string }>();
    const table = await readFile(path.join(CORPUS, id, "identity.tsv"), "utf8");
    for (const line of table.split("\n").filter((row) => row.trim() !== "")) {
      const [key = "", type = "", name = "", entities = ""] = line.split("\t");
      for (const entity of entities.trim().split(/\s+/)) identity.set(entity, { key, type: type as NodeType, name });
    }
    const byDate = gold
      .map((document) => document.extraction)
      .sort((a, b) => (a.publishedAt ?? "").localeCompare(b.publishedAt ?? "") || (a.id < b.id ? -1 : 1));
    dossiers.push({ id, extractions: byDate, identity });
  }
  return dossiers;
}
