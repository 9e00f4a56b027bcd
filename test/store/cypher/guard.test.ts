/** The guard alone: what it lets pass, what it refuses and where, and the text that an engine is given. */
import { describe, expect, test } from "vitest";
import { AppError } from "../../../server/errors.ts";
import { GALLERY } from "../../../server/store/cypher/gallery.ts";
import { guardCypher, MAX_QUERY_LENGTH, type Dialect } from "../../../server/store/cypher/guard.ts";
import { ENDLESS_ATTACKS, LONG_ANSWERS, REFUSED_ATTACKS } from "./attacks.ts";
import { HARMLESS } from "./harmless.ts";

const DIALECTS: readonly Dialect[] = ["neo4j", "embedded"];

/** The refusal of a query: its code, the part of the text that it points at, and its message. */
function refusalOf(text: string, dialect: Dialect = "neo4j") {
  try {
    const { text: passed } = guardCypher(text, { dialect });
    return { passed };
  } catch (error) {
    if (!(error instanceof AppError) || error.position === null) throw error;
    const { start, end } = error.position;
    return { code: error.code, at: text.slice(start, end), message: error.message };
  }
}

function passes(text: string, dialect: Dialect = "neo4j"): string {
  return guardCypher(text, { dialect }).text;
}

describe("attacks", () => {
  test("there are more than 120 of them, each once", () => {
    const texts = [...REFUSED_ATTACKS, ...ENDLESS_ATTACKS, ...LONG_ANSWERS].map((attack) => attack.cypher);
    expect(texts.length).toBeGreaterThanOrEqual(120);
    expect(new Set(texts).size).toBe(texts.length);
  });

  test.each(REFUSED_ATTACKS)("[C1] $topic: $cypher is refused for Neo4j", ({ cypher }) => {
    expect(refusalOf(cypher)).toMatchObject({
      code: "query_refused",
      message: expect.stringMatching(/[.…]$/) as string,
    });
  });

  test.each(REFUSED_ATTACKS)("[C1] $topic: $cypher is refused for the embedded store", ({ cypher }) => {
    expect(refusalOf(cypher, "embedded")).toMatchObject({
      code: expect.stringMatching(/^(?:query_refused|unsupported)$/) as string,
    });
  });

  test.each([...ENDLESS_ATTACKS, ...LONG_ANSWERS])("$topic: $cypher is legal and left to the limits", ({ cypher }) => {
    expect(() => guardCypher(cypher, { dialect: "neo4j" })).not.toThrow();
  });
});

describe("harmless queries", () => {
  test("there are more than 120 of them, each once", () => {
    expect(HARMLESS.length).toBeGreaterThanOrEqual(120);
    expect(new Set(HARMLESS.map((query) => query.cypher)).size).toBe(HARMLESS.length);
  });

  test.each(HARMLESS)("$topic: $cypher passes", ({ cypher, lacks }) => {
    const guarded = guardCypher(cypher, { dialect: "neo4j" });
    // What it sends is itself a query that passes, unchanged.
    expect(passes(guarded.text)).toBe(guarded.text);
    if (lacks === undefined) {
      const embedded = passes(cypher, "embedded");
      expect(passes(embedded, "neo4j")).toBe(embedded);
    } else {
      expect(refusalOf(cypher, "embedded")).toMatchObject({
        code: "unsupported",
        message: expect.stringContaining(`[${lacks}]`) as string,
      });
    }
  });

  test.each(GALLERY)("the gallery's $id passes for both stores", ({ query, params }) => {
    for (const dialect of DIALECTS) {
      const guarded = guardCypher(query, { dialect });
      expect([...guarded.parameters].sort()).toEqual(params.map(({ name }) => name).sort());
    }
  });
});

