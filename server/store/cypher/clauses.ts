/**
 * Clauses: what may begin, what may follow, what may end a query. A clause that is not on the list has no place where it could
 * stand. Clauses, expressions and patterns hold each other, so the three modules import each other.
 */
import type { Token } from "./lexer.ts";
import { refusal } from "./refusal.ts";
import { PROCEDURES, REFUSED_CLAUSES, REFUSED_WORDS, keywordOf } from "./vocabulary.ts";
import {
  enclosed,
  endOf,
  isName,
  isSymbol,
  isWord,
  peek,
  take,
  takeBareName,
  takeSymbol,
  takeWord,
  type Cursor,
} from "./cursor.ts";
import { checkPage, checkSubqueryAnswer } from "./embedded-dialect.ts";
import { readDottedName, walk, walkBracket } from "./expressions.ts";
import { innerScope, queryScope, type Scope } from "./scope.ts";

const CLAUSES: ReadonlySet<string> = new Set([
  ...["MATCH", "OPTIONAL", "WITH", "RETURN", "UNWIND", "CALL", "UNION"],
  ...["WHERE", "ORDER", "SKIP", "OFFSET", "LIMIT", "YIELD"],
]);
const FIRST_CLAUSES = ["MATCH", "OPTIONAL", "WITH", "UNWIND", "CALL", "RETURN"];

/**
 * @returns Whether a LIMIT can be written at its end.
 * @throws AppError `query_refused`, `unsupported`
 */
export function walkWholeQuery(cursor: Cursor): { takesLimit: boolean } {
  const scope = queryScope([], false);
  walk(cursor, scope);
  requireReturn(cursor, scope);
  const { main, clause, union } = scope.query;
  return { takesLimit: main === "RETURN" && clause !== "LIMIT" && !union };
}

function requireReturn(cursor: Cursor, { query: { main } }: Scope): void {
  if (main === null) throw refusal("A query or a part of it is empty: write MATCH … RETURN …", endOf(cursor));
  if (main === "RETURN" || main === "PROCEDURE") return;
  throw refusal("A query must say what it answers: end it with RETURN …", endOf(cursor));
}

/** Only a clause can begin a query, however the text looks further on. */
export function startQuery(cursor: Cursor, scope: Scope, token: Token): void {
  if (isWord(token, ...FIRST_CLAUSES)) walkClause(cursor, scope);
  else throw notAClause(token, "A query begins with MATCH, OPTIONAL MATCH, WITH, UNWIND, CALL or RETURN");
}

/** After a value, where an operator was no choice. */
export function continueQuery(cursor: Cursor, scope: Scope, token: Token): void {
  if (scope.kind === "query" && token.kind === "word" && CLAUSES.has(keywordOf(token.value))) walkClause(cursor, scope);
  else throw notAClause(token, "A comma, an operator or a clause such as WHERE, WITH or RETURN is expected");
}

