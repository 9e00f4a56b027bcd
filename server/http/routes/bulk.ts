/** `/api/bulk`: the whole graph, file by file. */
import { z } from "zod";
import { BULK_FILES } from "../../export/bulk-files.ts";
import { download } from "../download.ts";
import type { HttpParts } from "../parts.ts";
import { defineRoute, notFound, type Route } from "../route.ts";

export function bulkRoutes(parts: HttpParts): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/api/bulk/{file}",
      tag: "graph",
      summary: "The whole graph: a backup for another store, or the files of neo4j-admin database import full",
      description: `The files are ${BULK_FILES.map(({ name }) => name).join(", ")}.`,
      params: z.object({ file: z.string() }),
      responses: {
        200: { description: "The file", mediaTypes: [...new Set(BULK_FILES.map(({ mediaType }) => mediaType))] },
      },
      async handle({ params }) {
        const file = BULK_FILES.find(({ name }) => name === params.file);
        if (file === undefined) throw notFound("file of the whole graph", params.file);
        return download(
          file.name,
          file.mediaType,
          file.write({ store: await parts.store(), workspace: parts.workspace }),
        );
      },
    }),
  ];
}
