/**
 * Names in Neo4j's full-text indexes: whole keys in one, their words in the other.
 */
import type { Executor, Query } from "../executor.ts";
import type { NameIndex } from "../names.ts";
import { textIn } from "../row.ts";
import { TYPO_WORD_LENGTH } from "../search.ts";

/**
 * Neo4j allows one full-text index for a label and its properties; the name beside the keys makes the first one another. It finds
 * nothing more: a name that reads like a folded key is that key.
 */
export const NAME_INDEXES: readonly string[] = [
  "CREATE FULLTEXT INDEX entity_keys IF NOT EXISTS FOR (e:Entity) ON EACH [e.searchKeys, e.name] OPTIONS {indexConfig: {`fulltext.analyzer`: 'keyword'}}",
  "CREATE FULLTEXT INDEX entity_words IF NOT EXISTS FOR (e:Entity) ON EACH [e.searchKeys] OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}",
  "CREATE FULLTEXT INDEX revised_keys IF NOT EXISTS FOR (r:Revised) ON EACH [r.keys] OPTIONS {indexConfig: {`fulltext.analyzer`: 'keyword'}}",
];

export function createNeo4jNameIndex(executor: Executor): NameIndex {
  return {
    async withKeys(keys) {
      if (keys.length === 0) return [];
      return executor.read(async (transaction) => [
        ...new Set([
          ...(await transaction.run(withKeys("entity_keys", keys))),
          ...(await transaction.run(withKeys("revised_keys", keys))),
        ]),
      ]);
    },

    async candidates(words, limit) {
      const beginnings = words.map((word) => `${word}*`);
      const typos = words.flatMap((word, index) =>
        word.length < TYPO_WORD_LENGTH ? [] : [`(${beginnings.with(index, `${word}~1`).join(" AND ")})`],
      );
      const groups = await executor.read(async (transaction) => [
        await transaction.run(bestWith("entity_keys", phrase(words.join(" ")), limit + 1)),
        await transaction.run(bestWith("entity_words", beginnings.join(" AND "), limit + 1)),
        typos.length === 0 ? [] : await transaction.run(bestWith("entity_words", typos.join(" OR "), limit + 1)),
      ]);
      return {
        ids: [...new Set(groups.flatMap((ids) => ids.slice(0, limit)))],
        cut: groups.some((ids) => ids.length > limit),
      };
    },

    // The index is part of the database and of its transactions.
    apply: () => undefined,
    clear: () => undefined,
  };
}

/** Folded keys hold letters, digits and spaces alone, so that nothing in them is syntax of the index. */
function phrase(key: string): string {
  return `"${key}"`;
}

function withKeys(index: "entity_keys" | "revised_keys", keys: readonly string[]): Query<string> {
  return {
    text: `UNWIND $phrases AS phrase
CALL db.index.fulltext.queryNodes($index, phrase) YIELD node
RETURN DISTINCT node.id AS id`,
    parameters: { index, phrases: keys.map(phrase) },
    access: "read",
    read: (row) => textIn(row, "id"),
  };
}

function bestWith(index: "entity_keys" | "entity_words", query: string, limit: number): Query<string> {
  return {
    text: `CALL db.index.fulltext.queryNodes($index, $query) YIELD node
WITH node ORDER BY node.degree DESC, node.mentionCount DESC, node.id LIMIT $limit
RETURN node.id AS id`,
    parameters: { index, query, limit },
    access: "read",
    read: (row) => textIn(row, "id"),
  };
}
