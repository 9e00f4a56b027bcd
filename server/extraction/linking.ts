/**
 * Named mentions of one document → groups that are one entity each. Names are compared by form alone (folded spelling, initials,
 * surnames, short forms); a name that could be short for two others stays apart.
 */
import { joinEvents } from "./link-events.ts";
import { joinCores, joinInitials, joinParentheses, joinSeats, joinShortForms } from "./link-groups.ts";
import { joinPersons } from "./link-persons.ts";
import { joinPhrases } from "./link-phrases.ts";
import { rootOf, type Family, type Name } from "./name-group.ts";
import { spellingsOf, type NamedMention } from "./spellings.ts";

/**
 * Groups the mentions, given in text order. Returns for each mention the index of its group; groups are numbered by their first
 * mention.
 */
export function linkNames(text: string, mentions: readonly NamedMention[]): number[] {
  const names = spellingsOf(mentions);
  const nameOf = new Map<number, Name>(names.flatMap((name) => name.mentions.map((index) => [index, name] as const)));
  joinParentheses(text, mentions, nameOf);
  joinPhrases(text, mentions, nameOf);
  const families: Family[] = ["person", "group", "place", "event", "thing"];
  for (const family of families) {
    const members = names.filter((name) => name.family === family);
    if (members.length > MOST_NAMES) continue;
    switch (family) {
      case "person":
        joinPersons(members);
        break;
      case "group":
        joinCores(members);
        joinInitials(members);
        joinShortForms(members);
        break;
      case "place":
        joinCores(members.filter((name) => !name.seat));
        joinInitials(members.filter((name) => !name.seat));
        joinSeats(members);
        break;
      case "event":
        joinShortForms(members);
        joinEvents(members);
        break;
      case "thing":
        break;
    }
  }
  const numbers = new Map<Name, number>();
  return mentions.map((_, index) => {
    const name = nameOf.get(index);
    const root = name === undefined ? undefined : rootOf(name);
    if (root === undefined) return -1;
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    return number;
  });
}

/** Comparing names pair by pair beyond this many of one family would take long; such a text is a list, no article. */
const MOST_NAMES = 1_500;
