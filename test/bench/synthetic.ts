/**
 * A synthetic graph as documents: entities with power-law degrees and one hub that takes part in 5 % of the claims. The same seed
 * gives the same documents.
 */
import { claimId, documentId, entityId } from "../../server/contract/identifiers.ts";
import type { Claim, ExtractedEntity, Mention, Span } from "../../server/contract/extraction.ts";
import type { NodeType, RelationshipType } from "../../server/contract/ontology.ts";
import type { ResolvedDocument } from "../../server/contract/resolution.ts";

export interface SyntheticGraph {
  entities: number;
  claims: number;
  claimsPerDocument: number;
  seed: number;
}

/** Exponent of the degrees' tail: rank r is chosen in proportion to r^-SKEW. */
const SKEW = 0.8;
const HUB_SHARE = 0.05;

const VERBS: readonly (readonly [RelationshipType, string])[] = [
  ["MET", "a rencontré"],
  ["ACCUSED", "a accusé"],
  ["COOPERATED_WITH", "a coopéré avec"],
  ["SUPPORTED", "a soutenu"],
  ["INVESTIGATED", "a enquêté sur"],
  ["SANCTIONED", "a sanctionné"],
  ["FUNDED", "a financé"],
  ["ATTACKED", "a attaqué"],
];
const TYPES: readonly NodeType[] = ["Organization", "PublicBody", "ThreatGroup", "Person", "MediaOutlet"];

/** mulberry32, for numbers in [0, 1). */
export function randomNumbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function syntheticName(index: number): string {
  return `Actrice ${index.toString(36)}${String.fromCharCode(97 + (index % 26))} Numéro ${index}`;
}

export function syntheticId(index: number): string {
  return entityId("synthetic", String(index));
}

export function* syntheticDocuments(graph: SyntheticGraph): Generator<ResolvedDocument> {
  const random = randomNumbers(graph.seed);
  const draw = () => Math.min(graph.entities - 1, Math.floor(graph.entities * random() ** (1 / (1 - SKEW))));
  const documents = Math.ceil(graph.claims / graph.claimsPerDocument);
  for (let number = 0; number < documents; number += 1) {
    const pairs = Array.from({ length: graph.claimsPerDocument }, () => {
      const subject = random() < HUB_SHARE ? 0 : draw();
      let object = draw();
      if (object === subject) object = (subject + 1) % graph.entities;
      return { subject, object, verb: VERBS[Math.floor(random() * VERBS.length)] ?? VERBS[0]! };
    });
    yield documentOf(number, pairs);
  }
}

function documentOf(
  number: number,
  pairs: { subject: number; object: number; verb: readonly [RelationshipType, string] }[],
): ResolvedDocument {
  let text = `Article ${number}\n\n`;
  const locals = new Map<number, ExtractedEntity>();
  const mentions: Mention[] = [];
  const claims: Omit<Claim, "id">[] = [];
  const mention = (index: number): { local: string; span: Span } => {
    const name = syntheticName(index);
    let local = locals.get(index);
    if (local === undefined) {
      local = {
        id: `e${locals.size + 1}`,
        type: TYPES[index % TYPES.length] ?? "Person",
        name,
        aliases: [],
        kind: null,
      };
      locals.set(index, local);
    }
    const span: Span = [text.length, text.length + name.length];
    mentions.push({ entity: local.id, start: span[0], end: span[1], surface: name, named: true, confidence: 0.9 });
    text += name;
    return { local: local.id, span };
  };
  for (const { subject, object, verb } of pairs) {
    const start = text.length;
    const from = mention(subject);
    text += ` ${verb[1]} `;
    const to = mention(object);
    text += ".";
    claims.push({
      type: verb[0],
      subject: from.local,
      object: to.local,
      subjectSpan: from.span,
      objectSpan: to.span,
      start,
      end: text.length,
      quote: text.slice(start),
      polarity: "affirmed",
      modality: number % 9 === 0 ? "alleged" : "asserted",
      former: false,
      saidBy: null,
      date: `${2005 + (number % 20)}`,
      confidence: 0.5 + (number % 50) / 100,
    });
    text += " ";
  }
  const id = documentId(text);
  return {
    extraction: {
      id,
      title: `Article ${number}`,
      url: null,
      source: `Journal ${number % 40}`,
      byline: null,
      language: "fr",
      publishedAt: `${2005 + (number % 20)}-06-15`,
      mediaType: "text/plain",
      text,
      entities: [...locals.values()],
      mentions,
      claims: claims.map((claim) => ({
        ...claim,
        id: claimId(id, claim.type, claim.subjectSpan, claim.objectSpan, [claim.start, claim.end]),
      })),
      extractor: "synthetic",
      warnings: [],
    },
    collection: "bench",
    ingestedAt: new Date(Date.UTC(2026, 0, 1) + number).toISOString(),
    entities: [...locals].map(([index, local]) => ({
      local: local.id,
      entity: syntheticId(index),
      type: local.type,
      name: local.name,
      aliases: [],
      kind: null,
      countries: [],
      outcome: "new" as const,
      reason: "synthetic",
    })),
  };
}
