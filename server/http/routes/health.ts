/** `/api/health`: store, counts, model. */
import type { Collections } from "../../contract/graph.ts";
import { healthSchema, type Health } from "../../contract/report.ts";
import { toAppError } from "../../errors.ts";
import type { HttpParts } from "../parts.ts";
import { defineRoute, type Route } from "../route.ts";

export function healthRoutes(parts: HttpParts): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/api/health",
      tag: "program",
      summary: "Whether store and model can be used, and what the store holds",
      responses: {
        200: { description: "The store answers", schema: healthSchema },
        503: { description: "The store does not answer; the same shape", schema: healthSchema },
      },
      async handle() {
        const [store, model] = await Promise.all([storeHealth(parts), modelHealth(parts)]);
        const health: Health = {
          ok: store.store.reachable && model.message === null,
          version: parts.version,
          ...store,
          model,
        };
        return { status: health.store.reachable ? 200 : 503, body: health };
      },
    }),
  ];
}

const NOTHING = { documents: 0, entities: 0, claims: 0, edges: 0 };

async function storeHealth(parts: HttpParts): Promise<Pick<Health, "store" | "counts" | "collections">> {
  try {
    const store = await parts.store();
    const [counts, collections] = await Promise.all([store.counts(), store.collections()]);
    return { store: { kind: store.kind, reachable: true, message: null }, counts, collections };
  } catch (error) {
    const collections: Collections = [];
    const { message } = toAppError(error);
    return { store: { kind: parts.storeKind, reachable: false, message }, counts: NOTHING, collections };
  }
}

async function modelHealth(parts: HttpParts): Promise<Health["model"]> {
  try {
    return await parts.model();
  } catch (error) {
    return { version: "none", loaded: false, message: toAppError(error).message };
  }
}
