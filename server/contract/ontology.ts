/**
 * The vocabulary as types: node types, relationship types, families. `data/ontology.json` holds the same with labels and
 * triggers; a test keeps both equal. Used by every room.
 */
import { z } from "zod";

export const NODE_TYPES = [
  "Person",
  "Organization",
  "PublicBody",
  "ThreatGroup",
  "MediaOutlet",
  "Platform",
  "Country",
  "Place",
  "Event",
  "CyberTool",
  "Account",
] as const;

export const ACTOR_TYPES = [
  "Person",
  "Organization",
  "PublicBody",
  "ThreatGroup",
  "MediaOutlet",
  "Platform",
  "Country",
] as const satisfies readonly (typeof NODE_TYPES)[number][];

export const RELATIONSHIP_TYPES = [
  "MEMBER_OF",
  "LEADS",
  "WORKS_FOR",
  "FOUNDED",
  "PART_OF",
  "MOUTHPIECE_OF",
  "OWNS",
  "OPERATES",
  "SUCCEEDED",
  "AFFILIATED_WITH",
  "ALLEGIANCE_TO",
  "FAMILY_OF",
  "BASED_IN",
  "LOCATED_IN",
  "CONDUCTED",
  "PARTICIPATED_IN",
  "TARGETED",
  "CLAIMED",
  "ARRESTED",
  "INVESTIGATED",
  "CHARGED",
  "CONVICTED",
  "SANCTIONED",
  "SEIZED",
  "TOOK_DOWN",
  "REMOVED_CONTENT_OF",
  "ATTACKED",
  "HACKED",
  "KILLED",
  "THREATENED",
  "ACCUSED",
  "MET",
  "COOPERATED_WITH",
  "SUPPORTED",
  "FUNDED",
  "USED",
  "ATTRIBUTED_TO",
  "APPOINTED",
] as const;

/** Derived by the projection from `CONDUCTED` and `TARGETED`; no claim has this type. */
export const DERIVED_TYPE = "ACTED_AGAINST";

export const EDGE_TYPES = [...RELATIONSHIP_TYPES, DERIVED_TYPE] as const;

export const FAMILIES = [
  "control",
  "membership",
  "family",
  "place",
  "event",
  "hostile",
  "justice",
  "cooperation",
  "communication",
  "means",
] as const;

export const LANGUAGES = ["fr", "en"] as const;

export const nodeTypeSchema = z.enum(NODE_TYPES);
export const relationshipTypeSchema = z.enum(RELATIONSHIP_TYPES);
export const edgeTypeSchema = z.enum(EDGE_TYPES);
export const familySchema = z.enum(FAMILIES);
export const languageSchema = z.enum(LANGUAGES);

export type NodeType = z.infer<typeof nodeTypeSchema>;
export type RelationshipType = z.infer<typeof relationshipTypeSchema>;
export type EdgeType = z.infer<typeof edgeTypeSchema>;
export type Family = z.infer<typeof familySchema>;
export type Language = z.infer<typeof languageSchema>;

const labelSchema = z.object({ fr: z.string(), en: z.string() });

export const ontologySchema = z.object({
  nodes: z.array(
    z.object({
      type: nodeTypeSchema,
      actor: z.boolean(),
      covers: z.string(),
      kinds: z.array(z.string()),
      followTheMoney: z.string(),
      stix: z.string(),
      label: labelSchema,
    }),
  ),
  families: z.array(z.object({ family: familySchema, label: labelSchema })),
  relationships: z.array(
    z.object({
      type: edgeTypeSchema,
      symmetric: z.boolean(),
      /** Both ends must have one type (`SUCCEEDED`). */
      sameType: z.boolean(),
      from: z.array(nodeTypeSchema),
      to: z.array(nodeTypeSchema),
      triggers: z.object({ fr: z.array(z.string()), en: z.array(z.string()) }),
      family: familySchema,
      label: labelSchema,
      inverse: labelSchema,
    }),
  ),
});

export type Ontology = z.infer<typeof ontologySchema>;

const ACTORS: ReadonlySet<string> = new Set(ACTOR_TYPES);

export function isActorType(type: NodeType): boolean {
  return ACTORS.has(type);
}

const NODES: ReadonlySet<string> = new Set(NODE_TYPES);

/** The one ontology type among a node's labels, or null for nodes that are no entities. */
export function typeOfLabels(labels: readonly string[]): NodeType | null {
  return (labels.find((label) => NODES.has(label)) as NodeType | undefined) ?? null;
}

/** The labels of an entity node in the database, in their fixed order. */
export function labelsOfType(type: NodeType): string[] {
  return isActorType(type) ? ["Entity", "Actor", type] : ["Entity", type];
}

export const SYMMETRIC_TYPES: ReadonlySet<EdgeType> = new Set<EdgeType>([
  "AFFILIATED_WITH",
  "FAMILY_OF",
  "MET",
  "COOPERATED_WITH",
]);

/** The family of each edge type, as in `data/ontology.json`. */
export const FAMILY_OF_TYPE: Readonly<Record<EdgeType, Family>> = {
  MEMBER_OF: "membership",
  LEADS: "control",
  WORKS_FOR: "membership",
  FOUNDED: "control",
  PART_OF: "control",
  MOUTHPIECE_OF: "communication",
  OWNS: "control",
  OPERATES: "control",
  SUCCEEDED: "membership",
  AFFILIATED_WITH: "membership",
  ALLEGIANCE_TO: "membership",
  FAMILY_OF: "family",
  BASED_IN: "place",
  LOCATED_IN: "place",
  CONDUCTED: "event",
  PARTICIPATED_IN: "event",
  TARGETED: "hostile",
  CLAIMED: "event",
  ARRESTED: "justice",
  INVESTIGATED: "justice",
  CHARGED: "justice",
  CONVICTED: "justice",
  SANCTIONED: "justice",
  SEIZED: "hostile",
  TOOK_DOWN: "hostile",
  REMOVED_CONTENT_OF: "hostile",
  ATTACKED: "hostile",
  HACKED: "hostile",
  KILLED: "hostile",
  THREATENED: "hostile",
  ACCUSED: "hostile",
  MET: "communication",
  COOPERATED_WITH: "cooperation",
  SUPPORTED: "cooperation",
  FUNDED: "cooperation",
  USED: "means",
  ATTRIBUTED_TO: "event",
  APPOINTED: "control",
  ACTED_AGAINST: "hostile",
};
