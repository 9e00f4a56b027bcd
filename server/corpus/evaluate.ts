/**
 * Annotated articles and what the extractor found in them → Scores. Pure: no file, no clock, the same numbers every time.
 */
import type { Extraction } from "../contract/extraction.ts";
import { LANGUAGES } from "../contract/ontology.ts";
import { AppError } from "../errors.ts";
import { align, type Alignment } from "./alignment.ts";
import { estimate, resampling, totalOf, type Counts, type Resampling, type Tally } from "./bootstrap.ts";
import { BINS, countDocument, newTallies, type SlicedTally } from "./counting.ts";
import type { GoldDocument } from "./gold-document.ts";
import type { Bin, Calibration, Clusters, PrecisionRecall, Scores, Share, Sliced } from "./scores.ts";

/**
 * @param predicted one extraction for each annotated article, in the same order and over the same text
 * @throws AppError `invalid_input` when the two do not belong together
 */
export function evaluate(gold: readonly GoldDocument[], predicted: readonly Extraction[]): Scores {
  const alignments = alignAll(gold, predicted);
  const drawings = resampling(alignments.length);
  const tallies = newTallies();
  for (const [index, alignment] of alignments.entries()) countDocument(tallies, index, alignment);
  return {
    version: predicted[0]?.extractor ?? "unknown",
    documents: gold.length,
    sentences: gold.reduce((sum, document) => sum + document.sentences.length, 0),
    mentions: sliced(tallies.mentions, drawings, precisionRecall),
    entities: sliced(tallies.entities, drawings, precisionRecall),
    relationships: {
      strict: sliced(tallies.strict, drawings, precisionRecall),
      relaxed: sliced(tallies.relaxed, drawings, precisionRecall),
    },
    factuality: sliced(tallies.factuality, drawings, share),
    dates: sliced(tallies.dates, drawings, share),
    attachment: sliced(tallies.attachment, drawings, share),
    coreference: sliced(tallies.coreference, drawings, clusters),
    calibration: sliced(tallies.calibration, drawings, calibration),
    confident: sliced(tallies.confident, drawings, share),
  };
}

/** @throws AppError `invalid_input` when an article has no extraction, or one of another text */
export function alignAll(gold: readonly GoldDocument[], predicted: readonly Extraction[]): Alignment[] {
  if (gold.length !== predicted.length) {
    const message = `${gold.length} annotated articles and ${predicted.length} extractions do not belong together; give one for each.`;
    throw new AppError("invalid_input", message);
  }
  return gold.map((document, index) => {
    const extraction = predicted[index];
    if (extraction?.text !== document.text) {
      throw new AppError(
        "invalid_input",
        `The extraction for ${document.id} is of another text; give them in the same order.`,
      );
    }
    return align(document, extraction);
  });
}

function sliced<T>(
  tally: SlicedTally,
  drawings: Resampling,
  finish: (tally: Tally, drawings: Resampling) => T,
): Sliced<T> {
  const types = [...tally.byType].sort(([a], [b]) => (a < b ? -1 : 1));
  const languages = LANGUAGES.flatMap((language) => {
    const slice = tally.byLanguage.get(language);
    return slice === undefined ? [] : [[language, finish(slice, drawings)] as const];
  });
  return {
    overall: finish(tally.overall, drawings),
    byType: Object.fromEntries(types.map(([type, slice]) => [type, finish(slice, drawings)])),
    byLanguage: Object.fromEntries(languages),
  };
}

function ratio(part: number | undefined, whole: number | undefined): number | null {
  return part === undefined || whole === undefined || whole === 0 ? null : part / whole;
}

function harmonic(precision: number | null, recall: number | null): number | null {
  if (precision === null || recall === null) return null;
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

function precisionRecall(tally: Tally, drawings: Resampling): PrecisionRecall {
  const [right = 0, predicted = 0, gold = 0] = totalOf(tally);
  const estimates = estimate(tally, drawings, ([r = 0, p = 0, g = 0]) => ({
    precision: ratio(r, p),
    recall: ratio(r, g),
    // With nothing predicted precision is undefined, but nothing was found: F1 is 0, not unknown.
    f1: ratio(2 * r, p + g),
  }));
  return { right, predicted, gold, ...estimates };
}

function share(tally: Tally, drawings: Resampling): Share {
  const [right = 0, of = 0] = totalOf(tally);
  return { right, of, ...estimate(tally, drawings, ([r, n]) => ({ share: ratio(r, n) })) };
}

function clusters(tally: Tally, drawings: Resampling): Clusters {
  const [, , , , mentions = 0, found = 0] = totalOf(tally);
  const estimates = estimate(tally, drawings, ([sumPrecision, twins, sumRecall, all]) => {
    const precision = ratio(sumPrecision, twins);
    const recall = ratio(sumRecall, all);
    return { precision, recall, f1: harmonic(precision, recall) };
  });
  return { mentions, found, ...estimates };
}

function calibration(tally: Tally, drawings: Resampling): Calibration {
  const total = totalOf(tally);
  const bins = Array.from({ length: BINS }, (_, index): Bin => {
    const claims = total[index] ?? 0;
    return {
      from: index / BINS,
      to: (index + 1) / BINS,
      claims,
      confidence: ratio(total[BINS + index], claims),
      right: ratio(total[2 * BINS + index], claims),
    };
  });
  const { error } = estimate(tally, drawings, (counts) => ({ error: calibrationError(counts) }));
  return { claims: bins.reduce((sum, bin) => sum + bin.claims, 0), error, bins };
}

function calibrationError(counts: Counts): number | null {
  let claims = 0;
  let distance = 0;
  for (let bin = 0; bin < BINS; bin += 1) {
    claims += counts[bin] ?? 0;
    distance += Math.abs((counts[BINS + bin] ?? 0) - (counts[2 * BINS + bin] ?? 0));
  }
  return ratio(distance, claims);
}
