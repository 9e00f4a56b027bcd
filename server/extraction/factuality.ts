/**
 * Words that settle how a claim is told where the model overlooked them: a negation right behind the subject, the French
 * conditional of hearsay, "is believed to", a denial, an acquittal, "selon X". Only what the model takes for plainly affirmed and
 * asserted is looked at again. Each rule was kept because it mends far more of the annotated claims than it spoils.
 */
import type { Modality, Polarity } from "../contract/extraction.ts";
import type { Language, RelationshipType } from "../contract/ontology.ts";

export interface ToldClaim {
  type: RelationshipType;
  /** Offsets in the raw text of the sentence, and of the two mentions. */
  start: number;
  end: number;
  subjectSpan: readonly [number, number];
  objectSpan: readonly [number, number];
  polarity: Polarity;
  modality: Modality;
}

const HEARSAY: Readonly<Record<Language, RegExp>> = {
  fr: /(?<!\p{L})(?:aurai(?:en)?t|serai(?:en)?t)(?!\p{L})/iu,
  en: /\b(?:allegedly|reportedly|(?:is|are|was|were) (?:believed|thought|alleged|said|suspected) to|suspected of|accused of|said to have)\b/i,
};
const DENIAL: Readonly<Record<Language, RegExp>> = {
  fr: /(?<!\p{L})(?:nie|nient|niait|dément|démentent|a démenti|a nié)(?!\p{L})/iu,
  en: /\b(?:denies|denied|deny|denying)\b/i,
};
const NEGATION: Readonly<Record<Language, RegExp>> = {
  fr: /^\s*(?:n['’](?:a|ont|avai(?:en)?t|es?t|étai(?:en)?t)\s+(?:pas(?! tardé)|jamais|ni|plus)|n['’]\p{L}+\s\p{L}+\sni|ne\s\p{L}+\s(?:pas|jamais|plus))(?!\p{L})/iu,
  en: /^\s*(?:(?:did|does|do|has|have|had|was|were)(?:\snot|n['’]t|\snever)|never|took no part|(?:has|have|had) no)\b/i,
};
/** A negation ends with its clause. */
const CLAUSE_END = /[;»”"]|\b(?:but|mais)\b/i;
const ACQUITTAL = /(?<!\p{L})(?:acquitt|relaxé|non coupable|not guilty)/iu;
const CONVICTION = /(?<!\p{L})(?:condamn|coupable d|peine|convict|guilty of|sentenc)/iu;

/** What is denied stands in the clause of the denial: "he denies it, and the FBI closed its inquiry" denies no inquiry. */
function isDenied(between: string, language: Language): boolean {
  const match = DENIAL[language].exec(between);
  return match !== null && !/[,;»”"]/.test(between.slice(match.index));
}

/** What lasts ("X, chef de Y") is told by the way, whoever speaks. */
const STATES: ReadonlySet<RelationshipType> = new Set<RelationshipType>([
  "LEADS",
  "WORKS_FOR",
  "BASED_IN",
  "PART_OF",
  "MEMBER_OF",
  "LOCATED_IN",
  "FAMILY_OF",
  "AFFILIATED_WITH",
  "OWNS",
  "OPERATES",
  "FOUNDED",
  "SUCCEEDED",
  "MOUTHPIECE_OF",
]);

/**
 * The claim's polarity and modality, mended where its words leave no doubt.
 * @param isQuotedWhole "selon X" or "according to X" vouches for all that the sentence says.
 */
export function factuality(
  claim: ToldClaim,
  text: string,
  language: Language,
  isQuotedWhole: boolean,
): { polarity: Polarity; modality: Modality } {
  const { polarity, modality } = claim;
  if (modality !== "asserted" || polarity === "negated") return { polarity, modality };
  const sentence = text.slice(claim.start, claim.end).normalize("NFC");
  if (claim.type === "CONVICTED" && ACQUITTAL.test(sentence) && !CONVICTION.test(sentence)) {
    return { polarity: "negated", modality };
  }
  const from = Math.min(claim.subjectSpan[1], claim.objectSpan[1]);
  const to = Math.max(claim.subjectSpan[0], claim.objectSpan[0]);
  const between = text.slice(from, to).normalize("NFC");
  if (NEGATION[language].test(between) && !CLAUSE_END.test(between)) return { polarity: "negated", modality };
  if (isDenied(between, language)) return { polarity, modality: "denied" };
  if (HEARSAY[language].test(between)) return { polarity, modality: "alleged" };
  return { polarity, modality: isQuotedWhole && !STATES.has(claim.type) ? "reported" : modality };
}
