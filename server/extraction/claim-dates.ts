/**
 * Which of the dates that the text tells is the date of a claim: by the kind of relationship, by what stands between, and from
 * sentence to sentence while a story is told.
 */
import type { PartialDate } from "../contract/dates.ts";
import type { Modality } from "../contract/extraction.ts";
import type { RelationshipType } from "../contract/ontology.ts";
import type { DatedSpan } from "./dates.ts";

export interface UndatedClaim {
  type: RelationshipType;
  modality: Modality;
  /** Offsets in the raw text. */
  subjectSpan: readonly [number, number];
  objectSpan: readonly [number, number];
  /** The subject or the object is an event. */
  ofEvent: boolean;
}

export interface SentenceDates {
  /** Offsets of the sentence (or run of sentences) in the raw text. */
  start: number;
  end: number;
  dates: readonly DatedSpan[];
  /** Mentions of events in it: a date inside one is that event's. */
  eventSpans: readonly (readonly [number, number])[];
}

/** Happenings: a date in their sentence is theirs, if no clause stands between. */
const HAPPENINGS: ReadonlySet<RelationshipType> = new Set<RelationshipType>([
  "ARRESTED",
  "TOOK_DOWN",
  "CONVICTED",
  "ALLEGIANCE_TO",
  "SANCTIONED",
  "HACKED",
  "APPOINTED",
  "KILLED",
  "SEIZED",
  "MET",
  "REMOVED_CONTENT_OF",
  "ATTACKED",
  "FOUNDED",
  "THREATENED",
  "CHARGED",
  "CONDUCTED",
  "CLAIMED",
  "TARGETED",
  "SUCCEEDED",
  "INVESTIGATED",
  "PARTICIPATED_IN",
]);
/** Acts or states: a date is theirs only if it stands beside them. */
const DATED_WHEN_CLOSE: ReadonlySet<RelationshipType> = new Set<RelationshipType>([
  "FUNDED",
  "OWNS",
  "USED",
  "ATTRIBUTED_TO",
  "ACCUSED",
  "COOPERATED_WITH",
  "SUPPORTED",
  "MEMBER_OF",
]);
/** Told sentence after sentence about one day ("Friday the court … It also convicted …"). */
const INHERITING: ReadonlySet<RelationshipType> = new Set<RelationshipType>([
  "CONVICTED",
  "ARRESTED",
  "SANCTIONED",
  "KILLED",
  "TOOK_DOWN",
]);

/** What a report of one day is about, from its headline to its end: judgements and lists of sanctions. */
const OF_THE_DAY: ReadonlySet<RelationshipType> = new Set<RelationshipType>(["CONVICTED", "SANCTIONED"]);

/** Distances in UTF-16 code units; a clause boundary between counts as so many. */
const CLAUSE_COST = 60;
/** "a annoncé lundi avoir arrêté…", "said on Monday that…": the day of the words, used when no other is told. */
const REPORTING_COST = 40;
const REPORTING_BEFORE =
  /(?:annoncé|déclaré|affirmé|indiqué|confirmé|révélé|dit|précisé|assuré|said|announced|confirmed|told \S+|reported|claimed)\s(?:on\s|le\s|ce\s)?$/iu;
const FARTHEST = 160;
const CLOSE = 12;
/** A date that opens its sentence holds for all of it. */
const OPENING_COST = 30;
const OPENING_REACH = 12;

const CLAUSE_BOUNDARY =
  /[;:]|\s[–—-]\s|,\s(?:qui|dont|où|ou|que|mais|puis|tandis|alors|avant|après|who|which|whose|where|but|while|before|after|then)\b|\s(?:après|avant|depuis que|after|before|since)\s/g;

/**
 * @param here the dates of the claim's sentence.
 * @param before those of the sentence before it in the same paragraph; null without one.
 * @param newsDay the day that the report is about; null when it does not tell.
 */
export function dateOfClaim(
  claim: UndatedClaim,
  text: string,
  here: SentenceDates,
  before: SentenceDates | null,
  newsDay: PartialDate | null,
): PartialDate | null {
  const isHappening = HAPPENINGS.has(claim.type) || (claim.type === "LOCATED_IN" && claim.ofEvent);
  if (!isHappening && !DATED_WHEN_CLOSE.has(claim.type)) return null;
  if (claim.type === "FOUNDED" && isFounderByTheWay(claim, text)) return null;
  const limit = isHappening ? FARTHEST : CLOSE;
  let best: DatedSpan | null = null;
  let bestCost = limit;
  for (const dated of here.dates) {
    if (isOfSomethingElse(claim, text, here, dated)) continue;
    const cost = distance(claim, text, here, dated, isHappening);
    if (cost < bestCost) {
      best = dated;
      bestCost = cost;
    }
  }
  if (best !== null) return read(best, claim.modality);
  if (here.dates.length > 0 || claim.modality === "planned") return null;
  if (OF_THE_DAY.has(claim.type) && claim.modality === "asserted" && newsDay !== null) return newsDay;
  return INHERITING.has(claim.type) ? (before?.dates.at(-1)?.date ?? null) : null;
}

