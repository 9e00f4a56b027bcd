/**
 * What the embedded engine's Cypher lacks, answers otherwise, or writes otherwise. Each check does nothing for Neo4j; each says
 * the rule of SPEC.md and the rewrite. What has an exact rewrite is rewritten in the text that is sent.
 */
import type { Token } from "./lexer.ts";
import { unsupported, type Span } from "./refusal.ts";
import { AGGREGATES, TEMPORAL_FUNCTIONS } from "./vocabulary.ts";
import { isName, isSymbol, peek, type Cursor } from "./cursor.ts";
import type { Scope } from "./scope.ts";

const LACKING_FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ["collect {}", "write [(a)-->(b) | b.name], or CALL { … RETURN collect(b.name) AS names }"],
  ["tobooleanlist", "write [x IN list | toBoolean(x)]"],
  ["tofloatlist", "write [x IN list | toFloat(x)]"],
  ["tointegerlist", "write [x IN list | toInteger(x)]"],
  ["tostringlist", "write [x IN list | toString(x)]"],
  ["tobooleanornull", "write toBoolean(x)"],
  ["tofloatornull", "write toFloat(x)"],
  ["tointegerornull", "write toInteger(x)"],
  ["tostringornull", "write toString(x)"],
  ["valuetype", "look at the value itself"],
  ["isnan", "write x <> x"],
  ["cot", "write 1 / tan(x)"],
  ["haversin", "write (1 - cos(x)) / 2"],
  ["randomuuid", "write rand()"],
]);

/** Functions of which the engine answers null where Neo4j answers 0. */
const NULL_FOR_ZERO: ReadonlySet<string> = new Set(["sum", "stdev", "stdevp"]);

/** @param name In lower case; `collect {}` for the subquery. */
export function checkCall(cursor: Cursor, scope: Scope, name: string, span: Span): void {
  if (cursor.dialect !== "embedded") return;
  if (TEMPORAL_FUNCTIONS.has(name)) {
    throw unsupported(
      "C22",
      `The embedded store has no ${name}(): dates are ISO 8601 text, compare them as text, as in r.firstDate >= '2019-11'.`,
      span,
    );
  }
  const rewrite = LACKING_FUNCTIONS.get(name);
  if (rewrite !== undefined) throw unsupported("C26", `The embedded store has no ${name}: ${rewrite}.`, span);
  if (name.endsWith("shortestpath") || name === "allshortestpaths") {
    if (scope.query.clause !== "MATCH") {
      throw unsupported(
        "C35",
        "The embedded store looks for shortest paths in MATCH alone: write MATCH p = shortestPath((a)-[:TYPE*..6]-(b)).",
        span,
      );
    }
  }
  if (AGGREGATES.has(name) && scope.wrapped) throw aggregateInside(name, span);
  if (name === "labels" && (scope.call === "head" || scope.call === "last")) throw orderOfLabels(span);
}

function orderOfLabels(span: Span): Error {
  return unsupported(
    "C39",
    "The labels of a node have no order in the embedded store: ask n:Person, or write [label IN labels(n) WHERE NOT label IN ['Entity', 'Actor']].",
    span,
  );
}

function aggregateInside(name: string, span: Span): Error {
  return unsupported(
    "C30",
    `The embedded store has no ${name}() within a list, a map, reduce or an index: name it first, WITH ${name}(…) AS x, and go on with x.`,
    span,
  );
}

/** After a call: writes it so that the engine answers as Neo4j does. */
export function rewriteCall(cursor: Cursor, name: string, first: Token | undefined, close: Token): void {
  if (cursor.dialect !== "embedded" || first === undefined) return;
  if (AGGREGATES.has(name) && isSymbol(peek(cursor), "[")) throw aggregateInside(name, first);
  if (name === "labels" && isSymbol(peek(cursor), "[")) throw orderOfLabels(first);
  if (NULL_FOR_ZERO.has(name)) {
    first.sent = `coalesce(${first.sent}`;
    close.sent = "), 0)";
  } else if (name === "isempty") {
    first.sent = "(size";
    close.sent = ") = 0)";
  } else if (name === "btrim") {
    first.sent = "trim";
  } else if (name === "character_length") {
    first.sent = "char_length";
  }
}

/** A variable in a map projection. */
export function rewriteProjected(cursor: Cursor, name: Token): void {
  if (cursor.dialect === "embedded") name.sent = `${name.sent}: ${name.sent}`;
}

export function checkOperator(cursor: Cursor, scope: Scope, operator: Token): void {
  if (cursor.dialect !== "embedded") return;
  if (operator.value === "||") operator.sent = "+";
  if (operator.value === "," && scope.call === "round") {
    throw unsupported("C26", "The embedded store rounds to whole numbers alone: write round(x * 100) / 100.", operator);
  }
  if (operator.value === "^" && scope.power) {
    throw unsupported(
      "C38",
      "The embedded store reads powers in a row from the right: write brackets, (2 ^ 3) ^ 2.",
      operator,
    );
  }
}

