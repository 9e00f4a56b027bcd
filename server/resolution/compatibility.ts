/**
 * Which types may be one actor, and which names prove it. Type is evidence here, never a key: an extractor takes Telegram for an
 * organisation in one article and for a platform in the next.
 */
import type { KnownEntity } from "../contract/resolution.ts";
import type { NodeType } from "../contract/ontology.ts";
import { foldName, nameKey } from "../contract/names.ts";

const GROUPS: readonly (readonly NodeType[])[] = [
  ["Platform", "Organization", "MediaOutlet"],
  ["ThreatGroup", "Organization"],
  ["PublicBody", "Organization"],
  ["MediaOutlet", "Account"],
];

/** Whether two types may belong to one actor. `Person`, `Country`, `Place`, `Event` and `CyberTool` stand alone. */
export function compatibleTypes(a: NodeType, b: NodeType): boolean {
  return a === b || GROUPS.some((group) => group.includes(a) && group.includes(b));
}

const TITLES = /^(?:m|mm|mme|mlle|mr|mrs|ms|dr|pr|prof|sir|lord|me|maitre|general|colonel) (?=\S)/;

/** Key under which names of this type are compared: without article, and for people without a title. */
export function comparisonKey(name: string, type: NodeType): string {
  const key = nameKey(name);
  return type === "Person" ? key.replace(TITLES, "") : key;
}

function words(key: string): number {
  return key === "" ? 0 : key.split(" ").length;
}

/**
 * Whether two entities of these types that share this key are the same. A surname alone joins nobody: "Dupont" of one article is
 * not "Jean Dupont" of another, though two bare "Dupont" are one node until somebody tells them apart.
 */
export function provesIdentity(
  key: string,
  local: { type: NodeType; name: string },
  known: Pick<KnownEntity, "type" | "name">,
): boolean {
  if (!compatibleTypes(local.type, known.type)) return false;
  if (local.type !== "Person") return true;
  return words(key) >= 2 || comparisonKey(local.name, "Person") === comparisonKey(known.name, "Person");
}

/** Keys to ask a store for: with and without article or title, each once. */
export function lookupKeys(names: readonly string[], type: NodeType): string[] {
  const keys = names.flatMap((name) => [foldName(name), nameKey(name), comparisonKey(name, type)]);
  return [...new Set(keys.filter((key) => key !== ""))];
}
