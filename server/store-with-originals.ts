/**
 * The store as the program uses it: whoever deletes a document deletes its originals with it.
 */
import type { Archive } from "./archive/archive.ts";
import type { GraphStore } from "./store/graph-store.ts";

const PAGE = 200;

/** Originals go first: bytes that stay behind a document that is gone would be found by nobody. */
export function withOriginals(store: GraphStore, archive: Archive): GraphStore {
  async function deleteDocument(id: string): Promise<boolean> {
    await archive.forget(id);
    return store.deleteDocument(id);
  }
  return {
    ...store,
    deleteDocument,
    async deleteCollection(collection) {
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.documents({ collection, limit: PAGE, cursor });
        ids.push(...page.documents.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      for (const id of ids) await archive.forget(id);
      return store.deleteCollection(collection);
    },
  };
}
