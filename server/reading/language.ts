/**
 * Which language a text is in: French, English, or another that is then named. Decided on the whole text, by the words that no
 * sentence does without, and by letter trigrams where these are too few.
 */
import { francAll } from "franc-min";
import type { Language } from "../contract/ontology.ts";
import { STOP_WORDS, TRIGRAM_NAMES } from "./stop-words.ts";

export type LanguageVerdict =
  | { language: Language; warning: string | null }
  /** `guess` is an English name ("German"), or null when nothing can be told. */
  | { language: null; guess: string | null };

const SAMPLE_WINDOWS = 24;
const WINDOW_LENGTH = 1_500;
/** Fewer words than this carry too few stop words: trigrams and spelling are asked too. */
const FEW_WORDS = 12;

/**
 * @param declared what the file says about itself (`fr`, `en-GB`), asked only in doubt.
 */
export function languageOf(text: string, declared: string | null = null): LanguageVerdict {
  const windows = windowsOf(text);
  const sample = windows.join("\n");
  const foreignScript = foreignScriptOf(sample);
  if (foreignScript !== null) return { language: null, guess: foreignScript };
  const shares = stopWordShares(sample);
  const [best, second] = shares.ranked;
  if (best !== undefined && second !== undefined && isRead(best.language) && isRead(second.language)) {
    // English needs more stop words than French: in a mixture the paragraphs vote, not the words.
    if (second.share > best.share * 0.3 && windows.length > 1) return asVerdict(majorityOf(windows), windows);
  }
  const trigram = trigramGuess(sample);
  const declaredLanguage = declaredAs(declared);

  if (
    best !== undefined &&
    shares.words >= FEW_WORDS &&
    best.share >= 0.12 &&
    best.share > (second?.share ?? 0) * 1.25
  ) {
    return asVerdict(best.language, windows);
  }
  if (best !== undefined && best.share > 0) {
    const near = shares.ranked
      .filter((entry) => entry.share >= best.share * nearness(entry.language))
      .map((entry) => entry.language);
    if (near.length === 1 && best.share >= 0.1) return asVerdict(near[0] ?? best.language, windows);
    if (declaredLanguage !== null && near.includes(declaredLanguage)) return asVerdict(declaredLanguage, windows);
    const choice = trigramGuess(sample, near) ?? best.language;
    if (best.share >= 0.1 || choice === trigram) return asVerdict(spelledAs(sample, near) ?? choice, windows);
  }
  if (declaredLanguage !== null) return asVerdict(declaredLanguage, windows);
  if (shares.words < FEW_WORDS && !NEITHER_SPELLING.test(sample)) {
    // A headline without a stop word in any language: trigrams of 82 languages would answer by chance.
    const guess = spelledAs(sample, ["fr", "en"]) ?? trigramGuess(sample, ["fr", "en"]);
    return guess === null ? { language: null, guess: null } : asVerdict(guess, windows);
  }
  return trigram === null ? { language: null, guess: null } : asVerdict(trigram, windows);
}

/** What a person gives us to read is far more often French or English than anything else: these stay candidates for longer. */
function nearness(language: string): number {
  return isRead(language) ? 0.6 : 0.75;
}

function isRead(language: string): language is Language {
  return language === "fr" || language === "en";
}

/** The language of most of the text, by length of the windows in which it leads. */
function majorityOf(windows: readonly string[]): Language {
  let lead = 0;
  for (const window of windows) {
    const leader = stopWordShares(window).ranked.find((entry) => isRead(entry.language))?.language;
    if (leader !== undefined) lead += leader === "fr" ? window.length : -window.length;
  }
  return lead >= 0 ? "fr" : "en";
}

function asVerdict(language: string, windows: readonly string[]): LanguageVerdict {
  switch (language) {
    case "fr":
    case "en":
      return { language, warning: mixtureWarning(language, windows) };
    default:
      return { language: null, guess: STOP_WORDS[language]?.name ?? TRIGRAM_NAMES[language] ?? language };
  }
}

function declaredAs(declared: string | null): Language | null {
  const primary = declared?.toLowerCase().split(/[-_]/)[0];
  return primary === "fr" || primary === "en" ? primary : null;
}

/** Pieces spread evenly over the text, so that a quotation at the beginning does not decide. */
function windowsOf(text: string): string[] {
  if (text.length <= SAMPLE_WINDOWS * WINDOW_LENGTH) {
    return text.split(/\n\s*\n/).flatMap((paragraph) => piecesOf(paragraph));
  }
  const step = (text.length - WINDOW_LENGTH) / (SAMPLE_WINDOWS - 1);
  return Array.from({ length: SAMPLE_WINDOWS }, (_, index) => {
    const start = Math.floor(index * step);
    return text.slice(start, start + WINDOW_LENGTH);
  });
}

function piecesOf(paragraph: string): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < paragraph.length; start += WINDOW_LENGTH) {
    pieces.push(paragraph.slice(start, start + WINDOW_LENGTH));
  }
  return pieces;
}

