/**
 * A row of an answer and the readers of its columns. Mappers of the queries use these, so that a database whose content does
 * not have the promised shape is told by name instead of travelling on as `undefined`.
 */
import { AppError } from "../errors.ts";

/** Column name → plain value (no nodes: our own queries return properties). */
export type Row = Readonly<Record<string, unknown>>;

function misfit(row: Row, column: string, wanted: string): AppError {
  const value = row[column];
  const shown = value === undefined || value === null ? "nothing" : typeof value;
  return new AppError(
    "internal",
    `The database holds ${shown} where ${column} should be ${wanted}. It was changed by another program; "fil-rouge rebuild" computes the graph again.`,
  );
}

export function textIn(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== "string") throw misfit(row, column, "a text");
  return value;
}

export function textOrNullIn(row: Row, column: string): string | null {
  return isAbsent(row[column]) ? null : textIn(row, column);
}

export function numberIn(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== "number") throw misfit(row, column, "a number");
  return value;
}

/** Zero where the database has nothing. */
export function countIn(row: Row, column: string): number {
  return isAbsent(row[column]) ? 0 : numberIn(row, column);
}

/** False where the database has nothing. */
export function flagIn(row: Row, column: string): boolean {
  const value = row[column];
  if (isAbsent(value)) return false;
  if (typeof value !== "boolean") throw misfit(row, column, "true or false");
  return value;
}

/** Empty where the database has nothing. */
export function textsIn(row: Row, column: string): string[] {
  const value = row[column];
  if (isAbsent(value)) return [];
  if (!Array.isArray(value) || !value.every((item) => typeof item === "string")) {
    throw misfit(row, column, "a list of texts");
  }
  return value;
}

export function numbersIn(row: Row, column: string): number[] {
  const value = row[column];
  if (isAbsent(value)) return [];
  if (!Array.isArray(value) || !value.every((item) => typeof item === "number")) {
    throw misfit(row, column, "a list of numbers");
  }
  return value;
}

/** A list of maps, each read like a row. */
export function rowsIn(row: Row, column: string): Row[] {
  const value = row[column];
  if (!Array.isArray(value) || !value.every(isRow)) throw misfit(row, column, "a list of maps");
  return value;
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}
