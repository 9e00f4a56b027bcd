/** `/api/session`: signing in and out where a password is set. */
import { z } from "zod";
import type { HttpParts } from "../parts.ts";
import { defineRoute, ok, type Route } from "../route.ts";
import { cookieHeader, type Sessions } from "../session.ts";

const stateSchema = z.object({
  /** A password is set. */
  required: z.boolean(),
  signedIn: z.boolean(),
});
const openedSchema = stateSchema.extend({
  /** For programs: `Authorization: Bearer …`. Browsers hold it as a cookie. */
  token: z.string(),
  expiresAt: z.string(),
});

export function sessionRoutes(parts: HttpParts, sessions: Sessions): Route[] {
  const required = parts.password !== null;
  return [
    defineRoute({
      method: "get",
      path: "/api/session",
      tag: "program",
      summary: "Whether a password is needed, and given",
      open: true,
      responses: {
        200: { description: "The state", schema: stateSchema },
        401: { description: "A token was sent that is not valid" },
      },
      handle({ request }) {
        const refusal = sessions.refusal(request);
        if (refusal !== null && request.get("authorization") !== undefined) throw refusal;
        return Promise.resolve(ok({ required, signedIn: refusal === null }));
      },
    }),
    defineRoute({
      method: "post",
      path: "/api/session",
      tag: "program",
      summary: "Signs in with the password",
      open: true,
      body: z.strictObject({ password: z.string().max(1_000) }),
      responses: {
        201: { description: "Signed in", schema: openedSchema },
        429: { description: "Too many wrong passwords" },
      },
      handle({ body, request }) {
        const { value, expiresAt } = sessions.open(body.password, request.ip ?? "");
        return Promise.resolve({
          status: 201,
          body: { required, signedIn: true, token: value, expiresAt: expiresAt.toISOString() },
          headers: { "Set-Cookie": cookieHeader(value, expiresAt, request.secure) },
        });
      },
    }),
    defineRoute({
      method: "delete",
      path: "/api/session",
      tag: "program",
      summary: "Signs out",
      open: true,
      responses: { 200: { description: "Signed out", schema: stateSchema } },
      handle: ({ request }) =>
        Promise.resolve({
          status: 200,
          body: { required, signedIn: !required },
          headers: { "Set-Cookie": cookieHeader("", new Date(0), request.secure) },
        }),
    }),
  ];
}
