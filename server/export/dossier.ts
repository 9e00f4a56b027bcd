/**
 * The content of a dossier for fact-checking: every relationship as a statement in words, with the quotes that state it and those
 * that speak against it. `dossier-html.ts` and `dossier-markdown.ts` write it down.
 *
 * Statements are put in order and carry their quotes, so all of them are in memory together: a dossier is read by people.
 */
import { DERIVED_LABELS } from "../contract/derived-relationship.ts";
import { standingOfClaim } from "../contract/filter.ts";
import type { DocumentReference, GraphEdge, StoredClaim } from "../contract/graph.ts";
import { edgeId } from "../contract/identifiers.ts";
import {
  DERIVED_TYPE,
  SYMMETRIC_TYPES,
  typeOfLabels,
  type EdgeType,
  type Language,
  type Ontology,
} from "../contract/ontology.ts";
import { DOSSIER_WORDS, type DossierWords } from "./dossier-words.ts";
import type { ExportSettings, ExportSource } from "./formats.ts";

export interface DossierEnd {
  name: string;
  /** "personne", "public body"; null where the graph knows no type. */
  kind: string | null;
}

export interface DossierQuote {
  quote: string;
  language: Language;
  /** The statement of this quote, where it is not the one that it stands under (derived relationships). */
  says: string | null;
  /** "reported, according to Europol; happened 2019-11". */
  manner: string;
  speaksAgainst: boolean;
  /** Per cent. */
  confidence: number;
  review: string | null;
  document: DocumentReference;
  /** "page 3", of a PDF. */
  page: string | null;
}

export interface DossierStatement {
  subject: DossierEnd;
  verb: string;
  object: DossierEnd;
  /** "alleged", "contested", "formerly"… */
  remarks: string[];
  facts: string;
  quotes: DossierQuote[];
}

export interface Dossier {
  language: Language;
  words: DossierWords;
  title: string;
  /** YYYY-MM-DD. */
  madeOn: string;
  statements: DossierStatement[];
  /** By date, each with the numbers of the statements that it proves. */
  articles: { document: DocumentReference; statements: number[] }[];
}

export async function dossierOf(source: ExportSource, settings: ExportSettings): Promise<Dossier> {
  const words = DOSSIER_WORDS[settings.language];
  const statements = await statementsOf(source, settings, words);
  return {
    language: settings.language,
    words,
    title: settings.title ?? words.title,
    madeOn: settings.now.toISOString().slice(0, 10),
    statements,
    articles: articlesOf(statements),
  };
}

async function statementsOf(
  source: ExportSource,
  settings: ExportSettings,
  words: DossierWords,
): Promise<DossierStatement[]> {
  const claims = new Map<string, StoredClaim[]>();
  for await (const claim of source.claims()) {
    const id = edgeOfClaim(claim);
    claims.set(id, [...(claims.get(id) ?? []), claim]);
  }
  const ends = new Map<string, DossierEnd>();
  const edges = new Map<string, GraphEdge>();
  for await (const page of source.pages()) {
    for (const { id, name, labels } of page.nodes) ends.set(id, { name, kind: kindOf(labels, settings) });
    for (const edge of page.edges) edges.set(edge.id, edge);
  }
  const statements = [...edges.values()].flatMap((edge): DossierStatement[] => {
    const subject = ends.get(edge.source);
    const object = ends.get(edge.target);
    // The graph may have grown between two pages.
    if (subject === undefined || object === undefined) return [];
    return [
      {
        subject,
        verb: verbOf(edge.type, settings),
        object,
        remarks: remarksOf(edge, words),
        facts: words.facts(edge),
        quotes: claimsOfEdge(edge, claims).map((claim) => quoteOf(claim, edge, settings, words)),
      },
    ];
  });
  const order = new Intl.Collator(settings.language);
  return statements.sort(
    (a, b) =>
      order.compare(a.subject.name, b.subject.name) ||
      order.compare(a.verb, b.verb) ||
      order.compare(a.object.name, b.object.name),
  );
}

function edgeOfClaim({ type, subject, object }: StoredClaim): string {
  const turned = SYMMETRIC_TYPES.has(type) && object.id < subject.id;
  return turned ? edgeId(type, object.id, subject.id) : edgeId(type, subject.id, object.id);
}

/** Nobody states a derived relationship: it follows from who carried out an event and at whom it was aimed. */
function claimsOfEdge(edge: GraphEdge, claims: ReadonlyMap<string, StoredClaim[]>): StoredClaim[] {
  const ids = edge.derived
    ? edge.via.flatMap((event) => [edgeId("CONDUCTED", edge.source, event), edgeId("TARGETED", event, edge.target)])
    : [edge.id];
  return ids.flatMap((id) => claims.get(id) ?? []);
}

function quoteOf(claim: StoredClaim, edge: GraphEdge, settings: ExportSettings, words: DossierWords): DossierQuote {
  const standing = standingOfClaim(claim);
  const said = claim.saidBy === null ? [] : [words.according(claim.saidBy)];
  const told = [claim.polarity === "negated" ? words.negated : words.modality[claim.modality], ...said];
  const when = claim.date === null ? [] : [words.happened(claim.date)];
  return {
    quote: claim.quote,
    language: claim.document.language,
    says: edge.derived ? `${claim.subject.name} ${verbOf(claim.type, settings)} ${claim.object.name}` : null,
    manner: [told.join(", "), ...(claim.former ? [words.formerly] : []), ...when].join("; "),
    speaksAgainst: standing === "denied" && edge.standing !== "denied",
    confidence: Math.round(claim.confidence * 100),
    review: claim.status === "proposed" ? null : words.status[claim.status],
    document: claim.document,
    page: claim.page === undefined ? null : words.page(claim.page),
  };
}

function remarksOf(edge: GraphEdge, words: DossierWords): string[] {
  return [
    edge.derived ? words.derived : words.standing[edge.standing],
    ...(edge.contested ? [words.contested] : []),
    ...(edge.former ? [words.formerly] : []),
  ];
}

function verbOf(type: EdgeType, { language, ontology }: ExportSettings): string {
  if (type === DERIVED_TYPE) return DERIVED_LABELS.label[language];
  return ontology.relationships.find((one) => one.type === type)?.label[language] ?? type;
}

function kindOf(labels: readonly string[], { language, ontology }: { language: Language; ontology: Ontology }) {
  const type = typeOfLabels(labels);
  return ontology.nodes.find((one) => one.type === type)?.label[language] ?? null;
}

function articlesOf(statements: readonly DossierStatement[]): Dossier["articles"] {
  const found = new Map<string, { document: DocumentReference; statements: number[] }>();
  statements.forEach(({ quotes }, index) => {
    for (const { document } of quotes) {
      const article = found.get(document.id) ?? { document, statements: [] };
      if (article.statements.at(-1) !== index + 1) article.statements.push(index + 1);
      found.set(document.id, article);
    }
  });
  const date = ({ document }: { document: DocumentReference }) => document.publishedAt ?? "";
  return [...found.values()].sort((a, b) => date(a).localeCompare(date(b)) || (a.document.id < b.document.id ? -1 : 1));
}

/** Only web addresses become links: an article may name any other as its own. */
export function webAddress(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  return parsed.protocol === "http:" || parsed.protocol === "https:" ? parsed.href : null;
}
