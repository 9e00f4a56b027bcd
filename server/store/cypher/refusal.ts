/** How the guard says no: one error for what is not allowed, one for what the embedded engine lacks. */
import { AppError } from "../../errors.ts";

/** UTF-16 code units of the text as the user wrote it, end exclusive. */
export interface Span {
  start: number;
  end: number;
}

/** @param message What is not allowed, and what to do instead. */
export function refusal(message: string, { start, end }: Span): AppError {
  return new AppError("query_refused", message, { position: { start, end } });
}

/**
 * @param rule Id in SPEC.md.
 * @param message What the embedded engine lacks, and the rewrite that it can run.
 */
export function unsupported(rule: string, message: string, { start, end }: Span): AppError {
  return new AppError("unsupported", `${message} [${rule}]`, { position: { start, end } });
}
