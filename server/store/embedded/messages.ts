/**
 * What the owner of the embedded store and its engine process say to each other.
 */
import type { ParameterValue } from "../executor.ts";

export type EngineRequest =
  | { kind: "open"; file: string }
  | { kind: "begin"; transaction: number }
  | { kind: "run"; transaction: number; text: string; parameters: Readonly<Record<string, ParameterValue>> }
  | { kind: "commit"; transaction: number }
  | { kind: "rollback"; transaction: number }
  | { kind: "define"; statement: string }
  /** A user's query: rolled back, and cut at these limits before it is sent. */
  | {
      kind: "inspect";
      text: string;
      parameters: Readonly<Record<string, unknown>>;
      rows: number;
      bytes: number;
    }
  | { kind: "close" };

export type RequestMessage = EngineRequest & { id: number };

export interface EngineAnswer {
  columns: string[];
  rows: unknown[][];
  truncated: boolean;
  /** Ends of relationships that the rows do not hold. */
  ends: unknown[];
}

/** What went wrong in the engine, as data: errors lose their fields on the way between processes. */
export interface EngineFault {
  message: string;
  /** GQLSTATUS, such as `42001`, where the engine tells one. */
  status: string | null;
  reason: "engine" | "memory" | "wrote";
}

export type AnswerMessage = { id: number } & ({ answer: EngineAnswer } | { fault: EngineFault });

export const NO_ANSWER: EngineAnswer = { columns: [], rows: [], truncated: false, ends: [] };

/** The process ended itself because a request took too much memory. */
export const EXIT_MEMORY = 70;
