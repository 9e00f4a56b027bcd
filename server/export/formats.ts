/**
 * The graph in the formats that others read: store → text, piece by piece, so that memory does not grow with the graph.
 * The command line and the HTTP interface give the same.
 */
import type { Extraction } from "../contract/extraction.ts";
import type { Filter } from "../contract/filter.ts";
import type { Graph, StoredClaim } from "../contract/graph.ts";
import type { GraphStore } from "../store/graph-store.ts";
import { claimsCsv, entitiesCsv } from "./csv.ts";
import { followTheMoney } from "./follow-the-money.ts";
import { gexf } from "./gexf.ts";
import { graphml } from "./graphml.ts";
import { extractionLines, json, jsonLines } from "./json.ts";
import { stix } from "./stix.ts";

export const EXPORT_FORMATS = [
  "json",
  "jsonl",
  "csv",
  "entities-csv",
  "gexf",
  "graphml",
  "ftm",
  "stix",
  "extractions",
] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What a format draws from. Each may be asked for more than once. */
export interface ExportSource {
  pages(): AsyncIterable<Pick<Graph, "nodes" | "edges">>;
  claims(): AsyncIterable<StoredClaim>;
  extractions(): AsyncIterable<Extraction>;
}

interface FormatDescription {
  /** File endings that ask for it, longest first. */
  endings: readonly string[];
  mediaType: string;
  write: (source: ExportSource) => AsyncIterable<string>;
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

/** What a store exports under a filter. Extractions know the filter's collection and documents only. */
export function exportSource(store: GraphStore, filter: Filter): ExportSource {
  return {
    pages: () => store.exportPages(filter),
    async *claims() {
      let cursor: string | undefined;
      do {
        const page = await store.claims({ filter, limit: CLAIMS_A_PAGE, cursor });
        yield* page.claims;
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
    },
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
