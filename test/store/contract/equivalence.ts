/** The stored graph against the pure functions: any history of documents leaves what the documents that remain say. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { GraphNode } from "../../../server/contract/graph.ts";
import { labelsOfType } from "../../../server/contract/ontology.ts";
import type { ResolvedDocument } from "../../../server/contract/resolution.ts";
import { firstDate, lastDate } from "../../../server/store/date-order.ts";
import { projectClaims } from "../../../server/store/projection.ts";
import { factsOf, NAMES, idOf, typeOf } from "../articles.ts";
import { anyArticle } from "../random-articles.ts";
import { wholeGraph, type Subject } from "./opened.ts";

interface Step {
  does: "save" | "delete" | "replace";
  document: ResolvedDocument;
}

function anyHistory(): fc.Arbitrary<Step[]> {
  return fc.array(anyArticle(), { minLength: 1, maxLength: 5 }).chain((documents) =>
    fc.array(
      fc.record({
        does: fc.constantFrom("save" as const, "save" as const, "delete" as const, "replace" as const),
        document: fc.constantFrom(...documents),
      }),
      { minLength: 1, maxLength: 9 },
    ),
  );
}

/** What a stored document has after the same text came again: a missing source or date. */
function completed(stored: ResolvedDocument, again: ResolvedDocument): ResolvedDocument {
  return {
    ...stored,
    extraction: {
      ...stored.extraction,
      source: stored.extraction.source ?? again.extraction.source,
      publishedAt: stored.extraction.publishedAt ?? again.extraction.publishedAt,
    },
  };
}

function nodesOf(documents: readonly ResolvedDocument[]): GraphNode[] {
  return NAMES.flatMap((name): GraphNode[] => {
    const mentioning = documents.filter((document) => document.entities.some((entity) => entity.entity === idOf(name)));
    if (mentioning.length === 0) return [];
    const own = mentioning.flatMap(({ entities }) => entities.filter((entity) => entity.entity === idOf(name)));
    const dates = mentioning.map((document) => document.extraction.publishedAt);
    return [
      {
        id: idOf(name),
        name,
        labels: labelsOfType(typeOf(name)),
        kind: null,
        aliases: [...new Set(own.flatMap((entity) => entity.aliases))].sort(),
        countries: [],
        mentionCount: mentioning.flatMap((document) =>
          document.extraction.mentions.filter((mention) =>
            document.entities.some((entity) => entity.local === mention.entity && entity.entity === idOf(name)),
          ),
        ).length,
        documentCount: mentioning.length,
        firstSeen: firstDate(dates),
        lastSeen: lastDate(dates),
      },
    ];
  }).sort((a, b) => (a.id < b.id ? -1 : 1));
}

export function describeEquivalence(subject: Subject, runs: number): void {
  describe("any history", () => {
    test("[S29] [S13] the stored graph equals what the remaining documents say", { timeout: 300_000 }, async () => {
      const { store } = subject();
      await fc.assert(
        fc.asyncProperty(anyHistory(), async (history) => {
          await store.clear();
          const remaining = new Map<string, ResolvedDocument>();
          for (const { does, document } of history) {
            const { id } = document.extraction;
            const stored = remaining.get(id);
            if (does === "delete") {
              expect(await store.deleteDocument(id)).toBe(remaining.delete(id));
            } else if (does === "replace") {
              await store.replace(document);
              remaining.set(id, document);
            } else {
              await store.save(document);
              remaining.set(id, stored === undefined ? document : completed(stored, document));
            }
          }
          const documents = [...remaining.values()];
          const edges = projectClaims(factsOf(documents));
          expect(await wholeGraph(store)).toEqual({ nodes: nodesOf(documents), edges });
          for (const { id, degree } of (await store.searchEntities({ q: "", limit: 100 })).entities) {
            const own = edges.filter((edge) => edge.source === id || edge.target === id).length;
            expect([id, degree]).toEqual([id, own]);
          }
          // Nothing hangs in the air, where no operation of the store would look.
          const { rows } = await store.query(
            "MATCH (n) WHERE NOT (n)--() RETURN labels(n) AS labels, count(*) AS n",
            {},
            { rows: 10, bytes: 10_000, milliseconds: 20_000 },
          );
          const lonely = rows.filter(([labels]) => !/Meta|Document/.test(JSON.stringify(labels)));
          expect(lonely).toEqual([]);
        }),
        { numRuns: runs },
      );
    });
  });
}
