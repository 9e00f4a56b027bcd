import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { MODALITIES } from "../../server/contract/extraction.ts";
import {
  NODE_TYPES,
  ontologySchema,
  RELATIONSHIP_TYPES,
  type NodeType,
  type RelationshipType,
} from "../../server/contract/ontology.ts";
import { antecedentPairs, canStandFor, chooseAntecedents } from "../../server/extraction/antecedents.ts";
import { manifestSchema } from "../../server/extraction/model-files.ts";
import { createOntologyMask } from "../../server/extraction/ontology-mask.ts";
import { candidatePairs, type MentionPair } from "../../server/extraction/pairs.ts";
import { claimsOfWindow } from "../../server/extraction/scored-claims.ts";
import type { FoundMention, Window } from "../../server/extraction/tagging.ts";
import type { TokenSentence } from "../../server/extraction/windows.ts";

const ontology = ontologySchema.parse(JSON.parse(readFileSync("data/ontology.json", "utf8")));
const mask = createOntologyMask(ontology);
const realManifest = manifestSchema.parse(JSON.parse(readFileSync("data/model/model.json", "utf8")));
const half = Object.fromEntries(RELATIONSHIP_TYPES.map((type) => [type, 0.5])) as Record<RelationshipType, number>;
const manifest = {
  ...realManifest,
  thresholds: {
    relation: half,
    relationAcross: half,
    antecedent: 0,
    described: 0,
    faint: 0,
    negated: 0.5,
    former: 0.5,
  },
  calibration: { mention: { a: 1, b: 0 }, relation: { a: 1, b: 0 }, relationAcross: { a: 1, b: 0 } },
};

function mention(
  sentence: number,
  firstPiece: number,
  type: NodeType,
  options: Partial<FoundMention> = {},
): FoundMention {
  return {
    window: 0,
    sentence,
    start: firstPiece * 10,
    end: firstPiece * 10 + 5,
    surface: "xxxxx",
    type,
    named: true,
    faint: false,
    confidence: 0.9,
    distribution: NODE_TYPES.map((each) => (each === type ? 1 : 0)),
    firstPiece,
    lastPiece: firstPiece,
    ...options,
  };
}

/** A window of sentences of ten pieces each. */
function windowOf(sentences: number): Window {
  const sentence: TokenSentence = {
    start: 0,
    end: 100,
    paragraph: 0,
    words: [],
    pieces: new Array<number>(10).fill(7),
    firsts: [],
    lasts: [],
  };
  return {
    sentences: new Array<TokenSentence>(sentences).fill(sentence),
    bases: Array.from({ length: sentences }, (_, index) => 1 + 10 * index),
  };
}

describe("the ontology's mask", () => {
  test("allows exactly what data/ontology.json allows, symmetric types both ways", () => {
    for (const subject of NODE_TYPES) {
      for (const object of NODE_TYPES) {
        for (const type of RELATIONSHIP_TYPES) {
          const relationship = ontology.relationships.find((each) => each.type === type)!;
          const fits = (from: NodeType, to: NodeType): boolean =>
            relationship.from.includes(from) && relationship.to.includes(to) && (!relationship.sameType || from === to);
          const expected = fits(subject, object) || (relationship.symmetric && fits(object, subject));
          expect(mask.allows(type, subject, object), `${subject} ${type} ${object}`).toBe(expected);
        }
      }
    }
  });
});

describe("candidate pairs", () => {
  test("join all mentions of a sentence both ways, and close ones of neighbouring sentences", () => {
    const mentions = [
      mention(0, 2, "Person"),
      mention(0, 5, "Place"),
      mention(1, 12, "Country"),
      mention(3, 35, "Person"),
    ];
    const pairs = candidatePairs(windowOf(4), mentions, (index) => index, 64);
    const brief = pairs.map(({ subject, object, context, across }) => [subject, object, ...context, across]);
    expect(brief).toEqual([
      [0, 1, 1, 10, false],
      [1, 0, 1, 10, false],
      [0, 2, 1, 20, true],
      [2, 0, 1, 20, true],
      [1, 2, 1, 20, true],
      [2, 1, 1, 20, true],
    ]);
  });

  test("leave out mentions of nothing, of one entity, and what the sentence tells alone", () => {
    const mentions = [
      mention(0, 2, "Person"),
      mention(0, 5, "Place"),
      mention(1, 12, "Person"),
      mention(1, 15, "Place"),
      mention(1, 17, "Event"),
    ];
    const entities = [0, 1, 0, 1, null];
    const pairs = candidatePairs(windowOf(2), mentions, (index) => entities[index] ?? null, 64);
    expect(pairs.map(({ subject, object }) => [subject, object])).toEqual([
      [0, 1],
      [1, 0],
      [2, 3],
      [3, 2],
    ]);
  });

  test("grow no faster than the number of mentions in a long list", () => {
    const list = (count: number): number => {
      const mentions = Array.from({ length: count }, (_, index) => mention(0, index + 1, "Person"));
      return candidatePairs(windowOf(1), mentions, (index) => index, 64).length;
    };
    expect(list(2_000)).toBeLessThan(list(200) * 12);
  });
});

