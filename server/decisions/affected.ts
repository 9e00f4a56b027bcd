/**
 * What of the stored graph follows when decisions come or go: the documents and entities to be made again.
 */
import type { Decision } from "../contract/decisions.ts";
import type { EntityOverride, ResolvedDocument } from "../contract/resolution.ts";
import { applyDecisions, asFound } from "../resolution/apply-decisions.ts";
import type { Overlay } from "../resolution/overlay.ts";
import type { GraphStore, Revision } from "../store/graph-store.ts";

type Store = Pick<GraphStore, "mentionsOf" | "keptDocument">;

/**
 * @param changed the decisions in which the overlays differ.
 * @param applied the mark that the store keeps with it.
 */
export async function revisionBetween(
  before: Overlay,
  after: Overlay,
  changed: readonly Decision[],
  store: Store,
  applied: string,
): Promise<Revision> {
  const ids = new Set(changed.flatMap(({ pins }) => pins.map(({ document }) => document)));
  for (const document of await documentsOfMovedRoots(before, after, store)) ids.add(document);
  const documents: ResolvedDocument[] = [];
  for (const id of [...ids].sort()) {
    const kept = await store.keptDocument(id);
    if (kept !== null) documents.push(applyDecisions(asFound(kept), after));
  }
  return { documents, overrides: changedOverrides(before, after), applied };
}

/** Documents with a mention of an entity that is a part of another one now than before. */
async function documentsOfMovedRoots(before: Overlay, after: Overlay, store: Store): Promise<string[]> {
  const moved = new Map<string, Set<string>>();
  for (const id of new Set([...before.merged, ...after.merged])) {
    const root = before.rootOf(id);
    if (root === after.rootOf(id)) continue;
    moved.set(root, (moved.get(root) ?? new Set()).add(id));
  }
  const documents: string[] = [];
  for (const [root, ids] of moved) {
    for (const { document, origins } of await store.mentionsOf(root)) {
      if (origins.some((origin) => ids.has(origin))) documents.push(document);
    }
  }
  return documents;
}

function changedOverrides(before: Overlay, after: Overlay): { entity: string; override: EntityOverride | null }[] {
  return [...new Set([...before.overridden, ...after.overridden])].flatMap((entity) => {
    const override = after.overrideOf(entity);
    return JSON.stringify(override) === JSON.stringify(before.overrideOf(entity)) ? [] : [{ entity, override }];
  });
}
