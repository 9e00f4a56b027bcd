/**
 * A graph that grows document by document as a store's does, in memory: finds entities by key and keeps what documents contribute.
 */
import type { Extraction } from "../../server/contract/extraction.ts";
import type { KnownEntity, ResolvedDocument } from "../../server/contract/resolution.ts";
import { resolveDocument, type ResolveSources } from "../../server/resolution/resolve.ts";
import {
  addContribution,
  contributionsOf,
  EMPTY_TALLY,
  fieldsOf,
  type Tally,
} from "../../server/store/entity-summary.ts";

export interface GrowingGraph {
  ingest(extraction: Extraction): Promise<ResolvedDocument>;
  entities(): KnownEntity[];
  /** Calls of the store's `findByKeys` and entities that they gave. */
  cost: { lookups: number; candidates: number; milliseconds: number };
}

export function growingGraph(gazetteer: ResolveSources["gazetteer"]): GrowingGraph {
  const tallies = new Map<string, Tally>();
  const byKey = new Map<string, Set<string>>();
  const documents: ReadonlySet<string>[] = [];
  const cost = { lookups: 0, candidates: 0, milliseconds: 0 };

  const known = (keys: readonly string[]): Promise<KnownEntity[]> => {
    const ids = new Set(keys.flatMap((key) => [...(byKey.get(key) ?? [])]));
    cost.lookups += 1;
    cost.candidates += ids.size;
    return Promise.resolve([...ids].sort().map(knownEntity));
  };

  const together = (entity: string, others: readonly string[]): Promise<string[]> => {
    const own = documents.filter((document) => document.has(entity));
    cost.lookups += 1;
    return Promise.resolve(others.filter((other) => own.some((document) => document.has(other))));
  };

  function knownEntity(id: string): KnownEntity {
    const { searchKeys, ...fields } = fieldsOf(tallies.get(id) ?? EMPTY_TALLY);
    return { id, ...fields, keys: searchKeys };
  }

  return {
    cost,
    entities: () => [...tallies.keys()].map(knownEntity),
    async ingest(extraction) {
      const begun = performance.now();
      const input = { extraction, collection: "c", ingestedAt: "2026-01-01T00:00:00Z" };
      const resolved = await resolveDocument(input, { known, together, gazetteer });
      cost.milliseconds += performance.now() - begun;
      documents.push(new Set(resolved.entities.map((entity) => entity.entity)));
      for (const contribution of contributionsOf(resolved)) {
        const tally = addContribution(tallies.get(contribution.entity) ?? EMPTY_TALLY, contribution, 1);
        tallies.set(contribution.entity, tally);
        for (const key of fieldsOf(tally).searchKeys) {
          const ids = byKey.get(key) ?? new Set();
          byKey.set(key, ids.add(contribution.entity));
        }
      }
      return resolved;
    },
  };
}
