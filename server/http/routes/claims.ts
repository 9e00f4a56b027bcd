/** `/api/claims`: the statements with their quotes. */
import { z } from "zod";
import { claimPageSchema } from "../../contract/graph.ts";
import { edgeTypeSchema } from "../../contract/ontology.ts";
import { FILTER_SHAPE, filterOf, limitOf } from "../filter-query.ts";
import type { HttpParts } from "../parts.ts";
import { defineRoute, ok, type Route } from "../route.ts";

export function claimRoutes(parts: HttpParts): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/api/claims",
      tag: "graph",
      summary: "Claims with quotes and documents, by end, relationship or article",
      query: z.object({
        ...FILTER_SHAPE,
        subject: z.string().optional(),
        object: z.string().optional(),
        /** With subject and object: also the claims the other way round. */
        eitherWay: z.boolean().optional(),
        type: edgeTypeSchema.optional(),
        document: z.string().optional(),
        limit: limitOf(50, 500),
        cursor: z.string().optional(),
      }),
      responses: { 200: { description: "One page", schema: claimPageSchema } },
      async handle({ query }) {
        const { subject, object, eitherWay, type, document, limit, cursor } = query;
        const filter = filterOf(query);
        if (type !== undefined) filter.relationships = [type];
        if (document !== undefined) filter.documents = [document];
        const store = await parts.store();
        return ok(await store.claims({ subject, object, eitherWay, filter, limit, cursor }));
      },
    }),
  ];
}
