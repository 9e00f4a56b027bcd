/**
 * The built page: its files, and the page itself for every address that is no file and no API.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import express, { Router, type Request, type Response } from "express";
import { AppError } from "../errors.ts";
import type { HttpParts } from "./parts.ts";
import { cookieHeader, type Sessions } from "./session.ts";
import { loginPage, notBuiltPage } from "./plain-pages.ts";

export function pageRouter(parts: HttpParts, sessions: Sessions): Router {
  const router = Router();
  const index = join(parts.clientFolder, "index.html");

  router.get("/login", (request, response) => {
    if (parts.password === null || sessions.refusal(request) === null) response.redirect(303, wantedPath(request));
    else
      response
        .status(200)
        .type("html")
        .send(loginPage(languageOf(request), null, wantedPath(request)));
  });
  router.post("/login", express.urlencoded({ extended: false, limit: "10kb" }), (request, response) => {
    const body = (request.body ?? {}) as Record<string, unknown>;
    const password = typeof body["password"] === "string" ? body["password"] : "";
    try {
      const { value, expiresAt } = sessions.open(password, request.ip ?? "");
      response.set("Set-Cookie", cookieHeader(value, expiresAt, request.secure)).redirect(303, wantedPath(request));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const status = error.code === "rate_limited" ? 429 : 401;
      response
        .status(status)
        .type("html")
        .send(loginPage(languageOf(request), error.code, wantedPath(request)));
    }
  });

  router.use((request, response, next) => {
    if (sessions.refusal(request) === null) next();
    else response.redirect(303, isView(request.path) ? `/login?to=${encodeURIComponent(request.path)}` : "/login");
  });
  router.use(
    express.static(parts.clientFolder, {
      index: false,
      setHeaders(response, path) {
        // Vite names these files by their content.
        const isNamedByContent = path.startsWith(join(parts.clientFolder, "assets"));
        response.setHeader("Cache-Control", isNamedByContent ? "public, max-age=31536000, immutable" : "no-cache");
      },
    }),
  );
  router.get("/{*splat}", (request: Request, response: Response) => {
    if (!existsSync(index)) {
      response
        .status(503)
        .type("html")
        .send(notBuiltPage(languageOf(request)));
      return;
    }
    response.set("Cache-Control", "no-cache").sendFile(index);
  });
  return router;
}

/** Links to saved views are handed on; they open after signing in. */
function isView(path: string): boolean {
  return /^\/view\/[\w/-]+$/.test(path);
}

/** Never an address of somebody else's. */
function wantedPath(request: Request): string {
  const { to } = request.query;
  return typeof to === "string" && isView(to) ? to : "/";
}

function languageOf(request: Request): "fr" | "en" {
  return request.acceptsLanguages("en", "fr") === "fr" ? "fr" : "en";
}
