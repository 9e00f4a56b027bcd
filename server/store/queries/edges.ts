/**
 * Cypher on edges of the projection. A relationship type is no parameter in Cypher, so each type has its own text; types come
 * from the ontology, never from input.
 */
import { edgeId } from "../../contract/identifiers.ts";
import { standingSchema } from "../../contract/filter.ts";
import type { GraphEdge } from "../../contract/graph.ts";
import {
  DERIVED_TYPE,
  EDGE_TYPES,
  FAMILY_OF_TYPE,
  SYMMETRIC_TYPES,
  edgeTypeSchema,
  type EdgeType,
  type NodeType,
} from "../../contract/ontology.ts";
import type { ParameterValue, Query } from "../executor.ts";
import { countIn, flagIn, numberIn, textIn, textOrNullIn, textsIn, type Row } from "../row.ts";
import { noRow, type RelationshipCount } from "./entities.ts";

interface Ends {
  source: string;
  target: string;
}

function propertiesOf(edge: GraphEdge): Record<string, ParameterValue> {
  return {
    family: edge.family,
    standing: edge.standing,
    contested: edge.contested,
    former: edge.former,
    claims: edge.claims,
    documents: edge.documents,
    sources: edge.sources,
    confidence: edge.confidence,
    firstDate: edge.firstDate,
    lastDate: edge.lastDate,
    ...(edge.derived ? { derived: true, via: edge.via } : {}),
  };
}

function endsOf(edges: readonly GraphEdge[]): ParameterValue[] {
  return edges.map(({ source, target }) => ({ source, target }));
}

const MATCH_ENDS = `UNWIND $rows AS row
MATCH (a:Entity {id: row.source})
MATCH (b:Entity {id: row.target})`;

function rowsOf(edges: readonly GraphEdge[]): ParameterValue[] {
  return edges.map((edge) => ({ source: edge.source, target: edge.target, properties: propertiesOf(edge) }));
}

/** For edges that the projection did not have: nothing is searched, so a hub costs no more than anyone. */
export function createEdges(type: EdgeType, edges: readonly GraphEdge[]): Query<never> {
  return {
    text: `${MATCH_ENDS}
CREATE (a)-[r:${type}]->(b)
SET r = row.properties`,
    parameters: { rows: rowsOf(edges) },
    access: "write",
    read: noRow,
  };
}

export function updateEdges(type: EdgeType, edges: readonly GraphEdge[]): Query<never> {
  return {
    text: `${MATCH_ENDS}
MATCH (a)-[r:${type}]->(b)
SET r = row.properties`,
    parameters: { rows: rowsOf(edges) },
    access: "write",
    read: noRow,
  };
}

export function deleteEdges(type: EdgeType, edges: readonly GraphEdge[]): Query<never> {
  return {
    text: `${MATCH_ENDS}
MATCH (a)-[r:${type}]->(b)
DELETE r`,
    parameters: { rows: endsOf(edges) },
    access: "write",
    read: noRow,
  };
}

/**
 * Events over which the pairs are joined in the stored projection. Pairs that share an end are asked together, so that the events
 * of a hub are walked once and not once a pair.
 */
export function bridgingEvents(pairs: readonly Ends[]): Query<Ends & { event: string }> {
  const bySource = groupPairs(pairs, "source", "target");
  const byTarget = groupPairs(pairs, "target", "source");
  const [groups, pattern] =
    bySource.length <= byTarget.length
      ? [bySource, "MATCH (near)-[:CONDUCTED]->(e:Entity)-[:TARGETED]->(far:Entity)"]
      : [byTarget, "MATCH (near)<-[:TARGETED]-(e:Entity)<-[:CONDUCTED]-(far:Entity)"];
  const [source, target] = groups === bySource ? ["near", "far"] : ["far", "near"];
  return {
    text: `UNWIND $groups AS pairs
MATCH (near:Entity {id: pairs.near})
${pattern}
WHERE far.id IN pairs.far
RETURN ${source}.id AS source, ${target}.id AS target, e.id AS event`,
    parameters: { groups },
    access: "read",
    read: (row) => ({ source: textIn(row, "source"), target: textIn(row, "target"), event: textIn(row, "event") }),
  };
}

function groupPairs(pairs: readonly Ends[], near: keyof Ends, far: keyof Ends): { near: string; far: string[] }[] {
  const groups = new Map<string, string[]>();
  for (const pair of pairs) groups.set(pair[near], [...(groups.get(pair[near]) ?? []), pair[far]]);
  return [...groups].map(([id, others]) => ({ near: id, far: others }));
}

const EDGE_COLUMNS = `type(r) AS type, startNode(r).id AS source, endNode(r).id AS target, r.standing AS standing,
  r.contested AS contested, r.former AS former, r.claims AS claims, r.documents AS documents, r.sources AS sources,
  r.confidence AS confidence, r.firstDate AS firstDate, r.lastDate AS lastDate, r.via AS via`;

export function edgeIn(row: Row): GraphEdge {
  const type = edgeTypeSchema.parse(row["type"]);
  const source = textIn(row, "source");
  const target = textIn(row, "target");
  return {
    id: edgeId(type, source, target),
    type,
    family: FAMILY_OF_TYPE[type],
    source,
    target,
    symmetric: SYMMETRIC_TYPES.has(type),
    derived: type === DERIVED_TYPE,
    via: textsIn(row, "via"),
    standing: standingSchema.parse(row["standing"]),
    contested: flagIn(row, "contested"),
    former: flagIn(row, "former"),
    claims: countIn(row, "claims"),
    documents: countIn(row, "documents"),
    sources: countIn(row, "sources"),
    confidence: numberIn(row, "confidence"),
    firstDate: textOrNullIn(row, "firstDate"),
    lastDate: textOrNullIn(row, "lastDate"),
  };
}