describe("a refusal", () => {
  test("[C11] points at the word and says what to do instead", () => {
    expect(refusalOf("MATCH (n)\nSET n.name = 'x'")).toEqual({
      code: "query_refused",
      at: "SET",
      message: "SET is not allowed: it changes the graph, and queries here only read: take it out.",
    });
    expect(refusalOf("RETURN apoc.load.json('x')")).toMatchObject({ at: "apoc.load.json" });
    expect(refusalOf("CALL dbms.listConfig()")).toMatchObject({ at: "dbms.listConfig" });
    expect(refusalOf("MATCH (a)-[:OWNS*2..]->(b) RETURN b")).toMatchObject({ at: "*2.." });
    expect(refusalOf("RETURN 1; RETURN 2")).toMatchObject({ at: ";" });
    expect(refusalOf("RETURN (1")).toMatchObject({ at: "(" });
    expect(refusalOf("RETURN 1 AS x, “2”")).toMatchObject({
      at: "“",
      message: '“““ (U+201C) is not part of Cypher: write " instead.'.replace("“““", "““”"),
    });
  });

  test("[C11] counts positions in UTF-16 units of the text as it was written", () => {
    const text = "/* 🧵 */ RETURN '\\u00e9🧵' AS x DELETE";
    expect(refusalOf(text)).toMatchObject({ at: "DELETE" });
  });

  test("[C25] names the labels of the query in the rewrite", () => {
    expect(refusalOf("MATCH (a:Person|Organization)-->(b) RETURN b", "embedded")).toEqual({
      code: "unsupported",
      at: ":Person|Organization",
      message: "The embedded store does not combine labels: write (a) and WHERE a:Person OR a:Organization. [C25]",
    });
    expect(refusalOf("MATCH ()-[r:!OWNS]->() RETURN r", "embedded")).toMatchObject({
      message: "The embedded store does not combine labels: write [r] and WHERE NOT type(r) = 'OWNS'. [C25]",
    });
  });
});

describe("the text that an engine is given", () => {
  test("[C6] has blanks for comments and keeps lines and columns", () => {
    expect(passes("MATCH (n) // all\nRETURN /* the\nname */ n.name")).toBe(
      "MATCH (n)       \nRETURN       \n        n.name",
    );
  });

  test("[C6] has letters for unicode escapes in strings", () => {
    expect(passes("RETURN '\\u00e9\\ud83e\\uddf5' AS x")).toBe("RETURN 'é🧵' AS x");
  });

  test("[C6] keeps strings with their own escapes", () => {
    const text = String.raw`RETURN 'it\'s', "a \"quote\"", 'C:\\users\n' AS x`;
    expect(passes(text)).toBe(text);
  });

  test("[C6] has plain blanks for those of typesetting, and composed letters", () => {
    expect(passes("RETURN\u00a01\u202fAS\u2009e\u0301te\u0301")).toBe("RETURN 1 AS été");
  });

  test("[C4] has names in backticks where an engine could see a word", () => {
    expect(passes("MATCH (n) RETURN n.set, {delete: $create} AS x, n {.merge}")).toBe(
      "MATCH (n) RETURN n.`set`, {`delete`: $`create`} AS x, n {.`merge`}",
    );
  });

  test("[C6] loses its last semicolon", () => {
    expect(passes("RETURN 1 AS x ; ")).toBe("RETURN 1 AS x");
  });

  test("[C12] gets a limit one above the rows that are wanted, unless it has one", () => {
    const limited = (text: string) => guardCypher(text, { dialect: "embedded", rows: 10 }).text;
    expect(limited("MATCH (n) RETURN n")).toBe("MATCH (n) RETURN n\nLIMIT 11");
    expect(limited("MATCH (n) RETURN n ORDER BY n.name SKIP 2 // x")).toBe(
      "MATCH (n) RETURN n ORDER BY n.name SKIP 2\nLIMIT 11",
    );
    for (const text of [
      "MATCH (n) RETURN n LIMIT 99",
      "RETURN 1 AS x UNION RETURN 2 AS x",
      "CALL db.labels() YIELD label",
      "CALL db.labels()",
    ]) {
      expect(limited(text)).toBe(text);
    }
    expect(limited("MATCH (n) WITH n LIMIT 3 RETURN n")).toBe("MATCH (n) WITH n LIMIT 3 RETURN n\nLIMIT 11");
    expect(limited("CALL { MATCH (n) RETURN n LIMIT 1 } RETURN n")).toBe(
      "CALL { MATCH (n) RETURN n LIMIT 1 } RETURN n\nLIMIT 11",
    );
  });

  test("[C15] is rewritten for the embedded store where it answers otherwise", () => {
    expect(passes("RETURN sum(DISTINCT x.n) + 1 AS s", "embedded")).toBe(
      "RETURN coalesce(sum(DISTINCT x.n), 0) + 1 AS s",
    );
    expect(passes("RETURN isEmpty([1]), 'a' || btrim(x) AS s", "embedded")).toBe(
      "RETURN (size([1]) = 0), 'a' + trim(x) AS s",
    );
    expect(passes("WITH 1 AS one, n RETURN n {.name, one} AS m", "embedded")).toBe(
      "WITH 1 AS one, n RETURN n {.name, one: one} AS m",
    );
    expect(passes("RETURN sum(x.n) AS s", "neo4j")).toBe("RETURN sum(x.n) AS s");
  });
});

