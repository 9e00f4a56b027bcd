/**
 * PORT Extractor: Document → Extraction. The adapter is chosen in `compose.ts`; tests may give another.
 */
import type { Document } from "../contract/document.ts";
import type { Extraction } from "../contract/extraction.ts";

export interface ExtractOptions {
  signal?: AbortSignal;
}

export interface Extractor {
  /** Name and version of the model, written to every claim. */
  readonly version: string;
  /**
   * Finds entities, mentions and claims. Every surface and quote is a slice of `document.text`.
   * @throws AppError `model_unavailable` when the model cannot run; any other fault is a defect.
   */
  extract(document: Document, options?: ExtractOptions): Promise<Extraction>;
  close(): Promise<void>;
}
