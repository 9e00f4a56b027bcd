/** Pages written for these tests: each shows one habit of real sites. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DocumentHints } from "../../server/contract/document.ts";
import { readDocument } from "../../server/reading/read-document.ts";

async function read(html: string, hints: DocumentHints = {}) {
  const { document, problem } = await readDocument({ bytes: new TextEncoder().encode(html), name: "page.html", hints });
  if (problem !== null) throw new Error(problem.message);
  return document;
}

const FIRST =
  "La police judiciaire de Liège a saisi mardi les serveurs d’un forum de revente, a annoncé le parquet dans un communiqué.";
const SECOND = "Deux hommes, soupçonnés d’avoir administré le site pendant trois ans, ont été placés en garde à vue.";
const THIRD = "L’enquête avait commencé en 2019, après la plainte d’une société de paiement installée à Luxembourg.";

function page(head: string, body: string): string {
  return `<!doctype html><html lang="fr-BE"><head>${head}</head><body>${body}</body></html>`;
}

test("a press page gives its article, its facts and nothing of its frame", async () => {
  const document = await read(
    page(
      `<meta charset="utf-8"><title>Un forum fermé à Liège | Le Courrier</title>
       <link rel="canonical" href="/liege/forum">
       <script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite"},{"@type":["NewsArticle"],
         "headline":"Un forum fermé à Liège","datePublished":"2021-03-03T23:40:00+01:00","author":[{"name":"Ada Roux"},{"name":"Luc Paré"}],
         "publisher":{"@type":"Organization","name":"Le Courrier"}}]}</script>`,
      `<div id="cookie-consent"><p>Nous utilisons des cookies pour mesurer notre audience et vous proposer des contenus.</p></div>
       <nav><ul><li><a href="/">Accueil</a></li><li><a href="/sport">Sport</a></li></ul></nav>
       <main><article><h1>Un forum fermé à Liège</h1>
       <div class="share-bar"><a href="#">Partager sur Facebook</a></div>
       <p>${FIRST}</p><p>${SECOND}</p><figure><img src="x"><figcaption>Le palais de justice</figcaption></figure>
       <p>Le   juge&nbsp;: «&nbsp;rien à
          dire&nbsp;».<script>document.write("piège")</script></p>
       <aside class="related"><p>Lire aussi : un autre article sur un autre sujet</p></aside>
       <p>${THIRD}</p></article></main>
       <footer><p>Mentions légales et conditions générales de vente</p></footer>`,
    ),
    { url: "https://www.courrier.example/liege/forum?utm=1" },
  );
  expect(document).toMatchObject({
    title: "Un forum fermé à Liège",
    url: "https://www.courrier.example/liege/forum?utm=1",
    source: "Le Courrier",
    byline: "Ada Roux, Luc Paré",
    language: "fr",
    publishedAt: "2021-03-03",
    mediaType: "text/html",
    warnings: [],
  });
  const paragraphs = document.text.split("\n\n");
  expect(paragraphs[0]).toBe("Un forum fermé à Liège");
  expect(paragraphs).toEqual(
    expect.arrayContaining([FIRST, SECOND, "Le juge\u00A0: «\u00A0rien à dire\u00A0».", THIRD]),
  );
  expect(document.text).not.toMatch(/cookies|Partager|Accueil|Lire aussi|Mentions|piège/);
});

describe("the day of publication", () => {
  const body = `<h1>Un forum fermé</h1><p>${FIRST}</p><p>${SECOND}</p>`;
  test.each([
    [
      "article:published_time",
      `<meta property="article:published_time" content="2020-02-01T08:00:00Z">`,
      body,
      "2020-02-01",
    ],
    ["a time element", "", `<p><time datetime="2020-02-02">hier</time></p>${body}`, "2020-02-02"],
    [
      "structured data before a time element",
      `<script type="application/ld+json">[{"@type":"Article","datePublished":"2020-02-03"}]</script>`,
      `<time datetime="2011-01-01">x</time>${body}`,
      "2020-02-03",
    ],
    ["no date", "", body, null],
    ["a date that does not exist", `<meta name="date" content="2020-02-31">`, body, null],
    ["broken structured data", `<script type="application/ld+json">{"@type":</script>`, body, null],
  ])("from %s", async (_name, head, content, expected) => {
    expect((await read(page(head, content))).publishedAt).toBe(expected);
  });
});

test("paragraphs by double line breaks are kept apart, and a single break stays a line end", async () => {
  const document = await read(
    page("<title>Un forum fermé</title>", `<div>${FIRST}<br><br>${SECOND}<br>${THIRD}</div>`),
  );
  expect(document.text).toBe(`Un forum fermé\n\n${FIRST}\n\n${SECOND}\n${THIRD}`);
});

test.each([
  ["without body", `<html><head><title>Un forum fermé</title></head><p>${FIRST}<p>${SECOND}</html>`],
  ["without html", `<title>Un forum fermé</title><p>${FIRST}</p><p>${SECOND}</p>`],
  ["without any closing tag", `<html><head><title>Un forum fermé</title><body><p>${FIRST}<p>${SECOND}`],
])("a page %s is read", async (_name, html) => {
  expect((await read(html)).text).toBe(`Un forum fermé\n\n${FIRST}\n\n${SECOND}`);
});

test("when no article is found the body is read and a warning says so", async () => {
  const document = await read(page("", "<div>Le parquet enquête.</div>"));
  expect(document.text).toBe("Le parquet enquête.");
  expect(document.warnings).toEqual(["no article was recognised in the page; all its text was read"]);
});

test("an encyclopedic page gives its heading as title, without reference marks, edit links and pointers", async () => {
  const document = await read(
    page(
      "<title>Belgique : un forum fermé à Liège — Le Wiki</title>",
      `<div id="content"><h1>Belgique&nbsp;: un forum fermé à Liège</h1><a class="mw-jump-link" href="#x">Aller à la navigation</a>
       <p>${FIRST}<sup id="cite_ref-1" class="reference"><a href="#n1">[1]</a></sup></p>
       <h2><span>Enquête</span><span class="mw-editsection">[modifier]</span></h2><p>${SECOND}</p>
       <p>Lire aussi : <a href="/x">un autre forum fermé l’an dernier</a></p><ul><li>${THIRD}</li></ul>
       <div id="catlinks" class="catlinks"><a href="/c">Catégories</a></div></div>`,
    ),
  );
  expect(document.title).toBe("Belgique\u00A0: un forum fermé à Liège");
  expect(document.text.split("\n\n")).toEqual([document.title, FIRST, "Enquête", SECOND, THIRD]);
});

test("a wrapper with an unlucky class name keeps the article", async () => {
  const document = await read(
    page("", `<div class="page with-sidebar"><p>${FIRST}</p><p>${SECOND}</p><p>${THIRD}</p></div>`),
  );
  expect(document.text).toBe([FIRST, SECOND, THIRD].join("\n\n"));
});

test("a hundred thousand nested elements end no stack and lose no text", async () => {
  const depth = 100_000;
  const document = await read(page("", `${"<div>".repeat(depth)}${FIRST}${"</div>".repeat(depth)}<p>${SECOND}</p>`));
  expect(document.text).toContain(FIRST);
  expect(document.text).toContain(SECOND);
  expect(document.warnings).toContain("the page is nested very deeply; some of its structure was left out");
});

test("no mixture of tags makes the reader fail, and no tag reaches the text", async () => {
  const piece = fc.constantFrom(
    "<p>",
    "</p>",
    "<div class=share>",
    "</div>",
    "<b>",
    "<table><tr><td>",
    "</table>",
    "<",
    ">",
    "&amp;",
    "&nbsp;",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<body>",
    "</html>",
    FIRST,
    "<title>",
    '<a href="',
    "<br>",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
      const bytes = new TextEncoder().encode(pieces.join(" "));
      const { document, problem } = await readDocument({ bytes, name: "a.html", hints: { language: "fr" } });
      if (document === null) expect(problem.code).toBe("empty");
      else expect(document.text).not.toMatch(/<(?:p|div|b|table|body|script)\b/);
    }),
    { numRuns: 300 },
  );
});
