/** Decisions on the command line: alone, and through a server that owns the store. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseArticle } from "../../server/corpus/article-parser.ts";
import { ontologyRules } from "../../server/corpus/ontology-rules.ts";
import { extractionOf } from "../ingest/extractions.ts";
import { readOntology } from "../ontology.ts";
import { buildProgram, openCli, type Cli } from "./cli.ts";

const TYPES = { Europol: "PublicBody", "Paul Dupont": "Person", Dupont: "Person", "Anna Weiss": "Person" } as const;
const LINES = [
  extractionOf(
    "Europol a arrêté Paul Dupont.\nIl est en prison.",
    ["Europol", "Paul Dupont"],
    [["Europol", "ARRESTED", "Paul Dupont"]],
    { types: TYPES },
  ),
  extractionOf("Dupont a rencontré Anna Weiss.", ["Dupont", "Anna Weiss"], [["Dupont", "MET", "Anna Weiss"]], {
    types: TYPES,
  }),
];
const DOCUMENT = LINES[0]!.id;

let cli: Cli;

beforeAll(async () => {
  buildProgram();
  cli = await openCli();
  const file = join(cli.folder, "articles.jsonl");
  await writeFile(file, LINES.map((line) => `${JSON.stringify(line)}\n`).join(""));
  expect((await cli.run(["ingest", file])).status).toBe(0);
}, 120_000);
afterAll(() => cli.close());

async function said(words: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await cli.run(words);
  expect([status, stderr]).toEqual([0, ""]);
  return stdout;
}

describe("decisions on the command line", () => {
  test("a suggestion is merged, told in the history, and taken back", { timeout: 120_000 }, async () => {
    const suggestions = await said(["suggestions"]);
    expect(suggestions).toMatch(
      /^0\.\d\d {2}(?:Paul )?Dupont → (?:Paul )?Dupont\n {2}decide merge \w+ \w+\n {2}\+ called by a part/,
    );
    const [, from = "", into = ""] = /decide merge (\w+) (\w+)/.exec(suggestions) ?? [];
    const merged = await said(["decide", "merge", from, into, "--author", "Ada", "--why", "même dossier"]);
    expect(merged).toMatch(/ {2}Ada: ".*Dupont" is merged into ".*Dupont" \(même dossier\)\n$/);
    const [id = ""] = merged.split(" ");
    expect(await said(["suggestions"])).toBe("");
    expect(await said(["undo", id])).toContain("[undone by Ada]");
    expect(await said(["history", "--entity", from])).toContain("[undone by Ada]");
    expect(await said(["suggestions"])).toBe(suggestions);
  });

  test("works alike through a server", { timeout: 120_000 }, async () => {
    const server = await cli.serve();
    const review = await said(["review"]);
    expect(review).toContain("Europol ARRESTED Paul Dupont\n  “Europol a arrêté Paul Dupont. Il est en prison.”");
    const claim = /^(\S+).*ARRESTED/m.exec(review)?.[1] ?? "";
    expect(await said(["decide", "accept", claim])).toContain("Ada: Europol ARRESTED Paul Dupont: accepted");
    expect(await said(["review"])).not.toContain("ARRESTED");
    const unmarked = await cli.run(["annotated", DOCUMENT]);
    expect([unmarked.status, unmarked.stderr]).toEqual([2, expect.stringContaining("is not marked as complete")]);
    await said(["decide", "complete", DOCUMENT]);
    const article = await said(["annotated", DOCUMENT]);
    const { document } = parseArticle(article, "a.ann.md", ontologyRules(await readOntology()));
    expect(document?.text).toBe("Europol a arrêté Paul Dupont.\n\nIl est en prison.");
    expect(document?.statements.map(({ subject, type, object }) => [subject, type, object])).toEqual([
      ["e1", "ARRESTED", "e2"],
    ]);
    server.child.kill("SIGTERM");
    await server.ended;
    expect(await readFile(join(cli.folder, ".fil-rouge", "workspace", "author"), "utf8")).toBe("Ada");
  });

  test("what cannot be decided is told in one line", async () => {
    for (const [words, told] of [
      [["decide", "unite", "a", "b"], '"unite" is nothing to decide'],
      [["decide", "merge", "a"], "Usage: fil-rouge decide merge FROM INTO"],
      [["decide", '{"kind":"merge"}'], "This cannot be decided: from"],
      [["decide", "merge", "a", "b"], 'There is no entity "a".'],
      [["undo", "d"], 'There is no decision "d".'],
    ] as const) {
      const { status, stderr } = await cli.run(words);
      expect([status, stderr]).toEqual([2, expect.stringContaining(told)]);
    }
  });
});
