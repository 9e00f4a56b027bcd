/**
 * Windows → mentions: the encoder reads every window, the tags of each sentence are decoded. States of a long document are not
 * all kept: what is dropped is encoded again when relationships are asked for.
 */
import type { NodeType } from "../contract/ontology.ts";
import { calibrated, logitOf } from "./calibration.ts";
import { decodeMentions, type DecodedMention } from "./decode.ts";
import { isSmallWord } from "./naming.ts";
import type { EncodedWindow, Model } from "./session.ts";
import type { TokenSentence } from "./windows.ts";
import type { Word } from "./words.ts";

/** A mention as the tagger finds it, by name or by description, before it has an entity. */
export interface FoundMention {
  /** Index of its window, and of its sentence in the window. */
  window: number;
  sentence: number;
  /** Offsets in the raw text. */
  start: number;
  end: number;
  surface: string;
  type: NodeType;
  named: boolean;
  /** A description that only a lower bar finds: it is joined to its entity, and no relationship is read from it. */
  faint: boolean;
  confidence: number;
  /** Probability of each type, in the order of the ontology. */
  distribution: readonly number[];
  /** Index in the window of the first piece of its first and of its last word. */
  firstPiece: number;
  lastPiece: number;
}

export interface Window {
  sentences: readonly TokenSentence[];
  /** Index in the window of each sentence's first piece. */
  bases: readonly number[];
}

/** Windows of one document whose states are kept, about half a megabyte each. */
const KEPT_WINDOWS = 96;

export function placeWindows(windows: readonly (readonly TokenSentence[])[]): Window[] {
  return windows.map((sentences) => {
    const bases: number[] = [];
    let base = 1;
    for (const sentence of sentences) {
      bases.push(base);
      base += sentence.pieces.length;
    }
    return { sentences, bases };
  });
}

export interface Tagged {
  mentions: FoundMention[];
  /** The states of a window, encoded again if they were dropped. */
  statesOf(window: number): Promise<EncodedWindow>;
}

/** @param checkpoint called between windows; throws to stop. */
export async function tagWindows(
  text: string,
  windows: readonly Window[],
  model: Model,
  checkpoint: () => void,
): Promise<Tagged> {
  const kept = new Map<number, EncodedWindow>();
  const mentions: FoundMention[] = [];
  for (const [index, window] of windows.entries()) {
    checkpoint();
    const encoded = await model.encode(piecesOf(window));
    mentions.push(...mentionsOf(text, window, index, encoded, model));
    if (index < KEPT_WINDOWS) kept.set(index, encoded);
  }
  return {
    mentions,
    async statesOf(index) {
      const known = kept.get(index);
      const window = windows[index];
      if (known !== undefined) return known;
      if (window === undefined) throw new RangeError(`the document has no window ${index}`);
      return model.encode(piecesOf(window));
    },
  };
}

function piecesOf(window: Window): number[] {
  return window.sentences.flatMap((sentence) => sentence.pieces);
}

function mentionsOf(text: string, window: Window, index: number, encoded: EncodedWindow, model: Model): FoundMention[] {
  const { manifest } = model;
  const tags = manifest.tags.length;
  return window.sentences.flatMap((sentence, position) => {
    const base = window.bases[position] ?? 0;
    const rows = sentence.firsts.map((first) =>
      encoded.tagLogits.subarray((base + first) * tags, (base + first + 1) * tags),
    );
    const { described, faint } = manifest.thresholds;
    const sure = decodeMentions(rows, manifest.types.length, described);
    const more = decodeMentions(rows, manifest.types.length, faint).filter(
      (mention) => !mention.named && !sure.some((other) => overlap(other, mention)),
    );
    const read =
      (isFaint: boolean) =>
      (mention: DecodedMention): FoundMention[] => {
        const first = sentence.words[mention.first];
        const lastIndex = lastOfName(sentence.words, mention.first, mention.last);
        const last = sentence.words[lastIndex];
        const type = manifest.types[mention.type];
        if (first === undefined || last === undefined || type === undefined) return [];
        return [
          {
            window: index,
            sentence: position,
            start: first.start,
            end: last.end,
            surface: text.slice(first.start, last.end),
            type,
            named: mention.named,
            faint: isFaint,
            confidence: calibrated(manifest.calibration.mention, logitOf(mention.confidence)),
            distribution: mention.distribution,
            firstPiece: base + (sentence.firsts[mention.first] ?? 0),
            lastPiece: base + (sentence.firsts[lastIndex] ?? 0),
          },
        ];
      };
    return [...sure.flatMap(read(false)), ...more.flatMap(read(true))].sort((a, b) => a.start - b.start);
  });
}

function overlap(a: DecodedMention, b: DecodedMention): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** Without the preposition or article that a wrong span ends with: of 37,700 annotated mentions one does, in Haitian Creole. */
export function lastOfName(words: readonly Word[], first: number, last: number): number {
  let end = last;
  while (end > first && isSmallWord(words[end]?.text ?? "")) end -= 1;
  return end;
}
