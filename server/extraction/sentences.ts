/**
 * Text → sentences, by rules, for French and English alike: the first step of extraction. Offsets are UTF-16 code units of the
 * raw text; a sentence starts and ends on a character that is no white space. A quotation of several sentences stays whole
 * with the words that introduce it, since these tell who says it.
 */
import {
  BEFORE_NUMBERS,
  DOMAIN_ENDINGS,
  MAYBE_FINAL,
  NAMES_WITH_MARK,
  NEVER_FINAL,
  STARTERS,
} from "./abbreviations.ts";
import { splitParagraphs, trimmed } from "./paragraphs.ts";
import { findQuotations, insideOf } from "./quotations.ts";

export interface Sentence {
  start: number;
  /** Exclusive. */
  end: number;
  /** Count of paragraphs before this one; headlines, bullets and datelines on a line of their own are paragraphs. */
  paragraph: number;
}

/**
 * Splits a text. Every character that is no white space lies in exactly one sentence; a blank text gives none. Time grows
 * linearly with the text.
 */
export function splitSentences(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  splitParagraphs(text).forEach(([start, end], paragraph) => {
    let from = start;
    for (const to of [...boundaries(text, start, end), end]) {
      const [first, last] = trimmed(text, from, to);
      if (first < last) sentences.push({ start: first, end: last, paragraph });
      from = to;
    }
  });
  return sentences;
}

