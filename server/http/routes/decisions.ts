/** `/api/decisions`: what people decide about the graph, its history, and taking it back. */
import { z } from "zod";
import {
  decisionPageSchema,
  newDecisionSchema,
  toldDecisionSchema,
  undoRequestSchema,
} from "../../contract/decisions.ts";
import { limitOf } from "../filter-query.ts";
import type { HttpParts } from "../parts.ts";
import { defineRoute, ok, type Route } from "../route.ts";

export function decisionRoutes({ decisions }: HttpParts): Route[] {
  return [
    defineRoute({
      method: "post",
      path: "/api/decisions",
      tag: "decisions",
      summary: "Records a decision and makes the graph follow",
      description:
        "merge, split, move, rename, retype (entities); accept, reject, correct (claims; reject also a pair of entities that are not the same); postpone (a pair); add (a claim, a mention, a note or a tag); complete (a document). " +
        "409 when the entity was merged elsewhere meanwhile: the issues tell where it is.",
      body: newDecisionSchema,
      responses: { 201: { description: "The record", schema: toldDecisionSchema } },
      handle: async ({ body }) => ({ status: 201, body: await decisions.decide(body) }),
    }),
    defineRoute({
      method: "get",
      path: "/api/decisions",
      tag: "decisions",
      summary: "The decisions, latest first; those about one entity, claim or document",
      query: z.object({
        entity: z.string().optional(),
        claim: z.string().optional(),
        document: z.string().optional(),
        limit: limitOf(50, 500),
        cursor: z.string().optional(),
      }),
      responses: { 200: { description: "One page", schema: decisionPageSchema } },
      handle: async ({ query }) => ok(await decisions.history(query)),
    }),
    defineRoute({
      method: "post",
      path: "/api/decisions/{id}/undo",
      tag: "decisions",
      summary: "Takes a decision back: the graph is as if it had never been made",
      description: "409 when later decisions stand on it: the issues name them, latest first.",
      params: z.object({ id: z.string() }),
      body: undoRequestSchema,
      responses: { 200: { description: "The decision, now undone", schema: toldDecisionSchema } },
      handle: async ({ params, body }) => ok(await decisions.undo(params.id, body)),
    }),
    defineRoute({
      method: "get",
      path: "/api/documents/{id}/annotated",
      tag: "decisions",
      summary: "An article that was marked complete, as an annotated article for training",
      params: z.object({ id: z.string() }),
      responses: { 200: { description: "*.ann.md", mediaTypes: ["text/markdown"] } },
      async handle({ params }) {
        const article = await decisions.annotated(params.id);
        return {
          write: (response) => {
            response.status(200).set({
              "Content-Type": "text/markdown; charset=utf-8",
              "Content-Disposition": `attachment; filename="${params.id.slice(0, 12)}.ann.md"`,
              "Cache-Control": "private, no-cache",
            });
            response.end(article);
            return Promise.resolve();
          },
        };
      },
    }),
  ];
}
