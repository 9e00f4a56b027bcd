/**
 * What the embedded engine complains about, as errors that a user understands.
 */
import { AppError } from "../../errors.ts";
import { memoryFault, writeFault } from "../limits.ts";
import { EngineEnded, EngineError } from "./engine-process.ts";

const LOCKED = /cannot be locked/i;
/** The engine's own bound on a search for paths. */
const TOO_MANY_PATHS = /more than the \d+ MiB of memory/i;
const FULL = /no space left|file too large|quota exceeded/i;

export function openingFault(error: unknown, file: string): AppError {
  const message = plain(error);
  if (LOCKED.test(message)) {
    return new AppError(
      "store_in_use",
      `The store ${file} is in use by another process. Stop it, or set FIL_ROUGE_DATA to another folder.`,
      { cause: error },
    );
  }
  return new AppError(
    "store_unreachable",
    `The store ${file} cannot be opened: ${message}. Check that the folder can be written and the file is whole, or set FIL_ROUGE_DATA to another folder.`,
    { cause: error },
  );
}

/** A fault of one of our own queries. */
export function ownFault(error: EngineEnded | EngineError): AppError {
  const message = plain(error);
  if (FULL.test(message)) {
    return new AppError(
      "store_unreachable",
      `The disk of the embedded store is full: ${message}. Make room and try again.`,
      {
        cause: error,
      },
    );
  }
  if (error instanceof EngineEnded) {
    return error.outOfMemory
      ? memoryFault(error)
      : new AppError("store_unreachable", `${message} It was started again several times without success.`, {
          cause: error,
        });
  }
  return new AppError("store_unreachable", `The embedded store refused: ${message}.`, { cause: error });
}

/** A fault of a user's query. */
export function userFault(error: unknown, text: string): AppError {
  if (error instanceof AppError) return error;
  if (!(error instanceof EngineError)) return ownFault(new EngineEnded(plain(error), false));
  if (error.fault.reason === "wrote") {
    return writeFault(error);
  }
  if (TOO_MANY_PATHS.test(error.message)) return memoryFault(error);
  const position = positionIn(text, error.message);
  return new AppError("query_failed", `The query cannot be run: ${plain(error)}.`, {
    cause: error,
    ...(position === null ? {} : { position }),
  });
}

/** The engine's first line, without its own codes. */
function plain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const lines = message.split("\n").filter((line) => !/^\s*(-->|\||\d+ \|)/.test(line));
  return lines
    .map((line) => line.replace(/\b(GRAFEO-\w+|\[Cypher\]|Query error|Database error|Internal error):?\s*/g, "").trim())
    .filter((line) => line !== "")
    .join(" ")
    .replace(/^\|\s*/, "")
    .replace(/[.\s]+$/, "");
}

/** The engine tells line and column from 1 on. */
function positionIn(text: string, message: string): { start: number; end: number } | null {
  const place = /--> query:(\d+):(\d+)/.exec(message);
  if (place === null) return null;
  const lines = text.split("\n");
  const line = Number(place[1]) - 1;
  const before = lines.slice(0, line).reduce((sum, previous) => sum + previous.length + 1, 0);
  const start = Math.min(text.length, before + Number(place[2]) - 1);
  return { start, end: Math.min(text.length, start + 1) };
}
