/**
 * The catalogue of errors: one class, stable codes, and the one place that maps a code to an HTTP status and to an exit status.
 *
 * A message says what is wrong, with which item, and what to do. Expected failures of one document are no errors but data in
 * its report (`contract/report.ts`).
 */

export const ERROR_CODES = {
  /** The caller's input does not fit its schema. */
  invalid_input: { http: 400, exit: 2 },
  /** The command line cannot be understood. */
  usage: { http: 400, exit: 2 },
  /** A setting of the environment is unknown or has a bad value. */
  bad_setting: { http: 500, exit: 2 },
  unauthorized: { http: 401, exit: 2 },
  /** Wrong `Host`, or a write that another web page sent. */
  forbidden: { http: 403, exit: 2 },
  /** Too many wrong passwords. */
  rate_limited: { http: 429, exit: 2 },
  not_found: { http: 404, exit: 2 },
  conflict: { http: 409, exit: 2 },
  too_large: { http: 413, exit: 1 },
  unsupported_media: { http: 415, exit: 1 },
  /** A Cypher text that the read-only guard refuses. */
  query_refused: { http: 400, exit: 2 },
  /** A Cypher text that the engine cannot run. */
  query_failed: { http: 400, exit: 2 },
  query_timeout: { http: 408, exit: 1 },
  /** The store cannot do this (rule id in the message). */
  unsupported: { http: 501, exit: 2 },
  store_unreachable: { http: 503, exit: 3 },
  /** Another process owns the embedded store. */
  store_in_use: { http: 503, exit: 3 },
  /** The database holds somebody else's data, or a newer schema. */
  store_foreign: { http: 503, exit: 3 },
  model_unavailable: { http: 503, exit: 3 },
  port_in_use: { http: 500, exit: 3 },
  internal: { http: 500, exit: 1 },
} as const satisfies Record<string, { http: number; exit: number }>;

export type ErrorCode = keyof typeof ERROR_CODES;

export interface ErrorIssue {
  path: string;
  message: string;
}

export interface AppErrorOptions {
  cause?: unknown;
  /** One entry a faulty field, for `invalid_input`. */
  issues?: ErrorIssue[];
  /** Where in a Cypher text the fault is, in UTF-16 code units. */
  position?: { start: number; end: number };
}

export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly issues: ErrorIssue[];
  readonly position: { start: number; end: number } | null;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.issues = options.issues ?? [];
    this.position = options.position ?? null;
  }
}

export function httpStatus(code: ErrorCode): number {
  return ERROR_CODES[code].http;
}

export function exitStatus(code: ErrorCode): number {
  return ERROR_CODES[code].exit;
}

/** Any thrown value as an AppError, so that borders report one shape. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new AppError("internal", `Unexpected fault: ${message}. Please report it with what you did.`, {
    cause: error,
  });
}
