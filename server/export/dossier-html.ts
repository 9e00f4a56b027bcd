/**
 * A dossier as one HTML file: no script, nothing fetched, readable on a screen and printable on A4.
 */
import {
  dossierOf,
  webAddress,
  type Dossier,
  type DossierEnd,
  type DossierQuote,
  type DossierStatement,
} from "./dossier.ts";
import type { ExportSettings, ExportSource } from "./formats.ts";
import { escapeXml } from "./xml.ts";

const STYLE = `
:root { color-scheme: light; }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1.25rem; color: #1b1f26; background: #fff; font: 15px/1.5 Georgia, "Times New Roman", serif; }
h1 { margin: 0 0 .5rem; font-size: 1.9rem; line-height: 1.2; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.3rem; }
h3 { margin: 2rem 0 .25rem; font-size: 1.1rem; line-height: 1.35; break-after: avoid; }
h3 em { color: #ae0f29; font-style: normal; }
small, .facts, .source, th, .review { font-family: system-ui, sans-serif; font-size: .82rem; }
h3 small { color: #555c68; font-weight: normal; }
.facts { margin: 0 0 .5rem; color: #555c68; break-after: avoid; }
.tag { display: inline-block; margin-right: .35rem; padding: 0 .4rem; border: 1px solid #8a919c; border-radius: 3px; color: #1b1f26; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { padding: .4rem .5rem; border: 1px solid #c9cdd4; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #eef0f2; font-weight: 600; }
blockquote { margin: 0; }
.against { color: #ae0f29; font-weight: 600; }
.review span { display: block; }
.line { margin-top: .4rem; padding-bottom: 1.1rem; border-bottom: 1px dotted #8a919c; color: #555c68; }
@media print { body { max-width: none; margin: 0; font-size: 10.5pt; } a { color: inherit; } }
@page { margin: 16mm; }`;

export async function* dossierHtml(source: ExportSource, settings: ExportSettings): AsyncGenerator<string> {
  const dossier = await dossierOf(source, settings);
  const { words, language, title, madeOn, statements, articles } = dossier;
  yield `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="generator" content="Fil rouge">
<title>${escapeXml(title)}</title>
<style>${STYLE}
</style>
</head>
<body>
<main>
<h1 dir="auto">${escapeXml(title)}</h1>
<p>${escapeXml(words.made(madeOn, statements.length, articles.length))}</p>
<p>${escapeXml(words.intro)}</p>
<h2>${escapeXml(words.statements)}</h2>
`;
  if (statements.length === 0) yield `<p>${escapeXml(words.empty)}</p>\n`;
  for (const [index, statement] of statements.entries()) yield section(statement, index + 1, dossier);
  if (articles.length > 0) yield articleTable(dossier);
  yield "</main>\n</body>\n</html>\n";
}

function section(statement: DossierStatement, number: number, { words }: Dossier): string {
  const { subject, verb, object, remarks, facts, quotes } = statement;
  const tags = remarks.map((remark) => `<span class="tag">${escapeXml(remark)}</span>`).join("");
  const head = `<section id="s${number}">
<h3>${number}. ${end(subject)} <em>${escapeXml(verb)}</em> ${end(object)}</h3>
<p class="facts">${tags}${escapeXml(facts)}</p>
`;
  if (quotes.length === 0) return `${head}<p>${escapeXml(words.noQuote)}</p>\n</section>\n`;
  const { columns } = words;
  const widths = [32, 16, 22, 11, 19].map((width) => `<col style="width:${width}%">`).join("");
  const names = [columns.quote, columns.manner, columns.source, columns.confidence, columns.reviewer];
  return `${head}<table>
<colgroup>${widths}</colgroup>
<thead><tr>${names.map((name) => `<th scope="col">${escapeXml(name)}</th>`).join("")}</tr></thead>
<tbody>
${quotes.map((quote) => row(quote, words)).join("")}</tbody>
</table>
</section>
`;
}

function end({ name, kind }: DossierEnd): string {
  return `<bdi>${escapeXml(name)}</bdi>${kind === null ? "" : ` <small>(${escapeXml(kind)})</small>`}`;
}

function row(quote: DossierQuote, words: Dossier["words"]): string {
  const says = quote.says === null ? "" : `<p><bdi>${escapeXml(quote.says)}</bdi></p>`;
  const against = quote.speaksAgainst ? `<p class="against">${escapeXml(words.against)}</p>` : "";
  const review = [
    ...(quote.review === null ? [] : [escapeXml(quote.review)]),
    ...words.verdicts.map((verdict) => `☐ ${escapeXml(verdict)}`),
  ];
  const lines = [words.checkedBy, words.remark].map((line) => `<span class="line">${escapeXml(line)}</span>`);
  return `<tr>
<td>${against}${says}<blockquote lang="${quote.language}" dir="auto">${escapeXml(quote.quote)}</blockquote></td>
<td>${escapeXml(quote.manner)}</td>
<td class="source">${sourceOf(quote.document, words, quote.page)}</td>
<td>${quote.confidence} %</td>
<td class="review">${review.map((line) => `<span>${line}</span>`).join("")}${lines.join("")}</td>
</tr>
`;
}

function sourceOf(document: DossierQuote["document"], words: Dossier["words"], page: string | null = null): string {
  const { title, source, publishedAt, url } = document;
  const facts = [source, publishedAt ?? words.undated, page]
    .flatMap((fact) => (fact === null ? [] : [escapeXml(fact)]))
    .join(", ");
  const address = webAddress(url);
  const link = address === null ? "" : `<br><a href="${escapeXml(address)}" rel="noreferrer">${escapeXml(address)}</a>`;
  return `<bdi>${escapeXml(title)}</bdi><br>${facts}${link}`;
}

function articleTable({ articles, words }: Dossier): string {
  const rows = articles.map(({ document, statements }) => {
    const links = statements.map((number) => `<a href="#s${number}">${number}</a>`).join(", ");
    return `<tr><td class="source">${sourceOf(document, words)}</td><td>${links}</td></tr>\n`;
  });
  return `<h2>${escapeXml(words.articles)}</h2>
<table>
<thead><tr><th scope="col">${escapeXml(words.article)}</th><th scope="col">${escapeXml(words.proves)}</th></tr></thead>
<tbody>
${rows.join("")}</tbody>
</table>
`;
}
