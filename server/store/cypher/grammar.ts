/**
 * Tokens → what a query calls, or a refusal. It knows where a value, an operator and a clause can stand, so every word of the
 * text is either a keyword of the allow-list or a name; a clause that is not on the list has no place where it could stand.
 * One file, since clauses, expressions and patterns hold each other.
 */
import { refusal, unsupported, type Span } from "./refusal.ts";
import type { Token } from "./lexer.ts";
import { checkLabels, checkLength, checkQuantifier } from "./pattern-limits.ts";
import {
  FUNCTIONS,
  PROCEDURES,
  REFUSED_CLAUSES,
  REFUSED_WORDS,
  STRUCTURE_WORDS,
  TEMPORAL_FUNCTIONS,
  keywordOf,
} from "./vocabulary.ts";
import { deeper, endOf, isName, isSymbol, isWord, peek, take, takeSymbol, type Cursor } from "./cursor.ts";
import { checkRegularExpression } from "./regular-expression.ts";

interface Scope {
  kind: "query" | "group" | "list" | "entry" | "case";
  /** Symbols that end it. They are left for the caller. */
  stops: readonly string[];
  /** A value has just ended: an operator, a clause or the end must follow. */
  afterValue: boolean;
  /** Within a search for shortest paths, where lengths need no bound. */
  shortest: boolean;
  /** It holds a relationship of a pattern. */
  pattern: boolean;
  /** In a query: the clause that is being read, and the last one that is not a part of another. */
  clause: string | null;
  main: string | null;
}

const CLAUSES: ReadonlySet<string> = new Set([
  ...["MATCH", "OPTIONAL", "WITH", "RETURN", "UNWIND", "CALL", "UNION"],
  ...["WHERE", "ORDER", "SKIP", "OFFSET", "LIMIT", "YIELD"],
]);
const FIRST_CLAUSES = ["MATCH", "OPTIONAL", "WITH", "UNWIND", "CALL", "RETURN"];
const BINARY_SYMBOLS = new Set([
  "=",
  "<>",
  "<",
  ">",
  "<=",
  ">=",
  "=~",
  "+",
  "-",
  "*",
  "/",
  "%",
  "^",
  "||",
  ",",
  "|",
  "..",
]);

/** @throws AppError `query_refused`, `unsupported` */
export function readQuery(cursor: Cursor): void {
  walkQuery(cursor, []);
  const rest = peek(cursor);
  if (rest !== undefined) throw refusal(`${rest.value} closes nothing here: take it out.`, rest);
}

function newScope(kind: Scope["kind"], stops: readonly string[], shortest = false): Scope {
  return { kind, stops, shortest, afterValue: false, pattern: false, clause: null, main: null };
}

function walkQuery(cursor: Cursor, stops: readonly string[], mayOmitReturn = false): void {
  const scope = newScope("query", stops);
  walk(cursor, scope);
  if (scope.main === null) throw refusal("An empty query: write MATCH … RETURN …", endOf(cursor));
  if (!mayOmitReturn) requireReturn(cursor, scope);
}

function requireReturn(cursor: Cursor, scope: Scope): void {
  if (scope.main === "RETURN" || scope.main === "PROCEDURE") return;
  throw refusal("A query must say what it answers: end it with RETURN …", endOf(cursor));
}

function walk(cursor: Cursor, scope: Scope): void {
  for (;;) {
    const token = peek(cursor);
    if (token === undefined || isSymbol(token, ...scope.stops)) return;
    if (scope.kind === "case" && scope.afterValue && isWord(token, "END")) return;
    if (scope.kind === "query" && scope.clause === null) startQuery(cursor, scope, token);
    else if (token.kind === "symbol") walkSymbol(cursor, scope, token);
    else if (scope.afterValue) walkAfterValue(cursor, scope, token);
    else walkValue(cursor, scope, token);
  }
}

/** Only a clause can begin a query, however the text looks further on. */
function startQuery(cursor: Cursor, scope: Scope, token: Token): void {
  if (isWord(token, ...FIRST_CLAUSES)) walkClause(cursor, scope, token);
  else throw notAClause(token, "A query begins with MATCH, OPTIONAL MATCH, WITH, UNWIND, CALL or RETURN");
}

