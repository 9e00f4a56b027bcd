import { beforeAll, describe, expect, test } from "vitest";
import { compareConceptNames, readConceptName } from "../../server/resolution/concept-names.ts";
import { eventSorts, sortsAgree } from "../../server/resolution/events.ts";
import { loadGazetteer, type Gazetteer } from "../../server/resolution/gazetteer.ts";
import { comparePersonNames, readPersonName } from "../../server/resolution/person-names.ts";

describe("names of persons", () => {
  const likeness = (a: string, b: string) => comparePersonNames(readPersonName(a), readPersonName(b));

  test.each([
    ["Dr Paul Nkemba", "Paul Nkemba", "equal"],
    ["Jean-Marc Ferré", "jean marc ferre", "equal"],
    ["Sergueï Koudine", "Sergei Kudin", "sound"],
    ["Houdhaïfa al-Rami", "Hudhayfa al-Rami", "sound"],
    ["Evgueni Tarkov", "Yevgeny Tarkov", "vowels"],
    ["Viktor Orlov", "Viktoria Orlova", "near"],
    ["Inès Morales-Ruiz", "Inès Morales", "longer"],
    ["P. Vandame", "Pieter Vandame", "initial"],
    ["Vandame", "Pieter Vandame", "part"],
    ["Luc Vandame", "Pieter Vandame", "namesake"],
    ["Abou Souleiman", "Abou Souleiman al-Masri", "part"],
    ["Abou Souleiman al-Masri", "Abou Souleiman al-Tounsi", "none"],
    ["Anna Keller", "Marie Dubois", "none"],
  ])("%s and %s: %s", (a, b, expected) => {
    expect(likeness(a, b)).toBe(expected);
    expect(likeness(b, a)).toBe(expected);
  });
});

describe("names by what they mean", () => {
  let gazetteer: Gazetteer;
  beforeAll(async () => {
    gazetteer = await loadGazetteer("data/gazetteers");
  }, 60_000);

  test.each([
    ["police fédérale belge", "Belgian Federal Police", "equal"],
    ["ministère norvégien de la Défense", "Norwegian Ministry of Defence", "equal"],
    ["cour d'appel d'Anvers", "Antwerp Court of Appeal", "equal"],
    ["parquet de Genève", "Geneva prosecutor's office", "equal"],
    ["Fondation Corvina", "Corvina Foundation", "equal"],
    ["Sahara Minéraux", "Sahara Minerals SA", "equal"],
    ["groupe Valmont", "Valmont", "weaker head"],
    ["Valmont Assurances", "Valmont", "proper part"],
    ["Haute Cour régionale de Cologne", "Haute Cour de Cologne", "fewer words"],
    ["Valmont Assurances", "Fondation Valmont", "none"],
    ["police fédérale belge", "police judiciaire belge", "none"],
    ["cour d'appel d'Anvers", "cour d'appel de Gand", "none"],
  ])("%s and %s: %s", (a, b, expected) => {
    const [first, second] = [readConceptName(a, gazetteer), readConceptName(b, gazetteer)];
    expect(compareConceptNames(first, second)).toBe(expected);
    expect(compareConceptNames(second, first)).toBe(expected);
  });

  test("a country in the name stands apart from its words", () => {
    expect(readConceptName("Belgian Federal Police", gazetteer)).toEqual({
      words: ["federal", "police"],
      proper: [],
      countries: ["BE"],
    });
  });
});

describe("sorts of events", () => {
  test.each([
    ["cyberattaque", "hack", true],
    ["grève", "strike", true],
    ["frappe", "strike", true],
    ["grève", "bombing", false],
    ["procès", "murder", false],
    ["Aube grise", "raid", true],
  ])("%s and %s: %s", (a, b, expected) => expect(sortsAgree(eventSorts([a]), eventSorts([b]))).toBe(expected));
});
