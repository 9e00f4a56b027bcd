/**
 * What a person can do, as functions on the store: the only writers of state besides the layout, which hands positions back when
 * it stops. `operations.ts` lists those with a shortcut.
 */
import type { NewDocument } from "../../server/contract/api.ts";
import type { Graph, GraphEdge, StoredClaim } from "../../server/contract/graph.ts";
import type { EdgeType, Language } from "../../server/contract/ontology.ts";
import type { DocumentReport } from "../../server/contract/report.ts";
import { ApiError, type Api } from "./api.ts";
import type { Theme } from "./graph/appearance.ts";
import {
  datasetOf,
  degrees,
  EMPTY_DATASET,
  leavesOf,
  mergeGraph,
  neighboursIn,
  withoutNodes,
} from "./graph/dataset.ts";
import { record, redo, startHistory, undo } from "./graph/history.ts";
import { instantLayout, type Layout } from "./graph/layouts/registry.ts";
import type { Metric } from "./graph/metrics.ts";
import { relationshipWords } from "./graph/ontology.ts";
import { placeNew, type Positions } from "./graph/positions.ts";
import { activeConditions, NO_FILTER, visibleOf, type ViewFilter } from "./graph/visible.ts";
import {
  evidenceKey,
  panelOf,
  viewOf,
  type Evidence,
  type Notice,
  type Panel,
  type Screen,
  type StepLabel,
  type Store,
  type View,
} from "./state.ts";
import { translate, type TextKey, type TextParameters } from "./text.ts";

/** Neighbours drawn by one expansion; "more" asks for as many again. */
export const NEIGHBOURS_A_STEP = 50;
const MOST_NEIGHBOURS = 500;
/** Ids that fit in an address. */
const LARGEST_SUBGRAPH = 400;
const RETRY_MILLISECONDS = 3_000;
const SEARCH_DELAY_MILLISECONDS = 140;
const NOTICE_MILLISECONDS = 6_000;
const LARGEST_PATH = 6;

export interface Preferences {
  keep(name: "language" | "theme", value: string): void;
}

