/**
 * Values of the embedded engine ↔ the one tagged JSON type. Nodes keep their engine id under `id` when they have no `id` of
 * their own.
 */
import type { CypherNode, CypherPath, CypherRelationship, CypherValue } from "../../contract/cypher.ts";
import { AppError } from "../../errors.ts";
import type { ParameterValue } from "../executor.ts";
import { ENGINE_ID } from "../cypher-answer.ts";
import { tagged, taggedEntries, untagged } from "../tagged.ts";
import {
  isEngineNode,
  isEnginePath,
  isEngineRelationship,
  type EngineNode,
  type EngineRelationship,
} from "./results.ts";

export function fromEngine(value: unknown): CypherValue {
  return tagged(value, own);
}

function own(value: object): CypherValue | undefined {
  if (value instanceof Date) return { $type: "temporal", value: value.toISOString() };
  if (isEngineNode(value)) return node(value);
  if (isEngineRelationship(value)) return relationship(value);
  if (!isEnginePath(value)) return undefined;
  const path: CypherPath = {
    $type: "path",
    nodes: value.nodes.map(node),
    relationships: value.edges.map(relationship),
  };
  return path;
}

function node({ _id, _labels, ...properties }: EngineNode): CypherNode {
  return { $type: "node", id: `${ENGINE_ID}${_id}`, labels: [..._labels], properties: taggedEntries(properties, own) };
}

function relationship({ _id, _source, _target, _type, ...properties }: EngineRelationship): CypherRelationship {
  return {
    $type: "relationship",
    id: `${ENGINE_ID}${_id}`,
    type: _type,
    source: `${ENGINE_ID}${_source}`,
    target: `${ENGINE_ID}${_target}`,
    properties: taggedEntries(properties, own),
  };
}

/** @throws AppError `unsupported` for integers beyond ±2^53, which this engine does not take as parameters. */
export function toEngine(parameters: Readonly<Record<string, CypherValue>>): Record<string, ParameterValue> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      untagged<ParameterValue>(value, {
        plain: (plain) => plain,
        list: (items) => items,
        map: (entries) => entries,
        tagged(tag, text) {
          if (tag === "temporal" || tag === "point") return text;
          throw new AppError(
            "unsupported",
            `The parameter $${name} has a value of type ${tag}, which the embedded store does not take ([S63]). Write it into the query instead.`,
          );
        },
      }),
    ]),
  );
}
