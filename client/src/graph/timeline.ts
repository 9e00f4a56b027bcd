/**
 * The claims of a view over time: bars of one month or one year each, and which days a stretch of them stands for.
 */
import type { Timeline } from "../../../server/contract/graph.ts";

export interface Bar {
  /** `2019-11`, or `2019` where years are counted. */
  period: string;
  /** Claims dated within it. */
  within: number;
  /** Claims of which only the year is known, in a bar of a month: each stands in all twelve, as the filter lets it pass. */
  around: number;
}

/** Beyond this many months, bars are years. */
const MOST_MONTHS = 144;

export function barsOf({ dates }: Pick<Timeline, "dates">): Bar[] {
  const months = dates.map(({ date }) => date.slice(0, 7));
  const first = months.at(0);
  if (first === undefined) return [];
  const from = first.length === 4 ? `${first}-01` : first;
  const to = months.reduce((latest, month) => later(latest, month.length === 4 ? `${month}-12` : month), from);
  const monthly = monthNumber(to) - monthNumber(from) < MOST_MONTHS;
  const bars = new Map<string, Bar>();
  const [start, end] = monthly
    ? [monthNumber(from), monthNumber(to)]
    : [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  for (let index = start; index <= end; index += 1) {
    const period = monthly ? monthName(index) : String(index).padStart(4, "0");
    bars.set(period, { period, within: 0, around: 0 });
  }
  for (const { date, claims } of dates) {
    if (!monthly || date.length > 4) {
      const bar = bars.get(date.slice(0, monthly ? 7 : 4));
      if (bar !== undefined) bar.within += claims;
      continue;
    }
    for (const bar of bars.values()) if (bar.period.startsWith(date)) bar.around += claims;
  }
  return [...bars.values()];
}

/** The bars that days from `from` to `to` touch, first and last; null when they touch none. */
export function stretchOf(
  bars: readonly Bar[],
  from: string | undefined,
  to: string | undefined,
): readonly [first: number, last: number] | null {
  const first = from === undefined ? 0 : bars.findIndex(({ period }) => period >= from.slice(0, period.length));
  const last =
    to === undefined
      ? bars.length - 1
      : bars.findLastIndex(({ period }) => period.slice(0, to.length) <= to.slice(0, period.length));
  return first < 0 || last < first ? null : [first, last];
}

/** Claims that the filter lets pass when its days are those of the stretch. */
export function claimsIn({ dates }: Pick<Timeline, "dates">, from: string, to: string): number {
  const passes = (date: string) => {
    const start = Math.min(date.length, from.length);
    const end = Math.min(date.length, to.length);
    return date.slice(0, start) >= from.slice(0, start) && date.slice(0, end) <= to.slice(0, end);
  };
  return dates.reduce((sum, { date, claims }) => sum + (passes(date) ? claims : 0), 0);
}

/** The days of a stretch for the filter; none when it is all there is. */
export function daysOf(
  bars: readonly Bar[],
  first: number,
  last: number,
): { from: string | undefined; to: string | undefined } {
  if (first <= 0 && last >= bars.length - 1) return { from: undefined, to: undefined };
  return { from: bars[first]?.period, to: bars[last]?.period };
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

function monthNumber(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

function monthName(index: number): string {
  return `${String(Math.floor(index / 12)).padStart(4, "0")}-${String((index % 12) + 1).padStart(2, "0")}`;
}
