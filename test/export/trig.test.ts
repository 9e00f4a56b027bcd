/** The TriG export, parsed back by N3.js. */
import { Parser, type Quad } from "n3";
import { beforeAll, describe, expect, test } from "vitest";
import type { GraphEdge } from "../../server/contract/graph.ts";
import { standingOfClaim } from "../../server/contract/filter.ts";
import { FORMATS, type ExportSource } from "../../server/export/formats.ts";
import { claim, CLAIMS, NODES, SETTINGS, SOURCE } from "./graph-source.ts";

const EDGE: GraphEdge = {
  id: "n0-MEMBER_OF-n1",
  type: "MEMBER_OF",
  family: "membership",
  source: "n0",
  target: "n1",
  symmetric: false,
  derived: false,
  via: [],
  standing: "stated",
  contested: true,
  former: false,
  claims: 1,
  documents: 1,
  sources: 1,
  confidence: 0.8,
  firstDate: "2019-11",
  lastDate: "2019-11",
};
const NASTY = 'Il a dit : "\\u0041" \\ \u0000\n\t\uD800 — l’été\u2028.';
const source: ExportSource = {
  ...SOURCE,
  async *pages() {
    yield* SOURCE.pages();
    yield { nodes: [], edges: [EDGE, { ...EDGE, target: "n2", standing: "alleged" }] };
  },
  async *claims() {
    yield* SOURCE.claims();
    const { document } = claim("x", {});
    yield claim("c-nasty", {
      quote: NASTY,
      document: { ...document, id: "fr/0001 <x>", url: 'https://a.test/<b>|{c}?q="d"' },
    });
  },
};

let quads: Quad[];
beforeAll(async () => {
  let written = "";
  for await (const piece of FORMATS.trig.write(source, SETTINGS)) written += piece;
  quads = new Parser({ format: "application/trig" }).parse(written);
});

function valuesOf(subject: string, predicate: string): string[] {
  return quads
    .filter((quad) => quad.subject.value === subject && quad.predicate.value.endsWith(predicate))
    .map(({ object }) => object.value);
}

describe("TriG", () => {
  test("every entity, claim and article is a resource", () => {
    const typed = (type: string) =>
      new Set(
        quads
          .filter(({ predicate, object }) => predicate.value.endsWith("#type") && object.value.endsWith(type))
          .map(({ subject }) => subject.value),
      );
    expect([typed("vocabulary:Claim").size, typed("BibliographicResource").size]).toEqual([CLAIMS.length + 1, 3]);
    expect(NODES.map(({ id, name }) => [name, valuesOf(`urn:fil-rouge:entity:${id}`, "#prefLabel")])).toEqual(
      NODES.map(({ name }) => [name, [name]]),
    );
  });

  test("a claim carries both ends, quote, article, standing, polarity, modality, status and a date as precise as known", () => {
    for (const { id, subject, object, quote, document, polarity, modality, status, date, ...rest } of CLAIMS) {
      const of = (predicate: string) => valuesOf(`urn:fil-rouge:claim:${id}`, predicate);
      const told = [
        "#subject",
        "#object",
        "#value",
        "#wasQuotedFrom",
        ":standing",
        ":polarity",
        ":modality",
        ":status",
        "terms/date",
      ];
      expect(told.flatMap(of)).toEqual([
        `urn:fil-rouge:entity:${subject.id}`,
        `urn:fil-rouge:entity:${object.id}`,
        quote,
        `urn:fil-rouge:document:${document.id}`,
        standingOfClaim({ polarity, modality }),
        polarity,
        modality,
        status,
        ...(date === null ? [] : [date]),
      ]);
      expect(rest.confidence).toBe(Number(of(":confidence")[0]));
    }
    const dated = quads.find(
      ({ subject, predicate }) => subject.value.endsWith("c-planned") && predicate.value.endsWith("terms/date"),
    );
    expect(dated?.object).toMatchObject({ datatypeString: "http://www.w3.org/2001/XMLSchema#date" });
  });

  test("plain triples stand in the graph of their standing alone", () => {
    const plain = quads.filter(({ graph }) => graph.value !== "");
    expect(plain.map(({ graph, object }) => [graph.value, object.value])).toEqual([
      ["urn:fil-rouge:graph:stated", "urn:fil-rouge:entity:n1"],
      ["urn:fil-rouge:graph:alleged", "urn:fil-rouge:entity:n2"],
    ]);
  });

  test("any text comes back as it was, and any address and id make a name", () => {
    expect(valuesOf("urn:fil-rouge:claim:c-nasty", "#value")).toEqual([NASTY.replace("\uD800", "\uFFFD")]);
    expect(valuesOf("urn:fil-rouge:claim:c-nasty", "#wasQuotedFrom")).toEqual([
      "urn:fil-rouge:document:fr%2F0001%20%3Cx%3E",
    ]);
    expect(valuesOf("urn:fil-rouge:document:fr%2F0001%20%3Cx%3E", "terms/source")).toEqual([
      "https://a.test/%3Cb%3E%7C%7Bc%7D?q=%22d%22",
    ]);
  });
});
