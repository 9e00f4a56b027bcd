import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { cypherResultSchema } from "../../server/contract/cypher.ts";
import { extractionSchema, faultsOfExtraction, type Extraction } from "../../server/contract/extraction.ts";
import { extractionOf } from "../ingest/extractions.ts";
import { buildProgram, openCli, type Cli, type Outcome } from "./cli.ts";

// Many processes, each of which opens a store and some the model.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let cli: Cli;
beforeAll(buildProgram);
beforeEach(async () => {
  cli = await openCli();
});
afterEach(() => cli.close());

const ARTICLE = `Europol neutralise le site Amaq

L'agence Europol et la police fédérale belge ont neutralisé lundi le site Amaq, l'agence de propagande de Daech.
Telegram aurait aidé Europol à fermer plusieurs canaux, selon le parquet fédéral.
`;

const EXTRACTIONS = [
  extractionOf("Europol a neutralisé Amaq.", ["Europol", "Amaq"], [["Europol", "TOOK_DOWN", "Amaq"]], {
    title: "Le site paralysé",
    source: 'Le Courrier, "édition" du soir',
    types: { Europol: "PublicBody", Amaq: "MediaOutlet" },
  }),
  extractionOf("Telegram a aidé Europol.", ["Telegram", "Europol"], [["Telegram", "SUPPORTED", "Europol"]], {
    title: "La plateforme",
    types: { Europol: "PublicBody", Telegram: "Platform" },
  }),
];

const lines = (extractions: readonly Extraction[]) => extractions.map((one) => `${JSON.stringify(one)}\n`).join("");

async function writeLines(name: string, extractions: readonly Extraction[]): Promise<void> {
  await writeFile(join(cli.folder, name), lines(extractions));
}

async function rowsOf(cypher: string, words: string[] = [], env: Record<string, string> = {}): Promise<unknown[][]> {
  const { status, stdout, stderr } = await cli.run(["query", cypher, "--format", "json", ...words], { env });
  expect([status, stderr]).toEqual([0, ""]);
  return cypherResultSchema.pick({ columns: true, rows: true, truncated: true }).strict().parse(JSON.parse(stdout))
    .rows;
}

/** All of the graph that two stores can be compared by. */
async function graphOf(env: Record<string, string> = {}): Promise<unknown[]> {
  return [
    await rowsOf("MATCH (e:Entity) RETURN e.id, e.name, e.mentionCount ORDER BY e.id", [], env),
    await rowsOf(
      "MATCH (c:Claim)-[:STATED_IN]->(d:Document) RETURN c.id, c.quote, d.id, d.collection ORDER BY c.id",
      [],
      env,
    ),
    await rowsOf("MATCH (a:Entity)-[r]->(b:Entity) RETURN a.name, type(r), b.name ORDER BY a.name, b.name", [], env),
  ];
}

const lastLine = ({ stdout }: Outcome) => stdout.trimEnd().split("\n").at(-1);

describe("extract, with the model of the repository", () => {
  test("prints an object for one file, an array for several, a line each for jsonl; all of it sound", async () => {
    await writeFile(join(cli.folder, "a.txt"), ARTICLE);
    await mkdir(join(cli.folder, "more"));
    await writeFile(join(cli.folder, "more", "b.md"), ARTICLE.replace("lundi", "mardi"));
    const one = await cli.run(["extract", "a.txt", "--published", "2019-11-25"]);
    const several = await cli.run(["extract", "a.txt", "more"]);
    const asLines = await cli.run(["extract", "-", "a.txt", "--format", "jsonl"], { stdin: ARTICLE });
    expect([one, several, asLines].map(({ status, stderr }) => [status, stderr])).toEqual(Array(3).fill([0, ""]));
    const extraction = extractionSchema.parse(JSON.parse(one.stdout));
    const all = [
      extraction,
      ...z.array(extractionSchema).length(2).parse(JSON.parse(several.stdout)),
      ...asLines.stdout
        .trimEnd()
        .split("\n")
        .map((line) => extractionSchema.parse(JSON.parse(line))),
    ];
    expect(all.map(faultsOfExtraction)).toEqual(Array(5).fill([]));
    expect([extraction.text, extraction.title, extraction.language, extraction.publishedAt]).toEqual([
      ARTICLE,
      "Europol neutralise le site Amaq",
      "fr",
      "2019-11-25",
    ]);
    expect(extraction.entities.map(({ name }) => name)).toContain("Europol");
    await expect(readFile(join(cli.folder, ".fil-rouge"))).rejects.toThrow("ENOENT");
  });

  test("a file that gives nothing is told on standard error, and the others are printed", async () => {
    await writeFile(join(cli.folder, "a.txt"), ARTICLE);
    await writeFile(join(cli.folder, "empty.txt"), "");
    const { status, stdout, stderr } = await cli.run(["extract", "empty.txt", "a.txt", "--format", "jsonl"]);
    expect([status, stdout.trimEnd().split("\n").length]).toEqual([1, 1]);
    expect(stderr).toMatch(/^empty\.txt: [^\n]+\n$/);
  });

  test("its lines give the graph that ingesting the article gives", async () => {
    await writeFile(join(cli.folder, "a.txt"), ARTICLE);
    await cli.run(["ingest", "a.txt"], { env: { FIL_ROUGE_DATA: "direct" } });
    const { stdout } = await cli.run(["extract", "a.txt", "--format", "jsonl"]);
    const piped = await cli.run(["ingest", "-"], { stdin: stdout, env: { FIL_ROUGE_DATA: "piped" } });
    expect(lastLine(piped)).toMatch(/^1 document: 1 added; /);
    expect(await graphOf({ FIL_ROUGE_DATA: "piped" })).toEqual(await graphOf({ FIL_ROUGE_DATA: "direct" }));
  });
});

