/**
 * A web address → the page that stands there, as an input of the reader.
 */
import type { DocumentHints, Problem } from "../../contract/document.ts";
import type { ReadInput } from "../reader.ts";
import { fetchResource, type ResourceParts } from "./fetch-resource.ts";

export type FetchOutcome =
  { input: ReadInput; headers: Record<string, string>; problem: null } | { input: null; problem: Problem };

export interface FetchParts extends ResourceParts {
  /** Whether a format is read, by its media type. */
  isReadable: (mediaType: string) => boolean;
}

const ACCEPT = "text/html,application/xhtml+xml,text/plain;q=0.9,application/pdf;q=0.9,*/*;q=0.5";

/** Fetches one page. The input's `address` is the final one, without its fragment. */
export async function fetchPage(address: string, hints: DocumentHints, parts: FetchParts): Promise<FetchOutcome> {
  const fetched = await fetchResource(address, { accept: ACCEPT, isWanted: parts.isReadable }, parts);
  switch (fetched.status) {
    case "fetched": {
      const { bytes, mediaType, headers } = fetched;
      return { input: { bytes, name: address, mediaType, hints, address: fetched.address }, headers, problem: null };
    }
    case "failed":
      return { input: null, problem: fetched.problem };
    case "unchanged":
      return { input: null, problem: { code: "unreadable", message: `${address} answered 304 without being asked.` } };
  }
}
