/**
 * Values of Neo4j's driver ↔ plain values and the one tagged JSON type.
 */
import neo4j, {
  isInt,
  isNode,
  isPath,
  isPoint,
  isRelationship,
  type Integer,
  type Date as CalendarDate,
  type DateTime,
  type Duration,
  type LocalDateTime,
  type LocalTime,
  type Time,
  type Node,
  type Point,
  type Relationship,
} from "neo4j-driver";
import type { CypherNode, CypherPath, CypherRelationship, CypherValue } from "../../contract/cypher.ts";
import { ENGINE_ID } from "../cypher-answer.ts";
import type { Parameters, ParameterValue } from "../executor.ts";
import { tagged, taggedEntries, untaggedEntries, type Untagging } from "../tagged.ts";

/** Integers go as integers: the driver would send every number as a float. */
export function parametersToDriver(parameters: Parameters): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, toDriver(value)]));
}

function toDriver(value: ParameterValue): unknown {
  if (typeof value === "number") return Number.isSafeInteger(value) ? neo4j.int(value) : value;
  if (value === null || typeof value !== "object") return value;
  if (isList(value)) return value.map(toDriver);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toDriver(item)]));
}

function isList(value: object): value is readonly ParameterValue[] {
  return Array.isArray(value);
}

/** For our own queries, which return no nodes: integers become numbers. */
export function plainFromDriver(value: unknown): unknown {
  if (isInt(value)) return value.toNumber();
  if (Array.isArray(value)) return value.map(plainFromDriver);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainFromDriver(item)]));
  }
  return value;
}

export function fromDriver(value: unknown): CypherValue {
  return tagged(value, own);
}

function own(value: object): CypherValue | undefined {
  if (isInt(value)) return integer(value);
  if (isNode(value)) return node(value);
  if (isRelationship(value)) return relationship(value);
  if (isPath(value)) {
    const path: CypherPath = {
      $type: "path",
      nodes: [value.start, ...value.segments.map((segment) => segment.end)].map(node),
      relationships: value.segments.map((segment) => relationship(segment.relationship)),
    };
    return path;
  }
  if (isPoint(value)) return { $type: "point", value: printedPoint(value) };
  return isTemporal(value) ? { $type: "temporal", value: value.toString() } : undefined;
}

function integer(value: Integer): CypherValue {
  return value.inSafeRange() ? value.toNumber() : { $type: "integer", value: value.toString() };
}

function printedPoint({ srid, x, y, z }: Point): string {
  return `point({srid: ${String(srid)}, x: ${String(x)}, y: ${String(y)}${z === undefined ? "" : `, z: ${String(z)}`}})`;
}

function isTemporal(value: object): value is Duration | LocalTime | Time | CalendarDate | LocalDateTime | DateTime {
  return (
    neo4j.isDate(value) ||
    neo4j.isDateTime(value) ||
    neo4j.isDuration(value) ||
    neo4j.isLocalDateTime(value) ||
    neo4j.isLocalTime(value) ||
    neo4j.isTime(value)
  );
}

function node(value: Node): CypherNode {
  return {
    $type: "node",
    id: `${ENGINE_ID}${value.elementId}`,
    labels: [...value.labels],
    properties: taggedEntries(value.properties, own),
  };
}

function relationship(value: Relationship): CypherRelationship {
  return {
    $type: "relationship",
    id: `${ENGINE_ID}${value.elementId}`,
    type: value.type,
    source: `${ENGINE_ID}${value.startNodeElementId}`,
    target: `${ENGINE_ID}${value.endNodeElementId}`,
    properties: taggedEntries(value.properties, own),
  };
}

const AS_DRIVER_VALUES: Untagging<unknown> = {
  plain: (value) => (Number.isSafeInteger(value) ? neo4j.int(Number(value)) : value),
  list: (items) => items,
  map: (entries) => entries,
  tagged(tag, text) {
    if (tag === "integer") return neo4j.int(text);
    return tag === "float" ? Number(text) : text;
  },
};

export function userParametersToDriver(parameters: Readonly<Record<string, CypherValue>>): Record<string, unknown> {
  return untaggedEntries(parameters, AS_DRIVER_VALUES);
}

/** Ends of relationships in the rows that are no nodes of the rows. */
export function elementIdsOutside(rows: readonly unknown[]): string[] {
  const present = new Set<string>();
  const touched = new Set<string>();
  const visit = (value: unknown): void => {
    if (value === null || typeof value !== "object" || isInt(value)) return;
    if (Array.isArray(value)) value.forEach(visit);
    else if (isNode(value)) present.add(value.elementId);
    else if (isRelationship(value)) touched.add(value.startNodeElementId).add(value.endNodeElementId);
    else if (isPath(value)) {
      present.add(value.start.elementId);
      for (const segment of value.segments) present.add(segment.end.elementId);
    } else if (!isPoint(value) && !isTemporal(value)) Object.values(value).forEach(visit);
  };
  rows.forEach(visit);
  return [...touched].filter((id) => !present.has(id));
}
