/**
 * What the extractor missed and what it invented, each with its place: the content of the error report.
 */
import type { Claim, Mention, Span } from "../contract/extraction.ts";
import { sentenceAt, type Alignment } from "./alignment.ts";
import { typesOfEntities } from "./counting.ts";
import { quoteSpanOf } from "./gold-document.ts";

export type Verdict = "missed" | "false" | "differs";

export interface Mark {
  span: Span;
  /** How the mark is coloured. */
  kind: "gold" | "predicted" | "context";
  label: string;
}

export interface FoundError {
  document: string;
  verdict: Verdict;
  /** Node or relationship type under which it is grouped. */
  type: string;
  /** One line. */
  summary: string;
  /** What happened instead, where that can be told. */
  reason: string | null;
  confidence: number | null;
  /** The sentences to show. */
  passage: Span;
  marks: Mark[];
}

/** Mentions by name that were missed, invented, or found with another span or type. */
export function mentionErrors({ gold, predicted }: Alignment): FoundError[] {
  const named = (mentions: readonly Mention[], types: Map<string, string>) =>
    mentions.filter((m) => m.named).map((mention) => ({ mention, type: types.get(mention.entity) ?? "" }));
  const golds = named(gold.extraction.mentions, typesOfEntities(gold.extraction));
  const found = named(predicted.mentions, typesOfEntities(predicted));
  const key = ({ mention, type }: (typeof golds)[number]) => `${mention.start}-${mention.end}-${type}`;
  const goldKeys = new Set(golds.map(key));
  const foundKeys = new Set(found.map(key));
  const wrong = found.filter((item) => !goldKeys.has(key(item)));
  const used = new Set<Mention>();
  const passage = (mention: Mention): Span => gold.sentences[sentenceAt(mention.start, gold.sentences)] ?? [0, 0];

  const errors = golds
    .filter((item) => !foundKeys.has(key(item)))
    .map(({ mention, type }): FoundError => {
      const other = wrong.find((item) => item.mention.start < mention.end && item.mention.end > mention.start);
      const marks: Mark[] = [{ span: [mention.start, mention.end], kind: "gold", label: type }];
      const base = { document: gold.id, type, passage: passage(mention), marks };
      if (other === undefined) {
        return { ...base, verdict: "missed", summary: mention.surface, reason: null, confidence: null };
      }
      used.add(other.mention);
      const otherSpan: Span = [other.mention.start, other.mention.end];
      const reason = `found as ${other.mention.surface} (${other.type})`;
      marks.push({ span: otherSpan, kind: "predicted", label: other.type });
      return { ...base, verdict: "differs", summary: mention.surface, reason, confidence: other.mention.confidence };
    });
  const invented = wrong
    .filter(({ mention }) => !used.has(mention))
    .map(({ mention, type }): FoundError => ({
      document: gold.id,
      verdict: "false",
      type,
      summary: mention.surface,
      reason: null,
      confidence: mention.confidence,
      passage: passage(mention),
      marks: [{ span: [mention.start, mention.end], kind: "predicted", label: type }],
    }));
  return [...errors, ...invented];
}

