import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { extractionSchema } from "../../server/contract/extraction.ts";
import { evaluateFolder, plainDocument, readCorpus } from "../../server/corpus/corpus-files.ts";
import { AMAQ, gold, ontology } from "./annotated.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "fil-rouge-corpus-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), content);
}

/** Knows the answers: what is tested is the way of the articles through the evaluation. */
const oracle = {
  extract: (document: { id: string; text: string }) =>
    Promise.resolve({
      ...gold(AMAQ.replace("fr-9001", document.id)).extraction,
      text: document.text,
      extractor: "oracle",
    }),
};

test("every annotated article of a folder goes through the extractor, in order, without its annotations", async () => {
  write("b/2.ann.md", AMAQ.replace("fr-9001", "fr-2"));
  write("a/1.ann.md", AMAQ.replace("fr-9001", "fr-1"));
  write("notes.md", "not annotated");
  const progress: string[] = [];
  const { scores, gold: documents } = await evaluateFolder(folder, oracle, {
    ontology,
    onProgress: (done, total) => progress.push(`${done}/${total}`),
  });
  expect(documents.map((document) => document.id)).toEqual(["fr-1", "fr-2"]);
  expect(progress).toEqual(["1/2", "2/2"]);
  expect(scores.version).toBe("oracle");
  expect(scores.relationships.strict.overall).toMatchObject({ right: 12, predicted: 12, gold: 12 });
  expect(Object.keys(plainDocument(documents[0]!))).not.toContain("entities");
});

test("faulty articles stop an evaluation with the list of faults", async () => {
  write("1.ann.md", AMAQ.replace("TOOK_DOWN", "TOOK"));
  await expect(evaluateFolder(folder, oracle, { ontology })).rejects.toMatchObject({
    code: "invalid_input",
    message: `The annotated articles have 1 fault; correct them first.\n${path.join(folder, "1.ann.md")}:11: unknown relationship TOOK in 'e1 TOOK e3 @2019-11-24'`,
  });
});

test("a folder without annotated articles and a missing path are clear errors", async () => {
  write("notes.md", "not annotated");
  await expect(readCorpus([folder], ontology)).rejects.toMatchObject({ code: "invalid_input" });
  await expect(readCorpus([path.join(folder, "x")], ontology)).rejects.toMatchObject({ code: "not_found" });
});

test("the committed corpus has no fault, and its extractions are sound", async () => {
  const { documents, faults } = await readCorpus(["data/corpus/authored"], ontology);
  expect(faults).toEqual([]);
  expect(documents.length).toBeGreaterThanOrEqual(376);
  for (const { extraction } of documents) extractionSchema.parse(extraction);
});

test("every article of the corpus, in full or as stand-off, is in exactly one split", async () => {
  const splits = JSON.parse(readFileSync("data/corpus/SPLITS.json", "utf8")) as Record<string, string[]>;
  const { documents } = await readCorpus(["data/corpus/authored"], ontology);
  const standOff = ["fr", "en"].flatMap(
    (language) =>
      (JSON.parse(readFileSync(`data/corpus/wikinews/${language}.json`, "utf8")) as { documents: { id: string }[] })
        .documents,
  );
  const ids = [...documents, ...standOff].map(({ id }) => id).sort();
  expect(Object.values(splits).flat().sort()).toEqual(ids);
});
