/**
 * Folders and files of annotated articles → GoldDocuments, and the scoring of an extractor on them. Used by the commands
 * `corpus` and `evaluate`.
 */
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { Document } from "../contract/document.ts";
import type { Extraction } from "../contract/extraction.ts";
import type { Ontology } from "../contract/ontology.ts";
import { AppError } from "../errors.ts";
import { formatFault, parseArticles, type Fault } from "./article-parser.ts";
import { evaluate } from "./evaluate.ts";
import type { GoldDocument } from "./gold-document.ts";
import { ontologyRules } from "./ontology-rules.ts";
import type { Scores } from "./scores.ts";

export const ARTICLE_ENDING = ".ann.md";

/** What scoring needs of the port Extractor. */
export interface ScoredExtractor {
  extract(document: Document, options?: { signal?: AbortSignal }): Promise<Extraction>;
}

/**
 * Reads the articles of files and folders, folders walked in sorted order, with the faults of those that break the format.
 * @throws AppError `not_found` for a missing path, `invalid_input` for a folder without annotated articles
 */
export async function readCorpus(
  paths: readonly string[],
  ontology: Ontology,
): Promise<{ documents: GoldDocument[]; faults: Fault[] }> {
  const sources: { file: string; source: string }[] = [];
  for (const named of paths) {
    for (const file of await articleFiles(named)) sources.push({ file, source: await readFile(file, "utf8") });
  }
  return parseArticles(sources, ontologyRules(ontology));
}

const MAX_FAULTS_TOLD = 20;

/** As `readCorpus`, for those who can do nothing with a faulty article. @throws AppError `invalid_input` that lists the faults */
export async function readSoundCorpus(paths: readonly string[], ontology: Ontology): Promise<GoldDocument[]> {
  const { documents, faults } = await readCorpus(paths, ontology);
  if (faults.length === 0) return documents;
  const told = faults.slice(0, MAX_FAULTS_TOLD).map(formatFault).join("\n");
  const more = faults.length > MAX_FAULTS_TOLD ? `\n… and ${faults.length - MAX_FAULTS_TOLD} more` : "";
  const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
  throw new AppError("invalid_input", `The annotated articles have ${count}; correct them first.\n${told}${more}`);
}

export interface EvaluateOptions {
  ontology: Ontology;
  onProgress?: (done: number, total: number) => void;
  signal?: AbortSignal;
}

export interface Evaluation {
  scores: Scores;
  gold: GoldDocument[];
  /** In the order of `gold`. */
  predicted: Extraction[];
}

/**
 * Runs the extractor over the plain text of every annotated article of the folder and scores what it finds.
 * @throws AppError as `readSoundCorpus`, and what the extractor throws
 */
export async function evaluateFolder(
  folder: string,
  extractor: ScoredExtractor,
  { ontology, onProgress, signal }: EvaluateOptions,
): Promise<Evaluation> {
  const gold = await readSoundCorpus([folder], ontology);
  const predicted: Extraction[] = [];
  for (const document of gold) {
    signal?.throwIfAborted();
    predicted.push(await extractor.extract(plainDocument(document), signal === undefined ? {} : { signal }));
    onProgress?.(predicted.length, gold.length);
  }
  return { scores: evaluate(gold, predicted), gold, predicted };
}

/** The article without its annotations: what reading gives for its text. */
export function plainDocument(gold: GoldDocument): Document {
  const { id, title, text, url, source, byline, language, publishedAt, mediaType } = gold.extraction;
  return { id, title, text, url, source, byline, language, publishedAt, mediaType, warnings: [] };
}

async function articleFiles(named: string): Promise<string[]> {
  const found = await stat(named).catch((cause: unknown) => {
    throw new AppError("not_found", `${named} does not exist. Check the path.`, { cause });
  });
  if (!found.isDirectory()) return [named];
  const names = await readdir(named, { recursive: true });
  const files = names.filter((name) => name.endsWith(ARTICLE_ENDING)).sort();
  if (files.length === 0) {
    throw new AppError(
      "invalid_input",
      `${named} holds no annotated articles (*${ARTICLE_ENDING}). Name another folder.`,
    );
  }
  return files.map((name) => path.join(named, name));
}
