import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import request from "supertest";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { entityDetailSchema } from "../../server/contract/graph.ts";
import { actorListsSchema } from "../../server/contract/lists.ts";
import { openFileLists } from "../../server/lists/file-lists.ts";
import type { ActorLists } from "../../server/lists/actor-lists.ts";
import { readList } from "../../server/lists/read-list.ts";
import { loadGazetteer } from "../../server/resolution/gazetteer.ts";
import { ingest } from "../../server/ingest.ts";
import { testServer } from "../http/parts.ts";
import { allReports, knowing, openPipeline, textInput } from "../ingest/pipeline.ts";

const CSV = `id;type;name;aliases;countries
eu-1;Person;Jean Éxample;Jean-Marc Exemple|J. Exemple;BE
eu-2;Vessel;Nave;;
eu-3;Organization;"Réseau ""Nord""";;RU
;Organization;Sans id;;
eu-4;Person;;;
`;
const FTM = [
  { id: "NK-1", schema: "Person", properties: { name: ["Anna Weiss"], alias: ["Анна Вайс"], nationality: ["de"] } },
  { id: "NK-2", schema: "Vessel", properties: { name: ["Nave"] } },
  { id: "NK-3", schema: "Company", properties: { name: "Zeta | Holding", country: ["xx1"] } },
  { id: "NK-4", schema: "Person", properties: {} },
];

let folder: string;
let lists: ActorLists;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lists-"));
  lists = openFileLists({ folder });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const AT = new Date("2026-01-01T00:00:00Z");

describe("reading", () => {
  test("CSV of a spreadsheet: ids are kept, faults told by line, the rest is used", () => {
    const { actors, faults } = readList(CSV, "eu.csv");
    expect(actors).toEqual([
      { id: "eu-1", type: "Person", names: ["Jean Éxample", "Jean-Marc Exemple", "J. Exemple"], countries: ["BE"] },
      { id: "eu-3", type: "Organization", names: ['Réseau "Nord"'], countries: ["RU"] },
      { id: "", type: "Organization", names: ["Sans id"], countries: [] },
    ]);
    expect(faults.map(({ line, reason }) => [line, reason.replace(/;.*/, "")])).toEqual([
      [3, '"Vessel" is no type'],
      [6, "the name is empty"],
    ]);
  });

  test("FollowTheMoney as lines and as an array", () => {
    const lines = `\uFEFF${FTM.map((one) => JSON.stringify(one)).join("\n")}\n\n{"half`;
    const { actors, faults } = readList(lines, "a.ftm.json");
    expect(actors).toEqual([
      { id: "NK-1", type: "Person", names: ["Anna Weiss", "Анна Вайс"], countries: ["DE"] },
      { id: "NK-3", type: "Organization", names: ["Zeta | Holding"], countries: [] },
    ]);
    expect(faults.map(({ line, reason }) => [line, reason.split(/[;:]/)[0]])).toEqual(
      [
        [6, "this is no JSON"],
        [2, "Vessel is no actor"],
        [4, "it has no name"],
      ].sort((a, b) => Number(a[0]) - Number(b[0])),
    );
    expect(readList(JSON.stringify(FTM), "a.json").actors).toEqual(actors);
  });

  test.each([["[]"], ["[1]"], ["{"], [""], ["name\nx"]])("nothing usable in %j", (text) => {
    expect(readList(text, "a").actors).toEqual([]);
  });
});

describe("keeping", () => {
  test("a list is kept as CSV, found again, replaced by its name, and taken out", async () => {
    expect(await lists.add("EU", "eu.csv", CSV, AT)).toMatchObject({ name: "EU", actors: 3, faults: { length: 2 } });
    await lists.add("EU", "two.json", JSON.stringify(FTM), AT);
    expect((await lists.all()).map(({ name, file, actors }) => [name, file, actors])).toEqual([["EU", "two.json", 2]]);
    expect(readList(await readFile(join(folder, "EU.csv"), "utf8"), "EU").actors).toEqual([
      { id: "NK-1", type: "Person", names: ["Anna Weiss", "Анна Вайс"], countries: ["DE"] },
      { id: "NK-3", type: "Organization", names: ["Zeta | Holding"], countries: [] },
    ]);
    expect([await lists.remove("EU"), await lists.remove("EU"), await lists.all()]).toEqual([true, false, []]);
  });

  test("a name that is no file name, and a file without actors, are refused", async () => {
    await expect(lists.add("../x", "a.csv", CSV, AT)).rejects.toMatchObject({ code: "invalid_input" });
    await expect(lists.add("x", "a.csv", "type,name\nShip,Nave\n", AT)).rejects.toThrow(
      /^Nothing of a\.csv can be used \(line 2: "Ship" is no type/,
    );
  });

  test("the gazetteer takes its names, with the list's ids", async () => {
    await lists.add("EU", "eu.csv", CSV, AT);
    const gazetteer = await loadGazetteer(
      new URL("../../data/gazetteers", import.meta.url).pathname,
      await lists.files(),
    );
    expect(gazetteer.warnings).toEqual([]);
    expect(gazetteer.lookup("Jean-Marc Exemple").map(({ id }) => id)).toEqual(["eu-1"]);
  });
});

describe("hits", () => {
  test("by any name, accents and case ignored, of a type that it may be", async () => {
    await lists.add("EU", "eu.csv", CSV, AT);
    const hit = { list: "EU", id: "eu-1", name: "Jean Éxample", match: "Jean Éxample" };
    const ask = (name: string, aliases: string[], type: "Person" | "ThreatGroup" | "Place") =>
      lists.hits({ name, aliases, type });
    expect(await ask("JEAN EXAMPLE", [], "Person")).toEqual([hit]);
    expect(await ask("Monsieur X", ["J. Exemple", "Jean Example"], "Person")).toEqual([
      { ...hit, match: "J. Exemple" },
    ]);
    expect(await ask("Jean Example", [], "Place")).toEqual([]);
    expect((await ask("Réseau Nord", [], "ThreatGroup")).map(({ id }) => id)).toEqual(["eu-3"]);
    await lists.remove("EU");
    expect(await ask("Jean Example", [], "Person")).toEqual([]);
  });

  test("stand in the details of an entity, and the list in the interface", async () => {
    const pipeline = await openPipeline(knowing(["Amaq", "Europol"]));
    const server = await testServer({ pipeline: pipeline.parts, store: pipeline.parts.store, actorLists: lists });
    const text = "L'agence Europol a neutralisé le site Amaq pendant deux jours, dit le parquet belge.";
    await allReports(ingest([textInput("a", text)], { collection: "news" }, pipeline.parts));
    await lists.add("Veille", "v.csv", "id,type,name\nq7,Organization,EUROPOL\n", AT);
    const { entities } = await pipeline.store.searchEntities({ q: "Europol", limit: 1 });
    const detail = await request(server.app).get(`/api/entities/${entities[0]!.id}`);
    expect(entityDetailSchema.parse(detail.body).lists).toEqual([
      { list: "Veille", id: "q7", name: "EUROPOL", match: "EUROPOL" },
    ]);
    const known = await request(server.app).get("/api/lists");
    expect(actorListsSchema.parse(known.body).lists.map(({ name }) => name)).toEqual(["Veille"]);
    await server.close();
    await pipeline.close();
  });
});
