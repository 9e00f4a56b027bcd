/**
 * The first room of the flow: bytes and what is known about them → Document. What cannot be read is a Problem, a value in the
 * report of that input; nothing here throws for it.
 */
import { MAX_TEXT_CHARACTERS, type Document, type DocumentHints, type Problem } from "../contract/document.ts";
import { documentId } from "../contract/identifiers.ts";
import { isExistingDate } from "../contract/dates.ts";
import { binaryKind, looksBinary } from "./binary.ts";
import { decode, normaliseCharacters } from "./encoding.ts";
import { ANNOTATED_ENDING, READABLE_ENDINGS, endingOf, maxBytesOf, readerOf } from "./formats.ts";
import { languageOf } from "./language.ts";
import { cutTitle } from "./plain-text.ts";
import { datelineOf } from "./published-date.ts";
import type { Content, ContentResult, Reader, ReadInput, TextReader } from "./reader.ts";

export type { ReadInput } from "./reader.ts";

export type ReadResult = { document: Document; problem: null } | { document: null; problem: Problem };

/** Reads one input. Hints win over what the file tells. Offsets of all later rooms count in the document's `text`. */
export async function readDocument(input: ReadInput): Promise<ReadResult> {
  const { bytes, name } = input;
  if (bytes.length === 0) return failed({ code: "empty", message: `${name} is empty.` });
  const reader = readerOf(input);
  const maxBytes = maxBytesOf(reader);
  if (bytes.length > maxBytes) return failed(tooManyBytes(name, bytes.length, maxBytes));
  const kind = reader?.kind === "bytes" ? null : binaryKind(bytes);
  if (kind !== null) {
    return failed({ code: "binary", message: `${name} is ${kind}; what is read: ${readableList()}. ${CONVERT}` });
  }
  if (reader === null) return failed(unsupportedFormat(name));
  const result = await contentOf(reader, input);
  return result.problem === null ? completed(result.content, reader, input) : failed(result.problem);
}

/** Reads a text that has no bytes (pasted, or sent as JSON). The same rules as for a plain-text file. */
export async function readText(text: string, name: string, hints: DocumentHints = {}): Promise<ReadResult> {
  const normal = normaliseCharacters(text);
  if (normal.length > MAX_TEXT_CHARACTERS) return failed(tooManyCharacters(name, normal.length));
  return readDocument({ bytes: new TextEncoder().encode(normal), name, mediaType: "text/plain", hints });
}

/** Why a file of this ending is not read. Shared with the walk over folders. */
export function unsupportedFormat(name: string): Problem {
  const message =
    endingOf(name) === ANNOTATED_ENDING
      ? `${name} is an annotated article: turn it into text with "fil-rouge corpus", or score it with "fil-rouge evaluate".`
      : `${name} has a format that is not read; what is read: ${readableList()}. ${CONVERT}`;
  return { code: "unsupported_format", message };
}

export function tooManyBytes(name: string, bytes: number | null, maxBytes: number): Problem {
  const size = bytes === null ? "more than" : `${(bytes / 1_000_000).toFixed(1)} MB, above the limit of`;
  return {
    code: "too_large",
    message: `${name} has ${size} ${maxBytes / 1_000_000} MB; split it into articles.`,
  };
}

function tooManyCharacters(name: string, characters: number): Problem {
  const message = `${name} has a text of ${characters} characters, above the limit of ${MAX_TEXT_CHARACTERS}; split it into articles.`;
  return { code: "too_large", message };
}

const CONVERT = "Save its text in one of these formats first.";

function readableList(): string {
  return READABLE_ENDINGS.join(", ");
}

async function contentOf(reader: Reader, input: ReadInput): Promise<ContentResult> {
  const { bytes, name } = input;
  if (reader.kind === "bytes") {
    try {
      return await reader.read(bytes, input);
    } catch (cause) {
      return malformed(reader, name, cause);
    }
  }
  const head = Buffer.from(bytes.subarray(0, 2_048)).toString("latin1");
  const declared = /charset\s*=\s*["']?([\w-]+)/i.exec(input.mediaType ?? "")?.[1] ?? reader.declaredEncoding?.(head);
  const decoded = decode(bytes, declared ?? null);
  if (looksBinary(decoded.text)) {
    return { content: null, problem: { code: "binary", message: `${name} holds bytes that are no text.` } };
  }
  if (decoded.text.trim() === "") return { content: null, problem: emptyText(name) };
  const result = parsed(reader, decoded.text, input);
  if (result.problem !== null) return result;
  return { content: { ...result.content, warnings: [...decoded.warnings, ...result.content.warnings] }, problem: null };
}

/** A parser that gives up on one file must not stop the batch. */
function parsed(reader: TextReader, text: string, input: ReadInput): ContentResult {
  try {
    return reader.read(text, input);
  } catch (cause) {
    return malformed(reader, input.name, cause);
  }
}

function malformed(reader: Reader, name: string, cause: unknown): ContentResult {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `${name} could not be understood as ${reader.label} (${reason}); save it as plain text and try again.`;
  return { content: null, problem: { code: "malformed", message } };
}

function emptyText(name: string): Problem {
  return { code: "empty", message: `${name} holds no text.` };
}

function completed(content: Content, reader: Reader, input: ReadInput): ReadResult {
  const { name } = input;
  const hints = input.hints ?? {};
  const { text } = content;
  if (text.trim() === "") return failed(emptyText(name));
  if (text.length > MAX_TEXT_CHARACTERS) return failed(tooManyCharacters(name, text.length));
  const verdict =
    hints.language === undefined ? languageOf(text, content.declaredLanguage) : hintedLanguage(hints.language);
  if (verdict.language === null) return failed(unknownLanguage(name, verdict.guess));
  const warnings = verdict.warning === null ? content.warnings : [...content.warnings, verdict.warning];
  const url = hints.url ?? content.url ?? input.address ?? null;
  return {
    document: {
      id: documentId(text),
      title: given(hints.title) ?? content.title ?? cutTitle(text),
      text,
      url,
      source: given(hints.source) ?? content.source ?? hostOf(url),
      byline: content.byline,
      language: verdict.language,
      publishedAt: hintedDate(hints.publishedAt) ?? content.publishedAt ?? datelineOf(text, verdict.language),
      mediaType: reader.mediaTypes[0],
      warnings,
    },
    problem: null,
  };
}

function given(hint: string | undefined): string | null {
  const trimmed = hint?.trim() ?? "";
  return trimmed === "" ? null : trimmed;
}

function hintedLanguage(language: "fr" | "en") {
  return { language, warning: null };
}

function hintedDate(date: string | undefined): string | null {
  return date !== undefined && isExistingDate(date) ? date : null;
}

/** The publisher's host stands for a publisher that the page does not name. */
function hostOf(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const host = new URL(url).hostname.replace(/^www\./, "");
  return host === "" ? null : host;
}

function unknownLanguage(name: string, guess: string | null): Problem {
  const message =
    guess === null
      ? `The language of ${name} cannot be told; give it with --language fr or --language en.`
      : `${name} seems to be in ${guess}; only French and English are read. If it is one of these, give it with --language fr or --language en.`;
  return { code: "unknown_language", message };
}

function failed(problem: Problem): ReadResult {
  return { document: null, problem };
}