test("[C14] columns have the names of the text, whatever is sent", () => {
  const columns = (text: string) => guardCypher(text, { dialect: "embedded" }).columns;
  expect(columns("MATCH (n) RETURN n.name, sum( n.x ) , [1,2] AS `a list`, n.set ORDER BY n.name LIMIT 2")).toEqual([
    "n.name",
    "sum( n.x )",
    "a list",
    "n.set",
  ]);
  expect(columns("MATCH (n) RETURN DISTINCT n.limit, {a: [1, 2], b: (1 + 2)} SKIP 1")).toEqual([
    "n.limit",
    "{a: [1, 2], b: (1 + 2)}",
  ]);
  expect(columns("CALL { RETURN 1 AS inner } RETURN inner AS outer UNION RETURN 2 AS outer")).toEqual(["outer"]);
  expect(columns("MATCH (n) RETURN *")).toBeNull();
  expect(columns("CALL db.labels()")).toBeNull();
});

test("what a query needs is told", () => {
  expect(
    guardCypher("MATCH (n {name: $name}) WHERE toUpper(n.name) = $`other one` RETURN count(*)", { dialect: "neo4j" }),
  ).toEqual({
    text: "MATCH (n {name: $name}) WHERE toUpper(n.name) = $`other one` RETURN count(*)",
    columns: ["count(*)"],
    parameters: ["name", "other one"],
    functions: ["toupper", "count"],
    procedures: [],
  });
  expect(guardCypher("CALL db.relationshipTypes()", { dialect: "neo4j" }).procedures).toEqual(["db.relationshiptypes"]);
});

test("[C7] a text of the greatest length passes, one unit more does not", () => {
  const text = (length: number) => `RETURN '${"x".repeat(length - 14)}' AS x`;
  expect(passes(text(MAX_QUERY_LENGTH))).toHaveLength(MAX_QUERY_LENGTH);
  expect(refusalOf(text(MAX_QUERY_LENGTH + 1))).toMatchObject({ code: "query_refused" });
});

test("[C8] a path of 15 relationships passes, one of 16 does not", () => {
  expect(passes("MATCH (a)-[*..15]->(b) RETURN b")).toBeDefined();
  expect(refusalOf("MATCH (a)-[*..16]->(b) RETURN b")).toMatchObject({ at: "*..16" });
  expect(passes("MATCH (a)-[:OWNS]->{1,15}(b) RETURN b")).toBeDefined();
  expect(refusalOf("MATCH (a)-[:OWNS]->{1,16}(b) RETURN b")).toMatchObject({ at: "{1,16}" });
  expect(passes("MATCH p = shortestPath((a)-[*]->(b)) RETURN p")).toBeDefined();
  expect(passes("MATCH p = ANY SHORTEST (a)-->+(b) RETURN p")).toBeDefined();
});

test("[C9] a pattern of text with two repetitions passes, with three it does not", () => {
  expect(passes("RETURN 'x' =~ '(?i).*(a|b)[^*+]*' AS x")).toBeDefined();
  expect(passes("RETURN 'x' =~ '(?i).*(banques?|groupes?|société)s?.*' AS x")).toBeDefined();
  expect(
    passes(`RETURN 'x' =~ '${Array.from({ length: 100 }, (_, index) => `a${index}`).join("|")}' AS x`),
  ).toBeDefined();
  expect(passes("RETURN 'x' =~ '[(a|b)?*+]+(?:c)' AS x")).toBeDefined();
  expect(refusalOf("RETURN 'x' =~ '(?:ab)*' AS x")).toMatchObject({ at: "'(?:ab)*'" });
  expect(refusalOf("RETURN 'x' =~ '.*a.*b.*' AS x")).toMatchObject({ at: "'.*a.*b.*'" });
  expect(passes("RETURN 'x' =~ 'a\\\\*b\\\\+c\\\\{.*' AS x")).toBeDefined();
});
