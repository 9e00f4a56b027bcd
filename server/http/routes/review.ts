/** `/api/suggestions` and `/api/review`: what waits for a person. */
import { z } from "zod";
import {
  acceptedSuggestionsSchema,
  acceptSuggestionsSchema,
  possibleDuplicatesSchema,
  reviewPageSchema,
} from "../../contract/decisions.ts";
import { FILTER_SHAPE, filterOf, limitOf } from "../filter-query.ts";
import type { HttpParts } from "../parts.ts";
import { defineRoute, ok, type Route } from "../route.ts";

export function reviewRoutes(parts: HttpParts): Route[] {
  const { decisions } = parts;
  return [
    defineRoute({
      method: "get",
      path: "/api/suggestions",
      tag: "decisions",
      summary: "Pairs of entities that are possibly one, with what speaks for and against",
      description:
        "Best score first, postponed ones last. Accept one by the decision merge of sides[1] into sides[0], refuse it by reject with its pair.",
      query: z.object({
        entity: z.string().optional(),
        /** Only those that may be accepted together. */
        clear: z.boolean().optional(),
        limit: limitOf(20, 100),
        cursor: z.string().optional(),
      }),
      responses: { 200: { description: "One page", schema: possibleDuplicatesSchema } },
      handle: async ({ query }) => ok(await decisions.suggestions(query)),
    }),
    defineRoute({
      method: "post",
      path: "/api/suggestions/accept",
      tag: "decisions",
      summary: "Merges the named pairs, or all clear ones: one decision each",
      body: acceptSuggestionsSchema,
      responses: { 200: { description: "What was merged, and what was not", schema: acceptedSuggestionsSchema } },
      handle: async ({ body }) => ok(await decisions.acceptSuggestions(body)),
    }),
    defineRoute({
      method: "get",
      path: "/api/review",
      tag: "decisions",
      summary: "Claims to look at, those first of which most is expected to be wrong in the graph",
      description: "Proposed claims, unless `status` names others. Decide by accept, reject or correct.",
      query: z.object({ ...FILTER_SHAPE, limit: limitOf(20, 100), cursor: z.string().optional() }),
      responses: { 200: { description: "One page", schema: reviewPageSchema } },
      async handle({ query }) {
        const { limit, cursor } = query;
        return ok(await (await parts.store()).claimsToReview({ filter: filterOf(query), limit, cursor }));
      },
    }),
  ];
}