/** Relationships that were missed or invented, and right ones told with another polarity or modality. */
export function claimErrors(alignment: Alignment): FoundError[] {
  const { gold, predicted, goldClaims, predictedClaims } = alignment;
  const goldNames = new Map(gold.extraction.entities.map(({ id, name }) => [id, name]));
  const predictedNames = new Map(predicted.entities.map(({ id, name }) => [id, name]));
  const predictedByKey = new Map(predictedClaims.map((located) => [located.strictKey, located.claim]));
  const goldKeys = new Set(goldClaims.map((located) => located.strictKey));
  const errors: FoundError[] = [];
  for (const { claim, sentence, strictKey } of goldClaims) {
    const twin = predictedByKey.get(strictKey);
    if (twin !== undefined && factuality(twin) === factuality(claim)) continue;
    errors.push({
      document: gold.id,
      verdict: twin === undefined ? "missed" : "differs",
      type: claim.type,
      summary: told(claim, goldNames),
      reason: twin === undefined ? whyMissed(claim, sentence, alignment) : `found as ${factuality(twin)}`,
      confidence: twin?.confidence ?? null,
      passage: [claim.start, claim.end],
      marks: endMarks(claim, "gold"),
    });
  }
  for (const { claim, sentence, strictKey } of predictedClaims) {
    if (strictKey !== null && goldKeys.has(strictKey)) continue;
    const ends = [claim.subject, claim.object].map((id) => alignment.goldOf.get(id) ?? null);
    const [start] = quoteSpanOf({ sentence, before: 0 }, gold.sentences);
    errors.push({
      document: gold.id,
      verdict: "false",
      type: claim.type,
      summary: told(claim, predictedNames),
      reason: whyFalse(ends, sentence, alignment),
      confidence: claim.confidence,
      passage: [Math.min(start, claim.start), Math.max(claim.end, start)],
      marks: endMarks(claim, "predicted"),
    });
  }
  return errors;
}

function whyMissed(claim: Claim, sentence: number, { goldOf, predicted, predictedClaims }: Alignment): string {
  const lost = [
    ["subject", claim.subject, claim.subjectSpan] as const,
    ["object", claim.object, claim.objectSpan] as const,
  ].filter(([, entity, span]) => !predicted.mentions.some((m) => overlaps(m, span) && goldOf.get(m.entity) === entity));
  if (lost.length > 0) return `${lost.map(([end]) => end).join(" and ")} not found, or joined to another entity`;
  const instead = predictedClaims.filter(
    (other) =>
      other.sentence === sentence &&
      sameEnds([goldOf.get(other.claim.subject), goldOf.get(other.claim.object)], [claim.subject, claim.object]),
  );
  if (instead.length === 0) return "both ends found, no relationship proposed";
  return `found as ${instead.map((other) => directed(other.claim.type, goldOf.get(other.claim.subject) === claim.subject)).join(", ")}`;
}

function whyFalse(ends: readonly (string | null)[], sentence: number, { goldClaims }: Alignment): string {
  const [subject, object] = ends;
  if (subject === null || object === null) {
    const names = [subject === null ? "subject" : null, object === null ? "object" : null].filter(
      (end) => end !== null,
    );
    return `${names.join(" and ")} stands for no annotated entity`;
  }
  if (subject === object) return "both ends stand for one annotated entity";
  const same = goldClaims.filter(({ claim }) => sameEnds([claim.subject, claim.object], ends));
  const here = same.filter((other) => other.sentence === sentence);
  const told = here.map(({ claim }) => directed(claim.type, claim.subject === subject)).join(", ");
  if (here.length > 0) return `annotated as ${told}`;
  return same.length > 0 ? "the two are related in another sentence" : "the two are not related";
}

function directed(type: string, isSameDirection: boolean): string {
  return isSameDirection ? type : `${type} the other way`;
}

function sameEnds(a: readonly (string | null | undefined)[], b: readonly (string | null | undefined)[]): boolean {
  return (a[0] === b[0] && a[1] === b[1]) || (a[0] === b[1] && a[1] === b[0]);
}

function overlaps(mention: Mention, [start, end]: Span): boolean {
  return mention.start < end && mention.end > start;
}

function factuality({ polarity, modality }: Claim): string {
  return `${polarity}, ${modality}`;
}

function told(claim: Claim, names: ReadonlyMap<string, string>): string {
  const ends = [claim.subject, claim.object].map((id) => names.get(id) ?? id);
  const marks = [factuality(claim), claim.former ? "former" : null, claim.date].filter((mark) => mark !== null);
  return `${ends[0] ?? ""} — ${claim.type} → ${ends[1] ?? ""} (${marks.join(", ")})`;
}

function endMarks(claim: Claim, kind: "gold" | "predicted"): Mark[] {
  return [
    { span: claim.subjectSpan, kind, label: "subject" },
    { span: claim.objectSpan, kind, label: "object" },
  ];
}
