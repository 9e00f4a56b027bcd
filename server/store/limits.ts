/**
 * Limits of a user's query that both stores keep, and how a user is told.
 */
import { AppError } from "../errors.ts";

export function timeoutFault(milliseconds: number, cause?: unknown): AppError {
  const seconds = Math.round(milliseconds / 100) / 10;
  return new AppError(
    "query_timeout",
    `The query took longer than ${seconds} seconds and was ended. Ask for less: name labels and types, shorten paths, add a LIMIT.`,
    { cause },
  );
}

export function memoryFault(cause: unknown): AppError {
  return new AppError("query_failed", "The query needed more memory than one query may take. Ask for less.", { cause });
}

export function writeFault(cause: unknown): AppError {
  return new AppError("query_refused", "The query writes; only reading is allowed here. Nothing was changed.", {
    cause,
  });
}

const BYTES_OF_A_SCALAR = 8;

/** About the size as JSON, in UTF-16 code units. */
export function sizeOf(value: unknown): number {
  if (typeof value === "string") return value.length + 2;
  if (typeof value !== "object" || value === null) return BYTES_OF_A_SCALAR;
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + sizeOf(item) + 1, 2);
  return Object.entries(value).reduce((sum, [key, item]) => sum + key.length + 4 + sizeOf(item), 2);
}
