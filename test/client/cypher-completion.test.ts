import { describe, expect, it } from "vitest";
import { parametersIn, parameterValue, proposalsAt } from "../../client/src/graph/cypher-completion.ts";

/** Proposals where `|` stands. */
function at(marked: string) {
  const position = marked.indexOf("|");
  return proposalsAt(marked.replace("|", ""), position, "fr");
}

const kindsAt = (marked: string) => [...new Set(at(marked)?.proposals.map(({ kind }) => kind))];

describe("what a query goes on with", () => {
  it("is labels in the brackets of a node, types in those of a relationship", () => {
    expect(["MATCH (a:|", "MATCH (:Per|", "MATCH (a)-[r:|", "MATCH (a)-[r:LEADS]->(b:|"].map(kindsAt)).toEqual([
      ["label"],
      ["label"],
      ["type"],
      ["label"],
    ]);
    expect(kindsAt("MATCH (a)-[:LEADS~".replace("~", "|"))).toEqual(["type"]);
    expect(kindsAt("MATCH (a) WHERE a:|")).toEqual(["label"]);
    expect(at("MATCH (a:Per|")).toMatchObject({ from: 9 });
    expect(at("MATCH (a:|")?.proposals[0]).toEqual({ label: "Person", kind: "label", detail: "personne" });
  });

  it("is properties after a point and in a map, parameters after a dollar, else words of the language", () => {
    expect(
      ["RETURN a.|", "MATCH (a {|", "MATCH (a {name: $x, |", "WHERE a.name = $n AND b = $|", "RET|"].map(kindsAt),
    ).toEqual([["property"], ["property"], ["property"], ["parameter"], ["keyword", "function"]]);
  });

  it("is nothing in a string or a comment, and nothing before a word is begun", () => {
    expect([at("RETURN 'a:|"), at("RETURN 1 // a:|"), at("/* (a:| */"), at("RETURN |")]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(kindsAt("RETURN 'it\\'s' AS a, b.|")).toEqual(["property"]);
  });
});

describe("parameters", () => {
  it("are those outside of strings, comments and quoted names, each once", () => {
    expect(
      parametersIn("MATCH (a {name: $name}) WHERE a.id <> '$no' AND $été > 1 // $no\nRETURN `$no`, $name"),
    ).toEqual(["name", "été"]);
  });

  it("are numbers, truth values, lists and quoted texts where they look like it, else text as written", () => {
    const written = ["12", "-1.5", "true", "null", '"12"', '["a", "b"]', "2021-06", " Amaq ", "[broken"];
    expect(written.map(parameterValue)).toEqual([
      12,
      -1.5,
      true,
      null,
      "12",
      ["a", "b"],
      "2021-06",
      " Amaq ",
      "[broken",
    ]);
  });
});
