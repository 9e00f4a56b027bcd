/**
 * Folding of names: the one normal form in which names are compared, for search keys, resolution and gazetteers.
 */

const APOSTROPHES = /[’ʼ‘`´]/g;
const MARKS = /\p{M}+/gu;
const NO_WORD = /[^\p{L}\p{N}]+/gu;
const PLAIN = /^[\x20-\x7e]*$/;
const NO_PLAIN_WORD = /[^a-z0-9]+/g;
const LIGATURES: readonly (readonly [RegExp, string])[] = [
  [/œ/g, "oe"],
  [/æ/g, "ae"],
  [/ß/g, "ss"],
  [/ø/g, "o"],
  [/ł/g, "l"],
  [/đ/g, "d"],
  [/ı/g, "i"],
];

/**
 * Lower case, without accents, ligatures or punctuation; words joined by one space. "L'État  islamique" → "l etat islamique".
 * Returns an empty string for a name without letters or digits.
 */
export function foldName(name: string): string {
  // Most names of most articles, several times faster.
  if (PLAIN.test(name)) return name.toLowerCase().replace(NO_PLAIN_WORD, " ").trim();
  let folded = name.replace(APOSTROPHES, "'").normalize("NFKD").replace(MARKS, "").toLowerCase();
  for (const [pattern, plain] of LIGATURES) folded = folded.replace(pattern, plain);
  return folded.replace(NO_WORD, " ").trim();
}

const LEADING_ARTICLE = /^(?:the|le|la|les|l|el|al) (?=\S)/;

/** `foldName` without a leading article, the key under which two spellings of one name meet. "L'OTAN" → "otan". */
export function nameKey(name: string): string {
  const folded = foldName(name);
  return folded.replace(LEADING_ARTICLE, "");
}

/** The search keys of an entity: its folded name and aliases, each once, in order. */
export function searchKeysOf(name: string, aliases: readonly string[]): string[] {
  return [...new Set([name, ...aliases].map(foldName).filter((key) => key !== ""))];
}
