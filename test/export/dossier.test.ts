import fc from "fast-check";
import { parseHTML } from "linkedom";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { toString } from "mdast-util-to-string";
import { gfm } from "micromark-extension-gfm";
import { describe, expect, test } from "vitest";
import { edgeId } from "../../server/contract/identifiers.ts";
import { FAMILY_OF_TYPE, labelsOfType, type EdgeType, type Language } from "../../server/contract/ontology.ts";
import type { GraphEdge, GraphNode, StoredClaim } from "../../server/contract/graph.ts";
import { dossierOf } from "../../server/export/dossier.ts";
import { FORMATS, type ExportSource } from "../../server/export/formats.ts";
import { claim, SETTINGS } from "./graph-source.ts";

const HOSTILE = "<img src=x onerror=alert(1)> | **gras** [x](javascript:alert(1)) `c` & https://evil.example";

function node(id: string, name: string, type: Parameters<typeof labelsOfType>[0]): GraphNode {
  const counts = { mentionCount: 1, documentCount: 1, firstSeen: null, lastSeen: null };
  return { id, name, labels: labelsOfType(type), kind: null, aliases: [], countries: [], ...counts };
}

const NODES = [
  node("n1", "Europol", "PublicBody"),
  node("n2", HOSTILE, "MediaOutlet"),
  node("n3", "opération Aube", "Event"),
];
const end = (index: number) => ({ id: NODES[index]!.id, name: NODES[index]!.name, labels: NODES[index]!.labels });

function edge(source: string, type: EdgeType, target: string, given: Partial<GraphEdge> = {}): GraphEdge {
  return {
    id: edgeId(type, source, target),
    type,
    family: FAMILY_OF_TYPE[type],
    source,
    target,
    symmetric: false,
    derived: false,
    via: [],
    standing: "stated",
    contested: false,
    former: false,
    claims: 1,
    documents: 1,
    sources: 1,
    confidence: 0.8,
    firstDate: "2019-11",
    lastDate: "2019-11",
    ...given,
  };
}

const EDGES = [
  edge("n1", "TOOK_DOWN", "n2", { contested: true, claims: 2 }),
  edge("n1", "MET", "n2", { symmetric: true, standing: "alleged", firstDate: null, lastDate: null }),
  edge("n1", "ACTED_AGAINST", "n2", { derived: true, via: ["n3"] }),
  edge("n3", "TARGETED", "n2"),
];
const CLAIMS: StoredClaim[] = [
  claim("c1", {
    type: "TOOK_DOWN",
    subject: end(0),
    object: end(1),
    quote: `Europol a neutralisé\n${HOSTILE}`,
    saidBy: "Le juge",
    modality: "reported",
  }),
  claim("c2", {
    type: "TOOK_DOWN",
    subject: end(0),
    object: end(1),
    polarity: "negated",
    quote: "C'est faux.",
    date: null,
    status: "accepted",
  }),
  // The other way round, as a sentence may tell a symmetric relationship.
  claim("c3", {
    type: "MET",
    subject: end(1),
    object: end(0),
    quote: "Ils se seraient vus.",
    modality: "alleged",
    date: null,
  }),
  claim("c4", { type: "CONDUCTED", subject: end(0), object: end(2), quote: "Europol a mené l'opération.", page: 3 }),
  claim("c5", {
    type: "TARGETED",
    subject: end(2),
    object: end(1),
    quote: "L'opération visait le site.",
    document: {
      ...claim("x", {}).document,
      id: "d2",
      title: "Undated",
      url: "javascript:alert(1)",
      source: null,
      publishedAt: null,
      language: "en",
    },
  }),
];

const SOURCE: ExportSource = {
  async *pages() {
    yield await Promise.resolve({ nodes: NODES, edges: EDGES });
  },
  async *claims() {
    yield* await Promise.resolve(CLAIMS);
  },
  async *extractions() {
    yield* await Promise.resolve([]);
  },
};
const EMPTY: ExportSource = {
  async *pages() {
    yield await Promise.resolve({ nodes: [], edges: [] });
  },
  async *claims() {
    yield* await Promise.resolve([]);
  },
  async *extractions() {
    yield* await Promise.resolve([]);
  },
};

async function written(format: "dossier-html" | "dossier-md", language: Language, source = SOURCE): Promise<string> {
  let text = "";
  for await (const piece of FORMATS[format].write(source, { ...SETTINGS, language, title: "Amaq <2019>" }))
    text += piece;
  return text;
}

const cellsOf = (page: string) => {
  const { document } = parseHTML(page);
  return Array.from<Element>(document.querySelectorAll("section")).map((section) => ({
    statement: section.querySelector("h3")!.textContent,
    facts: section.querySelector(".facts")!.textContent,
    rows: Array.from<Element>(section.querySelectorAll("tbody tr")).map((row) =>
      Array.from<Element>(row.querySelectorAll("td")).map((cell) => cell.textContent),
    ),
  }));
};

