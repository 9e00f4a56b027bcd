/**
 * Local is not private: a page in another tab reaches this port too. It may neither read nor write: wrong `Host` (DNS rebinding),
 * foreign `Origin` and cross-site fetches are refused; the headers keep our own page to itself.
 */
import type { NextFunction, Request, RequestHandler, Response } from "express";
import helmet from "helmet";
import { AppError } from "../errors.ts";

const LOOPBACK_NAMES = new Set(["localhost", "127.0.0.1", "[::1]"]);
const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/** Sigma's layouts run in workers made from blobs; its images of the graph are blobs too. */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:", "blob:"],
        fontSrc: ["'self'", "data:"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", "blob:"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Plain http on the own machine; a proxy that speaks TLS sets it itself.
    strictTransportSecurity: false,
  });
}

/**
 * Refuses a `Host` that is not this server's. With a password set other machines may come by any name: a rebinding page has no
 * session, since the cookie belongs to the name that it was given under.
 */
export function hostCheck(options: { host: string; password: string | null }): RequestHandler {
  const own = options.host.includes(":") ? `[${options.host}]` : options.host.toLowerCase();
  return (request: Request, _response: Response, next: NextFunction) => {
    const host = (request.get("host") ?? "").toLowerCase().replace(/:\d+$/, "");
    if (options.password !== null || LOOPBACK_NAMES.has(host) || host === own) {
      next();
      return;
    }
    next(new AppError("forbidden", `This server does not answer to the name "${host}". Use localhost.`));
  };
}

/** Refuses what another web page sent: any write, and any request of the API. */
export function originCheck(request: Request, _response: Response, next: NextFunction): void {
  const isWrite = !SAFE_METHODS.has(request.method);
  if (!isWrite && !request.path.startsWith("/api/")) {
    next();
    return;
  }
  const site = request.get("sec-fetch-site");
  const origin = request.get("origin");
  // A page cannot forge Sec-Fetch-Site; where a browser does not send it, the origin must be the host that was asked.
  const isOwn =
    site === undefined
      ? origin === undefined || isOwnOrigin(origin, request.get("host"))
      : site === "same-origin" || site === "none";
  if (!isOwn) {
    next(new AppError("forbidden", "The request comes from another web page. Use Fil rouge's own page."));
    return;
  }
  next();
}

function isOwnOrigin(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && host !== undefined && new URL(origin).host === new URL(`http://${host}`).host;
}
