/**
 * Expressions of dates, French and English, as forms that wait for their reference day: what the words say, not yet which day it
 * is. `dates.ts` resolves them.
 */
import type { Language } from "../contract/ontology.ts";

export type Direction = "past" | "future" | null;

export type DateForm =
  | { kind: "date"; year: number; month: number | null; day: number | null }
  | { kind: "day"; month: number; day: number; direction: Direction }
  | { kind: "month"; month: number; direction: Direction }
  | { kind: "monthOfYear"; month: number; years: number }
  /** 0 is Sunday. */
  | { kind: "weekday"; weekday: number; direction: Direction }
  /** Counted from the day of publication. */
  | { kind: "days"; count: number }
  | { kind: "months"; count: number }
  | { kind: "years"; count: number }
  /** The month in which most of that week lies. */
  | { kind: "weeks"; count: number }
  /** A season, of which the year is told: its middle month decides which. */
  | { kind: "season"; month: number; direction: Direction }
  /** The month of two weekdays told together. */
  | { kind: "weekdays"; last: number }
  /** An hour or a part of a day: of the day that the text told last, else that of publication. */
  | { kind: "hour" }
  /** Counted from the date that the text told before. */
  | { kind: "fromTold"; unit: "days" | "months" | "years"; count: number };

export interface DateExpression {
  /** Indices in the folded text, end exclusive. */
  start: number;
  end: number;
  form: DateForm;
  /** Begins a span that goes on ("since 2015", "depuis lundi"). */
  since: boolean;
}

const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  fr: "janvier|janv fevrier|fevr|fev mars avril mai juin juillet|juil aout septembre|sept octobre|oct novembre|nov decembre|dec".split(
    " ",
  ),
  en: "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept|sep october|oct november|nov december|dec".split(
    " ",
  ),
};
const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  fr: "dimanche lundi mardi mercredi jeudi vendredi samedi".split(" "),
  en: "sunday monday tuesday wednesday thursday friday saturday".split(" "),
};
const NUMBERS: Readonly<Record<Language, readonly string[]>> = {
  fr: "zero un|une deux trois quatre cinq six sept huit neuf dix onze douze".split(" "),
  en: "zero one|a|an two three four five six seven eight nine ten eleven twelve".split(" "),
};

/** Months and weekdays: in English they begin with a capital ("may", "march" and "sat" are words), in French either way. */
function alternatives(words: readonly string[], language: Language): string {
  const forms = words
    .flatMap((word) => word.split("|"))
    .flatMap((word) => {
      const capital = word.charAt(0).toUpperCase() + word.slice(1);
      return language === "en" ? [capital, word.toUpperCase()] : [word, capital, word.toUpperCase()];
    });
  return [...new Set(forms)].sort((a, b) => b.length - a.length).join("|");
}

function indexOfWord(words: readonly string[], word: string): number {
  const lower = word.toLowerCase();
  return words.findIndex((forms) => forms.split("|").includes(lower));
}

interface Rule {
  pattern: RegExp;
  /** Null when the groups make no date. */
  form(groups: Readonly<Record<string, string | undefined>>): DateForm | null;
}

const WHICH = "(?<which>dernier|passe|prochain)";
const YEAR = "(?<year>(?:18|19|20)\\d\\d)";

function day(text: string | undefined): number | null {
  const value = Number.parseInt(text ?? "", 10);
  return value >= 1 && value <= 31 ? value : null;
}

