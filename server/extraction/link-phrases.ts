/**
 * Two names of one entity because the text says so between them: "Rookwood, alias Tomas Jansonas", "une société rebaptisée depuis",
 * "the Garde d'airain, or Bronze Guard". Part of `linking.ts`.
 *
 * The phrases are those that join names of one entity in the train split of the corpus, and their nearest relatives; phrases that
 * join different entities there as well ("now", a bare parenthesis) are left out.
 */
import { join, type Name } from "./name-group.ts";
import { normalise } from "./normalise.ts";

/** What stands between two names at most, in UTF-16 units: "…, which was previously known in English as the …". */
const LONGEST_PHRASE = 70;

const OPEN = String.raw`\s*[,;(\u2013\u2014-]\s*`;
const QUOTE = String.raw`[\s"'\u00ab\u201c\u2018]*`;
const ADVERB_EN =
  "(?:also|better|formerly|previously|now|then|once|commonly|widely|sometimes|later|since|until (?:\\w+ )?\\d{4}|best)";
/** A word of a phrase that speaks of the name before: "the press arm of a group known as" speaks of another. */
const PLAIN_WORD = "(?!(?:of|for|to|in|by|with|from|and|de|du|des|par|avec|pour|et|dans) )[a-z'-]+ ";
/** "who is", "the far-right group", "a company that was": what the name before is, said again. */
const LINK_EN =
  `(?:(?:a|an|the|its|one) (?:${PLAIN_WORD}){1,5})?` +
  "(?:(?:who|which|that) )?(?:(?:is|was|had been|has been|were|are) )?";
const SAID_EN = "(?:known|referred to|called|named|nicknamed|dubbed|renamed|rebranded|code-?named|styled)";
const MANNER_EN = "(?:(?:online|locally|in \\w+|by (?:its|their|his|her) [\\w ]{1,25}) )?";
const ADVERB_FR =
  "(?:aussi|egalement|mieux|plus|parfois|autrefois|jadis|anciennement|desormais|depuis|longtemps|encore|communement)";
const LINK_FR =
  `(?:(?:(?:une?|la|le|les|ce|cette) |l')(?:${PLAIN_WORD}){1,5})?` +
  "(?:(?:qui est|qui etait|est|etait|que l'on|qu'on) )?";
const SAID_FR = "(?:connu|appele|surnomme|rebaptise|renomme|denomme|designe|dit|nomme)e?s?";
const MANNER_FR =
  "(?:(?:depuis|aussi|egalement|en [a-z]+|sous (?:le|son|les) (?:nom|sigle|surnom|pseudonyme|acronyme|nom de guerre)s?(?: [a-z]+)?(?: (?:de|d'))?|comme|par (?:son|le) \\w+) ?)*";

const PHRASES = [
  `${LINK_EN}(?:${ADVERB_EN} )*(?:known|referred to|styled) ${MANNER_EN}(?:simply )?as (?:the )?`,
  `(?:(?:who|which|that) )?(?:(?:is|was|had been|has been) )?(?:${ADVERB_EN} )*${SAID_EN} (?:as )?(?:the )?`,
  "(?:alias|a\\.?k\\.?a\\.?|nom de guerre|nee|born|formerly|ex-|anciennement|autrefois) ?(?:the |l'|la |le |les )?",
  "l'ex-",
  "(?:who|which) goes by (?:the )?(?:name|code ?name|alias|nickname)(?: of)? ?",
  `${LINK_FR}(?:${ADVERB_FR} )*${SAID_FR} ${MANNER_FR}(?:l'|la |le |les )?`,
  "(?:qui se fait appeler|qui se faisait appeler|que ses \\w+ (?:appellent|surnomment)) (?:l'|la |le |les )?",
];

/** Without a comma or a bracket "X named Y" is an appointment; these say the same with or without. */
const PLAIN_PHRASES = ["(?:also |better )?known as (?:the )?", "alias ", "a\\.?k\\.?a\\.? "];

const JOINING = new RegExp(`^(?:${OPEN}(?:${PHRASES.join("|")})|\\s(?:${PLAIN_PHRASES.join("|")}))${QUOTE}$`, "i");

/** "the Garde d'airain, or Bronze Guard.": the second name must end the aside. */
const OR = new RegExp(`^,\\s*(?:or|ou)\\s+(?:the\\s+|l'|la\\s+|le\\s+|les\\s+)?${QUOTE}$`, "i");
const END_OF_ASIDE = /^["»”’']?\s*(?:[,.;:)]|$)/;

/** Joins neighbours in the text, of one family, between which such a phrase stands. */
export function joinPhrases(
  text: string,
  mentions: readonly { start: number; end: number; surface: string }[],
  nameOf: ReadonlyMap<number, Name>,
): void {
  for (let index = 1; index < mentions.length; index += 1) {
    const before = mentions[index - 1];
    const after = mentions[index];
    const first = nameOf.get(index - 1);
    const second = nameOf.get(index);
    if (before === undefined || after === undefined || first === undefined || second === undefined) continue;
    if (first === second || first.family !== second.family || first.family === "place") continue;
    const gap = after.start - before.end;
    if (gap < 2 || gap > LONGEST_PHRASE) continue;
    const between = plain(text.slice(before.end, after.start));
    const isAside = first.type === second.type && END_OF_ASIDE.test(text.slice(after.end, after.end + 3));
    if (JOINING.test(between) || (isAside && OR.test(between))) join(first, second);
  }
}

function plain(phrase: string): string {
  return normalise(phrase).text.normalize("NFD").replace(/\p{M}/gu, "");
}
