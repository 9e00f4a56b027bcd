/**
 * Two texts that stood at one address, compared sentence by sentence: whether they are versions of one article, and what changed.
 */
import { type ArchiveRecord, type Originals } from "../contract/original.ts";

export interface Comparison {
  /** Sentences that the later text alone has, in its order. */
  added: string[];
  /** Sentences that the earlier text alone has, in its order. */
  removed: string[];
  /** Share of the shorter text, by characters, that stands in the other one, 0..1. */
  kept: number;
}

/** Less, and the address shows another article than before: a front page, a page of briefs. */
const MIN_KEPT = 0.3;

export function compareTexts(earlier: string, later: string): Comparison {
  const before = sentencesOf(earlier);
  const after = sentencesOf(later);
  const removed = without(before, after);
  const added = without(after, before);
  const shorter = Math.min(lengthOf(before), lengthOf(after));
  const common = lengthOf(after) - lengthOf(added);
  return { added, removed, kept: shorter === 0 ? 0 : Math.min(1, common / shorter) };
}

export function areVersions(earlier: string, later: string): boolean {
  return compareTexts(earlier, later).kept >= MIN_KEPT;
}

/** A record as the HTTP interface tells it: each earlier version beside what followed it. */
export function originalsOf(record: ArchiveRecord, presentText: string): Originals {
  const texts = [...record.earlier.map(({ text }) => text).slice(1), presentText];
  const versions = record.earlier.map(({ title, captures, replacedAt, text }, index) => {
    const { added, removed } = compareTexts(text, texts[index] ?? "");
    return { title, captures, replacedAt, added, removed };
  });
  return { captures: record.captures, versions: versions.reverse() };
}

const SENTENCES = new Intl.Segmenter("en", { granularity: "sentence" });

function sentencesOf(text: string): string[] {
  return text
    .split(/\n+/)
    .flatMap((line) => [...SENTENCES.segment(line)].map(({ segment }) => segment.replace(/\s+/g, " ").trim()))
    .filter((sentence) => sentence !== "");
}

/** Each sentence of `those` takes one of its kind away. */
function without(these: readonly string[], those: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const sentence of those) left.set(sentence, (left.get(sentence) ?? 0) + 1);
  return these.filter((sentence) => {
    const count = left.get(sentence) ?? 0;
    if (count > 0) left.set(sentence, count - 1);
    return count === 0;
  });
}

function lengthOf(sentences: readonly string[]): number {
  return sentences.reduce((sum, sentence) => sum + sentence.length, 0);
}
