/** Patterns: relationships, labels and repetitions, with the bounds that keep a search finite. */
import type { Token } from "./lexer.ts";
import { refusal, type Span } from "./refusal.ts";
import {
  enclosed,
  isName,
  isSymbol,
  isWord,
  peek,
  take,
  takeBareName,
  takeNumber,
  takeSymbol,
  type Cursor,
} from "./cursor.ts";
import { checkLabels, checkQuantified, checkSelector } from "./embedded-dialect.ts";
import { walk, walkMap } from "./expressions.ts";
import { innerScope, type Scope } from "./scope.ts";

/** The longest path of a pattern, shortest paths aside: more is never read by a person, and cannot be enumerated in time. */
export const MAX_HOPS = 15;

/** `(a)--(b)`, `(a)<-[r:TYPE*1..3]-(b)`: what stands between two nodes of a pattern. */
export function startsConnector(cursor: Cursor, scope: Scope): boolean {
  if (!scope.afterValue || !isSymbol(peek(cursor, -1), ")", "}", "+", "*")) return false;
  const dash = isSymbol(peek(cursor), "<") ? 1 : 0;
  return isSymbol(peek(cursor, dash), "-") && isSymbol(peek(cursor, dash + 1), "-", "[");
}

export function walkConnector(cursor: Cursor, scope: Scope): void {
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
  enclosed(cursor, take(cursor), "]", () => {
    if (isName(peek(cursor)) && !isWord(peek(cursor), "WHERE")) takeBareName(cursor);
    if (isSymbol(peek(cursor), ":")) walkLabels(cursor, scope, true);
    if (isSymbol(peek(cursor), "*")) walkLength(cursor, scope);
    if (isSymbol(peek(cursor), "{")) walkMap(cursor, innerScope(scope, "entry"));
    if (isWord(peek(cursor), "WHERE")) {
      take(cursor);
      walk(cursor, innerScope(scope, "list", "]"));
    }
  });
}

function walkLength(cursor: Cursor, scope: Scope): void {
  const star = take(cursor);
  const from = takeNumber(cursor);
  const ranged = isSymbol(peek(cursor), "..");
  if (ranged) take(cursor);
  const to = ranged ? takeNumber(cursor) : from;
  const span = { start: star.start, end: peek(cursor, -1)?.end ?? star.end };
  if (scope.shortest || isBound(to)) return;
  throw refusal(
    `A path needs an upper bound of ${MAX_HOPS} relationships at most: write *1..6, or look for shortestPath((a)-[*]-(b)).`,
    span,
  );
}

/** `+`, `*` or `{1,3}` after a part of a pattern. */
export function walkQuantifier(cursor: Cursor, scope: Scope): void {
  const token = peek(cursor);
  const next = peek(cursor, 1);
  if (isSymbol(token, "+", "*")) {
    take(cursor);
    requireBound(cursor, scope, null, token);
  } else if (isSymbol(token, "{") && (next?.kind === "number" || isSymbol(next, ","))) {
    take(cursor);
    const from = takeNumber(cursor);
    const ranged = isSymbol(peek(cursor), ",");
    if (ranged) take(cursor);
    const to = ranged ? takeNumber(cursor) : from;
    const { end } = takeSymbol(cursor, "}", "A repetition is written {1,3}.");
    requireBound(cursor, scope, to, { start: token.start, end });
  }
}

function requireBound(cursor: Cursor, scope: Scope, to: number | null, span: Span): void {
  checkQuantified(cursor, span);
  if (scope.shortest || isBound(to)) return;
  throw refusal(`A repeated path needs an upper bound of ${MAX_HOPS} at most: write {1,6}.`, span);
}

function isBound(to: number | null): boolean {
  return to !== null && to <= MAX_HOPS;
}

/** Labels or types after a colon, with |, & and !. */
export function walkLabels(cursor: Cursor, scope: Scope, inRelationship = false): void {
  const variable = peek(cursor, -1);
  const colon = take(cursor);
  const start = cursor.at;
  // In [x IN xs WHERE x:Person | x.name] the bar does not join labels.
  const bars = inRelationship || (scope.kind !== "list" && scope.call !== "reduce");
  walkLabelTerm(cursor);
  while (isSymbol(peek(cursor), "&", ":") || (bars && isSymbol(peek(cursor), "|"))) {
    take(cursor);
    if (isSymbol(peek(cursor), ":")) take(cursor);
    walkLabelTerm(cursor);
  }
  const labels = cursor.tokens.slice(start, cursor.at);
  checkLabels(cursor, labels, isName(variable) ? variable : null, colon, inRelationship);
}

function walkLabelTerm(cursor: Cursor): void {
  while (isSymbol(peek(cursor), "!")) take(cursor);
  const token = peek(cursor);
  if (isSymbol(token, "(")) {
    enclosed(cursor, take(cursor), ")", () => {
      walkLabelTerm(cursor);
      while (isSymbol(peek(cursor), "|", "&")) {
        take(cursor);
        walkLabelTerm(cursor);
      }
    });
  } else if (isName(token)) {
    takeBareName(cursor);
    if (isSymbol(peek(cursor), "(")) throw refusal("A label cannot be called: write labels as they are.", token);
  } else if (isSymbol(token, "%")) {
    take(cursor);
  } else {
    const where = token ?? peek(cursor, -1) ?? { start: 0, end: 0 };
    throw refusal("A label is expected after the colon: write it as it is, not as a parameter.", where);
  }
}

/** `SHORTEST 2`, `ALL SHORTEST`, `ANY SHORTEST` before a path. */
export function isSelector(token: Token, next: Token | undefined): boolean {
  if (isWord(token, "ALL", "ANY")) return isWord(next, "SHORTEST");
  return isWord(token, "SHORTEST") && next?.kind === "number";
}

export function walkSelector(cursor: Cursor, scope: Scope): void {
  const first = take(cursor);
  checkSelector(cursor, first);
  if (isWord(peek(cursor), "SHORTEST")) take(cursor);
  takeNumber(cursor);
  if (isWord(peek(cursor), "PATH", "PATHS")) take(cursor);
  if (isWord(peek(cursor), "GROUP", "GROUPS")) take(cursor);
  scope.shortest = true;
}
