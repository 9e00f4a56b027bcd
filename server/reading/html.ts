/**
 * HTML → Content: the article of a page and what the page tells about it. Readability finds the article; when it finds none, the
 * whole body is read and a warning says so.
 */
import { Readability } from "@mozilla/readability";
import { parsePage, type Tree, type TreeElement } from "./dom.ts";
import { blocksOf, countNodes, foldPhrase, removeClutter, type Block } from "./html-blocks.ts";
import { pageFactsOf } from "./html-metadata.ts";
import type { ContentResult, ReadInput, TextReader } from "./reader.ts";

export const htmlReader: TextReader = {
  kind: "text",
  mediaTypes: ["text/html", "application/xhtml+xml"],
  endings: [".html", ".htm", ".xhtml"],
  label: "HTML",
  declaredEncoding: (head) =>
    /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1] ??
    /<\?xml[^>]+encoding\s*=\s*["']([\w-]+)/i.exec(head)?.[1] ??
    null,
  read: readHtml,
};

/** Shorter than this, what Readability found is a teaser or a notice rather than the article. UTF-16 units. */
const MIN_ARTICLE_LENGTH = 140;
/** Nearly all of a page's running text lies outside what was found: the find is wrong. */
const MIN_ARTICLE_SHARE = 0.25;

/** Readability takes minutes over pages of a million pieces; a long article has some thousands. */
const MAX_NODES = 150_000;

function readHtml(html: string, input: ReadInput): ContentResult {
  const { tree, flattened } = parsePage(html);
  const facts = pageFactsOf(tree, input.address ?? input.hints?.url ?? null);
  const warnings = flattened ? ["the page is nested very deeply; some of its structure was left out"] : [];
  removeClutter(tree);
  const body = blocksOf(tree.documentElement);
  const article = countNodes(tree.documentElement) > MAX_NODES ? null : articleOf(tree, body);
  if (article === null) warnings.push("no article was recognised in the page; all its text was read");
  const blocks = (article?.blocks ?? body).filter((block) => !isPointer(block));
  const paragraphs = withTitle(
    facts.title,
    withoutRepetition(blocks).map((block) => block.text),
  );
  const { language, ...told } = facts;
  const byline = facts.byline ?? article?.byline ?? null;
  const text = paragraphs.join("\n\n");
  return { content: { ...told, byline, text, declaredLanguage: language, warnings }, problem: null };
}

interface Article {
  blocks: Block[];
  byline: string | null;
}

/** The article as Readability sees it, or null when what it found cannot be the main text. Changes the tree. */
function articleOf(tree: Tree, body: readonly Block[]): Article | null {
  const found = readability(tree);
  if (found?.content === undefined || found.content === null) return null;
  const blocks = blocksOf(found.content);
  const length = lengthOf(blocks);
  if (length < MIN_ARTICLE_LENGTH || length < MIN_ARTICLE_SHARE * lengthOf(body.filter(isProse))) return null;
  return { blocks, byline: nonEmpty(found.byline) };
}

/** An odd page may end its stack or trip over the tree: that costs the recognition, not the text. */
function readability(tree: Tree) {
  try {
    return new Readability<TreeElement>(tree, {
      charThreshold: 200,
      serializer: (node: TreeElement) => node,
    }).parse();
  } catch {
    return null;
  }
}

function lengthOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + block.text.length, 0);
}

/** Running text rather than a menu entry. */
function isProse(block: Block): boolean {
  return block.text.length > 80 && block.linkLength < block.text.length / 2;
}

const POINTER =
  /^(?:read (?:more|also)|also read|see also|lire (?:aussi|également)|à lire(?: aussi)?|voir aussi)(?!\p{L})/iu;

/** "Lire aussi : …" between two paragraphs leads elsewhere. */
function isPointer(block: Block): boolean {
  return block.linkLength > 0 && block.text.length < 250 && POINTER.test(block.text);
}

function nonEmpty(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? "";
  return trimmed === "" ? null : trimmed;
}

/** Pages show one paragraph twice as a standfirst, a pull quote or a mobile variant; the first stays. */
function withoutRepetition(blocks: readonly Block[]): Block[] {
  const seen = new Set<string>();
  return blocks.filter((block) => {
    if (block.text.length < 40) return true;
    if (seen.has(block.text)) return false;
    seen.add(block.text);
    return true;
  });
}

function withTitle(title: string | null, paragraphs: string[]): string[] {
  if (title === null) return paragraphs;
  const key = foldPhrase(title);
  const at = paragraphs.slice(0, 3).findIndex((paragraph) => foldPhrase(paragraph) === key);
  if (at === 0) return paragraphs;
  return [title, ...paragraphs.filter((_, index) => index !== at)];
}
