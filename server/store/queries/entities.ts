/**
 * Cypher on entities: locking and writing them, and reading them as nodes of the graph.
 */
import type { GraphNode } from "../../contract/graph.ts";
import {
  EDGE_TYPES,
  labelsOfType,
  NODE_TYPES,
  typeOfLabels,
  type EdgeType,
  type NodeType,
} from "../../contract/ontology.ts";
import type { KnownEntity } from "../../contract/resolution.ts";
import type { ParameterValue, Query } from "../executor.ts";
import { countIn, numberIn, textIn, textOrNullIn, textsIn, type Row } from "../row.ts";

/** Columns of a node, read by `nodeIn`. `alias` is a variable of the query, never input. */
export function nodeColumns(alias: string): string {
  return `${alias}.id AS id, ${alias}.name AS name, labels(${alias}) AS labels, ${alias}.kind AS kind,
  ${alias}.aliases AS aliases, ${alias}.countries AS countries, ${alias}.mentionCount AS mentionCount,
  ${alias}.documentCount AS documentCount, ${alias}.firstSeen AS firstSeen, ${alias}.lastSeen AS lastSeen`;
}

export function typeIn(row: Row, column: string): NodeType {
  const labels = textsIn(row, column);
  const type = typeOfLabels(labels);
  if (type === null) throw new TypeError(`an entity has no type among its labels ${labels.join(", ")}`);
  return type;
}

export function nodeIn(row: Row): GraphNode {
  return {
    id: textIn(row, "id"),
    name: textIn(row, "name"),
    labels: labelsOfType(typeIn(row, "labels")),
    kind: textOrNullIn(row, "kind"),
    aliases: textsIn(row, "aliases"),
    countries: textsIn(row, "countries"),
    mentionCount: countIn(row, "mentionCount"),
    documentCount: countIn(row, "documentCount"),
    firstSeen: textOrNullIn(row, "firstSeen"),
    lastSeen: textOrNullIn(row, "lastSeen"),
  };
}

/** What a write needs to know of an entity before it changes it. */
export interface LockedEntity {
  id: string;
  /** Null: this transaction created it. */
  tally: string | null;
  degree: number;
  firstSeen: string | null;
  lastSeen: string | null;
  type: NodeType | null;
  /** JSON: what people decided of it. */
  override: string | null;
}

/**
 * Creates what is missing and takes the write lock of all, so that what is read afterwards stays true until the commit. Setting
 * the id to itself is the lock: it changes nothing, whoever wrote last.
 */
export function lockEntities(ids: readonly string[]): Query<LockedEntity> {
  return {
    text: `UNWIND $ids AS id
MERGE (e:Entity {id: id})
SET e.id = id
RETURN e.id AS id, e.tally AS tally, e.degree AS degree, e.firstSeen AS firstSeen, e.lastSeen AS lastSeen,
  labels(e) AS labels, e.override AS override`,
    parameters: { ids },
    access: "write",
    read: lockedIn,
  };
}

function lockedIn(row: Row): LockedEntity {
  return {
    id: textIn(row, "id"),
    tally: textOrNullIn(row, "tally"),
    degree: countIn(row, "degree"),
    firstSeen: textOrNullIn(row, "firstSeen"),
    lastSeen: textOrNullIn(row, "lastSeen"),
    type: typeOfLabels(textsIn(row, "labels")),
    override: textOrNullIn(row, "override"),
  };
}

export function writeEntities(rows: readonly { id: string; properties: ParameterValue }[]): Query<never> {
  return {
    text: `UNWIND $rows AS row
MATCH (e:Entity {id: row.id})
SET e += row.properties`,
    parameters: { rows: rows.map(({ id, properties }) => ({ id, properties })) },
    access: "write",
    read: noRow,
  };
}

export function labelEntities(type: NodeType, ids: readonly string[]): Query<never> {
  const own = labelsOfType(type).filter((label) => label !== "Entity");
  return {
    text: `UNWIND $ids AS id
MATCH (e:Entity {id: id})
REMOVE e:Actor:${NODE_TYPES.join(":")}
SET e:${own.join(":")}`,
    parameters: { ids },
    access: "write",
    read: noRow,
  };
}

export function deleteEntities(ids: readonly string[]): Query<never> {
  return {
    text: `UNWIND $ids AS id
MATCH (e:Entity {id: id})
DETACH DELETE e`,
    parameters: { ids },
    access: "write",
    read: noRow,
  };
}

/** Publication dates of the documents that mention each entity. */
export function publicationDates(ids: readonly string[]): Query<{ id: string; dates: string[] }> {
  return {
    text: `UNWIND $ids AS id
MATCH (e:Entity {id: id})-[:MENTIONED_IN]->(d:Document)
WHERE d.publishedAt IS NOT NULL
RETURN id AS id, collect(DISTINCT d.publishedAt) AS dates`,
    parameters: { ids },
    access: "read",
    read: (row) => ({ id: textIn(row, "id"), dates: textsIn(row, "dates") }),
  };
}

/** Nodes by id, in the order of their ids. */
export function nodesById(ids: readonly string[]): Query<GraphNode> {
  return {
    text: `UNWIND $ids AS wanted
MATCH (e:Entity {id: wanted})
RETURN ${nodeColumns("e")}
ORDER BY id`,
    parameters: { ids },
    access: "read",
    read: nodeIn,
  };
}

