/**
 * Who says what a sentence tells: "selon X", "X a déclaré que…", "…, according to X". By rules on the folded sentence; the source
 * is a mention where one stands there, else the words of the text.
 */
import type { Language } from "../contract/ontology.ts";
import type { FoldedText } from "./folded-text.ts";

/** A source and the stretch of the sentence that it vouches for. Offsets in the raw text. */
export interface Attribution {
  /** The source as the text names it. */
  start: number;
  end: number;
  /** What is said: it begins and ends here. */
  scope: readonly [number, number];
  /** "selon X": it vouches for the whole sentence. */
  whole: boolean;
}

interface Cue {
  pattern: RegExp;
  /** Where the source stands, and with it what is said. */
  shape: "source after, says the rest" | "source before, says what follows" | "source after, says what precedes";
}

const FRENCH_VERBS =
  "affirme|annonce|assure|declare|indique|precise|explique|estime|dit|confirme|revele|rapporte|ajoute|reconnait|reconnu|soutient|soutenu|signale|avance|raconte|ecrit|ecrivait|rappelle|souligne|pretend|pretendu|deplore|constate|conclut|conclu|resume|relate|juge|martele|jure|croit|note|fait savoir|fait valoir";
const FRENCH_SAID = `(?:(?:a|ont|avait|avaient)(?:-t-(?:il|elle|on))? (?:aussi |egalement |ainsi |toutefois |notamment )?(?:${FRENCH_VERBS})s?|(?:${FRENCH_VERBS})(?:nt|ent)?)`;
const SAID = "(?:said|says)";
const ENGLISH_VERBS =
  "(?:announced|announces|claimed|claims|reported|reports|stated|confirmed|confirms|alleged|alleges|wrote|writes|added|adds|argued|argues|believe|believes|insisted|insists|acknowledged|revealed|explained|noted)";
const ENGLISH_TOLD = "(?:told|tells)";

const CUES: Readonly<Record<Language, readonly Cue[]>> = {
  fr: [
    cue("(?:[Ss]elon|[Dd]'apres|[Aa] en croire|[Aa]ux dires de|[Dd]e l'aveu de)\\s", "source after, says the rest"),
    cue(
      `,\\s*["]?\\s*,?\\s*(?!dit\\s|reconnu|juge\\s)${FRENCH_SAID}\\s(?!que\\b|qu'|coupable)`,
      "source after, says what precedes",
    ),
    cue(
      `\\s${FRENCH_SAID}(?:\\s[^,;:]{1,25})?\\s(?:que\\s|qu'|:\\s|avoir\\s|etre\\s)`,
      "source before, says what follows",
    ),
  ],
  en: [
    cue("[Aa]ccording to\\s", "source after, says the rest"),
    cue(`["]?,["]?\\s*(?:${SAID}|${ENGLISH_VERBS})\\s(?!that\\b|to\\b|by\\b)`, "source after, says what precedes"),
    cue(`\\s${SAID}(?:\\s(?:on\\s)?\\p{Lu}\\p{L}+day)?(?:\\s(?!by\\b|to\\b)|:\\s)`, "source before, says what follows"),
    cue(
      `\\s${ENGLISH_VERBS}(?:\\s(?:on\\s)?\\p{Lu}\\p{L}+day)?(?:\\sthat\\s|:\\s)`,
      "source before, says what follows",
    ),
    cue(`\\s${ENGLISH_TOLD}\\s[^,;:]{2,40}?\\s(?:that|he|she|it|they|the)\\s`, "source before, says what follows"),
  ],
};

function cue(source: string, shape: Cue["shape"]): Cue {
  return { pattern: new RegExp(source, "gu"), shape };
}

export interface SourceMention {
  start: number;
  end: number;
}

/** A source longer than this is no name of one. */
const LONGEST_SOURCE = 70;
/** A mention this far into the words of the source still is the source ("selon le ministre de l'Intérieur, X"). */
const REACH = 45;

/**
 * @param sentence the folded sentence; `range` its raw offsets.
 * @param mentions all mentions of the sentence, in order.
 */
