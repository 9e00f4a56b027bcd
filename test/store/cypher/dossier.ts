/**
 * An invented dossier of eight articles, small enough to be answered by hand, with each case that the queries ask for: claims
 * that are stated, alleged, denied, planned and ended, a contested edge, what one outlet alone reports, a chain of owners, a
 * mouthpiece, an attack told as an event. Every sentence is a statement, so each span is where its name is.
 */
import type { Claim, Extraction, Mention } from "../../../server/contract/extraction.ts";
import { claimId, documentId, entityId } from "../../../server/contract/identifiers.ts";
import type { NodeType, RelationshipType } from "../../../server/contract/ontology.ts";
import type { ResolvedDocument } from "../../../server/contract/resolution.ts";

const TYPES = {
  "Ilse Vandermoor": "Person",
  "Dorian Trevannick": "Person",
  "Marc Oyono": "Person",
  "Nadia Lemarchand": "Person",
  "Norvik Holding": "Organization",
  "Halden Group": "Organization",
  "Sablière SA": "Organization",
  "Office des enquêtes": "PublicBody",
  "Parquet de Liège": "PublicBody",
  "Garde d'airain": "ThreatGroup",
  "Red Lantern": "ThreatGroup",
  Courtine: "MediaOutlet",
  "Parapet Dispatch": "MediaOutlet",
  Telegram: "Platform",
  Voxnet: "Platform",
  Belgique: "Country",
  Verviers: "Place",
  Gand: "Place",
  "incendie de Verviers": "Event",
  "opération Sourdine": "Event",
  Patina: "CyberTool",
  "@courtine_off": "Account",
} as const satisfies Record<string, NodeType>;

type Name = keyof typeof TYPES;
type Details = Partial<Pick<Claim, "polarity" | "modality" | "former" | "date" | "confidence">>;
type Statement = readonly [subject: Name, type: RelationshipType, object: Name, details?: Details];

interface Article {
  title: string;
  source: string;
  publishedAt: string;
  language: "fr" | "en";
  statements: readonly Statement[];
}

const ARTICLES: readonly Article[] = [
  {
    title: "La Garde d'airain revendique un incendie",
    source: "Le Fanal",
    publishedAt: "2019-02-12",
    language: "fr",
    statements: [
      ["Garde d'airain", "CLAIMED", "incendie de Verviers", { date: "2019-02-11" }],
      ["Garde d'airain", "CONDUCTED", "incendie de Verviers", { modality: "alleged", date: "2019-02-10" }],
      ["incendie de Verviers", "TARGETED", "Sablière SA", { date: "2019-02-10" }],
      ["incendie de Verviers", "LOCATED_IN", "Verviers"],
      ["Courtine", "MOUTHPIECE_OF", "Garde d'airain", { modality: "reported" }],
      ["Courtine", "USED", "Telegram"],
      ["Verviers", "LOCATED_IN", "Belgique"],
    ],
  },
  {
    title: "Trevannick denies the fire",
    source: "The Harbour Post",
    publishedAt: "2019-10-14",
    language: "en",
    statements: [
      ["Dorian Trevannick", "LEADS", "Parapet Dispatch", { date: "2018" }],
      ["Dorian Trevannick", "CONDUCTED", "incendie de Verviers", { modality: "denied" }],
      ["Parapet Dispatch", "MOUTHPIECE_OF", "Garde d'airain", { modality: "alleged", confidence: 0.55 }],
      ["Parapet Dispatch", "USED", "Voxnet"],
      ["Dorian Trevannick", "MET", "Ilse Vandermoor", { date: "2019-09" }],
    ],
  },
  {
    title: "L'opération Sourdine fait taire Courtine",
    source: "Le Fanal",
    publishedAt: "2020-11-25",
    language: "fr",
    statements: [
      ["Office des enquêtes", "CONDUCTED", "opération Sourdine", { date: "2020-11-24" }],
      ["opération Sourdine", "TARGETED", "Courtine", { date: "2020-11-24" }],
      ["Office des enquêtes", "TOOK_DOWN", "Courtine", { date: "2020-11-24" }],
      ["Office des enquêtes", "TOOK_DOWN", "@courtine_off", { date: "2020-11-24" }],
      ["Telegram", "REMOVED_CONTENT_OF", "Courtine", { date: "2020-11-25" }],
      ["Marc Oyono", "LEADS", "Office des enquêtes"],
      ["Courtine", "OPERATES", "@courtine_off"],
      ["Parquet de Liège", "PARTICIPATED_IN", "opération Sourdine"],
    ],
  },
  {
    title: "Courtine silenced, says the Office",
    source: "The Harbour Post",
    publishedAt: "2020-11-27",
    language: "en",
    statements: [
      ["Office des enquêtes", "TOOK_DOWN", "Courtine", { date: "2020-11", modality: "reported" }],
      ["Voxnet", "REMOVED_CONTENT_OF", "Courtine", { polarity: "negated" }],
      ["Office des enquêtes", "COOPERATED_WITH", "Telegram"],
      ["Parquet de Liège", "COOPERATED_WITH", "Office des enquêtes"],
    ],
  },
  {
    title: "Un holding derrière Voxnet",
    source: "La Balance",
    publishedAt: "2021-06-08",
    language: "fr",
    statements: [
      ["Norvik Holding", "OWNS", "Halden Group", { date: "2017" }],
      ["Halden Group", "OWNS", "Voxnet", { date: "2018-05" }],
      ["Sablière SA", "OWNS", "Voxnet", { former: true, date: "2015" }],
      ["Ilse Vandermoor", "LEADS", "Norvik Holding"],
      ["Nadia Lemarchand", "LEADS", "Halden Group", { former: true }],
      ["Norvik Holding", "FUNDED", "Parapet Dispatch", { modality: "alleged", confidence: 0.6 }],
      ["Norvik Holding", "BASED_IN", "Belgique"],
    ],
  },
  {
    title: "Norvik dément",
    source: "Le Fanal",
    publishedAt: "2021-06-10",
    language: "fr",
    statements: [
      ["Norvik Holding", "FUNDED", "Parapet Dispatch", { modality: "denied" }],
      ["Ilse Vandermoor", "LEADS", "Norvik Holding"],
      ["Norvik Holding", "OWNS", "Sablière SA", { modality: "planned" }],
    ],
  },
  {
    title: "Red Lantern spreads Patina",
    source: "The Harbour Post",
    publishedAt: "2021-09-20",
    language: "en",
    statements: [
      ["Red Lantern", "USED", "Patina"],
      ["Red Lantern", "HACKED", "Sablière SA", { date: "2021-09" }],
      ["Red Lantern", "AFFILIATED_WITH", "Garde d'airain", { modality: "alleged", confidence: 0.5 }],
      ["Red Lantern", "USED", "Telegram"],
      ["Office des enquêtes", "INVESTIGATED", "Red Lantern"],
    ],
  },
  {
    title: "Arrestation à Gand",
    source: "La Balance",
    publishedAt: "2023-05-12",
    language: "fr",
    statements: [
      ["Office des enquêtes", "ARRESTED", "Dorian Trevannick", { date: "2023-05-11" }],
      ["Parquet de Liège", "CHARGED", "Dorian Trevannick", { date: "2023-05-12" }],
      ["Dorian Trevannick", "BASED_IN", "Gand"],
      ["Gand", "LOCATED_IN", "Belgique"],
      ["Nadia Lemarchand", "ACCUSED", "Ilse Vandermoor", { modality: "reported" }],
    ],
  },
];

