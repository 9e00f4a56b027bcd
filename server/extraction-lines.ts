/**
 * The JSON lines of `extract` on their way back in: bytes → lines → extractions that are checked before anything is stored.
 * Used by the pipeline and by the commands; a file of any length passes through line by line.
 */
import { faultsOfExtraction, extractionSchema, type Claim, type Extraction } from "./contract/extraction.ts";
import { claimId, documentId } from "./contract/identifiers.ts";
import { MAX_TEXT_CHARACTERS, type Problem } from "./contract/document.ts";

export const EXTRACTION_LINES_TYPE = "application/x-ndjson";

/** One line holds a text of at most 1,000,000 characters, escaped, and what was found in it. */
const MAX_LINE_BYTES = 64_000_000;
const FAULTS_SHOWN = 3;

/** Whether an input is JSON lines (or one JSON document) of `extract`, by its media type or its file name. */
export function holdsExtractions(name: string, mediaType: string | null): boolean {
  if (mediaType !== null) {
    const bare = mediaType.split(";")[0]?.trim().toLowerCase();
    if (bare === EXTRACTION_LINES_TYPE || bare === "application/jsonl" || bare === "application/json") return true;
    if (bare !== "application/octet-stream") return false;
  }
  return /\.(jsonl|ndjson|json)$/i.test(name);
}

export interface NumberedLine {
  /** From 1. */
  number: number;
  /** Null: the line is longer than 64 MB and was skipped. */
  line: string | null;
}

/** The lines that hold anything, without byte-order mark and line ends. Memory stays at one line. */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<NumberedLine> {
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let number = 0;
  const take = (): NumberedLine | null => {
    number += 1;
    const line = pendingBytes > MAX_LINE_BYTES ? null : decodeLine(Buffer.concat(pending));
    pending = [];
    pendingBytes = 0;
    return line === "" ? null : { number, line };
  };
  const add = (piece: Buffer) => {
    pendingBytes += piece.length;
    if (pendingBytes > MAX_LINE_BYTES) pending = [];
    else pending.push(piece);
  };
  for await (const chunk of chunks) {
    let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    for (let end = rest.indexOf(0x0a); end !== -1; end = rest.indexOf(0x0a)) {
      add(rest.subarray(0, end));
      const line = take();
      if (line !== null) yield line;
      rest = rest.subarray(end + 1);
    }
    if (rest.length > 0) add(Buffer.from(rest));
  }
  if (pendingBytes > 0) {
    const line = take();
    if (line !== null) yield line;
  }
}

function decodeLine(bytes: Buffer): string {
  return bytes
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .trim();
}

export type ExtractionOutcome = { extraction: Extraction } | { problem: Problem };

/** Parses and checks one line. The faults are told as one sentence, at most three of them. */
export function parseExtraction(line: string): ExtractionOutcome {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return malformed(`the line is no JSON (${why})`);
  }
  return checkExtraction(value);
}

/** Checks a value that should be an extraction, and gives it the ids that its text has here. */
export function checkExtraction(value: unknown): ExtractionOutcome {
  const parsed = extractionSchema.safeParse(value);
  if (!parsed.success) {
    return malformed(parsed.error.issues.map((issue) => `${issue.path.join(".") || "value"}: ${issue.message}`));
  }
  if (parsed.data.text.length > MAX_TEXT_CHARACTERS) {
    const message = `The text has ${parsed.data.text.length} characters, more than the ${MAX_TEXT_CHARACTERS} that are taken.`;
    return { problem: { code: "too_large", message } };
  }
  if (parsed.data.text.trim() === "") return { problem: { code: "empty", message: "The extraction has no text." } };
  const faults = faultsOfExtraction(parsed.data);
  return faults.length > 0 ? malformed(faults) : { extraction: withOwnIds(parsed.data) };
}

/**
 * A document's id is the hash of its text and a claim's id follows from it, whatever the line calls them: gold files carry ids
 * of their own.
 */
function withOwnIds(extraction: Extraction): Extraction {
  const id = documentId(extraction.text);
  if (id === extraction.id) return extraction;
  const claims = new Map<string, Claim>();
  for (const claim of extraction.claims) {
    const own = claimId(id, claim.type, claim.subjectSpan, claim.objectSpan, [claim.start, claim.end]);
    if (!claims.has(own)) claims.set(own, { ...claim, id: own });
  }
  return { ...extraction, id, claims: [...claims.values()] };
}

function malformed(faults: string | string[]): { problem: Problem } {
  const list = typeof faults === "string" ? [faults] : faults;
  const shown = list.slice(0, FAULTS_SHOWN).join("; ");
  const more = list.length > FAULTS_SHOWN ? `; and ${list.length - FAULTS_SHOWN} more` : "";
  return { problem: { code: "malformed", message: `This is no extraction as "extract" prints it: ${shown}${more}.` } };
}
