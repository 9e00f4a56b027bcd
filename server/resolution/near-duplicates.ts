/**
 * Copies of one text: a dispatch that many papers print shortened, under another headline, brought up to date or lightly edited.
 * Pure: the store is asked for documents that share a key with a new one, the decision is made here.
 *
 * Both steps look at shingles (runs of five folded words). Keys are the smallest of their hashes under twelve orders (MinHash, one row
 * a band): two texts that share a third of their shingles share a key in more than 99 of 100 cases, two unrelated ones in none. Whether
 * two texts are copies is then counted on the shingles themselves.
 */
import { foldName } from "../contract/names.ts";
import { MAX_COPY_KEYS, type CopyCandidate, type ResolvedDocument } from "../contract/resolution.ts";

const SHINGLE_WORDS = 5;

/** Shorter texts share their phrases by chance, or are quoted whole in others. */
const MIN_SHINGLES = 25;

/** Of the shorter text's shingles. Measured in `test/resolution/near-duplicates.test.ts`. */
const MIN_CONTAINED = 0.4;
/** Of both texts' shingles together: a survey that holds five dispatches whole is a copy of none. */
const MIN_SHARED = 0.22;

/** The keys under which a text's copies find it, in a fixed order; none for a text that is too short to tell. */
export function copyKeysOf(text: string): string[] {
  const hashes = shinglesOf(text);
  if (hashes.size < MIN_SHINGLES) return [];
  const smallest = new Uint32Array(MAX_COPY_KEYS).fill(0xffff_ffff);
  for (const hash of hashes) {
    for (let order = 0; order < MAX_COPY_KEYS; order += 1) {
      const mixed = mix(hash ^ Math.imul(order + 1, 0x9e37_79b1));
      if (mixed < (smallest[order] ?? 0)) smallest[order] = mixed;
    }
  }
  return [...smallest].map((hash, order) => `${order}-${hash.toString(16).padStart(8, "0")}`);
}

export interface Likeness {
  /** Share of the shorter text that stands in the longer one, 0..1. */
  contained: number;
  /** Share of what stands in either that stands in both, 0..1. */
  shared: number;
}

export function likeness(a: string, b: string): Likeness {
  return likenessOf(shinglesOf(a), shinglesOf(b));
}

export function isCopy({ contained, shared }: Likeness): boolean {
  return contained >= MIN_CONTAINED && shared >= MIN_SHARED;
}

/**
 * The first document of the group that a text belongs to, or null when it is nobody's copy. Of several originals the likest
 * counts; among equals the one with the smaller id, so that a rebuild decides alike.
 */
export function originalOf(text: string, candidates: readonly CopyCandidate[]): string | null {
  const own = shinglesOf(text);
  if (own.size < MIN_SHINGLES) return null;
  let best: { candidate: CopyCandidate; shared: number } | null = null;
  for (const candidate of candidates) {
    const other = shinglesOf(candidate.text);
    if (other.size < MIN_SHINGLES) continue;
    const found = likenessOf(own, other);
    if (!isCopy(found)) continue;
    const isBetter =
      best === null || found.shared > best.shared || (found.shared === best.shared && candidate.id < best.candidate.id);
    if (isBetter) best = { candidate, shared: found.shared };
  }
  return best === null ? null : (best.candidate.duplicateOf ?? best.candidate.id);
}

/**
 * The document with its copy keys and the first document of its group.
 * @param sharing asks the store for documents that share one of the keys
 */
export async function withOriginal(
  document: ResolvedDocument,
  sharing: (keys: readonly string[]) => Promise<readonly CopyCandidate[]>,
): Promise<ResolvedDocument> {
  const { id, text } = document.extraction;
  const copyKeys = copyKeysOf(text);
  if (copyKeys.length === 0) return document;
  // A document that is saved again may be the first of a group itself.
  const others = (await sharing(copyKeys)).filter((candidate) => candidate.id !== id && candidate.duplicateOf !== id);
  return { ...document, copyKeys, duplicateOf: originalOf(text, others) };
}

function likenessOf(a: ReadonlySet<number>, b: ReadonlySet<number>): Likeness {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  if (small.size === 0) return { contained: 0, shared: 0 };
  let common = 0;
  for (const hash of small) if (large.has(hash)) common += 1;
  return { contained: common / small.size, shared: common / (a.size + b.size - common) };
}

/** Hashes of 32 bits: in texts of a thousand words two shingles fall together once in some thousand texts. */
function shinglesOf(text: string): Set<number> {
  const words = foldName(text).split(" ");
  const hashes = words.map(hashOf);
  const shingles = new Set<number>();
  for (let start = 0; start + SHINGLE_WORDS <= hashes.length; start += 1) {
    let hash = 0;
    for (let at = start; at < start + SHINGLE_WORDS; at += 1) hash = mix(Math.imul(hash, 31) ^ (hashes[at] ?? 0));
    shingles.add(hash);
  }
  return shingles;
}

/** FNV-1a over UTF-16 code units. */
function hashOf(word: string): number {
  let hash = 0x811c_9dc5;
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x0100_0193);
  return hash >>> 0;
}

/** Spreads every bit over all others (the finaliser of MurmurHash3). */
function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