function monthRules(language: Language): Rule[] {
  const month = `(?<month>${alternatives(MONTHS[language], language)})\\.?`;
  const weekday = `(?:(?:${alternatives(WEEKDAYS[language], language)}),?\\s+)?`;
  const monthOf = (name: string | undefined): number => indexOfWord(MONTHS[language], name ?? "") + 1;
  const whole: Rule["form"] = (groups) => {
    const number = day(groups["day"]);
    const year = groups["year"] === undefined ? null : Number(groups["year"]);
    const value = monthOf(groups["month"]);
    if (number === null) return null;
    return year === null
      ? { kind: "day", month: value, day: number, direction: directionOf(groups["which"]) }
      : { kind: "date", year, month: value, day: number };
  };
  const monthAlone: Rule["form"] = (groups) => {
    const value = monthOf(groups["month"]);
    return groups["year"] === undefined
      ? { kind: "month", month: value, direction: directionOf(groups["which"]) }
      : { kind: "date", year: Number(groups["year"]), month: value, day: null };
  };
  if (language === "fr") {
    return [
      // "du 3 au 5 mars", "3 et 4 mars": the month is what all of it shares.
      rule(
        `\\d{1,2}(?:er)?\\s+(?:au|et|a|-)\\s+(?:${weekday})\\d{1,2}\\s+${month}(?:\\s+${YEAR}|\\s+${WHICH})?`,
        monthAlone,
      ),
      rule(`${weekday}(?<day>\\d{1,2})(?:\\s?er)?\\s+${month}(?:\\s+${YEAR}|\\s+${WHICH})?`, whole),
      rule(
        `(?:[Ee]n|[Dd]e|[Dd]'|[Dd]epuis|[Ff]in|[Dd]ebut|[Mm]i-|[Cc]ourant|mois de|mois d'|[Dd]es|en,)\\s*${month}(?:\\s+${YEAR}|\\s+${WHICH})?`,
        monthAlone,
      ),
      rule(`${month}\\s+(?:${YEAR}|${WHICH})`, monthAlone),
    ];
  }
  return [
    rule(
      `${month}\\s+\\d{1,2}(?:st|nd|rd|th)?\\s*(?:-|–|to|and)\\s*\\d{1,2}(?:st|nd|rd|th)?(?:,?\\s+${YEAR})?`,
      monthAlone,
    ),
    rule(
      `${weekday}(?<which>last|next|this)?\\s*${month}\\s+(?<day>\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?:,?\\s+${YEAR})?`,
      whole,
    ),
    rule(`${weekday}(?:the\\s+)?(?<day>\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?${month}(?:,?\\s+${YEAR})?`, whole),
    rule(`${month},?\\s+${YEAR}`, monthAlone),
    rule(`${month}(?='s)`, monthAlone),
    rule(`(?<which>[Ll]ast|[Nn]ext|[Tt]his)\\s+${month}(?!\\s+\\d)`, monthAlone),
    rule(`(?:in )?${month}(?: of)? (?<which>this|last|next) year`, (groups) => ({
      kind: "monthOfYear",
      month: monthOf(groups["month"]),
      years: groups["which"] === "last" ? -1 : groups["which"] === "next" ? 1 : 0,
    })),
    rule(
      `(?:[Ii]n|[Ss]ince|[Dd]uring|[Uu]ntil|[Bb]y|of|[Ll]ate|[Ee]arly|[Mm]id-?|[Ff]rom|[Aa]s|[Tt]he|an?)\\s*${month}(?!\\s+\\d)`,
      monthAlone,
    ),
  ];
}

function weekdayRules(language: Language): Rule[] {
  const weekday = `(?<weekday>${alternatives(WEEKDAYS[language], language)})`;
  const form: Rule["form"] = (groups) => ({
    kind: "weekday",
    weekday: indexOfWord(WEEKDAYS[language], groups["weekday"] ?? ""),
    direction: directionOf(groups["which"]),
  });
  const both: Rule["form"] = (groups) => ({
    kind: "weekdays",
    last: indexOfWord(WEEKDAYS[language], groups["weekday"] ?? ""),
  });
  const anyDay = alternatives(WEEKDAYS[language], language);
  if (language === "en") {
    return [rule(`(?:${anyDay}) and ${weekday}`, both), rule(`(?:(?<which>last|next|this|past)\\s+)?${weekday}`, form)];
  }
  return [
    rule(`(?:${anyDay})(?: soir)? et (?:${weekday})`, both),
    // A night belongs to the day on which it ends.
    rule(`nuit de (?:${anyDay}) a ${weekday}`, form),
    rule(`${weekday}(?:\\s+(?:matin|midi|apres-midi|soir))?(?:\\s+(?<which>dernier|passe|prochain))?`, form),
  ];
}

function directionOf(word: string | undefined): Direction {
  switch (word?.toLowerCase()) {
    case "dernier":
    case "passe":
    case "last":
    case "past":
      return "past";
    case "prochain":
    case "next":
      return "future";
    default:
      return null;
  }
}

function rule(source: string, form: Rule["form"], flags = "g"): Rule {
  return { pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, `${flags}u`), form };
}

function fixed(source: string, form: DateForm): Rule {
  return rule(source, () => form, "gi");
}

