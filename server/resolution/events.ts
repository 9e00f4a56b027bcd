/**
 * Events: which of them carry a name of their own. The others are told by a description ("cyberattaque", "attentat de Nice") and
 * never merge by it.
 */

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
