/**
 * Full-text search of documents by Neo4j's index over their folded words.
 */
import type { Executor, Query } from "../executor.ts";
import { foundIn } from "../queries/documents.ts";
import type { FoundDocument, TextIndex, TextQuery } from "../texts.ts";

/** The words are cut and folded by us, so that both stores find the same. */
export const TEXT_INDEXES: readonly string[] = [
  "CREATE FULLTEXT INDEX document_words IF NOT EXISTS FOR (d:Document) ON EACH [d.searchWords] OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}",
];

export function createNeo4jTextIndex(executor: Executor): TextIndex {
  return {
    documentsWith: (query) => executor.read((transaction) => transaction.run(documentsWith(query))),
  };
}

/** Folded words hold letters and digits alone: nothing in them is syntax of the index. */
function documentsWith({ words, phrases, without }: TextQuery): Query<FoundDocument> {
  const wanted = [...words.map((word) => `+${word}*`), ...phrases.map((phrase) => `+"${phrase}"`)];
  // What is only excluded needs something to be excluded from.
  const terms = [...(wanted.length === 0 ? ["+*:*"] : wanted), ...without.map((phrase) => `-"${phrase}"`)];
  return {
    text: `CALL db.index.fulltext.queryNodes('document_words', $query) YIELD node AS d
RETURN d.id AS id, d.collection AS collection, coalesce(d.publishedAt, '') AS publishedAt, d.ingestedAt AS ingestedAt`,
    parameters: { query: terms.join(" ") },
    access: "read",
    read: foundIn,
  };
}
