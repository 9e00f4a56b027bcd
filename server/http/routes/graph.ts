/** `/api/graph`, `/api/timeline`, `/api/paths`, `/api/together`: the graph as drawn. */
import { z } from "zod";
import { filterSchema } from "../../contract/filter.ts";
import { graphSchema, pathsSchema, timelineSchema, togetherSchema } from "../../contract/graph.ts";
import { FILTER_SHAPE, filterOf, limitOf } from "../filter-query.ts";
import type { HttpParts } from "../parts.ts";
import { defineRoute, notFound, ok, type Route } from "../route.ts";

const OVERVIEW_ACTORS = 150;
/** What an address holds; a body holds more. */
const MAX_IDS = 2_000;
const MAX_IDS_IN_BODY = 50_000;
const MAX_HOPS = 6;

const partSchema = filterSchema.extend({ ids: z.array(z.string()).max(MAX_IDS_IN_BODY) });

export function graphRoutes(parts: HttpParts): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/api/graph",
      tag: "graph",
      summary: "The graph among the given entities; without ids the overview",
      description: "The overview holds the best-connected actors, countries and places left out.",
      query: z.object({
        ...FILTER_SHAPE,
        ids: z.array(z.string()).max(MAX_IDS).optional(),
        limit: limitOf(OVERVIEW_ACTORS, 1_000),
      }),
      responses: { 200: { description: "The graph", schema: graphSchema } },
      async handle({ query }) {
        const store = await parts.store();
        const filter = filterOf(query);
        return ok(
          query.ids === undefined
            ? await store.overview(filter, query.limit)
            : await store.subgraph([...new Set(query.ids)], filter),
        );
      },
    }),
    defineRoute({
      method: "post",
      path: "/api/graph",
      tag: "graph",
      summary: "The graph among the given entities, for more of them than an address holds",
      description: "Reads only; the body carries the filter beside the ids.",
      body: partSchema,
      responses: { 200: { description: "The graph", schema: graphSchema } },
      async handle({ body: { ids, ...filter } }) {
        return ok(await (await parts.store()).subgraph([...new Set(ids)], filterOf(filter)));
      },
    }),
    defineRoute({
      method: "post",
      path: "/api/timeline",
      tag: "graph",
      summary: "The claims among the given entities, counted by date; without ids of the whole graph",
      description:
        "Reads only. Counts follow the filter; leave its `from` and `to` out to see where they could be set.",
      body: partSchema.partial({ ids: true }),
      responses: { 200: { description: "The counts", schema: timelineSchema } },
      async handle({ body: { ids, ...filter } }) {
        return ok(await (await parts.store()).timeline(ids === undefined ? null : [...new Set(ids)], filterOf(filter)));
      },
    }),
    defineRoute({
      method: "get",
      path: "/api/paths",
      tag: "graph",
      summary: "All shortest paths between two entities, each hop with its claims",
      description: "Here `from` and `to` are the two entities; the filter's days are called `dateFrom` and `dateTo`.",
      query: z.object({
        ...FILTER_SHAPE,
        from: z.string(),
        to: z.string(),
        dateFrom: FILTER_SHAPE.from,
        dateTo: FILTER_SHAPE.to,
        max: z.number().int().min(1).max(MAX_HOPS).default(MAX_HOPS),
      }),
      responses: { 200: { description: "The paths; none when they are not connected", schema: pathsSchema } },
      async handle({ query }) {
        const store = await parts.store();
        const { from, to, max, dateFrom, dateTo } = query;
        const paths = await store.paths(from, to, max, filterOf({ ...query, from: dateFrom, to: dateTo }));
        if (paths !== null) return ok(paths);
        throw notFound("entity", (await store.entity(from)) === null ? from : to);
      },
    }),
    defineRoute({
      method: "get",
      path: "/api/together",
      tag: "graph",
      summary: "Entities mentioned in the same sentence without a relationship",
      query: z.object({ entity: z.string(), limit: limitOf(20, 100) }),
      responses: { 200: { description: "The entities and the sentences", schema: togetherSchema } },
      async handle({ query }) {
        const together = await (await parts.store()).together(query.entity, query.limit);
        if (together === null) throw notFound("entity", query.entity);
        return ok(together);
      },
    }),
  ];
}
