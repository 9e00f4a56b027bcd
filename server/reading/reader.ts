/**
 * What a format's reader takes and gives. A new format is one file that exports a `Reader`, and one line in `formats.ts`.
 */
import type { DocumentHints, Problem } from "../contract/document.ts";

/** One thing to read, still in its bytes. */
export interface ReadInput {
  bytes: Uint8Array;
  /** File name, path or address: what a person recognises. Its ending helps to tell the format. */
  name: string;
  /** As a server or browser told it, with or without parameters (`text/html; charset=utf-8`). */
  mediaType?: string | undefined;
  hints?: DocumentHints | undefined;
  /** Where it was fetched from, after redirects. What the page names as its own address counts before it. */
  address?: string | undefined;
}

/** What a format tells about its article, before language and id are known. */
export interface Content {
  /** Null when the format knows none: the title is then cut from the text. */
  title: string | null;
  /** The article with its title, `\n` line ends, well-formed UTF-16. */
  text: string;
  url: string | null;
  source: string | null;
  byline: string | null;
  publishedAt: string | null;
  /** What the file declares (`fr`, `en-GB`…); asked only when the text itself leaves a doubt. */
  declaredLanguage: string | null;
  warnings: string[];
}

export type ContentResult = { content: Content; problem: null } | { content: null; problem: Problem };

interface ReaderBase {
  /** The first is the one written to documents. */
  mediaTypes: readonly [string, ...string[]];
  /** Lower case, with the dot. */
  endings: readonly string[];
  /** As a sentence names it: "Markdown". */
  label: string;
}

/** A format made of characters: encodings are dealt with before it is called. */
export interface TextReader extends ReaderBase {
  kind: "text";
  /** The encoding that the file declares inside itself, from its first 2,048 bytes read as Latin-1. */
  declaredEncoding?(head: string): string | null;
  read(text: string, input: ReadInput): ContentResult;
}

/** A format of its own bytes (a container, a page description). */
export interface BytesReader extends ReaderBase {
  kind: "bytes";
  /** Whether the bytes are of this format, whatever the name says. */
  recognises(bytes: Uint8Array): boolean;
  /** Pictures and fonts weigh more than text: such a file may be larger than one of characters. */
  maxBytes: number;
  read(bytes: Uint8Array, input: ReadInput): Promise<ContentResult>;
}

export type Reader = TextReader | BytesReader;
