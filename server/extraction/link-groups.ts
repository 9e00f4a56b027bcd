/**
 * Names of bodies, companies, groups and places that are one entity's: acronyms, short forms, capitals for states. Part of
 * `linking.ts`.
 */
import {
  areInitials,
  areLettersInOrder,
  coreKey,
  isAcronym,
  isNationality,
  isSmallWord,
  surfaceKey,
} from "./naming.ts";
import { endsWith, grouped, join, joinOnly, startsWith, type Name } from "./name-group.ts";
import { areWellKnownSame, isSeatOf, isWellKnown } from "./well-known-names.ts";

/** "Agence nationale… (ANSSI)" and "ANSSI (Agence nationale…)". */
export function joinParentheses(
  text: string,
  mentions: readonly { start: number; end: number; surface: string }[],
  nameOf: ReadonlyMap<number, Name>,
): void {
  for (let index = 1; index < mentions.length; index += 1) {
    const before = mentions[index - 1];
    const inside = mentions[index];
    const outer = nameOf.get(index - 1);
    const inner = nameOf.get(index);
    if (before === undefined || inside === undefined || outer === undefined || inner === undefined) continue;
    if (inside.start - before.end > 8 || outer.family !== inner.family || outer === inner) continue;
    if (!/^["»”’']?\s*\(\s*["«“]?\s*$/.test(text.slice(before.end, inside.start))) continue;
    if (!/^\s*["»”]?\s*[),;]/.test(text.slice(inside.end, inside.end + 4))) continue;
    const [short, long] = before.surface.length < inside.surface.length ? [before, inside] : [inside, before];
    if (!isAcronym(short.surface) || short.surface.length * 2 > long.surface.length) continue;
    const fits = areLettersInOrder(surfaceKey(short.surface), surfaceKey(long.surface));
    if (fits || (outer.type === inner.type && outer.family === "group")) join(outer, inner);
  }
}

export function joinInitials(names: readonly Name[]): void {
  const long = names.filter((name) => name.tokens.length > 1);
  for (const name of names) {
    // "Anssi", "Unesco": newspapers write long acronyms like words.
    if (name.acronym || (name.tokens.length === 1 && name.key.length >= 4)) {
      joinOnly(
        name,
        long.filter((other) => other !== name && areInitials(name.key, other.key)),
      );
    }
    for (const other of names) if (other.first < name.first && areWellKnownSame(name.key, other.key)) join(name, other);
  }
}

/** "Republicans", "Republican Party" and "Republican"; "Segway" and "Segway, Inc."; "UN Security Council" written out. */
export function joinCores(names: readonly Name[]): void {
  for (const group of grouped(names, (name) => coreKey(name.key)).values()) {
    const [first, ...others] = group;
    if (first !== undefined) for (const other of others) join(first, other);
  }
}

/** A capital that is tagged as a state stands for the state that the text names; without one it is the city. */
export function joinSeats(names: readonly Name[]): void {
  for (const name of names) {
    if (!name.seat) continue;
    const states = names.filter((other) => other.type === "Country" && isSeatOf(name.key, other.key));
    const cities = names.filter((other) => other !== name && other.key === name.key);
    if (states.length === 0 || !joinOnly(name, states)) joinOnly(name, cities);
  }
}

/** "Meridian" for "Meridian Strategic Labs", "Fleuve Gris" for "campagne Fleuve Gris": beginning or end of one longer name. */
export function joinShortForms(names: readonly Name[]): void {
  const byFirst = grouped(names, (name) => name.tokens[0] ?? "");
  const byLast = grouped(names, (name) => name.tokens.at(-1) ?? "");
  const ordered = [...names].sort((a, b) => b.tokens.length - a.tokens.length || a.first - b.first);
  for (const name of ordered) {
    if (name.key.length < 3 || name.acronym || isWellKnown(name.key)) continue;
    const starting = (byFirst.get(name.tokens[0] ?? "") ?? []).filter((other) => isBeginning(name, other));
    const ending = (byLast.get(name.tokens.at(-1) ?? "") ?? []).filter((other) => isEnding(name, other));
    joinOnly(name, [...starting, ...ending]);
  }
}

/** The whole name stands first; a name that was there before is an entity of its own ("Microsoft", "Microsoft Research"). */
function isBeginning(short: Name, long: Name): boolean {
  return long.tokens.length > short.tokens.length && long.first < short.first && startsWith(long.tokens, short.tokens);
}

function isEnding(short: Name, long: Name): boolean {
  const head = long.tokens.slice(0, long.tokens.length - short.tokens.length);
  if (head.length === 0 || !endsWith(long.tokens, short.tokens)) return false;
  const introduced = long.first < short.first && short.type === long.type;
  // "groupe d'experts de l'ONU" is not the ONU; "cartel de Las Cruces" is Las Cruces once it was introduced.
  if (isSmallWord(head.at(-1) ?? "")) return introduced;
  return long.smallHead || introduced || (short.type === long.type && head.every(isNationality));
}
