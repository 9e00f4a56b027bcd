/**
 * What the ontology allows between which types, for checking annotations.
 */
import { RELATIONSHIP_TYPES, type NodeType, type Ontology, type RelationshipType } from "../contract/ontology.ts";

export interface RelationshipRule {
  type: RelationshipType;
  symmetric: boolean;
  sameType: boolean;
  from: readonly NodeType[];
  to: readonly NodeType[];
}

/** By name; names that are no annotated relationship are absent. */
export type OntologyRules = ReadonlyMap<string, RelationshipRule>;

export function ontologyRules(ontology: Ontology): OntologyRules {
  const annotated: ReadonlySet<string> = new Set(RELATIONSHIP_TYPES);
  return new Map(
    ontology.relationships
      .filter(({ type }) => annotated.has(type))
      .map((rule) => [rule.type, { ...rule, type: rule.type as RelationshipType }]),
  );
}

/** Why the relationship cannot join the two types, or null when it can. */
export function misfitOf(rule: RelationshipRule, from: NodeType, to: NodeType): string | null {
  const fits = rule.from.includes(from) && rule.to.includes(to);
  const fitsBack = rule.symmetric && rule.from.includes(to) && rule.to.includes(from);
  if (!fits && !fitsBack) return `${rule.type} does not go from ${from} to ${to}`;
  return rule.sameType && from !== to ? `${rule.type} needs two of the same type` : null;
}