/** "X, fondateur de Y, a été arrêté jeudi": the date is not that of the founding. */
function isFounderByTheWay(claim: UndatedClaim, text: string): boolean {
  const from = Math.min(claim.subjectSpan[1], claim.objectSpan[1]);
  const to = Math.max(claim.subjectSpan[0], claim.objectSpan[0]);
  return /\b(?:co-?)?(?:fondat(?:eur|rice)|founder|créateur|créatrice|creator)/iu.test(text.slice(from, to));
}

/** A day that lies this near to the publication is the news of the report. */
const NEWS_DAYS = 8;
/** The day of the news stands in the headline or the first sentences. */
const NEWS_SENTENCES = 5;
const MILLISECONDS_A_DAY = 86_400_000;

/** The first day near the publication that the beginning of the text tells; datelines aside. */
export function findNewsDay(
  text: string,
  sentences: readonly SentenceDates[],
  publishedAt: PartialDate | null,
): PartialDate | null {
  const published = Date.parse(publishedAt ?? "");
  if (publishedAt?.length !== 10 || Number.isNaN(published)) return null;
  for (const sentence of sentences.slice(0, NEWS_SENTENCES)) {
    for (const dated of sentence.dates) {
      if (dated.date.length !== 10 || DATELINE_AFTER.test(text.slice(dated.end, dated.end + 4))) continue;
      if (Math.abs(published - Date.parse(dated.date)) <= NEWS_DAYS * MILLISECONDS_A_DAY) return dated.date;
    }
  }
  return null;
}

const DATELINE_AFTER = /^\s?(?:\.\s?)?[–—-]\s/;
const UNTIL_BEFORE = /(?:jusqu['’](?:en|au|à)|until|till)\s*(?:le\s|the\s)?$/iu;
const BIRTH_BEFORE = /(?<!\p{L})(?:née?|born)\s+(?:le\s|en\s|on\s|in\s)?$/iu;

/** The date of the dateline, of a birth, of a parenthesis, or of an event that the claim is not about. */
function isOfSomethingElse(claim: UndatedClaim, text: string, here: SentenceDates, dated: DatedSpan): boolean {
  if (DATELINE_AFTER.test(text.slice(dated.end, dated.end + 4)) && dated.start - here.start < 60) return true;
  if (BIRTH_BEFORE.test(text.slice(Math.max(here.start, dated.start - 14), dated.start + 3))) return true;
  if (UNTIL_BEFORE.test(text.slice(Math.max(here.start, dated.start - 14), dated.start))) return true;
  if (/^(?:until|jusqu)/i.test(text.slice(dated.start, dated.end))) return true;
  const isInside = ([start, end]: readonly [number, number]): boolean => dated.start >= start && dated.end <= end;
  if (isInside(claim.subjectSpan) || isInside(claim.objectSpan)) return false;
  if (here.eventSpans.some(isInside)) return true;
  const left = text.lastIndexOf("(", dated.start);
  const right = text.indexOf(")", dated.end);
  if (left < here.start || right === -1 || right > here.end || text.slice(left, dated.start).includes(")"))
    return false;
  const parenthesis = [left, right] as const;
  return [claim.subjectSpan, claim.objectSpan].every(([start, end]) => start < parenthesis[0] || end > parenthesis[1]);
}

function read(dated: DatedSpan, modality: Modality): PartialDate {
  return modality === "planned" ? (dated.ahead ?? dated.date) : dated.date;
}

function distance(
  claim: UndatedClaim,
  text: string,
  here: SentenceDates,
  dated: DatedSpan,
  isHappening: boolean,
): number {
  const from = Math.min(claim.subjectSpan[0], claim.objectSpan[0]);
  const to = Math.max(claim.subjectSpan[1], claim.objectSpan[1]);
  const [left, right] = dated.end <= from ? [dated.end, from] : dated.start >= to ? [to, dated.start] : [0, 0];
  const between = text.slice(left, right);
  const clauses = between.match(CLAUSE_BOUNDARY)?.length ?? 0;
  const reported = REPORTING_BEFORE.test(text.slice(Math.max(here.start, dated.start - 24), dated.start));
  const plain = between.length + CLAUSE_COST * clauses + (reported ? REPORTING_COST : 0);
  const opens = dated.start - here.start <= OPENING_REACH && dated.end <= from;
  return opens && isHappening ? Math.min(plain, OPENING_COST + between.length / 10) : plain;
}
