/** `/api/ontology`: the vocabulary with its French and English words. */
import { ontologySchema } from "../../contract/ontology.ts";
import type { HttpParts } from "../parts.ts";
import { defineRoute, type Route } from "../route.ts";

export function ontologyRoutes(parts: HttpParts): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/api/ontology",
      tag: "program",
      summary: "Types, relationships and families with their French and English labels",
      responses: { 200: { description: "The vocabulary", schema: ontologySchema } },
      handle: async () => ({
        status: 200,
        body: await parts.ontology(),
        headers: { "Cache-Control": "private, max-age=300" },
      }),
    }),
  ];
}