/** @param start Index of the opening bracket. @param end Index of the closing one. */
export function checkSlice(cursor: Cursor, start: number, end: number): void {
  if (cursor.dialect !== "embedded") return;
  const { tokens } = cursor;
  const open = tokens[start];
  const close = tokens[end];
  const dots = [1, 2, 3].map((ahead) => start + ahead).find((at) => isSymbol(tokens[at], ".."));
  if (open === undefined || close === undefined || dots === undefined || dots > end) return;
  if (!isSymbol(tokens[start + 1], "-") && !isSymbol(tokens[dots + 1], "-")) return;
  throw unsupported("C37", "The embedded store counts no slice from the end: write list[size(list) - 2..].", {
    start: open.start,
    end: close.end,
  });
}

/** @param content The first tokens in the bracket. */
export function checkComprehension(cursor: Cursor, scope: Scope, content: readonly Token[], span: Span): void {
  if (cursor.dialect !== "embedded") return;
  const clause = scope.query.clause;
  const named = isName(content[0]) && isSymbol(content[1], "=");
  const nested = scope.inComprehension || (scope.kind === "list" && scope.pattern);
  if (!named && !nested && (clause === "RETURN" || clause === "WITH")) return;
  throw unsupported(
    "C31",
    "The embedded store has [(a)-->(b) | …] in RETURN and WITH alone, without a name for the path and not within another: write COUNT { (a)-->(b) } or EXISTS { (a)-->(b) }, or name it first in WITH.",
    span,
  );
}

/** `(n WHERE …)`. In the arguments of a function WHERE belongs to the function. */
export function checkNodeCondition(cursor: Cursor, scope: Scope, where: Token): void {
  if (cursor.dialect !== "embedded" || scope.kind !== "group" || scope.call !== null) return;
  throw unsupported(
    "C32",
    "The embedded store has no WHERE within the brackets of a node: write it after the pattern.",
    where,
  );
}

/** What follows SKIP or LIMIT. */
export function checkPage(cursor: Cursor, keyword: string): void {
  if (cursor.dialect !== "embedded") return;
  const value = peek(cursor);
  const after = peek(cursor, 1);
  const simple = value?.kind === "number" || value?.kind === "parameter";
  if (value === undefined || (simple && (after === undefined || after.kind === "word" || isSymbol(after, "}")))) return;
  throw unsupported(
    "C33",
    `The embedded store has ${keyword} with a number or a parameter alone: compute it before.`,
    value,
  );
}

/** In WHERE after MATCH p = shortestPath(…): the engine finds the shortest path first and asks afterwards. */
export function checkSearchedPath(cursor: Cursor, scope: Scope, name: Token): void {
  if (cursor.dialect !== "embedded" || scope.query.clause !== "WHERE" || !scope.query.searched.has(name.value)) return;
  throw unsupported(
    "C34",
    `The embedded store looks for the shortest path first and asks WHERE afterwards, which can miss a path: name the relationship types in it, -[:TYPE|OTHER*..6]-, or write WITH ${name.text} WHERE … to ask of the shortest one alone.`,
    name,
  );
}

export function checkSubqueryAnswer(cursor: Cursor, scope: Scope, open: Token): void {
  if (cursor.dialect !== "embedded" || scope.query.main !== "RETURN") return;
  throw unsupported("C36", "The embedded store has no RETURN within EXISTS { … } and COUNT { … }: take it out.", open);
}

export function checkSelector(cursor: Cursor, token: Token): void {
  if (cursor.dialect !== "embedded") return;
  throw unsupported(
    "C23",
    "The embedded store has no SHORTEST: write shortestPath((a)-[:TYPE*..6]->(b)) or allShortestPaths(…).",
    token,
  );
}

export function checkQuantified(cursor: Cursor, span: Span): void {
  if (cursor.dialect !== "embedded") return;
  throw unsupported("C24", "The embedded store has no repeated paths: write -[:TYPE*1..3]-> instead.", span);
}

/** @param labels Tokens after the colon. */
export function checkLabels(
  cursor: Cursor,
  labels: readonly Token[],
  variable: Token | null,
  colon: Token,
  inRelationship: boolean,
): void {
  const joins = inRelationship ? ["&", "!", "%", "("] : ["|", "&", "!", "%", "("];
  if (cursor.dialect !== "embedded" || !labels.some((token) => isSymbol(token, ...joins))) return;
  const span = { start: colon.start, end: labels.at(-1)?.end ?? colon.end };
  const name = variable?.text ?? (inRelationship ? "r" : "n");
  const condition = labels
    .map((token) => {
      if (!isName(token)) return { "|": " OR ", "&": " AND ", "!": "NOT " }[token.value] ?? token.value;
      return inRelationship ? `type(${name}) = '${token.value}'` : `${name}:${token.text}`;
    })
    .join("");
  const bare = inRelationship ? `[${name}]` : `(${name})`;
  throw unsupported("C25", `The embedded store does not combine labels: write ${bare} and WHERE ${condition}.`, span);
}
