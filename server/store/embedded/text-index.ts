/**
 * Full-text search of the embedded store: the engine looks through the words of every document. Quick for thousands of articles;
 * larger collections belong into Neo4j.
 */
import type { Executor, Query } from "../executor.ts";
import { textIn } from "../row.ts";
import type { TextIndex } from "../texts.ts";

export function createScanningTextIndex(executor: Executor): TextIndex {
  return {
    documentsWith: (words) => executor.read((transaction) => transaction.run(documentsWith(words))),
  };
}

function documentsWith(words: readonly string[]): Query<string> {
  return {
    text: `MATCH (d:Document)
WHERE all(word IN $words WHERE d.searchWords CONTAINS word)
RETURN d.id AS id`,
    parameters: { words: words.map((word) => ` ${word}`) },
    access: "read",
    read: (row) => textIn(row, "id"),
  };
}
