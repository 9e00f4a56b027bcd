/**
 * Decisions: what waits for a person, deciding, taking back. After each, what was fetched before is forgotten and the picture is
 * asked for again, so that the graph shown is the graph decided.
 */
import type { Action, DecisionPage, ToldDecision } from "../../../server/contract/decisions.ts";
import { ApiError } from "../api.ts";
import { decisionWords } from "../decision-words.ts";
import { datasetOf } from "../graph/dataset.ts";
import { anyConfidence } from "../graph/visible.ts";
import { currentOf, movedBy, withoutItem, type Queue, type Review, type ReviewTab } from "../review-state.ts";
import { panelOf, viewOf, type Loadable } from "../state.ts";
import { messageOf, type Context } from "./context.ts";
import type { Articles } from "./articles.ts";
import type { EvidenceActions } from "./evidence.ts";
import type { Overview } from "./overview.ts";
import type { Preferences } from "./page.ts";
import type { Panels } from "./panels.ts";
import { graphAmong, overviewUnder } from "./questions.ts";
import type { Steps } from "./steps.ts";

const QUEUE = 50;
const FEW_LEFT = 5;

export function createReview(
  { store, api, say, notify, report }: Context,
  { amend }: Steps,
  subjects: { panels: Panels; overview: Overview; articles: Articles; evidence: EvidenceActions },
  preferences: Preferences,
) {
  const { loadEntity, openPanel } = subjects.panels;
  const { forget, refreshHealth } = subjects.overview;
  const { openArticle } = subjects.articles;
  const { loadEvidence } = subjects.evidence;
  const { getState, setState } = store;

  const setReview = (change: Partial<Review>) => setState((state) => ({ review: { ...state.review, ...change } }));

  function setAuthor(author: string): void {
    preferences.keep("author", author);
    setState({ author });
  }

  /** Who decides; null when nobody said so yet, which is told. */
  function authorOrNotice(): string | null {
    const author = getState().author.trim();
    if (author !== "") return author;
    notify(say("review.author.needed"), "problem");
    return null;
  }

  async function openReview(tab: ReviewTab = getState().review.tab): Promise<void> {
    setState({ screen: "review" });
    setReview({ tab });
    switch (tab) {
      case "claims":
        await loadClaims();
        break;
      case "duplicates":
        await loadDuplicates();
        break;
      case "decisions":
        await loadDecisions();
        break;
    }
  }

  async function loaded<T>(question: () => Promise<T>): Promise<Loadable<T>> {
    try {
      return { state: "ready", value: await question() };
    } catch (error) {
      return { state: "failed", message: report(error) };
    }
  }

  async function loadClaims(): Promise<void> {
    if (getState().review.claims?.state !== "ready") setReview({ claims: { state: "loading" } });
    // The doubtful are what is looked for here.
    const filter = anyConfidence(getState().filter);
    const claims = await loaded(async () => {
      const { items, total } = await api.review(filter, QUEUE);
      return { items, total, at: 0 };
    });
    setReview({ claims });
    await readCurrent();
  }

  async function loadDuplicates(): Promise<void> {
    if (getState().review.duplicates?.state !== "ready") setReview({ duplicates: { state: "loading" } });
    const duplicates = await loaded(async () => {
      const { suggestions, total } = await api.suggestions(QUEUE);
      return { items: suggestions, total, at: 0 };
    });
    setReview({ duplicates });
  }

  async function loadDecisions(): Promise<void> {
    if (getState().review.decisions?.state !== "ready") setReview({ decisions: { state: "loading" } });
    setReview({ decisions: await loaded(() => api.decisions({ limit: QUEUE })) });
  }

  async function moreDecisions(): Promise<void> {
    const { decisions } = getState().review;
    if (decisions?.state !== "ready" || decisions.value.nextCursor === null) return;
    const before = decisions.value;
    const more = await loaded(() => api.decisions({ limit: QUEUE, cursor: before.nextCursor ?? undefined }));
    if (more.state !== "ready") return;
    const value: DecisionPage = { ...more.value, decisions: [...before.decisions, ...more.value.decisions] };
    setReview({ decisions: { state: "ready", value } });
  }

  /** The article of the claim that is looked at stands beside it, its sentence lit. */
  async function readCurrent(): Promise<void> {
    const { screen, review } = getState();
    const item = currentOf(review.claims);
    if (screen !== "review" || review.tab !== "claims" || item === null) return;
    setState({ panels: [] });
    await openArticle(item.claim.document.id, item.claim);
  }

  async function move(steps: number): Promise<void> {
    const { tab, claims, duplicates } = getState().review;
    if (tab === "claims" && claims?.state === "ready") {
      setReview({ claims: { state: "ready", value: movedBy(claims.value, steps) } });
      await readCurrent();
    }
    if (tab === "duplicates" && duplicates?.state === "ready") {
      setReview({ duplicates: { state: "ready", value: movedBy(duplicates.value, steps) } });
    }
  }

  /** The decision, once it is recorded; null when it was not, and why is told. */
  async function decide(action: Action): Promise<ToldDecision | null> {
    if (getState().review.busy) return null;
    const author = authorOrNotice();
    if (author === null) {
      document.getElementById("author")?.focus();
      return null;
    }
    setReview({ busy: true });
    try {
      const decision = await api.decide({ author, why: "", action });
      setReview({ decided: getState().review.decided + 1 });
      notify(decisionWords(decision, say, getState().language), "information");
      await follow([decision]);
      return decision;
    } catch (error) {
      report(error);
      return null;
    } finally {
      setReview({ busy: false });
    }
  }

  async function undoDecision(id: string): Promise<void> {
    const author = authorOrNotice();
    if (author === null) return;
    try {
      const decision = await api.undoDecision(id, { author, why: "" });
      notify(say("decision.undone.now", { summary: decisionWords(decision, say, getState().language) }), "information");
      await follow([decision]);
    } catch (error) {
      report(error);
    }
    await loadDecisions();
  }

  /** Fetches again what is shown, with what the decisions made or joined. The steps of the page stay as they are. */
  async function follow(decisions: readonly ToldDecision[]): Promise<void> {
    forget();
    void refreshHealth();
    const view = viewOf(getState());
    const touched = decisions.flatMap(({ entities, created }) =>
      created === null ? entities : [...entities, created],
    );
    const { filter } = getState();
    if (view.overview !== null) amend({ ...(await overviewUnder(filter, api)), hidden: view.hidden });
    else if (view.dataset.nodes.size > 0) {
      const shown = touched.filter((id) => view.dataset.nodes.has(id));
      const ids = shown.length > 0 ? [...view.dataset.nodes.keys(), ...touched] : [...view.dataset.nodes.keys()];
      amend({ ...view, dataset: datasetOf(await graphAmong(ids, filter, api)) });
    }
    await reopenPanel();
  }

  /** What the panel tells may have changed; an actor that was merged away gives its place to the one it became. */
  async function reopenPanel(): Promise<void> {
    const panel = panelOf(getState());
    if (panel?.kind === "entity") {
      await loadEntity(panel.id);
      if (getState().entities[panel.id]?.state === "failed") {
        setState((state) => ({ panels: state.panels.filter((other) => other !== panel) }));
      }
    }
    if (panel?.kind === "edge") await loadEvidence(panel.edge);
    if (panel?.kind === "article") await openArticle(panel.document, panel.claim);
  }

  function drop<T>(queue: Loadable<Queue<T>> | null, item: T): Loadable<Queue<T>> | null {
    return queue?.state === "ready" ? { state: "ready", value: withoutItem(queue.value, item) } : queue;
  }

  async function decideClaim(action: (claim: string) => Action): Promise<void> {
    const item = currentOf(getState().review.claims);
    if (item === null || (await decide(action(item.claim.id))) === null) return;
    setReview({ claims: drop(getState().review.claims, item) });
    const { claims } = getState().review;
    if (
      claims?.state === "ready" &&
      claims.value.items.length < FEW_LEFT &&
      claims.value.total > claims.value.items.length
    ) {
      await loadClaims();
    } else await readCurrent();
  }

  async function decidePair(actionOf: (pair: [string, string], sides: [string, string]) => Action): Promise<void> {
    const item = currentOf(getState().review.duplicates);
    if (item === null) return;
    const [one, other] = item.sides;
    const decision = await decide(actionOf(item.pair, [one.node.id, other.node.id]));
    if (decision === null) return;
    // A merge changes other pairs too: they are asked for again.
    if (decision.action.kind === "merge") await loadDuplicates();
    else setReview({ duplicates: drop(getState().review.duplicates, item) });
  }

  async function mergeInto(from: string, into: string): Promise<void> {
    if ((await decide({ kind: "merge", from, into })) === null) return;
    setState((state) => ({ panels: state.panels.filter((panel) => panel.kind !== "entity" || panel.id !== from) }));
    openPanel({ kind: "entity", id: into });
    await loadEntity(into);
  }

  async function acceptClear(): Promise<void> {
    const author = authorOrNotice();
    if (author === null) return;
    setReview({ busy: true });
    try {
      const { decisions, refused } = await api.acceptSuggestions({ author, why: "" });
      setReview({ decided: getState().review.decided + decisions.length });
      const [first] = refused;
      if (first !== undefined) notify(say("review.refused", { n: refused.length, message: first.message }), "problem");
      await follow(decisions);
    } catch (error) {
      report(error);
    } finally {
      setReview({ busy: false });
    }
    await loadDuplicates();
  }

  /** Decisions about one entity, or a message. */
  async function decisionsOf(question: { entity?: string; document?: string }): Promise<Loadable<DecisionPage>> {
    try {
      return { state: "ready", value: await api.decisions({ ...question, limit: QUEUE }) };
    } catch (error) {
      return { state: "failed", message: error instanceof ApiError ? error.message : messageOf(error) };
    }
  }

  return {
    setAuthor,
    openReview,
    moreDecisions,
    move,
    decide,
    undoDecision,
    acceptClear,
    mergeInto,
    decideQuote: (action: Extract<Action, { kind: "accept" | "reject" }>) => decide(action),
    decisionsOf,
    acceptClaim: () => decideClaim((claim) => ({ kind: "accept", claim })),
    rejectClaim: () => decideClaim((claim) => ({ kind: "reject", claim })),
    correctClaim: (change: Extract<Action, { kind: "correct" }>["change"]) =>
      decideClaim((claim) => ({ kind: "correct", claim, change })),
    mergePair: () => decidePair((_, [into, from]) => ({ kind: "merge", from, into })),
    rejectPair: () => decidePair((pair) => ({ kind: "reject", pair })),
    postponePair: () => decidePair((pair) => ({ kind: "postpone", pair })),
  };
}

export type ReviewActions = ReturnType<typeof createReview>;
