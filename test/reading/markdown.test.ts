import { expect, test } from "vitest";
import { readDocument } from "../../server/reading/read-document.ts";

async function read(markdown: string) {
  const { document, problem } = await readDocument({ bytes: new TextEncoder().encode(markdown), name: "a.md" });
  if (problem !== null) throw new Error(problem.message);
  return document;
}

test("what a reader sees of Markdown becomes paragraphs", async () => {
  const document = await read(
    [
      "# Un réseau *démantelé*",
      "",
      "La police a [saisi](https://example.org) le fichier `wiper.exe`",
      "à **Liège**.[^1] ![photo](x.png)<br>",
      "",
      "```js",
      "const code = 1;",
      "```",
      "",
      "<div>cadre</div>",
      "",
      "- Le parquet enquête.",
      "- Deux suspects ont été arrêtés.",
      "",
      "| Ville | Arrestations |",
      "|---|---|",
      "| Liège | 2 |",
      "",
      "> « C’est un succès »,  ",
      "> dit le juge.",
      "",
      "[^1]: Selon l’agence.",
    ].join("\n"),
  );
  expect(document).toMatchObject({
    title: "Un réseau démantelé",
    mediaType: "text/markdown",
    language: "fr",
    warnings: [],
  });
  expect(document.text.split("\n\n")).toEqual([
    "Un réseau démantelé",
    "La police a saisi le fichier wiper.exe à Liège.",
    "Le parquet enquête.",
    "Deux suspects ont été arrêtés.",
    "Ville | Arrestations",
    "Liège | 2",
    "« C’est un succès »,\ndit le juge.",
    "Selon l’agence.",
  ]);
});

test("front matter gives title, day, author, source and address", async () => {
  const document = await read(
    "---\ntitle: The network\ndate: 2021-03-03T10:00:00Z\nauthor: [Ann Lee, Bo Ek]\nsource: The Wire\nurl: https://example.org/n\nlang: en\n---\nThe police said that the network was closed.\n",
  );
  expect(document).toMatchObject({
    title: "The network",
    text: "The network\n\nThe police said that the network was closed.",
    publishedAt: "2021-03-03",
    byline: "Ann Lee, Bo Ek",
    source: "The Wire",
    url: "https://example.org/n",
    warnings: [],
  });
});

test("broken front matter is told and costs nothing else", async () => {
  const document = await read("---\ntitle: [a\n---\nThe police said that the network was closed.\n");
  expect(document.text).toBe("The police said that the network was closed.");
  expect(document.warnings).toEqual(["the front matter is not valid YAML and was left out"]);
});

test("ten thousand quotation marks end no stack", async () => {
  const document = await read(`${"> ".repeat(10_000)}The police said that the network was closed.`);
  expect(document.text).toContain("the network was closed.");
  expect(document.warnings).toEqual(["the Markdown is nested too deeply to be understood and was read as plain text"]);
});
