/**
 * PDF → Content: the text layer of every page, put into paragraphs by `pdf-text.ts`. Nothing is drawn and no script runs. Called in
 * a thread of its own (`pdf-worker.ts`), since a file may take any time and memory.
 */
import { getDocumentProxy } from "unpdf";
import { MAX_TEXT_CHARACTERS, type Problem } from "../contract/document.ts";
import { normaliseCharacters } from "./encoding.ts";
import { textOfPages, type PdfPage, type PdfRun } from "./pdf-text.ts";
import type { ContentResult } from "./reader.ts";

type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>;

/** @param bytes are the parser's from now on: it takes their memory for itself. */
export async function pdfContent(bytes: Uint8Array, name: string): Promise<ContentResult> {
  let pdf: PdfDocument;
  try {
    // No message of its own on standard output.
    pdf = await getDocumentProxy(bytes, {
      verbosity: 0,
      isEvalSupported: false,
      stopAtErrors: false,
    });
  } catch (cause) {
    return failed(openingFault(name, cause));
  }
  try {
    return await contentOf(pdf, name);
  } finally {
    await pdf.destroy();
  }
}

async function contentOf(pdf: PdfDocument, name: string): Promise<ContentResult> {
  const pages: PdfPage[] = [];
  const unreadable: number[] = [];
  let characters = 0;
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pageOf(pdf, number);
    if (page === null) unreadable.push(number);
    pages.push(page ?? { height: 0, runs: [] });
    characters += (page?.runs ?? []).reduce((sum, run) => sum + run.text.length, 0);
    if (characters > MAX_TEXT_CHARACTERS) return failed(tooLong(name, number, pdf.numPages));
  }
  const empty = pages.flatMap((page, index) => (page.runs.length === 0 ? [index + 1] : []));
  if (empty.length === pages.length) return failed(scanned(name, unreadable.length));
  const { title, text } = textOfPages(pages);
  const told = await propertiesOf(pdf);
  return {
    content: {
      title: title ?? (told.title !== null && text.slice(0, 1_000).includes(told.title) ? told.title : null),
      text: normaliseCharacters(text),
      url: null,
      source: null,
      // Its author is whoever saved the file.
      byline: null,
      publishedAt: null,
      declaredLanguage: told.language,
      warnings: [
        ...(empty.length > 0 ? [`${pagesNamed(empty)} without text, perhaps scanned; nothing of it was read`] : []),
        ...(isUnmapped(text) ? ["many letters of its fonts cannot be told; check the text"] : []),
      ],
    },
    problem: null,
  };
}

/** Null when the page is damaged: the others may be whole. */
async function pageOf(pdf: PdfDocument, number: number): Promise<PdfPage | null> {
  try {
    const page = await pdf.getPage(number);
    const content = await page.getTextContent({ disableNormalization: false });
    const [, bottom = 0, , top = 0] = page.view;
    const runs: PdfRun[] = [];
    for (const item of content.items) {
      if (!("str" in item)) continue;
      const transform = item.transform as number[];
      const [a = 0, b = 0, , , x = 0, y = 0] = transform;
      // Text that stands on its side is a stamp, a watermark or an axis.
      if (Math.abs(b) > Math.abs(a)) continue;
      if (item.str === "" && !item.hasEOL) continue;
      runs.push({
        text: item.str,
        x,
        y: y - bottom,
        width: item.width,
        size: item.height > 0 ? item.height : Math.hypot(a, b),
        endsLine: item.hasEOL,
      });
    }
    page.cleanup();
    return { height: top - bottom, runs: runs.some((run) => run.text.trim() !== "") ? runs : [] };
  } catch {
    return null;
  }
}

interface Properties {
  title: string | null;
  language: string | null;
}

async function propertiesOf(pdf: PdfDocument): Promise<Properties> {
  try {
    const { info } = await pdf.getMetadata();
    const field = (name: string) => {
      const value = (info as Record<string, unknown>)[name];
      return typeof value === "string" && value.trim() !== "" ? value.replace(/\s+/g, " ").trim() : null;
    };
    return { title: field("Title"), language: field("Language") };
  } catch {
    return { title: null, language: null };
  }
}

/** Fonts without a table of letters give private-use or replacement characters. */
function isUnmapped(text: string): boolean {
  const odd = text.match(/[\uE000-\uF8FF\uFFFD]/g)?.length ?? 0;
  return odd > text.length * 0.02;
}

function openingFault(name: string, cause: unknown): Problem {
  const kind = cause instanceof Error ? cause.name : "";
  if (kind === "PasswordException") {
    return { code: "unreadable", message: `${name} is encrypted; save a copy without password and give that.` };
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return { code: "malformed", message: `${name} is no whole PDF document (${reason}); download or save it again.` };
}

function scanned(name: string, damagedPages: number): Problem {
  if (damagedPages > 0) return { code: "malformed", message: `${name} is damaged: no page can be read.` };
  const message = `${name} holds pictures of pages and no text (a scan); recognise its text first (OCR), then give the result.`;
  return { code: "empty", message };
}

function tooLong(name: string, page: number, pages: number): Problem {
  const message = `${name} has more than ${MAX_TEXT_CHARACTERS} characters by page ${page} of ${pages}; split it into articles.`;
  return { code: "too_large", message };
}

/** "page 3 is", "pages 3, 4 and 9 are": continued by "without text". */
function pagesNamed(pages: readonly number[]): string {
  if (pages.length === 1) return `page ${pages[0] ?? ""} is`;
  const shown = pages.slice(0, 8).join(", ");
  return `pages ${shown}${pages.length > 8 ? ` and ${pages.length - 8} more` : ""} are`;
}

function failed(problem: Problem): ContentResult {
  return { content: null, problem };
}
