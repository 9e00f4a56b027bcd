/**
 * Gazetteer files: the text of a CSV → known actors, with a warning for each row that cannot be used.
 *
 * Stands before `gazetteer.ts`. The format is documented in `data/gazetteers/README.md`; files of users may have fewer columns,
 * semicolons as French spreadsheets write them, and faults.
 */
import { NODE_TYPES } from "../contract/ontology.ts";
import type { Language, NodeType } from "../contract/ontology.ts";

export interface ActorName {
  text: string;
  /** null: of both languages, or of another one. */
  language: Language | null;
  isLabel: boolean;
  /** Means something else in ordinary texts, says the file. */
  ambiguous: boolean;
}

/** One row of a file. */
export interface ActorRow {
  /** Empty when the file gives none. */
  id: string;
  type: NodeType;
  kind: string | null;
  labels: { en: string; fr: string };
  names: readonly ActorName[];
  /** Codes of `countries.csv`. */
  countries: readonly string[];
  /** The code that this row defines; null for all but countries and territories. */
  code: string | null;
  demonyms: readonly string[];
  /** Capital and seats of power, which stand for the state. */
  metonyms: readonly string[];
  /** Host names, lower case. */
  domains: readonly string[];
  population: number | null;
  wikidata: string | null;
  origin: readonly string[];
}

export interface GazetteerWarning {
  file: string;
  /** Counted from 1; the header is line 1. */
  line: number;
  reason: string;
}

export interface GazetteerFile {
  rows: readonly { row: ActorRow; line: number }[];
  warnings: readonly GazetteerWarning[];
}

/** Types that a name can have without its article: events are told apart by date and place, not by name. */
export const GAZETTEER_TYPES: readonly NodeType[] = NODE_TYPES.filter((type) => type !== "Event");

const TYPE_OF = new Map(GAZETTEER_TYPES.map((type) => [type.toLowerCase(), type]));

const COLUMNS: ReadonlySet<string> = new Set([
  ...["id", "type", "kind", "name", "language", "name_en", "name_fr", "aliases_en", "aliases_fr", "aliases"],
  ...["ambiguous", "countries", "wikidata", "origin", "code", "demonyms_en", "demonyms_fr", "metonyms"],
  ...["population", "domains"],
]);

interface Line {
  cells: string[];
  line: number;
}

/** Reads one file. Never throws: what is wrong stands in `warnings`, and the good rows are there. */
export function readGazetteerFile(text: string, file: string): GazetteerFile {
  const warnings: GazetteerWarning[] = [];
  const warn = (line: number, reason: string): void => void warnings.push({ file, line, reason });
  if (text.includes("\0")) {
    warn(1, "this is not text; save the table as CSV");
    return { rows: [], warnings };
  }
  const [header, ...lines] = csvLines(text, warn);
  if (header === undefined) {
    warn(1, "the file is empty; its first line names the columns, at least type and name");
    return { rows: [], warnings };
  }
  const columns = header.cells.map((column) => column.trim().toLowerCase());
  const positions = new Map(columns.map((column, at) => [column, at]));
  const unknown = columns.filter((column) => column !== "" && !COLUMNS.has(column));
  if (unknown.length > 0) warn(1, `unknown columns are not used: ${unknown.join(", ")}`);
  const missing = missingColumns(columns);
  if (missing !== null) {
    warn(1, missing);
    return { rows: [], warnings };
  }
  const rows: { row: ActorRow; line: number }[] = [];
  for (const { cells, line } of lines) {
    const row = readRow(positions, columns.length, cells);
    if (typeof row === "string") warn(line, row);
    else rows.push({ row, line });
  }
  return { rows, warnings };
}

function missingColumns(columns: readonly string[]): string | null {
  if (!columns.includes("type")) return 'the column "type" is missing; the first line names the columns';
  if (columns.some((column) => ["name", "name_en", "name_fr"].includes(column))) return null;
  return 'no column holds the name; call it "name", "name_en" or "name_fr"';
}

