/**
 * Pieces of text with their places → paragraphs. A PDF knows neither words nor paragraphs: lines, running heads, divided words and
 * the break between two paragraphs are told by where things stand. Columns are read in the order in which the file gives them.
 *
 * A form feed stands where a page ends (docs/decisions/003-pages-of-a-pdf.md), so that the page of a quote can be told.
 */

/** Lengths in points, y upwards from the page's lower edge. */
export interface PdfRun {
  text: string;
  x: number;
  y: number;
  width: number;
  size: number;
  endsLine: boolean;
}

export interface PdfPage {
  height: number;
  runs: readonly PdfRun[];
}

interface Line {
  text: string;
  x: number;
  right: number;
  y: number;
  size: number;
}

interface Paragraph {
  lines: Line[];
  /** Counted from 0. */
  page: number;
}

/** @returns the title when the first page begins with a line set larger than the text */
export function textOfPages(pages: readonly PdfPage[]): { title: string | null; text: string } {
  const lines = withoutRunningHeads(pages.map(linesOf), pages);
  const paragraphs = lines.flatMap((own, page) => paragraphsOf(own, page));
  const words = wordsOf(lines);
  const bodySize = median(
    lines.flat().flatMap((line) => Array<number>(Math.ceil(line.text.length / 20)).fill(line.size)),
  );
  const first = paragraphs[0];
  const isTitle = first?.page === 0 && (first.lines[0]?.size ?? 0) > bodySize * 1.15;
  const title = isTitle ? joined(first.lines, words) : null;

  let text = "";
  let page = 0;
  let before: Paragraph | null = null;
  for (const paragraph of paragraphs) {
    const breaks = "\f".repeat(paragraph.page - page);
    const own = joined(paragraph.lines, words);
    if (before !== null && continues(before, paragraph)) {
      const { kept, glue } = seam(text, own, words);
      // A space goes before the page break, so that whoever drops control characters does not join two words.
      text = glue === "" ? kept + withBreakAfterWord(own, breaks) : kept + glue + breaks + own;
    } else {
      text += `${text === "" ? "" : "\n\n"}${breaks}${own}`;
    }
    page = paragraph.page;
    before = paragraph;
  }
  return { title: title === null || title.length > 300 ? null : title, text };
}

/** A word that was divided between two pages counts to the first. */
function withBreakAfterWord(text: string, breaks: string): string {
  const space = text.indexOf(" ");
  return space < 0 ? `${text} ${breaks}` : `${text.slice(0, space + 1)}${breaks}${text.slice(space + 1)}`;
}

function linesOf(page: PdfPage): Line[] {
  const lines: Line[] = [];
  let current: Line | null = null;
  let ended = true;
  for (const run of page.runs) {
    if (current !== null && !ended && isSameLine(current, run)) {
      const gap = run.x - current.right;
      const needsSpace = gap > 0.2 * current.size && !/\s$/.test(current.text) && !/^\s/.test(run.text);
      current.text += (needsSpace ? " " : "") + run.text;
      current.right = Math.max(current.right, run.x + run.width);
      if (run.text.trim() !== "") current.size = Math.max(current.size, run.size);
    } else if (run.text.trim() !== "") {
      current = { text: run.text, x: run.x, right: run.x + run.width, y: run.y, size: run.size };
      lines.push(current);
    }
    ended = run.endsLine && current !== null;
  }
  return lines
    .map((line) => ({
      ...line,
      text: line.text
        .replace(/[\s\u00AD]+$|^\s+/gu, (edge) => (edge.includes("\u00AD") ? "-" : ""))
        .replace(/[ \t]+/g, " "),
    }))
    .filter((line) => line.text !== "");
}

/** Raised and lowered signs belong to their line; a step of half a line or back to the left begins another. */
function isSameLine(line: Line, run: PdfRun): boolean {
  return Math.abs(run.y - line.y) < 0.5 * Math.max(line.size, run.size) && run.x > line.right - 2 * line.size;
}

const EDGE_LINES = 3;
const PAGE_NUMBER = /^[\W_]*(?:pages?|p\.)?\s*\d{1,4}\s*(?:(?:\/|sur|of|de|von)\s*\d{1,4})?[\W_]*$/iu;
/** In points: a running head stands at the same height on every page. */
const SAME_HEIGHT = 4;
const MAX_HEAD = 160;

/** Takes out lines that come again at the same height near the edge of several pages, and page numbers there. */
function withoutRunningHeads(lines: readonly Line[][], pages: readonly PdfPage[]): Line[][] {
  const edges = lines.map((own, page) => edgeLines(own, pages[page]?.height ?? 0));
  const seen = new Map<string, { pages: Set<number>; ys: number[] }>();
  edges.forEach((own, page) => {
    for (const line of own) {
      if (line.text.length > MAX_HEAD) continue;
      const entry = seen.get(keyOf(line)) ?? { pages: new Set<number>(), ys: [] };
      entry.pages.add(page);
      entry.ys.push(line.y);
      seen.set(keyOf(line), entry);
    }
  });
  // Left and right pages may have heads of their own, and a chapter changes them.
  const needed = pages.length <= 3 ? 2 : Math.max(3, Math.ceil(pages.length * 0.2));
  return lines.map((own, page) =>
    own.filter((line) => {
      if (!edges[page]?.includes(line)) return true;
      if (PAGE_NUMBER.test(line.text)) return false;
      const entry = seen.get(keyOf(line));
      if (entry === undefined || entry.pages.size < needed) return true;
      return entry.ys.filter((y) => Math.abs(y - line.y) <= SAME_HEIGHT).length < needed;
    }),
  );
}

