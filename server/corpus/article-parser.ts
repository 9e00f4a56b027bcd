/**
 * `*.ann.md` → GoldDocument, or the faults of the file with their lines. The format is described in data/corpus/README.md; every
 * rule of it that a program can check is checked here.
 */
import { isExistingDate } from "../contract/dates.ts";
import { MODALITIES, type Mention, type Modality, type Span } from "../contract/extraction.ts";
import { NODE_TYPES, type Language, type NodeType } from "../contract/ontology.ts";
import { goldDocument, type GoldDocument, type GoldEntity, type Statement } from "./gold-document.ts";
import { misfitOf, type OntologyRules } from "./ontology-rules.ts";

export interface Fault {
  file: string;
  /** From 1. */
  line: number;
  message: string;
}

export type ParsedArticle = { document: GoldDocument; faults: [] } | { document: null; faults: Fault[] };

type MentionSpan = Omit<Mention, "surface" | "confidence">;

interface Header {
  id: string;
  language: Language;
  publishedAt: string;
  topic: string;
}

interface Draft {
  rules: OntologyRules;
  header: Header | null;
  entities: Map<string, GoldEntity & { line: number }>;
  text: string;
  sentences: Span[];
  mentions: MentionSpan[];
  statements: Statement[];
  /** An empty line has been seen since the last sentence. */
  broken: boolean;
  report: (line: number, message: string) => void;
}

/** @param file as faults name it */
export function parseArticle(source: string, file: string, rules: OntologyRules): ParsedArticle {
  const faults: Fault[] = [];
  const draft: Draft = {
    rules,
    header: null,
    entities: new Map(),
    text: "",
    sentences: [],
    mentions: [],
    statements: [],
    broken: false,
    report: (line, message) => faults.push({ file, line, message }),
  };
  const lines = source
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n")
    .split("\n");
  for (const [index, raw] of lines.entries()) readLine(draft, raw.trimEnd(), index + 1);
  if (draft.header === null && faults.length === 0) draft.report(1, HEADER_RULE);
  if (draft.sentences.length === 0 && faults.length === 0) draft.report(lines.length, "the article has no sentence");
  reportUnmentioned(draft);
  if (draft.header === null || faults.length > 0) return { document: null, faults };
  const { header, text, sentences, mentions, statements } = draft;
  const entities = [...draft.entities.values()].map(({ id, type, name, aliases }) => ({ id, type, name, aliases }));
  return { document: goldDocument({ ...header, text, sentences, entities, mentions, statements }), faults: [] };
}

/** Reads the articles together: an id stands in one file only. */
export function parseArticles(
  sources: Iterable<{ file: string; source: string }>,
  rules: OntologyRules,
): { documents: GoldDocument[]; faults: Fault[] } {
  const documents: GoldDocument[] = [];
  const faults: Fault[] = [];
  const files = new Map<string, string>();
  for (const { file, source } of sources) {
    const parsed = parseArticle(source, file, rules);
    faults.push(...parsed.faults);
    if (parsed.document === null) continue;
    const { id } = parsed.document;
    const other = files.get(id);
    if (other !== undefined) faults.push({ file, line: 1, message: `the id ${id} stands also in ${other}` });
    files.set(id, file);
    documents.push(parsed.document);
  }
  return { documents, faults };
}

/** `file:line: message`, as compilers write it. */
export function formatFault({ file, line, message }: Fault): string {
  return `${file}:${line}: ${message}`;
}

const HEADER_RULE = "the first line must be '# id lang=fr|en date=YYYY-MM-DD topic=word'";
const HEADER = /^# (\S+) lang=(fr|en) date=(\d{4}(?:-\d{2}){0,2}) topic=(\S+)$/;

function readLine(draft: Draft, line: string, number: number): void {
  if (line === "") draft.broken = true;
  else if (draft.header === null) readHeader(draft, line, number);
  else if (line.startsWith("@")) readEntity(draft, line, number);
  else if (line.startsWith("> ") || line === ">") readStatements(draft, line, number);
  else if (line.startsWith("#")) draft.report(number, "only the first line is a header");
  else readSentence(draft, line, number);
}

function readHeader(draft: Draft, line: string, number: number): void {
  const [, id, language, date, topic] = HEADER.exec(line) ?? [];
  if (id === undefined || date === undefined || topic === undefined) draft.report(number, HEADER_RULE);
  else if (!isExistingDate(date)) draft.report(number, `the date ${date} does not exist`);
  // A file with a broken header is read on, so that all its faults are told at once.
  draft.header = {
    id: id ?? "",
    language: language === "en" ? "en" : "fr",
    publishedAt: date ?? "",
    topic: topic ?? "",
  };
}

const TYPES: ReadonlySet<string> = new Set(NODE_TYPES);

function readEntity(draft: Draft, line: string, number: number): void {
  const [, id, type, names] = /^@(e\d+) (\w+) (.+)$/.exec(line) ?? [];
  if (id === undefined || type === undefined || names === undefined) {
    draft.report(number, `not an entity line ('@e1 Type name | alias'): ${line}`);
    return;
  }
  if (!TYPES.has(type)) draft.report(number, `unknown type ${type}`);
  if (draft.entities.has(id)) draft.report(number, `${id} is declared twice`);
  const [name = "", ...aliases] = names.split("|").map((part) => part.trim());
  if (name === "" || aliases.includes("")) draft.report(number, `${id} has an empty name or alias`);
  draft.entities.set(id, { id, type: type as NodeType, name, aliases, line: number });
}