export const DOSSIER: readonly ResolvedDocument[] = ARTICLES.map(resolved);

/** The id that an entity of the dossier has in the graph. */
export function idOf(name: Name): string {
  return entityId("dossier", name);
}

function resolved(article: Article, index: number): ResolvedDocument {
  const extraction = extractionOf(article);
  return {
    extraction,
    collection: "dossier",
    ingestedAt: new Date(Date.UTC(2024, 0, 1, 0, index)).toISOString(),
    entities: extraction.entities.map((entity) => ({
      local: entity.id,
      entity: entityId("dossier", entity.name),
      type: entity.type,
      name: entity.name,
      aliases: entity.aliases,
      kind: entity.kind,
      countries: [],
      outcome: "new",
      reason: "the dossier says so",
    })),
  };
}

function extractionOf(article: Article): Extraction {
  const names = [...new Set(article.statements.flatMap(([subject, , object]) => [subject, object]))];
  const local = new Map(names.map((name, index) => [name, `e${index + 1}`]));
  const mentions: Mention[] = [];
  const claims: Omit<Claim, "id">[] = [];
  let text = `${article.title}\n\n`;
  const write = (name: Name): [number, number] => {
    const span: [number, number] = [text.length, text.length + name.length];
    text += name;
    mentions.push({
      entity: local.get(name)!,
      start: span[0],
      end: span[1],
      surface: name,
      named: true,
      confidence: 0.95,
    });
    return span;
  };
  for (const [subject, type, object, details] of article.statements) {
    const start = text.length;
    const subjectSpan = write(subject);
    text += ` ${type.toLowerCase().replaceAll("_", " ")} `;
    const objectSpan = write(object);
    text += ".";
    claims.push({
      type,
      subject: local.get(subject)!,
      object: local.get(object)!,
      subjectSpan,
      objectSpan,
      start,
      end: text.length,
      quote: text.slice(start),
      polarity: "affirmed",
      modality: "asserted",
      former: false,
      saidBy: null,
      date: null,
      confidence: 0.9,
      ...details,
    });
    text += "\n";
  }
  const id = documentId(text);
  return {
    id,
    title: article.title,
    url: null,
    source: article.source,
    byline: null,
    language: article.language,
    publishedAt: article.publishedAt,
    mediaType: "text/plain",
    text,
    entities: names.map((name) => ({ id: local.get(name)!, type: TYPES[name], name, aliases: [], kind: null })),
    mentions,
    claims: claims.map((claim) => ({
      ...claim,
      id: claimId(id, claim.type, claim.subjectSpan, claim.objectSpan, [claim.start, claim.end]),
    })),
    extractor: "human",
    warnings: [],
  };
}
