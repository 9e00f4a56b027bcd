/**
 * The registry of formats, and which of them an input is in. To add one, write its reader in a file of its own and name it here.
 */
import { MAX_CONTAINER_BYTES, MAX_FILE_BYTES } from "../contract/document.ts";
import { ARCHIVE_ENDINGS } from "./archive-names.ts";
import { docxReader } from "./docx.ts";
import { htmlReader } from "./html.ts";
import { mailReader } from "./mail.ts";
import { markdownReader } from "./markdown.ts";
import { pdfReader } from "./pdf.ts";
import { plainTextReader } from "./plain-text.ts";
import type { Reader, ReadInput } from "./reader.ts";

export const READERS: readonly Reader[] = [
  plainTextReader,
  markdownReader,
  htmlReader,
  pdfReader,
  docxReader,
  mailReader,
];

/** Endings that are read, for messages and for walking folders. Archives are opened and what is in them is read. */
export const READABLE_ENDINGS: readonly string[] = [...READERS.flatMap((reader) => reader.endings), ...ARCHIVE_ENDINGS];

/** How large a file of this name may be, before its content is known. */
export function maxBytesOfName(name: string): number {
  const ending = endingOf(name);
  if (ARCHIVE_ENDINGS.includes(ending)) return MAX_CONTAINER_BYTES;
  return maxBytesOf(READERS.find((reader) => reader.endings.includes(ending)) ?? null);
}

export function maxBytesOf(reader: Reader | null): number {
  return reader?.kind === "bytes" ? reader.maxBytes : MAX_FILE_BYTES;
}

/** Annotated articles belong to the corpus: their marks are no article text. */
export const ANNOTATED_ENDING = ".ann.md";

/** The ending in lower case with its dot, `""` without one. Parameters of an address are left out. */
export function endingOf(name: string): string {
  const path = /^https?:\/\//i.test(name) ? (name.split(/[?#]/, 1)[0] ?? name) : name;
  const base = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1).toLowerCase();
  if (base.endsWith(ANNOTATED_ENDING)) return ANNOTATED_ENDING;
  const dot = base.lastIndexOf(".");
  return dot <= 0 ? "" : base.slice(dot);
}

/** Types that say nothing: browsers and servers give them to what they do not know. */
const VAGUE_TYPES = new Set(["", "application/octet-stream", "text/plain", "binary/octet-stream"]);

/** Whether something of this type (lower case, no parameters) can be read, or may turn out to be readable. */
export function isReadableType(mediaType: string): boolean {
  return VAGUE_TYPES.has(mediaType) || READERS.some((reader) => reader.mediaTypes.includes(mediaType));
}

/** The media type alone, in lower case. */
export function mediaTypeOf(input: ReadInput): string {
  return (input.mediaType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

/**
 * The reader of an input: its first bytes decide for containers, then a precise media type, then the ending of its name, then
 * what the content looks like. Null when the format is known and none that is read.
 */
export function readerOf(input: ReadInput): Reader | null {
  const byMagic = READERS.find((reader) => reader.kind === "bytes" && reader.recognises(input.bytes));
  if (byMagic !== undefined) return byMagic;
  const mediaType = mediaTypeOf(input);
  const ending = endingOf(input.name);
  const byEnding = READERS.find((reader) => reader.endings.includes(ending));
  const byType = READERS.find((reader) => reader.mediaTypes.includes(mediaType));
  if (!VAGUE_TYPES.has(mediaType)) return byType ?? byEnding ?? null;
  if (byEnding !== undefined) return byEnding;
  if (mediaType === "" && ending !== "" && !isAddress(input.name)) return null;
  return looksLikeHtml(input.bytes) ? htmlReader : plainTextReader;
}

function isAddress(name: string): boolean {
  return /^https?:\/\//i.test(name);
}

function looksLikeHtml(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString("latin1");
  return /^(?:ï»¿)?\s*(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]/i.test(head);
}