export function createActions(store: Store, api: Api, preferences: Preferences) {
  const { getState, setState } = store;
  let searching: AbortController | null = null;
  let searchTimer: ReturnType<typeof setTimeout> | undefined;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let stopWatching: (() => void) | null = null;
  let notices = 0;

  const say = (key: TextKey, parameters: TextParameters = {}) => translate(getState().language, key, parameters);

  function notify(text: string, kind: Notice["kind"]): void {
    notices += 1;
    const id = notices;
    setState({ notice: { text, kind, id } });
    setTimeout(() => {
      if (getState().notice?.id === id) setState({ notice: null });
    }, NOTICE_MILLISECONDS);
  }

  /** Tells a failure once, in the place where it belongs: the banner when the server is away, else a notice. */
  function report(error: unknown): string {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof ApiError && error.code === "unreachable") lose();
    else if (error instanceof ApiError && error.code === "unauthorized") setState({ connection: "locked" });
    else notify(say("failed", { message }), "problem");
    return message;
  }

  function lose(): void {
    if (getState().connection === "ready") setState({ connection: "lost" });
    clearTimeout(retryTimer);
    retryTimer = setTimeout(() => void connect(), RETRY_MILLISECONDS);
  }

  /** Puts a new view on top of the history, places what is new, and asks for a layout of it. */
  function show(view: View, label: StepLabel, origin: string | null, fresh: boolean): void {
    const { history, positions, layout } = getState();
    const kept: Positions = fresh ? new Map() : positions;
    const placed = placeNew(view.dataset, kept, origin);
    const grown = placed !== kept;
    setState({
      history: record(history, view, label),
      positions: placed,
      layout: grown ? { ...layout, kind: "force", turn: layout.turn + 1, only: fresh ? "all" : "new" } : layout,
    });
  }

  function focusOn(ids: readonly string[]): void {
    setState({ focus: { ids, turn: getState().focus.turn + 1 } });
  }

  async function connect(): Promise<void> {
    try {
      const health = await api.health();
      setState({ health });
      if (!health.store.reachable) {
        setState({
          connection: "lost",
          connectionMessage: say("connection.store", { message: health.store.message ?? "" }),
        });
        retryTimer = setTimeout(() => void connect(), RETRY_MILLISECONDS);
        return;
      }
      const first = viewOf(getState()).dataset.nodes.size === 0;
      setState({ connection: "ready", connectionMessage: null });
      if (first) await openOverview();
    } catch (error) {
      if (error instanceof ApiError && error.code === "unauthorized") {
        setState({ connection: "locked" });
      } else {
        const message = error instanceof ApiError && error.code !== "unreachable" ? error.message : null;
        setState({ connection: "lost", connectionMessage: message });
        clearTimeout(retryTimer);
        retryTimer = setTimeout(() => void connect(), RETRY_MILLISECONDS);
      }
    }
  }

  /**
   * Looks at the server from time to time: it may go away, and articles come in without this page, such as the samples of a first
   * start. An overview that nobody has touched yet takes them in; any other view stays as it is.
   */
  async function watch(): Promise<void> {
    const { connection, health } = getState();
    if (connection !== "ready" || document.hidden) return;
    try {
      const now = await api.health();
      setState({ health: now });
      const changed = now.counts.documents !== health?.counts.documents;
      const { history, panels, ingestion } = getState();
      const view = viewOf(getState());
      const untouched = history.past.length === 0 && panels.length === 0 && ingestion.state === "closed";
      const empty = view.dataset.nodes.size === 0 && now.counts.entities > 0;
      if (!untouched || !(changed || empty)) return;
      const graph = await api.overview(serverFilter(getState().filter));
      const grown = graph.nodes.length > view.dataset.nodes.size * 1.3;
      amend(overviewOf(graph));
      const { layout } = getState();
      if (grown) setState({ layout: { ...layout, kind: "force", turn: layout.turn + 1, only: "all" } });
    } catch (error) {
      report(error);
    }
  }

  async function refreshHealth(): Promise<void> {
    try {
      setState({ health: await api.health() });
    } catch (error) {
      report(error);
    }
  }

  async function openOverview(): Promise<void> {
    try {
      const graph = await api.overview(serverFilter(getState().filter));
      const view = overviewOf(graph);
      const started = viewOf(getState()).dataset.nodes.size > 0;
      if (started) {
        show(view, { key: "step.overview", parameters: {} }, null, true);
      } else {
        // The first view is where undo ends.
        setState({ history: startHistory(view, { key: "step.overview", parameters: {} }) });
        const { layout } = getState();
        setState({
          positions: placeNew(view.dataset, new Map(), null),
          layout: { ...layout, kind: "force", turn: layout.turn + 1, only: "all" },
        });
      }
    } catch (error) {
      report(error);
    }
  }

  function openPanel(panel: Panel): void {
    const { panels } = getState();
    const last = panels.at(-1);
    // A second node or edge takes the place of the first; an article opens on top of what led to it.
    const replace = last !== undefined && last.kind !== "article" && panel.kind !== "article";
    setState({ panels: [...(replace ? panels.slice(0, -1) : panels), panel].slice(-12) });
  }

  async function loadEntity(id: string): Promise<void> {
    if (getState().entities[id]?.state !== "ready") put("entities", id, { state: "loading" });
    try {
      put("entities", id, { state: "ready", value: await api.entity(id) });
    } catch (error) {
      if (error instanceof ApiError && error.code === "unreachable") report(error);
      put("entities", id, { state: "failed", message: messageOf(error) });
    }
  }

  function put<K extends "entities" | "evidence" | "articles">(
    slot: K,
    key: string,
    value: ReturnType<Store["getState"]>[K][string],
  ): void {
    setState((state) => ({ [slot]: { ...state[slot], [key]: value } }));
  }

  async function selectEntity(id: string): Promise<void> {
    const last = panelOf(getState());
    if (last?.kind === "paths" && last.to === null && last.from !== id) {
      await findPaths(last.from, id);
      return;
    }
    openPanel({ kind: "entity", id });
    setState({ screen: getState().screen === "query" ? "graph" : getState().screen });
    await loadEntity(id);
  }

  /** Brings an entity into the graph when it is not there yet, with its links to what is shown. */
  async function openEntity(id: string): Promise<void> {
    const selecting = selectEntity(id);
    const view = viewOf(getState());
    if (!view.dataset.nodes.has(id) || view.hidden.has(id)) await bring([id], id);
    const around = neighboursIn(viewOf(getState()).dataset, id).map(({ node }) => node.id);
    focusOn([id, ...around]);
    setState({ screen: getState().screen === "query" ? "graph" : getState().screen });
    await selecting;
  }

  async function bring(ids: readonly string[], origin: string | null, label?: StepLabel): Promise<void> {
    const view = viewOf(getState());
    const present = [...view.dataset.nodes.keys()].slice(0, LARGEST_SUBGRAPH - ids.length);
    try {
      const graph = await api.subgraph([...new Set([...ids, ...present])], serverFilter(getState().filter));
      const dataset = mergeGraph(view.dataset, graph);
      const hidden = new Set([...view.hidden].filter((id) => !ids.includes(id)));
      const name = dataset.nodes.get(ids[0] ?? "")?.name ?? "";
      show({ dataset, hidden, overview: null }, label ?? { key: "step.open", parameters: { name } }, origin, false);
    } catch (error) {
      report(error);
    }
  }

  async function expand(id: string, type?: EdgeType, limit = NEIGHBOURS_A_STEP): Promise<void> {
    setState({ expanding: id });
    try {
      const { filter } = getState();
      const relationships = type === undefined ? undefined : [type];
      const most = Math.min(limit, MOST_NEIGHBOURS);
      const neighbours = await api.neighbours(id, most, serverFilter(filter), relationships);
      const view = viewOf(getState());
      const merged = mergeGraph(view.dataset, neighbours);
      const shown = new Set(neighbours.nodes.map((node) => node.id));
      const hidden = new Set([...view.hidden].filter((other) => !shown.has(other)));
      const name = merged.nodes.get(id)?.name ?? "";
      const language = getState().language;
      const label: StepLabel =
        type === undefined
          ? { key: "step.expand", parameters: { name } }
          : { key: "step.expand.type", parameters: { name, type: relationshipWords(type, "out", language) } };
      setState((state) => ({
        counts: { ...state.counts, [id]: mergeCounts(state.counts[id] ?? [], neighbours.counts) },
      }));
      const grew = merged.nodes.size > view.dataset.nodes.size || merged.edges.size > view.dataset.edges.size;
      if (grew || hidden.size < view.hidden.size) show({ dataset: merged, hidden, overview: null }, label, id, false);
      else notify(say("entity.expand.nothing", { name }), "information");
    } catch (error) {
      report(error);
    } finally {
      setState({ expanding: null });
    }
  }

  function collapse(id: string): void {
    const view = viewOf(getState());
    const leaves = leavesOf(view.dataset, id);
    if (leaves.size === 0) return;
    const name = view.dataset.nodes.get(id)?.name ?? "";
    const dataset = withoutNodes(view.dataset, leaves);
    setState((state) => ({ counts: Object.fromEntries(Object.entries(state.counts).filter(([key]) => key !== id)) }));
    show({ ...view, dataset, overview: null }, { key: "step.collapse", parameters: { name } }, null, false);
  }

  function hide(id: string): void {
    const view = viewOf(getState());
    const name = view.dataset.nodes.get(id)?.name ?? "";
    show({ ...view, hidden: new Set([...view.hidden, id]) }, { key: "step.hide", parameters: { name } }, null, false);
    setState({ panels: getState().panels.filter((panel) => panel.kind !== "entity" || panel.id !== id) });
  }

  async function selectEdge(edge: GraphEdge): Promise<void> {
    openPanel({ kind: "edge", edge });
    const key = evidenceKey(edge);
    put("evidence", key, { state: "loading" });
    try {
      put("evidence", key, { state: "ready", value: await firstEvidence(edge) });
    } catch (error) {
      if (error instanceof ApiError && error.code === "unreachable") report(error);
      put("evidence", key, { state: "failed", message: messageOf(error) });
    }
  }

  /** A derived edge has no claims of its own: those of both its statements are shown. */
  async function firstEvidence(edge: GraphEdge): Promise<Evidence> {
    if (edge.type !== "ACTED_AGAINST") {
      const page = await api.claims({ subject: edge.source, object: edge.target, type: edge.type });
      return { ...page, loadingMore: false };
    }
    const pages = await Promise.all(
      edge.via.flatMap((event) => [
        api.claims({ subject: edge.source, object: event, type: "CONDUCTED" }),
        api.claims({ subject: event, object: edge.target, type: "TARGETED" }),
      ]),
    );
    const claims = pages.flatMap((page) => page.claims);
    return { claims, total: pages.reduce((sum, page) => sum + page.total, 0), nextCursor: null, loadingMore: false };
  }

  async function moreEvidence(edge: GraphEdge): Promise<void> {
    const key = evidenceKey(edge);
    const shown = getState().evidence[key];
    if (shown?.state !== "ready" || shown.value.nextCursor === null || shown.value.loadingMore) return;
    put("evidence", key, { state: "ready", value: { ...shown.value, loadingMore: true } });
    try {
      const cursor = shown.value.nextCursor;
      const page = await api.claims({ subject: edge.source, object: edge.target, type: edge.type, cursor });
      const claims = [...shown.value.claims, ...page.claims];
      put("evidence", key, { state: "ready", value: { ...page, claims, loadingMore: false } });
    } catch (error) {
      put("evidence", key, { state: "ready", value: { ...shown.value, loadingMore: false } });
      report(error);
    }
  }

  async function openArticle(document: string, claim: StoredClaim | null): Promise<void> {
    const { panels } = getState();
    const last = panels.at(-1);
    if (last?.kind === "article" && last.document === document) {
      setState({ panels: [...panels.slice(0, -1), { kind: "article", document, claim }] });
    } else {
      openPanel({ kind: "article", document, claim });
    }
    if (getState().articles[document]?.state === "ready") return;
    put("articles", document, { state: "loading" });
    try {
      put("articles", document, { state: "ready", value: await api.document(document) });
    } catch (error) {
      if (error instanceof ApiError && error.code === "unreachable") report(error);
      put("articles", document, { state: "failed", message: messageOf(error) });
    }
  }

  async function showArticleGraph(documents: readonly string[]): Promise<void> {
    try {
      const articles = await Promise.all(documents.map((id) => api.document(id)));
      const ids = [...new Set(articles.flatMap((article) => article.entities.map((entity) => entity.id)))];
      const graph = await api.subgraph(ids.slice(0, LARGEST_SUBGRAPH), {});
      const linked = withLinks(graph);
      const name = articles[0]?.title ?? "";
      const view: View = { dataset: datasetOf(linked), hidden: new Set(), overview: null };
      show(view, { key: "step.article", parameters: { name } }, null, true);
      setState({ screen: "graph", filter: NO_FILTER });
    } catch (error) {
      report(error);
    }
  }

  async function deleteArticle(id: string, title: string): Promise<void> {
    try {
      await api.deleteDocument(id);
      forget();
      setState({ panels: getState().panels.filter((panel) => panel.kind !== "article" || panel.document !== id) });
      notify(say("article.deleted"), "information");
      await refreshView({ key: "step.deleted", parameters: { name: title } });
    } catch (error) {
      report(error);
    }
  }

  /** Everything that was fetched about entities and edges may have changed. */
  function forget(): void {
    setState({ entities: {}, evidence: {}, articles: {}, counts: {}, articleList: null });
  }

  /** Fetches again what is shown: the same nodes where they still exist. */
  async function refreshView(label: StepLabel): Promise<void> {
    void refreshHealth();
    const view = viewOf(getState());
    try {
      const filter = serverFilter(getState().filter);
      if (view.overview !== null || view.dataset.nodes.size === 0) {
        const graph = await api.overview(filter);
        show(overviewOf(graph), label, null, view.dataset.nodes.size === 0);
      } else {
        const ids = [...view.dataset.nodes.keys()].slice(0, LARGEST_SUBGRAPH);
        const graph = await api.subgraph(ids, filter);
        show({ ...view, dataset: datasetOf(graph) }, label, null, false);
      }
      const { dataset } = viewOf(getState());
      setState((state) => ({
        panels: state.panels.filter((panel) => panel.kind !== "entity" || dataset.nodes.has(panel.id)),
      }));
      const panel = panelOf(getState());
      if (panel?.kind === "entity") await loadEntity(panel.id);
    } catch (error) {
      report(error);
    }
  }

  async function setFilter(filter: ViewFilter): Promise<void> {
    setState({ filter });
    const view = viewOf(getState());
    try {
      if (view.overview === null) {
        const ids = [...view.dataset.nodes.keys()].slice(0, LARGEST_SUBGRAPH);
        if (ids.length === 0) return;
        // Counts and dates of an edge are those of the claims that pass.
        const graph = await api.subgraph(ids, serverFilter(filter));
        if (getState().filter !== filter) return;
        const edges = new Map(graph.edges.map((edge) => [edge.id, edge]));
        amend({ ...view, dataset: { nodes: view.dataset.nodes, edges } });
      } else {
        const graph = await api.overview(serverFilter(filter));
        if (getState().filter !== filter) return;
        amend(overviewOf(graph));
      }
    } catch (error) {
      report(error);
    }
  }

  /** Replaces the present view without a step: filters are no step of their own. */
  function amend(view: View): void {
    const { history, positions, layout } = getState();
    const placed = placeNew(view.dataset, positions, null);
    setState({
      history: { ...history, present: { ...history.present, value: view } },
      positions: placed,
      layout: placed === positions ? layout : { ...layout, kind: "force", turn: layout.turn + 1, only: "new" },
    });
  }

  function search(query: string): void {
    searching?.abort();
    clearTimeout(searchTimer);
    setState((state) => ({ search: { ...state.search, query, state: "searching" } }));
    searchTimer = setTimeout(() => void runSearch(query), query === "" ? 0 : SEARCH_DELAY_MILLISECONDS);
  }

  async function runSearch(query: string): Promise<void> {
    const own = new AbortController();
    searching = own;
    try {
      const [entities, documents] = await Promise.all([
        api.searchEntities(query.trim(), 10, own.signal),
        query.trim().length < 3 ? null : api.searchDocuments(query.trim(), 4, own.signal),
      ]);
      if (own.signal.aborted) return;
      setState({
        search: {
          query,
          entities: entities.entities,
          documents: documents?.documents ?? [],
          total: entities.total,
          state: "ready",
        },
      });
    } catch (error) {
      if (own.signal.aborted) return;
      setState((state) => ({ search: { ...state.search, entities: [], documents: [], state: "failed" } }));
      if (error instanceof ApiError && error.code === "unreachable") report(error);
    }
  }

  async function ingest(given: { text: NewDocument } | { files: readonly File[] }): Promise<void> {
    const names = "files" in given ? given.files.map((file) => file.name) : [given.text.title ?? given.text.url ?? ""];
    setState({ ingestion: { state: "working", job: null, names } });
    try {
      const outcome = "files" in given ? await api.ingestFiles(given.files) : await api.ingestText(given.text);
      if (outcome.kind === "reports") {
        ingested(outcome.reports, null);
        return;
      }
      stopWatching?.();
      setState({ ingestion: { state: "working", job: outcome.job, names } });
      stopWatching = api.watchJob(
        outcome.job.id,
        (job) => {
          if (job.finishedAt === null) setState({ ingestion: { state: "working", job, names } });
          else ingested(job.reports, job.message);
        },
        (message) => setState({ ingestion: { state: "form", message } }),
      );
    } catch (error) {
      const message = messageOf(error);
      if (error instanceof ApiError && (error.code === "unreachable" || error.code === "unauthorized")) report(error);
      setState({ ingestion: { state: "form", message } });
    }
  }

  function ingested(reports: readonly DocumentReport[], message: string | null): void {
    setState({ ingestion: { state: "done", reports, message } });
    forget();
    void refreshHealth();
  }

  async function showIngested(): Promise<void> {
    const { ingestion } = getState();
    if (ingestion.state !== "done") return;
    const ids = ingestion.reports.flatMap((one) => (one.id === null ? [] : [one.id]));
    setState({ ingestion: { state: "closed" } });
    const only = ids[0];
    await showArticleGraph(ids.slice(0, 12));
    if (only !== undefined && ids.length === 1) await openArticle(only, null);
  }

  async function closeIngestion(): Promise<void> {
    const finished = getState().ingestion.state === "done";
    setState({ ingestion: { state: "closed" } });
    if (finished) await refreshView({ key: "step.refresh", parameters: {} });
  }

  async function removeSamples(): Promise<void> {
    try {
      await api.deleteCollection("samples");
      forget();
      setState({ panels: [], filter: NO_FILTER });
      notify(say("samples.removed"), "information");
      await refreshHealth();
      const graph = await api.overview({});
      // What the samples gave is not to be had by undo.
      const view =
        graph.nodes.length === 0
          ? { dataset: EMPTY_DATASET, hidden: new Set<string>(), overview: null }
          : overviewOf(graph);
      setState({
        history: startHistory(view, { key: "step.overview", parameters: {} }),
        positions: placeNew(view.dataset, new Map(), null),
      });
      runLayout("force");
    } catch (error) {
      report(error);
    }
  }

  function runLayout(kind: Layout): void {
    const { layout, filter } = getState();
    const view = viewOf(getState());
    const dataset = visibleOf(view.dataset, view.hidden, filter);
    const instant = instantLayout(kind, dataset);
    if (instant === null) {
      setState({ layout: { ...layout, kind, turn: layout.turn + 1, only: "all" } });
    } else {
      setState({
        positions: new Map([...getState().positions, ...instant]),
        layout: { ...layout, kind, running: false, turn: layout.turn + 1 },
      });
      focusOn([]);
    }
  }

  async function findPaths(from: string, to: string): Promise<void> {
    openPanel({ kind: "paths", from, to });
    setState({ paths: { state: "loading" } });
    try {
      const paths = await api.paths(from, to, LARGEST_PATH, serverFilter(getState().filter));
      setState({ paths: { state: "ready", value: paths } });
    } catch (error) {
      setState({ paths: { state: "failed", message: report(error) } });
    }
  }

  function showGraph(graph: Pick<Graph, "nodes" | "edges">, label: StepLabel, fresh: boolean): void {
    const view = viewOf(getState());
    const dataset = fresh ? datasetOf(graph) : mergeGraph(view.dataset, graph);
    show({ dataset, hidden: fresh ? new Set() : view.hidden, overview: null }, label, null, fresh);
    setState({ screen: "graph" });
    focusOn(graph.nodes.map((node) => node.id));
  }

  async function runCypher(): Promise<void> {
    const { cypher } = getState();
    setState({ cypher: { ...cypher, answer: { state: "loading" }, fault: null } });
    try {
      const value = await api.cypher(cypher.text, {});
      setState((state) => ({ cypher: { ...state.cypher, answer: { state: "ready", value } } }));
    } catch (error) {
      const fault = error instanceof ApiError ? error.position : null;
      if (error instanceof ApiError && error.code === "unreachable") report(error);
      const answer = { state: "failed" as const, message: messageOf(error) };
      setState((state) => ({ cypher: { ...state.cypher, answer, fault } }));
    }
  }

  async function openArticles(more: boolean): Promise<void> {
    const before = getState().articleList;
    const known = more && before?.state === "ready" ? before.value : null;
    if (!more) {
      openPanel({ kind: "articles" });
      setState({ articleList: { state: "loading" } });
    }
    try {
      const page = await api.documents(known?.nextCursor ?? undefined);
      const documents = [...(known?.documents ?? []), ...page.documents];
      setState({ articleList: { state: "ready", value: { ...page, documents } } });
    } catch (error) {
      setState({ articleList: { state: "failed", message: report(error) } });
    }
  }

  function jump(steps: number): void {
    let { history } = getState();
    for (let step = 0; step < Math.abs(steps); step += 1) history = steps < 0 ? undo(history) : redo(history);
    setState({ history });
  }

  return {
    connect,
    watch,
    /** Goes back (below 0) or forth in the steps. */
    jump,
    signIn: async (password: string) => {
      try {
        await api.signIn(password);
        setState({ connection: "starting", connectionMessage: null });
        await connect();
      } catch (error) {
        setState({ connectionMessage: messageOf(error) });
      }
    },
    openOverview,
    openEntity,
    selectEntity,
    selectEdge,
    moreEvidence,
    openArticle,
    openArticles,
    showArticleGraph,
    deleteArticle,
    expand,
    collapse,
    hide,
    setFilter,
    clearFilter: () => setFilter(NO_FILTER),
    search,
    ingest,
    showIngested,
    closeIngestion,
    openIngestion: () => {
      stopWatching?.();
      setState({ ingestion: { state: "form", message: null } });
    },
    removeSamples,
    runLayout,
    startPath: (from: string) => {
      setState({ paths: null });
      openPanel({ kind: "paths", from, to: null });
    },
    findPaths,
    showGraph,
    runCypher,
    setCypher: (text: string) => setState((state) => ({ cypher: { ...state.cypher, text, fault: null } })),
    back: () => setState({ panels: getState().panels.slice(0, -1) }),
    closePanels: () => setState({ panels: [] }),
    undo: () => setState({ history: undo(getState().history) }),
    redo: () => setState({ history: redo(getState().history) }),
    focusOn,
    fit: () => focusOn([]),
    setHovered: (hovered: string | null) => {
      if (getState().hovered !== hovered) setState({ hovered });
    },
    setScreen: (screen: Screen) => setState({ screen }),
    setSizeBy: (sizeBy: Metric) => setState({ sizeBy }),
    setLanguage: (language: Language) => {
      preferences.keep("language", language);
      setState({ language });
    },
    setTheme: (theme: Theme) => {
      preferences.keep("theme", theme);
      setState({ theme });
    },
    setLegend: (legendOpen: boolean) => setState({ legendOpen }),
    setHelp: (helpOpen: boolean) => setState({ helpOpen }),
    dismissNotice: () => setState({ notice: null }),
    /** The layout hands its positions back when it stops. */
    keepPositions: (moved: Positions, running: boolean) => {
      const { layout, positions } = getState();
      setState({ positions: new Map([...positions, ...moved]), layout: { ...layout, running } });
    },
    setLayoutRunning: (running: boolean) => setState({ layout: { ...getState().layout, running } }),
  };
}

export type Actions = ReturnType<typeof createActions>;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function overviewOf(graph: Graph): View {
  return {
    dataset: datasetOf(graph),
    hidden: new Set(),
    overview: { shown: graph.nodes.length, total: Math.max(graph.total, graph.nodes.length) },
  };
}

/** Nodes without any link say little in an article's graph; they stay when there is nothing else. */
function withLinks(graph: Graph): Graph {
  const degree = degrees(datasetOf(graph));
  const linked = graph.nodes.filter((node) => (degree.get(node.id) ?? 0) > 0);
  return linked.length === 0 ? graph : { ...graph, nodes: linked };
}

function mergeCounts<T extends { type: EdgeType; direction: string }>(known: readonly T[], fresh: readonly T[]): T[] {
  const isFresh = (one: T) => fresh.some((other) => other.type === one.type && other.direction === one.direction);
  return [...known.filter((one) => !isFresh(one)), ...fresh];
}

/** The filter as it goes over the wire; without a condition the stores answer from the projection, which is faster. */
function serverFilter(filter: ViewFilter): ViewFilter {
  return activeConditions(filter) === 0 ? {} : filter;
}
