import fc from "fast-check";
import Graph from "graphology";
import { parse as parseGexf } from "graphology-gexf";
import { DOMParser } from "linkedom";
import { describe, expect, test } from "vitest";
import type { GraphEdge, GraphNode, StoredClaim } from "../../server/contract/graph.ts";
import { csvCell, csvRow } from "../../server/export/csv.ts";
import { FORMATS, formatOfFile, type ExportFormat, type ExportSource } from "../../server/export/formats.ts";
import { escapeXml } from "../../server/export/xml.ts";
import { claim as sourceClaim, SETTINGS } from "./graph-source.ts";

function node(id: string, name: string, type: string): GraphNode {
  return {
    id,
    name,
    labels: ["Entity", "Actor", type],
    kind: null,
    aliases: ["alias & co", "other"],
    countries: [],
    mentionCount: 2,
    documentCount: 1,
    firstSeen: "2019-11-25",
    lastSeen: null,
  };
}

function edge(source: string, type: GraphEdge["type"], target: string, extras: Partial<GraphEdge> = {}): GraphEdge {
  return {
    id: `${source}-${type}-${target}`,
    type,
    family: "hostile",
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
    ...extras,
  };
}

const NODES = [
  node("n1", "Europol", "PublicBody"),
  node("n2", 'Amaq <"news"> & co', "MediaOutlet"),
  node("n3", "Telegram", "Platform"),
];
const EDGES = [
  edge("n1", "TOOK_DOWN", "n2"),
  edge("n1", "COOPERATED_WITH", "n3", { symmetric: true, family: "cooperation", standing: "alleged", claims: 2 }),
];

function claim(
  id: string,
  subject: number,
  type: StoredClaim["type"],
  object: number,
  extras: Partial<StoredClaim>,
): StoredClaim {
  const end = (index: number) => ({ id: NODES[index]!.id, name: NODES[index]!.name, labels: NODES[index]!.labels });
  return sourceClaim(id, {
    type,
    subject: end(subject),
    object: end(object),
    subjectSpan: [0, 7],
    objectSpan: [20, 24],
    end: 25,
    quote: "Europol a neutralisé Amaq.",
    ...extras,
  });
}

const CLAIMS = [
  claim("c1", 0, "TOOK_DOWN", 1, { quote: 'Europol, dit-on, a neutralisé\n"Amaq".' }),
  claim("c2", 2, "COOPERATED_WITH", 0, { modality: "alleged", confidence: 0.4, quote: "Le moins sûr." }),
  claim("c3", 0, "COOPERATED_WITH", 2, { modality: "alleged", confidence: 0.6, quote: "=Le plus sûr." }),
];

/** In two pages, as a store gives a large graph; one edge leads out of what is exported. */
const SOURCE: ExportSource = {
  async *pages() {
    yield await Promise.resolve({ nodes: NODES.slice(0, 2), edges: EDGES.slice(0, 1) });
    yield { nodes: NODES.slice(2), edges: [...EDGES.slice(1), edge("n1", "TOOK_DOWN", "n9")] };
  },
  async *claims() {
    yield* await Promise.resolve(CLAIMS);
  },
  async *extractions() {
    yield* await Promise.resolve([]);
  },
};

async function written(format: ExportFormat): Promise<string> {
  let text = "";
  for await (const piece of FORMATS[format].write(SOURCE, SETTINGS)) text += piece;
  return text;
}

