/**
 * Documents as a list, with full-text search, and one document whole.
 */
import { z } from "zod";
import { extractionSchema, type Extraction } from "../contract/extraction.ts";
import type { DocumentPage, StoredDocument } from "../contract/graph.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import type { Executor, Transaction } from "./executor.ts";
import type { DocumentQuery, KeptExtraction } from "./graph-store.ts";
import { claimsOfDocument } from "./queries/claims.ts";
import {
  contributionsTo,
  countDocuments,
  documentList,
  documentRecord,
  documentTexts,
  type DocumentRecord,
} from "./queries/documents.ts";
import { nodesById } from "./queries/entities.ts";
import { excerptsOf, queryWords, type TextIndex } from "./texts.ts";

const placeSchema = z.strictObject({ publishedAt: z.string(), ingestedAt: z.string(), id: z.string() });

const findingsSchema = extractionSchema.pick({ entities: true, mentions: true, claims: true });

/** Newest first, with or without a search: what is searched for is most often the latest news. */
export async function documentPage(query: DocumentQuery, executor: Executor, index: TextIndex): Promise<DocumentPage> {
  const words = queryWords(query.q ?? "");
  const searched = (query.q ?? "").trim() !== "";
  const ids = !searched ? null : words.length === 0 ? [] : await index.documentsWith(words);
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, placeSchema);
  const { collection, limit } = query;
  return executor.read(async (transaction) => {
    const found = await transaction.run(documentList({ collection, ids, after, limit: limit + 1 }));
    const [total] = await transaction.run(countDocuments(collection, ids));
    const listed = found.slice(0, limit);
    const texts = words.length === 0 ? new Map<string, string>() : await textsOf(listed, transaction);
    const last = listed.at(-1);
    return {
      documents: listed.map(({ reference, ingestedAt, characters, entities, claims }) => ({
        ...reference,
        ingestedAt,
        characters,
        entities,
        claims,
        excerpts: words.length === 0 ? [] : excerptsOf(texts.get(reference.id) ?? "", words),
      })),
      total: total ?? 0,
      nextCursor:
        last === undefined || found.length <= limit
          ? null
          : encodeCursor({
              publishedAt: last.reference.publishedAt ?? "",
              ingestedAt: last.ingestedAt,
              id: last.reference.id,
            }),
    };
  });
}

async function textsOf(
  listed: readonly { reference: { id: string } }[],
  transaction: Transaction,
): Promise<Map<string, string>> {
  const texts = await transaction.run(documentTexts(listed.map(({ reference }) => reference.id)));
  return new Map(texts.map(({ id, text }) => [id, text]));
}

export async function storedDocument(id: string, transaction: Transaction): Promise<StoredDocument | null> {
  const [record] = await transaction.run(documentRecord(id));
  if (record === undefined) return null;
  const contributions = await transaction.run(contributionsTo(id));
  const entityOf = new Map(contributions.flatMap(({ entity, locals }) => locals.map((local) => [local, entity])));
  const { mentions } = findingsSchema.parse(JSON.parse(record.revised ?? record.extraction));
  const nodes = await transaction.run(nodesById(contributions.map(({ entity }) => entity)));
  return {
    ...record.reference,
    byline: record.byline,
    mediaType: record.mediaType,
    ingestedAt: record.ingestedAt,
    text: record.text,
    extractor: record.extractor,
    entities: nodes,
    mentions: mentions
      .flatMap((mention) => {
        const entity = entityOf.get(mention.entity);
        return entity === undefined ? [] : [{ ...mention, entity }];
      })
      .sort((a, b) => a.start - b.start || a.end - b.end),
    claims: await transaction.run(claimsOfDocument(id)),
    warnings: record.warnings,
  };
}

/** A document as it was ingested; what it gained since (address, source, date) is in it. */
export function keptExtraction(record: DocumentRecord): KeptExtraction {
  const { reference } = record;
  const extraction: Extraction = {
    id: reference.id,
    title: reference.title,
    url: reference.url,
    source: reference.source,
    byline: record.byline,
    language: reference.language,
    publishedAt: reference.publishedAt,
    mediaType: record.mediaType,
    text: record.text,
    ...findingsSchema.parse(JSON.parse(record.extraction)),
    extractor: record.extractor,
    warnings: record.warnings,
  };
  return { extraction, collection: reference.collection, ingestedAt: record.ingestedAt };
}
