/**
 * Articles: reading one, the list of all, the graph of some, and taking them out.
 */
import type { Span } from "../../../server/contract/extraction.ts";
import type { Graph, StoredClaim } from "../../../server/contract/graph.ts";
import { datasetOf, degrees, EMPTY_DATASET, onlyNodes, type Dataset } from "../graph/dataset.ts";
import { FIRST_FILTER, visibleOf } from "../graph/visible.ts";
import type { View } from "../state.ts";
import { isUnreachable, messageOf, type Context } from "./context.ts";
import type { Overview } from "./overview.ts";
import type { Panels } from "./panels.ts";
import { overviewUnder } from "./questions.ts";
import type { Steps } from "./steps.ts";

export function createArticles(
  { store, api, say, notify, report, put }: Context,
  { show, restart }: Steps,
  { openPanel }: Panels,
  { refreshHealth, refreshView, forget }: Overview,
) {
  const { getState, setState } = store;

  async function openArticle(document: string, claim: StoredClaim | null, sentence: Span | null = null): Promise<void> {
    const { panels } = getState();
    const last = panels.at(-1);
    if (last?.kind === "article" && last.document === document) {
      setState({ panels: [...panels.slice(0, -1), { kind: "article", document, claim, sentence }] });
    } else {
      openPanel({ kind: "article", document, claim, sentence });
    }
    if (getState().articles[document]?.state === "ready") return;
    put("articles", document, { state: "loading" });
    try {
      put("articles", document, { state: "ready", value: await api.document(document) });
    } catch (error) {
      if (isUnreachable(error)) report(error);
      put("articles", document, { state: "failed", message: messageOf(error) });
    }
  }

  async function showOriginals(document: string): Promise<void> {
    put("originals", document, { state: "loading" });
    try {
      put("originals", document, { state: "ready", value: await api.originals(document) });
    } catch (error) {
      put("originals", document, { state: "failed", message: report(error) });
    }
  }

  async function showWatching(): Promise<void> {
    try {
      setState({ watching: { state: "ready", value: await api.watching() } });
    } catch (error) {
      setState({ watching: { state: "failed", message: report(error) } });
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

  async function showArticleGraph(documents: readonly string[]): Promise<void> {
    try {
      const articles = await Promise.all(documents.map((id) => api.document(id)));
      const ids = [...new Set(articles.flatMap((article) => article.entities.map((entity) => entity.id)))];
      const graph = await api.subgraph(ids, {});
      const name = articles[0]?.title ?? "";
      const view: View = { dataset: withLinks(graph), hidden: new Set(), overview: null };
      show(view, { key: "step.article", parameters: { name } }, null, true);
      setState({ screen: "graph", filter: FIRST_FILTER });
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

  async function removeSamples(): Promise<void> {
    try {
      await api.deleteCollection("samples");
      forget();
      setState({ panels: [], filter: FIRST_FILTER });
      notify(say("samples.removed"), "information");
      await refreshHealth();
      const overview = await overviewUnder(FIRST_FILTER, api);
      // What the samples gave is not to be had by undo.
      const view =
        overview.dataset.nodes.size === 0
          ? { dataset: EMPTY_DATASET, hidden: new Set<string>(), overview: null }
          : overview;
      restart(view, { key: "step.overview", parameters: {} });
    } catch (error) {
      report(error);
    }
  }

  return { openArticle, showOriginals, showWatching, openArticles, showArticleGraph, deleteArticle, removeSamples };
}

export type Articles = ReturnType<typeof createArticles>;

/** Nodes without a link that is shown say little in an article's graph; they stay when there is nothing else. */
function withLinks(graph: Graph): Dataset {
  const dataset = datasetOf(graph);
  const degree = degrees(visibleOf(dataset, new Set(), FIRST_FILTER));
  const linked = new Set([...dataset.nodes.keys()].filter((id) => (degree.get(id) ?? 0) > 0));
  return linked.size === 0 ? dataset : onlyNodes(dataset, linked);
}
