/**
 * The shape of an evaluation, as `evaluate --json` prints it. Shares are 0..1; null stands where nothing was there to measure.
 */
import type { Language } from "../contract/ontology.ts";

/** A value and the bounds of its 95 % interval over resampled documents. */
export interface Estimate {
  value: number | null;
  low: number | null;
  high: number | null;
}

export interface PrecisionRecall {
  right: number;
  predicted: number;
  gold: number;
  precision: Estimate;
  recall: Estimate;
  f1: Estimate;
}

export interface Share {
  right: number;
  of: number;
  share: Estimate;
}

export interface Clusters {
  /** Annotated mentions, and how many of them were found with their exact span. */
  mentions: number;
  found: number;
  precision: Estimate;
  recall: Estimate;
  f1: Estimate;
}

export interface Bin {
  /** Confidence from (inclusive) and to (exclusive, but for the last). */
  from: number;
  to: number;
  claims: number;
  confidence: number | null;
  right: number | null;
}

export interface Calibration {
  claims: number;
  /** Expected calibration error over ten equal bins. */
  error: Estimate;
  bins: Bin[];
}

/** A measure over all documents, by type, and by language. Types that occur nowhere are absent. */
export interface Sliced<T> {
  overall: T;
  byType: Record<string, T>;
  byLanguage: Partial<Record<Language, T>>;
}

export interface Scores {
  /** Of the extractor. */
  version: string;
  documents: number;
  sentences: number;
  /** Mentions by name: exact span and type. */
  mentions: Sliced<PrecisionRecall>;
  /** One predicted entity for each annotated one, of its type. */
  entities: Sliced<PrecisionRecall>;
  relationships: {
    /** Type, both ends and sentence. */
    strict: Sliced<PrecisionRecall>;
    /** Type and both ends, once a document. */
    relaxed: Sliced<PrecisionRecall>;
  };
  /** Polarity and modality both right, of the strictly right relationships. */
  factuality: Sliced<Share>;
  /** Date right, of the strictly right relationships whose date the annotation gives. By type of relationship. */
  dates: Sliced<Share>;
  /** Descriptions and pronouns joined to the right entity, of all that are marked. By type of entity. */
  attachment: Sliced<Share>;
  /**
   * B-cubed over mentions with their exact span. Precision: over predicted mentions that are annotated; recall: over all annotated
   * mentions, those not found counting zero. By type of entity.
   */
  coreference: Sliced<Clusters>;
  /** Confidence against being strictly right. By type of relationship. */
  calibration: Sliced<Calibration>;
  /** Strictly right, of the claims with a confidence of at least `CONFIDENT`. */
  confident: Sliced<Share>;
}

/** Confidence from which a claim counts as a confident one. */
export const CONFIDENT = 0.8;
