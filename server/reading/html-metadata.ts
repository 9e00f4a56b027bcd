/**
 * What a page tells about its article outside the article: title, author, day, publisher, address, language. Structured data
 * first (JSON-LD, meta), then what stands on the page.
 */
import type { Tree, TreeElement } from "./dom.ts";
import { foldPhrase } from "./html-blocks.ts";
import { dayOfField } from "./published-date.ts";

export interface PageFacts {
  title: string | null;
  byline: string | null;
  publishedAt: string | null;
  source: string | null;
  url: string | null;
  language: string | null;
}

/** @param address where the page was fetched from, against which a relative canonical address counts. */
export function pageFactsOf(tree: Tree, address: string | null): PageFacts {
  const meta = metaOf(tree);
  const data = articleDataOf(tree);
  const source = textOf(data?.["publisher"]) ?? meta("og:site_name", "application-name", "dc.publisher", "publisher");
  return {
    title: titleOf(tree, data, meta, source),
    byline: textOf(data?.["author"]) ?? bylineOf(tree, meta),
    publishedAt: publishedAtOf(tree, data, meta),
    source,
    url: addressOf(tree, meta, address),
    language: tree.documentElement.getAttribute("lang") ?? meta("og:locale", "content-language", "dc.language"),
  };
}

type Meta = (...names: string[]) => string | null;

function metaOf(tree: Tree): Meta {
  const values = new Map<string, string>();
  for (const element of tree.querySelectorAll("meta")) {
    const name = ["property", "name", "itemprop", "http-equiv"].map((key) => element.getAttribute(key)).find(Boolean);
    const content = squeeze(element.getAttribute("content"));
    if (name !== undefined && name !== null && content !== null && !values.has(name.toLowerCase())) {
      values.set(name.toLowerCase(), content);
    }
  }
  return (...names) => names.map((name) => values.get(name)).find((value) => value !== undefined) ?? null;
}

type Data = Record<string, unknown>;

/** The first JSON-LD object that describes an article. Pages put it on top, in a list, or in a `@graph`. */
function articleDataOf(tree: Tree): Data | null {
  for (const script of tree.querySelectorAll('script[type="application/ld+json"]')) {
    const article = articleIn(parsedJson(script.textContent ?? ""), 0);
    if (article !== null) return article;
  }
  return null;
}

function parsedJson(json: string): unknown {
  try {
    return JSON.parse(json.replace(/^\s*<!--|-->\s*$/g, ""));
  } catch {
    return null;
  }
}

function articleIn(value: unknown, depth: number): Data | null {
  if (typeof value !== "object" || value === null || depth > 4) return null;
  if (Array.isArray(value)) {
    for (const item of value) {
      const found = articleIn(item, depth + 1);
      if (found !== null) return found;
    }
    return null;
  }
  const data = value as Data;
  const kinds = [data["@type"]].flat().filter((kind) => typeof kind === "string");
  if (kinds.some((kind) => /(?:Article|BlogPosting|Report|NewsItem)$/.test(kind))) return data;
  return articleIn(data["@graph"], depth + 1) ?? articleIn(data["mainEntity"], depth + 1);
}

/** A name in JSON-LD: a string, an object with a name, or a list of these. */
function textOf(value: unknown): string | null {
  if (typeof value === "string") return /^https?:/.test(value) ? null : squeeze(value);
  if (Array.isArray(value)) {
    const names = value.map(textOf).filter((name) => name !== null);
    return names.length === 0 ? null : names.join(", ");
  }
  if (typeof value === "object" && value !== null) return textOf((value as Data)["name"] ?? null);
  return null;
}

function titleOf(tree: Tree, data: Data | null, meta: Meta, source: string | null): string | null {
  const told = toldTitle(tree, data, meta);
  const headings = [...tree.querySelectorAll("h1")]
    .map((heading) => squeeze(heading.textContent))
    .filter((h) => h !== null);
  if (told === null) return headings[0] ?? null;
  // The visible heading is the article's own wording when the told title only adds the site's name to it.
  const heading = headings.find((h) => h.length >= 10 && foldPhrase(told).startsWith(foldPhrase(h)));
  return heading ?? withoutSiteName(told, source);
}

/** Tags inside a title are somebody's slip, or a title that was never closed. */
function toldTitle(tree: Tree, data: Data | null, meta: Meta): string | null {
  const told =
    textOf(data?.["headline"]) ??
    meta("og:title", "twitter:title", "dc.title", "title") ??
    tree.querySelector("title")?.textContent ??
    null;
  return squeeze(told?.replace(/<\/?[a-z][^<>]*>?/gi, " "));
}

function withoutSiteName(title: string, source: string | null): string {
  const match = /^(.{10,}?)\s+[|–—·»-]\s+([^|–—·»]{2,40})$/u.exec(title);
  const [, head, tail] = match ?? [];
  if (head === undefined || tail === undefined) return title;
  const isSite = title.includes(" | ") || (source !== null && tail.toLowerCase().includes(source.toLowerCase()));
  return isSite ? head : title;
}

function bylineOf(tree: Tree, meta: Meta): string | null {
  const told = meta("author", "article:author", "dc.creator", "parsely-author");
  if (told !== null && !/^https?:/.test(told)) return told;
  const shown = tree.querySelector(
    "[rel=author], [itemprop=author] [itemprop=name], [itemprop=author], .byline, .author",
  );
  const text = squeeze(shown?.textContent ?? null);
  return text === null || text.length > 120 ? null : text.replace(/^(?:par|by)\s+/i, "");
}

function publishedAtOf(tree: Tree, data: Data | null, meta: Meta): string | null {
  const published = data?.["datePublished"];
  const told = [
    typeof published === "string" ? published : null,
    meta("article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued"),
    meta("pubdate", "publishdate", "publish-date", "parsely-pub-date", "sailthru.date", "dcterms.created"),
    ...timesOf(tree),
  ];
  for (const field of told) {
    const day = field === null ? null : dayOfField(field);
    if (day !== null) return day;
  }
  return null;
}

/** The page's `time` elements, those that say "published" first. */
function timesOf(tree: Tree): (string | null)[] {
  const rank = (element: TreeElement) =>
    element.getAttribute("pubdate") !== null || element.getAttribute("itemprop") === "datePublished" ? 0 : 1;
  return [...tree.querySelectorAll("time")]
    .sort((a, b) => rank(a) - rank(b))
    .map((element) => element.getAttribute("datetime") ?? element.textContent);
}

function addressOf(tree: Tree, meta: Meta, address: string | null): string | null {
  const told = [tree.querySelector("link[rel=canonical]")?.getAttribute("href") ?? null, meta("og:url")];
  for (const candidate of told) {
    const base = address ?? undefined;
    if (candidate === null || !URL.canParse(candidate, base)) continue;
    const url = new URL(candidate, base);
    if (url.protocol === "http:" || url.protocol === "https:") return url.href;
  }
  return address;
}

function squeeze(text: string | null | undefined): string | null {
  const squeezed = (text ?? "").replace(/[ \t\r\n\f]+/g, " ").trim();
  return squeezed === "" ? null : squeezed;
}
