/**
 * The HTTP interface as an Express app without a socket: protections, sessions, bodies, the routes, the page, faults.
 */
import compression from "compression";
import express, { type Express, type Request, type RequestHandler, type Response } from "express";
import multer from "multer";
import { AppError } from "../errors.ts";
import { answerFaults } from "./faults.ts";
import { openApiDocument } from "./openapi.ts";
import { pageRouter } from "./page.ts";
import type { HttpParts } from "./parts.ts";
import { hostCheck, originCheck, securityHeaders } from "./protection.ts";
import { defineRoute, ok, type Answer, type Route } from "./route.ts";
import { bulkRoutes } from "./routes/bulk.ts";
import { claimRoutes } from "./routes/claims.ts";
import { collectionRoutes } from "./routes/collections.ts";
import { cypherRoutes } from "./routes/cypher.ts";
import { decisionRoutes } from "./routes/decisions.ts";
import { documentRoutes } from "./routes/documents.ts";
import { entityRoutes } from "./routes/entities.ts";
import { exportRoutes } from "./routes/export.ts";
import { graphRoutes } from "./routes/graph.ts";
import { healthRoutes } from "./routes/health.ts";
import { jobRoutes } from "./routes/jobs.ts";
import { originalRoutes } from "./routes/originals.ts";
import { listRoutes } from "./routes/lists.ts";
import { ontologyRoutes } from "./routes/ontology.ts";
import { queryRoutes } from "./routes/queries.ts";
import { reviewRoutes } from "./routes/review.ts";
import { sessionRoutes } from "./routes/session.ts";
import { viewRoutes } from "./routes/views.ts";
import { watchingRoutes } from "./routes/watching.ts";
import { createSessions, type Sessions } from "./session.ts";

/** A text of 1,000,000 characters in UTF-8, and what JSON adds to it. */
const JSON_BODY_BYTES = 8_000_000;
/** Beyond the reader's own limit of 5 MB, so that a large file is told in its report; lines of `extract` may be longer. */
const FILE_BYTES = 30_000_000;
const FORM_BYTES = 100_000_000;
const FORM_FILES = 500;

/** Events of a job must arrive one by one, not when a block is full. */
function isWorthCompressing(request: Request, response: Response): boolean {
  const type = String(response.getHeader("Content-Type") ?? "");
  return !type.startsWith("text/event-stream") && compression.filter(request, response);
}

export async function createApp(parts: HttpParts): Promise<Express> {
  const app = express();
  const sessions = createSessions({
    password: parts.password,
    token: parts.token,
    secret: await parts.workspace.secret(),
    now: parts.now,
  });
  app.disable("x-powered-by");
  app.use(securityHeaders(), hostCheck(parts), originCheck, compression({ filter: isWorthCompressing }));

  const routes = allRoutes(parts, sessions);
  for (const route of routes) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ":$1");
    const handlers: RequestHandler[] = [
      ...(route.open === true ? [] : [requireSession(sessions)]),
      ...(route.body === null ? [] : [bodyParser(route)]),
      answerWith(route),
    ];
    app[route.method](path, ...handlers);
  }
  app.use("/api", requireSession(sessions), (request) => {
    const known = routes.some(({ path }) => pathPattern(path).test(request.originalUrl.split("?")[0] ?? ""));
    throw new AppError(
      "not_found",
      known
        ? `${request.method} is not possible at ${request.baseUrl}${request.path}. See /api/openapi.json.`
        : `There is nothing at ${request.baseUrl}${request.path}. See /api/openapi.json.`,
    );
  });
  app.use(pageRouter(parts, sessions));
  app.use(answerFaults(parts.log));
  return app;
}

/** Every route of the API, the description of it included. */
export function allRoutes(parts: HttpParts, sessions: Sessions): Route[] {
  const routes: Route[] = [
    ...healthRoutes(parts),
    ...sessionRoutes(parts, sessions),
    ...documentRoutes(parts),
    ...originalRoutes(parts),
    ...jobRoutes(parts),
    ...collectionRoutes(parts),
    ...entityRoutes(parts),
    ...graphRoutes(parts),
    ...claimRoutes(parts),
    ...decisionRoutes(parts),
    ...reviewRoutes(parts),
    ...cypherRoutes(parts),
    ...queryRoutes(parts),
    ...viewRoutes(parts),
    ...watchingRoutes(parts),
    ...listRoutes(parts),
    ...ontologyRoutes(parts),
    ...exportRoutes(parts),
    ...bulkRoutes(parts),
  ];
  let description: unknown = null;
  const describe = defineRoute({
    method: "get",
    path: "/api/openapi.json",
    tag: "program",
    summary: "This description",
    responses: { 200: { description: "OpenAPI 3.1", mediaTypes: ["application/json"] } },
    handle: () => Promise.resolve(ok((description ??= openApiDocument(routes, parts.version)))),
  });
  routes.push(describe);
  return routes;
}

function requireSession(sessions: Sessions): RequestHandler {
  return (request, _response, next) => {
    const refusal = sessions.refusal(request);
    if (refusal === null) next();
    else next(refusal);
  };
}

function bodyParser(route: Route): RequestHandler {
  const json: RequestHandler = express.json({ limit: JSON_BODY_BYTES, strict: false });
  const form: RequestHandler = multer({
    storage: multer.memoryStorage(),
    // File names arrive as UTF-8, and with their folders: they are told in reports, never opened.
    defParamCharset: "utf8",
    preservePath: true,
    limits: { fileSize: FILE_BYTES, files: FORM_FILES, fields: 20, fieldSize: 10_000 },
  }).array("files");
  return (request, response, next) => {
    if (route.multipart !== undefined && request.is("multipart/form-data") !== false) {
      const length = Number(request.get("content-length") ?? "NaN");
      if (length <= FORM_BYTES) form(request, response, next);
      else next(new AppError("too_large", "The form is too large, or does not tell its length. Send 100 MB at most."));
      return;
    }
    if (request.is("application/json") === false) {
      const kinds = route.multipart === undefined ? "application/json" : "application/json or multipart/form-data";
      next(new AppError("unsupported_media", `The body must be ${kinds} (header Content-Type).`));
      return;
    }
    json(request, response, next);
  };
}

function answerWith(route: Route): RequestHandler {
  return async (request: Request, response: Response) => {
    const answer: Answer = await route.run(request);
    if ("write" in answer) {
      await answer.write(response);
      return;
    }
    response.status(answer.status);
    if (!("body" in answer)) {
      response.end();
      return;
    }
    // Articles may be unpublished: nothing of them stays in a cache that is shared.
    response.set({ "Cache-Control": "private, no-cache", ...answer.headers });
    response.json(answer.body);
  };
}

function pathPattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}/?$`);
}
