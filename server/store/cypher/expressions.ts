/**
 * Expressions: it is known at each word whether a value or an operator can stand there, so every word of the text is either a
 * keyword of the allow-list or a name.
 */
import type { Token } from "./lexer.ts";
import { refusal, type Span } from "./refusal.ts";
import { FUNCTIONS, REFUSED_WORDS, STRUCTURE_WORDS, TEMPORAL_FUNCTIONS, keywordOf } from "./vocabulary.ts";
import {
  enclosed,
  isName,
  isSymbol,
  isWord,
  peek,
  take,
  takeBareName,
  takeFreeName,
  takeWord,
  type Cursor,
} from "./cursor.ts";
import { continueQuery, startQuery, walkSubquery } from "./clauses.ts";
import {
  checkCall,
  checkComprehension,
  checkOperator,
  checkNodeCondition,
  checkSearchedPath,
  checkSlice,
  rewriteCall,
  rewriteProjected,
} from "./embedded-dialect.ts";
import { isSelector, startsConnector, walkConnector, walkLabels, walkQuantifier, walkSelector } from "./patterns.ts";
import { checkRegularExpression } from "./regular-expression.ts";
import { innerScope, type Scope } from "./scope.ts";

const BINARY_SYMBOLS: ReadonlySet<string> = new Set([
  ...["=", "<>", "<", ">", "<=", ">=", "=~", "+", "-", "*", "/", "%", "^", "||", ",", "|", ".."],
]);

/** Reads up to a stop of the scope, or to the end of the text. */
export function walk(cursor: Cursor, scope: Scope): void {
  for (;;) {
    const token = peek(cursor);
    if (token === undefined || isSymbol(token, ...scope.stops)) return;
    if (scope.kind === "case" && scope.afterValue && isWord(token, "END")) return;
    if (scope.kind === "query" && scope.query.clause === null) startQuery(cursor, scope, token);
    else if (token.kind === "symbol") walkSymbol(cursor, scope, token);
    else if (scope.afterValue) walkAfterValue(cursor, scope, token);
    else walkValue(cursor, scope, token);
  }
}

/** Takes the opening bracket, reads what stands in it, and takes the closing one. */
export function walkBracket(cursor: Cursor, inner: Scope): Token {
  return enclosed(cursor, take(cursor), inner.stops[0] ?? "", () => walk(cursor, inner));
}

/** A word or literal where a value is expected. */
function walkValue(cursor: Cursor, scope: Scope, token: Token): void {
  const keyword = token.kind === "word" ? keywordOf(token.value) : "";
  const next = peek(cursor, 1);
  if (token.kind === "quoted") {
    walkName(cursor, scope);
  } else if (token.kind !== "word") {
    takeFreeName(cursor);
    scope.afterValue = true;
  } else if (keyword === "NOT" || (keyword === "DISTINCT" && isSymbol(peek(cursor, -1), "("))) {
    take(cursor);
  } else if (keyword === "CASE") {
    walkCase(cursor, scope);
  } else if (isSymbol(next, "{") && isWord(token, "EXISTS", "COUNT", "COLLECT")) {
    const form = keyword === "EXISTS" ? "exists" : keyword === "COUNT" ? "count" : "collect";
    take(cursor);
    checkCall(cursor, scope, `${form} {}`, token);
    walkSubquery(cursor, form);
    scope.afterValue = true;
  } else if (scope.query.clause === "MATCH" && isSelector(token, next)) {
    walkSelector(cursor, scope);
  } else if (STRUCTURE_WORDS.has(keyword)) {
    throw refusal(`A value is expected here, not ${keyword}. As a name it stands in backticks.`, token);
  } else {
    walkName(cursor, scope);
  }
}