describe("a dossier", () => {
  test("tells each relationship in words, with the quotes for it and against it", async () => {
    const sections = cellsOf(await written("dossier-html", "en"));
    expect(sections.map(({ statement }) => statement)).toEqual([
      `1. Europol (public body) acted against ${HOSTILE} (media outlet)`,
      `2. Europol (public body) met or talked to ${HOSTILE} (media outlet)`,
      `3. Europol (public body) took down ${HOSTILE} (media outlet)`,
      `4. opération Aube (event) targeted ${HOSTILE} (media outlet)`,
    ]);
    const [derived, met, tookDown] = sections;
    expect(derived!.rows.map(([quote]) => quote)).toEqual([
      "Europol conducted opération AubeEuropol a mené l'opération.",
      `opération Aube targeted ${HOSTILE}L'opération visait le site.`,
    ]);
    expect(derived!.rows[0]![2]).toBe("Le siteLe Courrier, 2019-11-25, page 3https://example.org/a?b=1&c=2");
    expect(met!.facts).toBe("alleged1 quote, 1 article, 1 source; confidence 80 %");
    expect(met!.rows[0]!.slice(0, 2)).toEqual(["Ils se seraient vus.", "alleged"]);
    expect(tookDown!.facts).toBe("statedcontested2 quotes, 1 article, 1 source; confidence 80 %; dated 2019-11");
    expect(tookDown!.rows.map((row) => row.slice(0, 2))).toEqual([
      [`Europol a neutralisé\n${HOSTILE}`, "reported, according to Le juge; happened 2019-11"],
      ["Speaks against it:C'est faux.", "said not to be so"],
    ]);
    expect(tookDown!.rows[0]!.slice(2)).toEqual([
      "Le siteLe Courrier, 2019-11-25https://example.org/a?b=1&c=2",
      "80 %",
      "☐ right☐ wrong☐ unclearChecked by, onRemark",
    ]);
    expect(tookDown!.rows[1]![4]).toContain("accepted by a reviewer");
  });

  test("speaks French with the words of the vocabulary", async () => {
    const page = await written("dossier-html", "fr");
    expect(page).toContain('<html lang="fr">');
    expect(cellsOf(page)[0]!.statement).toContain("Europol (organisme public) a agi contre");
    expect(page).toContain("Établi le 2026-01-02 : 4 énoncés, 2 articles.");
  });

  test("runs nothing that a name, a quote, a title or an address holds", async () => {
    const page = await written("dossier-html", "en");
    const { document } = parseHTML(page);
    const elements = Array.from<Element>(document.querySelectorAll("*"));
    expect(elements.filter(({ tagName }) => ["SCRIPT", "IMG", "IFRAME"].includes(tagName))).toEqual([]);
    const attributes = elements.flatMap((element) => Array.from(element.attributes));
    expect(attributes.filter(({ name }) => name.startsWith("on"))).toEqual([]);
    const links = elements.map((element) => element.getAttribute("href")).filter((href) => href !== null);
    expect(new Set(links.filter((href) => !href.startsWith("#")))).toEqual(new Set(["https://example.org/a?b=1&c=2"]));
    expect(document.querySelector("h1")!.textContent).toBe("Amaq <2019>");
  });

  test("stays a table in Markdown, whatever its cells hold", async () => {
    const tree = fromMarkdown(await written("dossier-md", "en"), {
      extensions: [gfm()],
      mdastExtensions: [gfmFromMarkdown()],
    });
    const tables = tree.children.flatMap((child) => (child.type === "table" ? [child] : []));
    expect(tables.map((table) => table.children.map((row) => row.children.length))).toEqual([
      [5, 5, 5],
      [5, 5],
      [5, 5, 5],
      [5, 5],
      [2, 2, 2],
    ]);
    const kinds = new Set<string>();
    const visit = (item: { type: string; children?: { type: string }[] }) => {
      kinds.add(item.type);
      item.children?.forEach(visit);
    };
    visit(tree);
    expect([...kinds].filter((kind) => ["html", "image", "inlineCode", "code"].includes(kind))).toEqual([]);
    const heading = tree.children.find((child) => child.type === "heading" && child.depth === 3)!;
    expect(toString(heading)).toContain("<img src=x onerror=alert(1)> | **gras** [x](javascript:alert(1)) `c` &");
  });

  test("says so when nothing is shown", async () => {
    expect(await written("dossier-md", "en", EMPTY)).toContain("Nothing is shown, so there is nothing to check.");
    expect(await written("dossier-html", "fr", EMPTY)).toContain("Rien n’est affiché");
  });

  test("names of every kind of character survive in HTML", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", minLength: 1 }), async (name) => {
        const source = { ...EMPTY, pages: () => pagesWith(name) };
        const dossier = await dossierOf(source, SETTINGS);
        expect(dossier.statements[0]!.subject.name).toBe(name);
        let page = "";
        for await (const piece of FORMATS["dossier-html"].write(source, SETTINGS)) page += piece;
        const shown = parseHTML(page).document.querySelector("h3 bdi")!.textContent;
        expect(shown).toBe(name.replaceAll(/(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]|\p{Surrogate}/gu, "\uFFFD"));
      }),
      { numRuns: 40 },
    );
  });
});

async function* pagesWith(name: string) {
  yield await Promise.resolve({ nodes: [{ ...NODES[0]!, name }, NODES[1]!], edges: [EDGES[0]!] });
}
