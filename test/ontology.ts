/** The ontology as the program reads it. */
import { readFile } from "node:fs/promises";
import { ontologySchema, type Ontology } from "../server/contract/ontology.ts";

export async function readOntology(): Promise<Ontology> {
  return ontologySchema.parse(JSON.parse(await readFile(new URL("../data/ontology.json", import.meta.url), "utf8")));
}
