/**
 * Text → paragraphs: spans between line breaks that end one, before `sentences.ts` cuts them. Offsets are UTF-16 code units.
 */

/** Lines of hard-wrapped text are at most this long; in other texts every line break ends a paragraph. */
const LONGEST_WRAPPED_LINE = 120;
const BULLET = /^(?:[•▪◦‣●*·]|[-–—]\s|\d{1,2}[.)]\s)/;
const LINE = /[^\n\r\u2028\u2029]+|\n\n|\r\n\r\n|\u2029/g;

export type Stretch = [start: number, end: number];

export function splitParagraphs(text: string): Stretch[] {
  const lines = linesOf(text);
  const longest = lines.reduce((length, [start, end]) => Math.max(length, end - start), 0);
  const wrapped = longest <= LONGEST_WRAPPED_LINE;
  const found: Stretch[] = [];
  let current: Stretch | null = null;
  let lineStart = 0;
  for (const [start, end] of lines) {
    if (start === end) {
      current = null;
      continue;
    }
    if (current !== null && wrapped && continues(text, current[1] - lineStart, start, end, longest)) {
      current[1] = end;
    } else {
      current = [start, end];
      found.push(current);
    }
    lineStart = start;
  }
  return found;
}

/** Lines without surrounding white space; an empty line is an empty span. */
function linesOf(text: string): Stretch[] {
  const lines: Stretch[] = [];
  for (const match of text.matchAll(LINE)) lines.push(trimmed(text, match.index, match.index + match[0].length));
  return lines;
}

/** In hard-wrapped text a line goes on in the next one when that one's first word would not have fitted. */
function continues(text: string, length: number, start: number, end: number, longest: number): boolean {
  if (BULLET.test(text.slice(start, start + 4))) return false;
  const firstWord = /^\S+/.exec(text.slice(start, Math.min(end, start + LONGEST_WRAPPED_LINE)))?.[0] ?? "";
  return length > longest / 2 && length + 1 + firstWord.length > longest;
}

/** The span without the white space at its ends. */
export function trimmed(text: string, from: number, to: number): Stretch {
  let start = from;
  let end = to;
  while (start < end && isSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return [start, end];
}

function isSpace(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13);
  if (code < 0x1680) return code === 0xa0 || code === 0x85;
  if (code >= 0x2000 && code <= 0x200a) return true;
  return [0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff].includes(code);
}