export function findAttributions(
  sentence: FoldedText,
  range: readonly [number, number],
  language: Language,
  mentions: readonly SourceMention[],
): Attribution[] {
  const found: Attribution[] = [];
  for (const { pattern, shape } of CUES[language]) {
    for (const match of sentence.text.matchAll(pattern)) {
      const attribution = attributionAt(sentence, range, mentions, shape, match.index, match.index + match[0].length);
      if (attribution !== null) found.push(attribution);
    }
  }
  return found;
}

function attributionAt(
  sentence: FoldedText,
  [start, end]: readonly [number, number],
  mentions: readonly SourceMention[],
  shape: Cue["shape"],
  from: number,
  to: number,
): Attribution | null {
  switch (shape) {
    case "source after, says the rest": {
      const source = sourceAfter(sentence, mentions, to);
      return source === null ? null : { ...source, scope: [start, end], whole: true };
    }
    case "source after, says what precedes": {
      const source = sourceAfter(sentence, mentions, to);
      if (source === null || !isWholeSource(sentence, to, source)) return null;
      return { ...source, scope: [start, sentence.startOf(from)], whole: false };
    }
    case "source before, says what follows": {
      const source = sourceBefore(sentence, mentions, from);
      return source === null ? null : { ...source, scope: [sentence.startOf(to), end], whole: false };
    }
  }
}

