/**
 * Date expressions and the day of publication → dates as precise as the words are. What the words and the publication do not
 * determine stays null.
 */
import type { PartialDate } from "../contract/dates.ts";
import type { Language } from "../contract/ontology.ts";
import { findDateExpressions, type DateForm, type Direction } from "./date-forms.ts";
import type { FoldedText } from "./folded-text.ts";

export interface DatedSpan {
  /** Offsets in the raw text. */
  start: number;
  end: number;
  date: PartialDate;
  since: boolean;
  /** The same expression read as lying ahead, for what is planned; null when it cannot. */
  ahead: PartialDate | null;
}

/** What is known when an expression is resolved. */
export interface DateContext {
  language: Language;
  publishedAt: PartialDate | null;
  /** The day that the text told last, for "la veille" and "the next day". */
  told: PartialDate | null;
}

/** The dates of a stretch of text, in order. */
export function findDates(text: FoldedText, context: DateContext): DatedSpan[] {
  let { told } = context;
  const found: DatedSpan[] = [];
  for (const { start, end, form, since } of findDateExpressions(text.text, context.language)) {
    const date = resolve(form, { ...context, told }, "past");
    if (date === null) continue;
    const ahead = resolve(form, { ...context, told }, "future");
    told = date;
    found.push({ start: text.startOf(start), end: text.endOf(end - 1), date, since, ahead });
  }
  return found;
}

interface Day {
  year: number;
  month: number;
  day: number;
}

const MILLISECONDS_A_DAY = 86_400_000;

function resolve(form: DateForm, { publishedAt, told }: DateContext, leaning: "past" | "future"): PartialDate | null {
  const published = dayOf(publishedAt);
  switch (form.kind) {
    case "date":
      return written(form.year, form.month, form.day);
    case "day": {
      const year = yearNear(form.month, form.day, publishedAt, form.direction ?? leaning);
      return year === null ? null : written(year, form.month, form.day);
    }
    case "month": {
      const year = yearNear(form.month, null, publishedAt, form.direction ?? leaning);
      return year === null ? null : written(year, form.month, null);
    }
    case "weekday":
      return published === null
        ? null
        : weekdayNear(published, form.weekday, form.direction ?? leaning, form.direction);
    case "weekdays":
      return published === null ? null : weekdayNear(published, form.last, leaning, null).slice(0, 7);
    case "hour":
      return told?.length === 10 ? told : published === null ? null : publishedAt;
    case "days":
      return published === null ? null : shifted(published, form.count);
    case "months":
      return monthsAway(publishedAt, form.count);
    case "weeks": {
      if (published === null) return null;
      // The Thursday of a week lies in the month that has most of it.
      const weekday = new Date(Date.UTC(published.year, published.month - 1, published.day)).getUTCDay();
      return shifted(published, form.count * 7 + 4 - (weekday === 0 ? 7 : weekday)).slice(0, 7);
    }
    case "season": {
      const year = yearNear(form.month, null, publishedAt, form.direction ?? leaning);
      return year === null ? null : String(year);
    }
    case "years": {
      const year = Number(publishedAt?.slice(0, 4) ?? Number.NaN);
      return Number.isNaN(year) ? null : String(year + form.count);
    }
    case "monthOfYear": {
      const year = Number(publishedAt?.slice(0, 4) ?? Number.NaN);
      return Number.isNaN(year) ? null : written(year + form.years, form.month, null);
    }
    case "fromTold":
      return told === null ? null : fromTold(told, form.unit, form.count);
  }
}

function fromTold(told: PartialDate, unit: "days" | "months" | "years", count: number): PartialDate | null {
  const day = dayOf(told);
  switch (unit) {
    case "days":
      return day === null ? null : shifted(day, count);
    case "months":
      return monthsAway(told, count);
    case "years":
      return String(Number(told.slice(0, 4)) + count);
  }
}

function written(year: number, month: number | null, day: number | null): PartialDate | null {
  if (month === null) return String(year);
  const yearAndMonth = `${year}-${String(month).padStart(2, "0")}`;
  if (day === null) return yearAndMonth;
  if (new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) return null;
  return `${yearAndMonth}-${String(day).padStart(2, "0")}`;
}

function dayOf(date: PartialDate | null): Day | null {
  const [year, month, day] = (date ?? "").split("-").map(Number);
  return year === undefined || month === undefined || day === undefined ? null : { year, month, day };
}

function shifted({ year, month, day }: Day, days: number): PartialDate {
  return new Date(Date.UTC(year, month - 1, day) + days * MILLISECONDS_A_DAY).toISOString().slice(0, 10);
}

function monthsAway(publishedAt: PartialDate | null, count: number): PartialDate | null {
  const [year, month] = (publishedAt ?? "").split("-").map(Number);
  if (year === undefined || month === undefined) return null;
  return new Date(Date.UTC(year, month - 1 + count, 1)).toISOString().slice(0, 7);
}

function weekdayNear(published: Day, weekday: number, leaning: "past" | "future", explicit: Direction): PartialDate {
  const today = new Date(Date.UTC(published.year, published.month - 1, published.day)).getUTCDay();
  const back = (today - weekday + 7) % 7;
  const ahead = (weekday - today + 7) % 7;
  // "lundi dernier", said on a Monday, is a week ago; "lundi" is today.
  if (leaning === "past") return shifted(published, -(back === 0 && explicit === "past" ? 7 : back));
  return shifted(published, ahead === 0 && explicit === "future" ? 7 : ahead);
}

/** A day that lies this little ahead is read as ahead even in a report of what happened ("mercredi 5 mai" before the 5th). */
const SOON_DAYS = 20;
/** For what is planned, a month or day this far back is read as the next one. */
const LONG_PAST_DAYS = 20;

/** The year in which the month (or day) lies nearest to the publication in the direction that is meant. */
function yearNear(
  month: number,
  day: number | null,
  publishedAt: PartialDate | null,
  leaning: "past" | "future",
): number | null {
  const [year, publishedMonth, publishedDay] = (publishedAt ?? "").split("-").map(Number);
  if (year === undefined || publishedMonth === undefined) return null;
  const at = Date.UTC(year, month - 1, day ?? 15);
  const now = Date.UTC(year, publishedMonth - 1, day === null ? 15 : (publishedDay ?? 15));
  const days = (at - now) / MILLISECONDS_A_DAY;
  if (leaning === "past") return days > SOON_DAYS ? year - 1 : year;
  return days < -LONG_PAST_DAYS ? year + 1 : year;
}
