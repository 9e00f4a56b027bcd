/**
 * The text of a list → its actors: CSV in the gazetteers' columns, or FollowTheMoney as JSON lines or an array. What cannot be
 * used is told by line and reason; the rest is used.
 */
import type { ListFault } from "../contract/lists.ts";
import type { NodeType } from "../contract/ontology.ts";
import { readGazetteerFile } from "../resolution/gazetteer-file.ts";

export interface ListedActor {
  /** As the list gives it; empty when it gives none. */
  id: string;
  type: NodeType;
  /** The first is the main one. */
  names: readonly [string, ...string[]];
  /** Codes such as FR. */
  countries: readonly string[];
}

export interface ListContent {
  actors: ListedActor[];
  faults: ListFault[];
}

export function readList(text: string, file: string): ListContent {
  return /^\s*[{[]/.test(text.replace(/^\uFEFF/, "")) ? readFollowTheMoney(text) : readCsv(text, file);
}

function readCsv(text: string, file: string): ListContent {
  const { rows, warnings } = readGazetteerFile(text, file);
  const actors = rows.map(({ row }): ListedActor => {
    const [main, ...others] = [...new Set([row.labels.en, row.labels.fr, ...row.names.map((name) => name.text)])];
    return { id: row.id, type: row.type, names: [main ?? "", ...others], countries: row.countries };
  });
  return { actors, faults: warnings.map(({ line, reason }) => ({ line, reason })) };
}

/** Schemata of FollowTheMoney that can act, by the nearest type of ours. */
const TYPES: Readonly<Record<string, NodeType>> = {
  Person: "Person",
  Organization: "Organization",
  Company: "Organization",
  LegalEntity: "Organization",
  PublicBody: "PublicBody",
  UserAccount: "Account",
};

function readFollowTheMoney(text: string): ListContent {
  const content: ListContent = { actors: [], faults: [] };
  const whole = text.replace(/^\uFEFF/, "");
  const entities = whole.trimStart().startsWith("[")
    ? arrayItems(whole, content.faults)
    : lineItems(whole, content.faults);
  for (const { line, value } of entities) {
    const actor = actorOf(value);
    if (typeof actor === "string") content.faults.push({ line, reason: actor });
    else content.actors.push(actor);
  }
  return content;
}

function* lineItems(text: string, faults: ListFault[]): Generator<{ line: number; value: unknown }> {
  for (const [index, source] of text.split("\n").entries()) {
    if (source.trim() === "") continue;
    const line = index + 1;
    try {
      yield { line, value: JSON.parse(source) };
    } catch (cause) {
      faults.push({ line, reason: `this is no JSON: ${cause instanceof Error ? cause.message : String(cause)}` });
    }
  }
}

/** Of an array only the place of an item is known: it counts for the line. */
function* arrayItems(text: string, faults: ListFault[]): Generator<{ line: number; value: unknown }> {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (cause) {
    faults.push({ line: 1, reason: `this is no JSON: ${cause instanceof Error ? cause.message : String(cause)}` });
    return;
  }
  for (const [index, value] of (Array.isArray(list) ? list : [list]).entries()) yield { line: index + 1, value };
}

/** The actor, or the reason why it is none. */
function actorOf(value: unknown): ListedActor | string {
  if (typeof value !== "object" || value === null || !("schema" in value)) {
    return 'this is no entity of FollowTheMoney; it has no "schema"';
  }
  const schema = String(value.schema);
  const type = TYPES[schema];
  if (type === undefined) return `${schema} is no actor; used are ${Object.keys(TYPES).join(", ")}`;
  const properties: unknown = "properties" in value ? value.properties : null;
  const list = (name: string): string[] => {
    const found: unknown = typeof properties === "object" && properties !== null ? Reflect.get(properties, name) : null;
    const items: unknown[] = Array.isArray(found) ? found : [found];
    return items.filter((item): item is string => typeof item === "string" && item.trim() !== "");
  };
  const [main, ...others] = [...new Set([...list("name"), ...list("alias"), ...list("previousName")])];
  if (main === undefined) return "it has no name";
  const countries = [...list("country"), ...list("nationality"), ...list("jurisdiction")];
  return {
    id: "id" in value && typeof value.id === "string" ? value.id : "",
    type,
    names: [main, ...others],
    countries: [...new Set(countries.map((code) => code.toUpperCase()))].filter((code) => /^[A-Z]{2}$/.test(code)),
  };
}
