/**
 * Markdown → Content: what a reader sees of it. Paragraphs, headings, list items and table rows become paragraphs separated by
 * one blank line; code blocks, images and raw HTML have no sentence to give and are dropped; front matter tells date and source.
 */
import type { Nodes, Parents, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { frontmatterFromMarkdown } from "mdast-util-frontmatter";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { frontmatter } from "micromark-extension-frontmatter";
import { gfm } from "micromark-extension-gfm";
import { parse as parseYaml } from "yaml";
import { plainContent, titleLine } from "./plain-text.ts";
import { dayOfField } from "./published-date.ts";
import type { ContentResult, TextReader } from "./reader.ts";

export const markdownReader: TextReader = {
  kind: "text",
  mediaTypes: ["text/markdown", "text/x-markdown"],
  endings: [".md", ".markdown"],
  label: "Markdown",
  read: readMarkdown,
};

function readMarkdown(source: string): ContentResult {
  const root = parseMarkdown(source);
  if (root === null) {
    const warning = "the Markdown is nested too deeply to be understood and was read as plain text";
    return { content: plainContent(source, [warning]), problem: null };
  }
  const paragraphs = paragraphsOf(root);
  const front = frontMatterOf(root);
  const heading = headingOf(root);
  const title = front.title ?? heading;
  if (title !== null && front.title !== null && !samePhrase(paragraphs[0] ?? "", title)) paragraphs.unshift(title);
  const text = paragraphs.join("\n\n");
  return {
    content: {
      title: title ?? titleLine(text),
      text,
      url: front.url,
      source: front.source,
      byline: front.byline,
      publishedAt: front.publishedAt,
      declaredLanguage: front.language,
      warnings: front.warnings,
    },
    problem: null,
  };
}

/** Quote marks and brackets by the thousand make the parser quadratic or end its stack; no article nests so deep. */
const TOO_DEEP = /^(?:[ \t]*>){100}|[[({*_~`!]{500}/m;

function parseMarkdown(source: string): Root | null {
  if (TOO_DEEP.test(source)) return null;
  try {
    return fromMarkdown(source, {
      extensions: [gfm(), frontmatter(["yaml"])],
      mdastExtensions: [gfmFromMarkdown(), frontmatterFromMarkdown(["yaml"])],
    });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** One string a block that holds running text, in order. */
function paragraphsOf(root: Root): string[] {
  const paragraphs: string[] = [];
  const visit = (node: Nodes): void => {
    switch (node.type) {
      case "paragraph":
      case "heading":
        paragraphs.push(tidied(inlineText(node)));
        return;
      case "tableRow":
        paragraphs.push(
          node.children
            .map((cell) => tidied(inlineText(cell)))
            .filter((cell) => cell !== "")
            .join(" | "),
        );
        return;
      case "root":
      case "blockquote":
      case "list":
      case "listItem":
      case "table":
      case "footnoteDefinition":
        for (const child of node.children) visit(child);
        return;
      default:
    }
  };
  visit(root);
  return paragraphs.filter((paragraph) => paragraph !== "");
}

/**
 * Code inside a sentence is a word of it ("le fichier `wiper.exe`"); images and tags are not. A line end inside a paragraph is a
 * space, a hard break stays a line end.
 */
function inlineText(node: Parents): string {
  return node.children
    .map((child) => {
      switch (child.type) {
        case "text":
        case "inlineCode":
          return child.value.replace(/[ \t]*\n[ \t]*/g, " ");
        case "break":
          return "\n";
        case "image":
        case "imageReference":
        case "html":
        case "footnoteReference":
          return "";
        default:
          return "children" in child ? inlineText(child) : "";
      }
    })
    .join("");
}

/** Only ordinary white space is collapsed: no-break spaces are characters of the text. */
function tidied(text: string): string {
  return text
    .replace(/[ \t]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .trim();
}

/** The first heading, when no running text stands before it. */
function headingOf(root: Root): string | null {
  const first = root.children.find((node) => node.type === "heading" || node.type === "paragraph");
  if (first?.type !== "heading") return null;
  const heading = tidied(inlineText(first));
  return heading === "" ? null : heading;
}

function samePhrase(a: string, b: string): boolean {
  const plain = (text: string) => text.replace(/\s+/g, " ").trim().toLowerCase();
  return plain(a) === plain(b);
}

interface FrontMatter {
  title: string | null;
  publishedAt: string | null;
  byline: string | null;
  source: string | null;
  url: string | null;
  language: string | null;
  warnings: string[];
}

function frontMatterOf(root: Root): FrontMatter {
  const node = root.children.find((child) => child.type === "yaml");
  const { fields, warnings } = fieldsOf(node?.value ?? "");
  const first = (...keys: string[]) => keys.map((key) => fields.get(key)).find((value) => value !== undefined) ?? null;
  const date = first("date", "published", "publishedat", "pubdate");
  const url = first("url", "link", "canonical");
  const publishedAt = date === null ? null : dayOfField(date);
  if (date !== null && publishedAt === null)
    warnings.push(`the front matter's date "${date}" is no date and was left out`);
  return {
    title: first("title", "titre"),
    publishedAt,
    byline: first("author", "authors", "auteur", "byline"),
    source: first("source", "publisher", "site"),
    url: url !== null && /^https?:\/\//.test(url) && URL.canParse(url) ? url : null,
    language: first("lang", "language", "langue"),
    warnings,
  };
}

/** The scalar fields of the front matter by their lower-case names; lists of names are joined. */
function fieldsOf(yaml: string): { fields: Map<string, string>; warnings: string[] } {
  const fields = new Map<string, string>();
  let parsed: unknown;
  try {
    parsed = parseYaml(yaml, { maxAliasCount: 20, logLevel: "error" });
  } catch {
    return { fields, warnings: ["the front matter is not valid YAML and was left out"] };
  }
  if (typeof parsed !== "object" || parsed === null) return { fields, warnings: [] };
  for (const [key, value] of Object.entries(parsed)) {
    const scalar = scalarText(value);
    if (scalar !== null) fields.set(key.toLowerCase(), scalar);
  }
  return { fields, warnings: [] };
}

function scalarText(value: unknown): string | null {
  if (typeof value === "string") return value.trim() === "" ? null : value.trim();
  if (typeof value === "number") return String(value);
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (Array.isArray(value)) {
    const names = value.map(scalarText).filter((name) => name !== null);
    return names.length === 0 ? null : names.join(", ");
  }
  return null;
}
