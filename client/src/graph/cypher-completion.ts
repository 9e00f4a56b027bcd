/**
 * What can be written next in a Cypher text: labels in brackets of nodes, types in brackets of relationships, properties after a
 * point, else words of the language. Also which parameters a text asks for. Pure: the editor asks, the console shows.
 */
import type { Language } from "../../../server/contract/ontology.ts";
import { EDGE_TYPES, NODE_TYPES, relationshipWords, typeWords } from "./ontology.ts";

export interface Proposal {
  label: string;
  kind: "label" | "type" | "property" | "keyword" | "function" | "parameter";
  /** What it is in words. */
  detail?: string;
}

export interface Proposals {
  /** Where what is written already begins. */
  from: number;
  proposals: readonly Proposal[];
}

/** Labels and types of the proof beside those of the vocabulary. */
const PROOF_LABELS = ["Entity", "Actor", "Claim", "Document"];
const PROOF_TYPES = ["SUBJECT", "OBJECT", "STATED_IN", "MENTIONED_IN"];

const PROPERTIES = [
  ...["name", "aliases", "kind", "countries", "firstSeen", "lastSeen", "mentionCount", "documentCount", "id"],
  ...["standing", "contested", "former", "derived", "family", "claims", "documents", "sources", "confidence"],
  ...["firstDate", "lastDate", "via", "type", "quote", "polarity", "modality", "saidBy", "date", "dateFrom", "dateTo"],
  ...["status", "extractor", "start", "end", "title", "url", "source", "language", "publishedAt", "ingestedAt"],
  ...["collection", "text", "surfaces", "count"],
];
const KEYWORDS = [
  ...["MATCH", "OPTIONAL MATCH", "WHERE", "RETURN", "WITH", "UNWIND", "ORDER BY", "SKIP", "LIMIT", "DISTINCT", "AS"],
  ...["AND", "OR", "NOT", "XOR", "IN", "IS NULL", "IS NOT NULL", "STARTS WITH", "ENDS WITH", "CONTAINS", "CASE"],
  ...["WHEN", "THEN", "ELSE", "END", "ASC", "DESC", "UNION", "EXISTS"],
];
const FUNCTIONS = [
  ...["count", "collect", "size", "labels", "type", "nodes", "relationships", "length", "coalesce", "min", "max"],
  ...["sum", "avg", "toLower", "toUpper", "substring", "split", "head", "last", "properties", "keys", "range"],
  ...["all", "any", "none", "shortestPath", "allShortestPaths"],
];

const WORD = /[\p{L}\p{N}_]*$/u;

/** Null inside a string or a comment, and where nothing useful can be said. */
export function proposalsAt(text: string, position: number, language: Language): Proposals | null {
  const before = withoutStrings(text).slice(0, position);
  if (before.endsWith(HIDDEN)) return null;
  const word = WORD.exec(before)?.[0] ?? "";
  const from = position - word.length;
  const lead = before.slice(0, from);
  const bracket = openBracket(lead);
  if (/[:|&!]\s*$/.test(lead) && (bracket === "(" || bracket === "[")) {
    return { from, proposals: bracket === "(" ? labels(language) : types(language) };
  }
  // `WHERE a:Person` names a label as well.
  if (/[\p{L}\p{N}_]:\s*$/u.test(lead) && bracket !== "{") return { from, proposals: labels(language) };
  if (/[\p{L}\p{N}_)\]]\.$/u.test(lead) || (bracket === "{" && /[{,]\s*$/.test(lead))) {
    return { from, proposals: PROPERTIES.map((label) => ({ label, kind: "property" })) };
  }
  if (lead.endsWith("$")) {
    const others = parametersIn(text).filter((name) => name !== word);
    return { from, proposals: others.map((label) => ({ label, kind: "parameter" })) };
  }
  if (word === "") return null;
  return {
    from,
    proposals: [
      ...KEYWORDS.map((label): Proposal => ({ label, kind: "keyword" })),
      ...FUNCTIONS.map((label): Proposal => ({ label, kind: "function" })),
    ],
  };
}

function labels(language: Language): Proposal[] {
  return [
    ...NODE_TYPES.map((type): Proposal => ({ label: type, kind: "label", detail: typeWords(type, language) })),
    ...PROOF_LABELS.map((label): Proposal => ({ label, kind: "label" })),
  ];
}

function types(language: Language): Proposal[] {
  return [
    ...EDGE_TYPES.map((type): Proposal => ({
      label: type,
      kind: "type",
      detail: relationshipWords(type, "out", language),
    })),
    ...PROOF_TYPES.map((label): Proposal => ({ label, kind: "type" })),
  ];
}

/** The bracket that is still open at the end. */
function openBracket(text: string): string | null {
  const open: string[] = [];
  for (const character of text) {
    if ("([{".includes(character)) open.push(character);
    else if (")]}".includes(character)) open.pop();
  }
  return open.at(-1) ?? null;
}

const HIDDEN = "\u0000";

/** Strings, comments and quoted names as marks of the same length. */
function withoutStrings(text: string): string {
  return text.replaceAll(
    /'(?:\\.|[^'\\])*'?|"(?:\\.|[^"\\])*"?|`[^`]*`?|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g,
    (hidden) => {
      const closed = hidden.length > 1 && (hidden.endsWith(hidden.charAt(0)) || hidden.endsWith("*/"));
      return closed ? `${HIDDEN.repeat(hidden.length - 1)} ` : HIDDEN.repeat(hidden.length);
    },
  );
}

/** Names of the parameters (`$name`), in order of appearance. */
export function parametersIn(text: string): string[] {
  return [...new Set([...withoutStrings(text).matchAll(/\$([\p{L}_][\p{L}\p{N}_]*)/gu)].map(([, name]) => name ?? ""))];
}

/** A number, a truth value, a list or a text in quotes is taken as such; all else is text as it stands. */
export function parameterValue(text: string): string | number | boolean | null | string[] {
  const trimmed = text.trim();
  if (!/^(-?\d+(\.\d+)?|true|false|null|".*"|\[.*\])$/s.test(trimmed)) return text;
  try {
    return JSON.parse(trimmed) as string | number | boolean | null | string[];
  } catch {
    return text;
  }
}
