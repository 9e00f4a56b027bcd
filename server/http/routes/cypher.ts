/** `/api/cypher`: read-only Cypher, and `/api/gallery`: questions to begin with. */
import { cypherRequestSchema, gallerySchema } from "../../contract/api.ts";
import { cypherResultSchema, DEFAULT_CYPHER_LIMITS } from "../../contract/cypher.ts";
import type { HttpParts } from "../parts.ts";
import { defineRoute, ok, type Route } from "../route.ts";

export function cypherRoutes(parts: HttpParts): Route[] {
  return [
    defineRoute({
      method: "post",
      path: "/api/cypher",
      tag: "query",
      summary: "Runs a read-only Cypher query, with limits of time, rows and bytes",
      body: cypherRequestSchema,
      responses: { 200: { description: "The rows, and what of them can be drawn", schema: cypherResultSchema } },
      async handle({ body }) {
        const rows = body.limit ?? DEFAULT_CYPHER_LIMITS.rows;
        const store = await parts.store();
        return ok(await store.query(body.query, body.params, { ...DEFAULT_CYPHER_LIMITS, rows }));
      },
    }),
    defineRoute({
      method: "get",
      path: "/api/gallery",
      tag: "query",
      summary: "Questions that analysts ask, as queries for POST /api/cypher with what each needs to be told",
      responses: { 200: { description: "The questions", schema: gallerySchema } },
      handle: () => Promise.resolve(ok({ queries: parts.gallery })),
    }),
  ];
}
