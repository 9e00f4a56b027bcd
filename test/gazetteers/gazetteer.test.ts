import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Language } from "../../server/contract/ontology.ts";
import { AppError } from "../../server/errors.ts";
import { buildGazetteer, loadGazetteer } from "../../server/resolution/gazetteer.ts";
import type { Gazetteer } from "../../server/resolution/gazetteer.ts";

const FOLDER = path.join(import.meta.dirname, "../../data/gazetteers");

let gazetteer: Gazetteer;
beforeAll(async () => {
  gazetteer = await loadGazetteer(FOLDER);
});

const ids = (name: string): string[] => gazetteer.lookup(name).map((actor) => actor.id);
const found = (name: string): string[] =>
  gazetteer.match(name).map(({ actor, ambiguous }) => `${actor.id}${ambiguous ? " ?" : ""}`);

describe("names of one actor in two languages", () => {
  it.each([
    [["ONU", "UN", "Nations unies", "United Nations", "U.N.", "O.N.U."], "body:united-nations"],
    [["EI", "ISIS", "ISIL", "Daech", "Daesh", "Islamic State", "l'État islamique"], "group:islamic-state"],
    [["Otan", "NATO", "OTAN", "Alliance atlantique"], "body:nato"],
    [["Londres", "London"], "city:2643743"],
    [["Moscou", "Moscow"], "city:524901"],
    [["Pékin", "Beijing", "Peking"], "city:1816670"],
    [["Varsovie", "Warsaw"], "city:756135"],
    [["Aqmi", "AQIM", "Al-Qaïda au Maghreb islamique"], "group:al-qaeda-in-the-islamic-maghreb"],
    [["Royaume-Uni", "UK", "Great Britain"], "country:gb"],
    [["parquet national antiterroriste", "PNAT"], "body:french-national-anti-terrorism-prosecutors-office"],
    [["ministère russe de la Défense", "Russian Defence Ministry"], "body:ru-ministry-defence"],
    [["Amaq", "Amaq News Agency", "agence Amaq"], "media:amaq"],
    [["Le Monde"], "media:le-monde"],
    [["Twitter"], "platform:x"],
  ])("finds %j as %s", (names, id) => {
    for (const name of names) expect([name, ids(name)[0]]).toEqual([name, id]);
  });

  it("keeps a branch apart from its parent", () => {
    expect(ids("police judiciaire fédérale")).toEqual(["body:belgian-federal-judicial-police"]);
    expect(ids("police fédérale belge")).toEqual(["body:belgian-federal-police"]);
    expect(ids("Al-Qaïda")).toEqual(["group:al-qaeda"]);
  });
});

describe("case, articles and accents", () => {
  it("ignores case, accents, punctuation and apostrophes of names that are no acronyms", () => {
    expect(ids("L’etat  Islamique")).toEqual(["group:islamic-state"]);
    expect(ids("EUROPOL")).toEqual(["body:europol"]);
  });

  it("never takes a small word for an acronym", () => {
    for (const word of ["un", "Un", "is", "Is", "ei", "ira", "Ira", "Ice", "otan"])
      expect([word, found(word)]).toEqual([word, []]);
    expect(found("IRA")).toEqual(["group:provisional-irish-republican-army"]);
    expect(found("EI")).toEqual(["group:islamic-state ?"]);
  });

  it("calls a newspaper ambiguous when its article is gone or its capital is small", () => {
    expect(found("Le Monde")).toEqual(["media:le-monde"]);
    expect(found("Monde")).toEqual(["media:le-monde ?"]);
    expect(found("le monde")).toEqual(["media:le-monde ?"]);
    expect(found("New York Times")).toEqual(["media:the-new-york-times"]);
  });

  it("calls words of everyday language ambiguous", () => {
    expect(found("Play")).toEqual(["group:play ?"]);
    expect(found("Signal")).toEqual(["platform:signal ?"]);
    expect(found("Jordan")).toEqual(["country:jo ?"]);
    expect(found("Telegram")).toEqual(["platform:telegram ?"]);
  });

  it("counts the sign of a brand", () => {
    expect(ids("Canal+")).toEqual(["media:canal-plus"]);
    expect(ids("canal")).toEqual([]);
  });
});

