/** `/api/export`: the graph in the formats of the command line, streamed. */
import { once } from "node:events";
import type { Response } from "express";
import { z } from "zod";
import { EXPORT_FORMATS, exportSource, FORMATS } from "../../export/formats.ts";
import { FILTER_SHAPE, filterOf } from "../filter-query.ts";
import type { HttpParts } from "../parts.ts";
import { defineRoute, type Route } from "../route.ts";

export function exportRoutes(parts: HttpParts): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/api/export",
      tag: "graph",
      summary: "The graph under the filter as a file",
      query: z.object({ ...FILTER_SHAPE, format: z.enum(EXPORT_FORMATS) }),
      responses: {
        200: {
          description: "The file",
          mediaTypes: [...new Set(EXPORT_FORMATS.map((format) => FORMATS[format].mediaType))],
        },
      },
      async handle({ query }) {
        const { mediaType, endings, write } = FORMATS[query.format];
        const pieces = write(exportSource(await parts.store(), filterOf(query)))[Symbol.asyncIterator]();
        // The first piece is drawn before the head is sent, so that a store that is down still answers with an error.
        const first = await pieces.next();
        return {
          async write(response: Response) {
            response.status(200).set({
              "Content-Type": `${mediaType}; charset=utf-8`,
              "Content-Disposition": `attachment; filename="fil-rouge${endings[0] ?? ""}"`,
            });
            for (let step = first; step.done !== true; step = await pieces.next()) {
              if (response.destroyed) break;
              if (!response.write(step.value)) await Promise.race([once(response, "drain"), once(response, "close")]);
            }
            await pieces.return?.(undefined);
            response.end();
          },
        };
      },
    }),
  ];
}
