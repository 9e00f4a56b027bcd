import { expect, test } from "vitest";
import type { Language, NodeType } from "../../server/contract/ontology.ts";
import { createHeadNouns } from "../../server/extraction/description-heads.ts";
import type { FoundMention } from "../../server/extraction/tagging.ts";

const ENTITIES = [
  { type: "PublicBody", name: "ministère de l'Intérieur", aliases: [] },
  { type: "MediaOutlet", name: "Amane", aliases: [] },
  { type: "PublicBody", name: "Cour des comptes", aliases: [] },
  { type: "PublicBody", name: "Cour de cassation", aliases: [] },
  { type: "Person", name: "Paul Ministère", aliases: [] },
].map((entity) => ({ ...entity, type: entity.type as NodeType }));

function mention(text: string, surface: string, type: NodeType, named = false): FoundMention {
  const start = text.indexOf(surface);
  return {
    ...{ window: 0, sentence: 0, start, end: start + surface.length, surface, type, named, faint: false },
    ...{ confidence: 0.9, distribution: [], firstPiece: 0, lastPiece: 0 },
  };
}

function nouns(language: Language = "fr") {
  const heads = createHeadNouns(ENTITIES, language);
  return { ...heads, means: (surface: string, type: NodeType) => heads.entityOf(mention(surface, surface, type)) };
}

test("a noun means the one entity whose name holds it, and none of two", () => {
  const { means } = nouns();
  expect(means("ministère", "PublicBody")).toBe(0);
  expect(means("cour", "PublicBody")).toBeNull();
  expect(means("agence", "MediaOutlet")).toBeNull();
});

test("a noun means what was called so last, by a description or beside its name", () => {
  const heads = nouns();
  heads.remember(mention("agence européenne", "agence européenne", "PublicBody"), 0);
  expect(heads.means("agence", "PublicBody")).toBe(0);
  const text = "La police a fermé l'agence Amane.";
  heads.readName(mention(text, "Amane", "MediaOutlet", true), 1, text);
  expect(heads.means("agence", "MediaOutlet")).toBe(1);
  const after = "Amane, une station de Liège, nie.";
  heads.readName(mention(after, "Amane", "MediaOutlet", true), 1, after);
  expect(heads.means("station", "MediaOutlet")).toBe(1);
});

test("English heads stand last", () => {
  const heads = nouns("en");
  const text = "Amane, a small charity in Leicester, denies it.";
  heads.readName(mention(text, "Amane", "MediaOutlet", true), 1, text);
  expect(heads.means("embattled charity", "Organization")).toBe(1);
  expect(heads.means("charity of the town", "Organization")).toBe(1);
});

test("neither a pronoun nor a noun for another sort of entity means anything", () => {
  const heads = nouns();
  heads.remember(mention("elle", "elle", "PublicBody"), 0);
  expect(heads.means("elle", "PublicBody")).toBeNull();
  expect(heads.means("ministère", "Person")).toBeNull();
});
