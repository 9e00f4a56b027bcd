/** `/api/collections`: groups of articles; the samples are one. */
import { z } from "zod";
import { collectionsSchema, type DocumentReference } from "../../contract/graph.ts";
import { SAMPLES_COLLECTION } from "../../contract/report.ts";
import { withdrawDocuments } from "../../views.ts";
import type { HttpParts } from "../parts.ts";
import { defineRoute, notFound, ok, type Route } from "../route.ts";

export function collectionRoutes(parts: HttpParts): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/api/collections",
      tag: "documents",
      summary: "The collections with their number of articles",
      responses: { 200: { description: "The collections", schema: collectionsSchema } },
      handle: async () => ok(await (await parts.store()).collections()),
    }),
    defineRoute({
      method: "delete",
      path: "/api/collections/{name}",
      tag: "documents",
      summary: "Takes a collection out, with what only it told",
      params: z.object({ name: z.string() }),
      responses: {
        200: { description: "Number of articles removed", schema: z.object({ documents: z.number().int() }) },
      },
      async handle({ params }) {
        const store = await parts.store();
        await parts.jobs.stopCollection(params.name);
        const documents = await parts.pipeline.queue.run(async () => {
          const removed = await store.deleteCollection(params.name);
          const isGone = ({ collection }: DocumentReference) => collection === params.name;
          if (removed > 0) await withdrawDocuments(isGone, { store, workspace: parts.workspace });
          return removed;
        });
        // Samples that were taken out while they came in must not come again.
        if (params.name === SAMPLES_COLLECTION) await parts.workspace.markDone("samples");
        if (documents === 0) throw notFound("collection", params.name);
        return ok({ documents });
      },
    }),
  ];
}
