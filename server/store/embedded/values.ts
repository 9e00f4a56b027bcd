/**
 * Values of the embedded engine ↔ the one tagged JSON type. Nodes keep their engine id under `id` when they have no `id` of
 * their own.
 */
import type { CypherNode, CypherPath, CypherRelationship, CypherValue } from "../../contract/cypher.ts";
import { AppError } from "../../errors.ts";
import type { ParameterValue } from "../executor.ts";
import { ENGINE_ID } from "../cypher-answer.ts";
import { untag } from "../tagged.ts";
import {
  isEngineNode,
  isEnginePath,
  isEngineRelationship,
  isMap,
  type EngineNode,
  type EngineRelationship,
} from "./results.ts";

export function fromEngine(value: unknown): CypherValue {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case "boolean":
    case "string":
      return value;
    case "number":
      return Number.isFinite(value) ? value : { $type: "float", value: String(value) };
    case "bigint":
      return { $type: "integer", value: String(value) };
    case "object":
      break;
    case "undefined":
    case "function":
    case "symbol":
      return null;
  }
  if (Array.isArray(value)) return value.map(fromEngine);
  if (value instanceof Date) return { $type: "temporal", value: value.toISOString() };
  if (ArrayBuffer.isView(value)) return [...new Uint8Array(value.buffer, value.byteOffset, value.byteLength)];
  if (isEngineNode(value)) return node(value);
  if (isEngineRelationship(value)) return relationship(value);
  if (isEnginePath(value)) {
    const path: CypherPath = {
      $type: "path",
      nodes: value.nodes.map(node),
      relationships: value.edges.map(relationship),
    };
    return path;
  }
  const entries = isMap(value) ? map(value) : {};
  return "$type" in entries ? { $type: "map", value: entries } : entries;
}

function map(value: Readonly<Record<string, unknown>>): { [key: string]: CypherValue } {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fromEngine(item)]));
}

function node({ _id, _labels, ...properties }: EngineNode): CypherNode {
  return { $type: "node", id: `${ENGINE_ID}${_id}`, labels: [..._labels], properties: map(properties) };
}

function relationship({ _id, _source, _target, _type, ...properties }: EngineRelationship): CypherRelationship {
  return {
    $type: "relationship",
    id: `${ENGINE_ID}${_id}`,
    type: _type,
    source: `${ENGINE_ID}${_source}`,
    target: `${ENGINE_ID}${_target}`,
    properties: map(properties),
  };
}

/** @throws AppError `unsupported` for integers beyond ±2^53, which this engine does not take as parameters. */
export function toEngine(parameters: Readonly<Record<string, CypherValue>>): Record<string, ParameterValue> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, parameter(name, value)]));
}

function parameter(name: string, value: CypherValue): ParameterValue {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((item) => parameter(name, item));
  const untagged = untag(value);
  if (untagged.kind === "map") {
    return Object.fromEntries(Object.entries(untagged.entries).map(([key, item]) => [key, parameter(name, item)]));
  }
  if (untagged.tag === "temporal" || untagged.tag === "point") return untagged.text;
  throw new AppError(
    "unsupported",
    `The parameter $${name} has a value of type ${untagged.tag}, which the embedded store does not take ([S63]). Write it into the query instead.`,
  );
}
