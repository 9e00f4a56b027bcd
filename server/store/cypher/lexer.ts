/**
 * Cypher text → tokens, strictly: a character that two engines could read differently is refused here, so that what the guard
 * has seen is what an engine will see. Comments become blanks, unicode escapes become the letters they stand for.
 */
import { refusal } from "./refusal.ts";

export interface Token {
  kind: "word" | "quoted" | "string" | "number" | "parameter" | "symbol";
  /** As written, with composed letters and without unicode escapes. */
  text: string;
  /** As sent to the engine: the text, unless the guard writes it otherwise. */
  sent: string;
  /** A word or symbol itself, a backticked name without its backticks, a string's content, a parameter's name. */
  value: string;
  /** Blanks before it, as sent to the engine. */
  gap: string;
  /** UTF-16 code units of the original text, end exclusive. */
  start: number;
  end: number;
}

/** Longest first: the first that fits is taken. */
const SYMBOLS = ["..", "::", "<=", ">=", "<>", "!=", "=~", "+=", "||", ...Array.from("()[]{}<>=+-*/%^,.:;|&!")];

const SIMPLE_ESCAPES = new Map([
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

/** What a pasted text often holds in place of the plain sign. */
const PLAIN_SIGNS = new Map([
  ...pairs("‘’‚‛′＇", "'"),
  ...pairs("“”„‟″＂«»", '"'),
  ...pairs("‐‑‒–—―−﹘﹣－\u00ad", "-"),
  ...pairs("〈⟨＜﹤", "<"),
  ...pairs("〉⟩＞﹥", ">"),
  ...pairs("；\u037e", ";"),
  ...pairs("｀´ˋ", "`"),
]);

const LETTER = /[\p{Script=Latin}\p{M}_]/u;
const DIGIT = /[0-9]/;
const NUMBER = /(?:0x[0-9a-f]+|0o[0-7]+|(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]+)?)/iy;
const HEX_4 = /^[0-9a-fA-F]{4}$/;

/** @throws AppError `query_refused` */
export function readTokens(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let gap = "";

  function push(kind: Token["kind"], text: string, value: string, start: number): void {
    tokens.push({ kind, text, sent: text, value, gap, start, end: at });
    gap = "";
  }

  while (at < source.length) {
    const start = at;
    const character = characterAt(source, at);
    const blank = blankOf(character, at);
    if (blank !== null) {
      gap += blank;
      at += character.length;
    } else if (source.startsWith("//", at)) {
      at = endOfLine(source, at);
      gap += " ".repeat(at - start);
    } else if (source.startsWith("/*", at)) {
      at = endOfComment(source, at);
      gap += source.slice(start, at).replace(/[^\n\r]/g, " ");
    } else if (character === "'" || character === '"') {
      const string = readString(source, at);
      at = string.end;
      push("string", string.text, string.value, start);
    } else if (character === "`") {
      at = endOfBackticks(source, at);
      push("quoted", source.slice(start, at), source.slice(start + 1, at - 1), start);
    } else if (character === "$") {
      at += 1;
      if (source[at] === "`") at = endOfBackticks(source, at);
      else at = endOfWord(source, at);
      const name = source.slice(start + 1, at).replaceAll("`", "");
      if (name === "") {
        throw refusal(
          "A dynamic label or an empty parameter name after $ is not allowed: write $name, and labels as they are.",
          {
            start,
            end: start + 1,
          },
        );
      }
      push("parameter", source.slice(start, at), name, start);
    } else if (DIGIT.test(character) || (character === "." && startsFraction(source, at, tokens.at(-1), gap))) {
      at = endOfNumber(source, at);
      push("number", source.slice(start, at), source.slice(start, at), start);
    } else if (LETTER.test(character)) {
      at = endOfWord(source, at);
      const word = checkedWord(source.slice(start, at), start);
      push("word", word, word, start);
    } else {
      const symbol = SYMBOLS.find((candidate) => source.startsWith(candidate, at));
      if (symbol === undefined) throw strangeCharacter(source, at);
      at += symbol.length;
      push("symbol", symbol, symbol, start);
    }
  }
  return tokens;
}

function pairs(signs: string, plain: string): [string, string][] {
  return Array.from(signs, (sign) => [sign, plain]);
}

function characterAt(source: string, at: number): string {
  return String.fromCodePoint(source.codePointAt(at) ?? 0);
}

/** The plain blank for a blank, null for anything else. Spaces of typesetting come with pasted text and are made plain. */
function blankOf(character: string, at: number): string | null {
  if (character === " " || character === "\t" || character === "\n" || character === "\r") return character;
  if (character === "\uFEFF" && at === 0) return " ";
  return /\p{Zs}/u.test(character) ? " " : null;
}

function endOfLine(source: string, at: number): number {
  while (at < source.length && source[at] !== "\n" && source[at] !== "\r") at += 1;
  return at;
}

function endOfComment(source: string, at: number): number {
  const close = source.indexOf("*/", at + 2);
  if (close >= 0) return close + 2;
  throw refusal("A comment opens with /* and never ends: close it with */.", { start: at, end: at + 2 });
}

function endOfBackticks(source: string, at: number): number {
  const close = source.indexOf("`", at + 1);
  if (close < 0) throw refusal("A name opens with ` and never ends: close it with `.", { start: at, end: at + 1 });
  const span = { start: at, end: close + 1 };
  if (close === at + 1 || source[close + 1] === "`") {
    throw refusal("A name in backticks can be neither empty nor hold a backtick.", {
      ...span,
      end: Math.min(source.length, close + 2),
    });
  }
  const name = source.slice(at + 1, close);
  if (name.includes("\\") || /[\p{Cc}\p{Cs}]/u.test(name)) {
    throw refusal(
      "A name in backticks can hold no backslash and no control character: write its letters as they are.",
      span,
    );
  }
  return close + 1;
}

function endOfWord(source: string, at: number): number {
  while (at < source.length) {
    const character = characterAt(source, at);
    if (!LETTER.test(character) && !DIGIT.test(character)) break;
    at += character.length;
  }
  return at;
}

/**
 * A word outside quotes in its composed form. Letters that an engine's case folding could take for an ASCII letter (long s,
 * Kelvin sign, dotless i, full-width letters) are refused.
 */
function checkedWord(word: string, start: number): string {
  const composed = word.normalize("NFC");
  for (const character of composed) {
    if (character < "\u0080") continue;
    const folds = [character.normalize("NFKC"), character.toLowerCase(), character.toUpperCase()];
    if (
      folds.some((fold) => fold !== character && /[A-Za-z]/.test(fold.normalize("NFKC"))) ||
      /\p{M}/u.test(character)
    ) {
      const at = start + Math.max(0, word.indexOf(character));
      throw refusal(
        `The letter ${quoted(character)} can be taken for another: write the ordinary letter, or put the name in backticks.`,
        { start: at, end: at + character.length },
      );
    }
  }
  return composed;
}

function startsFraction(source: string, at: number, before: Token | undefined, gap: string): boolean {
  if (!DIGIT.test(source[at + 1] ?? "")) return false;
  if (before === undefined || gap !== "") return true;
  return before.kind === "symbol" && !")]}.".includes(before.value.slice(-1));
}

function endOfNumber(source: string, at: number): number {
  NUMBER.lastIndex = at;
  const end = at + (NUMBER.exec(source)?.[0].length ?? 1);
  const next = end < source.length ? characterAt(source, end) : "";
  const glued = LETTER.test(next) || DIGIT.test(next) || (next === "." && source[end + 1] !== ".");
  if (!glued) return end;
  throw refusal(`A number must be followed by a blank or an operator, not by ${quoted(next)}.`, {
    start: at,
    end: end + 1,
  });
}

function readString(source: string, start: number): { text: string; value: string; end: number } {
  const quote = source[start];
  let text = source.slice(start, start + 1);
  let value = "";
  let at = start + 1;
  while (at < source.length) {
    const character = characterAt(source, at);
    if (character === quote) return { text: text + quote, value, end: at + 1 };
    if (character === "\\") {
      const escape = readEscape(source, at);
      text += escape.text;
      value += escape.value;
      at = escape.end;
      continue;
    }
    if (/[\p{Cc}\p{Cs}]/u.test(character) && !/[\t\n\r]/.test(character)) throw controlCharacter(at);
    text += character;
    value += character;
    at += character.length;
  }
  throw refusal(`A string opens with ${String(quote)} and never ends: close it with ${String(quote)}.`, {
    start,
    end: start + 1,
  });
}

/** Neo4j turns \uXXXX into its letter before it reads strings at all, so a quote written that way would end the string there. */
function readEscape(source: string, start: number): { text: string; value: string; end: number } {
  const letter = source[start + 1] ?? "";
  const simple = SIMPLE_ESCAPES.get(letter);
  if (simple !== undefined) return { text: `\\${letter}`, value: simple, end: start + 2 };
  if (letter === "u") {
    const digits = source.slice(start + 2, start + 6);
    const span = { start, end: Math.min(source.length, start + 6) };
    if (!HEX_4.test(digits)) throw refusal("\\u must be followed by four hexadecimal digits.", span);
    const character = String.fromCharCode(Number.parseInt(digits, 16));
    if (/['"`\\\p{Cc}]/u.test(character)) {
      throw refusal(
        "A quote, a backslash or a control character written as \\uXXXX is not allowed: write \\', \\\" or \\\\.",
        span,
      );
    }
    const low = /^\\u([dD][c-fC-F][0-9a-fA-F]{2})$/.exec(source.slice(span.end, span.end + 6))?.[1];
    if (/\p{Cs}/u.test(character)) {
      if (!/[\uD800-\uDBFF]/.test(character) || low === undefined) {
        throw refusal("Half a surrogate pair stands for no letter: write the letter itself.", span);
      }
      const pair = character + String.fromCharCode(Number.parseInt(low, 16));
      return { text: pair, value: pair, end: span.end + 6 };
    }
    return { text: character, value: character, end: span.end };
  }
  throw refusal(`\\${letter} is no escape of Cypher: write \\\\ for a backslash.`, {
    start,
    end: Math.min(source.length, start + 2),
  });
}

function controlCharacter(at: number): Error {
  return refusal("A control character is not allowed: pass this text as a parameter.", { start: at, end: at + 1 });
}

function strangeCharacter(source: string, at: number): Error {
  const character = characterAt(source, at);
  const span = { start: at, end: at + character.length };
  const plain = PLAIN_SIGNS.get(character);
  if (plain !== undefined) return refusal(`${quoted(character)} is not part of Cypher: write ${plain} instead.`, span);
  if (character === "\\") {
    return refusal("An escape outside quotes is not allowed: write the letter itself.", {
      ...span,
      end: Math.min(source.length, at + 2),
    });
  }
  const folded = character.normalize("NFKC");
  if (folded !== character && /^[\x21-\x7e]$/.test(folded)) {
    return refusal(`${quoted(character)} only looks like ${folded}: write ${folded} instead.`, span);
  }
  if (/\p{L}|\p{N}/u.test(character)) {
    return refusal(`${quoted(character)} can stand in a string or in a name in backticks alone.`, span);
  }
  return refusal(`The character ${quoted(character)} is not part of Cypher: remove it.`, span);
}

/** Invisible characters are named by their number. */
function quoted(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  return /[\p{C}\p{Z}\p{M}]/u.test(character) ? code : `“${character}” (${code})`;
}
