/**
 * What Neo4j and its driver complain about, as errors that a user understands.
 */
import { Neo4jError } from "neo4j-driver";
import { AppError } from "../../errors.ts";
import { memoryFault, timeoutFault, writeFault } from "../limits.ts";

const DOWN = new Set(["ServiceUnavailable", "SessionExpired"]);
const TERMINATED = "Neo.ClientError.Transaction.TransactionTerminated";

/** Whether the server ended the transaction from outside. */
export function wasTerminated(error: unknown): boolean {
  return error instanceof Neo4jError && error.code === TERMINATED;
}

/** A fault of opening, or of one of our own queries. `name` is how messages call the database. */
export function ownFault(error: unknown, name: string): AppError {
  if (error instanceof AppError) return error;
  const fault = (what: string) => new AppError("store_unreachable", `${name} ${what}`, { cause: error });
  if (!(error instanceof Neo4jError)) return fault(`cannot be used: ${messageOf(error)}.`);
  const { code } = error;
  if (code === "Neo.ClientError.Security.Unauthorized") {
    return fault("refuses the user or the password. Check NEO4J_USER and NEO4J_PASSWORD.");
  }
  if (code === "Neo.ClientError.Security.AuthenticationRateLimit") {
    return fault(
      "refuses further logins after too many wrong passwords. Correct NEO4J_PASSWORD and wait a few seconds.",
    );
  }
  if (code === "Neo.ClientError.Security.Forbidden") {
    return fault("does not allow this user to write. Give NEO4J_USER a role that may, such as publisher or admin.");
  }
  if (code === "Neo.ClientError.Database.DatabaseNotFound") {
    return fault("has no such database. Check NEO4J_DATABASE, or unset it for the user's home database.");
  }
  if (code === "Neo.ClientError.Cluster.NotALeader" || code.endsWith("ForbiddenOnReadOnlyDatabase")) {
    return fault("takes no writes here: it is a read-only member of a cluster. Use a neo4j:// address.");
  }
  if (DOWN.has(code)) return fault(`does not answer (${firstLine(error)}). Is it running, and is NEO4J_URI right?`);
  return fault(`refused: ${firstLine(error)}`);
}

/** A fault of a user's query. */
export function userFault(error: unknown, text: string, milliseconds: number, name: string): AppError {
  if (error instanceof AppError) return error;
  if (!(error instanceof Neo4jError)) return ownFault(error, name);
  const { code } = error;
  if (code.includes("TransactionTimedOut") || code === TERMINATED) {
    return timeoutFault(milliseconds, error);
  }
  if (code.includes("OutOfMemory")) {
    return memoryFault(error);
  }
  if (code === "Neo.ClientError.Statement.AccessMode") {
    return writeFault(error);
  }
  if (!code.startsWith("Neo.ClientError.Statement") && !code.startsWith("Neo.ClientError.Procedure")) {
    return code.startsWith("Neo.ClientError")
      ? new AppError("query_failed", `The query cannot be run: ${firstLine(error)}`, { cause: error })
      : ownFault(error, name);
  }
  const position = positionIn(text, error.message);
  return new AppError("query_failed", `The query cannot be run: ${firstLine(error)}`, {
    cause: error,
    ...(position === null ? {} : { position }),
  });
}

/** `(line 1, column 16 (offset: 15))`, counted in `EXPLAIN …` when that is what was refused. */
function positionIn(text: string, message: string): { start: number; end: number } | null {
  const place = /\(line \d+, column \d+ \(offset: (\d+)\)\)/.exec(message);
  if (place === null) return null;
  const prefix = message.includes('"EXPLAIN ') || message.includes("EXPLAIN ") ? "EXPLAIN ".length : 0;
  const start = Math.min(text.length, Math.max(0, Number(place[1]) - prefix));
  return { start, end: Math.min(text.length, start + 1) };
}

function firstLine(error: Error): string {
  const line = (error.message.split("\n")[0] ?? "").replace(/\s*\(line \d+, column \d+ \(offset: \d+\)\)/, "").trim();
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
}
