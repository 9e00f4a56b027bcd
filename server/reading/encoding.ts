/**
 * Bytes → characters: the first step of reading any text format.
 *
 * Order of evidence: a byte-order mark, strict UTF-8, UTF-16 without a mark, what the file or server declares, UTF-8 with a few
 * damaged bytes, what chardet recognises among the encodings that cannot be taken for Western ones, and last Windows-1252,
 * in which every byte sequence has a reading.
 */
import { analyse } from "chardet";

export interface Decoded {
  /** `\n` line ends, no byte-order mark, lone surrogates as U+FFFD (one unit each, as before). */
  text: string;
  /** WHATWG name of the encoding. */
  encoding: string;
  warnings: string[];
}

/** @param declared what the file or the server says; believed only when the bytes are not valid UTF-8. */
export function decode(bytes: Uint8Array, declared: string | null = null): Decoded {
  const { text, encoding, warnings } = decodeRaw(bytes, declared);
  return { text: normaliseCharacters(text), encoding, warnings };
}

/** Line ends become `\n`, a leading byte-order mark goes, lone surrogates become U+FFFD: nothing else changes. */
export function normaliseCharacters(text: string): string {
  const withoutMark = text.startsWith("\uFEFF") ? text.slice(1) : text;
  return withoutMark.replace(/\r\n?/g, "\n").replace(LONE_SURROGATE, "\uFFFD");
}

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

function decodeRaw(bytes: Uint8Array, declared: string | null): Decoded {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return withDecoder("utf-8", bytes);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return withDecoder("utf-16le", bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return withDecoder("utf-16be", bytes);
  const utf16 = unmarkedUtf16(bytes);
  if (utf16 !== null) return withDecoder(utf16, bytes);
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), encoding: "utf-8", warnings: [] };
  } catch {
    return decodeLegacy(bytes, declared);
  }
}

function decodeLegacy(bytes: Uint8Array, declared: string | null): Decoded {
  const named = declared === null ? null : canonicalName(declared);
  if (named !== null && named !== "utf-8" && !named.startsWith("utf-16")) return withDecoder(named, bytes);
  const damaged = damagedUtf8(bytes);
  if (damaged !== null) return damaged;
  return withDecoder(foreignEncoding(bytes) ?? "windows-1252", bytes);
}

/** A file in UTF-8 of which a few bytes were cut or spoilt: replacing these beats reading every accent wrong. */
function damagedUtf8(bytes: Uint8Array): Decoded | null {
  const text = new TextDecoder("utf-8").decode(bytes);
  const replaced = countOf(text, /\uFFFD/g);
  const multibyte = countOf(text, /[\u0080-\uFFFC]/g);
  if (multibyte < replaced * 10) return null;
  const warning = `${replaced} damaged UTF-8 ${replaced === 1 ? "character was" : "characters were"} replaced by U+FFFD`;
  return { text, encoding: "utf-8", warnings: [warning] };
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** Latin letters in UTF-16 leave a zero in every other byte, which no 8-bit encoding does. */
function unmarkedUtf16(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  const length = Math.min(bytes.length - (bytes.length % 2), 4096);
  if (length < 4 || bytes.length % 2 === 1) return null;
  let evenZeros = 0;
  let oddZeros = 0;
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) evenZeros += 1;
    if (bytes[i + 1] === 0) oddZeros += 1;
  }
  const pairs = length / 2;
  if (oddZeros > pairs * 0.7 && evenZeros < pairs * 0.02) return "utf-16le";
  if (evenZeros > pairs * 0.7 && oddZeros < pairs * 0.02) return "utf-16be";
  return null;
}

/**
 * chardet confuses Western encodings with each other (they differ in a few bytes), so it is asked only for those whose text
 * would be no readable Latin text: their readers then see the right letters and the report names the right language.
 */
const FOREIGN =
  /^(Shift_JIS|EUC-JP|EUC-KR|Big5|GB18030|ISO-2022-(JP|KR|CN)|KOI8-R|windows-125[13568]|ISO-8859-[5678])$/;

function foreignEncoding(bytes: Uint8Array): string | null {
  const sample = bytes.length > 65_536 ? bytes.subarray(0, 65_536) : bytes;
  const best = analyse(sample)[0];
  if (best === undefined || best.confidence < 40 || !FOREIGN.test(best.name)) return null;
  return highByteShare(sample) > 0.3 ? canonicalName(best.name) : null;
}

function highByteShare(bytes: Uint8Array): number {
  let high = 0;
  for (const byte of bytes) if (byte >= 0x80) high += 1;
  return bytes.length === 0 ? 0 : high / bytes.length;
}

function canonicalName(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

function withDecoder(encoding: string, bytes: Uint8Array): Decoded {
  const text = encoding === "windows-1252" ? decodeWindows1252(bytes) : new TextDecoder(encoding).decode(bytes);
  return { text, encoding, warnings: [] };
}

/** The 32 bytes in which Windows-1252 differs from Latin-1, from 0x80 on. */
const WINDOWS_1252_HIGH = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

/** Own table, because some releases of Node decode this label as plain Latin-1 and lose € and œ. */
function decodeWindows1252(bytes: Uint8Array): string {
  return withWindows1252(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1"));
}

/** Puts right what was decoded as Latin-1: no text holds the control characters that stand for € and œ there. */
export function withWindows1252(latin1: string): string {
  return latin1.replace(
    /[\u0080-\u009F]/g,
    (character) => WINDOWS_1252_HIGH[character.charCodeAt(0) - 0x80] ?? character,
  );
}
