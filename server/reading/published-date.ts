/**
 * The day of publication that an article's own text tells: a dateline ("BRUXELLES, 25 novembre 2019 —", "Paris, le 3 mars 2021"),
 * a line of its own ("Published March 3, 2021") or a date in parentheses near the beginning. A date inside a sentence is an
 * event's, not the article's, and is left alone.
 */
import { isExistingDate } from "../contract/dates.ts";

/** Datelines stand at the top: how far to look, in UTF-16 units. */
const HEAD_LENGTH = 600;

const MONTHS: readonly (readonly [number, string])[] = [
  [1, "janvier january janv jan"],
  [2, "février fevrier february févr fevr feb"],
  [3, "mars march mar"],
  [4, "avril april avr apr"],
  [5, "mai may"],
  [6, "juin june jun"],
  [7, "juillet july juil jul"],
  [8, "août aout august aug"],
  [9, "septembre september sept sep"],
  [10, "octobre october oct"],
  [11, "novembre november nov"],
  [12, "décembre decembre december déc dec"],
];

/** Lower, title and upper case by hand: the flag `i` would also let a place name begin with a small letter. */
function anyCase(words: string): string {
  return words
    .split(" ")
    .flatMap((word) => [word, word.charAt(0).toUpperCase() + word.slice(1), word.toUpperCase()])
    .join("|");
}

const MONTH = `(?:${MONTHS.map(([, names]) => anyCase(names)).join("|")})\\.?`;
const DAYS_OF_WEEK =
  "lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday saturday sunday";
const WEEKDAY = `(?:(?:${anyCase(DAYS_OF_WEEK)})\\s*,?\\s+)?`;
const DAY_FIRST = `(?<day>\\d{1,2})(?:er|st|nd|rd|th)?\\s+(?<month>${MONTH}),?\\s+(?<year>\\d{4})`;
const MONTH_FIRST = `(?<month>${MONTH})\\s+(?<day>\\d{1,2})(?:st|nd|rd|th)?,?\\s+(?<year>\\d{4})`;
const ISO = "(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})";
const DOTTED = "(?<day>\\d{1,2})[./](?<month>\\d{1,2})[./](?<year>\\d{4})";

const CLOCK =
  "(?:\\s*(?:,|à|at|-|–|\\||·)?\\s*\\d{1,2}\\s?[h:]\\s?(?:\\d{2})?(?:\\s?(?:am|pm|AM|PM|UTC|GMT|CET|EST))?)?";
const LABEL = `(?:(?:${anyCase("publié posté paru published posted date")}|[Mm]is en ligne)\\s*:?\\s*(?:le|on)?\\s*|[Ll]e\\s+)?`;
const AGENCY = "(?:\\s*\\((?:[^()\\n]{1,30})\\))?";
/** At most six capitalised or linking words, as place names and agencies have them. */
const PLACE =
  "(?:[\\p{Lu}][\\p{L}.'’-]*(?:[ \\u00A0/](?:[\\p{Lu}(][\\p{L}.'’)-]*|de|du|des|la|le|les|sur|en|of|the|and|et)){0,5}(?:,\\s*[\\p{Lu}][\\p{L}.'’ -]{1,30})?)";

interface Shape {
  pattern: RegExp;
  /** Only a French text writes 03/04/2021 for the third of April. */
  dayFirstOnly: boolean;
}

function shapesOf(date: string, dayFirstOnly: boolean): Shape[] {
  const at = `(?:^|\\n)[ \\t\\u00A0]*`;
  const sources = [
    // A line of its own, with a place or without.
    `${at}(?:${PLACE}\\s*[,–—-]\\s*)?${LABEL}${WEEKDAY}${date}${CLOCK}\\s*[.–—:-]*[ \\t]*(?=\\n|$)`,
    // The beginning of a paragraph.
    `${at}(?:${PLACE}${AGENCY}\\s*[,–—-]\\s*)?(?:le\\s+)?${WEEKDAY}${date}${CLOCK}${AGENCY}\\s*[.,]?\\s*(?:[–—:]|-(?=\\s)|-{2})`,
    `${at}${PLACE}${AGENCY}\\s*,\\s*(?:le\\s+)?${WEEKDAY}${date}\\s*\\.(?=\\s)`,
    // In parentheses that open or close a paragraph, or follow a dateline's place.
    `${at}(?:${PLACE}[\\s,]*)?\\((?:[\\p{Lu}][\\p{L}./ -]{1,25}[,–—-]\\s*)?(?:le\\s+)?${WEEKDAY}${date}\\)`,
    `\\((?:le\\s+)?${WEEKDAY}${date}\\)[ \\t]*[.–—-]?[ \\t]*(?=\\n|$)`,
  ];
  return sources.map((source) => ({ pattern: new RegExp(source, "u"), dayFirstOnly }));
}

const SHAPES: readonly Shape[] = [
  ...shapesOf(DAY_FIRST, false),
  ...shapesOf(MONTH_FIRST, false),
  ...shapesOf(ISO, false),
  ...shapesOf(DOTTED, true),
];

/** `YYYY-MM-DD` from the first dateline of the text, or null. @param language decides whether 03/04/2021 can be read. */
export function datelineOf(text: string, language: string | null = null): string | null {
  const head = text.slice(0, HEAD_LENGTH);
  let first: { at: number; date: string } | null = null;
  for (const { pattern, dayFirstOnly } of SHAPES) {
    const match = pattern.exec(head);
    if (match?.groups === undefined || (first !== null && match.index >= first.at)) continue;
    if (dayFirstOnly && language !== "fr" && match[0].includes("/")) continue;
    const date = dateOfGroups(match.groups);
    if (date !== null) first = { at: match.index, date };
  }
  return first?.date ?? null;
}

const LONE_DATES = [ISO, DAY_FIRST, MONTH_FIRST].map((date) => new RegExp(date, "u"));

/** The day in a date field of a page or a header (`2019-11-25T10:00:00+01:00`, `25 novembre 2019`), as written there, or null. */
export function dayOfField(field: string): string | null {
  const partial = /^\s*(\d{4}(?:-\d{2})?)\s*$/.exec(field)?.[1];
  if (partial !== undefined) return isExistingDate(partial) ? partial : null;
  for (const pattern of LONE_DATES) {
    const groups = pattern.exec(field.slice(0, 200))?.groups;
    const date = groups === undefined ? null : dateOfGroups(groups);
    if (date !== null) return date;
  }
  return numericDay(field);
}

/** 25/11/2019 and 11/25/2019 can be read, 03/04/2021 cannot. */
function numericDay(field: string): string | null {
  const [, first, second, year] = /^\s*(\d{1,2})[./](\d{1,2})[./](\d{4})(?!\d)/.exec(field) ?? [];
  const isDayFirst = Number(first) > 12 || first === second;
  const isMonthFirst = Number(second) > 12;
  if (isDayFirst === isMonthFirst) return null;
  return dateOfGroups(isDayFirst ? { day: first, month: second, year } : { day: second, month: first, year });
}

const MONTH_NUMBERS = MONTHS.map(
  ([number, names]) => [number, new RegExp(`^(?:${anyCase(names)})\\.?$`, "u")] as const,
);

function dateOfGroups(groups: Record<string, string | undefined>): string | null {
  const { day, month, year } = groups;
  if (day === undefined || month === undefined || year === undefined) return null;
  const number = /^\d+$/.test(month) ? Number(month) : MONTH_NUMBERS.find(([, pattern]) => pattern.test(month))?.[0];
  if (number === undefined) return null;
  const date = `${year}-${String(number).padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isExistingDate(date) && Number(year) >= 1500 ? date : null;
}
