/**
 * What the extractor and its worker thread say to each other. Errors cross as plain values, since an AppError would arrive as a
 * plain Error.
 */
import type { Document } from "../contract/document.ts";
import type { Extraction } from "../contract/extraction.ts";
import type { NodeType, Ontology } from "../contract/ontology.ts";
import { AppError, ERROR_CODES, toAppError, type ErrorCode } from "../errors.ts";

/** `workerData` of the thread. */
export interface WorkerSettings {
  folder: string;
  ontology: Ontology;
  threads: number;
  /** By folded name. */
  knownTypes: ReadonlyMap<string, readonly NodeType[]>;
}

export type ToWorker =
  { kind: "extract"; id: number; document: Document } | { kind: "cancel"; id: number } | { kind: "close" };

export type FromWorker =
  | { kind: "ready"; version: string }
  | { kind: "extracted"; id: number; extraction: Extraction }
  | { kind: "cancelled"; id: number }
  /** Without an id: the model could not be opened. */
  | { kind: "failed"; id: number | null; code: ErrorCode; message: string };

export function failure(id: number | null, thrown: unknown): FromWorker {
  const error = toAppError(thrown);
  return { kind: "failed", id, code: error.code, message: error.message };
}

export function errorOf(message: { code: ErrorCode; message: string }): AppError {
  return new AppError(message.code in ERROR_CODES ? message.code : "internal", message.message);
}