const MENTION = /\[([^[\]]+)\]\((~?)(e\d+)\)/g;

function readSentence(draft: Draft, line: string, number: number): void {
  const separator = draft.text === "" ? "" : draft.broken ? "\n\n" : " ";
  const start = draft.text.length + separator.length;
  let plain = "";
  let at = 0;
  for (const match of line.matchAll(MENTION)) {
    const [whole, surface = "", tilde, entity = ""] = match;
    plain += line.slice(at, match.index);
    if (!draft.entities.has(entity)) draft.report(number, `undeclared ${entity}`);
    if (surface !== surface.trim()) draft.report(number, `white space at the edge of [${surface}]`);
    const from = start + plain.length;
    draft.mentions.push({ entity, start: from, end: from + surface.length, named: tilde === "" });
    plain += surface;
    at = match.index + whole.length;
  }
  plain += line.slice(at);
  if (/\]\(|\(~?e\d+\)/.test(plain)) draft.report(number, "broken or nested mention");
  draft.text += separator + plain;
  draft.sentences.push([start, start + plain.length]);
  draft.broken = false;
}

function readStatements(draft: Draft, line: string, number: number): void {
  if (draft.sentences.length === 0 || draft.broken) {
    draft.report(number, "a relation line must stand right under its sentence");
    return;
  }
  for (const part of line.slice(2).split(";")) {
    const relation = part.trim();
    if (relation !== "") readStatement(draft, relation, number);
  }
}

function readStatement(draft: Draft, relation: string, number: number): void {
  const [subject = "", name = "", object = "", ...marks] = relation.split(/\s+/);
  const rule = draft.rules.get(name);
  if (rule === undefined) {
    draft.report(number, `unknown relationship ${name} in '${relation}'`);
    return;
  }
  const from = draft.entities.get(subject);
  const to = draft.entities.get(object);
  if (from === undefined || to === undefined) {
    draft.report(number, `undeclared entity in '${relation}'`);
    return;
  }
  if (subject === object) draft.report(number, `an entity relates to itself in '${relation}'`);
  const statement: Statement = {
    subject,
    type: rule.type,
    object,
    sentence: draft.sentences.length - 1,
    ...marksOf(marks, (message) => draft.report(number, `${message} in '${relation}'`)),
  };
  for (const entity of [from, to]) {
    if (isMentioned(draft, entity.id, statement)) continue;
    draft.report(number, `${entity.id} (${entity.name}) is not mentioned in the sentence of '${relation}'`);
  }
  const misfit = misfitOf(rule, from.type, to.type);
  if (misfit !== null) draft.report(number, `${misfit} in '${relation}'`);
  draft.statements.push(statement);
}

function isMentioned(draft: Draft, entity: string, { sentence, before }: Statement): boolean {
  const start = draft.sentences[Math.max(0, sentence - before)]?.[0] ?? 0;
  return draft.mentions.some((mention) => mention.entity === entity && mention.start >= start);
}

type Marks = Pick<Statement, "before" | "polarity" | "modality" | "former" | "date">;

/** The marks of a statement, as words (`!`, `?alleged`, `former`, `@2019`, `^1`). */
export function marksOf(words: readonly string[], report: (message: string) => void): Marks {
  const marks: Marks = { before: 0, polarity: "affirmed", modality: "asserted", former: false, date: null };
  for (const word of words) {
    const modality = MODALITIES.find((known) => word === `?${known}` && known !== "asserted");
    if (word === "!") marks.polarity = "negated";
    else if (word === "former") marks.former = true;
    else if (modality !== undefined) marks.modality = strongest(marks.modality, modality);
    else if (/^\^[1-3]$/.test(word)) marks.before = Number(word.slice(1));
    else if (/^@\d{4}(-\d{2}){0,2}$/.test(word)) {
      marks.date = word.slice(1);
      if (!isExistingDate(marks.date)) report(`the date ${marks.date} does not exist`);
    } else report(`unknown mark ${word}`);
  }
  return marks;
}

/** A relation told as both ("?planned ?reported") is the one that says more about whether it holds. */
const BY_STRENGTH: readonly Modality[] = ["denied", "planned", "alleged", "reported", "asserted"];

function strongest(a: Modality, b: Modality): Modality {
  return BY_STRENGTH.indexOf(a) <= BY_STRENGTH.indexOf(b) ? a : b;
}

/** Entities that the text never names. An event may be told by a description alone. */
function reportUnmentioned(draft: Draft): void {
  for (const { id, name, type, line } of draft.entities.values()) {
    const mentions = draft.mentions.filter((mention) => mention.entity === id);
    if (mentions.length === 0) draft.report(line, `${id} (${name}) is never mentioned`);
    else if (type !== "Event" && !mentions.some((mention) => mention.named)) {
      draft.report(line, `${id} (${name}) is never mentioned by name`);
    }
  }
}
