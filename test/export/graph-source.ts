/**
 * A small graph with one of everything that an export must carry: every type of entity, every standing, a claim of an entity that no
 * page holds, an article without a date.
 */
import { readFileSync } from "node:fs";
import {
  NODE_TYPES,
  RELATIONSHIP_TYPES,
  labelsOfType,
  ontologySchema,
  type NodeType,
} from "../../server/contract/ontology.ts";
import type { GraphNode, StoredClaim } from "../../server/contract/graph.ts";
import type { ExportSettings, ExportSource } from "../../server/export/formats.ts";

export const SETTINGS: ExportSettings = {
  language: "en",
  ontology: ontologySchema.parse(
    JSON.parse(readFileSync(new URL("../../data/ontology.json", import.meta.url), "utf8")) as unknown,
  ),
  now: new Date("2026-01-02T03:04:05Z"),
  title: null,
};

export const NODES: GraphNode[] = NODE_TYPES.map((type, index) => ({
  id: `n${index}`,
  name: `${type} « ${index} »`,
  labels: labelsOfType(type),
  kind: type === "CyberTool" ? "ransomware" : null,
  aliases: type === "Person" ? ["J. Doe", "Johnny"] : [],
  countries: type === "Country" || type === "Person" ? ["BE"] : [],
  mentionCount: 1,
  documentCount: 1,
  firstSeen: index % 2 === 0 ? "2019-11-25" : null,
  lastSeen: null,
}));

function end(type: NodeType) {
  const { id, name, labels } = NODES[NODE_TYPES.indexOf(type)]!;
  return { id, name, labels };
}

const OUTSIDE = { id: "outside", name: "Outside", labels: labelsOfType("Organization") };

export function claim(id: string, given: Partial<StoredClaim>): StoredClaim {
  return {
    id,
    type: "MEMBER_OF",
    subject: end("Person"),
    object: end("Organization"),
    subjectSpan: [0, 1],
    objectSpan: [2, 3],
    start: 0,
    end: 10,
    quote: "Il est « membre » de l'organisation.",
    polarity: "affirmed",
    modality: "asserted",
    former: false,
    saidBy: null,
    date: "2019-11",
    dateFrom: "2019-11-01",
    dateTo: "2019-11-30",
    confidence: 0.8,
    status: "proposed",
    extractor: "test 1",
    document: {
      id: "d1",
      title: "Le site",
      url: "https://example.org/a?b=1&c=2",
      source: "Le Courrier",
      language: "fr",
      publishedAt: "2019-11-25",
      collection: "news",
    },
    ...given,
  };
}

const UNDATED = {
  id: "d2",
  title: "Undated",
  url: null,
  source: null,
  language: "en" as const,
  publishedAt: null,
  collection: "news",
};

export const CLAIMS: StoredClaim[] = [
  ...RELATIONSHIP_TYPES.map((type) => claim(`c-${type}`, { type })),
  claim("c-family", { type: "FAMILY_OF", object: { ...end("Person") } }),
  claim("c-alleged", { type: "LEADS", modality: "alleged", saidBy: "Europol", date: null, document: UNDATED }),
  claim("c-denied", { polarity: "negated", status: "accepted" }),
  claim("c-planned", { modality: "planned", former: true, date: "2019-11-24" }),
  claim("c-outside", { type: "MET", object: OUTSIDE }),
  ...NODE_TYPES.map((type) => claim(`c-to-${type}`, { type: "ATTACKED", object: end(type) })),
];

export const SOURCE: ExportSource = {
  async *pages() {
    yield await Promise.resolve({ nodes: NODES.slice(0, 5), edges: [] });
    yield { nodes: NODES.slice(4), edges: [] };
  },
  async *claims() {
    yield* await Promise.resolve(CLAIMS);
  },
  async *extractions() {
    yield* await Promise.resolve([]);
  },
};
