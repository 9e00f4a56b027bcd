/**
 * A stored document that people have checked → an annotated article (`*.ann.md`) that trains and tests the extractor.
 *
 * The format knows one sentence a line, so that white space inside a sentence becomes one space; what it cannot say is left out:
 * mentions inside others, mentions over two sentences, entities without a name.
 */
import type { Span } from "../contract/extraction.ts";
import type { StoredClaim, StoredDocument } from "../contract/graph.ts";
import { typeOfLabels } from "../contract/ontology.ts";
import { AppError } from "../errors.ts";
import { parseArticle } from "./article-parser.ts";
import { writeArticle } from "./article-writer.ts";
import { goldDocument, type GoldEntity, type GoldParts, type Statement } from "./gold-document.ts";
import { misfitOf, type OntologyRules } from "./ontology-rules.ts";

type Mention = StoredDocument["mentions"][number];

/** Sentences before the last one that a statement's quote may hold. */
const MAX_BEFORE = 3;
const ID_CHARACTERS = 12;

/**
 * @param sentences spans of the document's text, in order.
 * @throws AppError `conflict` when the format cannot hold the article, with the reason.
 */
export function annotatedArticle(document: StoredDocument, sentences: readonly Span[], rules: OntologyRules): string {
  if (document.publishedAt === null) {
    throw new AppError(
      "conflict",
      `"${document.title}" has no date, and an annotated article needs one. Ingest it again with its date; nothing else changes.`,
    );
  }
  const lines = linesOf(document, sentences);
  const named = namedMentions(document, lines);
  const entities = entitiesOf(document, named);
  const idOf = new Map(entities.map(({ graph, gold }) => [graph, gold.id]));
  const types = new Map(entities.map(({ gold }) => [gold.id, gold.type]));
  const statements = document.claims.flatMap((claim) => statementOf(claim, lines, idOf) ?? []);
  const parts: GoldParts = {
    id: document.id.slice(0, ID_CHARACTERS),
    language: document.language,
    publishedAt: document.publishedAt,
    topic: document.collection.replaceAll(/\s+/g, "-"),
    text: lines.map(({ text, isParagraph }, at) => (at === 0 ? "" : isParagraph ? "\n\n" : " ") + text).join(""),
    sentences: lines.map(({ at }) => at),
    entities: entities.map(({ gold }) => gold),
    mentions: named.flatMap((mention) => {
      const entity = idOf.get(mention.entity);
      const span = placeIn(lines, mention.start, mention.end);
      return entity === undefined || span === null
        ? []
        : [{ entity, start: span[0], end: span[1], named: mention.named }];
    }),
    statements: statements.filter(({ subject, type, object }) => {
      const rule = rules.get(type);
      const [from, to] = [types.get(subject), types.get(object)];
      return rule !== undefined && from !== undefined && to !== undefined && misfitOf(rule, from, to) === null;
    }),
  };
  const source = writeArticle(goldDocument(parts));
  const { faults } = parseArticle(source, document.title, rules);
  const [fault] = faults;
  if (fault !== undefined) {
    throw new AppError(
      "conflict",
      `"${document.title}" cannot be written as an annotated article (line ${fault.line}: ${fault.message}).`,
    );
  }
  return source;
}

interface Line {
  /** In the document's text. */
  from: Span;
  /** In the annotated article's text. */
  at: Span;
  original: string;
  text: string;
  /** A paragraph begins with it. */
  isParagraph: boolean;
}

const MARKED = /^[#@>]/;

/** What begins like a mark of the format goes with the sentence before. */
function linesOf({ text }: StoredDocument, sentences: readonly Span[]): Line[] {
  const joined: Span[] = [];
  for (const [start, end] of sentences) {
    const last = joined.at(-1);
    if (last !== undefined && MARKED.test(text.slice(start, end))) last[1] = end;
    else joined.push([start, end]);
  }
  const lines: Line[] = [];
  let position = 0;
  for (const [start, end] of joined) {
    const before = lines.at(-1);
    const isParagraph = before !== undefined && text.slice(before.from[1], start).includes("\n");
    const original = text.slice(start, end);
    const plain = withOneSpace(original);
    position += before === undefined ? 0 : isParagraph ? 2 : 1;
    lines.push({ from: [start, end], at: [position, position + plain.length], original, text: plain, isParagraph });
    position += plain.length;
  }
  return lines;
}

function withOneSpace(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}

/** Where a span of the document stands in the article; null when it is over two sentences. */
function placeIn(lines: readonly Line[], start: number, end: number): Span | null {
  const line = lines.find(({ from }) => from[0] <= start && end <= from[1]);
  if (line === undefined) return null;
  const offset = (place: number): number => withOneSpace(line.original.slice(0, place - line.from[0])).length;
  return [line.at[0] + offset(start), line.at[0] + offset(end)];
}

function namedMentions({ mentions, entities }: StoredDocument, lines: readonly Line[]): Mention[] {
  const apart: Mention[] = [];
  const byLength = [...mentions].sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start);
  for (const mention of byLength) {
    const isFree = apart.every((other) => mention.end <= other.start || mention.start >= other.end);
    if (isFree && placeIn(lines, mention.start, mention.end) !== null) apart.push(mention);
  }
  const events = new Set(entities.filter(({ labels }) => typeOfLabels(labels) === "Event").map(({ id }) => id));
  const told = new Set(apart.filter(({ named }) => named).map(({ entity }) => entity));
  return apart.filter(({ entity }) => told.has(entity) || events.has(entity)).sort((a, b) => a.start - b.start);
}

/** Entities by their first mention, with the names that this article has for them, the fullest first. */
function entitiesOf({ entities }: StoredDocument, mentions: readonly Mention[]): { graph: string; gold: GoldEntity }[] {
  const nodes = new Map(entities.map((node) => [node.id, node]));
  const order = [...new Set(mentions.map(({ entity }) => entity))];
  return order.flatMap((graph, index) => {
    const node = nodes.get(graph);
    const type = node === undefined ? null : typeOfLabels(node.labels);
    if (node === undefined || type === null) return [];
    const surfaces = mentions.filter(({ entity, named }) => entity === graph && named).map(({ surface }) => surface);
    const names = [...new Set(surfaces.map((surface) => withOneSpace(surface).replaceAll("|", " ").trim()))];
    names.sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
    const [name = node.name, ...aliases] = names;
    return [{ graph, gold: { id: `e${index + 1}`, type, name, aliases } }];
  });
}

function statementOf(claim: StoredClaim, lines: readonly Line[], idOf: ReadonlyMap<string, string>): Statement | null {
  const subject = idOf.get(claim.subject.id);
  const object = idOf.get(claim.object.id);
  const sentence = lines.findIndex(({ from }) => from[0] < claim.end && claim.end <= from[1]);
  const first = lines.findIndex(({ from }) => from[0] <= claim.start && claim.start < from[1]);
  const before = sentence - first;
  if (claim.status === "rejected" || subject === undefined || object === undefined || subject === object) return null;
  if (sentence < 0 || first < 0 || before < 0 || before > MAX_BEFORE) return null;
  const { type, polarity, modality, former, date } = claim;
  return { subject, type, object, sentence, before, polarity, modality, former, date };
}
