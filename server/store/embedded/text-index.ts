/**
 * Full-text search of the embedded store: the engine looks through the words of every document. Quick for thousands of articles;
 * larger collections belong into Neo4j.
 */
import type { Executor, Query } from "../executor.ts";
import { foundIn } from "../queries/documents.ts";
import type { FoundDocument, TextIndex, TextQuery } from "../texts.ts";

export function createScanningTextIndex(executor: Executor): TextIndex {
  return {
    documentsWith: (query) => executor.read((transaction) => transaction.run(documentsWith(query))),
  };
}

function documentsWith({ words, phrases, without }: TextQuery): Query<FoundDocument> {
  const wanted = [...words.map((word) => ` ${word}`), ...phrases.map((phrase) => ` ${phrase} `)];
  const unwanted = without.map((phrase) => ` ${phrase} `);
  const conditions = [
    ...wanted.map((_word, at) => `d.searchWords CONTAINS $wanted${at}`),
    ...unwanted.map((_phrase, at) => `NOT d.searchWords CONTAINS $unwanted${at}`),
  ];
  return {
    text: `MATCH (d:Document)
WHERE ${conditions.join(" AND ")}
RETURN d.id AS id, d.collection AS collection, coalesce(d.publishedAt, '') AS publishedAt, d.ingestedAt AS ingestedAt`,
    parameters: Object.fromEntries([
      ...wanted.map((word, at) => [`wanted${at}`, word]),
      ...unwanted.map((phrase, at) => [`unwanted${at}`, phrase]),
    ]) as Record<string, string>,
    access: "read",
    read: foundIn,
  };
}
