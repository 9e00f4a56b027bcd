/**
 * Events: which of them carry a name of their own, and which sort of happening they are. Those told by a description
 * ("cyberattaque", "attentat de Nice") never merge by it.
 */
import { foldName } from "../contract/names.ts";
import type { ConceptName } from "./concept-names.ts";

const OPERATION_NAME = /^(?:l['’])?(?:op[ée]rations?|operations?|projet|project|campagne|campaign|plan)\s+(.+)$/iu;
const TRAILING_OPERATION = /^\p{Lu}[\p{L}\p{N}'’-]*(?:\s\p{Lu}[\p{L}\p{N}'’-]*)*\s(?:operation|campaign|project)$/u;
/** Words that join, and say nothing of whether the rest is a name. */
const JOINING = new Set([
  "de",
  "du",
  "des",
  "la",
  "le",
  "les",
  "d",
  "l",
  "of",
  "the",
  "and",
  "et",
  "in",
  "en",
  "à",
  "au",
  "aux",
  "for",
  "pour",
]);
/** Heads of descriptions: with one of these, capitals belong to a place or a victim, not to the event. */
const DESCRIPTION_HEADS =
  /\b(?:attaques?|attentats?|cyberattaques?|assassinats?|meurtres?|fusillades?|arrestations?|proc[eè]s|sommets?|[ée]lections?|manifestations?|guerres?|conflits?|r[ée]union|rencontre|visite|raids?|frappes?|explosions?|incendies?|accidents?|s[ée]ismes?|crash|match|tueries?|massacres?|prises? d['’]otages?|attacks?|bombings?|shootings?|killings?|murders?|arrests?|trials?|summits?|meetings?|elections?|protests?|wars?|conflicts?|strikes?|talks|visits?|earthquakes?|fires?|hearings?|massacres?|cyberattacks?|hacks?|breach|takedowns?)\b/iu;

/**
 * Whether the event's name identifies it: "opération Barkhane", "Operation Silent Ridge", "Brexit"; not "attentat de Nice" or
 * "the November attack".
 */
export function isNamedEvent(name: string): boolean {
  const trimmed = name.trim();
  if (TRAILING_OPERATION.test(trimmed)) return true;
  const operation = OPERATION_NAME.exec(trimmed);
  if (operation !== null) {
    const rest = operation[1] ?? "";
    return /^[«"“]?\s*\p{Lu}/u.test(rest);
  }
  if (DESCRIPTION_HEADS.test(trimmed)) return false;
  const content = trimmed.split(/[\s'’]+/u).filter((word) => !JOINING.has(word.toLowerCase()));
  return content.length > 0 && content.every((word) => /^[\p{Lu}\p{N}]/u.test(word));
}

/** Sorts of happenings that articles do not take for one another, each with beginnings of its words in both languages. */
const SORTS: readonly (readonly [string, RegExp])[] = [
  [
    "cyberattack",
    /^(?:cyber|hack|pirat|ddos|ransom|rancon|breach|intrusion|hamecon|phish|defac|vol$|theft|heist|braquage|fuite|leak)/,
  ],
  [
    "takedown",
    /^(?:operation|takedown|demantel|neutralis|saisie|seizure|crackdown|sweep|coup$|raid|perquisition|search|descente|offensive)/,
  ],
  [
    "attack",
    /^(?:attent|attaque|attack|bomb|fusillad|shooting|tuerie|massacre|assassin|meurtre|murder|kill|explos|blast|stabb|embuscade|ambush|siege|incend|fire|arson|blaze|frappe|strike|enlev|kidnap)/,
  ],
  ["arrest", /^(?:arrest|interpell|rafle|detention)/],
  ["trial", /^(?:trial|proces|hearing|audience|verdict|appel|appeal|inquest|jugement)/],
  ["exchange", /^(?:echange|swap|exchange|troc)/],
  [
    "meeting",
    /^(?:meeting|reunion|sommet|summit|conference|talks|negoci|negoti|pourparler|rencontre|visit|congres|forum)/,
  ],
  ["election", /^(?:election|scrutin|referendum|vote|ballot|presidentiel|legislativ|municipal)/],
  [
    "protest",
    /^(?:protest|manifest|greve|strike|walkout|marche$|march$|rassembl|rally|rallies|emeute|riot|demonstr|mobilis)/,
  ],
  ["campaign", /^(?:campaign|campagne)/],
  [
    "accident",
    /^(?:accident|crash|naufrag|collision|seisme|earthquake|quake|inond|flood|ouragan|hurricane|tempete|storm)/,
  ],
  ["sale", /^(?:sale|vente|levee|offering|ico$)/],
];
/** What articles take for one another: a robbery of data is an attack, a raid ends in arrests. */
const LIKE: Readonly<Record<string, readonly string[]>> = {
  attack: ["cyberattack"],
  cyberattack: ["attack"],
  takedown: ["arrest", "campaign"],
  arrest: ["takedown"],
  campaign: ["takedown"],
};

/** The sorts of happening that the names speak of, as their words give them; empty when no word tells. */
export function eventSorts(names: readonly string[]): string[] {
  const words = names.flatMap((name) => foldName(name).split(" "));
  return SORTS.filter(([, pattern]) => words.some((word) => pattern.test(word))).map(([sort]) => sort);
}

/** Whether two events may be one by their sorts: one sort in common, or sorts that one word can mean, or nothing known. */
export function sortsAgree(a: readonly string[], b: readonly string[]): boolean {
  if (a.length === 0 || b.length === 0) return true;
  return a.some((sort) => b.includes(sort) || (LIKE[sort] ?? []).some((like) => b.includes(like)));
}

const HEADS: ReadonlySet<string> = new Set(["operation", "campaign", "project", "mission"]);

/** What tells an event from others of its sort: "Opération Crête muette" and "Crête muette" have one key, "attaque" has none. */
export function eventNameKey(name: ConceptName): string | null {
  const own = name.words.filter((word) => !HEADS.has(word));
  const telling = own.filter((word) => eventSorts([word]).length === 0);
  return telling.length === 0 ? null : own.join(" ");
}
