/**
 * Annotations without their text, for articles that other people wrote: made from annotated articles, put back onto a text that the
 * reader fetched.
 *
 * White space does not count: all offsets and lengths are in UTF-16 units that are no white space, so that a text laid out
 * otherwise is recognised too. A sentence is `LENGTH HASH|MENTIONS|STATEMENTS`: `59 3fa2c1|20+15e2,39+6~e1|e2 LOCATED_IN e1`. A mention
 * is `START+LENGTHe1`, with `~` when by description; statements are written as in `*.ann.md`. The hash is the beginning of the SHA-256
 * of the sentence's characters.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { relationshipTypeSchema, languageSchema, nodeTypeSchema, type NodeType } from "../contract/ontology.ts";
import type { Span } from "../contract/extraction.ts";
import { marksOf } from "./article-parser.ts";
import { writeStatement } from "./article-writer.ts";
import { goldDocument, type GoldDocument, type GoldEntity, type GoldParts, type Statement } from "./gold-document.ts";

export const standOffDocumentSchema = z.strictObject({
  id: z.string(),
  language: languageSchema,
  publishedAt: z.string(),
  topic: z.string(),
  /** Of all its sentences together. */
  hash: z.string(),
  /** Types of e1, e2, e3… */
  entities: z.array(nodeTypeSchema),
  /** Paragraphs of sentences. */
  paragraphs: z.array(z.array(z.string())),
});
export type StandOffDocument = z.infer<typeof standOffDocumentSchema>;

export type Restored = { document: GoldDocument; fault: null } | { document: null; fault: string };

const SENTENCE_HASH_DIGITS = 6;
const DOCUMENT_HASH_DIGITS = 16;

export function standOffOf(document: GoldDocument): StandOffDocument {
  const { id, language, publishedAt, topic, text, sentences, extraction } = document;
  const numbers = new Map(extraction.entities.map((entity, index) => [entity.id, `e${index + 1}`]));
  const paragraphs: string[][] = [];
  let previousEnd: number | null = null;
  for (const [index, span] of sentences.entries()) {
    if (previousEnd === null || text.slice(previousEnd, span[0]) === "\n\n") paragraphs.push([]);
    paragraphs.at(-1)?.push(sentenceLine(document, index, span, numbers));
    previousEnd = span[1];
  }
  const characters = sentences.map(([start, end]) => charactersOf(text.slice(start, end))).join("");
  const entities = extraction.entities.map((entity) => entity.type);
  return { id, language, publishedAt, topic, hash: hashOf(characters, DOCUMENT_HASH_DIGITS), entities, paragraphs };
}

function sentenceLine(document: GoldDocument, index: number, [start, end]: Span, numbers: Map<string, string>): string {
  const { text, extraction, statements } = document;
  const numberOf = (entity: string) => numbers.get(entity) ?? entity;
  const characters = charactersOf(text.slice(start, end));
  const mentions = extraction.mentions
    .filter((mention) => mention.start >= start && mention.end <= end)
    .map((mention) => {
      const from = charactersOf(text.slice(start, mention.start)).length;
      const length = charactersOf(mention.surface).length;
      return `${from}+${length}${mention.named ? "" : "~"}${numberOf(mention.entity)}`;
    });
  const told = statements
    .filter((statement) => statement.sentence === index)
    .map((s) => writeStatement({ ...s, subject: numberOf(s.subject), object: numberOf(s.object) }));
  return `${characters.length} ${hashOf(characters, SENTENCE_HASH_DIGITS)}|${mentions.join(",")}|${told.join(";")}`;
}

/** The annotation format has no place for square brackets: annotators wrote round ones. */
function charactersOf(text: string): string {
  return text.replace(/\s+/g, "").replaceAll("[", "(").replaceAll("]", ")");
}

function hashOf(characters: string, digits: number): string {
  return createHash("sha256").update(characters).digest("hex").slice(0, digits);
}

/**
 * Puts the annotations back. The text may hold more than the article (a header, sources, links): sentences are looked for in order.
 * Names of entities are not kept: the longest surface is the name, the others are aliases.
 * @param text the article as fetched, any white space
 */
export function restoreArticle(standOff: StandOffDocument, text: string): Restored {
  const source = indexed(text);
  const parts: GoldParts = { ...headOf(standOff), text: "", sentences: [], entities: [], mentions: [], statements: [] };
  let cursor = 0;
  let characters = "";
  for (const paragraph of standOff.paragraphs) {
    for (const [index, line] of paragraph.entries()) {
      const sentence = parseSentence(line);
      const at = sentence === null ? null : find(sentence, source.characters, cursor);
      if (sentence === null || at === null) {
        const fault = sentence === null ? "is not written as it should be" : "is not in the text";
        return { document: null, fault: `${standOff.id}: sentence ${parts.sentences.length + 1} ${fault}` };
      }
      cursor = at + sentence.length;
      characters += source.characters.slice(at, cursor);
      append(parts, source, at, sentence, index === 0);
    }
  }
  if (hashOf(characters, DOCUMENT_HASH_DIGITS) !== standOff.hash) {
    return { document: null, fault: `${standOff.id}: the text is not the one that was annotated (its hash differs)` };
  }
  parts.entities = standOff.entities.map((type, index) => namedEntity(`e${index + 1}`, type, parts));
  return { document: goldDocument(parts), fault: null };
}

