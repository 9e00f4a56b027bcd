/**
 * Checked values of options, each fault a sentence with the option in it.
 */
import { isExistingDate } from "../contract/dates.ts";
import type { Language } from "../contract/ontology.ts";
import { LANGUAGES } from "../contract/ontology.ts";
import { AppError } from "../errors.ts";
import type { OptionValues } from "./command.ts";

export function textOption(options: OptionValues, name: string): string | undefined {
  const value = options[name];
  return typeof value === "string" ? value : undefined;
}

export function flag(options: OptionValues, name: string): boolean {
  return options[name] === true;
}

export function listOption(options: OptionValues, name: string): string[] {
  const value = options[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

export function choiceOption<T extends string>(
  options: OptionValues,
  name: string,
  choices: readonly T[],
): T | undefined {
  const value = textOption(options, name);
  if (value === undefined) return undefined;
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw new AppError("usage", `--${name} takes ${orList(choices)}, not "${value}".`);
  return choice;
}

export function languageOption(options: OptionValues): Language | undefined {
  return choiceOption(options, "language", LANGUAGES);
}

export function dateOption(options: OptionValues, name: string): string | undefined {
  const value = textOption(options, name);
  if (value !== undefined && !isExistingDate(value)) {
    throw new AppError("usage", `--${name} takes a date such as 2019, 2019-11 or 2019-11-24, not "${value}".`);
  }
  return value;
}

export function wholeNumberOption(
  options: OptionValues,
  name: string,
  range: { min: number; max: number },
): number | undefined {
  const value = textOption(options, name);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < range.min || number > range.max) {
    throw new AppError("usage", `--${name} takes a whole number from ${range.min} to ${range.max}, not "${value}".`);
  }
  return number;
}

function orList(choices: readonly string[]): string {
  return choices.length < 2 ? choices.join("") : `${choices.slice(0, -1).join(", ")} or ${choices.at(-1) ?? ""}`;
}