const TERMINAL = /[.!?…。！？]+/g;
const GAP = /\s+/y;
/** Opening marks before the first letter of the next sentence. */
const OPENERS = /(?:["“«‹„'‘([{–—¿¡-]\s*)*/y;
/** "22 août 2016. –": a dateline that is a sentence of its own. */
const DATELINE = /^\d{1,2}(?:er)?\s[\p{L}\p{M}]{3,10}\s\d{4}\s?\.\s?[–—-]\s?(?=\S)/u;

/** Offsets inside [start, end) at which one sentence ends and the next begins, white space left to either side. */
function boundaries(text: string, start: number, end: number): number[] {
  const dateline = DATELINE.exec(text.slice(start, Math.min(end, start + 80)))?.[0].length ?? 0;
  const found: number[] = dateline > 0 ? [start + dateline] : [];
  const quotations = findQuotations(text, start, end);
  const isEnclosed = insideOf(quotations.enclosed);
  let sentenceStart = start + dateline;
  TERMINAL.lastIndex = sentenceStart;
  for (let match = TERMINAL.exec(text); match !== null && match.index < end; match = TERMINAL.exec(text)) {
    const [marks] = match;
    const stop = match.index;
    const afterStop = Math.min(stop + marks.length, end);
    const afterClosers = skipClosers(text, afterStop, end, quotations.closing);
    const next = Math.min(matchEnd(GAP, text, afterClosers), end);
    if (next >= end) break;
    if (next === afterClosers) {
      if (marks !== "." || afterClosers > afterStop || !isMissingSpace(text, stop, end)) continue;
      found.push(afterStop);
      sentenceStart = afterStop;
      continue;
    }
    const closed = afterClosers > afterStop;
    const isFirst = sentenceStart === start;
    if (!endsSentence({ text, stop, marks, closed, next, end, sentenceStart, isFirst })) continue;
    if (isEnclosed(afterClosers)) continue;
    found.push(afterClosers);
    sentenceStart = next;
  }
  return found;
}

function matchEnd(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}

/** Steps over marks that close, a space before a closing quotation mark included ("… . »"). */
function skipClosers(text: string, from: number, end: number, closing: ReadonlySet<number>): number {
  let at = from;
  while (at < end) {
    if (closing.has(at) || /[’')\]}›]/.test(text.charAt(at))) at += 1;
    else if (/\s/.test(text.charAt(at)) && closing.has(at + 1) && at + 1 < end) at += 2;
    else break;
  }
  return at;
}

interface Candidate {
  text: string;
  /** Offset of the first terminal mark. */
  stop: number;
  marks: string;
  /** A closing quotation mark or parenthesis follows. */
  closed: boolean;
  /** Offset of the first character after the white space. */
  next: number;
  end: number;
  sentenceStart: number;
  /** The sentence opens its paragraph. */
  isFirst: boolean;
}

/** `"…conditions." Rumsfeld said.` is one sentence. */
const SPEAKER_AFTER_QUOTE =
  /^(?!(?:He|She|They|We|It|I)\s)(?:\p{Lu}[\p{L}\p{M}'’.-]*\s){1,4}(?:said|says|added|told|asked|tweeted|wrote|stated|explained|replied)(?:[.,]|$)/u;
/** "njRAT", "quartzblog.onion", "u/DrCoral": a name that begins with a small letter. */
const SMALL_NAME = /^(?:\p{Ll}{1,3}\p{Lu}|\p{Ll}[\p{L}\p{N}-]*\.[\p{L}\p{N}-]{2,}|u\/\p{L})/u;
const CAPITAL = /^[\p{Lu}\p{Lt}\p{Lo}\p{N}@#]/u;

function endsSentence(candidate: Candidate): boolean {
  const { text, stop, marks, closed, next, end, sentenceStart, isFirst } = candidate;
  const first = matchEnd(OPENERS, text, next);
  const ahead = text.slice(first, Math.min(end, first + 80)).normalize("NFC");
  if (!CAPITAL.test(ahead) && !SMALL_NAME.test(ahead)) return false;
  const following = /^[\p{L}\p{M}\p{N}@#][\p{L}\p{M}\p{N}-]*/u.exec(ahead)?.[0] ?? "";
  const token = tokenBefore(text, stop, sentenceStart);
  if (marks.includes("!") && NAMES_WITH_MARK.has(`${token}!`)) return STARTERS.has(following.toLowerCase());
  if (marks !== ".") return closed || /[\p{L}\p{N}]/u.test(text.slice(Math.max(sentenceStart, stop - 60), stop));
  if (isLabel(text.slice(sentenceStart, stop), isFirst)) return false;
  if (closed) return !SPEAKER_AFTER_QUOTE.test(ahead);
  return endsAfter(token, following, ahead);
}

const LETTERS_AND_DOTS = /^(?:\p{L}{1,2}[.-]{1,2}){1,5}\p{L}{1,2}$/u;
const ONE_CAPITAL = /^\p{Lu}$/u;
const INITIAL_AHEAD = /^\p{Lu}\.|^\p{Lu}\p{Ll}?\.\s?-?\p{Lu}/u;
/** Words that open sentences, and surnames too ("J. Le Goff"). */
const PARTICLES = /^(?:Le|La|De|Du|Des|A|I)$/;

/** Whether a single full stop after the token ends a sentence, or belongs to an abbreviation or an initial. */
function endsAfter(token: string, following: string, ahead: string): boolean {
  const lower = token.toLowerCase();
  if (NEVER_FINAL.has(token)) return false;
  if (BEFORE_NUMBERS.has(lower) && /^[\dIVXLC]+\b/.test(following)) return false;
  const capital = ONE_CAPITAL.test(token);
  if ((capital || LETTERS_AND_DOTS.test(token)) && INITIAL_AHEAD.test(ahead)) return false;
  if (capital && PARTICLES.test(following)) return false;
  if (capital || LETTERS_AND_DOTS.test(token) || MAYBE_FINAL.has(lower)) return STARTERS.has(following.toLowerCase());
  return true;
}

/** "23 avril. La NCA annonce…", "12 h 15. …": a date that the sentence goes on from. */
const DATE_LABEL =
  /^(?:[–—-]\s*)?(?:\d{1,2}[.)]?|\d{1,2}\s?(?:h|:)\s?\d{0,2}|\d{4}|(?:\p{L}{3,9}\s)?\d{1,2}(?:er|st|nd|rd|th)?\s\p{L}{3,9}(?:\s\d{4})?|\p{L}{3,9}\s\d{1,2}(?:,\s\d{4})?|\p{Lu}\p{L}{2,8}\s\d{4})$/u;
/** "Enquête. Les petites mains…": a heading on the line of its headline. */
const HEADING =
  /^(?:[\p{Lu}’' -]{3,30}|\p{Lu}\p{L}{2,14}|\p{Lu}[\p{L} -]{2,30},(?:\sle)?\s\d{1,2}(?:er)?\s\p{L}{3,9}(?:\s\d{4})?)$/u;

function isLabel(before: string, isFirst: boolean): boolean {
  if (before.length > 60) return false;
  const label = before.trim().normalize("NFC");
  return DATE_LABEL.test(label) || (isFirst && HEADING.test(label));
}

/** The run of letters, digits, dots and hyphens before the stop. */
function tokenBefore(text: string, stop: number, from: number): string {
  const window = text.slice(Math.max(from, stop - 24), stop);
  const run = /[\p{L}\p{M}\p{N}.°º§-]+$/u.exec(window)?.[0] ?? "";
  return run.replace(/^[.-]+/, "").normalize("NFC");
}

/** "…de la ville.Le maire": a full stop between words whose space is missing. */
function isMissingSpace(text: string, stop: number, end: number): boolean {
  const before = text.slice(Math.max(0, stop - 16), stop);
  const after = /^(\p{Lu}[\p{L}\p{M}]*)[\s'’]/u.exec(text.slice(stop + 1, Math.min(end, stop + 24)))?.[1];
  if (after === undefined || DOMAIN_ENDINGS.has(after.toLowerCase())) return false;
  return /(?:^|[^\p{L}\p{M}\p{N}.@/_-])(?:\p{Ll}\p{M}*){3,}$/u.test(before) && !/[@/]/.test(before);
}
