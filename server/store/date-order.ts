/**
 * Order of dates that are as precise as known. Used for first and last dates of entities and edges; of two dates that begin
 * (or end) on the same day the more precise one is kept.
 */
import { dateSpan, type PartialDate } from "../contract/dates.ts";

type Dates = Iterable<PartialDate | null>;

export function firstDate(dates: Dates): PartialDate | null {
  return pick(dates, (a, b) => compare(a.from, b.from) || compare(a.to, b.to));
}

export function lastDate(dates: Dates): PartialDate | null {
  return pick(dates, (a, b) => compare(b.to, a.to) || compare(b.from, a.from));
}

/** Code-unit order: the same on every machine and in both engines. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function pick(dates: Dates, order: (a: { from: string; to: string }, b: { from: string; to: string }) => number) {
  let best: { date: PartialDate; span: { from: string; to: string } } | null = null;
  for (const date of dates) {
    const span = dateSpan(date);
    if (date === null || span === null) continue;
    if (best === null || order(span, best.span) < 0) best = { date, span };
  }
  return best?.date ?? null;
}
