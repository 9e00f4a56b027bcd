/**
 * PORT Executor: runs Cypher queries inside transactions. The store above it is written once; `embedded/` and `neo4j/` stand
 * behind it and hide how an engine is reached, retried and ended.
 */
import type { CypherLimits, CypherValue } from "../contract/cypher.ts";
import type { Row } from "./row.ts";

/** What a query parameter may hold. Integers are sent as integers, other numbers as floats. */
export type ParameterValue =
  null | boolean | number | string | readonly ParameterValue[] | { readonly [key: string]: ParameterValue };

export type Parameters = Readonly<Record<string, ParameterValue>>;

/** One query as a value: its text, its parameters, how a row of its answer is read, and whether it writes. */
export interface Query<Result> {
  readonly text: string;
  readonly parameters: Parameters;
  readonly access: "read" | "write";
  readonly read: (row: Row) => Result;
}

export interface Transaction {
  run<Result>(query: Query<Result>): Promise<Result[]>;
}

/** The answer to a user's query, in tagged values, before it is made drawable. */
export interface RawAnswer {
  columns: string[];
  rows: CypherValue[][];
  truncated: boolean;
  /** Ends of the rows' relationships that are not in the rows themselves. */
  ends: CypherValue[];
}

export interface Executor {
  readonly kind: "embedded" | "neo4j";

  /**
   * Runs `work` on one consistent state of the graph. It may be called again from its start when the engine was lost on the way.
   * @throws AppError `store_unreachable`
   */
  read<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;

  /**
   * Runs `work` and commits it whole, or leaves nothing. It may be called again from its start when the engine was lost or
   * another writer was in the way, so `work` must have no effect outside the transaction.
   * @throws AppError `store_unreachable`
   */
  write<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;

  /** A statement that changes the schema and stands outside transactions. Must be harmless when repeated. */
  define(statement: string): Promise<void>;

  /**
   * Runs a user's query, which the guard has let pass, in a read transaction that is always rolled back.
   * @throws AppError `query_failed`, `query_timeout`, `store_unreachable`
   */
  inspect(text: string, parameters: Readonly<Record<string, CypherValue>>, limits: CypherLimits): Promise<RawAnswer>;

  close(): Promise<void>;
}
