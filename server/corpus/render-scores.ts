/**
 * Scores → a table for the terminal: a summary by language, then names and relationships by type.
 */
import type { Estimate, PrecisionRecall, Scores, Share, Sliced } from "./scores.ts";
import { CONFIDENT } from "./scores.ts";

export function renderScores(scores: Scores): string {
  const { documents, sentences, version } = scores;
  return [
    `${version} on ${documents} annotated ${documents === 1 ? "article" : "articles"}, ${sentences} sentences. In brackets: 95 % interval.`,
    "",
    summary(scores),
    "",
    byType("mentions by name", scores.mentions.byType),
    "",
    byType("relationships, strict", scores.relationships.strict.byType),
    "",
    reliability(scores),
    "",
  ].join("\n");
}

type Row = readonly string[];

function summary(scores: Scores): string {
  const { strict, relaxed } = scores.relationships;
  const rows: Row[] = [
    ["measure", "precision", "recall", "F1 or share", "", "of", "French", "English"],
    prfRow("mentions by name", scores.mentions),
    prfRow("entities", scores.entities),
    prfRow("relationships, strict", strict),
    prfRow("relationships, relaxed", relaxed),
    shareRow("factuality", scores.factuality),
    shareRow("dates", scores.dates),
    shareRow("attachment", scores.attachment),
    clustersRow(scores),
    shareRow(`confidence ≥ ${CONFIDENT}`, scores.confident),
    calibrationRow(scores),
  ];
  return table(rows);
}

function prfRow(name: string, { overall, byLanguage }: Sliced<PrecisionRecall>): Row {
  const { precision, recall, f1, gold } = overall;
  return [
    name,
    decimal(precision.value),
    decimal(recall.value),
    decimal(f1.value),
    interval(f1),
    String(gold),
    decimal(byLanguage.fr?.f1.value),
    decimal(byLanguage.en?.f1.value),
  ];
}

function shareRow(name: string, { overall, byLanguage }: Sliced<Share>): Row {
  const { share, of } = overall;
  const languages = [byLanguage.fr, byLanguage.en].map((slice) => decimal(slice?.share.value));
  return [name, "", "", decimal(share.value), interval(share), String(of), ...languages];
}

function clustersRow({ coreference: { overall, byLanguage } }: Scores): Row {
  const { precision, recall, f1, mentions } = overall;
  const languages = [byLanguage.fr, byLanguage.en].map((slice) => decimal(slice?.f1.value));
  return [
    "coreference (B-cubed)",
    decimal(precision.value),
    decimal(recall.value),
    decimal(f1.value),
    interval(f1),
    String(mentions),
    ...languages,
  ];
}

function calibrationRow({ calibration: { overall, byLanguage } }: Scores): Row {
  const { error, claims } = overall;
  const languages = [byLanguage.fr, byLanguage.en].map((slice) => decimal(slice?.error.value));
  return ["calibration error", "", "", decimal(error.value), interval(error), String(claims), ...languages];
}

function byType(name: string, slices: Readonly<Record<string, PrecisionRecall>>): string {
  const rows = Object.entries(slices)
    .sort(([, a], [, b]) => b.gold - a.gold)
    .map(([type, { precision, recall, f1, gold }]) => [
      type,
      decimal(precision.value),
      decimal(recall.value),
      decimal(f1.value),
      interval(f1),
      String(gold),
    ]);
  return table([[name, "precision", "recall", "F1", "", "of"], ...rows]);
}

function reliability({ calibration }: Scores): string {
  const rows = calibration.overall.bins.map(({ from, to, claims, confidence, right }) => [
    `${from.toFixed(1)}–${to.toFixed(1)}`,
    String(claims),
    decimal(confidence),
    decimal(right),
  ]);
  return table([["confidence", "claims", "mean", "right"], ...rows]);
}

function decimal(value: number | null | undefined): string {
  return value === null || value === undefined ? "–" : value.toFixed(3);
}

function interval({ low, high }: Estimate): string {
  return low === null || high === null ? "" : `[${low.toFixed(3)}–${high.toFixed(3)}]`;
}

/** First column to the left, the others to the right. */
function table(rows: readonly Row[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