function headOf({ id, language, publishedAt, topic }: StandOffDocument) {
  return { id, language, publishedAt, topic };
}

interface IndexedText {
  text: string;
  /** The text without white space. */
  characters: string;
  /** Offset in the text of each of them. */
  offsets: number[];
}

function indexed(original: string): IndexedText {
  const text = original.replaceAll("[", "(").replaceAll("]", ")");
  const offsets: number[] = [];
  for (const match of text.matchAll(/\S/g)) offsets.push(match.index);
  return { text, characters: charactersOf(text), offsets };
}

interface StandOffSentence {
  length: number;
  hash: string;
  mentions: { start: number; length: number; named: boolean; entity: string }[];
  statements: Omit<Statement, "sentence">[];
}

function parseSentence(line: string): StandOffSentence | null {
  const [head = "", mentions = "", statements = ""] = line.split("|");
  const [, length, hash] = /^(\d+) ([0-9a-f]+)$/.exec(head) ?? [];
  if (length === undefined || hash === undefined) return null;
  return {
    length: Number(length),
    hash,
    mentions: [...mentions.matchAll(/(\d+)\+(\d+)(~?)(e\d+)/g)].map(([, start, span, tilde, entity]) => ({
      start: Number(start),
      length: Number(span),
      named: tilde === "",
      entity: entity ?? "",
    })),
    statements: statements.split(";").flatMap((statement) => {
      const [subject = "", type, object = "", ...marks] = statement.split(" ");
      const known = relationshipTypeSchema.safeParse(type);
      return known.success ? [{ subject, type: known.data, object, ...marksOf(marks, () => undefined) }] : [];
    }),
  };
}

function find({ length, hash }: StandOffSentence, characters: string, from: number): number | null {
  for (let at = from; at + length <= characters.length; at += 1) {
    if (hashOf(characters.slice(at, at + length), SENTENCE_HASH_DIGITS) === hash) return at;
  }
  return null;
}

function append(
  parts: GoldParts,
  source: IndexedText,
  at: number,
  sentence: StandOffSentence,
  opensParagraph: boolean,
): void {
  const separator = parts.text === "" ? "" : opensParagraph ? "\n\n" : " ";
  const start = parts.text.length + separator.length;
  const offset = (index: number) => source.offsets[index] ?? source.text.length;
  const slice = (from: number, to: number) => oneLine(source.text.slice(offset(from), offset(to - 1) + 1));
  const end = at + sentence.length;
  const text = slice(at, end);
  for (const mention of sentence.mentions) {
    const surface = slice(at + mention.start, at + mention.start + mention.length);
    // Where the mention begins in the sentence as laid out: what stands before it, up to its first character.
    const before = oneLine(source.text.slice(offset(at), offset(at + mention.start)));
    const from = start + before.length;
    parts.mentions.push({ entity: mention.entity, start: from, end: from + surface.length, named: mention.named });
  }
  for (const statement of sentence.statements)
    parts.statements.push({ ...statement, sentence: parts.sentences.length });
  parts.text += separator + text;
  parts.sentences.push([start, start + text.length]);
}

/** One sentence is one line: a run of white space becomes one space, a no-break one where it holds one. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, (run) => /[\u00A0\u202F]/.exec(run)?.[0] ?? " ");
}

function namedEntity(id: string, type: NodeType, { text, mentions }: GoldParts): GoldEntity {
  const own = mentions.filter((mention) => mention.entity === id);
  const named = own.filter((mention) => mention.named);
  const surfaces = (named.length > 0 ? named : own).map(({ start, end }) =>
    text.slice(start, end).replaceAll("|", "/"),
  );
  const [name = id, ...aliases] = [...new Set(surfaces)].sort((a, b) => b.length - a.length);
  return { id, type, name, aliases };
}

const standOffFileSchema = z.strictObject({ format: z.literal(1), documents: z.array(standOffDocumentSchema) });

/** JSON with one article a line. */
export function standOffFile(documents: readonly StandOffDocument[]): string {
  return `{"format":1,"documents":[\n${documents.map((document) => JSON.stringify(document)).join(",\n")}\n]}\n`;
}

/** @throws ZodError when the file is no stand-off file of this format */
export function readStandOffFile(json: string): StandOffDocument[] {
  return standOffFileSchema.parse(JSON.parse(json)).documents;
}
