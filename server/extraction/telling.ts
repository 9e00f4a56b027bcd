/**
 * What rules read around the claims of a document: the dates and the attributions of its sentences, computed once each, in order.
 */
import type { PartialDate } from "../contract/dates.ts";
import type { Language } from "../contract/ontology.ts";
import { findNewsDay, type SentenceDates } from "./claim-dates.ts";
import { findDates } from "./dates.ts";
import { foldText } from "./folded-text.ts";
import { findAttributions, type Attribution } from "./said-by.ts";
import type { Sentence } from "./sentences.ts";

export interface ToldMention {
  start: number;
  end: number;
  isEvent: boolean;
}

export interface Telling {
  /** Dates of the sentences that a claim's quote covers, and of the one before them in the same paragraph. */
  datesOf(quote: readonly [number, number]): { here: SentenceDates; before: SentenceDates | null };
  attributionsOf(quote: readonly [number, number]): readonly Attribution[];
  /** The day that the report is about. */
  newsDay: PartialDate | null;
}

interface ToldSentence extends Sentence, SentenceDates {
  attributions: readonly Attribution[];
}

/** Longer sentences are lists or noise: patterns are not run over them. UTF-16 code units. */
const LONGEST_TOLD = 4_000;

/** @param mentions of the whole document, in order. */
export function readTelling(
  text: string,
  sentences: readonly Sentence[],
  mentions: readonly ToldMention[],
  language: Language,
  publishedAt: PartialDate | null,
): Telling {
  let told: PartialDate | null = null;
  let at = 0;
  const read = sentences.map((sentence): ToldSentence => {
    while ((mentions[at]?.end ?? Infinity) <= sentence.start) at += 1;
    const inside: ToldMention[] = [];
    for (let next = at; (mentions[next]?.start ?? Infinity) < sentence.end; next += 1) {
      const mention = mentions[next];
      if (mention !== undefined) inside.push(mention);
    }
    const eventSpans = inside.filter((mention) => mention.isEvent).map(({ start, end }) => [start, end] as const);
    if (sentence.end - sentence.start > LONGEST_TOLD) return { ...sentence, dates: [], eventSpans, attributions: [] };
    const folded = foldText(text.slice(sentence.start, sentence.end), sentence.start);
    const dates = findDates(folded, { language, publishedAt, told });
    told = dates.at(-1)?.date ?? told;
    const attributions =
      inside.length < 2 ? [] : findAttributions(folded, [sentence.start, sentence.end], language, inside);
    return { ...sentence, dates, eventSpans, attributions };
  });

  /** Indices of the first and last sentence that the quote touches. */
  function covered([start, end]: readonly [number, number]): [number, number] {
    let low = 0;
    let high = read.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((read[middle]?.end ?? 0) <= start) low = middle + 1;
      else high = middle;
    }
    let last = low;
    while ((read[last + 1]?.start ?? Infinity) < end) last += 1;
    return [low, last];
  }

  return {
    newsDay: findNewsDay(text, read, publishedAt),
    datesOf(quote) {
      const [first, last] = covered(quote);
      const run = read.slice(first, last + 1);
      const previous = read[first - 1];
      return {
        here: {
          start: quote[0],
          end: quote[1],
          dates: run.flatMap((sentence) => sentence.dates),
          eventSpans: run.flatMap((sentence) => sentence.eventSpans),
        },
        before: previous !== undefined && previous.paragraph === run[0]?.paragraph ? previous : null,
      };
    },
    attributionsOf(quote) {
      const [first, last] = covered(quote);
      return read.slice(first, last + 1).flatMap((sentence) => sentence.attributions);
    },
  };
}
