/**
 * What was found → the Extraction of the contract: claims with their quotes, dates and sources, entities with their names and
 * kinds. The last step of `analyse.ts`.
 */
import type { Document } from "../contract/document.ts";
import type { Claim, ExtractedEntity, Extraction, Mention } from "../contract/extraction.ts";
import { claimId } from "../contract/identifiers.ts";
import { dateOfClaim } from "./claim-dates.ts";
import type { DraftEntity } from "./entities.ts";
import { eventName } from "./event-display.ts";
import { factuality } from "./factuality.ts";
import { kindOf } from "./kinds.ts";
import { attributionOf } from "./said-by.ts";
import type { ScoredClaim } from "./scored-claims.ts";
import type { FoundMention } from "./tagging.ts";
import type { Telling } from "./telling.ts";

export interface LocatedClaim extends ScoredClaim {
  /** Offsets of the sentence, or the two sentences, in the raw text. */
  start: number;
  end: number;
}

export interface Found {
  entities: readonly DraftEntity[];
  /** With an entity, in text order. */
  mentions: readonly FoundMention[];
  /** Index of a mention's entity. */
  indexOf(mention: FoundMention): number;
  claims: readonly LocatedClaim[];
  telling: Telling;
}

/** @param version of the model, written to the extraction. */
export function assemble(document: Document, version: string, found: Found): Extraction {
  const { language } = document;
  const sources = new Map(found.mentions.map((mention) => [`${mention.start}-${mention.end}`, mention]));
  const complete = found.claims.map((located) => ({
    located,
    claim: completeClaim(document, located, found, (start, end) => sources.get(`${start}-${end}`)),
  }));
  const eventClaims = complete.map(({ located, claim }) => ({
    ...claim,
    subject: found.indexOf(located.subject),
    object: found.indexOf(located.object),
  }));
  const entities = found.entities.map((draft, index): ExtractedEntity => {
    const name = draft.type === "Event" ? eventName(index, found.entities, eventClaims, language) : draft.name;
    const aliases = name === draft.name ? draft.aliases : [draft.name, ...draft.aliases];
    return {
      id: entityId(index),
      type: draft.type,
      name,
      aliases,
      kind: kindOf(draft.type, [draft.name, ...draft.aliases]),
    };
  });
  const mentions = found.mentions.map((mention): Mention => ({
    entity: entityId(found.indexOf(mention)),
    start: mention.start,
    end: mention.end,
    surface: mention.surface,
    named: mention.named,
    confidence: mention.confidence,
  }));
  const claims = complete.map(({ claim }) => claim);
  claims.sort((a, b) => a.start - b.start || a.subjectSpan[0] - b.subjectSpan[0] || a.objectSpan[0] - b.objectSpan[0]);
  return {
    id: document.id,
    title: document.title,
    url: document.url,
    source: document.source,
    byline: document.byline,
    language,
    publishedAt: document.publishedAt,
    mediaType: document.mediaType,
    text: document.text,
    entities,
    mentions,
    claims,
    extractor: version,
    warnings: [...document.warnings],
  };
}

function entityId(index: number): string {
  return `e${index + 1}`;
}

function completeClaim(
  document: Document,
  claim: LocatedClaim,
  found: Found,
  mentionAt: (start: number, end: number) => FoundMention | undefined,
): Claim {
  const { text } = document;
  const subjectSpan: [number, number] = [claim.subject.start, claim.subject.end];
  const objectSpan: [number, number] = [claim.object.start, claim.object.end];
  const quote: [number, number] = [claim.start, claim.end];
  const [subject, object] = [found.indexOf(claim.subject), found.indexOf(claim.object)];
  const ofEvent = [subject, object].some((index) => found.entities[index]?.type === "Event");
  const { here, before } = found.telling.datesOf(quote);
  const attribution = attributionOf({ subjectSpan, objectSpan }, found.telling.attributionsOf(quote));
  const source = attribution === null ? undefined : mentionAt(attribution.start, attribution.end);
  const words = attribution === null ? null : text.slice(attribution.start, attribution.end);
  const told = factuality({ ...claim, subjectSpan, objectSpan }, text, document.language, attribution?.whole ?? false);
  return {
    id: claimId(document.id, claim.type, subjectSpan, objectSpan, quote),
    type: claim.type,
    subject: entityId(subject),
    object: entityId(object),
    subjectSpan,
    objectSpan,
    start: claim.start,
    end: claim.end,
    quote: text.slice(claim.start, claim.end),
    ...told,
    former: claim.former,
    saidBy: source === undefined ? words : entityId(found.indexOf(source)),
    date: dateOfClaim(
      { type: claim.type, modality: told.modality, subjectSpan, objectSpan, ofEvent },
      text,
      here,
      before,
      found.telling.newsDay,
    ),
    confidence: claim.confidence,
  };
}
