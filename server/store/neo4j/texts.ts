/**
 * Full-text search of documents by Neo4j's index, which folds accents as the texts do.
 */
import type { Executor, Query } from "../executor.ts";
import { textIn } from "../row.ts";
import type { TextIndex } from "../texts.ts";

export const TEXT_INDEXES: readonly string[] = [
  "CREATE FULLTEXT INDEX document_texts IF NOT EXISTS FOR (d:Document) ON EACH [d.title, d.text] OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}}",
];

/** The index keeps `l'otan` and `O'Brien` as one word each. */
const ELISIONS = ["l", "d", "j", "m", "t", "s", "c", "n", "o", "qu", "jusqu", "lorsqu", "puisqu"];

export function createNeo4jTextIndex(executor: Executor): TextIndex {
  return {
    documentsWith: (words) => executor.read((transaction) => transaction.run(documentsWith(words))),
  };
}

function documentsWith(words: readonly string[]): Query<string> {
  const query = words
    .map((word) => `(${[`${word}*`, ...ELISIONS.map((elision) => `${elision}'${word}*`)].join(" OR ")})`)
    .join(" AND ");
  return {
    text: `CALL db.index.fulltext.queryNodes('document_texts', $query) YIELD node
RETURN node.id AS id`,
    parameters: { query },
    access: "read",
    read: (row) => textIn(row, "id"),
  };
}
