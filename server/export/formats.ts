/**
 * The graph in the formats that others read: store → text, piece by piece, so that memory does not grow with the graph.
 * The command line and the HTTP interface give the same.
 */
import type { Extraction } from "../contract/extraction.ts";
import type { Filter } from "../contract/filter.ts";
import type { Graph, StoredClaim } from "../contract/graph.ts";
import type { Language, Ontology } from "../contract/ontology.ts";
import type { ClaimQuery, GraphStore } from "../store/graph-store.ts";
import { claimsCsv, entitiesCsv } from "./csv.ts";
import { cypherScript } from "./cypher-script.ts";
import { dossierHtml } from "./dossier-html.ts";
import { dossierMarkdown } from "./dossier-markdown.ts";
import { followTheMoney } from "./follow-the-money.ts";
import { gexf } from "./gexf.ts";
import { graphml } from "./graphml.ts";
import { extractionLines, json, jsonLines } from "./json.ts";
import { stix } from "./stix.ts";
import { trig } from "./trig.ts";

export const EXPORT_FORMATS = [
  "json",
  "jsonl",
  "csv",
  "entities-csv",
  "gexf",
  "graphml",
  "ftm",
  "stix",
  "cypher",
  "trig",
  "dossier-html",
  "dossier-md",
  "extractions",
] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What a format draws from. Each may be asked for more than once. */
export interface ExportSource {
  pages(): AsyncIterable<Pick<Graph, "nodes" | "edges">>;
  claims(): AsyncIterable<StoredClaim>;
  extractions(): AsyncIterable<Extraction>;
}

/** What a format needs beside the graph; most need nothing. */
export interface ExportSettings {
  /** Of the words that a dossier is written in. */
  language: Language;
  ontology: Ontology;
  now: Date;
  /** Null: the whole graph. */
  title: string | null;
}

interface FormatDescription {
  /** File endings that ask for it, longest first. */
  endings: readonly string[];
  mediaType: string;
  write: (source: ExportSource, settings: ExportSettings) => AsyncIterable<string>;
}

export const FORMATS: Readonly<Record<ExportFormat, FormatDescription>> = {
  json: { endings: [".json"], mediaType: "application/json", write: json },
  jsonl: { endings: [".jsonl", ".ndjson"], mediaType: "application/x-ndjson", write: jsonLines },
  csv: { endings: [".csv"], mediaType: "text/csv", write: claimsCsv },
  "entities-csv": { endings: [".entities.csv"], mediaType: "text/csv", write: entitiesCsv },
  gexf: { endings: [".gexf"], mediaType: "application/gexf+xml", write: gexf },
  graphml: { endings: [".graphml"], mediaType: "application/graphml+xml", write: graphml },
  ftm: { endings: [".ftm.json"], mediaType: "application/x-ndjson", write: followTheMoney },
  stix: { endings: [".stix.json"], mediaType: "application/stix+json", write: stix },
  cypher: { endings: [".cypher", ".cql"], mediaType: "text/plain", write: cypherScript },
  trig: { endings: [".trig"], mediaType: "application/trig", write: trig },
  "dossier-html": { endings: [".dossier.html"], mediaType: "text/html", write: dossierHtml },
  "dossier-md": { endings: [".dossier.md"], mediaType: "text/markdown", write: dossierMarkdown },
  extractions: {
    endings: [".extractions.jsonl"],
    mediaType: "application/x-ndjson",
    write: extractionLines,
  },
};

/** The format that a file name asks for: its longest known ending decides. Null when it has none. */
export function formatOfFile(file: string): ExportFormat | null {
  const name = file.toLowerCase();
  let best: { format: ExportFormat; length: number } | null = null;
  for (const format of EXPORT_FORMATS) {
    for (const ending of FORMATS[format].endings) {
      if (name.endsWith(ending) && ending.length > (best?.length ?? 0)) best = { format, length: ending.length };
    }
  }
  return best?.format ?? null;
}

const CLAIMS_A_PAGE = 500;

/** The graph among some entities, as drawn on a page: its relationships and the claims that back or contradict them. */
export function shownSource(store: GraphStore, filter: Filter, ids: readonly string[]): ExportSource {
  let asked: Promise<Graph> | null = null;
  const shown = () => (asked ??= store.subgraph(ids, filter));
  return {
    async *pages() {
      yield await shown();
    },
    async *claims() {
      const told = new Set<string>();
      for (const { source, target, type } of (await shown()).edges) {
        const only = { ...filter, relationships: [type] };
        for await (const claim of pagedClaims(store, { subject: source, object: target, filter: only })) {
          if (told.has(claim.id)) continue;
          told.add(claim.id);
          yield claim;
        }
      }
    },
    async *extractions() {
      const documents = new Set<string>();
      for await (const claim of this.claims()) documents.add(claim.document.id);
      yield* exportSource(store, { ...filter, documents: [...documents] }).extractions();
    },
  };
}

async function* pagedClaims(
  store: GraphStore,
  query: Omit<ClaimQuery, "limit" | "cursor">,
): AsyncGenerator<StoredClaim> {
  let cursor: string | undefined;
  do {
    const page = await store.claims({ ...query, limit: CLAIMS_A_PAGE, cursor });
    yield* page.claims;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

/** What a store exports under a filter. Extractions know the filter's collection and documents only. */
export function exportSource(store: GraphStore, filter: Filter): ExportSource {
  return {
    pages: () => store.exportPages(filter),
    claims: () => pagedClaims(store, { filter }),
    async *extractions() {
      const documents = filter.documents === undefined ? null : new Set(filter.documents);
      for await (const { extraction, collection } of store.keptExtractions()) {
        if (filter.collection !== undefined && collection !== filter.collection) continue;
        if (documents !== null && !documents.has(extraction.id)) continue;
        yield extraction;
      }
    },
  };
}
