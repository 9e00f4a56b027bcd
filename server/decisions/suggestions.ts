/**
 * Pairs of entities that are possibly one: what documents found, seen through the decisions so far, with what speaks for and
 * against and both sides' mentions in their sentences.
 */
import type { MentionInContext, PossibleDuplicate, PossibleDuplicates, Reason } from "../contract/decisions.ts";
import type { Span } from "../contract/extraction.ts";
import type { GraphNode } from "../contract/graph.ts";
import { typeOfLabels } from "../contract/ontology.ts";
import { AppError } from "../errors.ts";
import { mayBeTakenFor } from "../resolution/compatibility.ts";
import { pairKey, type Overlay } from "../resolution/overlay.ts";
import type { FoundSuggestion, GraphStore } from "../store/graph-store.ts";

/** From this score on, with nothing weighty against it and no article that names both, a pair may be accepted together with others. */
export const CLEAR_SCORE = 0.8;
const WEIGHTY_AGAINST = -1;
const CONTEXTS = 3;
/** UTF-16 code units of a sentence that are shown; a longer one is cut around the mention. */
const CONTEXT_CHARACTERS = 300;

export interface SuggestionParts {
  store: GraphStore;
  overlay: Overlay;
  sentencesOf: (text: string) => readonly Span[];
}

export interface SuggestionQuery {
  /** Pairs of this entity alone. */
  entity?: string | undefined;
  /** Clear ones alone. */
  clear?: boolean | undefined;
  limit: number;
  cursor?: string | undefined;
}

interface Candidate {
  pair: [string, string];
  score: number;
  reasons: readonly Reason[];
  postponed: boolean;
}

export async function suggestionPage(query: SuggestionQuery, parts: SuggestionParts): Promise<PossibleDuplicates> {
  const { candidates, nodes } = await openCandidates(query, parts);
  const from = query.cursor === undefined ? 0 : placeAfter(query.cursor, candidates);
  const page = candidates.slice(from, from + query.limit);
  const suggestions: PossibleDuplicate[] = [];
  for (const candidate of page) {
    const seen = query.clear === true ? candidate : await withCompany(candidate, parts.store);
    suggestions.push(await possibleDuplicate(seen, nodes, parts));
  }
  const last = page.at(-1);
  return {
    suggestions,
    total: candidates.length,
    nextCursor: last === undefined || from + query.limit >= candidates.length ? null : pairKey(last.pair),
  };
}

/** Pairs that are clear, as the ids that a merge takes. */
export async function clearPairs(parts: SuggestionParts): Promise<{ from: string; into: string }[]> {
  const { candidates, nodes } = await openCandidates({ clear: true }, parts);
  return candidates.map(({ pair }) => mergeOf(pair, nodes));
}

/** The better connected one stays. */
export function mergeOf(pair: readonly [string, string], nodes: Nodes): { from: string; into: string } {
  const [into, from] = sidesOf(pair, nodes);
  if (into === undefined || from === undefined) return { from: pair[0], into: pair[1] };
  return { from: from.node.id, into: into.node.id };
}

type Store = Pick<GraphStore, "mentionedWith">;
type Nodes = ReadonlyMap<string, { node: GraphNode; degree: number }>;

async function openCandidates(
  { entity, clear }: Pick<SuggestionQuery, "entity" | "clear">,
  { store, overlay }: SuggestionParts,
): Promise<{ candidates: Candidate[]; nodes: Nodes }> {
  const best = new Map<string, Candidate>();
  for (const found of await store.foundSuggestions()) {
    const candidate = candidateOf(found, overlay);
    if (candidate === null || (entity !== undefined && !candidate.pair.includes(entity))) continue;
    const key = pairKey(candidate.pair);
    const other = best.get(key);
    if (other === undefined || candidate.score > other.score) best.set(key, candidate);
  }
  const ids = [...new Set([...best.values()].flatMap(({ pair }) => pair))];
  const nodes = new Map((await store.entitiesById(ids)).map((found) => [found.node.id, found]));
  const open = [...best.values()].filter(({ pair }) => mayBeOne(pair, nodes));
  const candidates = (clear === true ? await clearOnes(open, nodes, store) : open).sort(
    (a, b) =>
      Number(a.postponed) - Number(b.postponed) || b.score - a.score || (pairKey(a.pair) < pairKey(b.pair) ? -1 : 1),
  );
  return { candidates, nodes };
}

/** Null when decisions have settled it. */
function candidateOf({ of, entity, score, reasons }: FoundSuggestion, overlay: Overlay): Candidate | null {
  const [a, b] = [overlay.rootOf(of), overlay.rootOf(entity)];
  if (a === b || overlay.isApart([a, b])) return null;
  const pair: [string, string] = a < b ? [a, b] : [b, a];
  return { pair, score, reasons, postponed: overlay.isPostponed(pair) };
}

