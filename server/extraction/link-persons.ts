/**
 * Names of persons that are one person's: surnames, first names, initials. Part of `linking.ts`.
 */
import { grouped, joinOnly, startsWith, type Name } from "./name-group.ts";

/** Joins each shorter form with the one person whose it can be; a form that two could bear stays apart. */
export function joinPersons(names: readonly Name[]): void {
  const byLength = [...names].sort((a, b) => a.tokens.length - b.tokens.length || a.first - b.first);
  const full = byLength.filter((name) => name.tokens.length > 1);
  const bySurname = grouped(full, (name) => name.tokens.at(-1) ?? "");
  const byFirstName = grouped(full, (name) => name.tokens[0] ?? "");
  for (const name of full) {
    const same = (bySurname.get(name.tokens.at(-1) ?? "") ?? []).filter(
      (other) => other.tokens.length === name.tokens.length && other.first < name.first && isInitialForm(name, other),
    );
    joinOnly(name, same);
  }
  for (const name of byLength) {
    const longer = (list: readonly Name[] | undefined): Name[] =>
      (list ?? []).filter((other) => other.tokens.length > name.tokens.length && !isKunya(other, name));
    const surnames = longer(bySurname.get(name.tokens.at(-1) ?? "")).filter((other) =>
      isShortPerson(name.tokens, other.tokens),
    );
    if (surnames.length > 0) {
      if (!joinOnly(name, surnames)) joinIntroduced(name, surnames);
      continue;
    }
    const firsts = longer(byFirstName.get(name.tokens[0] ?? "")).filter((other) =>
      startsWith(other.tokens, name.tokens),
    );
    if (joinOnly(name, firsts) || name.tokens.length > 1) continue;
    // A part of a double surname: "Okonjo" for "Denise Okonjo-Pratt".
    joinOnly(
      name,
      longer(full).filter((other) => other.tokens.includes(name.tokens[0] ?? "")),
    );
  }
}

/** Of several namesakes, the only one that the text had introduced when it began to use the surname alone. */
function joinIntroduced(name: Name, namesakes: readonly Name[]): void {
  joinOnly(
    name,
    namesakes.filter((other) => other.first < name.first),
  );
}

/** "Abou Nimr" is the father of a Nimr, not a longer name of his. */
function isKunya(long: Name, short: Name): boolean {
  return /^(?:abou|abu|abo|oum|umm)$/.test(long.tokens[0] ?? "") && !long.tokens[0]?.startsWith(short.tokens[0] ?? "");
}

/** "Bush", "George Bush" and "G. Bush" for "George W. Bush": in order, the last one equal. */
function isShortPerson(short: readonly string[], long: readonly string[]): boolean {
  let at = 0;
  for (const token of short) {
    while (at < long.length && !isSameGiven(token, long[at] ?? "")) at += 1;
    if (at === long.length) return false;
    at += 1;
  }
  return true;
}

function isSameGiven(token: string, other: string): boolean {
  return token === other || (token.length === 1 && other.startsWith(token));
}

/** "F. Fillon" and "François Fillon". */
function isInitialForm(a: Name, b: Name): boolean {
  return a.tokens.every((token, index) => {
    const other = b.tokens[index] ?? "";
    return isSameGiven(token, other) || isSameGiven(other, token);
  });
}
