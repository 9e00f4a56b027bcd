/**
 * A user's Cypher → a text that only reads, or a refusal. First of the layers that keep the graph as it is: what passes here
 * still runs in a read transaction, with limits, that is rolled back.
 *
 * Rules: SPEC.md, "Read-only Cypher" ([C1] and following).
 */
import { readTokens, type Token } from "./lexer.ts";
import { walkWholeQuery } from "./clauses.ts";
import type { Cursor, Dialect } from "./cursor.ts";
import { refusal } from "./refusal.ts";

export type { Dialect } from "./cursor.ts";

/** UTF-16 code units. Long lists of values are passed as parameters. */
export const MAX_QUERY_LENGTH = 50_000;

export interface GuardedQuery {
  /** What an engine is given: the query without comments, escapes and signs that engines read differently. */
  text: string;
  /** Names of the columns, where the text tells them: engines differ for an expression without AS. */
  columns: string[] | null;
  /** Names of the parameters that it needs. */
  parameters: string[];
  /** What it calls, in lower case. */
  functions: string[];
  procedures: string[];
}

export interface GuardOptions {
  dialect: Dialect;
  /**
   * No more rows than this are wanted. A query without LIMIT gets one that is one higher, so that an engine stops early and the
   * caller sees that there is more.
   */
  rows?: number;
}

/** @throws AppError `query_refused` with a position in `text`, or `unsupported` with the rule's id. */
export function guardCypher(text: string, options: GuardOptions): GuardedQuery {
  if (text.length > MAX_QUERY_LENGTH) {
    throw refusal(
      `A query can have ${MAX_QUERY_LENGTH} characters at most, this one has ${text.length}: pass long lists as parameters.`,
      { start: MAX_QUERY_LENGTH, end: text.length },
    );
  }
  const tokens = withoutLastSemicolon(readTokens(text));
  const cursor: Cursor = {
    tokens,
    dialect: options.dialect,
    at: 0,
    depth: 0,
    functions: new Set(),
    procedures: new Set(),
    parameters: new Set(),
    columns: null,
  };
  const { takesLimit } = walkWholeQuery(cursor);
  const limit = takesLimit && options.rows !== undefined ? `\nLIMIT ${options.rows + 1}` : "";
  return {
    text: tokens.map((token) => token.gap + token.sent).join("") + limit,
    columns: cursor.columns,
    parameters: [...cursor.parameters],
    functions: [...cursor.functions],
    procedures: [...cursor.procedures],
  };
}

function withoutLastSemicolon(tokens: Token[]): Token[] {
  const last = tokens.at(-1);
  return last?.kind === "symbol" && last.value === ";" ? tokens.slice(0, -1) : tokens;
}
