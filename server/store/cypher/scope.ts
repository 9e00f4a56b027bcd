/** What the guard knows of the place where it reads: the bracket around it, and the query around that. */

export interface Scope {
  kind: "query" | "group" | "list" | "entry" | "case";
  /** Symbols that end it. They are left for the caller. */
  stops: readonly string[];
  query: QueryState;
  /** In the arguments of a function: its name in lower case. */
  call: string | null;
  /** A value has just ended: an operator, a clause or the end must follow. */
  afterValue: boolean;
  /** Within a search for shortest paths, where lengths need no bound. */
  shortest: boolean;
  /** It holds a relationship of a pattern. */
  pattern: boolean;
  /** Within a list, a map or `reduce`. */
  wrapped: boolean;
  /** Within a pattern comprehension. */
  inComprehension: boolean;
  /** The last operator was a power. */
  power: boolean;
}

export interface QueryState {
  /** The clause that is read, null where one must begin. */
  clause: string | null;
  /** The last clause that is no part of another: MATCH, UNWIND, CALL, WITH, RETURN; PROCEDURE for a procedure alone. */
  main: string | null;
  /** Paths that the present MATCH looks for with shortestPath. */
  searched: Set<string>;
  subquery: boolean;
  /** It has several parts. */
  union: boolean;
}

export function queryScope(stops: readonly string[], subquery: boolean): Scope {
  const query = { clause: null, main: null, searched: new Set<string>(), subquery, union: false };
  return {
    kind: "query",
    stops,
    query,
    call: null,
    afterValue: false,
    shortest: false,
    pattern: false,
    wrapped: false,
    inComprehension: false,
    power: false,
  };
}

export function innerScope(outer: Scope, kind: Exclude<Scope["kind"], "query">, ...stops: readonly string[]): Scope {
  return {
    ...outer,
    kind,
    stops,
    call: null,
    afterValue: false,
    pattern: false,
    power: false,
    inComprehension: outer.inComprehension || (outer.kind === "list" && outer.pattern),
  };
}