describe("lookup", () => {
  it("returns every bearer of a name, the larger city first, and only the type asked for", () => {
    expect(ids("Paris")).toEqual(["city:2988507", "city:4717560"]);
    expect(ids("Géorgie")).toEqual(["country:ge", "region:us-ga"]);
    expect(gazetteer.lookup("Géorgie", { type: "Place" }).map((actor) => actor.id)).toEqual(["region:us-ga"]);
    expect(gazetteer.lookup("Géorgie", { type: ["Platform", "Person"] })).toEqual([]);
  });

  it("prefers the language of the text", () => {
    const first = (name: string, language: Language): string | undefined => gazetteer.lookup(name, { language })[0]?.id;
    expect(first("AFP", "fr")).toBe("media:agence-france-presse");
    expect(first("AFP", "en")).toBe("body:australian-federal-police");
    expect(gazetteer.match("Francfort", { language: "fr" })[0]?.language).toBe("fr");
  });

  it("gives an actor with its labels, countries and origin", () => {
    const europol = gazetteer.byId("body:europol");
    expect({ ...europol, names: europol?.names.slice(0, 2) }).toEqual({
      id: "body:europol",
      type: "PublicBody",
      kind: "police",
      name: "Europol",
      labels: { en: "Europol", fr: "Europol" },
      names: ["Europol", "European Union Agency for Law Enforcement Cooperation"],
      countries: [],
      code: null,
      demonyms: [],
      metonyms: [],
      domains: [],
      population: null,
      wikidata: null,
      origin: ["by-hand"],
    });
    expect(gazetteer.byId("body:nobody")).toBeNull();
  });

  it("says nothing about a name it does not know, or about no name at all", () => {
    for (const name of ["Jean Dupont", "", "   ", "!?", "🙂"]) expect(gazetteer.match(name)).toEqual([]);
  });
});

describe("countries", () => {
  it.each([
    ["irakienne", ["country:iq"]],
    ["Iraqis", ["country:iq"]],
    ["françaises", ["country:fr"]],
    ["Danish", ["country:dk"]],
    ["nigérien", ["country:ne"]],
    ["nigérian", ["country:ng"]],
    ["nord-coréen", ["country:kp"]],
    ["Congolese", ["country:cd", "country:cg"]],
    ["bonjour", []],
  ])("knows the demonym %s", (word, expected) => {
    expect(gazetteer.demonym(word).map((actor) => actor.id)).toEqual(expected);
  });

  it("knows for which state a capital or a seat of power stands", () => {
    expect(gazetteer.metonym("Pékin").map((actor) => actor.id)).toEqual(["country:cn"]);
    expect(gazetteer.metonym("Maison-Blanche").map((actor) => actor.id)).toEqual(["country:us"]);
    expect(gazetteer.metonym("l'Élysée").map((actor) => actor.id)).toEqual(["country:fr"]);
    expect(gazetteer.metonym("Lyon")).toEqual([]);
  });

  it("finds a country by its code", () => {
    expect(gazetteer.country("fr")?.labels).toEqual({ en: "France", fr: "France" });
    expect(gazetteer.country("QQ")).toBeNull();
  });
});

describe("known types", () => {
  it("holds unambiguous names alone", () => {
    const types = gazetteer.knownTypes();
    expect(types.get("europol")).toEqual(["PublicBody"]);
    expect(types.get("boko haram")).toEqual(["ThreatGroup"]);
    expect(types.get("play")).toBeUndefined();
    expect(types.get("signal")).toBeUndefined();
  });
});

