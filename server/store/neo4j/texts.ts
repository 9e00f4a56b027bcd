/**
 * Full-text search of documents by Neo4j's index over their folded words.
 */
import type { Executor, Query } from "../executor.ts";
import { textIn } from "../row.ts";
import type { TextIndex } from "../texts.ts";

/** The words are cut and folded by us, so that both stores find the same. */
export const TEXT_INDEXES: readonly string[] = [
  "CREATE FULLTEXT INDEX document_words IF NOT EXISTS FOR (d:Document) ON EACH [d.searchWords] OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}",
];

export function createNeo4jTextIndex(executor: Executor): TextIndex {
  return {
    documentsWith: (words) => executor.read((transaction) => transaction.run(documentsWith(words))),
  };
}

/** Folded words hold letters and digits alone: nothing in them is syntax of the index. */
function documentsWith(words: readonly string[]): Query<string> {
  return {
    text: `CALL db.index.fulltext.queryNodes('document_words', $query) YIELD node
RETURN node.id AS id`,
    parameters: { query: words.map((word) => `${word}*`).join(" AND ") },
    access: "read",
    read: (row) => textIn(row, "id"),
  };
}
