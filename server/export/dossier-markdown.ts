/**
 * A dossier as Markdown (tables as GitHub writes them), for editors, wikis and version control.
 */
import { dossierOf, webAddress, type Dossier, type DossierEnd, type DossierQuote } from "./dossier.ts";
import type { ExportSettings, ExportSource } from "./formats.ts";

export async function* dossierMarkdown(source: ExportSource, settings: ExportSettings): AsyncGenerator<string> {
  const { words, title, madeOn, statements, articles } = await dossierOf(source, settings);
  yield `# ${escapeMarkdown(title)}\n\n`;
  yield `${words.made(madeOn, statements.length, articles.length)}\n\n${words.intro}\n\n## ${words.statements}\n\n`;
  if (statements.length === 0) yield `${words.empty}\n`;
  for (const [index, { subject, verb, object, remarks, facts, quotes }] of statements.entries()) {
    yield `### ${index + 1}. ${end(subject)} *${escapeMarkdown(verb)}* ${end(object)}\n\n`;
    yield `${escapeMarkdown([...remarks, facts].join("; "))}\n\n`;
    if (quotes.length === 0) {
      yield `${words.noQuote}\n\n`;
      continue;
    }
    const { columns } = words;
    const names = [columns.quote, columns.manner, columns.source, columns.confidence, columns.reviewer];
    yield tableRow(names) + tableRow(names.map(() => "---"));
    for (const quote of quotes) yield quoteRow(quote, words);
    yield "\n";
  }
  if (articles.length === 0) return;
  yield `## ${words.articles}\n\n${tableRow([words.article, words.proves])}${tableRow(["---", "---"])}`;
  for (const article of articles) yield tableRow([sourceOf(article.document, words), article.statements.join(", ")]);
}

function end({ name, kind }: DossierEnd): string {
  return `**${escapeMarkdown(name)}**${kind === null ? "" : ` (${escapeMarkdown(kind)})`}`;
}

function quoteRow(quote: DossierQuote, words: Dossier["words"]): string {
  const against = quote.speaksAgainst ? `**${words.against}** ` : "";
  const says = quote.says === null ? "" : `${escapeMarkdown(quote.says)}: `;
  const review = [...(quote.review === null ? [] : [quote.review]), ...words.verdicts.map((verdict) => `☐ ${verdict}`)];
  return tableRow([
    `${against}${says}“${escapeMarkdown(quote.quote)}”`,
    escapeMarkdown(quote.manner),
    sourceOf(quote.document, words, quote.page),
    `${quote.confidence} %`,
    `${review.join(" ")} ${words.checkedBy}: …`,
  ]);
}

function sourceOf(document: DossierQuote["document"], words: Dossier["words"], page: string | null = null): string {
  const { title, source, publishedAt, url } = document;
  const address = webAddress(url);
  const parts = [
    escapeMarkdown(title),
    ...(source === null ? [] : [escapeMarkdown(source)]),
    publishedAt ?? words.undated,
    ...(page === null ? [] : [page]),
    // An address that is a link in itself; what would end it or the cell is encoded.
    ...(address === null ? [] : [`<${address.replaceAll("|", "%7C").replaceAll("<", "%3C").replaceAll(">", "%3E")}>`]),
  ];
  return parts.join(", ");
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |\n`;
}

/** Text that stays text, on one line: no mark-up, no HTML, no end of a table's cell. */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/(?![\t\n\r])\p{Cc}/gu, "\uFFFD")
    .replaceAll(/\s+/g, " ")
    .trim()
    .replaceAll(/[\\`*_{}[\]()#+|~!-]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/(https?):\/\//gi, "$1:&#8203;//");
}
