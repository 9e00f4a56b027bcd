/**
 * The one filter as query parameters, and the limits that go with it.
 */
import { z } from "zod";
import { filterSchema, type Filter } from "../contract/filter.ts";

export const FILTER_SHAPE = filterSchema.shape;

export function limitOf(standard: number, max: number) {
  return z.number().int().min(1).max(max).default(standard);
}

/** The filter among a route's query parameters; absent fields stay absent, so that an unfiltered request is told as such. */
export function filterOf(query: Partial<Filter>): Filter {
  const filter: Record<string, unknown> = {};
  for (const name of Object.keys(FILTER_SHAPE)) {
    const value = query[name as keyof Filter];
    if (value !== undefined) filter[name] = value;
  }
  return filter;
}