describe("ingest", () => {
  test("prints one line a document and a summary, and a second time changes nothing", async () => {
    await writeLines("all.jsonl", EXTRACTIONS);
    const first = await cli.run(["ingest", "all.jsonl", "--collection", "news"]);
    expect(first).toEqual({
      status: 0,
      stderr: "",
      stdout: [
        "added      all.jsonl, line 1: 2 entities (2 new), 1 claim",
        "added      all.jsonl, line 2: 2 entities (1 new), 1 claim",
        "2 documents: 2 added; 3 new entities, 2 claims.",
        "",
      ].join("\n"),
    });
    const before = await graphOf();
    const second = await cli.run(["ingest", "all.jsonl", "--collection", "other"]);
    expect([second.status, lastLine(second)]).toEqual([0, "2 documents: 2 unchanged."]);
    expect(await graphOf()).toEqual(before);
  });

  test("a broken line is one failure with its number, and the others are stored", async () => {
    const [first, second] = EXTRACTIONS;
    const broken = { ...first!, claims: first!.claims.map((claim) => ({ ...claim, quote: "Europol a fermé Amaq." })) };
    await writeFile(join(cli.folder, "all.jsonl"), `${lines([broken])}\nno json\n${lines([second!])}`);
    const { status, stdout } = await cli.run(["ingest", "all.jsonl"]);
    const printed = stdout.trimEnd().split("\n");
    expect(status).toBe(1);
    expect(printed[0]).toMatch(
      /^failed {5}all\.jsonl, line 1: This is no extraction .* its quote is not the text's slice/,
    );
    expect(printed[1]).toMatch(/^failed {5}all\.jsonl, line 3: This is no extraction .* the line is no JSON/);
    expect(printed.slice(2)).toEqual([
      "added      all.jsonl, line 4: 2 entities (2 new), 1 claim",
      "3 documents: 1 added, 2 failed; 2 new entities, 1 claim.",
    ]);
  });

  test("a document is deleted with what only it told; an unknown one is told", async () => {
    await writeLines("all.jsonl", EXTRACTIONS);
    await cli.run(["ingest", "all.jsonl"]);
    const deleted = await cli.run(["documents", "delete", EXTRACTIONS[1]!.id, "nothing"]);
    expect(deleted).toEqual({
      status: 1,
      stdout: `deleted ${EXTRACTIONS[1]!.id}\n`,
      stderr: 'fil-rouge: There is no document "nothing".\n',
    });
    expect(await rowsOf("MATCH (e:Entity) RETURN e.name ORDER BY e.name")).toEqual([["Amaq"], ["Europol"]]);
  });

  test("rebuild gives the same graph", async () => {
    await writeLines("all.jsonl", EXTRACTIONS);
    await cli.run(["ingest", "all.jsonl"]);
    const before = await graphOf();
    const { status, stdout } = await cli.run(["rebuild"]);
    expect([status, stdout]).toEqual([0, "2 documents: 2 added; 3 new entities, 2 claims.\n"]);
    expect(await graphOf()).toEqual(before);
  });
});

