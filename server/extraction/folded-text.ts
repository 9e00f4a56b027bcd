/**
 * Text as patterns of words match it: normalised (`normalise.ts`), accents taken off, case kept, with the way back to raw offsets.
 * For `dates.ts` and `said-by.ts`, so that typography never decides.
 */
import { normalise } from "./normalise.ts";

export interface FoldedText {
  /** One UTF-16 unit for each of the normalised text. */
  text: string;
  /** Raw offset where a unit's group begins. */
  startOf(index: number): number;
  /** Raw offset where a unit's group ends, exclusive. */
  endOf(index: number): number;
  /** Index of the first unit that begins at or after the raw offset. */
  indexOf(rawOffset: number): number;
}

/** @param offset of `raw` in the document; raw offsets count there. */
export function foldText(raw: string, offset: number): FoldedText {
  const { text, starts, ends } = normalise(raw);
  const folded = text.replace(/\P{ASCII}/gu, withoutAccent);
  return {
    text: folded,
    startOf: (index) => offset + (starts[index] ?? raw.length),
    endOf: (index) => offset + (ends[index] ?? raw.length),
    indexOf(rawOffset) {
      let low = 0;
      let high = starts.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (offset + (starts[middle] ?? 0) < rawOffset) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
}

/** Keeps the number of units: a letter that comes apart into more base letters stays as it is. */
function withoutAccent(character: string): string {
  const base = character.normalize("NFD").replace(/\p{M}/gu, "");
  return base.length === character.length ? base : character;
}