/** RFC 4180, read without the code that writes it. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    if (end === "\r\n") {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

test("JSON holds the graph as on the wire", async () => {
  expect(JSON.parse(await written("json"))).toEqual({
    nodes: NODES,
    edges: [...EDGES, edge("n1", "TOOK_DOWN", "n9")],
    claims: CLAIMS,
  });
});

test("JSON Lines hold one record a line", async () => {
  const records = (await written("jsonl"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { record: string });
  expect(records.map(({ record }) => record)).toEqual([
    "node",
    "node",
    "edge",
    "node",
    "edge",
    "edge",
    "claim",
    "claim",
    "claim",
  ]);
  expect(records[0]).toEqual({ record: "node", ...NODES[0] });
});

describe("CSV", () => {
  test("one row a claim, with ends, standing, polarity, quote and document", async () => {
    const [head, ...rows] = parseCsv(await written("csv"));
    const records = rows.map((row) => Object.fromEntries(head!.map((name, index) => [name, row[index]])));
    expect(records).toHaveLength(3);
    expect(records[0]).toEqual({
      claim: "c1",
      subject: "Europol",
      subjectType: "PublicBody",
      relationship: "TOOK_DOWN",
      object: 'Amaq <"news"> & co',
      objectType: "MediaOutlet",
      standing: "stated",
      polarity: "affirmed",
      modality: "asserted",
      former: "false",
      saidBy: "",
      date: "2019-11",
      confidence: "0.8",
      status: "proposed",
      quote: 'Europol, dit-on, a neutralisé\n"Amaq".',
      document: "Le site",
      source: "Le Courrier",
      publishedAt: "2019-11-25",
      page: "",
      url: "https://example.org/a?b=1&c=2",
      collection: "news",
      extractor: "test 1",
      subjectId: "n1",
      objectId: "n2",
      documentId: "d1",
    });
    expect(records.map(({ standing }) => standing)).toEqual(["stated", "alleged", "alleged"]);
  });

  test("a text that a spreadsheet would run is made harmless", async () => {
    expect(await written("csv")).toContain("'=Le plus sûr.");
    expect(["=1+1", "+1", "-1", "@a"].map(csvCell)).toEqual(["'=1+1", "'+1", "'-1", "'@a"]);
  });

  test("whatever a cell holds is read back", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 5 }), (cells) => {
        const harmless = cells.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell));
        expect(parseCsv(csvRow(cells))).toEqual([harmless]);
      }),
    );
  });
});

test("GEXF is read back by graphology with attributes and the best quote of each edge", async () => {
  const graph = parseGexf(Graph, await written("gexf"), { addMissingNodes: false });
  expect(graph.nodes()).toEqual(["n1", "n2", "n3"]);
  expect(graph.getNodeAttributes("n2")).toMatchObject({
    label: 'Amaq <"news"> & co',
    type: "MediaOutlet",
    aliases: "alias & co; other",
    mentionCount: 2,
  });
  expect(graph.edges()).toEqual(["n1-TOOK_DOWN-n2", "n1-COOPERATED_WITH-n3"]);
  expect(graph.getEdgeAttributes("n1-TOOK_DOWN-n2")).toMatchObject({
    label: "TOOK_DOWN",
    standing: "stated",
    contested: false,
    quote: 'Europol, dit-on, a neutralisé\n"Amaq".',
    quoteUrl: "https://example.org/a?b=1&c=2",
    quotePolarity: "affirmed",
    weight: 1,
  });
  expect(graph.getEdgeAttributes("n1-COOPERATED_WITH-n3")).toMatchObject({ quote: "=Le plus sûr.", weight: 2 });
  expect(graph.isUndirected("n1-COOPERATED_WITH-n3")).toBe(true);
});

test("GraphML declares every key that it uses, and names no node that it does not hold", async () => {
  const document = new DOMParser().parseFromString(await written("graphml"), "text/xml");
  const all = (name: string): Element[] => Array.from(document.querySelectorAll(name) as Iterable<Element>);
  const declared = all("key").map((key) => key.getAttribute("id"));
  const used = all("data").map((data) => data.getAttribute("key"));
  expect(used.filter((key) => !declared.includes(key))).toEqual([]);
  const nodes = all("node").map((element) => element.getAttribute("id"));
  const ends = all("edge").flatMap((element) => [element.getAttribute("source"), element.getAttribute("target")]);
  expect(nodes).toEqual(["n1", "n2", "n3"]);
  expect(ends.filter((end) => !nodes.includes(end))).toEqual([]);
  expect(all("edge")[1]!.getAttribute("directed")).toBe("false");
});

test("no character of a text can break the XML", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const escaped = escapeXml(text);
      expect(escaped).not.toMatch(/[<>"]|[^\P{Cc}]|&(?!(amp|lt|gt|quot|#\d+);)/u);
    }),
  );
  expect(escapeXml("a\u0000b\uD800c\td")).toBe("a\uFFFDb\uFFFDc&#9;d");
});

test.each([
  ["graph.json", "json"],
  ["GRAPH.JSONL", "jsonl"],
  ["a/b.entities.csv", "entities-csv"],
  ["entities.csv", "csv"],
  ["all.extractions.jsonl", "extractions"],
  ["amaq.dossier.html", "dossier-html"],
  ["amaq.dossier.md", "dossier-md"],
  ["amaq.html", null],
  ["graph.gexf", "gexf"],
  ["graph.graphml", "graphml"],
  ["graph.xml", null],
  ["graph", null],
])("%s asks for the format %s", (file, format) => {
  expect(formatOfFile(file)).toBe(format);
});
