/**
 * The words of a dossier beside those of the vocabulary, in French and English.
 */
import type { Modality } from "../contract/extraction.ts";
import type { ClaimStatus, Standing } from "../contract/filter.ts";
import type { GraphEdge } from "../contract/graph.ts";
import type { Language } from "../contract/ontology.ts";

export interface DossierWords {
  title: string;
  intro: string;
  made: (day: string, statements: number, articles: number) => string;
  statements: string;
  articles: string;
  empty: string;
  noQuote: string;
  columns: { quote: string; manner: string; source: string; confidence: string; reviewer: string };
  article: string;
  proves: string;
  verdicts: readonly string[];
  checkedBy: string;
  remark: string;
  against: string;
  derived: string;
  contested: string;
  formerly: string;
  negated: string;
  undated: string;
  page: (number: number) => string;
  standing: Readonly<Record<Standing, string>>;
  modality: Readonly<Record<Modality, string>>;
  status: Readonly<Record<Exclude<ClaimStatus, "proposed">, string>>;
  facts: (
    edge: Pick<GraphEdge, "claims" | "documents" | "sources" | "confidence" | "firstDate" | "lastDate">,
  ) => string;
  according: (who: string) => string;
  happened: (date: string) => string;
}

function counted(n: number, one: string, many: string, fromTwo = true): string {
  return `${n} ${fromTwo ? (n === 1 ? one : many) : n < 2 ? one : many}`;
}

const en: DossierWords = {
  title: "Dossier of the whole graph",
  intro:
    "Each statement was read by a program and stands here with the sentences that it comes from. The program errs: read the sentence, open the article, then mark what you found.",
  made: (day, statements, articles) =>
    `Made on ${day}: ${counted(statements, "statement", "statements")} from ${counted(articles, "article", "articles")}.`,
  statements: "Statements",
  articles: "Articles",
  empty: "Nothing is shown, so there is nothing to check.",
  noQuote: "No quote is kept for this statement.",
  columns: {
    quote: "Quote",
    manner: "How it is told",
    source: "Source, date, address",
    confidence: "Confidence",
    reviewer: "Reviewer",
  },
  article: "Article",
  proves: "Statements",
  verdicts: ["right", "wrong", "unclear"],
  checkedBy: "Checked by, on",
  remark: "Remark",
  against: "Speaks against it:",
  derived: "follows from two statements",
  contested: "contested",
  formerly: "formerly",
  negated: "said not to be so",
  undated: "undated",
  page: (number) => `page ${number}`,
  standing: { stated: "stated", alleged: "alleged", planned: "planned", denied: "denied" },
  modality: {
    asserted: "stated",
    reported: "reported",
    alleged: "alleged",
    denied: "denied",
    planned: "planned",
  },
  status: {
    accepted: "accepted by a reviewer",
    corrected: "corrected by a reviewer",
    rejected: "rejected by a reviewer",
  },
  facts: ({ claims, documents, sources, confidence, firstDate, lastDate }) =>
    [
      `${counted(claims, "quote", "quotes")}, ${counted(documents, "article", "articles")}, ${counted(sources, "source", "sources")}`,
      `confidence ${Math.round(confidence * 100)} %`,
      ...(firstDate === null
        ? []
        : [firstDate === lastDate ? `dated ${firstDate}` : `dated ${firstDate} to ${lastDate ?? ""}`]),
    ].join("; "),
  according: (who) => `according to ${who}`,
  happened: (date) => `happened ${date}`,
};

const fr: DossierWords = {
  title: "Dossier du graphe entier",
  intro:
    "Chaque énoncé a été lu par un programme ; les phrases d’où il vient l’accompagnent. Le programme se trompe : lisez la phrase, ouvrez l’article, puis notez ce que vous avez constaté.",
  made: (day, statements, articles) =>
    `Établi le ${day} : ${counted(statements, "énoncé", "énoncés", false)}, ${counted(articles, "article", "articles", false)}.`,
  statements: "Énoncés",
  articles: "Articles",
  empty: "Rien n’est affiché : il n’y a rien à vérifier.",
  noQuote: "Aucune citation n’est conservée pour cet énoncé.",
  columns: {
    quote: "Citation",
    manner: "Manière de le dire",
    source: "Source, date, adresse",
    confidence: "Confiance",
    reviewer: "Vérification",
  },
  article: "Article",
  proves: "Énoncés",
  verdicts: ["exact", "faux", "douteux"],
  checkedBy: "Vérifié par, le",
  remark: "Remarque",
  against: "Le contredit :",
  derived: "découle de deux énoncés",
  contested: "contesté",
  formerly: "autrefois",
  negated: "dit ne pas être le cas",
  undated: "sans date",
  page: (number) => `page ${number}`,
  standing: { stated: "affirmé", alleged: "allégué", planned: "prévu", denied: "démenti" },
  modality: {
    asserted: "affirmé",
    reported: "rapporté",
    alleged: "allégué",
    denied: "démenti",
    planned: "prévu",
  },
  status: {
    accepted: "accepté à la relecture",
    corrected: "corrigé à la relecture",
    rejected: "rejeté à la relecture",
  },
  facts: ({ claims, documents, sources, confidence, firstDate, lastDate }) =>
    [
      `${counted(claims, "citation", "citations", false)}, ${counted(documents, "article", "articles", false)}, ${counted(sources, "source", "sources", false)}`,
      `confiance ${Math.round(confidence * 100)} %`,
      ...(firstDate === null
        ? []
        : [firstDate === lastDate ? `daté ${firstDate}` : `daté ${firstDate} à ${lastDate ?? ""}`]),
    ].join(" ; "),
  according: (who) => `selon ${who}`,
  happened: (date) => `survenu ${date}`,
};

export const DOSSIER_WORDS: Readonly<Record<Language, DossierWords>> = { en, fr };