/** A word or literal after a value: an operator, a part of a clause, or the next clause. */
function walkAfterValue(cursor: Cursor, scope: Scope, token: Token): void {
  const keyword = token.kind === "word" ? keywordOf(token.value) : "";
  switch (keyword) {
    case "AND":
    case "OR":
    case "XOR":
    case "IN":
    case "CONTAINS":
      take(cursor);
      break;
    case "STARTS":
    case "ENDS":
      take(cursor);
      takeWord(cursor, "WITH", `${keyword} must be followed by WITH.`);
      break;
    case "WHEN":
    case "THEN":
    case "ELSE":
      if (scope.kind !== "case") throw refusal(`${keyword} has no CASE before it.`, token);
      take(cursor);
      break;
    case "WHERE":
      if (scope.kind === "query" || scope.kind === "case" || scope.kind === "entry") {
        continueQuery(cursor, scope, token);
        return;
      }
      checkNodeCondition(cursor, scope, token);
      take(cursor);
      break;
    case "IS":
      take(cursor);
      if (isWord(peek(cursor), "NOT")) take(cursor);
      takeWord(
        cursor,
        "NULL",
        "Only IS NULL and IS NOT NULL are allowed: for labels write n:Label, for types valueType(x).",
      );
      return;
    case "AS":
      take(cursor);
      if (!isName(peek(cursor))) throw refusal("AS must be followed by a name.", token);
      takeBareName(cursor);
      return;
    case "ASC":
    case "DESC":
    case "ASCENDING":
    case "DESCENDING":
      if (scope.query.clause !== "ORDER" || scope.kind !== "query")
        throw refusal(`${keyword} has no ORDER BY before it.`, token);
      take(cursor);
      return;
    default:
      continueQuery(cursor, scope, token);
      return;
  }
  scope.afterValue = false;
  scope.power = false;
}

function walkCase(cursor: Cursor, scope: Scope): void {
  const inner = innerScope(scope, "case", ")", "]", "}");
  enclosed(cursor, take(cursor), "END", () => {
    // CASE WHEN … has no value before WHEN.
    inner.afterValue = isWord(peek(cursor), "WHEN");
    walk(cursor, inner);
  });
  scope.afterValue = true;
}

/** A variable, a function call, or a literal such as null. Properties after a variable are read on their own. */
function walkName(cursor: Cursor, scope: Scope): void {
  const start = cursor.at;
  const name = readDottedName(cursor);
  if (name !== null && isSymbol(peek(cursor), "(")) {
    walkFunction(cursor, scope, name, start);
  } else {
    cursor.at = start;
    const token = peek(cursor);
    const literal = isWord(token, "NULL", "TRUE", "FALSE");
    checkSearchedPath(cursor, scope, literal ? take(cursor) : takeBareName(cursor));
  }
  scope.afterValue = true;
}

function walkFunction(cursor: Cursor, scope: Scope, name: { text: string } & Span, start: number): void {
  if (!FUNCTIONS.has(name.text) && !TEMPORAL_FUNCTIONS.has(name.text)) throw notAFunction(name.text, name);
  checkCall(cursor, scope, name.text, name);
  cursor.functions.add(name.text);
  const inner = innerScope(scope, "group", ")");
  inner.call = name.text;
  inner.wrapped ||= name.text === "reduce";
  if (name.text === "shortestpath" || name.text === "allshortestpaths") {
    inner.shortest = true;
    const path = cursor.tokens[start - 2];
    if (isSymbol(cursor.tokens[start - 1], "=") && isName(path)) scope.query.searched.add(path.value);
  }
  const close = walkBracket(cursor, inner);
  rewriteCall(cursor, name.text, cursor.tokens[start], close);
}

function notAFunction(name: string, span: Span): Error {
  const keyword = keywordOf(name);
  const reason = REFUSED_WORDS.get(keyword);
  if (reason !== undefined) return refusal(`${keyword} is not allowed: ${reason}.`, span);
  if (name === "exists") {
    return refusal("exists() is no longer of Cypher: write n.property IS NOT NULL, or EXISTS { (a)-->(b) }.", span);
  }
  const called = name.length > 40 ? `${name.slice(0, 40)}…` : name;
  return refusal(`The function ${called} is not allowed: only Cypher's own functions without effect are.`, span);
}

function walkSymbol(cursor: Cursor, scope: Scope, token: Token): void {
  const before = peek(cursor, -1);
  if (startsConnector(cursor, scope)) {
    walkConnector(cursor, scope);
    return;
  }
  switch (token.value) {
    case "(":
      walkGroup(cursor, scope, token);
      return;
    case "[":
      walkList(cursor, scope, token);
      return;
    case "{":
      walkMap(cursor, scope);
      return;
    case ":":
      if (!scope.afterValue && !isSymbol(before, "(")) {
        throw refusal("A label follows a variable or an opening bracket.", token);
      }
      walkLabels(cursor, scope);
      scope.afterValue = true;
      return;
    case ".":
      walkProperty(cursor, scope, token);
      return;
    default:
  }
  if (scope.afterValue && BINARY_SYMBOLS.has(token.value)) walkOperator(cursor, scope, token);
  else if (isSymbol(token, "+", "-", "..")) take(cursor);
  else if (isSymbol(token, "*") && scope.call === "count" && isSymbol(before, "(")) {
    take(cursor);
    scope.afterValue = true;
  } else throw refusal(symbolReason(token.value), token);
}

