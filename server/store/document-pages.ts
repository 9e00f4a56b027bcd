/**
 * Documents as a list, with full-text search, and one document whole.
 */
import { z } from "zod";
import { extractionSchema, type Extraction } from "../contract/extraction.ts";
import type { DocumentPage, StoredDocument } from "../contract/graph.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { compare } from "./date-order.ts";
import type { Executor, Transaction } from "./executor.ts";
import type { DocumentQuery, KeptExtraction } from "./graph-store.ts";
import { claimsOfDocument } from "./queries/claims.ts";
import {
  contributionsTo,
  countDocuments,
  documentList,
  documentRecord,
  documentTexts,
  listedDocuments,
  type DocumentPlace,
  type DocumentRecord,
  type ListedDocument,
} from "./queries/documents.ts";
import { nodesById } from "./queries/entities.ts";
import { excerptsOf, parseTextQuery, type FoundDocument, type TextIndex } from "./texts.ts";

const placeSchema = z.strictObject({ publishedAt: z.string(), ingestedAt: z.string(), id: z.string() });

const findingsSchema = extractionSchema.pick({ entities: true, mentions: true, claims: true });

/** Newest first, with or without a search: what is searched for is most often the latest news. */
export async function documentPage(query: DocumentQuery, executor: Executor, index: TextIndex): Promise<DocumentPage> {
  const asked = parseTextQuery(query.q ?? "");
  const says = asked.words.length + asked.phrases.length + asked.without.length > 0;
  const searched = (query.q ?? "").trim() !== "";
  const fitting = !searched ? null : says ? await index.documentsWith(asked) : [];
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, placeSchema);
  const { collection, limit } = query;
  return executor.read(async (transaction) => {
    const { found, total } =
      fitting === null
        ? {
            found: await transaction.run(documentList({ collection, after, limit: limit + 1 })),
            total: (await transaction.run(countDocuments(collection)))[0] ?? 0,
          }
        : await foundPage(fitting, { collection, after, limit: limit + 1 }, transaction);
    const listed = found.slice(0, limit);
    const texts = says ? await textsOf(listed, transaction) : new Map<string, string>();
    const last = listed.at(-1);
    return {
      documents: listed.map(({ reference, ingestedAt, characters, entities, claims }) => ({
        ...reference,
        ingestedAt,
        characters,
        entities,
        claims,
        excerpts: says ? excerptsOf(texts.get(reference.id) ?? "", asked) : [],
      })),
      total,
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

/** In the order of the list. Only what is shown is asked for: a common word stands in thousands of documents. */
async function foundPage(
  fitting: readonly FoundDocument[],
  { collection, after, limit }: { collection: string | undefined; after: DocumentPlace | null; limit: number },
  transaction: Transaction,
): Promise<{ found: ListedDocument[]; total: number }> {
  const wanted = fitting.filter((one) => collection === undefined || one.collection === collection);
  const place = wanted.sort(newestFirst).findIndex((one) => after === null || newestFirst(after, one) < 0);
  const ids = place === -1 ? [] : wanted.slice(place, place + limit).map(({ id }) => id);
  const rows = ids.length === 0 ? [] : await transaction.run(listedDocuments(ids));
  const byId = new Map(rows.map((row) => [row.reference.id, row]));
  return { found: ids.flatMap((id) => byId.get(id) ?? []), total: wanted.length };
}

function newestFirst(a: DocumentPlace, b: DocumentPlace): number {
  return compare(b.publishedAt, a.publishedAt) || compare(b.ingestedAt, a.ingestedAt) || compare(b.id, a.id);
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
