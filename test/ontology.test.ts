import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  ACTOR_TYPES,
  FAMILIES,
  FAMILY_OF_TYPE,
  NODE_TYPES,
  RELATIONSHIP_TYPES,
  SYMMETRIC_TYPES,
  ontologySchema,
} from "../server/contract/ontology.ts";

const ontology = ontologySchema.parse(JSON.parse(readFileSync("data/ontology.json", "utf8")));

test("the types of the code and of data/ontology.json are the same", () => {
  expect(ontology.nodes.map((node) => node.type)).toEqual([...NODE_TYPES]);
  expect(ontology.nodes.filter((node) => node.actor).map((node) => node.type)).toEqual([...ACTOR_TYPES]);
  expect(ontology.relationships.map((relationship) => relationship.type)).toEqual([...RELATIONSHIP_TYPES]);
  expect(ontology.families.map((family) => family.family)).toEqual([...FAMILIES]);
  expect(new Set(ontology.relationships.filter((r) => r.symmetric).map((r) => r.type))).toEqual(SYMMETRIC_TYPES);
  expect(FAMILY_OF_TYPE).toEqual({
    ...Object.fromEntries(ontology.relationships.map((r) => [r.type, r.family])),
    ACTED_AGAINST: "hostile",
  });
});
