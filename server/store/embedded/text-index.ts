/**
 * Full-text search of the embedded store: reads all texts. Fine for thousands of articles; larger collections belong into Neo4j.
 */
import type { Executor } from "../executor.ts";
import { documentIds, documentTexts } from "../queries/documents.ts";
import { fitsWords, type TextIndex } from "../texts.ts";

const BATCH = 100;

export function createScanningTextIndex(executor: Executor): TextIndex {
  return {
    documentsWith: (words) =>
      executor.read(async (transaction) => {
        const ids = await transaction.run(documentIds(null));
        const found: string[] = [];
        for (let start = 0; start < ids.length; start += BATCH) {
          for (const { id, title, text } of await transaction.run(documentTexts(ids.slice(start, start + BATCH)))) {
            if (fitsWords(words, title, text)) found.push(id);
          }
        }
        return found;
      }),
  };
}
