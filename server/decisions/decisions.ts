/**
 * The decisions of people: their log in the workspace, what it makes of the graph, and the one way to add to it.
 *
 * The record is written first and the graph follows in one transaction; a process that is killed between the two finds the mark of
 * the last applied record in the store and goes on from there. Every change runs in the write queue, so that no article comes in
 * between.
 */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type {
  AcceptedSuggestions,
  AcceptSuggestions,
  Decision,
  DecisionPage,
  DecisionRecord,
  NewDecision,
  PossibleDuplicates,
  ToldDecision,
  Undo,
  UndoRequest,
} from "../contract/decisions.ts";
import type { Span } from "../contract/extraction.ts";
import type { Ontology } from "../contract/ontology.ts";
import type { ResolvedDocument } from "../contract/resolution.ts";
import { annotatedArticle } from "../corpus/annotated-document.ts";
import { ontologyRules } from "../corpus/ontology-rules.ts";
import { AppError, toAppError } from "../errors.ts";
import type { WriteQueue } from "../ingest.ts";
import { applyDecisions, asFound } from "../resolution/apply-decisions.ts";
import { isUndo, overlayOf, standingOn, type DecisionReplay } from "../resolution/overlay.ts";
import type { GraphStore, Revision } from "../store/graph-store.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { revisionBetween } from "./affected.ts";
import { makeDecision } from "./decision-maker.ts";
import { clearPairs, mergeOf, suggestionPage, type SuggestionParts, type SuggestionQuery } from "./suggestions.ts";

export interface DecisionParts {
  workspace: Pick<Workspace, "decisions" | "appendDecision">;
  store: () => Promise<GraphStore>;
  ontology: () => Promise<Ontology>;
  queue: WriteQueue;
  /** Spans of the sentences of a text, in order. */
  sentencesOf: (text: string) => readonly Span[];
  now: () => Date;
}

