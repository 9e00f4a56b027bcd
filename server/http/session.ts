/**
 * Who may ask: with a password set, a signed cookie or the same value as `Bearer`; commands of this machine always by the token
 * that `serve` wrote for them. Without a password everybody who reaches the loopback address.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { sign, unsign } from "cookie-signature";
import type { Request } from "express";
import { AppError } from "../errors.ts";

export const SESSION_COOKIE = "fil-rouge-session";
const SESSION_DAYS = 14;

const FAILURES_ALLOWED = 10;
const FAILURES_FORGOTTEN_MS = 10 * 60_000;
/** Addresses remembered; the oldest is forgotten first. */
const ADDRESSES_KEPT = 1_000;

export interface Sessions {
  /** Null when a password is not needed or was given, else why the request is refused. */
  refusal(request: Request): AppError | null;
  /** @throws AppError `unauthorized`, `rate_limited` */
  open(password: string, address: string): { value: string; expiresAt: Date };
}

export interface SessionParts {
  password: string | null;
  token: string;
  /** Signs the sessions. */
  secret: string;
  now: () => Date;
}

export function createSessions({ password, token, secret, now }: SessionParts): Sessions {
  const failures = new Map<string, { count: number; since: number }>();
  // Another password ends the sessions that the old one opened.
  const key = createHash("sha256")
    .update(`${secret}\u0000${password ?? ""}`)
    .digest("hex");

  const isSession = (value: string): boolean => {
    const content = unsign(value, key);
    return content !== false && Number(content.split(".")[0]) > now().getTime();
  };

  const recentFailures = (address: string): number => {
    const record = failures.get(address);
    return record !== undefined && now().getTime() - record.since < FAILURES_FORGOTTEN_MS ? record.count : 0;
  };

  return {
    refusal(request) {
      const bearer = /^Bearer (.+)$/i.exec(request.get("authorization") ?? "")?.[1];
      if (bearer !== undefined) {
        return isSame(bearer, token) || isSession(bearer)
          ? null
          : new AppError("unauthorized", "The token is not valid here. Sign in again.");
      }
      if (password === null) return null;
      const cookie = cookieOf(request);
      if (cookie !== null && isSession(cookie)) return null;
      return new AppError("unauthorized", "A password is needed. Sign in first (POST /api/session).");
    },
    open(given, address) {
      const before = recentFailures(address);
      if (before >= FAILURES_ALLOWED) {
        const minutes = FAILURES_FORGOTTEN_MS / 60_000;
        throw new AppError("rate_limited", `Too many wrong passwords. Wait ${minutes} minutes and try again.`);
      }
      if (password === null || !isSame(given, password)) {
        const since = before === 0 ? now().getTime() : (failures.get(address)?.since ?? now().getTime());
        failures.delete(address);
        failures.set(address, { count: before + 1, since });
        for (const oldest of failures.keys()) {
          if (failures.size <= ADDRESSES_KEPT) break;
          failures.delete(oldest);
        }
        throw new AppError("unauthorized", "The password is wrong.");
      }
      failures.delete(address);
      const expiresAt = new Date(now().getTime() + SESSION_DAYS * 86_400_000);
      return { value: sign(`${expiresAt.getTime()}.${randomBytes(12).toString("hex")}`, key), expiresAt };
    },
  };
}

/** For this site's own requests alone, out of reach of scripts. */
export function cookieHeader(value: string, expiresAt: Date, isSecure: boolean): string {
  const fields = [
    `${SESSION_COOKIE}=${encodeURIComponent(value)}`,
    "Path=/",
    `Expires=${expiresAt.toUTCString()}`,
    "HttpOnly",
    "SameSite=Strict",
    ...(isSecure ? ["Secure"] : []),
  ];
  return fields.join("; ");
}

/** Equal in a time that tells nothing about where they differ. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function cookieOf(request: Request): string | null {
  for (const pair of (request.get("cookie") ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (pair.slice(0, at).trim() !== SESSION_COOKIE) continue;
    try {
      return decodeURIComponent(pair.slice(at + 1).trim());
    } catch {
      return null;
    }
  }
  return null;
}