function notAClause(token: Token, otherwise: string): Error {
  const keyword = token.kind === "word" ? keywordOf(token.value) : "";
  const reason = REFUSED_WORDS.get(keyword) ?? REFUSED_CLAUSES.get(keyword);
  return refusal(
    reason === undefined
      ? `${otherwise}; “${token.value}” is not allowed here.`
      : `${keyword} is not allowed: ${reason}.`,
    token,
  );
}

function walkClause(cursor: Cursor, scope: Scope, token: Token): void {
  const keyword = keywordOf(take(cursor).value);
  scope.afterValue = false;
  scope.shortest = false;
  scope.clause = keyword;
  switch (keyword) {
    case "OPTIONAL":
      takeWord(cursor, "MATCH", "OPTIONAL must be followed by MATCH.");
      scope.clause = scope.main = "MATCH";
      return;
    case "ORDER":
      takeWord(cursor, "BY", "ORDER must be followed by BY.");
      return;
    case "UNION":
      requireReturn(cursor, scope);
      if (isWord(peek(cursor), "ALL", "DISTINCT")) take(cursor);
      scope.clause = scope.main = null;
      return;
    case "CALL":
      walkCall(cursor, scope, token);
      return;
    case "WITH":
    case "RETURN":
      scope.main = keyword;
      if (isWord(peek(cursor), "DISTINCT")) take(cursor);
      if (isSymbol(peek(cursor), "*")) takeAsValue(cursor, scope);
      return;
    case "YIELD":
      if (isSymbol(peek(cursor), "*")) takeAsValue(cursor, scope);
      return;
    case "MATCH":
    case "UNWIND":
      scope.main = keyword;
      return;
    default:
  }
}

function walkCall(cursor: Cursor, scope: Scope, call: Token): void {
  const first = scope.main === null;
  scope.main = "CALL";
  if (isSymbol(peek(cursor), "(")) {
    walkBracket(cursor, newScope("group", [")"]), ")");
    walkSubquery(cursor, true);
  } else if (isSymbol(peek(cursor), "{")) {
    walkSubquery(cursor, true);
  } else {
    const name = readDottedName(cursor);
    if (name === null) throw refusal("CALL must be followed by { … } or by the name of a procedure.", call);
    if (!PROCEDURES.has(name.text)) {
      throw refusal(
        `The procedure ${name.text} is not allowed: only db.labels, db.relationshipTypes and db.propertyKeys are.`,
        name,
      );
    }
    if (cursor.dialect === "embedded") {
      throw unsupported(
        "C21",
        "The embedded store has no procedures: write MATCH (n) UNWIND labels(n) AS label RETURN DISTINCT label.",
        name,
      );
    }
    cursor.procedures.add(name.text);
    if (isSymbol(peek(cursor), "(")) walkBracket(cursor, newScope("group", [")"]), ")");
    if (first) scope.main = "PROCEDURE";
  }
  scope.afterValue = true;
}

/** Between braces. EXISTS and COUNT can hold a bare pattern, and need no RETURN. */
function walkSubquery(cursor: Cursor, mayOmitReturn: boolean, mayBePattern = false): void {
  const open = takeSymbol(cursor, "{", "A subquery stands in braces: CALL { … }.");
  deeper(cursor, open, () => {
    if (mayBePattern && isSymbol(peek(cursor), "(")) {
      const scope = newScope("query", ["}"]);
      scope.clause = scope.main = "MATCH";
      walk(cursor, scope);
    } else {
      walkQuery(cursor, ["}"], mayOmitReturn);
    }
  });
  close(cursor, open, "}");
}

