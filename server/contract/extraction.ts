/**
 * An extraction: what the extractor finds in one document, and what `extract --format jsonl` prints, one a line.
 *
 * Offsets are UTF-16 code units in `text`, end exclusive. `text.slice(start, end)` equals `surface` and `quote`, always.
 */
import { z } from "zod";
import { partialDateSchema } from "./dates.ts";
import { languageSchema, nodeTypeSchema, relationshipTypeSchema } from "./ontology.ts";

export const POLARITIES = ["affirmed", "negated"] as const;
export const MODALITIES = ["asserted", "reported", "alleged", "denied", "planned"] as const;

export const polaritySchema = z.enum(POLARITIES);
export const modalitySchema = z.enum(MODALITIES);
export type Polarity = z.infer<typeof polaritySchema>;
export type Modality = z.infer<typeof modalitySchema>;

const offsetSchema = z.number().int().nonnegative();
export const spanSchema = z.tuple([offsetSchema, offsetSchema]);
export type Span = z.infer<typeof spanSchema>;
export const confidenceSchema = z.number().min(0).max(1);

/** One real-world entity of the document: all its mentions share it. */
export const extractedEntitySchema = z.object({
  id: z.string(),
  type: nodeTypeSchema,
  /** Canonical: the fullest name that the document uses, or a composed one for an event told by a description. */
  name: z.string(),
  aliases: z.array(z.string()),
  kind: z.string().nullable().default(null),
});
export type ExtractedEntity = z.infer<typeof extractedEntitySchema>;

export const mentionSchema = z.object({
  entity: z.string(),
  start: offsetSchema,
  end: offsetSchema,
  surface: z.string(),
  /** By name, or by a description or pronoun. An event's noun phrase counts as a name. */
  named: z.boolean(),
  confidence: confidenceSchema,
});
export type Mention = z.infer<typeof mentionSchema>;

export const claimSchema = z.object({
  id: z.string(),
  type: relationshipTypeSchema,
  subject: z.string(),
  object: z.string(),
  subjectSpan: spanSchema,
  objectSpan: spanSchema,
  /** The sentence, or the shortest run of sentences, that states the claim. */
  start: offsetSchema,
  end: offsetSchema,
  quote: z.string(),
  polarity: polaritySchema,
  modality: modalitySchema,
  former: z.boolean(),
  /** An entity id of this document, or the source's words; null when the text does not tell. */
  saidBy: z.string().nullable(),
  date: partialDateSchema.nullable(),
  confidence: confidenceSchema,
});
export type Claim = z.infer<typeof claimSchema>;

export const extractionSchema = z.object({
  id: z.string(),
  title: z.string(),
  url: z.string().nullable(),
  source: z.string().nullable().default(null),
  byline: z.string().nullable().default(null),
  language: languageSchema,
  publishedAt: partialDateSchema.nullable(),
  mediaType: z.string().default("text/plain"),
  text: z.string(),
  entities: z.array(extractedEntitySchema),
  mentions: z.array(mentionSchema),
  claims: z.array(claimSchema),
  /** Model version, or `human`. */
  extractor: z.string().default("unknown"),
  warnings: z.array(z.string()),
});
export type Extraction = z.infer<typeof extractionSchema>;

/**
 * Faults that the schema cannot see: slices that do not match, ids that point nowhere, offsets out of order. One sentence a
 * fault, empty when sound. Run at every border that takes extractions from outside, and by the stores before they write.
 */
export function faultsOfExtraction(extraction: Extraction): string[] {
  const { text } = extraction;
  const faults: string[] = [];
  const entityIds = new Set<string>();
  for (const entity of extraction.entities) {
    if (entityIds.has(entity.id)) faults.push(`entity id "${entity.id}" is used twice`);
    entityIds.add(entity.id);
  }
  const spans = new Map<string, string>();
  for (const mention of extraction.mentions) {
    const where = `mention ${mention.start}-${mention.end}`;
    if (!entityIds.has(mention.entity)) faults.push(`${where} names the unknown entity "${mention.entity}"`);
    if (mention.start >= mention.end || text.slice(mention.start, mention.end) !== mention.surface) {
      faults.push(`${where} is not the text's slice "${mention.surface}"`);
    }
    spans.set(`${mention.start}-${mention.end}`, mention.entity);
  }
  const claimIds = new Set<string>();
  for (const claim of extraction.claims) {
    const where = `claim "${claim.id}"`;
    if (claimIds.has(claim.id)) faults.push(`claim id "${claim.id}" is used twice`);
    claimIds.add(claim.id);
    if (claim.start >= claim.end || text.slice(claim.start, claim.end) !== claim.quote) {
      faults.push(`${where}: its quote is not the text's slice ${claim.start}-${claim.end}`);
    }
    for (const [end, entity, span] of [
      ["subject", claim.subject, claim.subjectSpan],
      ["object", claim.object, claim.objectSpan],
    ] as const) {
      if (!entityIds.has(entity)) faults.push(`${where}: its ${end} "${entity}" is unknown`);
      if (spans.get(`${span[0]}-${span[1]}`) !== entity) {
        faults.push(`${where}: its ${end} span ${span[0]}-${span[1]} is no mention of "${entity}"`);
      }
    }
  }
  return faults;
}