/** `A|B|C` for a relationship pattern. Without types nothing matches: callers answer empty before they ask. */
export function typePattern(types: readonly EdgeType[]): string {
  return types.join("|");
}

/** Edges that have both ends among the entities. */
export function edgesAmong(ids: readonly string[], types: readonly EdgeType[]): Query<GraphEdge> {
  return {
    text: `UNWIND $ids AS id
MATCH (a:Entity {id: id})-[r:${typePattern(types)}]->(b:Entity)
WHERE b.id IN $ids
RETURN ${EDGE_COLUMNS}`,
    parameters: { ids },
    access: "read",
    read: edgeIn,
  };
}

/** ` WHERE` that lets pass nodes of the types alone. */
function ofTypes(alias: string, types: ReadonlySet<NodeType> | null): string {
  if (types === null) return "";
  return types.size === 0 ? "\nWHERE false" : `\nWHERE ${[...types].map((type) => `${alias}:${type}`).join(" OR ")}`;
}

/** Ids of neighbours, best first: by their best edge's sources, all claims, best confidence, id. */
export function bestNeighbours(
  id: string,
  types: readonly EdgeType[],
  nodeTypes: ReadonlySet<NodeType> | null,
  limit: number,
): Query<string> {
  return {
    text: `MATCH (e:Entity {id: $id})-[r:${typePattern(types)}]-(n:Entity)${ofTypes("n", nodeTypes)}
WITH n, max(r.sources) AS sources, sum(r.claims) AS claims, max(r.confidence) AS confidence
RETURN n.id AS neighbour, sources, claims, confidence
ORDER BY sources DESC, claims DESC, confidence DESC, neighbour LIMIT $limit`,
    parameters: { id, limit },
    access: "read",
    read: (row) => textIn(row, "neighbour"),
  };
}

export function countNeighbours(
  id: string,
  types: readonly EdgeType[],
  nodeTypes: ReadonlySet<NodeType> | null,
): Query<number> {
  return {
    text: `MATCH (e:Entity {id: $id})-[r:${typePattern(types)}]-(n:Entity)${ofTypes("n", nodeTypes)}
RETURN count(DISTINCT n) AS total`,
    parameters: { id },
    access: "read",
    read: (row) => numberIn(row, "total"),
  };
}

/** All edges of an entity. */
export function edgesOf(
  id: string,
  types: readonly EdgeType[],
  nodeTypes: ReadonlySet<NodeType> | null,
): Query<GraphEdge> {
  return {
    text: `MATCH (e:Entity {id: $id})-[r:${typePattern(types)}]-(n:Entity)${ofTypes("n", nodeTypes)}
RETURN ${EDGE_COLUMNS}`,
    parameters: { id },
    access: "read",
    read: edgeIn,
  };
}

/** All edges between an entity and the others, asked from the others, who have fewer. */
export function edgesBetween(id: string, others: readonly string[], types: readonly EdgeType[]): Query<GraphEdge> {
  return {
    text: `UNWIND $others AS other
MATCH (n:Entity {id: other})-[r:${typePattern(types)}]-(e:Entity)
WHERE e.id = $id
RETURN ${EDGE_COLUMNS}`,
    parameters: { id, others },
    access: "read",
    read: edgeIn,
  };
}

/** How many edges of each type leave and reach an entity. */
export function edgeCountsOf(
  id: string,
  types: readonly EdgeType[],
  nodeTypes: ReadonlySet<NodeType> | null,
): Query<RelationshipCount> {
  return {
    text: `MATCH (e:Entity {id: $id})-[r:${typePattern(types)}]-(n:Entity)${ofTypes("n", nodeTypes)}
RETURN type(r) AS type, startNode(r) = e AS out, count(r) AS count
ORDER BY type, out DESC`,
    parameters: { id },
    access: "read",
    read: (row) => ({
      type: edgeTypeSchema.parse(row["type"]),
      direction: flagIn(row, "out") ? "out" : "in",
      count: countIn(row, "count"),
    }),
  };
}

export function countEdges(): Query<number> {
  return {
    text: `MATCH (:Entity)-[r:${typePattern(EDGE_TYPES)}]->(:Entity) RETURN count(r) AS total`,
    parameters: {},
    access: "read",
    read: (row) => numberIn(row, "total"),
  };
}

/** Edges that leave the entities: every edge is met once when all entities are asked in turn. */
export function edgesFrom(ids: readonly string[], types: readonly EdgeType[]): Query<GraphEdge> {
  return {
    text: `UNWIND $ids AS id
MATCH (a:Entity {id: id})-[r:${typePattern(types)}]->(b:Entity)
RETURN ${EDGE_COLUMNS}`,
    parameters: { ids },
    access: "read",
    read: edgeIn,
  };
}

/** Node ids of all shortest paths, `max` hops at most, over edges of the types alone. */
export function shortestPaths(
  from: string,
  to: string,
  max: number,
  types: readonly EdgeType[],
  limit: number,
): Query<string[]> {
  return {
    text: `MATCH (a:Entity {id: $from})
MATCH (b:Entity {id: $to})
MATCH p = allShortestPaths((a)-[:${typePattern(types)}*..${max}]-(b))
RETURN DISTINCT [n IN nodes(p) | n.id] AS ids
ORDER BY ids LIMIT $limit`,
    parameters: { from, to, limit },
    access: "read",
    read: (row) => textsIn(row, "ids"),
  };
}
