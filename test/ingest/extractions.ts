/**
 * Extractions for tests, made from a text, the names in it and the relationships between them.
 */
import type { Claim, Extraction, Mention } from "../../server/contract/extraction.ts";
import { claimId, documentId } from "../../server/contract/identifiers.ts";
import type { NodeType, RelationshipType } from "../../server/contract/ontology.ts";

export interface ExtractionExtras {
  title?: string;
  url?: string | null;
  source?: string | null;
  publishedAt?: string | null;
  types?: Readonly<Record<string, NodeType>>;
  claim?: Partial<Claim>;
}

/** Every name is mentioned where it first stands; each claim's quote is the whole text. */
export function extractionOf(
  text: string,
  names: readonly string[],
  relationships: readonly (readonly [subject: string, type: RelationshipType, object: string])[],
  extras: ExtractionExtras = {},
): Extraction {
  const id = documentId(text);
  const mentions: Mention[] = names.map((name, index) => {
    const start = text.indexOf(name);
    return { entity: `e${index + 1}`, start, end: start + name.length, surface: name, named: true, confidence: 0.9 };
  });
  const mentionOf = (name: string) => mentions[names.indexOf(name)]!;
  const claims: Claim[] = relationships.map(([subject, type, object]) => {
    const from = mentionOf(subject);
    const to = mentionOf(object);
    const subjectSpan: [number, number] = [from.start, from.end];
    const objectSpan: [number, number] = [to.start, to.end];
    return {
      id: claimId(id, type, subjectSpan, objectSpan, [0, text.length]),
      type,
      subject: from.entity,
      object: to.entity,
      subjectSpan,
      objectSpan,
      start: 0,
      end: text.length,
      quote: text,
      polarity: "affirmed",
      modality: "asserted",
      former: false,
      saidBy: null,
      date: null,
      confidence: 0.8,
      ...extras.claim,
    };
  });
  return {
    id,
    title: extras.title ?? text.slice(0, 40),
    url: extras.url ?? null,
    source: extras.source ?? null,
    byline: null,
    language: "fr",
    publishedAt: extras.publishedAt ?? "2019-11-25",
    mediaType: "text/plain",
    text,
    entities: names.map((name, index) => ({
      id: `e${index + 1}`,
      type: extras.types?.[name] ?? "Organization",
      name,
      aliases: [],
      kind: null,
    })),
    mentions,
    claims,
    extractor: "test 1",
    warnings: [],
  };
}
