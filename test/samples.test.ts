/**
 * The sample articles against the readers and against their annotations in test/gold/samples: the index says what is in the
 * files, and the annotated text is, to the character, the text that a reader takes out of the file.
 */
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readSamples } from "../server/http/samples.ts";
import { readDocument } from "../server/reading/read-document.ts";

interface Sample {
  file: string;
  title: string;
  language: string;
  publishedAt: string;
  source: string;
}

const folder = new URL("../data/samples/", import.meta.url);
const gold = new URL("./gold/samples/", import.meta.url);
const samples = JSON.parse(readFileSync(new URL("index.json", folder), "utf8")) as Sample[];

/** The article without its marks: sentences of a paragraph joined by a space, paragraphs by an empty line. */
function textOfAnnotated(annotated: string): string {
  const isText = (line: string) => line !== "" && !/^(?:# |@e\d|> )/.test(line);
  return annotated
    .split(/\n{2,}/)
    .map((block) => block.split("\n").filter(isText).join(" "))
    .filter((paragraph) => paragraph !== "")
    .join("\n\n")
    .replace(/\[([^[\]]+)\]\(~?e\d+\)/g, "$1");
}

test("the index names every article of the folder once, in order of publication", () => {
  const articles = readdirSync(folder).filter((name) => name !== "index.json" && name !== "README.md");
  expect(samples.map((sample) => sample.file)).toEqual(articles.sort());
  expect(samples.map((sample) => sample.publishedAt)).toEqual(samples.map((sample) => sample.file.slice(0, 10)));
});

test.each(samples)("$file is read as its annotation and the index have it", async ({ file, ...known }) => {
  const result = await readDocument({ bytes: readFileSync(new URL(file, folder)), name: file });
  const document = result.document;
  expect({
    title: document?.title,
    language: document?.language,
    publishedAt: document?.publishedAt,
    text: document?.text.trim(),
    warnings: document?.warnings,
  }).toEqual({
    title: known.title,
    language: known.language,
    publishedAt: known.publishedAt,
    text: textOfAnnotated(readFileSync(new URL(file.replace(/\.\w+$/, ".ann.md"), gold), "utf8")),
    warnings: [],
  });
});

test("the first start reads the samples as their files are read, though they go by their titles", async () => {
  const texts = async (inputs: readonly Parameters<typeof readDocument>[0][]) =>
    (await Promise.all(inputs.map((input) => readDocument(input)))).map(({ document }) => document?.text);
  const files = samples.map(({ file }) => ({ bytes: readFileSync(new URL(file, folder)), name: file }));
  const started = await readSamples(fileURLToPath(folder));
  expect(
    await texts(
      started.map(({ name, mediaType, bytes }) => ({ name, bytes, ...(mediaType === null ? {} : { mediaType }) })),
    ),
  ).toEqual(await texts(files));
});
