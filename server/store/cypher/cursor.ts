/** A place in the tokens of a query, and what has been found on the way. */
import type { Token } from "./lexer.ts";
import { refusal, type Span } from "./refusal.ts";
import { keywordOf } from "./vocabulary.ts";

export type Dialect = "neo4j" | "embedded";

export interface Cursor {
  readonly tokens: readonly Token[];
  readonly dialect: Dialect;
  at: number;
  depth: number;
  /** In lower case. */
  readonly functions: Set<string>;
  /** In lower case. */
  readonly procedures: Set<string>;
  readonly parameters: Set<string>;
}

/** Brackets in brackets: an engine must not run out of stack. */
const MAX_DEPTH = 60;

export function peek(cursor: Cursor, ahead = 0): Token | undefined {
  return cursor.tokens[cursor.at + ahead];
}

export function take(cursor: Cursor): Token {
  const token = peek(cursor);
  if (token === undefined) throw refusal("The query ends too early: something is missing at its end.", endOf(cursor));
  cursor.at += 1;
  return token;
}

export function isSymbol(token: Token | undefined, ...symbols: string[]): boolean {
  return token?.kind === "symbol" && symbols.includes(token.value);
}

export function isWord(token: Token | undefined, ...keywords: string[]): boolean {
  return token?.kind === "word" && keywords.includes(keywordOf(token.value));
}

export function isName(token: Token | undefined): token is Token {
  return token?.kind === "word" || token?.kind === "quoted";
}

export function takeSymbol(cursor: Cursor, symbol: string, message: string): Token {
  const token = peek(cursor);
  if (token !== undefined && isSymbol(token, symbol)) return take(cursor);
  throw refusal(message, token ?? endOf(cursor));
}

/** Runs `work` one bracket deeper. */
export function deeper(cursor: Cursor, open: Span, work: () => void): void {
  cursor.depth += 1;
  if (cursor.depth > MAX_DEPTH) {
    throw refusal(`Brackets and subqueries can be nested ${MAX_DEPTH} deep at most: split the query with WITH.`, open);
  }
  work();
  cursor.depth -= 1;
}

/** The last character: where something is missing. */
export function endOf(cursor: Cursor): Span {
  const end = cursor.tokens.at(-1)?.end ?? 0;
  return { start: Math.max(0, end - 1), end };
}
