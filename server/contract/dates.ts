/**
 * Dates as precise as known: `2019`, `2019-11` or `2019-11-24`, and the first and last day that they cover. Used wherever
 * dates cross a border.
 */
import { z } from "zod";

export const partialDateSchema = z
  .string()
  .regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/, "a date is 2019, 2019-11 or 2019-11-24");

export type PartialDate = z.infer<typeof partialDateSchema>;

export interface DateSpan {
  /** First day, `YYYY-MM-DD`. */
  from: string;
  /** Last day, `YYYY-MM-DD`, inclusive. */
  to: string;
}

/** The days that a partial date covers; null stays null. */
export function dateSpan(date: PartialDate | null): DateSpan | null {
  if (date === null) return null;
  const [year, month, day] = date.split("-");
  if (year === undefined) return null;
  if (month === undefined) return { from: `${year}-01-01`, to: `${year}-12-31` };
  if (day !== undefined) return { from: date, to: date };
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return { from: `${year}-${month}-01`, to: `${year}-${month}-${String(lastDay).padStart(2, "0")}` };
}

/** Whether the string is an existing calendar day, month or year (`2023-02-30` is not). */
export function isExistingDate(date: string): boolean {
  if (!partialDateSchema.safeParse(date).success) return false;
  const [year, month, day] = date.split("-").map(Number);
  if (year === undefined || month === undefined || day === undefined) return true;
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
}
