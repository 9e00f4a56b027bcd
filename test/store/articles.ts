/**
 * Articles for the tests of the store, written down by what they say: one sentence a statement, with mentions, offsets and quotes
 * made from it.
 */
import type { Claim, Extraction, Modality, Polarity } from "../../server/contract/extraction.ts";
import { dateSpan } from "../../server/contract/dates.ts";
import { claimId, documentId } from "../../server/contract/identifiers.ts";
import type { NodeType, RelationshipType } from "../../server/contract/ontology.ts";
import type { ResolvedDocument, ResolvedEntity } from "../../server/contract/resolution.ts";
import { foldName } from "../../server/contract/names.ts";
import type { ClaimFact } from "../../server/store/projection.ts";

/** Name → type of the entities that the tests speak about. */
const CAST = {
  Europol: "PublicBody",
  Interpol: "PublicBody",
  "Police fédérale": "PublicBody",
  Amaq: "MediaOutlet",
  Nashir: "MediaOutlet",
  Télégraphe: "Platform",
  "Groupe Nord": "ThreatGroup",
  "Paul Dupont": "Person",
  "Anna Weiss": "Person",
  Belgique: "Country",
  Bruxelles: "Place",
  "opération Aube": "Event",
  "opération Crépuscule": "Event",
} as const satisfies Record<string, NodeType>;

export type Name = keyof typeof CAST;
export const NAMES = Object.keys(CAST) as Name[];

export function typeOf(name: Name): NodeType {
  return CAST[name];
}

/** Graph id of a member of the cast. */
export function idOf(name: Name): string {
  return `n-${foldName(name).replaceAll(" ", "-")}`;
}

export interface Statement {
  subject: Name;
  type: RelationshipType;
  object: Name;
  polarity?: Polarity;
  modality?: Modality;
  former?: boolean;
  date?: string | null;
  confidence?: number;
  saidBy?: string | null;
}

export interface ArticleOptions {
  title?: string;
  publishedAt?: string | null;
  source?: string | null;
  url?: string | null;
  collection?: string;
  duplicateOf?: string | null;
  ingestedAt?: string;
  /** Mentioned in a sentence of their own, together. */
  mentioned?: readonly Name[];
  /** Other spellings that this article has as aliases. */
  aliases?: Partial<Record<Name, readonly string[]>>;
  /** Text at the end, so that two articles that say the same are two documents. */
  ending?: string;
}

export function says(subject: Name, type: RelationshipType, object: Name, rest: Partial<Statement> = {}): Statement {
  return { subject, type, object, ...rest };
}

/** "Europol TOOK_DOWN Amaq." */
function sentenceOf({ subject, type, object }: Statement): string {
  return `${subject} ${type} ${object}.`;
}

export function article(statements: readonly Statement[], options: ArticleOptions = {}): ResolvedDocument {
  const { mentioned = [], ending = "" } = options;
  const parts = statements.map(sentenceOf);
  if (mentioned.length > 0) parts.push(`${mentioned.join(" et ")}.`);
  if (ending !== "") parts.push(ending);
  const text = parts.join("\n");
  const id = documentId(text);
  const names = [...new Set([...statements.flatMap(({ subject, object }) => [subject, object]), ...mentioned])];
  const local = (name: Name) => `e${names.indexOf(name) + 1}`;
  const mentions: Extraction["mentions"] = [];
  const mention = (name: Name, start: number): [number, number] => {
    const span: [number, number] = [start, start + name.length];
    mentions.push({ entity: local(name), start, end: span[1], surface: name, named: true, confidence: 0.9 });
    return span;
  };
  const claims: Claim[] = [];
  let at = 0;
  for (const statement of statements) {
    const quote = sentenceOf(statement);
    const subjectSpan = mention(statement.subject, at);
    const objectSpan = mention(statement.object, at + quote.length - 1 - statement.object.length);
    claims.push({
      id: claimId(id, statement.type, subjectSpan, objectSpan, [at, at + quote.length]),
      type: statement.type,
      subject: local(statement.subject),
      object: local(statement.object),
      subjectSpan,
      objectSpan,
      start: at,
      end: at + quote.length,
      quote,
      polarity: statement.polarity ?? "affirmed",
      modality: statement.modality ?? "asserted",
      former: statement.former ?? false,
      saidBy: statement.saidBy ?? null,
      date: statement.date ?? null,
      confidence: statement.confidence ?? 0.8,
    });
    at += quote.length + 1;
  }
  for (const name of mentioned) {
    mention(name, at);
    at += `${name} et `.length;
  }
  const aliasesOf = (name: Name) => [...(options.aliases?.[name] ?? [])];
  return {
    extraction: {
      id,
      title: options.title ?? "Titre",
      url: options.url ?? null,
      source: options.source ?? null,
      byline: null,
      language: "fr",
      publishedAt: options.publishedAt ?? null,
      mediaType: "text/plain",
      text,
      entities: names.map((name) => ({
        id: local(name),
        type: typeOf(name),
        name,
        aliases: aliasesOf(name),
        kind: null,
      })),
      mentions,
      claims,
      extractor: "test-1",
      warnings: [],
    },
    collection: options.collection ?? "tests",
    ingestedAt: options.ingestedAt ?? "2026-01-01T00:00:00.000Z",
    ...(options.duplicateOf === undefined ? {} : { duplicateOf: options.duplicateOf }),
    entities: names.map((name): ResolvedEntity => ({
      local: local(name),
      entity: idOf(name),
      type: typeOf(name),
      name,
      aliases: aliasesOf(name),
      kind: null,
      countries: [],
      outcome: "same",
      reason: "of the cast",
    })),
  };
}

/** The claims of articles as the projection wants them. */
export function factsOf(documents: Iterable<ResolvedDocument>): ClaimFact[] {
  return [...documents].flatMap((document) => {
    const { extraction } = document;
    const resolved = new Map(document.entities.map((entity) => [entity.local, entity]));
    const facts = extraction.claims.map((claim): ClaimFact => {
      const subject = resolved.get(claim.subject)!;
      const object = resolved.get(claim.object)!;
      return {
        id: claimId(extraction.id, claim.type, claim.subjectSpan, claim.objectSpan, [claim.start, claim.end]),
        type: claim.type,
        subject: subject.entity,
        object: object.entity,
        subjectType: subject.type,
        objectType: object.type,
        polarity: claim.polarity,
        modality: claim.modality,
        status: "proposed",
        former: claim.former,
        date: claim.date,
        dateTo: dateSpan(claim.date)?.to ?? null,
        confidence: claim.confidence,
        document: {
          id: extraction.id,
          source: extraction.source,
          url: extraction.url,
          publishedAt: extraction.publishedAt,
          duplicateOf: document.duplicateOf ?? null,
        },
      };
    });
    return [...new Map(facts.map((fact) => [fact.id, fact])).values()];
  });
}