/** Logits of one row a pair: everything unlikely but what is named. */
function outputOf(
  rows: readonly Partial<Record<RelationshipType, number>>[],
  facts: { negated?: boolean; modality?: number; former?: boolean } = {},
) {
  const relations = new Float32Array(rows.length * RELATIONSHIP_TYPES.length).fill(-9);
  rows.forEach((row, index) => {
    for (const [type, logit] of Object.entries(row)) {
      relations[index * RELATIONSHIP_TYPES.length + RELATIONSHIP_TYPES.indexOf(type as RelationshipType)] = logit;
    }
  });
  const each = <T>(values: T[]): T[] => rows.flatMap(() => values);
  return {
    relations,
    polarities: Float32Array.from(each(facts.negated === true ? [0, 3] : [3, 0])),
    modalities: Float32Array.from(each(MODALITIES.map((_, index) => (index === (facts.modality ?? 0) ? 3 : 0)))),
    formers: Float32Array.from(each(facts.former === true ? [0, 3] : [3, 0])),
    antecedents: new Float32Array(),
  };
}

function pair(subject: number, object: number, across = false): MentionPair {
  return { subject, object, context: [1, 10], across, sentence: 0 };
}

function claimsFrom(
  mentions: FoundMention[],
  entities: (number | null)[],
  pairs: MentionPair[],
  rows: Partial<Record<RelationshipType, number>>[],
  facts = {},
) {
  return claimsOfWindow(
    {
      mentions,
      pairs,
      output: outputOf(rows, facts),
      entityOf: (index) => entities[index] ?? null,
      typeOf: (index) => mentions[index]!.type,
    },
    manifest,
    mask,
  );
}

describe("claims of a window", () => {
  const person = mention(0, 2, "Person");
  const company = mention(0, 5, "Organization");
  const again = mention(0, 8, "Organization");

  test("are those above the threshold, from the pair that scores highest, each once", () => {
    const claims = claimsFrom(
      [person, company, again],
      [0, 1, 1],
      [pair(0, 1), pair(0, 2), pair(1, 0)],
      [{ LEADS: 1, WORKS_FOR: -1 }, { LEADS: 2 }, {}],
      { negated: true, modality: 2, former: true },
    );
    expect(claims).toEqual([
      {
        type: "LEADS",
        subject: person,
        object: again,
        sentence: 0,
        across: false,
        polarity: "negated",
        modality: "alleged",
        former: true,
        confidence: 0.8808,
      },
    ]);
  });

  test("never break the ontology, however sure the model is", () => {
    const claims = claimsFrom(
      [person, company],
      [0, 1],
      [pair(1, 0)],
      [{ LEADS: 20, FAMILY_OF: 20, ALLEGIANCE_TO: 20 }],
    );
    expect(claims).toEqual([]);
  });

  test("tell a symmetric one once, by the mean of both directions, in the order of mention", () => {
    const [claim, ...others] = claimsFrom(
      [person, company],
      [0, 1],
      [pair(1, 0), pair(0, 1)],
      [{ MET: 4 }, { MET: 1 }],
    );
    expect(others).toEqual([]);
    expect([claim!.subject, claim!.object, claim!.confidence]).toEqual([person, company, 0.9241]);
    expect(claimsFrom([person, company], [0, 1], [pair(1, 0), pair(0, 1)], [{ MET: 1 }, { MET: -3 }])).toEqual([]);
  });
});

describe("antecedents", () => {
  test("are named mentions, the nearest first, at most so many", () => {
    const mentions = [
      mention(0, 2, "Person"),
      mention(0, 4, "Organization", { named: false }),
      mention(0, 5, "Person"),
      mention(1, 30, "Organization"),
    ];
    expect(antecedentPairs(mentions, 2)).toEqual([
      { mention: 1, candidate: 2 },
      { mention: 1, candidate: 0 },
    ]);
  });

  test("are chosen by score, above the threshold, among those that the wording allows", () => {
    const mentions = [
      mention(0, 2, "Person"),
      mention(0, 3, "Organization"),
      mention(0, 4, "Person", { named: false, surface: "she" }),
    ];
    const pairs = antecedentPairs(mentions, 40);
    const choose = (scores: number[]) =>
      chooseAntecedents(mentions, pairs, Float32Array.from(scores), 0, (index) => mentions[index]!.type);
    expect(pairs.map((each) => each.candidate)).toEqual([1, 0]);
    expect([...choose([5, 1])]).toEqual([[2, 0]]);
    expect([...choose([5, -1])]).toEqual([]);
  });

  test("fit the description's family, number and gender of person", () => {
    expect(canStandFor({ type: "Person", surface: "elle" }, "Person")).toBe(true);
    expect(canStandFor({ type: "PublicBody", surface: "elle" }, "Organization")).toBe(true);
    expect(canStandFor({ type: "Person", surface: "he" }, "Country")).toBe(false);
    expect(canStandFor({ type: "Person", surface: "ils" }, "Person")).toBe(false);
    expect(canStandFor({ type: "PublicBody", surface: "les autorités turques" }, "Country")).toBe(true);
    expect(canStandFor({ type: "Event", surface: "l'attaque" }, "Person")).toBe(false);
  });
});
