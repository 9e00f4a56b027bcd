/** A place in the tokens of a query, and what has been found on the way. */
import type { Token } from "./lexer.ts";
import { refusal, type Span } from "./refusal.ts";
import { QUOTED_NAMES, REFUSED_WORDS, keywordOf } from "./vocabulary.ts";

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
  /** Of the first RETURN that stands in no subquery; null for `*` and before it. */
  columns: string[] | null;
}

type SymbolToken = Token & { kind: "symbol" };
type WordToken = Token & { kind: "word" };
type NameToken = Token & { kind: "word" | "quoted" };

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

export function isSymbol(token: Token | undefined, ...symbols: readonly string[]): token is SymbolToken {
  return token?.kind === "symbol" && symbols.includes(token.value);
}

export function isWord(token: Token | undefined, ...keywords: readonly string[]): token is WordToken {
  return token?.kind === "word" && keywords.includes(keywordOf(token.value));
}

export function isName(token: Token | undefined): token is NameToken {
  return token?.kind === "word" || token?.kind === "quoted";
}

export function takeSymbol(cursor: Cursor, symbol: string, message: string): Token {
  const token = peek(cursor);
  if (!isSymbol(token, symbol)) throw refusal(message, token ?? endOf(cursor));
  return take(cursor);
}

export function takeWord(cursor: Cursor, keyword: string, message: string): Token {
  const token = peek(cursor);
  if (!isWord(token, keyword)) throw refusal(message, token ?? endOf(cursor));
  return take(cursor);
}

export function takeNumber(cursor: Cursor): number | null {
  return peek(cursor)?.kind === "number" ? Number(take(cursor).value) : null;
}

/** A property, a key, a parameter or an alias. */
export function takeFreeName(cursor: Cursor): Token {
  const token = take(cursor);
  if (token.kind === "parameter") {
    cursor.parameters.add(token.value);
    if (QUOTED_NAMES.has(keywordOf(token.value))) token.sent = `$\`${token.value}\``;
  } else if (token.kind === "word" && QUOTED_NAMES.has(keywordOf(token.value))) {
    token.sent = `\`${token.value}\``;
  }
  return token;
}

/** Takes a name where an engine that reads otherwise could see a word. */
export function takeBareName(cursor: Cursor): Token {
  const token = peek(cursor);
  const keyword = token?.kind === "word" ? keywordOf(token.value) : "";
  const reason = REFUSED_WORDS.get(keyword);
  if (token === undefined || reason === undefined) return takeFreeName(cursor);
  throw refusal(`${keyword} is not allowed: ${reason}. As a name it stands in backticks.`, token);
}

/** Runs `work` one bracket deeper, between `open`, which is taken already, and the closing bracket. */
export function enclosed(cursor: Cursor, open: Token, closing: string, work: () => void): Token {
  cursor.depth += 1;
  if (cursor.depth > MAX_DEPTH) {
    throw refusal(`Brackets and subqueries can be nested ${MAX_DEPTH} deep at most: split the query with WITH.`, open);
  }
  work();
  cursor.depth -= 1;
  const close = peek(cursor);
  if (close !== undefined && (isSymbol(close, closing) || isWord(close, closing))) return take(cursor);
  throw refusal(`${open.value} is never closed: ${closing} is missing.`, open);
}

/** The last character: where something is missing. */
export function endOf(cursor: Cursor): Span {
  const end = cursor.tokens.at(-1)?.end ?? 0;
  return { start: Math.max(0, end - 1), end };
}
