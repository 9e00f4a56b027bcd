/**
 * Decisions of people about the graph: what is asked for, and the record that is kept. Records are only ever added; taking one
 * back is a record too. The graph is a function of the documents, their extractions and these records.
 */
import { z } from "zod";
import { isExistingDate, partialDateSchema } from "./dates.ts";
import { confidenceSchema, modalitySchema, polaritySchema, spanSchema } from "./extraction.ts";
import { documentReferenceSchema, graphNodeSchema, storedClaimSchema } from "./graph.ts";
import { nodeTypeSchema, relationshipTypeSchema } from "./ontology.ts";

const idSchema = z.string().min(1).max(200);
const nameSchema = z.string().trim().min(1).max(300);
const countSchema = z.number().int().nonnegative();
const dateSchema = partialDateSchema.refine(isExistingDate, "no such day");

/** One mention, by its place. */
export const mentionPlaceSchema = z.strictObject({ document: idSchema, start: countSchema, end: countSchema });
export type MentionPlace = z.infer<typeof mentionPlaceSchema>;

export const pairSchema = z.tuple([idSchema, idSchema]);

/** What of a claim a person may set right. Ends are mentions of its document, by their spans. */
export const claimChangeSchema = z.strictObject({
  type: relationshipTypeSchema.optional(),
  subjectSpan: spanSchema.optional(),
  objectSpan: spanSchema.optional(),
  polarity: polaritySchema.optional(),
  modality: modalitySchema.optional(),
  former: z.boolean().optional(),
  date: dateSchema.nullable().optional(),
});
export type ClaimChange = z.infer<typeof claimChangeSchema>;

const mergeSchema = z.strictObject({
  kind: z.literal("merge"),
  /** This entity becomes a part of `into`, whose id, name and type stay. */
  from: idSchema,
  into: idSchema,
});
const splitSchema = z.strictObject({
  kind: z.literal("split"),
  entity: idSchema,
  /** These leave the entity and become one of their own. */
  mentions: z.array(mentionPlaceSchema).min(1).max(2_000),
  /** Absent: the fullest name among the mentions. */
  name: nameSchema.optional(),
  type: nodeTypeSchema.optional(),
});
const moveSchema = z.strictObject({
  kind: z.literal("move"),
  mentions: z.array(mentionPlaceSchema).min(1).max(2_000),
  into: idSchema,
});
const renameSchema = z.strictObject({ kind: z.literal("rename"), entity: idSchema, name: nameSchema });
const retypeSchema = z.strictObject({ kind: z.literal("retype"), entity: idSchema, type: nodeTypeSchema });
const acceptSchema = z.strictObject({ kind: z.literal("accept"), claim: idSchema });
/** A claim that is wrong, or two entities that are not the same and are not suggested again. */
const rejectSchema = z
  .strictObject({ kind: z.literal("reject"), claim: idSchema.optional(), pair: pairSchema.optional() })
  .refine(({ claim, pair }) => (claim === undefined) !== (pair === undefined), 'needs either "claim" or "pair"');
/** Two entities that are to be looked at later. */
const postponeSchema = z.strictObject({ kind: z.literal("postpone"), pair: pairSchema });
const correctSchema = z.strictObject({ kind: z.literal("correct"), claim: idSchema, change: claimChangeSchema });
/** The article's mentions and claims are what an attentive reader would note: it can train and test the extractor. */
const completeSchema = z.strictObject({ kind: z.literal("complete"), document: idSchema });

const addedClaimSchema = z.strictObject({
  document: idSchema,
  type: relationshipTypeSchema,
  subjectSpan: spanSchema,
  objectSpan: spanSchema,
  polarity: polaritySchema.default("affirmed"),
  modality: modalitySchema.default("asserted"),
  former: z.boolean().default(false),
  date: dateSchema.nullable().default(null),
});
const addedMentionSchema = z
  .strictObject({
    document: idSchema,
    start: countSchema,
    end: countSchema,
    /** An entity of the graph; absent: a new one, for which `type` must be told. */
    entity: idSchema.optional(),
    type: nodeTypeSchema.optional(),
    name: nameSchema.optional(),
  })
  .refine(({ entity, type }) => entity !== undefined || type !== undefined, 'needs "entity", or "type" for a new one');