/** Up to a punctuation mark; the full stops of titles and initials are none. */
const SOURCE_WORDS =
  /^(?:[^,;:.()"«»]|(?<=\b(?:Maj|Gen|Col|Lt|Capt|Sgt|Sen|Rep|Gov|Prof|Dr|Mr|Mrs|Ms|Me|M|St|\p{Lu}))\.)+/u;

/** The words up to the next punctuation mark; the first mention in them if it stands near, else all of them. */
function sourceAfter(sentence: FoldedText, mentions: readonly SourceMention[], from: number): SourceMention | null {
  const words = SOURCE_WORDS.exec(sentence.text.slice(from, from + 2 * LONGEST_SOURCE))?.[0].trimEnd() ?? "";
  if (words === "") return null;
  const start = sentence.startOf(from);
  const end = sentence.endOf(from + words.length - 1);
  const mention = mentions.find((each) => each.start >= start && each.start < end && each.start - start <= REACH);
  if (mention !== undefined) return { start: mention.start, end: mention.end };
  return words.length <= LONGEST_SOURCE ? { start, end } : null;
}

/**
 * "…, said Maj. Scott Lundy, …" against "X, an analyst at Y, said four computers were seized": before the source stand at most its
 * titles, and behind it a clause ends.
 */
function isWholeSource(sentence: FoldedText, from: number, source: SourceMention): boolean {
  const before = sentence.text.slice(from, sentence.indexOf(source.start));
  const after = sentence.text.slice(sentence.indexOf(source.end), sentence.indexOf(source.end) + 30);
  if (!/^(?:[\p{L}'.-]+\s){0,6}(?:[\p{L}'.-]+)?$/u.test(before) || NO_SOURCE_END.test(` ${before} `)) return false;
  const words = sentence.text.slice(sentence.indexOf(source.start), sentence.indexOf(source.end));
  if (before === "" && !/^\p{Lu}/u.test(words) && !(SOURCE_START.test(words) && SPEAKING_NOUN.test(words)))
    return false;
  return /^\s*(?:[,.;:"(]|$|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier|on \p{Lu}|yesterday|in an?|dans|sur|a la|au)\b)/u.test(
    after,
  );
}

const CLAUSE_START = /(?:^|[,;:."«»()]\s*|\b(?:et|mais|and|but)\s)(?<phrase>[^,;:."«»()]+)$/iu;

/** The noun phrase that the verb follows: the last mention in it, or its words. */
function sourceBefore(sentence: FoldedText, mentions: readonly SourceMention[], to: number): SourceMention | null {
  const before = sentence.text.slice(0, to);
  const end = sentence.endOf(Math.max(0, to - 1));
  const last = mentions.findLast((each) => each.end <= end);
  const gap = last === undefined ? null : sentence.text.slice(sentence.indexOf(last.end), to);
  if (last !== undefined && gap !== null && /^\s*(?:,[^,;:]{1,90},)?\s*$/.test(gap))
    return { start: last.start, end: last.end };
  const clause = CLAUSE_START.exec(before.slice(-2 * LONGEST_SOURCE))?.groups?.["phrase"] ?? "";
  const phrase = clause.replace(/(?:\s(?:also|has|have|had|then|later|later also))+$/, "").trim();
  if (phrase.length > LONGEST_SOURCE || !SOURCE_START.test(phrase) || NO_SOURCE_END.test(phrase)) return null;
  const index = before.lastIndexOf(phrase);
  const start = sentence.startOf(index);
  const inside = mentions.findLast((each) => each.start >= start && each.end <= end);
  // "Le patron de X a déclaré": the words say more than the mention does.
  return inside !== undefined && inside.start - start < 6 && end - inside.end < 6
    ? { start: inside.start, end: inside.end }
    : { start, end: sentence.endOf(index + phrase.length - 1) };
}

/** Words of a source that is no mention: a noun phrase ("a ministry spokesman", "la police", "prosecutors"). */
const SOURCE_START =
  /^(?:(?:the|an?|his|her|its|their|one|two|le|la|les|un|une|des|ses|son|sa|leur|deux|plusieurs|several|some)\s|l'|police|prosecutors?|officials?|investigators?|researchers?|experts?|analysts?|witnesses|authorities|sources?|court|enquete|justice)/i;
/** Who or what speaks, where the words have no name. */
const SPEAKING_NOUN =
  /\b(?:spokes\p{L}+|officials?|police|prosecut\p{L}+|ministr\p{L}+|court|judges?|juges?|tribunal|company|agency|army|military|government|gouvernement|office|statement|communique|report|rapport|sources?|witness(?:es)?|temoins?|lawyers?|avocate?s?|president\p{L}*|chief|directo?r\p{L}*|directeur|researchers?|chercheu\p{L}+|analysts?|analystes?|experts?|groupe?|bank|banque|council|conseil|board|authorit\p{L}+|autorites|parquet|procureu\p{L}+|accusation|enquet\p{L}+|porte-parole|maire|mayor|prefet|prefecture|gendarmerie|agence|journal|site|quotidien|newspaper|veuve|widow|colonel|general|capitaine|minister)\b/iu;
/** A passive ("was claimed"), or a clause of its own. */
const NO_SOURCE_END =
  /(?:\s(?:was|were|is|are|be|been|being|not|et|and|ete|est|sont|never|qui|who|que|that))$|\s(?:was|were|has|have|had|who|which|qui|dont)\s/i;

/**
 * The attribution of a claim: one of its mentions lies in what is said, and it is not told of the source by the way ("X, chef de
 * Y, a déclaré"). The narrowest scope wins; null when the text does not tell.
 */
export function attributionOf(
  claim: { subjectSpan: readonly [number, number]; objectSpan: readonly [number, number] },
  attributions: readonly Attribution[],
): Attribution | null {
  let best: Attribution | null = null;
  for (const each of attributions) {
    const isSaid = ([start, end]: readonly [number, number]): boolean =>
      start >= each.scope[0] && end <= each.scope[1] && !(start >= each.start && end <= each.end);
    if (!isSaid(claim.subjectSpan) && !isSaid(claim.objectSpan)) continue;
    const isSource = ([start, end]: readonly [number, number]): boolean => start >= each.start && end <= each.end;
    // "selon X, chef de Y, …": a claim whose one end is the source is told of the source, unless the source speaks of itself.
    const width = each.scope[1] - each.scope[0];
    if (
      (isSource(claim.subjectSpan) || isSource(claim.objectSpan)) &&
      each.scope[0] <= each.start &&
      each.end <= each.scope[1]
    ) {
      continue;
    }
    if (best === null || width < best.scope[1] - best.scope[0]) best = each;
  }
  return best;
}