describe("files of users", () => {
  const SHIPPED = [
    {
      name: "shipped.csv",
      text: "id,type,name_en,name_fr,aliases,countries,code\ncountry:fr,Country,France,,,FR,FR\nbody:dgsi,PublicBody,DGSI,,,FR,\n",
    },
  ];
  const withUser = (text: string): Gazetteer => buildGazetteer(SHIPPED, [{ name: "mine.csv", text }]);
  const warnings = (text: string): string[] => withUser(text).warnings.map(({ line, reason }) => `${line}: ${reason}`);

  it("adds actors, by comma or by semicolon, with a byte-order mark and Windows line ends", () => {
    const mine = withUser("\uFEFFtype;name;aliases;countries\r\nPublicBody;Cellule Horizon;Cellule H|CH4;FR\r\n");
    expect(mine.warnings).toEqual([]);
    expect(mine.lookup("cellule h").map((actor) => ({ name: actor.name, countries: actor.countries }))).toEqual([
      { name: "Cellule Horizon", countries: ["FR"] },
    ]);
  });

  it("names the line and the reason of each fault, and uses the other rows", () => {
    const text = [
      "type,name,aliases,countries,colour",
      "PublicBody,Bureau Un,,,",
      "Agency,Bureau Deux,,,",
      "PublicBody,,,,",
      'PublicBody,"Bureau',
      'Trois",,XQ|FR,',
      "PublicBody,Bureau, Quatre,,,",
      "",
      "PublicBody,???,,,",
      "PublicBody,Bureau Cinq",
    ].join("\n");
    expect(warnings(text)).toEqual([
      "1: unknown columns are not used: colour",
      expect.stringMatching(/^3: "Agency" is no type; use one of Person, /),
      "4: the name is empty",
      "5: unknown countries are not used: XQ; write codes such as FR",
      "7: 6 cells where 5 columns are named; put a cell with a comma in quotes",
      '9: "???" has no letter or digit',
    ]);
    const mine = withUser(text);
    expect(["Bureau Un", "Bureau Trois", "Bureau Cinq"].map((name) => mine.lookup(name).length)).toEqual([1, 1, 1]);
    expect(mine.size).toBe(5);
  });

  it("says what a table lacks", () => {
    expect(warnings("")).toEqual(["1: the file is empty; its first line names the columns, at least type and name"]);
    expect(warnings("name\nX")).toEqual(['1: the column "type" is missing; the first line names the columns']);
    expect(warnings("type\nX")).toEqual(['1: no column holds the name; call it "name", "name_en" or "name_fr"']);
    expect(warnings("PK\u0003\u0000")).toEqual(["1: this is not text; save the table as CSV"]);
    expect(warnings('type,name\nPublicBody,A\nPublicBody,"B\nPublicBody,C')).toEqual([
      "3: a quotation mark is opened and never closed; what follows is not read",
    ]);
    expect(warnings("type,name,language\nPublicBody,A,de")).toEqual(['2: "de" is no language; use fr or en']);
    expect(warnings("id,type,name\nx,PublicBody,A\nx,PublicBody,B")).toEqual([
      '3: line 2 has the id "x" already; this row is left out',
    ]);
  });

  it("adds names to an actor that is known already, and replaces one by its id", () => {
    const extended = withUser("type,name,aliases,kind\nPublicBody,DGSI,la Maison de Levallois,intelligence");
    expect(extended.lookup("Maison de Levallois").map(({ id, kind }) => ({ id, kind }))).toEqual([
      { id: "body:dgsi", kind: "intelligence" },
    ]);
    const replaced = withUser("id,type,name\nbody:dgsi,PublicBody,Another Body");
    expect(replaced.lookup("DGSI")).toEqual([]);
    expect(replaced.byId("body:dgsi")?.name).toBe("Another Body");
  });

  it("takes a name for the language that the row tells", () => {
    const mine = withUser("type,name,language,name_en\nOrganization,Ligue,fr,League");
    expect(mine.lookup("League")[0]?.labels).toEqual({ en: "League", fr: "Ligue" });
  });

  it("reads a file that a spreadsheet wrote in the code page of Windows", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "gazetteer-"));
    const file = path.join(folder, "mine.csv");
    await writeFile(file, Buffer.from("type;name\nPublicBody;Pr\xe9fecture d'Essai\n", "latin1"));
    const mine = await loadGazetteer(FOLDER, [file]);
    expect(mine.warnings).toEqual([]);
    expect(mine.lookup("Préfecture d'Essai")).toHaveLength(1);
  });

  it("names a file that is not there", async () => {
    await expect(loadGazetteer(FOLDER, ["/nowhere/mine.csv"])).rejects.toSatisfy(
      (error) => error instanceof AppError && error.code === "not_found" && error.message.includes("/nowhere/mine.csv"),
    );
    await expect(loadGazetteer("/nowhere")).rejects.toSatisfy(
      (error) => error instanceof AppError && error.code === "not_found",
    );
  });
});