describe("Ctrl+C and kill", () => {
  const many = Array.from({ length: 200 }, (_, number) =>
    extractionOf(`Europol a neutralisé Amaq, fois ${number}.`, ["Europol", "Amaq"], [["Europol", "TOOK_DOWN", "Amaq"]]),
  );

  test("Ctrl+C finishes the document at hand and says what was done", async () => {
    await writeLines("many.jsonl", many);
    const running = cli.start(["ingest", "many.jsonl"]);
    await running.printed(/line 5:/);
    running.child.kill("SIGINT");
    const { status, stdout } = await running.ended;
    const added = stdout.split("\n").filter((line) => line.startsWith("added")).length;
    expect([
      status,
      stdout.trimEnd().split("\n").at(-1)?.startsWith(`Stopped. ${added} documents: ${added} added;`),
    ]).toEqual([130, true]);
    expect(added).toBeLessThan(200);
    expect(await rowsOf("MATCH (d:Document) RETURN count(d)")).toEqual([[added]]);
  });

  test("a killed ingestion loses no finished document, leaves no half one, and goes on when it is run again", async () => {
    await writeLines("many.jsonl", many);
    const running = cli.start(["ingest", "many.jsonl"]);
    await running.printed(/line 20:/);
    running.child.kill("SIGKILL");
    const { stdout } = await running.ended;
    const told = stdout.split("\n").filter((line) => line.startsWith("added")).length;
    const [[stored]] = (await rowsOf("MATCH (d:Document) RETURN count(d)")) as [[number]];
    expect([told, told + 1]).toContain(stored);
    expect(
      await rowsOf("MATCH (d:Document) WHERE NOT EXISTS { MATCH (:Claim)-[:STATED_IN]->(d) } RETURN count(d)"),
    ).toEqual([[0]]);
    const again = await cli.run(["ingest", "many.jsonl"]);
    expect(lastLine(again)).toMatch(new RegExp(`^200 documents: ${200 - stored} added, ${stored} unchanged; `));
  });
});

describe("query", () => {
  beforeEach(async () => {
    await writeLines("all.jsonl", EXTRACTIONS);
    await cli.run(["ingest", "all.jsonl"]);
  });

  test("prints a table for people", async () => {
    const { stdout } = await cli.run(["query", "MATCH (a:Actor)-[r:TOOK_DOWN]->(b) RETURN a, r, b.name AS name"]);
    expect(stdout).toBe(
      [
        "a                     r            name",
        "────────────────────  ───────────  ────",
        "Europol (PublicBody)  [TOOK_DOWN]  Amaq",
        "1 row",
        "",
      ].join("\n"),
    );
  });

  test("prints CSV for programs, quoted where it must be", async () => {
    const { stdout } = await cli.run([
      "query",
      "MATCH (d:Document) RETURN d.title, d.source, 1 AS one ORDER BY d.title",
      "--format",
      "csv",
    ]);
    expect(stdout).toBe(
      'd.title,d.source,one\r\nLa plateforme,,1\r\nLe site paralysé,"Le Courrier, ""édition"" du soir",1\r\n',
    );
  });

  test("takes parameters as JSON where they are JSON, else as text", async () => {
    const words = ["--param", "name=Europol", "--param", "n=1", "--param", 'list=["a"]'];
    expect(await rowsOf("MATCH (e:Entity {name: $name}) RETURN e.name, $n + 1, $list", words)).toEqual([
      ["Europol", 2, ["a"]],
    ]);
  });

  test("says when a row cap cut the answer", async () => {
    const { status, stdout, stderr } = await cli.run([
      "query",
      "MATCH (e:Entity) RETURN e.name",
      "--limit",
      "2",
      "--format",
      "json",
    ]);
    const result = JSON.parse(stdout) as { rows: unknown[]; truncated: boolean };
    expect([status, result.rows.length, result.truncated, stderr]).toEqual([
      0,
      2,
      true,
      "Only the first 2 rows are shown; there are more (--limit N).\n",
    ]);
  });
});

describe("export", () => {
  beforeEach(async () => {
    await writeLines("all.jsonl", EXTRACTIONS);
    await cli.run(["ingest", "all.jsonl", "--collection", "news"]);
  });

  test("the format follows from the file's ending, the file is written whole, and its size told", async () => {
    for (const name of ["graph.json", "graph.entities.csv", "graph.gexf"]) {
      const { status, stderr } = await cli.run(["export", name]);
      const content = await readFile(join(cli.folder, name));
      expect([status, stderr]).toEqual([0, `${name}: ${content.length} bytes written.\n`]);
      expect(content.toString("utf8")).toContain("Europol");
    }
  });

  test("a dossier is written in the language that is asked for", async () => {
    await cli.run(["export", "all.dossier.html", "--language", "fr"]);
    expect(await readFile(join(cli.folder, "all.dossier.html"), "utf8")).toContain('<html lang="fr">');
    const { stdout } = await cli.run(["export", "-", "--format", "dossier-md"]);
    expect(stdout).toMatch(/^# Dossier of the whole graph\n[\s\S]*\*\*Europol\*\*/);
  });

  test("extractions go into another store and give the same graph", async () => {
    await cli.run(["export", "all.extractions.jsonl"]);
    await cli.run(["ingest", "all.extractions.jsonl", "--collection", "news"], { env: { FIL_ROUGE_DATA: "other" } });
    expect(await graphOf({ FIL_ROUGE_DATA: "other" })).toEqual(await graphOf());
  });

  test("a place that cannot be written is told, status 2", async () => {
    const { status, stderr } = await cli.run(["export", "nothing/graph.json"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^fil-rouge: nothing\/graph\.json cannot be written \(.*\)\. Choose another place\.\n$/);
  });
});
