import { describe, expect, test } from "vitest";
import type { ExtractedEntity, Extraction } from "../../server/contract/extraction.ts";
import { isNamedEvent } from "../../server/resolution/events.ts";
import { buildGazetteer } from "../../server/resolution/gazetteer.ts";
import { growingGraph } from "./growing-graph.ts";

function extractionOf(
  id: string,
  entities: (Partial<ExtractedEntity> & Pick<ExtractedEntity, "type" | "name">)[],
): Extraction {
  return {
    id,
    title: "t",
    url: null,
    source: null,
    byline: null,
    language: "fr",
    publishedAt: null,
    mediaType: "text/plain",
    text: "t",
    entities: entities.map((entity, index) => ({ id: `e${index + 1}`, aliases: [], kind: null, ...entity })),
    mentions: [],
    claims: [],
    extractor: "test",
    warnings: [],
  };
}

/** Ids that the entities of each document get, one document after the other. */
function resolver(gazetteer = buildGazetteer([])) {
  const graph = growingGraph(gazetteer);
  return async (extraction: Extraction) => (await graph.ingest(extraction)).entities.map((entity) => entity.entity);
}

describe("resolution over documents", () => {
  test("one organisation under its long form and its acronym is one node, also when types differ within a group", async () => {
    const ingest = resolver();
    const [first] = await ingest(
      extractionOf("d1", [{ type: "PublicBody", name: "Agence nationale de la sécurité", aliases: ["ANS"] }]),
    );
    const [second] = await ingest(extractionOf("d2", [{ type: "Organization", name: "ANS" }]));
    expect(second).toBe(first);
  });

  test("accents, case, articles and apostrophes do not keep a name apart", async () => {
    const ingest = resolver();
    const [first] = await ingest(extractionOf("d1", [{ type: "ThreatGroup", name: "L’État islamique" }]));
    const [second] = await ingest(extractionOf("d2", [{ type: "ThreatGroup", name: "etat islamique" }]));
    expect(second).toBe(first);
  });

  test("a surname alone is not the full person of another article", async () => {
    const ingest = resolver();
    const [full] = await ingest(extractionOf("d1", [{ type: "Person", name: "Jean Dupont", aliases: ["Dupont"] }]));
    const [bare] = await ingest(extractionOf("d2", [{ type: "Person", name: "Dupont" }]));
    expect(bare).not.toBe(full);
  });

  test("types that exclude each other keep one name apart", async () => {
    const ingest = resolver();
    const [city] = await ingest(extractionOf("d1", [{ type: "Place", name: "Mercury" }]));
    const [person] = await ingest(extractionOf("d2", [{ type: "Person", name: "Mercury" }]));
    expect(person).not.toBe(city);
  });

  test("a group is one node whichever kind of group an article takes it for", async () => {
    const ingest = resolver();
    const [first] = await ingest(extractionOf("d1", [{ type: "ThreatGroup", name: "Légion du Ponant" }]));
    const [second] = await ingest(extractionOf("d2", [{ type: "PublicBody", name: "Légion du Ponant" }]));
    expect(second).toBe(first);
  });

  test("one word taken for a person is the outlet of that name only in the same company", async () => {
    const companions = [
      { type: "Person", name: "Aurélien Vauquelard" },
      { type: "ThreatGroup", name: "Légion du Ponant" },
    ] as const;
    const ingest = resolver();
    const [outlet] = await ingest(extractionOf("d1", [{ type: "MediaOutlet", name: "Brisance" }, ...companions]));
    const [stranger] = await ingest(extractionOf("d2", [{ type: "Person", name: "Brisance" }]));
    const [misread] = await ingest(extractionOf("d3", [{ type: "Person", name: "Brisance" }, ...companions]));
    expect(stranger).not.toBe(outlet);
    expect(misread).toBe(outlet);
  });

  test("events told by a description never merge, named ones do", async () => {
    const ingest = resolver();
    const [attack1, operation1] = await ingest(
      extractionOf("d1", [
        { type: "Event", name: "cyberattaque" },
        { type: "Event", name: "opération Crête muette" },
      ]),
    );
    const [attack2, operation2] = await ingest(
      extractionOf("d2", [
        { type: "Event", name: "cyberattaque" },
        { type: "Event", name: "opération Crête muette" },
      ]),
    );
    expect(attack2).not.toBe(attack1);
    expect(operation2).toBe(operation1);
  });

  test("general knowledge joins the names of one actor over languages", async () => {
    const table = `id,type,name_en,name_fr,aliases_en,aliases_fr
body:un,PublicBody,United Nations,Organisation des Nations unies,UN,ONU`;
    const ingest = resolver(buildGazetteer([{ name: "bodies.csv", text: table }]));
    const [french] = await ingest(extractionOf("d1", [{ type: "PublicBody", name: "ONU" }]));
    const [english] = await ingest(extractionOf("d2", [{ type: "PublicBody", name: "United Nations" }]));
    expect(english).toBe(french);
  });

  test("the same document resolved twice gives the same ids", async () => {
    const extraction = extractionOf("d1", [
      { type: "Person", name: "Anne Martin" },
      { type: "Event", name: "attentat" },
    ]);
    expect(await resolver()(extraction)).toEqual(await resolver()(extraction));
  });
});

describe("named events", () => {
  test.each(["opération Barkhane", "Operation Silent Ridge", "opération « Phare éteint »", "Brexit", "Coupe du Monde"])(
    "%s has a name of its own",
    (name) => expect(isNamedEvent(name)).toBe(true),
  );
  test.each([
    "attentat de Nice",
    "opération de deux jours",
    "cyberattaque contre Amaq, novembre 2019",
    "Attack on Nice",
    "sommet du G20",
    "operation against the group",
    "two-day operation",
  ])("%s is a description", (name) => expect(isNamedEvent(name)).toBe(false));
});
