/**
 * The claims behind an edge, page by page, with what speaks against it.
 */
import type { GraphEdge } from "../../../server/contract/graph.ts";
import { keptQuotes } from "../graph/saved-view.ts";
import { evidenceKey, openedOf, type Evidence } from "../state.ts";
import { isUnreachable, messageOf, type Context } from "./context.ts";
import type { Panels } from "./panels.ts";

const SMALLEST_PAGE = 50;
const LARGEST_PAGE = 500;

export function createEvidence({ store, api, put, report }: Context, { openPanel }: Panels) {
  const { getState } = store;

  async function selectEdge(edge: GraphEdge): Promise<void> {
    openPanel({ kind: "edge", edge });
    const opened = openedOf(getState());
    const kept = opened === null ? null : keptQuotes(edge, opened.view);
    if (opened === null || kept === null) {
      await loadEvidence(edge);
      return;
    }
    const { claims, total } = kept;
    const value: Evidence = { claims, total, nextCursor: null, loadingMore: false, keptAt: opened.view.frozen.at };
    put("evidence", evidenceKey(edge), { state: "ready", value });
  }

  /** What the articles say now. */
  async function loadEvidence(edge: GraphEdge): Promise<void> {
    const key = evidenceKey(edge);
    put("evidence", key, { state: "loading" });
    try {
      put("evidence", key, { state: "ready", value: await firstEvidence(edge) });
    } catch (error) {
      if (isUnreachable(error)) report(error);
      put("evidence", key, { state: "failed", message: messageOf(error) });
    }
  }

  /** A derived edge has no claims of its own: those of both its statements are shown. */
  async function firstEvidence(edge: GraphEdge): Promise<Evidence> {
    if (edge.type !== "ACTED_AGAINST") {
      const page = await api.claims({ subject: edge.source, object: edge.target, type: edge.type });
      return { ...page, loadingMore: false, keptAt: null };
    }
    const pages = await Promise.all(
      edge.via.flatMap((event) => [
        api.claims({ subject: edge.source, object: event, type: "CONDUCTED" }),
        api.claims({ subject: event, object: edge.target, type: "TARGETED" }),
      ]),
    );
    const claims = pages.flatMap((page) => page.claims);
    const total = pages.reduce((sum, page) => sum + page.total, 0);
    return { claims, total, nextCursor: null, loadingMore: false, keptAt: null };
  }

  async function moreEvidence(edge: GraphEdge): Promise<void> {
    const key = evidenceKey(edge);
    const shown = getState().evidence[key];
    if (shown?.state !== "ready" || shown.value.nextCursor === null || shown.value.loadingMore) return;
    put("evidence", key, { state: "ready", value: { ...shown.value, loadingMore: true } });
    try {
      const cursor = shown.value.nextCursor;
      // Whoever reads on wants more at a time, up to what the server gives.
      const limit = Math.min(LARGEST_PAGE, Math.max(SMALLEST_PAGE, shown.value.claims.length));
      const page = await api.claims({ subject: edge.source, object: edge.target, type: edge.type, cursor, limit });
      const claims = [...shown.value.claims, ...page.claims];
      put("evidence", key, { state: "ready", value: { ...page, claims, loadingMore: false, keptAt: null } });
    } catch (error) {
      put("evidence", key, { state: "ready", value: { ...shown.value, loadingMore: false } });
      report(error);
    }
  }

  return { selectEdge, loadEvidence, moreEvidence };
}

export type EvidenceActions = ReturnType<typeof createEvidence>;
