/**
 * Which types may be one actor. Type is evidence here, never a key: an extractor takes Telegram for an organisation in one article
 * and for a platform in the next.
 */
import type { NodeType } from "../contract/ontology.ts";

const GROUPS: readonly (readonly NodeType[])[] = [
  ["Organization", "PublicBody", "ThreatGroup", "MediaOutlet", "Platform"],
];
/** What a name may be taken for when general knowledge says what it is. */
const KNOWN_GROUPS: readonly (readonly NodeType[])[] = [...GROUPS, ["Country", "Place"], ["Country", "PublicBody"]];

/**
 * Whether two types may belong to one actor: a name that nobody has heard of is taken for a company here, for a gang there.
 * `Person`, `Country`, `Place`, `Event`, `CyberTool` and `Account` stand alone.
 */
export function compatibleTypes(a: NodeType, b: NodeType): boolean {
  return a === b || GROUPS.some((group) => group.includes(a) && group.includes(b));
}

/** Whether an actor of general knowledge may stand in a text under the other type. */
export function mayBeTakenFor(known: NodeType, taken: NodeType): boolean {
  return known === taken || KNOWN_GROUPS.some((group) => group.includes(known) && group.includes(taken));
}

/** Types that merge by name found the same id; one of a group stands for it. */
export function typeGroup(type: NodeType): string {
  return compatibleTypes(type, "Organization") ? "Organization" : type;
}
