/** `/api/export`: the graph in the formats of the command line, streamed. */
import { z } from "zod";
import { filterSchema } from "../../contract/filter.ts";
import { languageSchema } from "../../contract/ontology.ts";
import { EXPORT_FORMATS, exportSource, shownSource } from "../../export/formats.ts";
import { exportAnswer, mediaTypesOf } from "../export-answer.ts";
import { FILTER_SHAPE, filterOf } from "../filter-query.ts";
import type { HttpParts } from "../parts.ts";
import { defineRoute, type Route } from "../route.ts";

const MAX_IDS = 2_000;
const responses = { 200: { description: "The file", mediaTypes: mediaTypesOf(EXPORT_FORMATS) } };
const format = z.enum(EXPORT_FORMATS);
/** Of the words in a dossier; the other formats have none. */
const language = languageSchema.default("en");

export function exportRoutes(parts: HttpParts): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/api/export",
      tag: "graph",
      summary: "The graph under the filter as a file",
      query: z.object({ ...FILTER_SHAPE, format, language }),
      responses,
      async handle({ query }) {
        const source = exportSource(await parts.store(), filterOf(query));
        return exportAnswer(query.format, source, parts, { language: query.language, title: null });
      },
    }),
    defineRoute({
      method: "post",
      path: "/api/export",
      tag: "graph",
      summary: "The graph among the given entities under the filter as a file",
      body: z.strictObject({
        format,
        language,
        ids: z.array(z.string()).min(1).max(MAX_IDS),
        filter: z.strictObject(filterSchema.shape).default({}),
        /** Stands over a dossier. */
        title: z.string().max(200).optional(),
      }),
      responses,
      async handle({ body }) {
        const source = shownSource(await parts.store(), body.filter, [...new Set(body.ids)]);
        return exportAnswer(body.format, source, parts, { language: body.language, title: body.title ?? null });
      },
    }),
  ];
}
