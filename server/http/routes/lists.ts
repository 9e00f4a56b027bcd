/** `/api/lists`: the lists of known actors that were brought along. */
import { actorListsSchema } from "../../contract/lists.ts";
import type { HttpParts } from "../parts.ts";
import { defineRoute, ok, type Route } from "../route.ts";

export function listRoutes(parts: HttpParts): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/api/lists",
      tag: "graph",
      summary: "Lists of known actors, with what could not be used of each",
      description: "Which of them an entity is on stands in its details (/api/entities/{id}).",
      responses: { 200: { description: "By name", schema: actorListsSchema } },
      handle: async () => ok({ lists: await parts.actorLists.all() }),
    }),
  ];
}
