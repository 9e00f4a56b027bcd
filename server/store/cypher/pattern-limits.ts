/** Limits of patterns: how far a path may go, and what the embedded engine cannot match. */
import type { Dialect } from "./cursor.ts";
import type { Token } from "./lexer.ts";
import { refusal, unsupported, type Span } from "./refusal.ts";

/** The longest path of a pattern, shortest paths aside: more is never read by a person, and cannot be enumerated in time. */
export const MAX_HOPS = 15;

/** @param to The upper bound, null when there is none. */
export function checkLength(to: number | null, shortest: boolean, span: Span): void {
  if (shortest || (to !== null && to <= MAX_HOPS)) return;
  throw refusal(
    `A path needs an upper bound of ${MAX_HOPS} relationships at most: write *1..6, or look for shortestPath((a)-[*]-(b)).`,
    span,
  );
}

export function checkQuantifier(dialect: Dialect, to: number | null, shortest: boolean, span: Span): void {
  if (dialect === "embedded") {
    throw unsupported("C24", "The embedded store has no quantified paths: write -[:TYPE*1..3]-> instead.", span);
  }
  if (shortest || (to !== null && to <= MAX_HOPS)) return;
  throw refusal(`A repeated path needs an upper bound of ${MAX_HOPS} at most: write {1,6}.`, span);
}

/** @param labels Tokens after the colon. */
export function checkLabels(
  dialect: Dialect,
  labels: readonly Token[],
  variable: Token | undefined,
  colon: Span,
): void {
  const operator = labels.find((token) => token.kind === "symbol" && token.value !== ":");
  if (dialect === "neo4j" || operator === undefined) return;
  const name = variable?.text ?? "n";
  const rewrite = labels
    .map((token) => {
      if (token.kind === "word" || token.kind === "quoted") return `${name}:${token.text}`;
      return { "|": " OR ", "&": " AND ", "!": "NOT " }[token.value] ?? token.value;
    })
    .join("");
  throw unsupported(
    "C25",
    `The embedded store does not combine labels in a pattern: write (${name}) and WHERE ${rewrite}.`,
    {
      start: colon.start,
      end: labels.at(-1)?.end ?? colon.end,
    },
  );
}
