/**
 * Raw text → the text that the model reads, with the way back: compatibility forms composed, typographic marks as plain ones,
 * what cannot be seen dropped. One rule for training and runtime (`data/model/training/INTERFACE.md`, section 1).
 */

export interface Normalised {
  text: string;
  /** For each UTF-16 unit of `text`: where the raw group that it comes from begins and ends. */
  starts: Uint32Array;
  ends: Uint32Array;
}

const MARK = /^\p{M}$/u;
const DROPPED = /^[\p{Cc}\p{Cf}\p{Cs}]$/u;
const SEPARATOR = /^\p{Z}$/u;

const PLAIN = new Map<string, string>([
  ...eachOf("\t\n\v\f\r\u0085", " "),
  ...eachOf("’‘ʼ′‛`´", "'"),
  ...eachOf("«»“”„‟″〝〞‹›", '"'),
  ...eachOf("‐‑‒", "-"),
]);

function eachOf(characters: string, plain: string): [string, string][] {
  return Array.from(characters, (character) => [character, plain]);
}

/** Offsets of the result count from the start of `raw`. */
export function normalise(raw: string): Normalised {
  const parts: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  while (at < raw.length) {
    const character = characterAt(raw, at);
    let end = at + character.length;
    while (end < raw.length && isMark(raw, end)) end += characterAt(raw, end).length;
    const plain = end > at + character.length ? raw.slice(at, end).normalize("NFKC") : plainForm(character);
    let units = plain.length;
    while (units > 0) {
      starts.push(at);
      ends.push(end);
      units -= 1;
    }
    parts.push(plain);
    at = end;
  }
  return { text: parts.join(""), starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) };
}

function characterAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0);
}

function isMark(text: string, at: number): boolean {
  // No mark stands below U+0300: the common case needs no pattern.
  return text.charCodeAt(at) >= 0x300 && MARK.test(characterAt(text, at));
}

function plainForm(character: string): string {
  if (character >= " " && character < "\u007f" && character !== "`") return character;
  const known = PLAIN.get(character);
  if (known !== undefined) return known;
  if (DROPPED.test(character)) return "";
  if (SEPARATOR.test(character)) return " ";
  return character.normalize("NFKC");
}
