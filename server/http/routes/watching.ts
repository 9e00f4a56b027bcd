/** `/api/watching`: the sources that `fil-rouge watch` looks at, and their logs. */
import { watchingSchema, type Watching } from "../../contract/watching.ts";
import type { HttpParts } from "../parts.ts";
import { defineRoute, ok, type Route } from "../route.ts";

/** The rest stands in the data folder. */
const LOG_SHOWN = 50;

export function watchingRoutes(parts: HttpParts): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/api/watching",
      tag: "documents",
      summary: "Watched feeds and folders, and what was taken from them",
      responses: { 200: { description: "By source, the log latest first", schema: watchingSchema } },
      async handle() {
        const sources = await parts.watchBook.sources();
        const answer: Watching = {
          sources: sources.map((source) => ({
            source: source.source,
            kind: source.kind,
            title: source.title,
            collection: source.collection,
            match: source.match,
            everySeconds: source.everySeconds,
            failures: source.failures,
            nextAt: source.nextAt,
            taken: source.taken,
            active: source.active,
            pending: source.pending.length,
            log: source.log.slice(-LOG_SHOWN).reverse(),
          })),
        };
        return ok(answer);
      },
    }),
  ];
}
