/**
 * A Cypher script that makes the graph in an empty Neo4j: entities with their labels, relationships with what backs them, claims with
 * their quotes, and the articles that state them. Runs in `cypher-shell -f`, in the Browser, or statement by statement; every
 * statement ends a line with `;`, and nothing within one does.
 */
import type { DocumentReference, EntityReference, GraphEdge, GraphNode, StoredClaim } from "../contract/graph.ts";
import { standingOfClaim } from "../contract/filter.ts";
import type { ExportSource } from "./formats.ts";

type Value = null | string | number | boolean | readonly Value[] | { readonly [key: string]: Value };

/** Rows of one statement: quick to run, and short enough for an editor. */
const BATCH = 200;

const CONSTRAINTS = ["Entity", "Claim", "Document"].map(
  (label) => `CREATE CONSTRAINT ${label.toLowerCase()}_id IF NOT EXISTS FOR (n:${label}) REQUIRE n.id IS UNIQUE`,
);

export async function* cypherScript(source: ExportSource): AsyncGenerator<string> {
  yield `// Made by Fil rouge. Run it on an empty database, or on one that a script of this kind has filled.\n`;
  for (const constraint of CONSTRAINTS) yield statement(constraint);

  const entities = new Batches(nodeStatement);
  const known = new Set<string>();
  for await (const { nodes } of source.pages()) {
    for (const node of nodes) {
      if (known.has(node.id)) continue;
      known.add(node.id);
      yield* entities.add(node.labels.join(":"), nodeRow(node));
    }
  }
  yield* entities.rest();

  const edges = new Batches(edgeStatement);
  for await (const page of source.pages()) {
    for (const edge of page.edges) {
      if (known.has(edge.source) && known.has(edge.target)) yield* edges.add(edge.type, edgeRow(edge));
    }
  }
  yield* edges.rest();

  const documents = new Batches(documentStatement);
  const ends = new Batches(nodeStatement);
  const claims = new Batches(claimStatement);
  const told = new Set<string>();
  for await (const claim of source.claims()) {
    // Before the claims that point at them.
    if (!told.has(claim.document.id)) yield* documents.add("", documentRow(claim.document));
    told.add(claim.document.id);
    for (const end of [claim.subject, claim.object]) {
      if (known.has(end.id)) continue;
      known.add(end.id);
      yield* ends.add(end.labels.join(":"), referenceRow(end));
    }
    if (claims.isFull("")) {
      yield* documents.rest();
      yield* ends.rest();
    }
    yield* claims.add("", claimRow(claim));
  }
  yield* documents.rest();
  yield* ends.rest();
  yield* claims.rest();
}

/** Rows gathered by what their statement differs in, until there are enough for one. */
class Batches {
  readonly #write: (key: string, rows: string) => string;
  readonly #rows = new Map<string, Value[]>();

  constructor(write: (key: string, rows: string) => string) {
    this.#write = write;
  }

  /** The next row makes the statement due. */
  isFull(key: string): boolean {
    return (this.#rows.get(key)?.length ?? 0) >= BATCH - 1;
  }

  *add(key: string, row: Value): Generator<string> {
    const rows = this.#rows.get(key) ?? [];
    rows.push(row);
    this.#rows.set(key, rows);
    if (rows.length >= BATCH) yield* this.#take(key);
  }

  *rest(): Generator<string> {
    for (const key of [...this.#rows.keys()].sort()) yield* this.#take(key);
  }

  *#take(key: string): Generator<string> {
    const rows = this.#rows.get(key) ?? [];
    this.#rows.delete(key);
    yield statement(this.#write(key, `[${rows.map(literal).join(",\n")}]`));
  }
}

function statement(text: string): string {
  return `${text};\n`;
}

/** Labels and types are those of the vocabulary: letters and underscores alone. */
function nodeStatement(labels: string, rows: string): string {
  return `UNWIND ${rows} AS row\nMERGE (n:Entity {id: row.id})\nSET n:${labels}, n += row`;
}

function edgeStatement(type: string, rows: string): string {
  return `UNWIND ${rows} AS row\nMATCH (a:Entity {id: row.source}), (b:Entity {id: row.target})\nMERGE (a)-[r:${type}]->(b)\nSET r += row.properties`;
}

function documentStatement(_key: string, rows: string): string {
  return `UNWIND ${rows} AS row\nMERGE (d:Document {id: row.id})\nSET d += row`;
}

function claimStatement(_key: string, rows: string): string {
  return (
    `UNWIND ${rows} AS row\nMATCH (s:Entity {id: row.subject}), (o:Entity {id: row.object}), (d:Document {id: row.document})\n` +
    `MERGE (c:Claim {id: row.properties.id})\nSET c += row.properties\n` +
    `MERGE (c)-[:SUBJECT]->(s)\nMERGE (c)-[:OBJECT]->(o)\nMERGE (c)-[:STATED_IN]->(d)`
  );
}

function nodeRow(node: GraphNode): Value {
  return without(node, ["labels"]);
}

function referenceRow({ id, name }: EntityReference): Value {
  return { id, name };
}

function documentRow(document: DocumentReference): Value {
  return { ...document };
}

function edgeRow(edge: GraphEdge): Value {
  const { source, target } = edge;
  return { source, target, properties: without(edge, ["id", "type", "source", "target"]) };
}

/** What stands in the statement already is no property. */
function without(item: Readonly<Record<string, Value>>, names: readonly string[]): Value {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name)));
}

function claimRow(claim: StoredClaim): Value {
  const { subject, object, document, subjectSpan, objectSpan, page, ...own } = claim;
  return {
    subject: subject.id,
    object: object.id,
    document: document.id,
    properties: {
      ...own,
      ...(page === undefined ? {} : { page }),
      standing: standingOfClaim(claim),
      subjectStart: subjectSpan[0],
      subjectEnd: subjectSpan[1],
      objectStart: objectSpan[0],
      objectEnd: objectSpan[1],
    },
  };
}

function literal(value: Value): string {
  if (value === null) return "null";
  if (typeof value === "string") return quoted(value);
  if (typeof value !== "object") return String(value);
  if (isList(value)) return `[${value.map(literal).join(",")}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${key}:${literal(item)}`)
    .join(",")}}`;
}

function isList(value: object): value is readonly Value[] {
  return Array.isArray(value);
}

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** No line ends and no control characters stand bare, so that a script can be cut at `;` and read in an editor. */
function quoted(text: string): string {
  const escaped = text.replace(
    /[\\'\p{Cc}\u2028\u2029]|\p{Surrogate}/gu,
    (sign) => ESCAPES[sign] ?? `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `'${escaped}'`;
}