/** What the extractor missed, or what a person knows of an actor: exactly one of the four. */
const addSchema = z
  .strictObject({
    kind: z.literal("add"),
    claim: addedClaimSchema.optional(),
    mention: addedMentionSchema.optional(),
    note: z.strictObject({ entity: idSchema, text: z.string().trim().min(1).max(5_000) }).optional(),
    tag: z.strictObject({ entity: idSchema, tag: z.string().trim().min(1).max(60) }).optional(),
  })
  .refine(
    ({ claim, mention, note, tag }) => [claim, mention, note, tag].filter((part) => part !== undefined).length === 1,
    'needs exactly one of "claim", "mention", "note" and "tag"',
  );

const ACTIONS = [
  mergeSchema,
  splitSchema,
  moveSchema,
  renameSchema,
  retypeSchema,
  acceptSchema,
  rejectSchema,
  postponeSchema,
  correctSchema,
  addSchema,
  completeSchema,
] as const;

/** What a person decides. */
export const actionSchema = z.discriminatedUnion("kind", ACTIONS);
export type Action = z.infer<typeof actionSchema>;
export type DecisionKind = Action["kind"];
export const DECISION_KINDS = [
  "merge",
  "split",
  "move",
  "rename",
  "retype",
  "accept",
  "reject",
  "postpone",
  "correct",
  "add",
  "complete",
] as const satisfies readonly DecisionKind[];

const authorSchema = z.string().trim().min(1).max(100);
const whySchema = z.string().trim().max(2_000);

/** Body of `POST /api/decisions`. */
export const newDecisionSchema = z.strictObject({
  /** A free name. */
  author: authorSchema,
  why: whySchema.default(""),
  action: actionSchema,
});
export type NewDecision = z.infer<typeof newDecisionSchema>;

/** Body of `POST /api/decisions/:id/undo`. */
export const undoRequestSchema = z.strictObject({ author: authorSchema, why: whySchema.default("") });
export type UndoRequest = z.infer<typeof undoRequestSchema>;

/** A mention as it stood when somebody decided: found again by its place after another extraction. */
export const pinSchema = z.object({
  document: z.string(),
  start: z.number().int(),
  end: z.number().int(),
  surface: z.string(),
  /** The entity that the program made of it, before any decision. */
  found: z.string(),
  /** The entity that it was given to by decisions of before, later merges left aside. */
  given: z.string(),
});
export type Pin = z.infer<typeof pinSchema>;

/** A claim as it stood when somebody decided about it. */
export const claimSnapshotSchema = z.object({
  id: z.string(),
  document: z.string(),
  type: relationshipTypeSchema,
  subjectSpan: spanSchema,
  objectSpan: spanSchema,
  start: z.number().int(),
  end: z.number().int(),
  quote: z.string(),
  polarity: polaritySchema,
  modality: modalitySchema,
  former: z.boolean(),
  saidBy: z.string().nullable(),
  date: partialDateSchema.nullable(),
  confidence: confidenceSchema,
});
export type ClaimSnapshot = z.infer<typeof claimSnapshotSchema>;

/** The record of one decision. */
export const decisionSchema = z.object({
  id: z.string(),
  author: z.string(),
  /** ISO 8601 instant. */
  at: z.string(),
  why: z.string(),
  action: actionSchema,
  /** What it is about, as a person would say it, with the names of that moment. */
  summary: z.string(),
  entities: z.array(z.string()),
  claims: z.array(z.string()),
  documents: z.array(z.string()),
  /** The mentions that it is about, or by which the entities are known again; of many, some of each entity. */
  pins: z.array(pinSchema),
  /** The claim that it is about, or that it adds. */
  claim: claimSnapshotSchema.nullable(),
  /** The span of the claim's quote once its ends are corrected; null when they are not. */
  quote: spanSchema.nullable(),
  /** The entity that it makes. */
  created: z.string().nullable(),
  /** Of a merge: name and type that the entity keeps, whatever the other's articles call it; null where somebody set them. */
  keeps: z.object({ name: z.string().nullable(), type: nodeTypeSchema.nullable() }).nullable(),
});
export type Decision = z.infer<typeof decisionSchema>;

/** The record that takes a decision back. */
export const undoSchema = z.object({
  id: z.string(),
  author: z.string(),
  at: z.string(),
  why: z.string(),
  /** Id of the decision that no longer counts. */
  undoes: z.string(),
});
export type Undo = z.infer<typeof undoSchema>;

