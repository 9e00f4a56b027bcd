/**
 * A labelled set of copies and of what only resembles copies. The articles are those of the corpus that are ours; from each, variants are
 * made as a desk makes them: cut from the end, another headline and place line, a new lead with figures brought up to date, words
 * edited throughout, and several of these at once. What resembles: every pair of different articles (many tell of the same events),
 * follow-ups that carry over the background of an earlier article, and surveys that print several articles.
 */
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { ontologySchema } from "../../server/contract/ontology.ts";
import { plainDocument, readSoundCorpus } from "../../server/corpus/corpus-files.ts";

export interface Pair {
  kind: string;
  a: string;
  b: string;
  isCopy: boolean;
}

const CORPUS = new URL("../../data/corpus/authored/", import.meta.url);

export async function ownArticles(): Promise<string[]> {
  const ontology = ontologySchema.parse(
    JSON.parse(await readFile(new URL("../../data/ontology.json", import.meta.url), "utf8")),
  );
  const folders = (await readdir(CORPUS)).sort().map((name) => fileURLToPath(new URL(name, CORPUS)));
  const articles = await readSoundCorpus(folders, ontology);
  return articles.map((gold) => plainDocument(gold).text).filter((text) => text.split(/\s+/).length >= 120);
}

type Desk = (paragraphs: string[], seed: number) => string[];

/** Keeps the first part: agencies write so that a desk can cut from the end. */
const shortened =
  (share: number): Desk =>
  (paragraphs) => {
    const sentences = paragraphs.slice(1).flatMap((paragraph) => sentencesOf(paragraph));
    return [paragraphs[0] ?? "", sentences.slice(0, Math.max(3, Math.ceil(sentences.length * share))).join(" ")];
  };

const HEADLINES = [
  "Ce que l’on sait ce mardi matin",
  "Le point sur l’affaire",
  "What we know so far",
  "Officials confirm: the latest",
];

const reheadlined: Desk = (paragraphs, seed) => [
  HEADLINES[seed % HEADLINES.length] ?? "",
  `(Agence) – ${paragraphs[1] ?? ""}`,
  ...paragraphs.slice(2),
  seed % 2 === 0 ? "Avec agences. Tous droits réservés." : "Additional reporting by our correspondents.",
];

const LEADS = [
  "Le bilan a été revu à la hausse mercredi soir, ont fait savoir les autorités au cours d’un point de presse improvisé devant la préfecture.",
  "New details emerged on Wednesday evening, when officials took questions for the first time outside the regional headquarters.",
];
const CLOSINGS = [
  "Une nouvelle réunion est prévue vendredi, et les familles concernées ont demandé à être reçues avant la fin de la semaine.",
  "A further hearing is scheduled for Friday, and relatives have asked to be received before the end of the week.",
];

/** A later version: a new lead and end, a fifth of the sentences dropped, figures changed. */
const updated: Desk = (paragraphs, seed) => [
  `${paragraphs[0] ?? ""} – mise à jour`,
  LEADS[seed % LEADS.length] ?? "",
  ...paragraphs.slice(1).map((paragraph) =>
    sentencesOf(paragraph)
      .filter((_, index) => (index + seed) % 5 !== 4)
      .join(" ")
      .replace(/\b(\d{1,3})\b/g, (figure) => String(Number(figure) + 1)),
  ),
  CLOSINGS[seed % CLOSINGS.length] ?? "",
];

const EDITS: readonly (readonly [RegExp, string])[] = [
  [/\ba annoncé\b/g, "a fait savoir"],
  [/\ba déclaré\b/g, "a indiqué"],
  [/\bselon\b/gi, "d’après"],
  [/\bégalement\b/g, "aussi"],
  [/\bmais\b/g, "cependant"],
  [/\bdans\b/g, "au sein de"],
  [/\bsaid\b/g, "told reporters"],
  [/\baccording to\b/gi, "as stated by"],
  [/\balso\b/g, "in addition"],
  [/\bbut\b/g, "yet"],
  [/\bafter\b/g, "following"],
];

/** House style: other verbs of saying and little words, and every twentieth word left out. */
const edited: Desk = (paragraphs, seed) =>
  paragraphs.map((paragraph) => {
    const text = EDITS.reduce((before, [pattern, with_]) => before.replace(pattern, with_), paragraph);
    return text
      .split(" ")
      .filter((_, index) => (index + seed) % 20 !== 19)
      .join(" ");
  });

const chain =
  (...desks: Desk[]): Desk =>
  (paragraphs, seed) =>
    desks.reduce((before, desk) => desk(before, seed), paragraphs);

const DESKS: Readonly<Record<string, Desk>> = {
  "shortened to two thirds": shortened(0.66),
  "shortened to two fifths": shortened(0.4),
  "another headline": reheadlined,
  updated,
  edited,
  "shortened and another headline": chain(shortened(0.5), reheadlined),
  "updated and edited": chain(updated, edited),
  "shortened and edited": chain(shortened(0.6), edited),
};

export function copies(articles: readonly string[]): Pair[] {
  return articles.flatMap((article, seed) =>
    Object.entries(DESKS).map(([kind, desk]) => ({
      kind,
      a: article,
      b: desk(paragraphsOf(article), seed).join("\n\n"),
      isCopy: true,
    })),
  );
}

export function lookalikes(articles: readonly string[]): Pair[] {
  const pairs: Pair[] = [];
  articles.forEach((a, index) => {
    for (const b of articles.slice(index + 1)) pairs.push({ kind: "two articles", a, b, isCopy: false });
    const next = articles[(index + 1) % articles.length] ?? "";
    const background = paragraphsOf(a).flatMap(sentencesOf).slice(-2).join(" ");
    pairs.push({ kind: "shared background", a, b: `${next}\n\n${background}`, isCopy: false });
    const survey = Array.from({ length: 6 }, (_, step) => articles[(index + step) % articles.length] ?? "");
    pairs.push({ kind: "survey of six", a, b: survey.join("\n\n"), isCopy: false });
  });
  return pairs;
}

function paragraphsOf(text: string): string[] {
  return text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== "");
}

function sentencesOf(paragraph: string): string[] {
  return paragraph.match(/[^.!?]+[.!?]+["»”]?\s*|[^.!?]+$/g)?.map((sentence) => sentence.trim()) ?? [];
}