/** A word or literal where a value is expected. */
function walkValue(cursor: Cursor, scope: Scope, token: Token): void {
  if (token.kind === "parameter") cursor.parameters.add(token.value);
  if (token.kind !== "word") {
    if (token.kind === "quoted") walkName(cursor, scope);
    else takeAsValue(cursor, scope);
    return;
  }
  const keyword = keywordOf(token.value);
  const next = peek(cursor, 1);
  refuseWord(token);
  if (keyword === "NOT") {
    take(cursor);
  } else if (keyword === "DISTINCT" && isSymbol(peek(cursor, -1), "(")) {
    take(cursor);
  } else if (keyword === "CASE") {
    walkCase(cursor, scope);
  } else if (isSymbol(next, "{") && ["EXISTS", "COUNT", "COLLECT"].includes(keyword)) {
    take(cursor);
    walkSubquery(cursor, keyword !== "COLLECT", keyword !== "COLLECT");
    scope.afterValue = true;
  } else if (scope.clause === "MATCH" && isSelector(token, next)) {
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
    case "IN":
      if (scope.kind === "query" && scope.clause === "CALL") {
        throw refusal("CALL { … } IN TRANSACTIONS is not allowed: write CALL { … } alone.", token);
      }
      take(cursor);
      scope.afterValue = false;
      return;
    case "AND":
    case "OR":
    case "XOR":
    case "CONTAINS":
      take(cursor);
      scope.afterValue = false;
      return;
    case "STARTS":
    case "ENDS":
      take(cursor);
      takeWord(cursor, "WITH", `${keyword} must be followed by WITH.`);
      scope.afterValue = false;
      return;
    case "IS":
      take(cursor);
      if (isWord(peek(cursor), "NOT")) take(cursor);
      takeWord(
        cursor,
        "NULL",
        "Only IS NULL and IS NOT NULL are allowed; for labels write n:Label, for types valueType(x).",
      );
      return;
    case "AS": {
      take(cursor);
      const name = peek(cursor);
      if (!isName(name)) throw refusal("AS must be followed by a name.", token);
      refuseWord(name);
      take(cursor);
      return;
    }
    case "WHEN":
    case "THEN":
    case "ELSE":
      if (scope.kind !== "case") throw refusal(`${keyword} has no CASE before it.`, token);
      take(cursor);
      scope.afterValue = false;
      return;
    case "ASC":
    case "DESC":
    case "ASCENDING":
    case "DESCENDING":
      if (scope.clause !== "ORDER") throw refusal(`${keyword} has no ORDER BY before it.`, token);
      take(cursor);
      return;
    case "WHERE":
      if (scope.kind === "case" || scope.kind === "entry") throw refusal("WHERE cannot stand here.", token);
      if (scope.kind === "query") scope.clause = "WHERE";
      take(cursor);
      scope.afterValue = false;
      return;
    default:
      if (scope.kind === "query" && CLAUSES.has(keyword)) walkClause(cursor, scope, token);
      else throw notAClause(token, "A comma, an operator or a clause such as WHERE, WITH or RETURN is expected");
  }
}

function walkCase(cursor: Cursor, scope: Scope): void {
  const open = take(cursor);
  const inner = newScope("case", [")", "]", "}"], scope.shortest);
  // CASE WHEN … has no value before WHEN.
  inner.afterValue = isWord(peek(cursor), "WHEN");
  deeper(cursor, open, () => walk(cursor, inner));
  takeWord(cursor, "END", "CASE must be closed with END.");
  scope.afterValue = true;
}

/** A variable, a function call, or a literal such as null. Properties after a variable are read on their own. */
function walkName(cursor: Cursor, scope: Scope): void {
  const start = cursor.at;
  const name = readDottedName(cursor);
  if (name === null || !isSymbol(peek(cursor), "(")) {
    cursor.at = start;
    takeAsValue(cursor, scope);
    return;
  }
  if (TEMPORAL_FUNCTIONS.has(name.text) && cursor.dialect === "embedded") {
    throw unsupported(
      "C22",
      `The embedded store has no ${name.text}(): dates are ISO 8601 text, compare them as text, as in r.firstDate >= '2019-11'.`,
      name,
    );
  }
  if (!FUNCTIONS.has(name.text) && !TEMPORAL_FUNCTIONS.has(name.text)) throw refusal(notAFunction(name.text), name);
  cursor.functions.add(name.text);
  const inner = newScope(
    "group",
    [")"],
    scope.shortest || name.text.endsWith("shortestpath") || name.text === "allshortestpaths",
  );
  inner.clause = name.text;
  walkBracket(cursor, inner, ")");
  scope.afterValue = true;
}