function walkOperator(cursor: Cursor, scope: Scope, token: Token): void {
  checkOperator(cursor, scope, token);
  take(cursor);
  if (token.value === "=~") checkRegularExpression(peek(cursor), peek(cursor, 1), token);
  if (token.value === "," && scope.kind === "query") scope.shortest = false;
  scope.power = token.value === "^";
  scope.afterValue = false;
}

function symbolReason(symbol: string): string {
  switch (symbol) {
    case ";":
      return "One query at a time: send what follows the semicolon on its own.";
    case "+=":
      return "+= changes the graph, and queries here only read: take it out.";
    case "!=":
      return "!= is not of Cypher: write <>.";
    case "::":
      return ":: is not allowed: write valueType(x) to ask for a type.";
    case ")":
    case "]":
    case "}":
      return `${symbol} closes nothing here: take it out, or open it before.`;
    default:
      return `${symbol} cannot stand here: a value is missing, or a clause is expected.`;
  }
}

function walkGroup(cursor: Cursor, scope: Scope, open: Token): void {
  if (scope.afterValue && !isSymbol(peek(cursor, -1), ")", "+", "*", "}")) {
    throw refusal("A bracket cannot follow a value: an operator or a comma is missing.", open);
  }
  const inner = innerScope(scope, "group", ")");
  walkBracket(cursor, inner);
  scope.afterValue = true;
  if (inner.pattern) walkQuantifier(cursor, scope);
}

/** A list, a comprehension, or what stands between [ and ] after a value. */
function walkList(cursor: Cursor, scope: Scope, open: Token): void {
  const index = scope.afterValue;
  const start = cursor.at;
  const inner = innerScope(scope, "list", "]");
  inner.wrapped = !index || scope.wrapped;
  const close = walkBracket(cursor, inner);
  const content = cursor.tokens.slice(start + 1, start + 4);
  if (index) checkSlice(cursor, start, cursor.at - 1);
  else if (inner.pattern) checkComprehension(cursor, scope, content, { start: open.start, end: close.end });
  scope.afterValue = true;
}

/** Keys of a map are names like others, `create` too, and so are those of a map projection. */
export function walkMap(cursor: Cursor, scope: Scope): void {
  const projects = scope.afterValue;
  const open = take(cursor);
  enclosed(cursor, open, "}", () => {
    while (!isSymbol(peek(cursor), "}")) {
      const token = peek(cursor);
      const next = peek(cursor, 1);
      if (isName(token) && isSymbol(next, ":")) {
        takeFreeName(cursor);
        take(cursor);
        const entry = innerScope(scope, "entry", ",", "}", ")", "]");
        entry.wrapped = true;
        walk(cursor, entry);
      } else if (projects && isSymbol(token, ".") && (isName(next) || isSymbol(next, "*"))) {
        take(cursor);
        takeFreeName(cursor);
      } else if (projects && isName(token) && isSymbol(next, ",", "}")) {
        rewriteProjected(cursor, takeBareName(cursor));
      } else {
        throw refusal(
          "Braces hold a map here: write {key: value}. A subquery follows CALL, EXISTS, COUNT or COLLECT.",
          token ?? open,
        );
      }
      if (!isSymbol(peek(cursor), ",")) break;
      take(cursor);
    }
  });
  scope.afterValue = true;
}

function walkProperty(cursor: Cursor, scope: Scope, dot: Token): void {
  const name = peek(cursor, 1);
  if (!scope.afterValue || !isName(name)) {
    throw refusal("A dot stands between a value and the name of its property.", dot);
  }
  take(cursor);
  takeFreeName(cursor);
  if (isSymbol(peek(cursor), "(")) throw notAFunction(`….${name.value}`, name);
}

/** A name with dots, in lower case. Null where no name stands. */
export function readDottedName(cursor: Cursor): ({ text: string } & Span) | null {
  const first = peek(cursor);
  if (!isName(first)) return null;
  const parts = [take(cursor)];
  while (isSymbol(peek(cursor), ".") && isName(peek(cursor, 1))) {
    take(cursor);
    parts.push(take(cursor));
  }
  const text = parts.map((part) => part.value.toLowerCase()).join(".");
  return { text, start: first.start, end: parts.at(-1)?.end ?? first.end };
}
