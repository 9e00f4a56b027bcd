/**
 * Which relationships the ontology allows between two types: the exact mask over what the model proposes.
 */
import { SYMMETRIC_TYPES, type NodeType, type Ontology, type RelationshipType } from "../contract/ontology.ts";

export interface OntologyMask {
  /** For symmetric types either order fits. */
  allows(type: RelationshipType, subject: NodeType, object: NodeType): boolean;
}

export function createOntologyMask(ontology: Ontology): OntologyMask {
  const allowed = new Set<string>();
  for (const { type, from, to, sameType } of ontology.relationships) {
    for (const subject of from) {
      for (const object of to) {
        if (sameType && subject !== object) continue;
        allowed.add(`${type} ${subject} ${object}`);
        if (SYMMETRIC_TYPES.has(type)) allowed.add(`${type} ${object} ${subject}`);
      }
    }
  }
  return { allows: (type, subject, object) => allowed.has(`${type} ${subject} ${object}`) };
}
