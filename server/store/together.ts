/**
 * Entities that stand in one sentence with another one and have no relationship with it: computed from the texts when asked,
 * never stored.
 */
import type { Together } from "../contract/graph.ts";
import { EDGE_TYPES, type Language } from "../contract/ontology.ts";
import { compare } from "./date-order.ts";
import type { Transaction } from "./executor.ts";
import { companionsOf, type Companions } from "./queries/documents.ts";
import { edgesBetween } from "./queries/edges.ts";
import { nodesById } from "./queries/entities.ts";

/** Only the latest documents of an entity are read. */
const MAX_DOCUMENTS = 200;
const MAX_SENTENCES = 5;

interface Sentence {
  start: number;
  end: number;
}

type TogetherSentence = Together["together"][number]["sentences"][number];

export async function together(entity: string, limit: number, transaction: Transaction): Promise<Together | null> {
  const [node] = await transaction.run(nodesById([entity]));
  if (node === undefined) return null;
  const found = new Map<string, TogetherSentence[]>();
  for (const companions of await transaction.run(companionsOf(entity, MAX_DOCUMENTS))) {
    for (const [other, sentences] of sharedSentences(companions)) {
      found.set(other, [...(found.get(other) ?? []), ...sentences]);
    }
  }
  const others = [...found.keys()];
  const related = new Set(
    others.length === 0
      ? []
      : (await transaction.run(edgesBetween(entity, others, EDGE_TYPES))).flatMap((edge) => [edge.source, edge.target]),
  );
  const shown = [...found]
    .filter(([other]) => !related.has(other))
    .sort(([a, sentencesA], [b, sentencesB]) => sentencesB.length - sentencesA.length || compare(a, b))
    .slice(0, limit);
  const nodes = new Map((await transaction.run(nodesById(shown.map(([other]) => other)))).map((one) => [one.id, one]));
  return {
    entity,
    together: shown.flatMap(([other, sentences]) => {
      const companion = nodes.get(other);
      return companion === undefined
        ? []
        : [{ node: companion, count: sentences.length, sentences: sentences.slice(0, MAX_SENTENCES) }];
    }),
  };
}

function sharedSentences({ reference, text, starts, others }: Companions): Map<string, TogetherSentence[]> {
  const own = sentencesAt(sentencesOf(text, reference.language), starts);
  const shared = new Map<string, TogetherSentence[]>();
  for (const other of others) {
    const sentences = sentencesAt(own, other.starts);
    if (sentences.length === 0) continue;
    shared.set(
      other.entity,
      sentences.map(({ start, end }) => ({ document: reference, start, end, text: text.slice(start, end) })),
    );
  }
  return shared;
}

/** The sentences that hold one of the places. */
function sentencesAt(sentences: readonly Sentence[], places: readonly number[]): Sentence[] {
  return sentences.filter(({ start, end }) => places.some((place) => place >= start && place < end));
}

/** Sentences by the rules of the language (Unicode, with its abbreviations); a line ends one too. */
export function sentencesOf(text: string, language: Language): Sentence[] {
  const segmenter = new Intl.Segmenter(`${language}-u-ss-standard`, { granularity: "sentence" });
  return [...segmenter.segment(text)].flatMap(({ segment, index }) => {
    const trimmed = segment.trim();
    if (trimmed === "") return [];
    const start = index + segment.indexOf(trimmed);
    return [{ start, end: start + trimmed.length }];
  });
}
