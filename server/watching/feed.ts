/**
 * Bytes of a feed → its entries: RSS 2.0 (and 0.9x), RSS 1.0, Atom. Entities that the document defines itself are never expanded.
 */
import { XMLParser } from "fast-xml-parser";
import { isExistingDate } from "../contract/dates.ts";
import type { FeedEntry } from "../contract/watching.ts";
import { decode } from "../reading/encoding.ts";

export interface Feed {
  title: string | null;
  /** In the feed's order, most often latest first. `summary` is plain text. */
  entries: (FeedEntry & { summary: string })[];
}

export type FeedResult = { feed: Feed; problem: null } | { feed: null; problem: string };

/** Of one feed; more is no feed but an archive. */
const MAX_ENTRIES = 2_000;
const MAX_NESTING = 64;

const PARSER = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  removeNSPrefix: true,
  // What the document defines as entities stays as it is written: no billion laughs.
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: MAX_NESTING,
});

/**
 * @param base the address that the feed was fetched from: links may be relative to it
 * @returns a problem that continues a sentence which begins with the feed's address
 */
export function parseFeed(bytes: Uint8Array, mediaType: string | undefined, base: string): FeedResult {
  const head = Buffer.from(bytes.subarray(0, 200)).toString("latin1");
  const declared =
    /charset\s*=\s*["']?([\w-]+)/i.exec(mediaType ?? "")?.[1] ??
    /<\?xml[^>]+encoding\s*=\s*["']([\w-]+)/i.exec(head)?.[1];
  const { text } = decode(bytes, declared ?? null);
  if (/^\s*(?:<!doctype\s+html|<html[\s>])/i.test(text)) return refused(pageProblem(text, base));
  let root: unknown;
  try {
    root = PARSER.parse(text);
  } catch (cause) {
    return refused(`is no feed: ${(cause instanceof Error ? cause.message : String(cause)).slice(0, 150)}`);
  }
  const channel = child(child(root, "rss"), "channel");
  const rdf = child(root, "RDF");
  const atom = child(root, "feed");
  if (channel !== null) return read(textOf(channel, "title"), listOf(channel, "item"), rssEntry, base);
  if (rdf !== null) return read(textOf(child(rdf, "channel"), "title"), listOf(rdf, "item"), rssEntry, base);
  if (atom !== null) return read(textOf(atom, "title"), listOf(atom, "entry"), atomEntry, base);
  return refused("is no feed: neither RSS nor Atom stands in it");
}

interface RawEntry {
  id: string | null;
  link: string | null;
  title: string;
  summary: string;
  date: string | null;
}

function read(title: string | null, items: unknown[], entryOf: (item: unknown) => RawEntry, base: string): FeedResult {
  const entries: Feed["entries"] = [];
  const known = new Set<string>();
  for (const item of items.slice(0, MAX_ENTRIES)) {
    const { id, link, title: own, summary, date } = entryOf(item);
    const address = link === null ? null : absolute(link, base);
    if (address === null) continue;
    const entry = { id: id ?? address, address, title: own, summary, publishedAt: dayOf(date) };
    if (known.has(entry.id)) continue;
    known.add(entry.id);
    entries.push(entry);
  }
  return { feed: { title, entries }, problem: null };
}

function rssEntry(item: unknown): RawEntry {
  const guid = textOf(item, "guid");
  const isAddress = attribute(child(item, "guid"), "isPermaLink") !== "false" && /^https?:\/\//i.test(guid ?? "");
  return {
    id: guid,
    link: textOf(item, "link") ?? attribute(child(item, "link"), "href") ?? (isAddress ? guid : null),
    title: plain(textOf(item, "title") ?? ""),
    summary: plain([textOf(item, "description"), ...categoriesOf(item)].filter((part) => part !== null).join(" ")),
    date: textOf(item, "pubDate") ?? textOf(item, "date"),
  };
}

function atomEntry(entry: unknown): RawEntry {
  const links = listOf(entry, "link");
  const link =
    links.find((one) => (attribute(one, "rel") ?? "alternate") === "alternate") ??
    links.find((one) => attribute(one, "rel") === "self");
  const words = [textOf(entry, "summary") ?? textOf(entry, "content"), ...categoriesOf(entry)];
  return {
    id: textOf(entry, "id"),
    link: attribute(link, "href"),
    title: plain(textOf(entry, "title") ?? ""),
    summary: plain(words.filter((part) => part !== null).join(" ")),
    // `updated` tells when it was changed last, which is no day of publication.
    date: textOf(entry, "published"),
  };
}

function categoriesOf(item: unknown): (string | null)[] {
  return listOf(item, "category").map((category) => attribute(category, "term") ?? ownText(category));
}

function refused(problem: string): FeedResult {
  return { feed: null, problem };
}

/** People give the address of the page whose feed they mean. */
function pageProblem(html: string, base: string): string {
  const link = /<link\b[^>]*type=["']application\/(?:rss|atom)\+xml["'][^>]*>/i.exec(html)?.[0] ?? "";
  const href = /href=["']([^"']+)["']/i.exec(link)?.[1];
  const feed = href === undefined ? null : absolute(decodeEntities(href), base);
  return feed === null ? "is a web page, not a feed" : `is a web page; its feed is ${feed}, watch that`;
}

function absolute(link: string, base: string): string | null {
  const written = decodeEntities(link.trim());
  if (!URL.canParse(written, base)) return null;
  const url = new URL(written, base);
  url.hash = "";
  return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
}

/** RFC 822 or ISO 8601 → the day at the place of the publisher, where the text tells it. */
function dayOf(date: string | null): string | null {
  if (date === null) return null;
  const iso = /^\s*(\d{4}-\d{2}-\d{2})/.exec(date)?.[1];
  if (iso !== undefined) return isExistingDate(iso) ? iso : null;
  const told = /(\d{1,2})\s+([A-Za-z]{3})[a-z]*\.?\s+(\d{4})/.exec(date);
  const month = MONTHS.indexOf((told?.[2] ?? "").toLowerCase()) + 1;
  if (told === null || month === 0) return null;
  const day = `${told[3] ?? ""}-${String(month).padStart(2, "0")}-${(told[1] ?? "").padStart(2, "0")}`;
  return isExistingDate(day) ? day : null;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

function child(node: unknown, name: string): unknown {
  if (typeof node !== "object" || node === null || !Object.hasOwn(node, name)) return null;
  const value: unknown = (node as Record<string, unknown>)[name];
  return Array.isArray(value) ? value[0] : value;
}

function listOf(node: unknown, name: string): unknown[] {
  if (typeof node !== "object" || node === null || !Object.hasOwn(node, name)) return [];
  const value: unknown = (node as Record<string, unknown>)[name];
  return Array.isArray(value) ? value : [value];
}

function ownText(value: unknown): string | null {
  const text = typeof value === "object" && value !== null ? (value as Record<string, unknown>)["#text"] : value;
  return typeof text === "string" && text.trim() !== "" ? decodeEntities(text.trim()) : null;
}

function textOf(node: unknown, name: string): string | null {
  return ownText(child(node, name));
}

function attribute(node: unknown, name: string): string | null {
  const value = child(node, `@${name}`);
  return typeof value === "string" && value !== "" ? decodeEntities(value) : null;
}

/** Text of a title or summary, which often is HTML. */
function plain(html: string): string {
  return decodeEntities(html.replace(/<[^>]*>/g, " "))
    .replace(/\s+/g, " ")
    .trim();
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** The five of XML and numbers; what a document type declares is left as it is written. */
function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal, hexadecimal, name) => {
    if (typeof name === "string") return NAMED[name.toLowerCase()] ?? whole;
    const code = typeof decimal === "string" ? Number(decimal) : Number.parseInt(String(hexadecimal), 16);
    return code > 0 && code <= 0x10_ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : "\uFFFD";
  });
}
