/**
 * Display names of events that are told by a description: what happened, to whom or where, and when, from the document's claims
 * ("cyberattaque contre Amaq, novembre 2019"). Events with a name of their own keep it.
 */
import type { PartialDate } from "../contract/dates.ts";
import type { Claim } from "../contract/extraction.ts";
import { foldName } from "../contract/names.ts";
import type { Language, NodeType } from "../contract/ontology.ts";
import type { DraftEntity } from "./entities.ts";

const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  fr: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(" "),
  en: "January February March April May June July August September October November December".split(" "),
};
const AGAINST: Readonly<Record<Language, string>> = { fr: "contre", en: "against" };
/** Whose name reads well right after "contre": one that needs no article. */
const NAMED_WITHOUT_ARTICLE: ReadonlySet<NodeType> = new Set<NodeType>(["Person", "MediaOutlet", "Platform"]);

/** Doubtful claims name nothing. */
const SURE = 0.45;

export interface EventClaim extends Pick<Claim, "type" | "polarity" | "modality" | "date" | "confidence"> {
  /** Indices of entities. */
  subject: number;
  object: number;
}

/** "opération", "the second attack": a description begins with a small letter, a name of its own with a capital. */
export function isDescribedEvent(name: string): boolean {
  return /^[^\p{L}]*\p{Ll}/u.test(name) && !/^(?:op[ée]ration|campagne|projet|plan|mission) \p{Lu}/iu.test(name);
}

/** The name to show for the event with this index. */
export function eventName(
  index: number,
  entities: readonly DraftEntity[],
  claims: readonly EventClaim[],
  language: Language,
): string {
  const event = entities[index];
  if (event === undefined) return "";
  if (!isDescribedEvent(event.name)) return event.name;
  const own = claims.filter(
    (claim) =>
      (claim.subject === index || claim.object === index) &&
      claim.confidence >= SURE &&
      claim.polarity === "affirmed" &&
      claim.modality !== "denied",
  );
  const target = strongest(own.filter((claim) => claim.type === "TARGETED" && claim.subject === index));
  const place = strongest(own.filter((claim) => claim.type === "LOCATED_IN" && claim.subject === index));
  const isPlaced = entities.some(
    ({ type, name }) => (type === "Place" || type === "Country") && event.name.includes(name),
  );
  const other = entities[(target ?? (isPlaced ? undefined : place))?.object ?? -1];
  const date = dateOf(own);
  const parts = [event.name];
  if (other !== undefined && !foldName(event.name).includes(foldName(other.name))) {
    if (target !== undefined && NAMED_WITHOUT_ARTICLE.has(other.type))
      parts[0] = `${event.name} ${AGAINST[language]} ${other.name}`;
    else parts.push(other.name);
  }
  if (date !== null && !event.name.includes(date.slice(0, 4))) parts.push(dateInWords(date, language));
  return parts.join(", ");
}

function strongest(claims: readonly EventClaim[]): EventClaim | undefined {
  return claims.reduce<EventClaim | undefined>(
    (best, claim) => (best === undefined || claim.confidence > best.confidence ? claim : best),
    undefined,
  );
}

/** The date that most claims of the event give; the more precise one on a tie. */
function dateOf(claims: readonly EventClaim[]): PartialDate | null {
  const counts = new Map<PartialDate, number>();
  for (const { date } of claims) if (date !== null) counts.set(date, (counts.get(date) ?? 0) + 1);
  const [best] = [...counts].sort((a, b) => b[1] - a[1] || b[0].length - a[0].length);
  return best?.[0] ?? null;
}

function dateInWords(date: PartialDate, language: Language): string {
  const [year = "", month, day] = date.split("-");
  if (month === undefined) return year;
  const name = MONTHS[language][Number(month) - 1] ?? "";
  return day === undefined ? `${name} ${year}` : `${Number(day)} ${name} ${year}`;
}