function mayBeOne([a, b]: readonly [string, string], nodes: Nodes): boolean {
  const [first, second] = [nodes.get(a), nodes.get(b)].map((found) => typeOfLabels(found?.node.labels ?? []));
  return (
    first !== null && first !== undefined && second !== null && second !== undefined && mayBeTakenFor(first, second)
  );
}

async function clearOnes(candidates: readonly Candidate[], nodes: Nodes, store: Store): Promise<Candidate[]> {
  const clear: Candidate[] = [];
  for (const candidate of candidates) {
    if (!isClear(candidate, nodes)) continue;
    const seen = await withCompany(candidate, store);
    if (isClear(seen, nodes)) clear.push(seen);
  }
  return clear;
}

/** Events are never joined in passing: two of one story resemble each other. */
function isClear({ pair, score, reasons, postponed }: Candidate, nodes: Nodes): boolean {
  const isEvent = nodes.get(pair[0])?.node.labels.includes("Event") === true;
  return !isEvent && !postponed && score >= CLEAR_SCORE && reasons.every(({ weight }) => weight > WEIGHTY_AGAINST);
}

const NAMED_APART: Reason = { text: "one article names both and tells them apart", weight: -2 };

async function withCompany(candidate: Candidate, store: Store): Promise<Candidate> {
  const [a, b] = candidate.pair;
  const together = await store.mentionedWith(a, [b]);
  return together.length === 0 ? candidate : { ...candidate, reasons: [...candidate.reasons, NAMED_APART] };
}

function placeAfter(cursor: string, candidates: readonly Candidate[]): number {
  const at = candidates.findIndex(({ pair }) => pairKey(pair) === cursor);
  if (at < 0) throw new AppError("invalid_input", "The cursor is none of this list any more. Start without one.");
  return at + 1;
}

/** Best connected first. */
function sidesOf(pair: readonly [string, string], nodes: Nodes): { node: GraphNode; degree: number }[] {
  return pair
    .flatMap((id) => nodes.get(id) ?? [])
    .sort(
      (a, b) => b.degree - a.degree || b.node.mentionCount - a.node.mentionCount || (a.node.id < b.node.id ? -1 : 1),
    );
}

async function possibleDuplicate(
  candidate: Candidate,
  nodes: Nodes,
  parts: SuggestionParts,
): Promise<PossibleDuplicate> {
  const { pair, score, postponed, reasons } = candidate;
  const [first, second] = sidesOf(pair, nodes);
  if (first === undefined || second === undefined) throw new RangeError("both entities of a suggestion are there");
  const byWeight = [...reasons].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  return {
    pair,
    score,
    clear: isClear(candidate, nodes),
    reasonsFor: byWeight.filter(({ weight }) => weight > 0),
    reasonsAgainst: byWeight.filter(({ weight }) => weight < 0),
    postponed,
    sides: [
      { node: first.node, mentions: await contextsOf(first.node.id, parts) },
      { node: second.node, mentions: await contextsOf(second.node.id, parts) },
    ],
  };
}

/** The entity in its sentences, one a document, latest first. */
export async function contextsOf(entity: string, { store, sentencesOf }: Omit<SuggestionParts, "overlay">) {
  const contexts: MentionInContext[] = [];
  for (const { document: id, spans } of await store.mentionsOf(entity, CONTEXTS)) {
    const document = await store.document(id);
    const [span] = spans;
    if (document === null || span === undefined) continue;
    const { text, title, url, source, language, publishedAt, collection } = document;
    const [start, end] = spans.find(([at, to]) => isNamed(document, at, to)) ?? span;
    const sentence = sentencesOf(text).find(([from, to]) => from <= start && to >= end) ?? [start, end];
    const [from, to] = cutAround(sentence, [start, end]);
    contexts.push({
      document: { id, title, url, source, language, publishedAt, collection },
      start,
      end,
      text: text.slice(from, to),
      mark: [start - from, end - from],
    });
  }
  return contexts;
}

function isNamed(
  { mentions }: { mentions: readonly { start: number; end: number; named: boolean }[] },
  at: number,
  to: number,
) {
  return mentions.some(({ start, end, named }) => named && start === at && end === to);
}

function cutAround([from, to]: Span, [start, end]: Span): Span {
  if (to - from <= CONTEXT_CHARACTERS) return [from, to];
  const room = Math.max(0, CONTEXT_CHARACTERS - (end - start)) / 2;
  return [Math.max(from, Math.floor(start - room)), Math.min(to, Math.ceil(end + room))];
}