function notAFunction(name: string): string {
  if (name === "exists")
    return "exists() is no longer part of Cypher: write n.property IS NOT NULL, or EXISTS { (a)-->(b) }.";
  if (name.includes(".")) return `The function ${name} is not allowed: only Cypher's own functions are.`;
  return `“${name}” is no function that a query here can call, nor a clause: only Cypher's own functions without effect are allowed.`;
}

function walkSymbol(cursor: Cursor, scope: Scope, token: Token): void {
  const before = peek(cursor, -1);
  switch (token.value) {
    case "(":
      if (scope.afterValue && !isSymbol(before, ")", "+", "*", "}")) {
        throw refusal("A bracket cannot follow a value: an operator or a comma is missing.", token);
      }
      walkGroup(cursor, scope);
      return;
    case "[":
      walkBracket(cursor, newScope("list", ["]"], scope.shortest), "]");
      scope.afterValue = true;
      return;
    case "{":
      walkMap(cursor);
      scope.afterValue = true;
      return;
    case ":":
      if (!scope.afterValue && !isSymbol(before, "("))
        throw refusal("A label follows a variable or an opening bracket.", token);
      walkLabels(cursor, isSymbol(before, "(") || isSymbol(peek(cursor, -2), "("));
      scope.afterValue = true;
      return;
    case ".":
      walkProperty(cursor, scope, token);
      return;
    default:
  }
  if (startsConnector(cursor, scope)) {
    walkConnector(cursor, scope);
  } else if (scope.afterValue && BINARY_SYMBOLS.has(token.value)) {
    take(cursor);
    if (token.value === "=~") checkRegularExpression(peek(cursor), token);
    if (token.value === ",") scope.shortest = scope.kind === "query" ? false : scope.shortest;
    scope.afterValue = false;
  } else if (isSymbol(token, "+", "-", "..")) {
    take(cursor);
  } else if (isSymbol(token, "*") && scope.clause === "count" && isSymbol(before, "(")) {
    takeAsValue(cursor, scope);
  } else if (isSymbol(token, "*") && scope.kind === "group" && isSymbol(before, "(")) {
    takeAsValue(cursor, scope);
  } else {
    throw refusal(symbolReason(token.value), token);
  }
}

function symbolReason(symbol: string): string {
  if (symbol === ";") return "One query at a time: send what follows the semicolon on its own.";
  if (symbol === "+=") return "+= changes the graph, and queries here only read: take it out.";
  if (symbol === "!=") return "!= is not part of Cypher: write <>.";
  if (symbol === "::") return ":: is not allowed: write valueType(x) to ask for a type.";
  if (")]}".includes(symbol)) return `${symbol} closes nothing here: take it out, or open it before.`;
  return `${symbol} cannot stand here: a value, or a clause, is expected.`;
}

function walkGroup(cursor: Cursor, scope: Scope): void {
  const inner = newScope("group", [")"], scope.shortest);
  walkBracket(cursor, inner, ")");
  scope.afterValue = true;
  if (inner.pattern) walkQuantifier(cursor, scope);
}

/** Consumes the opening bracket, what stands in it, and the closing one. */
function walkBracket(cursor: Cursor, inner: Scope, closing: string): void {
  const open = take(cursor);
  deeper(cursor, open, () => walk(cursor, inner));
  close(cursor, open, closing);
}

function close(cursor: Cursor, open: Token, closing: string): void {
  const token = peek(cursor);
  if (isSymbol(token, closing)) take(cursor);
  else throw refusal(`${open.value} is never closed: ${closing} is missing.`, open);
}