export interface HistoryQuery {
  /** Decisions about this entity, and about those that were merged into it. */
  entity?: string | undefined;
  claim?: string | undefined;
  document?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

export interface Decisions {
  /** What the present decisions make of a document that was just resolved. Call it inside the write queue. */
  applyTo(document: ResolvedDocument): Promise<ResolvedDocument>;
  /** Brings a graph up to date that was left behind: by a killed process, or by a log that came from elsewhere. */
  catchUp(): Promise<void>;
  overlay(): Promise<DecisionReplay>;
  /** @throws AppError `not_found`, `conflict` (the issues tell the present state), `invalid_input` */
  decide(request: NewDecision): Promise<ToldDecision>;
  /** @throws AppError `not_found`; `conflict` when it is undone already or later decisions stand on it. */
  undo(id: string, request: UndoRequest): Promise<ToldDecision>;
  history(query: HistoryQuery): Promise<DecisionPage>;
  /** @throws AppError `invalid_input` for a cursor of another list. */
  suggestions(query: SuggestionQuery): Promise<PossibleDuplicates>;
  /** Merges pairs one after the other; what cannot be merged is told and does not stop the others. */
  acceptSuggestions(request: AcceptSuggestions): Promise<AcceptedSuggestions>;
  /**
   * A document that was marked complete, as an annotated article (`*.ann.md`).
   * @throws AppError `not_found`; `conflict` when it is not marked, or the format cannot hold it.
   */
  annotated(document: string): Promise<string>;
}

interface State {
  records: DecisionRecord[];
  overlay: DecisionReplay;
  /** The graph is known to follow the log. */
  isApplied: boolean;
}

export function createDecisions(parts: DecisionParts): Decisions {
  const { workspace, queue } = parts;
  let loading: Promise<State> | null = null;

  function load(): Promise<State> {
    loading ??= workspace
      .decisions()
      .then((records) => ({ records, overlay: overlayOf(records), isApplied: false }))
      .catch((error: unknown) => {
        loading = null;
        throw error;
      });
    return loading;
  }

  /** Inside the queue. */
  async function applied(): Promise<State> {
    const state = await load();
    if (state.isApplied) return state;
    const store = await parts.store();
    const mark = await store.appliedDecisions();
    if ((mark ?? "") !== markOf(state.records)) {
      const known = state.records.findIndex((_record, index) => markOf(state.records.slice(0, index + 1)) === mark) + 1;
      const before = state.records.slice(0, known);
      if (mark !== null && mark !== "" && known === 0) await applyToAll(state, store);
      else await follow(before, state, store);
    }
    state.isApplied = true;
    return state;
  }

  async function follow(before: readonly DecisionRecord[], state: State, store: GraphStore): Promise<void> {
    await store.revise(await revisionTo(state.records, overlayOf(before), before.length, store));
  }

  /** The graph follows decisions that this log does not hold: every document is made again. */
  async function applyToAll(state: State, store: GraphStore): Promise<void> {
    const ids: string[] = [];
    for await (const { extraction } of store.keptExtractions()) ids.push(extraction.id);
    for (const id of ids) {
      const kept = await store.keptDocument(id);
      if (kept === null) continue;
      const overrides = [...new Set(kept.entities.map(({ entity }) => entity))].map((entity) => ({
        entity,
        override: state.overlay.overrideOf(entity),
      }));
      await store.revise({
        documents: [applyDecisions(asFound(kept), state.overlay)],
        overrides,
        applied: UNFINISHED,
      });
    }
    await store.revise({ documents: [], overrides: [], applied: markOf(state.records) });
  }

  /** Inside the queue: the log first, then the graph. */
  async function record(added: DecisionRecord, state: State): Promise<void> {
    const store = await parts.store();
    const records = [...state.records, added];
    const revision = await revisionTo(records, state.overlay, state.records.length, store);
    await workspace.appendDecision(added);
    state.records = records;
    state.overlay = overlayOf(records);
    // Until the graph has followed: a fault here leaves the rest to the next call.
    state.isApplied = false;
    await store.revise(revision);
    state.isApplied = true;
  }

  async function decideNow(request: NewDecision): Promise<ToldDecision> {
    const state = await applied();
    const id = randomUUID();
    const content = await makeDecision(id, request.action, {
      store: await parts.store(),
      overlay: state.overlay,
      ontology: await parts.ontology(),
      sentencesOf: parts.sentencesOf,
      whereaboutsOf: (entity) => whereaboutsOf(entity, state),
    });
    const decision: Decision = {
      id,
      author: request.author,
      at: parts.now().toISOString(),
      why: request.why,
      ...content,
    };
    const refusal = state.overlay.refusalOf(decision);
    if (refusal !== null) throw new AppError("conflict", `This cannot be decided now: ${refusal}.`);
    await record(decision, state);
    return told(decision, state.records);
  }

  async function undoNow(id: string, request: UndoRequest): Promise<ToldDecision> {
    const state = await applied();
    const decision = state.records.find((one): one is Decision => one.id === id && !isUndo(one));
    if (decision === undefined) throw new AppError("not_found", `There is no decision "${id}".`);
    const { undone } = told(decision, state.records);
    if (undone !== null) {
      throw new AppError("conflict", `The decision (${decision.summary}) was undone by ${undone.author} already.`);
    }
    const standing = standingOn(id, state.records).reverse();
    const [last] = standing;
    if (last !== undefined) {
      const others = standing.length > 1 ? ` and ${standing.length - 1} more` : "";
      throw new AppError(
        "conflict",
        `The decision (${decision.summary}) cannot be undone yet: a later one stands on it (${last.decision.summary}; by ${last.decision.author})${others}. Undo that first.`,
        { issues: standing.map((each) => ({ path: each.decision.id, message: each.decision.summary })) },
      );
    }
    const { author, why } = request;
    const undo: Undo = { id: randomUUID(), author, at: parts.now().toISOString(), why, undoes: id };
    await record(undo, state);
    return told(decision, state.records);
  }

  async function suggestionParts(): Promise<SuggestionParts> {
    const { overlay } = await load();
    return { store: await parts.store(), overlay, sentencesOf: parts.sentencesOf };
  }

  async function acceptNow({ author, why, pairs }: AcceptSuggestions): Promise<AcceptedSuggestions> {
    await applied();
    const accepted: AcceptedSuggestions = { decisions: [], refused: [] };
    const wanted = pairs === undefined ? await clearPairs(await suggestionParts()) : await mergesOf(pairs);
    for (const { from, into } of wanted) {
      try {
        accepted.decisions.push(await decideNow({ author, why, action: { kind: "merge", from, into } }));
      } catch (error) {
        const fault = toAppError(error);
        if (fault.code !== "conflict" && fault.code !== "not_found" && fault.code !== "invalid_input") throw fault;
        accepted.refused.push({ pair: from < into ? [from, into] : [into, from], message: fault.message });
      }
    }
    return accepted;
  }

  /** The better connected of each pair stays. */
  async function mergesOf(pairs: readonly [string, string][]): Promise<{ from: string; into: string }[]> {
    const store = await parts.store();
    const nodes = new Map((await store.entitiesById(pairs.flat())).map((found) => [found.node.id, found]));
    return pairs.map((pair) => mergeOf(pair, nodes));
  }

  return {
    async applyTo(document) {
      return applyDecisions(document, (await applied()).overlay);
    },
    async catchUp() {
      await queue.run(applied);
    },
    async overlay() {
      return (await load()).overlay;
    },
    decide: (request) => queue.run(() => decideNow(request)),
    undo: (id, request) => queue.run(() => undoNow(id, request)),
    async history(query) {
      return historyPage(query, await load());
    },
    async suggestions(query) {
      return suggestionPage(query, await suggestionParts());
    },
    acceptSuggestions: (request) => queue.run(() => acceptNow(request)),
    async annotated(id) {
      const document = await (await parts.store()).document(id);
      if (document === null) throw new AppError("not_found", `There is no document "${id}".`);
      if (!(await load()).overlay.isComplete(id)) {
        throw new AppError(
          "conflict",
          `"${document.title}" is not marked as complete. Check all of it and mark it first.`,
        );
      }
      return annotatedArticle(document, parts.sentencesOf(document.text), ontologyRules(await parts.ontology()));
    },
  };
}

const UNFINISHED = "unfinished";

/** What follows in the graph from the records beyond the first `known`, which made the overlay. */
async function revisionTo(
  records: readonly DecisionRecord[],
  before: DecisionReplay,
  known: number,
  store: GraphStore,
): Promise<Revision> {
  const ids = new Set(records.slice(known).map((record) => (isUndo(record) ? record.undoes : record.id)));
  const changed = records.filter((record): record is Decision => !isUndo(record) && ids.has(record.id));
  return revisionBetween(before, overlayOf(records), changed, store, markOf(records));
}

/** Tells one state of the log from another: its length and its last record. */
function markOf(records: readonly DecisionRecord[]): string {
  const last = records.at(-1);
  return last === undefined ? "" : `${records.length} ${last.id}`;
}

function told(decision: Decision, records: readonly DecisionRecord[]): ToldDecision {
  const undo = records.find((record): record is Undo => isUndo(record) && record.undoes === decision.id);
  const undone = undo === undefined ? null : { id: undo.id, author: undo.author, at: undo.at, why: undo.why };
  const blockedBy =
    undo === undefined
      ? standingOn(decision.id, records)
          .map((each) => each.decision.id)
          .reverse()
      : [];
  return { ...decision, undone, blockedBy };
}

/** Where an entity went that is not in the graph. */
function whereaboutsOf(entity: string, { records, overlay }: State): string | null {
  const root = overlay.rootOf(entity);
  if (root === entity) return null;
  const merge = records.findLast(
    (record): record is Decision => !isUndo(record) && record.action.kind === "merge" && record.action.from === entity,
  );
  return merge === undefined
    ? `merged into "${root}"`
    : `merged into "${root}" by ${merge.author} at ${merge.at} (${merge.summary})`;
}

const cursorSchema = z.string().regex(/^\d+$/);

function historyPage({ entity, claim, document, limit, cursor }: HistoryQuery, state: State): DecisionPage {
  const { records, overlay } = state;
  const isAbout = (decision: Decision): boolean =>
    (entity === undefined || decision.entities.some((id) => id === entity || overlay.rootOf(id) === entity)) &&
    (claim === undefined || decision.claims.includes(claim)) &&
    (document === undefined || decision.documents.includes(document));
  const parsed = cursorSchema.safeParse(cursor ?? "0");
  if (!parsed.success) throw new AppError("invalid_input", "The cursor is none of this list. Start without one.");
  const all = records.filter((record): record is Decision => !isUndo(record) && isAbout(record)).reverse();
  const from = Number(parsed.data);
  const page = all.slice(from, from + limit);
  return {
    decisions: page.map((decision) => told(decision, records)),
    total: all.length,
    nextCursor: from + limit < all.length ? String(from + limit) : null,
  };
}
