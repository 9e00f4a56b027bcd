/**
 * The vocabulary as words: how a type, a family or a relationship reads in French or English, from either end. Everything that
 * names a relationship on the page comes through here.
 */
import source from "../../../data/ontology.json";
import type { GraphEdge } from "../../../server/contract/graph.ts";
import { DERIVED_LABELS } from "../../../server/contract/derived-relationship.ts";
import type {
  EdgeType,
  Family,
  Language,
  NodeType,
  Ontology,
  RelationshipType,
} from "../../../server/contract/ontology.ts";

export type Direction = "out" | "in" | "both";

interface RelationshipWords {
  label: Readonly<Record<Language, string>>;
  inverse: Readonly<Record<Language, string>>;
  family: Family;
}

const ontology = source as Pick<Ontology, "nodes" | "families" | "relationships">;

/** Not in the vocabulary file: no claim has this type, the projection computes it. */
const DERIVED: readonly [EdgeType, RelationshipWords] = ["ACTED_AGAINST", { ...DERIVED_LABELS, family: "hostile" }];

const RELATIONSHIPS = new Map<EdgeType, RelationshipWords>([
  ...ontology.relationships.map(({ type, label, inverse, family }): [EdgeType, RelationshipWords] => [
    type,
    { label, inverse, family },
  ]),
  DERIVED,
]);
const NODE_LABELS = new Map<string, Readonly<Record<Language, string>>>(
  ontology.nodes.map(({ type, label }) => [type, label]),
);
const FAMILY_LABELS = new Map<Family, Readonly<Record<Language, string>>>(
  ontology.families.map(({ family, label }) => [family, label]),
);

export const NODE_TYPES: readonly NodeType[] = ontology.nodes.map(({ type }) => type);
export const FAMILIES: readonly Family[] = ontology.families.map(({ family }) => family);
export const EDGE_TYPES: readonly EdgeType[] = [...RELATIONSHIPS.keys()];

/** "a neutralisé", or "neutralisé par" when read from the object's end. */
export function relationshipWords(type: EdgeType, direction: Direction, language: Language): string {
  const words = RELATIONSHIPS.get(type);
  if (words === undefined) return type.toLowerCase().replaceAll("_", " ");
  return direction === "in" ? words.inverse[language] : words.label[language];
}

export function familyOfRelationship(type: EdgeType): Family {
  return RELATIONSHIPS.get(type)?.family ?? "event";
}

export function familyWords(family: Family, language: Language): string {
  return FAMILY_LABELS.get(family)?.[language] ?? family;
}

export function typeWords(type: NodeType, language: Language): string {
  return NODE_LABELS.get(type)?.[language] ?? type;
}

/** The ontology type among a node's labels; null for nodes of the database that are no entities. */
export function typeOf(labels: readonly string[]): NodeType | null {
  return (labels.find((label) => NODE_LABELS.has(label)) as NodeType | undefined) ?? null;
}

export function directionFrom(edge: Pick<GraphEdge, "source" | "symmetric">, nodeId: string): Direction {
  if (edge.symmetric) return "both";
  return edge.source === nodeId ? "out" : "in";
}

/** What an actor of one type can do to one of another, in the order of the vocabulary. */
export function relationshipsBetween(subject: NodeType | null, object: NodeType | null): RelationshipType[] {
  if (subject === null || object === null) return [];
  return ontology.relationships
    .filter(
      ({ from, to, sameType }) => from.includes(subject) && to.includes(object) && (!sameType || subject === object),
    )
    .flatMap(({ type }) => (type === "ACTED_AGAINST" ? [] : [type]));
}
