/**
 * Pages of documents that have them. The text of such a document holds a form feed where a page ends, and nowhere else
 * (docs/decisions/003-pages-of-a-pdf.md).
 */

const PAGED = new Set(["application/pdf"]);

/** The page, counted from 1, on which the character at `offset` stands; null for documents without pages. */
export function pageAt(document: { text: string; mediaType: string }, offset: number): number | null {
  if (!PAGED.has(document.mediaType)) return null;
  let page = 1;
  for (let at = document.text.indexOf("\f"); at >= 0 && at < offset; at = document.text.indexOf("\f", at + 1))
    page += 1;
  return page;
}
