/**
 * An annotated article as a value: what a perfect extractor would print for it, and the annotator's statements.
 *
 * Layout of the text: the lines of a paragraph, one sentence each, are joined by one space; paragraphs are separated by one blank
 * line (`\n\n`); nothing stands before the first or after the last. All offsets count in that text, in UTF-16 code units.
 */
import type { Extraction, Mention, Modality, Polarity, Span } from "../contract/extraction.ts";
import { claimId } from "../contract/identifiers.ts";
import type { Language, NodeType, RelationshipType } from "../contract/ontology.ts";

export interface GoldEntity {
  /** As in the file: `e1`. */
  id: string;
  type: NodeType;
  name: string;
  aliases: string[];
}

/** One relation of a `> ` line. */
export interface Statement {
  subject: string;
  type: RelationshipType;
  object: string;
  /** Index of the sentence under which it stands. */
  sentence: number;
  /** How many sentences before it belong to the quote (`^1` to `^3`, 0 when unmarked). */
  before: number;
  polarity: Polarity;
  modality: Modality;
  former: boolean;
  date: string | null;
}

export interface GoldDocument {
  /** The header's. */
  id: string;
  language: Language;
  publishedAt: string;
  topic: string;
  text: string;
  /** One span a sentence, in order. */
  sentences: Span[];
  statements: Statement[];
  /** What `extract` would print if it were perfect. */
  extraction: Extraction;
}

/** What the parser, or the restoring of stand-off files, has read. */
export interface GoldParts {
  id: string;
  language: Language;
  publishedAt: string;
  topic: string;
  text: string;
  sentences: Span[];
  entities: GoldEntity[];
  /** In the order of the text. */
  mentions: Omit<Mention, "surface" | "confidence">[];
  statements: Statement[];
}

const MAX_TITLE = 120;

/** Builds the extraction. Statements that differ only in their marks are one claim, the first: a claim's id holds no marks. */
export function goldDocument(parts: GoldParts): GoldDocument {
  const { id, language, publishedAt, topic, text, sentences, statements } = parts;
  const mentions = parts.mentions.map((mention) => ({
    ...mention,
    surface: text.slice(mention.start, mention.end),
    confidence: 1,
  }));
  const claims = new Map<string, Extraction["claims"][number]>();
  for (const statement of statements) {
    const claim = claimOf(statement, id, text, sentences, mentions);
    if (claim !== null && !claims.has(claim.id)) claims.set(claim.id, claim);
  }
  const extraction: Extraction = {
    id,
    title: titleOf(text, sentences),
    url: null,
    source: null,
    byline: null,
    language,
    publishedAt,
    mediaType: "text/plain",
    text,
    entities: parts.entities.map((entity) => ({ ...entity, kind: null })),
    mentions,
    claims: [...claims.values()],
    extractor: "human",
    warnings: [],
  };
  return { id, language, publishedAt, topic, text, sentences, statements, extraction };
}

/** The span of the sentences that state it. */
export function quoteSpanOf(statement: Pick<Statement, "sentence" | "before">, sentences: readonly Span[]): Span {
  const last = sentences[statement.sentence] ?? [0, 0];
  const first = sentences[Math.max(0, statement.sentence - statement.before)] ?? last;
  return [first[0], last[1]];
}

function claimOf(
  statement: Statement,
  document: string,
  text: string,
  sentences: readonly Span[],
  mentions: readonly Mention[],
): Extraction["claims"][number] | null {
  const [start, end] = quoteSpanOf(statement, sentences);
  const inside = mentions.filter((mention) => mention.start >= start && mention.end <= end);
  const pair = closestPair(
    inside.filter((mention) => mention.entity === statement.subject),
    inside.filter((mention) => mention.entity === statement.object),
    sentences[statement.sentence]?.[0] ?? start,
  );
  if (pair === null) return null;
  const { type, subject, object, polarity, modality, former, date } = statement;
  const [subjectSpan, objectSpan] = pair;
  return {
    id: claimId(document, type, subjectSpan, objectSpan, [start, end]),
    type,
    subject,
    object,
    subjectSpan,
    objectSpan,
    start,
    end,
    quote: text.slice(start, end),
    polarity,
    modality,
    former,
    saidBy: null,
    date,
    confidence: 1,
  };
}

/** The annotation joins entities; the claim, the two of their mentions that stand closest, those of the last sentence first. */
function closestPair(
  subjects: readonly Mention[],
  objects: readonly Mention[],
  lastSentenceStart: number,
): [Span, Span] | null {
  let best: { pair: [Span, Span]; cost: number } | null = null;
  for (const subject of subjects) {
    for (const object of objects) {
      const outside = [subject, object].filter((mention) => mention.start < lastSentenceStart).length;
      const gap = Math.max(subject.start - object.end, object.start - subject.end, 0);
      const cost = outside * 1_000_000 + gap;
      if (best !== null && cost >= best.cost) continue;
      best = {
        pair: [
          [subject.start, subject.end],
          [object.start, object.end],
        ],
        cost,
      };
    }
  }
  return best?.pair ?? null;
}

/** The headline when it stands alone, else what of the first sentence fits. */
function titleOf(text: string, sentences: readonly Span[]): string {
  const [start, end] = sentences[0] ?? [0, 0];
  const first = text.slice(start, end);
  if (text.startsWith("\n\n", end) || first.length <= MAX_TITLE) return first;
  const cut = first.slice(0, MAX_TITLE - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), MAX_TITLE / 2))}…`;
}

/** One line of JSON a document, as `extract --format jsonl` prints. */
export function toJsonLines(documents: readonly GoldDocument[]): string {
  return documents.map((document) => `${JSON.stringify(document.extraction)}\n`).join("");
}
