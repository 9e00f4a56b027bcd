/**
 * The search while one types: the last question counts, the ones before are given up.
 */
import type { EntityHit } from "../../../server/contract/graph.ts";
import { isUnreachable, type Context } from "./context.ts";

const SEARCH_DELAY_MILLISECONDS = 140;

export function createSearch({ store, api, report }: Context) {
  const { setState } = store;
  let searching: AbortController | null = null;
  let searchTimer: ReturnType<typeof setTimeout> | undefined;

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
      if (isUnreachable(error)) report(error);
    }
  }

  /** Actors of a name, for a field of its own; null when it was given up or failed, and why is told. */
  async function findActors(query: string, limit: number, signal: AbortSignal): Promise<readonly EntityHit[] | null> {
    try {
      return (await api.searchEntities(query.trim(), limit, signal)).entities;
    } catch (error) {
      if (!signal.aborted) report(error);
      return null;
    }
  }

  return { search, findActors };
}
