/** `/api/queries`: saved Cypher queries. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { newQuerySchema, savedQuerySchema, type SavedQuery } from "../../contract/api.ts";
import type { HttpParts } from "../parts.ts";
import { defineRoute, notFound, ok, type Route } from "../route.ts";

const idSchema = z.object({ id: z.string() });

export function queryRoutes(parts: HttpParts): Route[] {
  const { workspace } = parts;
  return [
    defineRoute({
      method: "get",
      path: "/api/queries",
      tag: "query",
      summary: "The saved queries, by name",
      responses: { 200: { description: "The queries", schema: z.array(savedQuerySchema) } },
      handle: async () => ok(await workspace.queries()),
    }),
    defineRoute({
      method: "post",
      path: "/api/queries",
      tag: "query",
      summary: "Saves a query",
      body: newQuerySchema,
      responses: { 201: { description: "Saved", schema: savedQuerySchema } },
      async handle({ body }) {
        const now = parts.now().toISOString();
        const query: SavedQuery = { ...body, id: randomUUID(), createdAt: now, updatedAt: now };
        await workspace.saveQuery(query);
        return { status: 201, body: query };
      },
    }),
    defineRoute({
      method: "get",
      path: "/api/queries/{id}",
      tag: "query",
      summary: "One saved query",
      params: idSchema,
      responses: { 200: { description: "The query", schema: savedQuerySchema } },
      async handle({ params }) {
        const query = await workspace.query(params.id);
        if (query === null) throw notFound("saved query", params.id);
        return ok(query);
      },
    }),
    defineRoute({
      method: "put",
      path: "/api/queries/{id}",
      tag: "query",
      summary: "Changes a saved query",
      params: idSchema,
      body: newQuerySchema,
      responses: { 200: { description: "Changed", schema: savedQuerySchema } },
      async handle({ params, body }) {
        const before = await workspace.query(params.id);
        if (before === null) throw notFound("saved query", params.id);
        const query: SavedQuery = { ...before, ...body, updatedAt: parts.now().toISOString() };
        await workspace.saveQuery(query);
        return ok(query);
      },
    }),
    defineRoute({
      method: "delete",
      path: "/api/queries/{id}",
      tag: "query",
      summary: "Deletes a saved query",
      params: idSchema,
      responses: { 204: { description: "Deleted" } },
      async handle({ params }) {
        if (!(await workspace.deleteQuery(params.id))) throw notFound("saved query", params.id);
        return { status: 204 };
      },
    }),
  ];
}
