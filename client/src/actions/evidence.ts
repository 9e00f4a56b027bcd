/**
 * The claims behind an edge, page by page, with what speaks against it.
 */
import type { GraphEdge } from "../../../server/contract/graph.ts";
import { evidenceKey, type Evidence } from "../state.ts";
import { isUnreachable, messageOf, type Context } from "./context.ts";
import type { Panels } from "./panels.ts";

export function createEvidence({ store, api, put, report }: Context, { openPanel }: Panels) {
  const { getState } = store;

  async function selectEdge(edge: GraphEdge): Promise<void> {
    openPanel({ kind: "edge", edge });
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

  return { selectEdge, moreEvidence };
}
