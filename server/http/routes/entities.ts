/** `/api/entities`: search, one entity, its neighbours. */
import { z } from "zod";
import { entityDetailSchema, entityHitsSchema, neighboursSchema } from "../../contract/graph.ts";
import { nodeTypeSchema, typeOfLabels } from "../../contract/ontology.ts";
import { FILTER_SHAPE, filterOf, limitOf } from "../filter-query.ts";
import type { HttpParts } from "../parts.ts";
import { defineRoute, notFound, ok, type Route } from "../route.ts";

const idSchema = z.object({ id: z.string() });

export function entityRoutes(parts: HttpParts): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/api/entities",
      tag: "graph",
      summary: "Finds entities by name or alias, best first; without q the best connected",
      description: "Accents and case are ignored, the beginning of a name is enough, one typing error is forgiven.",
      query: z.object({
        q: z.string().max(200).default(""),
        type: nodeTypeSchema.optional(),
        limit: limitOf(20, 100),
      }),
      responses: { 200: { description: "The hits", schema: entityHitsSchema } },
      handle: async ({ query }) => ok(await (await parts.store()).searchEntities(query)),
    }),
    defineRoute({
      method: "get",
      path: "/api/entities/{id}",
      tag: "graph",
      summary: "One entity with its counts by relationship type and its documents",
      params: idSchema,
      responses: { 200: { description: "The entity", schema: entityDetailSchema } },
      async handle({ params }) {
        const entity = await (await parts.store()).entity(params.id);
        if (entity === null) throw notFound("entity", params.id);
        const { name, aliases, labels } = entity;
        const lists = await parts.actorLists.hits({ name, aliases, type: typeOfLabels(labels) });
        return ok({ ...entity, lists });
      },
    }),
    defineRoute({
      method: "get",
      path: "/api/entities/{id}/neighbours",
      tag: "graph",
      summary: "The entity with its neighbours, and how many more there are of each type",
      params: idSchema,
      query: z.object({ ...FILTER_SHAPE, limit: limitOf(50, 500) }),
      responses: { 200: { description: "The neighbours", schema: neighboursSchema } },
      async handle({ params, query }) {
        const neighbours = await (await parts.store()).neighbours(params.id, filterOf(query), query.limit);
        if (neighbours === null) throw notFound("entity", params.id);
        return ok(neighbours);
      },
    }),
  ];
}
