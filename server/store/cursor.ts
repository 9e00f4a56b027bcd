/**
 * Cursors of pages: opaque to users, a place in an order to the store.
 */
import type { z } from "zod";
import { AppError } from "../errors.ts";

export function encodeCursor(place: Readonly<Record<string, string | number>>): string {
  return Buffer.from(JSON.stringify(place), "utf8").toString("base64url");
}

/** @throws AppError `invalid_input` for a cursor that no page gave. */
export function decodeCursor<Place>(cursor: string, schema: z.ZodType<Place>): Place {
  const refuse = (cause: unknown) =>
    new AppError("invalid_input", `The cursor "${cursor.slice(0, 80)}" is none that a page gave. Begin without one.`, {
      cause,
      issues: [{ path: "cursor", message: "not a cursor of this list" }],
    });
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch (cause) {
    throw refuse(cause);
  }
  const place = schema.safeParse(value);
  if (!place.success) throw refuse(place.error);
  return place.data;
}
