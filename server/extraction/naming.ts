/**
 * Forms of names: keys under which surfaces are compared, initials, and which surface names an entity best. Used by
 * `linking.ts` and `entities.ts`.
 */
import { foldName, nameKey } from "../contract/names.ts";

const POSSESSIVE = /(?:['’ʼ]s|(?<=s)['’ʼ])$/iu;
const DOTTED = /^(?:\p{L}\.\s?){2,}\p{L}?\.?$/u;
/** Addresses and handles are no spelling of a name: "@courrier" is not "Courrier". */
const ADDRESS = /^[@#]|^[\p{L}\p{N}._-]+@|^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{Ll}{2,}(?:\/|$)/u;

/** The surface without an English possessive ending. */
export function withoutPossessive(surface: string): string {
  return surface.replace(POSSESSIVE, "");
}

/** A surface as a person reads it: accents composed, single spaces, without possessive ending and invisible characters. */
export function readableName(surface: string): string {
  const visible = surface.replace(/\s+/gu, " ").replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, "");
  return withoutPossessive(visible.normalize("NFC").trim());
}

/** Equal for two spellings of one name; never empty for a surface with a visible character. */
export function surfaceKey(surface: string): string {
  const plain = readableName(surface);
  if (ADDRESS.test(plain)) return plain.toLowerCase();
  const undotted = DOTTED.test(plain) ? plain.replace(/[.\s]/g, "") : plain;
  const key = nameKey(undotted);
  return key === "" ? plain.toLowerCase() : key;
}

const SMALL_WORDS = new Set(
  (
    "de la le les l du des d et en a au aux pour sur dans par un une " +
    "of the and for in on at to a an by with s el al und der die das von van y del e do da dos"
  ).split(" "),
);

export function isSmallWord(token: string): boolean {
  return SMALL_WORDS.has(token);
}

/** The tokens of a folded name. */
export function tokensOf(key: string): string[] {
  return key.split(" ");
}

/** Whether the key is made of the initials of the long name, with or without its small words. */
export function areInitials(short: string, long: string): boolean {
  const letters = short.replace(/ /g, "");
  if (letters.length < 2 || letters.length > 10) return false;
  const tokens = tokensOf(long);
  if (tokens.length < 2 || letters.length >= long.length) return false;
  const initials = (list: readonly string[]): string => list.map((token) => token.charAt(0)).join("");
  return letters === initials(tokens) || letters === initials(tokens.filter((token) => !isSmallWord(token)));
}

/** Whether the letters of an acronym occur in the long name in their order, the first one first. */
export function areLettersInOrder(short: string, long: string): boolean {
  const letters = short.replace(/ /g, "");
  const rest = long.replace(/ /g, "");
  if (!rest.startsWith(letters.charAt(0))) return false;
  let at = 0;
  for (const letter of letters) {
    at = rest.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

const LEGAL_FORMS =
  / (?:inc|ltd|llc|corp|corporation|co|company|plc|sa|sas|sarl|gmbh|ag|spa|nv|bv|party|parti|holdings?|group|sea|ocean|strip)$/;
const STATE_FORMS =
  /^(?:republique|republic|islamic republic|republique islamique|royaume|kingdom|state|etat|parti|mouvement) (?:du |de |d |of |of the )?(?=\S)/;
const WRITTEN_OUT: readonly (readonly [RegExp, string])[] = [
  [/\bunited states\b|\betats unis\b|\bu s\b/g, "us"],
  [/\bunited kingdom\b|\broyaume uni\b|\bbritish\b/g, "uk"],
  [/\bunited nations\b|\bnations unies\b|\bl onu\b|\bonu\b/g, "un"],
  [/\beuropean union\b|\bunion europeenne\b|\bue\b/g, "eu"],
];

/** A folded name without legal form or plural, with well-known states and alliances in one form. */
export function coreKey(key: string): string {
  let core = key;
  for (const [pattern, plain] of WRITTEN_OUT) core = core.replace(pattern, plain);
  const bare = core.replace(LEGAL_FORMS, "").replace(STATE_FORMS, "");
  return bare
    .split(" ")
    .filter((token) => !isSmallWord(token))
    .map((token) => (token.length > 4 ? token.replace(/s$/, "") : token))
    .join(" ");
}

const NATIONALITY =
  /^(?:us|u|s|uk|eu|un|united|states?|kingdom|american|british|french|german|european|national|federal|royal|.{3,}(?:ian|ish|ese|ean))$/;

/** A word that says of which state a body is, and is often left out: "U.S. Senate", "Korean National Police". */
export function isNationality(token: string): boolean {
  return NATIONALITY.test(token);
}

/** Written like an acronym: two to ten capitals or digits, with at most two small letters ("MoD", "U.S."). */
export function isAcronym(surface: string): boolean {
  const letters = surface.replace(/[.\s]/g, "");
  if (!/^[\p{Lu}\p{N}][\p{L}\p{N}&/-]{1,9}$/u.test(letters)) return false;
  const small = letters.replace(/[^\p{Ll}]/gu, "").length;
  return small <= 2 && letters.length - small >= 2;
}

/** "THE HAGUE", "LIÈGE" of a dateline as a map writes them; acronyms of places stay ("USA"). */
export function withoutShouting(name: string): string {
  if (name.length < 5 || name !== name.toUpperCase() || !/\p{L}{4}/u.test(name)) return name;
  return name.toLowerCase().replace(/(?<![\p{L}'’])\p{L}/gu, (letter) => letter.toUpperCase());
}

/** How well a surface names an entity: a full form in ordinary case before capitals, initials and short forms. */
export function fullness(surface: string): number {
  const plain = withoutPossessive(surface);
  const tokens = foldName(plain).split(" ");
  const content = tokens.filter((token) => token.length > 1 && !isSmallWord(token)).length;
  const shouted = plain.length > 5 && plain === plain.toUpperCase() && plain !== plain.toLowerCase();
  return 10 * content + Math.min(plain.length, 90) / 10 - (shouted ? 15 : 0);
}
