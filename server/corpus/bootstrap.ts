/**
 * Sums of counts over documents and 95 % intervals by resampling documents (a document's claims hang together, so that they are
 * not resampled one by one). The seed is fixed: the same input gives the same intervals.
 */
import type { Estimate } from "./scores.ts";

/** Counts of one document: always the same length for one measure. */
export type Counts = readonly number[];

export const RESAMPLES = 1_000;
const SEED = 20_191_125;

/** How often each document is drawn in each resample, `[resample][document]`. */
export type Resampling = readonly Uint16Array[];

export function resampling(documents: number): Resampling {
  const random = seededRandom(SEED);
  return Array.from({ length: documents === 0 ? 0 : RESAMPLES }, () => {
    const drawn = new Uint16Array(documents);
    for (let i = 0; i < documents; i += 1) {
      const index = Math.floor(random() * documents);
      drawn[index] = (drawn[index] ?? 0) + 1;
    }
    return drawn;
  });
}

/** Mulberry32: 32 bits of state are plenty for drawing documents. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Counts of one measure in one slice (all, one type, one language), by document. */
export interface Tally {
  size: number;
  byDocument: Map<number, number[]>;
}

export function newTally(size: number): Tally {
  return { size, byDocument: new Map() };
}

export function addCounts(tally: Tally, document: number, counts: Counts): void {
  const sums = tally.byDocument.get(document) ?? new Array<number>(tally.size).fill(0);
  for (let i = 0; i < tally.size; i += 1) sums[i] = (sums[i] ?? 0) + (counts[i] ?? 0);
  tally.byDocument.set(document, sums);
}

export function totalOf(tally: Tally): number[] {
  const total = new Array<number>(tally.size).fill(0);
  for (const counts of tally.byDocument.values()) {
    for (let i = 0; i < tally.size; i += 1) total[i] = (total[i] ?? 0) + (counts[i] ?? 0);
  }
  return total;
}

/**
 * The values that `measure` makes of the summed counts, with the 2.5th and 97.5th percentile of its values over the resamples.
 * Resamples in which a value is undefined are left out of that value's interval.
 */
export function estimate<Name extends string>(
  tally: Tally,
  drawings: Resampling,
  measure: (total: Counts) => Record<Name, number | null>,
): Record<Name, Estimate> {
  const values = measure(totalOf(tally));
  const names = Object.keys(values) as Name[];
  const samples = new Map<Name, number[]>(names.map((name) => [name, []]));
  const { size } = tally;
  const documents = Uint32Array.from(tally.byDocument.keys());
  const counts = Float64Array.from([...tally.byDocument.values()].flat());
  const sums = new Array<number>(size).fill(0);
  for (const drawn of drawings) {
    sums.fill(0);
    for (let row = 0; row < documents.length; row += 1) {
      const times = drawn[documents[row] ?? 0] ?? 0;
      if (times === 0) continue;
      for (let i = 0; i < size; i += 1) sums[i] = (sums[i] ?? 0) + times * (counts[row * size + i] ?? 0);
    }
    const resampled = measure(sums);
    for (const name of names) {
      const value = resampled[name];
      if (value !== null) samples.get(name)?.push(value);
    }
  }
  const entries = names.map((name) => [name, intervalOf(values[name], samples.get(name) ?? [])] as const);
  return Object.fromEntries(entries) as Record<Name, Estimate>;
}

function intervalOf(value: number | null, samples: number[]): Estimate {
  if (value === null || samples.length === 0) return { value, low: null, high: null };
  samples.sort((a, b) => a - b);
  const at = (share: number) => samples[Math.round(share * (samples.length - 1))] ?? null;
  return { value, low: at(0.025), high: at(0.975) };
}