function notAClause(token: Token, expected: string): Error {
  const keyword = token.kind === "word" ? keywordOf(token.value) : "";
  const reason = REFUSED_WORDS.get(keyword) ?? REFUSED_CLAUSES.get(keyword);
  if (reason !== undefined) return refusal(`${keyword} is not allowed: ${reason}.`, token);
  return refusal(`${expected}; “${shortened(token.text)}” is not allowed here.`, token);
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function walkClause(cursor: Cursor, scope: Scope): void {
  const token = take(cursor);
  const keyword = keywordOf(token.value);
  const { query } = scope;
  if (keyword !== "WHERE") query.searched.clear();
  scope.afterValue = false;
  scope.shortest = false;
  query.clause = keyword;
  switch (keyword) {
    case "OPTIONAL":
      takeWord(cursor, "MATCH", "OPTIONAL must be followed by MATCH.");
      query.clause = query.main = "MATCH";
      return;
    case "ORDER":
      takeWord(cursor, "BY", "ORDER must be followed by BY.");
      return;
    case "UNION":
      requireReturn(cursor, scope);
      if (isWord(peek(cursor), "ALL", "DISTINCT")) take(cursor);
      query.clause = query.main = null;
      query.union = true;
      return;
    case "CALL":
      walkCall(cursor, scope, token);
      return;
    case "RETURN":
      query.main = keyword;
      if (isWord(peek(cursor), "DISTINCT")) take(cursor);
      if (!query.subquery) cursor.columns ??= columnsFrom(cursor);
      takeStar(cursor, scope);
      return;
    case "WITH":
      query.main = keyword;
      if (isWord(peek(cursor), "DISTINCT")) take(cursor);
      takeStar(cursor, scope);
      return;
    case "YIELD":
      takeStar(cursor, scope);
      return;
    case "MATCH":
    case "UNWIND":
      query.main = keyword;
      return;
    case "SKIP":
    case "OFFSET":
    case "LIMIT":
      checkPage(cursor, keyword);
      return;
    default:
  }
}

function takeStar(cursor: Cursor, scope: Scope): void {
  if (!isSymbol(peek(cursor), "*")) return;
  take(cursor);
  scope.afterValue = true;
}

/** Names of the columns as Neo4j gives them: the alias, or the expression as it is written. Null for `*`. */
function columnsFrom(cursor: Cursor): string[] | null {
  if (isSymbol(peek(cursor), "*")) return null;
  const columns: string[] = [];
  let item: Token[] = [];
  let depth = 0;
  const endItem = () => {
    const [alias, as] = [item.at(-1), item.at(-2)];
    const text = item.map((token, index) => (index === 0 ? "" : token.gap) + token.text).join("");
    columns.push(isName(alias) && isWord(as, "AS") ? alias.value : text);
    item = [];
  };
  for (let at = cursor.at; at < cursor.tokens.length; at += 1) {
    const token = cursor.tokens[at];
    if (token === undefined || (depth === 0 && endsItems(token, item.at(-1)))) break;
    if (isSymbol(token, "(", "[", "{")) depth += 1;
    else if (isSymbol(token, ")", "]", "}")) depth -= 1;
    if (depth === 0 && isSymbol(token, ",")) endItem();
    else item.push(token);
  }
  endItem();
  return columns;
}

/** A name after AS or a dot is none of these words. */
function endsItems(token: Token, before: Token | undefined): boolean {
  if (isSymbol(before, ".") || isWord(before, "AS")) return false;
  return isWord(token, "ORDER", "SKIP", "OFFSET", "LIMIT", "UNION") && before !== undefined && !isSymbol(before, ",");
}

function walkCall(cursor: Cursor, scope: Scope, call: Token): void {
  const first = scope.query.main === null;
  scope.query.main = "CALL";
  const name = readDottedName(cursor);
  if (name !== null) {
    if (!PROCEDURES.has(name.text)) {
      const allowed = "only db.labels, db.relationshipTypes and db.propertyKeys are";
      throw refusal(`The procedure ${shortened(name.text)} is not allowed: ${allowed}.`, name);
    }
    cursor.procedures.add(name.text);
    if (isSymbol(peek(cursor), "(")) walkBracket(cursor, innerScope(scope, "group", ")"));
    if (first) scope.query.main = "PROCEDURE";
  } else if (isSymbol(peek(cursor), "(", "{")) {
    if (isSymbol(peek(cursor), "(")) walkImports(cursor);
    walkSubquery(cursor, "call");
    if (isWord(peek(cursor), "IN")) {
      throw refusal("CALL { … } IN TRANSACTIONS is not allowed: write CALL { … } alone.", peek(cursor) ?? call);
    }
  } else {
    throw refusal("CALL must be followed by { … } or by the name of a procedure.", call);
  }
  scope.afterValue = true;
}

/** The variables of `CALL (a, b) { … }`. */
function walkImports(cursor: Cursor): void {
  const open = take(cursor);
  enclosed(cursor, open, ")", () => {
    if (isSymbol(peek(cursor), "*")) {
      take(cursor);
      return;
    }
    while (isName(peek(cursor))) {
      takeBareName(cursor);
      if (!isSymbol(peek(cursor), ",")) break;
      take(cursor);
    }
  });
}

/** Between braces. EXISTS and COUNT can hold a bare pattern, and need no RETURN. */
export function walkSubquery(cursor: Cursor, form: "call" | "collect" | "exists" | "count"): void {
  const open = takeSymbol(cursor, "{", "A subquery stands in braces: CALL { … }.");
  enclosed(cursor, open, "}", () => {
    const scope = queryScope(["}"], true);
    if ((form === "exists" || form === "count") && isSymbol(peek(cursor), "(")) {
      scope.query.clause = scope.query.main = "MATCH";
    }
    walk(cursor, scope);
    if (form === "collect" || scope.query.main === null) requireReturn(cursor, scope);
    if (form === "exists" || form === "count") checkSubqueryAnswer(cursor, scope, open);
  });
}