/** Keys of a map are names like others, `create` too, and so are those of a map projection. */
function walkMap(cursor: Cursor): void {
  const open = take(cursor);
  deeper(cursor, open, () => {
    while (!isSymbol(peek(cursor), "}")) {
      const token = take(cursor);
      const next = peek(cursor);
      if (isName(token) && isSymbol(next, ":")) {
        take(cursor);
        walk(cursor, newScope("entry", [",", "}", ")", "]"]));
      } else if (isSymbol(token, ".") && (isName(next) || isSymbol(next, "*"))) {
        take(cursor);
      } else if (isName(token) && isSymbol(next, ",", "}")) {
        refuseWord(token);
      } else {
        throw refusal(
          "Braces hold a map here: write {key: value}. A subquery follows CALL, EXISTS, COUNT or COLLECT.",
          token,
        );
      }
      if (!isSymbol(peek(cursor), ",")) break;
      take(cursor);
    }
  });
  close(cursor, open, "}");
}

function walkProperty(cursor: Cursor, scope: Scope, dot: Token): void {
  const name = peek(cursor, 1);
  if (!scope.afterValue || !isName(name))
    throw refusal("A dot stands between a value and the name of its property.", dot);
  take(cursor);
  take(cursor);
  if (isSymbol(peek(cursor), "(")) throw refusal(notAFunction(`….${name.value}`), name);
}

/** `(a)--(b)`, `(a)<-[r:TYPE*1..3]-(b)`: what stands between two nodes of a pattern. */
function startsConnector(cursor: Cursor, scope: Scope): boolean {
  if (!scope.afterValue || !isSymbol(peek(cursor, -1), ")", "}", "+", "*")) return false;
  const dash = isSymbol(peek(cursor), "<") ? 1 : 0;
  return isSymbol(peek(cursor, dash), "-") && isSymbol(peek(cursor, dash + 1), "-", "[");
}

function walkConnector(cursor: Cursor, scope: Scope): void {
  if (isSymbol(peek(cursor), "<")) take(cursor);
  take(cursor);
  if (isSymbol(peek(cursor), "[")) walkRelationship(cursor, scope);
  takeSymbol(cursor, "-", "A relationship is written -[r:TYPE]-> or <-[r:TYPE]- or -[r:TYPE]-.");
  if (isSymbol(peek(cursor), ">")) take(cursor);
  scope.pattern = true;
  walkQuantifier(cursor, scope);
  scope.afterValue = false;
}

function walkRelationship(cursor: Cursor, scope: Scope): void {
  const open = take(cursor);
  deeper(cursor, open, () => {
    const name = peek(cursor);
    if (isName(name) && !isWord(name, "WHERE")) {
      refuseWord(name);
      take(cursor);
    }
    if (isSymbol(peek(cursor), ":")) walkLabels(cursor, false, true);
    if (isSymbol(peek(cursor), "*")) walkLength(cursor, scope);
    const properties = peek(cursor);
    if (isSymbol(properties, "{")) walkMap(cursor);
    else if (properties?.kind === "parameter") cursor.parameters.add(take(cursor).value);
    if (isWord(peek(cursor), "WHERE")) {
      take(cursor);
      walk(cursor, newScope("list", ["]"]));
    }
  });
  close(cursor, open, "]");
}

function walkLength(cursor: Cursor, scope: Scope): void {
  const star = take(cursor);
  const from = takeNumber(cursor);
  const ranged = isSymbol(peek(cursor), "..");
  if (ranged) take(cursor);
  const to = ranged ? takeNumber(cursor) : from;
  checkLength(to, scope.shortest, { start: star.start, end: peek(cursor, -1)?.end ?? star.end });
}

/** `+`, `*` or `{1,3}` after a part of a pattern. */
function walkQuantifier(cursor: Cursor, scope: Scope): void {
  const token = peek(cursor);
  if (token === undefined) return;
  if (isSymbol(token, "+", "*")) {
    take(cursor);
    checkQuantifier(cursor.dialect, null, scope.shortest, token);
  } else if (isSymbol(token, "{") && (peek(cursor, 1)?.kind === "number" || isSymbol(peek(cursor, 1), ","))) {
    take(cursor);
    const from = takeNumber(cursor);
    const ranged = isSymbol(peek(cursor), ",");
    if (ranged) take(cursor);
    const to = ranged ? takeNumber(cursor) : from;
    const end = takeSymbol(cursor, "}", "A quantifier is written {1,3}.").end;
    checkQuantifier(cursor.dialect, to, scope.shortest, { start: token.start, end });
  }
}

