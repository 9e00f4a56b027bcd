/**
 * A route as one value: where it answers, what it takes, what it gives, and the work. The Express app and the OpenAPI document
 * are both made from the list of routes, so that neither can say something else than the other.
 */
import type { Request, Response } from "express";
import { z } from "zod";
import { AppError, type ErrorIssue } from "../errors.ts";

export type Answer =
  | { status: number; body: unknown; headers?: Record<string, string> }
  | { status: 204 }
  /** The route writes the answer itself: streams, pages. */
  | { write: (response: Response) => Promise<void> };

export interface RouteAnswer {
  description: string;
  /** Absent: no body, or one that is no JSON. */
  schema?: z.ZodType;
  mediaTypes?: readonly string[];
}

export interface RouteInput<P, Q, B> {
  params: P;
  query: Q;
  body: B;
  request: Request;
}

interface RouteDescription {
  method: "get" | "post" | "put" | "delete";
  /** As OpenAPI writes it: `/api/entities/{id}`. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  /** Answers without a session too. */
  open?: boolean;
  responses: Readonly<Record<number, RouteAnswer>>;
  /** A multipart body beside, or instead of, the JSON one. */
  multipart?: z.ZodObject;
}

export interface RouteSpec<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> extends RouteDescription {
  params?: P;
  query?: Q;
  body?: B;
  handle: (input: RouteInput<z.infer<P>, z.infer<Q>, z.infer<B>>) => Promise<Answer>;
}

export interface Route extends RouteDescription {
  params: z.ZodObject | null;
  query: z.ZodObject | null;
  body: z.ZodType | null;
  run: (request: Request) => Promise<Answer>;
}

type Nothing = z.ZodObject<Record<string, never>>;

/** Checks and types what comes in before `handle` sees it. Unknown query parameters are refused. */
export function defineRoute<
  P extends z.ZodObject = Nothing,
  Q extends z.ZodObject = Nothing,
  B extends z.ZodType = z.ZodUndefined,
>(spec: RouteSpec<P, Q, B>): Route {
  const { params, query, body, handle, ...description } = spec;
  const strictQuery = z.strictObject((query ?? z.object({})).shape);
  return {
    ...description,
    params: params ?? null,
    query: query ?? null,
    body: body ?? null,
    run: async (request) => {
      const input = {
        params: check(params ?? z.object({}), request.params, "The address") as z.infer<P>,
        query: check(strictQuery, decodeQuery(strictQuery, request.query), "The query parameters") as z.infer<Q>,
        body: (body === undefined || request.is("multipart/form-data") !== false
          ? undefined
          : check(body, request.body as unknown, "The body")) as z.infer<B>,
        request,
      };
      return handle(input);
    },
  };
}

/** @throws AppError `invalid_input` with one issue a faulty field. */
export function check<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.flatMap(issuesOf);
  const first = issues[0];
  const told = first === undefined ? "" : `: ${first.path === "" ? "" : `${first.path}: `}${first.message}`;
  throw new AppError("invalid_input", `${what} cannot be used${told}.`, { issues });
}

function issuesOf(issue: z.core.$ZodIssue): ErrorIssue[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: [...issue.path, key].join("."), message: "is unknown here" }));
  }
  return [{ path: issue.path.join("."), message: issue.message }];
}

/**
 * Query strings as the values that a schema wants: lists are separated by commas (or repeated), numbers and booleans are written
 * as such, an empty parameter is an absent one.
 */
export function decodeQuery(schema: z.ZodObject, raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const decoded: Record<string, unknown> = {};
  for (const [name, given] of Object.entries(raw)) {
    const field = schema.shape[name] as z.ZodType | undefined;
    const words = (Array.isArray(given) ? given : [given]).map(String);
    const text = words.join(",");
    if (text === "" && field !== undefined) continue;
    decoded[name] = field === undefined ? text : decodeField(innerType(field), text);
  }
  return decoded;
}

function decodeField(type: z.ZodType, text: string): unknown {
  if (type instanceof z.ZodArray) return text.split(",").filter((item) => item !== "");
  if (type instanceof z.ZodNumber) return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (type instanceof z.ZodBoolean) return text === "true" ? true : text === "false" ? false : text;
  return text;
}

/** The type behind `optional()` and `default()`. */
export function innerType(type: z.ZodType): z.ZodType {
  if (type instanceof z.ZodOptional || type instanceof z.ZodDefault) return innerType(type.unwrap() as z.ZodType);
  return type;
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export function notFound(what: string, id: string): AppError {
  return new AppError("not_found", `There is no ${what} "${id}".`);
}
