import { describe, expect, test } from "vitest";
import { parseFeed } from "../../server/watching/feed.ts";
import { matcherOf } from "../../server/watching/match.ts";

const BASE = "https://site.test/feeds/rss.xml";

function parse(text: string | Uint8Array, mediaType?: string) {
  return parseFeed(typeof text === "string" ? Buffer.from(text) : text, mediaType, BASE);
}

function rss(items: string, before = ""): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${before}<rss version="2.0"><channel><title>Le Courrier</title>${items}</channel></rss>`;
}

describe("forms", () => {
  test("RSS 2.0, with its own ids, relative links, HTML in what it tells, and days as they stand there", () => {
    const { feed } = parse(
      rss(`<item><title>Procès &amp; verdict</title><link>/actu/1?a=1&amp;b=2#top</link><guid isPermaLink="false">42</guid>
        <pubDate>Mon, 01 Mar 2021 23:30:00 +0100</pubDate><description><![CDATA[<p>Trois <b>peines</b> &eacute;nonc&#233;es</p>]]></description>
        <category>Justice</category></item>
      <item><title>Sans lien</title></item>
      <item><guid>https://site.test/actu/3</guid><title>Par son id</title><pubDate>jamais</pubDate></item>`),
    );
    expect(feed).toEqual({
      title: "Le Courrier",
      entries: [
        {
          id: "42",
          address: "https://site.test/actu/1?a=1&b=2",
          title: "Procès & verdict",
          summary: "Trois peines &eacute;noncées Justice",
          publishedAt: "2021-03-01",
        },
        {
          id: "https://site.test/actu/3",
          address: "https://site.test/actu/3",
          title: "Par son id",
          summary: "",
          publishedAt: null,
        },
      ],
    });
  });

  test("Atom, where the page is the alternate link and the day that of publication", () => {
    const { feed } = parse(`<feed xmlns="http://www.w3.org/2005/Atom"><title type="text">Wire</title>
      <entry><id>urn:1</id><title type="html">&lt;i&gt;Arrest&lt;/i&gt; in Porto</title>
        <link rel="enclosure" href="https://site.test/1.mp3"/><link href="https://site.test/1"/>
        <published>2023-05-12T22:00:00-05:00</published><updated>2024-01-01T00:00:00Z</updated>
        <summary>Two held</summary><category term="courts"/></entry>
      <entry><id>urn:2</id><title>Later</title><link rel="alternate" href="2"/><updated>2024-01-01T00:00:00Z</updated></entry></feed>`);
    expect(feed).toEqual({
      title: "Wire",
      entries: [
        {
          id: "urn:1",
          address: "https://site.test/1",
          title: "Arrest in Porto",
          summary: "Two held courts",
          publishedAt: "2023-05-12",
        },
        { id: "urn:2", address: "https://site.test/feeds/2", title: "Later", summary: "", publishedAt: null },
      ],
    });
  });

  test("RSS 1.0, and a feed in Latin-1 that says so", () => {
    const text = `<?xml version="1.0" encoding="iso-8859-1"?><rdf:RDF xmlns:rdf="x" xmlns="y" xmlns:dc="z"><channel><title>Été</title></channel>
      <item><title>Procès</title><link>https://site.test/1</link><dc:date>2020-02-30</dc:date></item></rdf:RDF>`;
    const { feed } = parse(Buffer.from(text, "latin1"));
    expect([feed?.title, feed?.entries.map(({ title, publishedAt }) => [title, publishedAt])]).toEqual([
      "Été",
      [["Procès", null]],
    ]);
  });

  test("an entry that stands there twice is one, and addresses that are no web addresses are none", () => {
    const item = "<item><title>A</title><link>https://site.test/1</link></item>";
    const { feed } = parse(
      rss(`${item}${item}<item><link>javascript:alert(1)</link></item><item><link>file:///etc/passwd</link></item>`),
    );
    expect(feed?.entries.map(({ address }) => address)).toEqual(["https://site.test/1"]);
  });
});

describe("what is no feed", () => {
  test.each([
    ["plain words", "The page has moved.", "is no feed: neither RSS nor Atom stands in it"],
    ["JSON", '{"items": []}', "is no feed: neither RSS nor Atom stands in it"],
    ["nothing", "", "is no feed: neither RSS nor Atom stands in it"],
    ["other XML", "<sitemap><url>x</url></sitemap>", "is no feed: neither RSS nor Atom stands in it"],
    ["a page", "<!DOCTYPE html><html><body>x</body></html>", "is a web page, not a feed"],
    [
      "a page that names its feed",
      '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/rss?a=1&amp;b=2"></head></html>',
      "is a web page; its feed is https://site.test/rss?a=1&b=2, watch that",
    ],
  ])("%s", (_what, text, problem) => {
    expect(parse(text)).toEqual({ feed: null, problem });
  });

  test("elements without end are refused, not followed", () => {
    expect(parse("<rss><channel>".padEnd(14 + 300_000, "<a>")).problem).toMatch(/^is no feed: .*nested/i);
  });
});

describe("entities", () => {
  const laughs = Array.from({ length: 12 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join("");

  test("a billion laughs stay one word", () => {
    const begun = performance.now();
    const { feed } = parse(
      rss(
        "<item><title>&l12;</title><link>https://site.test/1</link></item>",
        `<!DOCTYPE rss [<!ENTITY l0 "ha">${laughs}]>`,
      ),
    );
    expect(feed?.entries.map(({ title }) => title)).toEqual(["&l12;"]);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  test("a feed that wants files of this machine is refused", () => {
    const { problem } = parse(
      rss(
        "<item><title>&file;</title><link>https://site.test/1</link></item>",
        '<!DOCTYPE rss [<!ENTITY file SYSTEM "file:///etc/passwd">]>',
      ),
    );
    expect(problem).toMatch(/^is no feed: External entities/);
  });

  test("a number that is no character is none", () => {
    const { feed } = parse(rss("<item><title>a&#x110000;&#xD800;&#0;b</title><link>https://site.test/1</link></item>"));
    expect(feed?.entries.map(({ title }) => title)).toEqual(["a\uFFFD\uFFFD\uFFFDb"]);
  });
});

describe("the filter", () => {
  test("all words of one alternative must begin words of the text, whatever their case and accents", () => {
    const fits = matcherOf(["proces liege", "Europol"]);
    expect(["Le PROCÈS de Liège s'ouvre", "Europol's report", "Un procès à Gand", "Neuropol"].map(fits)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test("without words everything fits", () => {
    expect([matcherOf([])("x"), matcherOf([" – "])("x")]).toEqual([true, true]);
  });
});