function edgeLines(lines: readonly Line[], height: number): Line[] {
  const sorted = [...lines].sort((a, b) => b.y - a.y);
  const near = (line: Line) => line.y > height * 0.85 || line.y < height * 0.15;
  return [...new Set([...sorted.slice(0, EDGE_LINES), ...sorted.slice(-EDGE_LINES)])].filter(near);
}

function keyOf(line: Line): string {
  return line.text.toLowerCase().replace(/\d+/g, "#").replace(/\s+/g, " ");
}

const ENDS_SENTENCE = /[.!?…:;][»”"’')\]]*$/u;
const BULLET = /^(?:[•▪◦‣●*·–—-]\s|\d{1,2}[.)]\s)/u;

function paragraphsOf(lines: readonly Line[], page: number): Paragraph[] {
  const steps = lines.flatMap((line, index) => {
    const before = lines[index - 1];
    const step = before === undefined ? 0 : before.y - line.y;
    return step > 0 && step < 3 * line.size ? [step] : [];
  });
  const pitch = { step: median(steps), size: median(lines.map((line) => line.size)) };
  const paragraphs: Paragraph[] = [];
  let current: Paragraph | null = null;
  for (const line of lines) {
    const before = current?.lines.at(-1);
    if (current === null || before === undefined || begins(line, before, current, pitch)) {
      current = { lines: [line], page };
      paragraphs.push(current);
    } else {
      current.lines.push(line);
    }
  }
  return paragraphs;
}

/** The usual step from line to line, and the size of the letters that it belongs to: headings step wider. */
interface Pitch {
  step: number;
  size: number;
}

function begins(line: Line, before: Line, current: Paragraph, pitch: Pitch): boolean {
  const step = before.y - line.y;
  if (Math.abs(line.size - before.size) > 0.12 * Math.max(line.size, before.size)) return true;
  if (BULLET.test(line.text)) return true;
  const ended = ENDS_SENTENCE.test(before.text);
  // The next column, or a text beside: it goes on unless the sentence was over.
  if (step < 0) return ended;
  if (step > 1.35 * pitch.step * Math.max(1, line.size / pitch.size)) return true;
  const left = Math.min(...current.lines.map((own) => own.x));
  const right = Math.max(...current.lines.map((own) => own.right), line.right);
  const isIndented = line.x > left + 0.8 * line.size && current.lines.length > 1;
  const wasShort = before.right < left + 0.75 * (right - left);
  return ended && (isIndented || wasShort);
}

/** Whether the text goes on over the end of a page. */
function continues(before: Paragraph, after: Paragraph): boolean {
  const last = before.lines.at(-1);
  const first = after.lines[0];
  if (before.page === after.page || last === undefined || first === undefined) return false;
  if (Math.abs(last.size - first.size) > 0.12 * Math.max(last.size, first.size)) return false;
  return !ENDS_SENTENCE.test(last.text) && /^[\p{L}\p{N}("«“]/u.test(first.text);
}

function joined(lines: readonly Line[], words: Words): string {
  let text = "";
  for (const line of lines) {
    if (text === "") {
      text = line.text;
      continue;
    }
    const { kept, glue } = seam(text, line.text, words);
    text = kept + glue + line.text;
  }
  return text;
}

type Words = ReadonlySet<string>;
const DIVIDED = /([\p{L}\p{M}]+)[-\u2010\u00AD]$/u;

/** First parts of compounds that keep their hyphen, so that "porte-" and "parole" on two lines are "porte-parole". */
const COMPOUND =
  /^(?:porte|vice|ex|demi|semi|quasi|mi|non|contre|sous|avant|après|arrière|au|ci|là|celui|celle|ceux|peut|rendez|grand|chef|vingt|trente|quarante|cinquante|soixante|quatre|dix|self|well|so|state|long|high|low|re|co|pro|anti|cyber|two|three|four|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)$/iu;

/** How two lines meet: a space, or nothing when a word was divided between them. */
function seam(text: string, next: string, words: Words): { kept: string; glue: string } {
  const head = DIVIDED.exec(text)?.[1];
  const tail = /^[\p{L}\p{M}]+/u.exec(next)?.[0];
  if (head === undefined || tail === undefined) return { kept: text, glue: " " };
  // "Saint-" and "Denis": the hyphen is the name's own.
  const hasOwnHyphen = /^\p{Lu}/u.test(tail) || isCompound(head.toLowerCase(), tail.toLowerCase(), words);
  return { kept: hasOwnHyphen ? text : text.slice(0, -1), glue: "" };
}

function isCompound(head: string, tail: string, words: Words): boolean {
  if (words.has(`${head}-${tail}`)) return true;
  if (words.has(head + tail)) return false;
  return COMPOUND.test(head) && words.has(tail);
}

/** The words of the document, those with inner hyphens whole, in lower case: what stands elsewhere tells how a divided one is written. */
function wordsOf(lines: readonly Line[][]): Words {
  const words = new Set<string>();
  for (const line of lines.flat()) {
    for (const [word] of line.text.toLowerCase().matchAll(/[\p{L}\p{M}]+(?:[-\u2010][\p{L}\p{M}]+)*/gu))
      words.add(word);
  }
  return words;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