/** The row, or the sentence that says why it cannot be used. */
function readRow(positions: ReadonlyMap<string, number>, width: number, cells: readonly string[]): ActorRow | string {
  if (cells.length > width) {
    return `${cells.length} cells where ${width} columns are named; put a cell with a comma in quotes`;
  }
  const cell = (column: string): string => (cells[positions.get(column) ?? -1] ?? "").trim();
  const list = (column: string): string[] => {
    const text = cell(column);
    if (text === "") return [];
    if (!text.includes("|")) return [text];
    const parts = text.split("|").map((part) => part.trim());
    return parts.filter((part) => part !== "");
  };

  const type = TYPE_OF.get(cell("type").toLowerCase());
  if (type === undefined) return `"${cell("type")}" is no type; use one of ${GAZETTEER_TYPES.join(", ")}`;
  const language = cell("language").toLowerCase();
  if (language !== "" && language !== "fr" && language !== "en") return `"${language}" is no language; use fr or en`;
  const labels = readLabels(cell, language);
  if (labels === null) return "the name is empty";
  if (!/[\p{L}\p{N}]/u.test(labels.en + labels.fr)) return `"${labels.en}" has no letter or digit`;
  const population = cell("population");
  if (!/^\d*$/.test(population)) return `"${population}" is no population; use digits alone`;

  const ambiguous = new Set(list("ambiguous"));
  const named = (texts: readonly string[], of: Language | null, isLabel: boolean): ActorName[] =>
    texts.map((name) => ({ text: name, language: of, isLabel, ambiguous: ambiguous.has(name) }));
  const labelNames =
    labels.en === labels.fr
      ? named([labels.en], null, true)
      : [...named([labels.en], "en", true), ...named([labels.fr], "fr", true)];
  return {
    id: cell("id"),
    type,
    kind: cell("kind") || null,
    labels,
    names: [
      ...labelNames,
      ...named(list("aliases_en"), "en", false),
      ...named(list("aliases_fr"), "fr", false),
      ...named(list("aliases"), null, false),
    ],
    countries: list("countries").map((code) => code.toUpperCase()),
    code: cell("code").toUpperCase() || null,
    demonyms: [...list("demonyms_en"), ...list("demonyms_fr")],
    metonyms: list("metonyms"),
    domains: list("domains").map((domain) => domain.toLowerCase()),
    population: population === "" ? null : Number(population),
    wikidata: cell("wikidata") || null,
    origin: list("origin"),
  };
}

function readLabels(cell: (column: string) => string, language: string): { en: string; fr: string } | null {
  const english = cell("name_en") || (language === "fr" ? "" : cell("name"));
  const french = cell("name_fr") || (language === "en" ? "" : cell("name"));
  const either = english || french;
  return either === "" ? null : { en: english || either, fr: french || either };
}

/** The lines of a CSV with their number; blank lines are left out. Comma, or semicolon where the header has no comma. */
function csvLines(text: string, warn: (line: number, reason: string) => void): Line[] {
  const source = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const firstLine = /^[^\r\n]*/.exec(source)?.[0] ?? "";
  const separator = !firstLine.includes(",") && firstLine.includes(";") ? ";" : ",";
  const lines: Line[] = [];
  const push = (cells: string[], line: number): void => {
    if (cells[0] !== "" || cells.some((value) => value.trim() !== "")) lines.push({ cells, line });
  };
  let line = 1;
  let at = 0;
  while (at < source.length) {
    const start = line;
    const end = cellEnd(source, at, "\n");
    const quote = source.indexOf('"', at);
    if (quote === -1 || quote >= end) {
      push(source.slice(at, end).split(separator), start);
      at = end;
    } else {
      const quoted = quotedLine(source, at, separator);
      if (quoted === null) {
        warn(start, "a quotation mark is opened and never closed; what follows is not read");
        return lines;
      }
      push(quoted.cells, start);
      line += quoted.breaks;
      at = quoted.end;
    }
    if (source[at] === "\r") at += 1;
    if (source[at] === "\n") at += 1;
    line += 1;
  }
  return lines;
}

/** A line that has quotation marks: its cells, its end, and the line breaks inside of cells; null when one is never closed. */
function quotedLine(
  source: string,
  from: number,
  separator: string,
): { cells: string[]; end: number; breaks: number } | null {
  const cells: string[] = [];
  let breaks = 0;
  let at = from;
  for (;;) {
    let value = "";
    if (source[at] === '"') {
      const close = closingQuote(source, at + 1);
      if (close === -1) return null;
      value = source.slice(at + 1, close).replaceAll('""', '"');
      breaks += value.split("\n").length - 1;
      at = close + 1;
    }
    const end = cellEnd(source, at, separator);
    cells.push(value + source.slice(at, end).trim());
    at = end;
    if (source[at] !== separator) return { cells, end: at, breaks };
    at += 1;
  }
}

/** Index of the quotation mark that ends a quoted cell; -1 when there is none. */
function closingQuote(source: string, from: number): number {
  let at = source.indexOf('"', from);
  while (at !== -1 && source[at + 1] === '"') at = source.indexOf('"', at + 2);
  return at;
}

function cellEnd(source: string, from: number, separator: string): number {
  let at = from;
  while (at < source.length) {
    const sign = source[at];
    if (sign === separator || sign === "\n" || sign === "\r") return at;
    at += 1;
  }
  return at;
}