/** One line of the log. */
export const decisionRecordSchema = z.union([decisionSchema, undoSchema]);
export type DecisionRecord = z.infer<typeof decisionRecordSchema>;

/** A decision in a history. */
export const toldDecisionSchema = decisionSchema.extend({
  /** Null while it counts. */
  undone: z.object({ id: z.string(), author: z.string(), at: z.string(), why: z.string() }).nullable(),
  /** Later decisions that must be undone before this one, latest first; empty when it can be undone now. */
  blockedBy: z.array(z.string()),
});
export type ToldDecision = z.infer<typeof toldDecisionSchema>;

/** Answer of `GET /api/decisions`, latest first. */
export const decisionPageSchema = z.object({
  decisions: z.array(toldDecisionSchema),
  total: countSchema,
  nextCursor: z.string().nullable(),
});
export type DecisionPage = z.infer<typeof decisionPageSchema>;

/** A mention in its sentence; `mark` is its span inside `text`. */
export const mentionInContextSchema = z.object({
  document: documentReferenceSchema,
  start: countSchema,
  end: countSchema,
  text: z.string(),
  mark: spanSchema,
});
export type MentionInContext = z.infer<typeof mentionInContextSchema>;

export const reasonSchema = z.object({
  /** What it says, for a person. */
  text: z.string(),
  /** Log-odds: above 0 it speaks for one actor, below 0 for two. */
  weight: z.number(),
});
export type Reason = z.infer<typeof reasonSchema>;

const suggestedSideSchema = z.object({ node: graphNodeSchema, mentions: z.array(mentionInContextSchema) });

/** Two entities that are possibly one. */
export const possibleDuplicateSchema = z.object({
  /** The ids, the smaller first: what `reject` and `postpone` take as `pair`. */
  pair: pairSchema,
  /** 0..1: the share of such pairs that are the same. */
  score: confidenceSchema,
  /** Sure enough to be accepted together with others. */
  clear: z.boolean(),
  reasonsFor: z.array(reasonSchema),
  reasonsAgainst: z.array(reasonSchema),
  postponed: z.boolean(),
  /** Best connected first: a merge takes `sides[1]` into `sides[0]`. */
  sides: z.tuple([suggestedSideSchema, suggestedSideSchema]),
});
export type PossibleDuplicate = z.infer<typeof possibleDuplicateSchema>;

/** Answer of `GET /api/suggestions`: best score first, postponed ones last. */
export const possibleDuplicatesSchema = z.object({
  suggestions: z.array(possibleDuplicateSchema),
  total: countSchema,
  nextCursor: z.string().nullable(),
});
export type PossibleDuplicates = z.infer<typeof possibleDuplicatesSchema>;

export const reviewItemSchema = z.object({
  claim: storedClaimSchema,
  /** What is expected to be wrong in the graph because of it: doubt × importance. */
  weight: z.number(),
  /** 0..1: how likely it is wrong. */
  doubt: confidenceSchema,
  /** How much hangs on it: the connections of its ends, shared with the other claims of its edge. */
  importance: z.number(),
});
export type ReviewItem = z.infer<typeof reviewItemSchema>;

/** Answer of `GET /api/review`: what to look at first. */
export const reviewPageSchema = z.object({
  items: z.array(reviewItemSchema),
  total: countSchema,
  nextCursor: z.string().nullable(),
});
export type ReviewPage = z.infer<typeof reviewPageSchema>;

/** Body of `POST /api/suggestions/accept`: the clear ones, or those that are named. */
export const acceptSuggestionsSchema = z.strictObject({
  author: authorSchema,
  why: whySchema.default(""),
  /** Absent: all clear ones. */
  pairs: z.array(pairSchema).max(1_000).optional(),
});

export type AcceptSuggestions = z.infer<typeof acceptSuggestionsSchema>;

/** One decision a merged pair, and pairs that could not be merged with the reason. */
export const acceptedSuggestionsSchema = z.object({
  decisions: z.array(toldDecisionSchema),
  refused: z.array(z.object({ pair: pairSchema, message: z.string() })),
});
export type AcceptedSuggestions = z.infer<typeof acceptedSuggestionsSchema>;
