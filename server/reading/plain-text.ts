/**
 * Plain text → Content. The text is the file's content; its first line is the title when a blank line follows it.
 */
import type { Content, TextReader } from "./reader.ts";

const MAX_TITLE_LINE = 300;

export const plainTextReader: TextReader = {
  kind: "text",
  mediaTypes: ["text/plain"],
  endings: [".txt", ".text"],
  label: "plain text",
  read: (text) => ({ content: plainContent(text), problem: null }),
};

export function plainContent(text: string, warnings: string[] = []): Content {
  return {
    title: titleLine(text),
    text,
    url: null,
    source: null,
    byline: null,
    publishedAt: null,
    declaredLanguage: null,
    warnings,
  };
}

/** The first line, when it stands alone; null when it begins a paragraph. */
export function titleLine(text: string): string | null {
  const start = text.search(/\S/);
  const end = start < 0 ? -1 : text.indexOf("\n", start);
  if (end < 0 || end - start > MAX_TITLE_LINE) return null;
  const afterNext = text.indexOf("\n", end + 1);
  const next = text.slice(end + 1, afterNext < 0 ? undefined : afterNext);
  return next.trim() === "" ? text.slice(start, end).trimEnd() : null;
}

const MAX_CUT_TITLE = 120;

/** The first sentence, or what of it fits into 120 UTF-16 units, cut between words and marked with "…". */
export function cutTitle(text: string): string {
  const start = text.trimStart().slice(0, MAX_CUT_TITLE * 3);
  const line = (start.split(/\n\s*\n/, 1)[0] ?? "").replace(/\s+/g, " ").trim();
  const sentence = /^.{15,}?[.!?…](?=["»”’)]*\s+["«“‘(]?[\p{Lu}\p{N}])["»”’)]*/u.exec(line)?.[0] ?? line;
  if (sentence.length <= MAX_CUT_TITLE) return sentence;
  const cut = sentence.slice(0, MAX_CUT_TITLE - 1);
  const lastSpace = cut.lastIndexOf(" ");
  const whole = lastSpace > MAX_CUT_TITLE / 2 ? cut.slice(0, lastSpace) : cut.replace(/[\uD800-\uDBFF]$/, "");
  return `${whole.replace(/[\s,;:–—-]+$/, "")}…`;
}
