/**
 * The one filter as the store applies it: which edge types and node types may be shown, and the condition on claims in Cypher.
 */
import { dateSpan } from "../contract/dates.ts";
import type { Filter, Standing } from "../contract/filter.ts";
import {
  DERIVED_TYPE,
  EDGE_TYPES,
  FAMILY_OF_TYPE,
  RELATIONSHIP_TYPES,
  typeOfLabels,
  type EdgeType,
  type NodeType,
  type RelationshipType,
} from "../contract/ontology.ts";
import type { ParameterValue } from "./executor.ts";
import { EVENT_TYPES, STORED_STANDINGS } from "./projection.ts";

export interface Selection {
  /** Edge types that may be shown. */
  edgeTypes: EdgeType[];
  /** Node types that may be shown; null: all. */
  nodeTypes: ReadonlySet<NodeType> | null;
  standings: ReadonlySet<Standing>;
  /** The stored projection cannot answer: counts depend on which claims pass. */
  needsClaims: boolean;
  /** Types of claims that can back the edges, halves of derived ones included. */
  claimTypes: RelationshipType[];
  /** On a claim `c` and its document `d`; all but types and standings. */
  claims: Condition;
}

export interface Condition {
  /** Parts that must all hold. */
  parts: string[];
  parameters: Record<string, ParameterValue>;
}

export function selectionOf(filter: Filter): Selection {
  const edgeTypes = EDGE_TYPES.filter(
    (type) =>
      (filter.relationships?.includes(type) ?? true) && (filter.families?.includes(FAMILY_OF_TYPE[type]) ?? true),
  );
  const shown = new Set<EdgeType>(edgeTypes);
  const derived = shown.has(DERIVED_TYPE);
  const claims = claimCondition(filter);
  return {
    edgeTypes,
    nodeTypes: filter.types === undefined ? null : new Set(filter.types),
    standings: filter.standing === undefined ? STORED_STANDINGS : new Set(filter.standing),
    needsClaims: filter.standing !== undefined || filter.status !== undefined || claims.parts.length > 1,
    claimTypes: RELATIONSHIP_TYPES.filter(
      (type) => shown.has(type) || (derived && (type === EVENT_TYPES.conducted || type === EVENT_TYPES.targeted)),
    ),
    claims,
  };
}

export function showsNode(selection: Selection, labels: readonly string[]): boolean {
  const type = typeOfLabels(labels);
  return selection.nodeTypes === null || (type !== null && selection.nodeTypes.has(type));
}

function claimCondition(filter: Filter): Condition {
  const parts: string[] = [];
  const parameters: Record<string, ParameterValue> = {};
  const add = (part: string, values: Record<string, ParameterValue>) => {
    parts.push(part);
    Object.assign(parameters, values);
  };
  if (filter.status === undefined) add("c.status <> 'rejected'", {});
  else add("c.status IN $statuses", { statuses: filter.status });
  if (filter.collection !== undefined) add("d.collection = $collection", { collection: filter.collection });
  if (filter.documents !== undefined) add("d.id IN $documents", { documents: filter.documents });
  if (filter.minConfidence !== undefined) {
    add("c.confidence >= $minConfidence", { minConfidence: filter.minConfidence });
  }
  const from = dateSpan(filter.from ?? null);
  if (from !== null) add("c.dateTo >= $dateFrom", { dateFrom: from.from });
  const to = dateSpan(filter.to ?? null);
  if (to !== null) add("c.dateFrom <= $dateTo", { dateTo: to.to });
  return { parts, parameters };
}