/** `tally` is there where the fields are not those that it gives: somebody decided the name or the type. */
export function knownEntities(ids: readonly string[]): Query<KnownEntity & { tally: string | null }> {
  return {
    text: `UNWIND $ids AS wanted
MATCH (e:Entity {id: wanted})
RETURN ${nodeColumns("e")}, e.searchKeys AS searchKeys,
  CASE WHEN e.override IS NULL THEN null ELSE e.tally END AS tally
ORDER BY id`,
    parameters: { ids },
    access: "read",
    read: (row) => ({
      id: textIn(row, "id"),
      type: typeIn(row, "labels"),
      name: textIn(row, "name"),
      aliases: textsIn(row, "aliases"),
      kind: textOrNullIn(row, "kind"),
      countries: textsIn(row, "countries"),
      mentionCount: countIn(row, "mentionCount"),
      documentCount: countIn(row, "documentCount"),
      keys: textsIn(row, "searchKeys"),
      tally: textOrNullIn(row, "tally"),
    }),
  };
}

/** Entities that are there, as a write needs them, without locking or creating any. */
export function presentEntities(ids: readonly string[]): Query<LockedEntity> {
  return {
    text: `UNWIND $ids AS wanted
MATCH (e:Entity {id: wanted})
RETURN e.id AS id, e.tally AS tally, e.degree AS degree, e.firstSeen AS firstSeen, e.lastSeen AS lastSeen,
  labels(e) AS labels, e.override AS override`,
    parameters: { ids },
    access: "read",
    read: lockedIn,
  };
}

export interface NamedNode {
  node: GraphNode;
  searchKeys: string[];
  degree: number;
}

export function namedNodes(ids: readonly string[]): Query<NamedNode> {
  return {
    text: `UNWIND $ids AS wanted
MATCH (e:Entity {id: wanted})
RETURN ${nodeColumns("e")}, e.searchKeys AS searchKeys, e.degree AS degree
ORDER BY id`,
    parameters: { ids },
    access: "read",
    read: namedNodeIn,
  };
}

export function namedNodeIn(row: Row): NamedNode {
  return { node: nodeIn(row), searchKeys: textsIn(row, "searchKeys"), degree: countIn(row, "degree") };
}

/** The best connected of all entities, or of one type. */
export function bestConnected(type: NodeType | null, limit: number): Query<NamedNode> {
  return {
    text: `MATCH (e:Entity${type === null ? "" : `:${type}`})
WHERE e.degree >= 0
WITH e ORDER BY e.degree DESC, e.mentionCount DESC, e.id LIMIT $limit
RETURN ${nodeColumns("e")}, e.searchKeys AS searchKeys, e.degree AS degree
ORDER BY degree DESC, mentionCount DESC, id`,
    parameters: { limit },
    access: "read",
    read: namedNodeIn,
  };
}

export function countEntities(type: NodeType | null): Query<number> {
  return {
    text: `MATCH (e:Entity${type === null ? "" : `:${type}`}) RETURN count(e) AS total`,
    parameters: {},
    access: "read",
    read: (row) => numberIn(row, "total"),
  };
}

/** Actors but countries, by the number of their edges; those without any are left out. */
export function bestActors(limit: number): Query<GraphNode> {
  return {
    text: `MATCH (e:Entity:Actor)
WHERE e.degree > 0 AND NOT e:Country
WITH e ORDER BY e.degree DESC, e.id LIMIT $limit
RETURN ${nodeColumns("e")}, e.degree AS degree
ORDER BY degree DESC, id`,
    parameters: { limit },
    access: "read",
    read: nodeIn,
  };
}

export function countConnectedActors(): Query<number> {
  return {
    text: "MATCH (e:Entity:Actor) WHERE e.degree > 0 AND NOT e:Country RETURN count(e) AS total",
    parameters: {},
    access: "read",
    read: (row) => numberIn(row, "total"),
  };
}

/** Events that have edges with two or more of the actors, those of most actors first. */
export function joiningEvents(actors: readonly string[], limit: number): Query<GraphNode> {
  return {
    text: `UNWIND $actors AS actor
MATCH (a:Entity {id: actor})-[:${EDGE_TYPES.join("|")}]-(e:Event)
WITH e, count(DISTINCT a) AS joined
WHERE joined > 1
WITH e, joined ORDER BY joined DESC, e.id LIMIT $limit
RETURN ${nodeColumns("e")}, joined
ORDER BY joined DESC, id`,
    parameters: { actors, limit },
    access: "read",
    read: nodeIn,
  };
}

/** Page of nodes in the order of their ids, from after `cursor`. */
export function nodePage(cursor: string, limit: number): Query<GraphNode> {
  return {
    text: `MATCH (e:Entity) WHERE e.id > $cursor
WITH e ORDER BY e.id LIMIT $limit
RETURN ${nodeColumns("e")}
ORDER BY id`,
    parameters: { cursor, limit },
    access: "read",
    read: nodeIn,
  };
}

/** Ids of all, in their order. */
export function entityIds(): Query<string> {
  return {
    text: "MATCH (e:Entity) RETURN e.id AS id ORDER BY id",
    parameters: {},
    access: "read",
    read: (row) => textIn(row, "id"),
  };
}

export interface RelationshipCount {
  type: EdgeType;
  direction: "out" | "in";
  count: number;
}

/** A query that only writes answers no rows. */
export function noRow(): never {
  throw new TypeError("a write answered a row that was not asked for");
}
