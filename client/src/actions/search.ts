/**
 * The search while one types: the last question counts, the ones before are given up.
 */
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

  return { search };
}