/** Labels after a colon, with |, & and !. */
function walkLabels(cursor: Cursor, inNode: boolean, inRelationship = false): void {
  const colon = take(cursor);
  const start = cursor.at;
  walkLabelTerm(cursor);
  while (isSymbol(peek(cursor), "|", "&", ":")) {
    // In [x IN xs WHERE x:Person | x.name] the bar does not join labels.
    if (isSymbol(peek(cursor), "|") && !inNode && !inRelationship) {
      const after = peek(cursor, 2);
      if (!isName(peek(cursor, 1)) || !isSymbol(after, "|", "&", ")", "]", ",")) break;
      if (isSymbol(after, "]")) break;
    }
    take(cursor);
    if (isSymbol(peek(cursor), ":")) take(cursor);
    walkLabelTerm(cursor);
  }
  const variable = isName(cursor.tokens[start - 2]) ? cursor.tokens[start - 2] : undefined;
  if (!inRelationship) checkLabels(cursor.dialect, cursor.tokens.slice(start, cursor.at), variable, colon);
}

function walkLabelTerm(cursor: Cursor): void {
  while (isSymbol(peek(cursor), "!")) take(cursor);
  const token = take(cursor);
  if (isSymbol(token, "(")) {
    deeper(cursor, token, () => {
      walkLabelTerm(cursor);
      while (isSymbol(peek(cursor), "|", "&")) {
        take(cursor);
        walkLabelTerm(cursor);
      }
    });
    close(cursor, token, ")");
  } else if (isName(token)) {
    refuseWord(token);
    if (isSymbol(peek(cursor), "(")) throw refusal("A label cannot be called: write labels as they are.", token);
  } else if (!isSymbol(token, "%")) {
    throw refusal("A label is expected after the colon: write it as it is, not as a parameter.", token);
  }
}

/** `SHORTEST 2`, `ALL SHORTEST`, `ANY SHORTEST` before a path. */
function isSelector(token: Token, next: Token | undefined): boolean {
  return (
    (isWord(token, "ALL", "ANY") && isWord(next, "SHORTEST")) || (isWord(token, "SHORTEST") && next?.kind === "number")
  );
}

function walkSelector(cursor: Cursor, scope: Scope): void {
  const first = take(cursor);
  if (cursor.dialect === "embedded") {
    throw unsupported(
      "C23",
      "The embedded store has no SHORTEST: write shortestPath((a)-[:TYPE*..6]->(b)) or allShortestPaths(…).",
      first,
    );
  }
  if (isWord(peek(cursor), "SHORTEST")) take(cursor);
  takeNumber(cursor);
  if (isWord(peek(cursor), "PATH", "PATHS")) take(cursor);
  if (isWord(peek(cursor), "GROUP", "GROUPS")) take(cursor);
  scope.shortest = true;
}

/** A name with dots, in lower case. Null where no name stands. */
function readDottedName(cursor: Cursor): ({ text: string } & Span) | null {
  const first = peek(cursor);
  if (!isName(first)) return null;
  const parts = [take(cursor)];
  while (isSymbol(peek(cursor), ".") && isName(peek(cursor, 1))) {
    take(cursor);
    parts.push(take(cursor));
  }
  return {
    text: parts.map((part) => part.value.toLowerCase()).join("."),
    start: first.start,
    end: parts.at(-1)?.end ?? first.end,
  };
}

function refuseWord(token: Token): void {
  const keyword = token.kind === "word" ? keywordOf(token.value) : "";
  const reason = REFUSED_WORDS.get(keyword);
  if (reason !== undefined)
    throw refusal(`${keyword} is not allowed: ${reason}. As a name it stands in backticks.`, token);
}

function takeAsValue(cursor: Cursor, scope: Scope): void {
  take(cursor);
  scope.afterValue = true;
}

function takeWord(cursor: Cursor, keyword: string, message: string): void {
  const token = peek(cursor);
  if (!isWord(token, keyword)) throw refusal(message, token ?? endOf(cursor));
  take(cursor);
}

function takeNumber(cursor: Cursor): number | null {
  return peek(cursor)?.kind === "number" ? Number(take(cursor).value) : null;
}
