import { afterEach, expect, test } from "vitest";
import { readAddress } from "../../../server/reading/web/read-address.ts";
import { openSite, policyFor, resolveHere, type TestSite } from "./servers.ts";

let site: TestSite | null = null;
afterEach(async () => site?.close());

const PARAGRAPHS = [
  "La police judiciaire a démantelé lundi un réseau de serveurs qui diffusait de la propagande, a annoncé le parquet de Bruxelles.",
  "Selon le procureur, deux personnes ont été arrêtées à Anvers et remises à un juge d'instruction, qui les a inculpées.",
  "L'enquête avait été ouverte en janvier, après la découverte d'un premier serveur loué sous un faux nom à Gand.",
];

function page(head: string): string {
  const body = PARAGRAPHS.map((paragraph) => `<p>${paragraph}</p>`).join("\n");
  return `<!doctype html><html lang="fr"><head><title>Un réseau démantelé à Bruxelles</title>
<meta charset="iso-8859-1">${head}</head><body><nav><a href="/">Accueil</a></nav><article><h1>Un réseau démantelé à Bruxelles</h1>${body}</article></body></html>`;
}

async function read(head: string, path = "/actu/1?utm=x") {
  site = await openSite((_request, response) =>
    response.writeHead(200, { "content-type": "text/html" }).end(Buffer.from(page(head), "latin1")),
  );
  const parts = { policy: policyFor(site), resolve: resolveHere, userAgent: "Fil rouge test" };
  return readAddress(`${site.origin}${path}`, {}, parts);
}

test("a page becomes an article with its canonical address, day and publisher", async () => {
  const result = await read(
    '<link rel="canonical" href="/actu/1"><meta property="og:site_name" content="Le Courrier du canal"><meta property="article:published_time" content="2021-03-01T08:00:00+01:00">',
  );
  const { document } = result;
  expect({ ...document, id: "" }).toEqual({
    id: "",
    title: "Un réseau démantelé à Bruxelles",
    text: ["Un réseau démantelé à Bruxelles", ...PARAGRAPHS].join("\n\n"),
    url: `${site!.origin}/actu/1`,
    source: "Le Courrier du canal",
    byline: null,
    language: "fr",
    publishedAt: "2021-03-01",
    mediaType: "text/html",
    warnings: [],
  });
});

test("a page that names another site's address keeps the one it was fetched from, and its own publisher", async () => {
  const { document } = await read('<link rel="canonical" href="https://www.lemonde.example/actu/1">');
  expect([document?.url, document?.source, document?.warnings]).toEqual([
    `${site!.origin}/actu/1?utm=x`,
    "site.test",
    ["the page names https://www.lemonde.example/actu/1 as its own address; the one that it was fetched from is kept"],
  ]);
});

test("a page without an address of its own has the one it was fetched from", async () => {
  const { document } = await read("");
  expect([document?.url, document?.source]).toEqual([`${site!.origin}/actu/1?utm=x`, "site.test"]);
});
