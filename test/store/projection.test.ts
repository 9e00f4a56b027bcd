/** The projection as a pure function, row by row of its table. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { GraphEdge } from "../../server/contract/graph.ts";
import { projectClaims, type ClaimFact } from "../../server/store/projection.ts";
import { article, factsOf, idOf, says, type ArticleOptions, type Statement } from "./articles.ts";
import { anyStatement } from "./random-articles.ts";

function edgesOf(...articles: [Statement[], ArticleOptions?][]): GraphEdge[] {
  return projectClaims(
    factsOf(
      articles.map(([statements, options], index) => article(statements, { ending: `Fin ${index}.`, ...options })),
    ),
  );
}

const tookDown = (rest: Partial<Statement> = {}) => says("Europol", "TOOK_DOWN", "Amaq", rest);

const EDGE: GraphEdge = {
  id: "n-europol-TOOK_DOWN-n-amaq",
  type: "TOOK_DOWN",
  family: "hostile",
  source: "n-europol",
  target: "n-amaq",
  symmetric: false,
  derived: false,
  via: [],
  standing: "stated",
  contested: false,
  former: false,
  claims: 1,
  documents: 1,
  sources: 1,
  confidence: 0.8,
  firstDate: null,
  lastDate: null,
};

describe("one kind of claim backs one kind of edge", () => {
  test.each([["asserted"], ["reported"]] as const)("[S20] an affirmed %s claim backs a stated edge", (modality) => {
    expect(edgesOf([[tookDown({ modality })]])).toEqual([EDGE]);
  });

  test("[S21] an alleged claim backs an alleged edge, until a stated one comes", () => {
    const alleged = tookDown({ modality: "alleged", confidence: 0.9 });
    expect(edgesOf([[alleged]])).toEqual([{ ...EDGE, standing: "alleged", confidence: 0.9 }]);
    expect(edgesOf([[alleged]], [[tookDown()]])).toEqual([
      { ...EDGE, claims: 2, documents: 2, sources: 2, confidence: 0.9 },
    ]);
  });

  test.each([
    [{ modality: "planned" }],
    [{ modality: "denied" }],
    [{ polarity: "negated" }],
    [{ polarity: "negated", modality: "planned" }],
  ] as const)("[S20] a claim that is %j backs no edge", (rest) => {
    expect(edgesOf([[tookDown(rest)]])).toEqual([]);
  });

  test("[S22] a denied or negated claim contests the edge of the same type and ends, a planned one does not", () => {
    expect(edgesOf([[tookDown()]], [[tookDown({ modality: "denied" })]])).toEqual([{ ...EDGE, contested: true }]);
    expect(edgesOf([[tookDown()]], [[tookDown({ polarity: "negated" })]])).toEqual([{ ...EDGE, contested: true }]);
    expect(edgesOf([[tookDown()]], [[tookDown({ modality: "planned" })]])).toEqual([EDGE]);
  });

  test("[S20] a rejected claim neither backs nor contests", () => {
    const facts = factsOf([article([tookDown()]), article([tookDown({ polarity: "negated" })], { ending: "Fin." })]);
    const rejected = facts.map((fact): ClaimFact => ({ ...fact, status: "rejected" }));
    expect(projectClaims(rejected)).toEqual([]);
    expect(projectClaims([facts[0]!, rejected[1]!])).toEqual([EDGE]);
  });
});

describe("what an edge says of its claims", () => {
  test("[S23] it is former when all claims tell it as ended, or all of the latest date do", () => {
    const was = (date: string | null) => tookDown({ former: true, date });
    const is = (date: string | null) => tookDown({ date });
    const former = (...statements: Statement[]) =>
      edgesOf(...statements.map((statement): [Statement[]] => [[statement]])).map((edge) => edge.former);
    expect(former(was(null))).toEqual([true]);
    expect(former(was(null), is(null))).toEqual([false]);
    expect(former(was("2020"), is("2019"))).toEqual([true]);
    expect(former(was("2019"), is("2020"))).toEqual([false]);
    expect(former(was("2020"), is(null))).toEqual([true]);
    expect(former(was("2020"), is("2020"))).toEqual([false]);
  });

  test("[S24] dates come from claims alone, never from publication", () => {
    const published = { publishedAt: "2021-05-05" };
    expect(edgesOf([[tookDown()], published])).toEqual([EDGE]);
    expect(edgesOf([[tookDown({ date: "2019" })], published], [[tookDown({ date: "2019-11-24" })]])).toEqual([
      { ...EDGE, claims: 2, documents: 2, sources: 2, firstDate: "2019", lastDate: "2019" },
    ]);
  });

  test("[S25] sources are different publishers; a group of near-duplicates is one", () => {
    const first = article([tookDown()], { source: "Le Journal", publishedAt: "2020-01-01", ending: "A." });
    const copies = ["La Gazette", "L’Écho"].map((source, index) =>
      article([tookDown()], {
        source,
        publishedAt: "2020-01-02",
        duplicateOf: first.extraction.id,
        ending: `B${index}.`,
      }),
    );
    const same = article([tookDown()], { source: "le journal", ending: "C." });
    const own = article([tookDown()], { url: "https://www.exemple.fr/a", ending: "D." });
    const sources = (...documents: Parameters<typeof factsOf>[0][]) =>
      projectClaims(factsOf(documents.flatMap((part) => [...part])))[0]?.sources;
    expect(sources([first])).toBe(1);
    expect(sources([first, ...copies])).toBe(1);
    expect(sources(copies)).toBe(1);
    expect(sources([first, ...copies, same])).toBe(1);
    expect(sources([first, ...copies, own])).toBe(2);
  });

  test("[S26] a symmetric type is one edge, from the smaller id to the larger", () => {
    const edges = edgesOf([[says("Europol", "MET", "Amaq")]], [[says("Amaq", "MET", "Europol")]]);
    expect(edges).toEqual([
      {
        ...EDGE,
        id: "n-amaq-MET-n-europol",
        type: "MET",
        family: "communication",
        source: "n-amaq",
        target: "n-europol",
        symmetric: true,
        claims: 2,
        documents: 2,
        sources: 2,
      },
    ]);
  });

  test("[S27] a self-loop keeps its claims and backs no edge", () => {
    const [fact] = factsOf([article([tookDown()])]);
    expect(projectClaims([{ ...fact!, object: fact!.subject }])).toEqual([]);
  });
});

describe("derived edges", () => {
  const conducted = (rest: Partial<Statement> = {}) => says("Europol", "CONDUCTED", "opération Aube", rest);
  const targeted = (rest: Partial<Statement> = {}) => says("opération Aube", "TARGETED", "Amaq", rest);
  const derivedOf = (...statements: Statement[]) => edgesOf([statements]).filter((edge) => edge.derived);

  test("[S28] who conducted an event acted against whom it targeted", () => {
    expect(derivedOf(conducted({ confidence: 0.6, date: "2019-11" }), targeted({ date: "2019-12" }))).toEqual([
      {
        ...EDGE,
        id: "n-europol-ACTED_AGAINST-n-amaq",
        type: "ACTED_AGAINST",
        derived: true,
        via: [idOf("opération Aube")],
        claims: 2,
        confidence: 0.6,
        firstDate: "2019-11",
        lastDate: "2019-12",
      },
    ]);
  });

  test("[S28] half of it is not enough, and the weaker half decides how it stands", () => {
    expect(derivedOf(conducted())).toEqual([]);
    expect(derivedOf(targeted())).toEqual([]);
    expect(derivedOf(conducted({ modality: "planned" }), targeted())).toEqual([]);
    expect(derivedOf(conducted({ modality: "alleged" }), targeted()).map((edge) => edge.standing)).toEqual(["alleged"]);
  });

  test("[S28] several events make one edge, and the best of them decides", () => {
    const second = [
      says("Europol", "CONDUCTED", "opération Crépuscule", { modality: "alleged", confidence: 0.95 }),
      says("opération Crépuscule", "TARGETED", "Amaq", { confidence: 0.95 }),
    ];
    const [edge, ...others] = derivedOf(conducted(), targeted(), ...second);
    expect(others).toEqual([]);
    expect(edge).toMatchObject({
      via: [idOf("opération Aube"), idOf("opération Crépuscule")],
      standing: "stated",
      confidence: 0.95,
      claims: 4,
    });
  });

  test("[S28] nobody acts against oneself", () => {
    expect(derivedOf(conducted(), says("opération Aube", "TARGETED", "Europol"))).toEqual([]);
  });
});

test("[S29] the order of claims changes nothing, and every edge is backed by claims of its type", () => {
  fc.assert(
    fc.property(fc.array(anyStatement(), { maxLength: 12 }), fc.infiniteStream(fc.nat()), (statements, noise) => {
      const facts = factsOf(statements.map((statement, index) => article([statement], { ending: `Fin ${index}.` })));
      const edges = projectClaims(facts);
      const shuffled = [...facts]
        .map((fact) => ({ fact, key: noise.next().value as number }))
        .sort((a, b) => a.key - b.key)
        .map(({ fact }) => fact);
      expect(projectClaims(shuffled)).toEqual(edges);
      for (const edge of edges.filter((one) => !one.derived)) {
        expect(facts.some((fact) => fact.type === edge.type)).toBe(true);
        expect(edge.source).not.toBe(edge.target);
        expect(edge.sources).toBeLessThanOrEqual(edge.documents);
        expect(edge.documents).toBeLessThanOrEqual(edge.claims);
      }
      expect(new Set(edges.map((edge) => edge.id)).size).toBe(edges.length);
    }),
  );
});
