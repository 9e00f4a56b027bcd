/** `/api/views`: saved views with their frozen copies, what the graph says beyond them, and their files. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { languageSchema } from "../../contract/ontology.ts";
import {
  changedViewSchema,
  newViewSchema,
  savedViewSchema,
  viewChangesSchema,
  viewSummarySchema,
  type FrozenGraph,
  type NewView,
  type SavedView,
} from "../../contract/view.ts";
import { VIEW_FORMATS, viewSource } from "../../export/view-source.ts";
import { changesOf, freeze } from "../../views.ts";
import { exportAnswer, mediaTypesOf } from "../export-answer.ts";
import type { HttpParts } from "../parts.ts";
import { defineRoute, notFound, ok, type Route } from "../route.ts";

const idSchema = z.object({ id: z.string() });

export function viewRoutes(parts: HttpParts): Route[] {
  const { workspace } = parts;
  const find = async (id: string): Promise<SavedView> => {
    const view = await workspace.view(id);
    if (view === null) throw notFound("saved view", id);
    return view;
  };
  /** In the queue of writes: an article that is deleted meanwhile must not come back in a frozen copy. */
  const inQueue = <T>(work: () => Promise<T>): Promise<T> => parts.pipeline.queue.run(work);

  return [
    defineRoute({
      method: "get",
      path: "/api/views",
      tag: "views",
      summary: "The saved views, latest change first",
      responses: { 200: { description: "The views without what they show", schema: z.array(viewSummarySchema) } },
      handle: async () => ok(await workspace.views()),
    }),
    defineRoute({
      method: "post",
      path: "/api/views",
      tag: "views",
      summary: "Saves a view and freezes what it shows",
      description:
        "The server takes the nodes, the edges and the best quotes of each edge from the graph as it is now, or from the " +
        "view `basedOn` where that one holds them.",
      body: newViewSchema,
      responses: { 201: { description: "Saved", schema: savedViewSchema } },
      async handle({ body }) {
        const { basedOn, ...given } = body;
        const view = await inQueue(async () => {
          const before = basedOn === undefined ? null : await workspace.view(basedOn);
          const frozen = await freeze(given, before, { store: await parts.store(), now: parts.now });
          const now = parts.now().toISOString();
          const saved: SavedView = {
            ...within(given, frozen),
            id: randomUUID(),
            createdAt: now,
            updatedAt: now,
            frozen,
          };
          await workspace.saveView(saved);
          return saved;
        });
        return { status: 201, body: view };
      },
    }),
    defineRoute({
      method: "get",
      path: "/api/views/{id}",
      tag: "views",
      summary: "One saved view with its frozen copy",
      params: idSchema,
      responses: { 200: { description: "The view", schema: savedViewSchema } },
      handle: async ({ params }) => ok(await find(params.id)),
    }),
    defineRoute({
      method: "put",
      path: "/api/views/{id}",
      tag: "views",
      summary: "Changes a saved view; what is frozen stays frozen unless `refresh` is true or the filter differs",
      params: idSchema,
      body: changedViewSchema,
      responses: { 200: { description: "Changed", schema: savedViewSchema } },
      async handle({ params, body }) {
        const { refresh, ...given } = body;
        const view = await inQueue(async () => {
          const before = await find(params.id);
          const frozen = await freeze(given, before, { store: await parts.store(), now: parts.now }, refresh);
          const saved: SavedView = {
            ...before,
            ...within(given, frozen),
            updatedAt: parts.now().toISOString(),
            frozen,
          };
          await workspace.saveView(saved);
          return saved;
        });
        return ok(view);
      },
    }),
    defineRoute({
      method: "delete",
      path: "/api/views/{id}",
      tag: "views",
      summary: "Deletes a saved view; its link opens nothing any more",
      params: idSchema,
      responses: { 204: { description: "Deleted" } },
      async handle({ params }) {
        if (!(await inQueue(() => workspace.deleteView(params.id)))) throw notFound("saved view", params.id);
        return { status: 204 };
      },
    }),
    defineRoute({
      method: "get",
      path: "/api/views/{id}/changes",
      tag: "views",
      summary: "What the graph says today beyond the frozen copy",
      params: idSchema,
      responses: { 200: { description: "Numbers of what is newer, ids of what is gone", schema: viewChangesSchema } },
      handle: async ({ params }) => ok(await changesOf(await find(params.id), await parts.store())),
    }),
    defineRoute({
      method: "get",
      path: "/api/views/{id}/export",
      tag: "views",
      summary: "The frozen copy as a file",
      params: idSchema,
      query: z.object({ format: z.enum(VIEW_FORMATS), language: languageSchema.default("en") }),
      responses: { 200: { description: "The file", mediaTypes: mediaTypesOf(VIEW_FORMATS) } },
      async handle({ params, query }) {
        const view = await find(params.id);
        return exportAnswer(query.format, viewSource(view), parts, { language: query.language, title: view.name });
      },
    }),
  ];
}

/** Places and steps name only what the frozen copy holds. */
function within(given: Omit<NewView, "basedOn">, frozen: FrozenGraph): Omit<NewView, "basedOn"> {
  const nodes = new Set(frozen.nodes.map(({ id }) => id));
  const edges = new Set(frozen.edges.map(({ id }) => id));
  return {
    ...given,
    nodes: given.nodes.filter(({ id }) => nodes.has(id)),
    edges: [...edges],
    steps: given.steps.map((step) => ({
      ...step,
      nodes: step.nodes.filter((id) => nodes.has(id)),
      edges: step.edges.filter((id) => edges.has(id)),
    })),
  };
}
