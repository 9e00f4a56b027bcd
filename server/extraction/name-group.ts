/**
 * Spellings of one document and the groups that they are joined into: what the rules of `linking.ts` and its neighbours work on.
 */
import type { NodeType } from "../contract/ontology.ts";

export type Family = "person" | "place" | "event" | "group" | "thing";

export function familyOf(type: NodeType): Family {
  switch (type) {
    case "Person":
      return "person";
    case "Country":
    case "Place":
      return "place";
    case "Event":
      return "event";
    case "CyberTool":
    case "Account":
      return "thing";
    case "Organization":
    case "PublicBody":
    case "ThreatGroup":
    case "MediaOutlet":
    case "Platform":
      return "group";
  }
}

/** One spelling in one family, with all its mentions. */
export interface Name {
  key: string;
  tokens: string[];
  family: Family;
  /** Most probable type over its mentions. */
  type: NodeType;
  mentions: number[];
  /** Offset of its first mention. */
  first: number;
  acronym: boolean;
  /** Written with a small first letter: "campagne Fleuve Gris". */
  smallHead: boolean;
  /** A capital where the tagger reads a state. */
  seat: boolean;
  parent: Name | null;
}

export function rootOf(name: Name): Name {
  let root = name;
  while (root.parent !== null) root = root.parent;
  return root;
}

export function join(a: Name, b: Name): void {
  const rootA = rootOf(a);
  const rootB = rootOf(b);
  if (rootA === rootB) return;
  const [older, younger] = rootA.first <= rootB.first ? [rootA, rootB] : [rootB, rootA];
  younger.parent = older;
}

/** Joins the name with the one group that these names belong to; with two or none it stays apart. */
export function joinOnly(name: Name, candidates: readonly Name[]): boolean {
  const roots = new Set(candidates.map(rootOf));
  const [only] = roots;
  if (roots.size !== 1 || only === undefined) return false;
  join(name, only);
  return true;
}

export function grouped(names: readonly Name[], keyOf: (name: Name) => string): Map<string, Name[]> {
  const groups = new Map<string, Name[]>();
  for (const name of names) {
    const key = keyOf(name);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [name]);
    else group.push(name);
  }
  return groups;
}

export function startsWith(tokens: readonly string[], start: readonly string[]): boolean {
  return start.every((token, index) => tokens[index] === token);
}

export function endsWith(tokens: readonly string[], end: readonly string[]): boolean {
  return end.every((token, index) => tokens[tokens.length - end.length + index] === token);
}