function agoRules(language: Language): Rule[] {
  const number = `(?<count>\\d{1,3}|${NUMBERS[language].join("|")})`;
  const countOf = (text: string | undefined): number => {
    const value = Number(text);
    return Number.isNaN(value) ? indexOfWord(NUMBERS[language], text ?? "") : value;
  };
  const unit =
    language === "fr"
      ? "(?<unit>jours?|semaines?|mois|ans|an|annees?|quinze jours)"
      : "(?<unit>days?|weeks?|months?|years?)";
  const counted = (groups: Readonly<Record<string, string | undefined>>, sign: 1 | -1): Counted | null => {
    const count = sign * countOf(groups["count"]);
    return count === 0 || Number.isNaN(count) ? null : { count, unit: unitOf(groups["unit"]) };
  };
  const ago: Rule["form"] = (groups) => {
    const found = counted(groups, -1);
    return found === null ? null : { kind: found.unit, count: found.count };
  };
  const later: Rule["form"] = (groups) => {
    const found = counted(groups, 1);
    if (found === null) return null;
    return found.unit === "weeks"
      ? { kind: "fromTold", unit: "days", count: 7 * found.count }
      : { kind: "fromTold", unit: found.unit, count: found.count };
  };
  return language === "fr"
    ? [
        rule(`il y a (?:environ |pres de |un peu plus de |plus de )?${number}\\s+${unit}`, ago, "gi"),
        rule(`${number}\\s+${unit}\\s+plus tard`, later, "gi"),
      ]
    : [
        rule(`${number}\\s+${unit}\\s+ago`, ago, "gi"),
        rule(`${number}\\s+${unit}\\s+(?:later|afterwards)`, later, "gi"),
      ];
}

interface Counted {
  count: number;
  unit: "days" | "weeks" | "months" | "years";
}

function unitOf(word: string | undefined): Counted["unit"] {
  switch (word?.charAt(0).toLowerCase()) {
    case "j":
    case "d":
      return "days";
    case "m":
      return "months";
    case "a":
    case "y":
      return "years";
    default:
      return "weeks";
  }
}

/** Which words a season goes by, with its middle month. */
const SEASONS: Readonly<Record<Language, readonly (readonly [string, number])[]>> = {
  fr: [
    ["printemps", 4],
    ["ete", 7],
    ["automne", 10],
  ],
  en: [
    ["spring", 4],
    ["summer", 7],
    ["autumn", 10],
  ],
};

function seasonRules(language: Language): Rule[] {
  return SEASONS[language].map(([name, month]) => {
    const form: Rule["form"] = (groups) => ({ kind: "season", month, direction: directionOf(groups["which"]) });
    return language === "fr"
      ? rule(`(?:au |cet |ce |a l'|l')${name}(?: ${WHICH})?`, form, "gi")
      : rule(`(?:in the |(?<which>last|next|this|that) )${name}`, form, "gi");
  });
}