interface Shares {
  words: number;
  /** Share of the words that are stop words of the language, highest first, zeros left out. */
  ranked: { language: string; share: number }[];
}

const SETS = Object.entries(STOP_WORDS).map(([language, { words }]) => ({ language, set: new Set(words.split(" ")) }));

/** An elided word counts by itself: "l'agence" is "l'" and "agence". */
function wordsOf(text: string): string[] {
  return (
    text
      .replace(/[’ʼ]/g, "'")
      .normalize("NFC")
      .toLowerCase()
      .match(/\p{L}[\p{L}\p{M}]*'?/gu) ?? []
  );
}

function stopWordShares(text: string): Shares {
  const words = wordsOf(text);
  const ranked = SETS.map(({ language, set }) => ({
    language,
    share: words.length === 0 ? 0 : words.filter((word) => set.has(word)).length / words.length,
  }))
    .filter((entry) => entry.share > 0)
    .sort((a, b) => b.share - a.share);
  return { words: words.length, ranked };
}

const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ["Russian or another language in Cyrillic", /\p{Script=Cyrillic}/gu],
  ["Arabic or another language in Arabic script", /\p{Script=Arabic}/gu],
  ["Hebrew", /\p{Script=Hebrew}/gu],
  ["Greek", /\p{Script=Greek}/gu],
  ["Chinese", /\p{Script=Han}/gu],
  ["Japanese", /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ["Korean", /\p{Script=Hangul}/gu],
  ["Hindi or another language in Devanagari", /\p{Script=Devanagari}/gu],
  ["Thai", /\p{Script=Thai}/gu],
];

/** Kana decide for Japanese even among many Chinese characters. */
function foreignScriptOf(text: string): string | null {
  const latin = countOf(text, /\p{Script=Latin}/gu);
  const counts = SCRIPTS.map(([name, pattern]) => ({ name, count: countOf(text, pattern) }));
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  if (total <= latin) return null;
  const kana = counts.find(({ name }) => name === "Japanese");
  if (kana !== undefined && kana.count > total * 0.1) return kana.name;
  return counts.reduce((best, entry) => (entry.count > best.count ? entry : best)).name;
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

const TRIGRAM_CODES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(STOP_WORDS).map(([language, { trigram }]) => [trigram, language]),
);

/** Language of the closest trigram profile; for languages without a stop-word list, franc's own code. */
function trigramGuess(text: string, among?: readonly string[]): string | null {
  const only = among?.map((language) => STOP_WORDS[language]?.trigram).filter((code) => code !== undefined);
  const [code] = francAll(text.slice(0, 20_000), { minLength: 10, ...(only === undefined ? {} : { only }) })[0] ?? [];
  return code === undefined || code === "und" ? null : (TRIGRAM_CODES[code] ?? code);
}

const FRENCH_SPELLING =
  /[çœêèùâîûë]|é(?:e|s|es)?(?!\p{L})|(?<!\p{L})(?:[ldnsjmt]|qu)['’]|\p{L}(?:aient|eurs?|euses?|iques?|eaux?)(?!\p{L})/giu;
const ENGLISH_SPELLING =
  /\p{L}['’]s(?!\p{L})|\p{L}(?:ing|ly|ness|ship|ght|wn|cks?|ers?|ed)(?!\p{L})|(?<!\p{L})(?:wh|th)\p{L}+|[kw]/giu;

/** Latin letters that neither language writes. */
const NEITHER_SPELLING = /[^\P{L}a-zàâäæçéèêëîïôöœùûüÿ]/iu;

/** For headlines without a stop word: the spelling that only one of the two languages has. */
function spelledAs(text: string, among: readonly string[]): Language | null {
  if (!among.includes("fr") || !among.includes("en")) return null;
  const french = countOf(text, FRENCH_SPELLING);
  const english = countOf(text, ENGLISH_SPELLING);
  if (french === english) return null;
  return french > english ? "fr" : "en";
}

/** Share of the text in the other language from which the reader is told. */
const MIXTURE_SHARE = 0.2;

function mixtureWarning(language: Language, windows: readonly string[]): string | null {
  const other: Language = language === "fr" ? "en" : "fr";
  let total = 0;
  let foreign = 0;
  for (const window of windows) {
    const { words, ranked } = stopWordShares(window);
    if (words < FEW_WORDS) continue;
    total += window.length;
    const shareOf = (wanted: string) => ranked.find((entry) => entry.language === wanted)?.share ?? 0;
    if (ranked[0]?.language === other && shareOf(other) > 0.15 && shareOf(other) > shareOf(language) * 2) {
      foreign += window.length;
    }
  }
  if (total === 0 || foreign / total < MIXTURE_SHARE) return null;
  const names = { fr: "French", en: "English" };
  const percent = Math.round((100 * foreign) / total);
  return `about ${percent} % of the text is in ${names[other]}; the whole was read as ${names[language]}`;
}