const RULES: Readonly<Record<Language, readonly Rule[]>> = {
  fr: [
    ...monthRules("fr"),
    ...weekdayRules("fr"),
    ...agoRules("fr"),
    fixed("avant-hier", { kind: "days", count: -2 }),
    fixed("hier(?: (?:matin|soir|apres-midi))?|(?:la )?nuit derniere", { kind: "days", count: -1 }),
    fixed(
      "aujourd'hui|ce (?:matin|soir|midi|jour)|cet apres-midi|cette nuit|en fin de (?:matinee|journee)|dans la matinee",
      {
        kind: "days",
        count: 0,
      },
    ),
    fixed(
      "(?:vers|a|des|peu (?:apres|avant)) \\d{1,2} ?h(?:eures)?(?: ?\\d\\d)?|dans (?:la nuit|l'apres-midi|la soiree|la journee)|ce (?:jour|soir)-la",
      {
        kind: "hour",
      },
    ),
    fixed("demain(?: (?:matin|soir))?", { kind: "days", count: 1 }),
    fixed("(?:la )?semaine (?:derniere|passee)", { kind: "weeks", count: -1 }),
    fixed("cette semaine|dans la semaine", { kind: "weeks", count: 0 }),
    fixed("la semaine prochaine", { kind: "weeks", count: 1 }),
    ...seasonRules("fr"),
    fixed("(?:le )?mois (?:dernier|passe)", { kind: "months", count: -1 }),
    fixed("ce mois(?:-ci)?|(?:au |le )?(?:debut|fin) du mois", { kind: "months", count: 0 }),
    fixed("le mois prochain", { kind: "months", count: 1 }),
    fixed("l'an (?:dernier|passe)|l'annee (?:derniere|passee)", { kind: "years", count: -1 }),
    fixed("cette annee", { kind: "years", count: 0 }),
    fixed("l'an prochain|l'annee prochaine", { kind: "years", count: 1 }),
    fixed("(?:la )?veille(?: au soir)?", { kind: "fromTold", unit: "days", count: -1 }),
    fixed("(?:le )?lendemain(?: matin)?", { kind: "fromTold", unit: "days", count: 1 }),
    fixed("(?:le )?(?:meme jour|jour meme)", { kind: "fromTold", unit: "days", count: 0 }),
    rule(
      `(?:en|depuis|des|fin|debut|mi-|l'annee|printemps|ete|automne|hiver|de|d'|annees?)\\s*${YEAR}`,
      yearForm,
      "gi",
    ),
    rule(`(?<day>\\d{1,2})[/.](?<month>\\d{1,2})[/.]${YEAR}`, numeric),
  ],
  en: [
    ...monthRules("en"),
    ...weekdayRules("en"),
    ...agoRules("en"),
    fixed("yesterday|last night|overnight", { kind: "days", count: -1 }),
    fixed("today|tonight|this (?:morning|afternoon|evening)", { kind: "days", count: 0 }),
    fixed(
      "(?:at|around|by|before|after) \\d{1,2}(?:[:.]\\d\\d)? ?(?:a\\.?m\\.?|p\\.?m\\.?)|(?:that|the same) (?:day|night|evening|morning|afternoon)",
      {
        kind: "hour",
      },
    ),
    fixed("tomorrow", { kind: "days", count: 1 }),
    fixed("last week", { kind: "weeks", count: -1 }),
    fixed("(?:earlier |later )?this week", { kind: "weeks", count: 0 }),
    fixed("next week", { kind: "weeks", count: 1 }),
    ...seasonRules("en"),
    fixed("last month", { kind: "months", count: -1 }),
    fixed("(?:earlier |later |early )?this month", { kind: "months", count: 0 }),
    fixed("next month", { kind: "months", count: 1 }),
    fixed("last year", { kind: "years", count: -1 }),
    fixed("(?:earlier |later )?this year", { kind: "years", count: 0 }),
    fixed("next year", { kind: "years", count: 1 }),
    fixed("(?:the )?(?:day before|previous day)", { kind: "fromTold", unit: "days", count: -1 }),
    fixed("(?:the )?(?:day after|next day|following day)", { kind: "fromTold", unit: "days", count: 1 }),
    rule(`(?:in|since|by|late|early|mid-?|spring|summer|autumn|fall|winter|of|from|until)\\s*${YEAR}`, yearForm, "gi"),
    // "the 2007 election"
    rule(`(?:the|an?|its|his|her|their|this|in|'s)\\s+${YEAR}(?=\\s+\\p{L})`, yearForm),
  ],
};
const BOTH: readonly Rule[] = [
  rule(`${YEAR}-(?<month>\\d\\d)-(?<day>\\d\\d)`, numeric),
  // A year in parentheses: "the festival (2014)".
  rule(`(?<=\\()${YEAR}(?=\\))`, yearForm),
];

function yearForm(groups: Readonly<Record<string, string | undefined>>): DateForm {
  return { kind: "date", year: Number(groups["year"]), month: null, day: null };
}

function numeric(groups: Readonly<Record<string, string | undefined>>): DateForm | null {
  const [month, number] = [Number(groups["month"]), day(groups["day"])];
  if (number === null || month < 1 || month > 12) return null;
  return { kind: "date", year: Number(groups["year"]), month, day: number };
}

const SINCE = /(?:depuis|since|des)\s+(?:le\s+|la\s+|l')?$/i;

/** The expressions of a folded text, in order; of two that overlap the longer stays. */
export function findDateExpressions(text: string, language: Language): DateExpression[] {
  const found: DateExpression[] = [];
  for (const rule of [...RULES[language], ...BOTH]) {
    for (const match of text.matchAll(rule.pattern)) {
      const value = rule.form(match.groups ?? {});
      if (value === null) continue;
      const start = match.index;
      const since = /^(?:depuis|since)/i.test(match[0]) || SINCE.test(text.slice(Math.max(0, start - 12), start));
      found.push({ start, end: start + match[0].length, form: value, since });
    }
  }
  found.sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start);
  const kept: DateExpression[] = [];
  for (const each of found) {
    if (kept.every((other) => each.end <= other.start || each.start >= other.end)) kept.push(each);
  }
  // Beside a day, an hour of it says nothing new.
  const days = kept.filter((each) => each.form.kind !== "hour");
  return (days.length > 0 ? days : kept).sort((a, b) => a.start - b.start);
}
