/**
 * A feed's address → its entries, or the news that there are none: asked conditionally, so that an unchanged feed costs its server
 * nothing.
 */
import { fetchResource, type ResourceParts } from "../reading/web/fetch-resource.ts";
import { parseFeed, type Feed } from "./feed.ts";

export type FeedOutcome =
  | { status: "read"; feed: Feed; conditions: Record<string, string> }
  | { status: "unchanged" }
  /** `message` is a sentence; `retryAfter` in seconds, null when the server asked for no delay. */
  | { status: "failed"; message: string; retryAfter: number | null };

const ACCEPT = "application/atom+xml,application/rss+xml,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5";

export async function fetchFeed(
  address: string,
  conditions: Readonly<Record<string, string>>,
  parts: ResourceParts,
): Promise<FeedOutcome> {
  const fetched = await fetchResource(address, { accept: ACCEPT, conditions, isWanted: () => true }, parts);
  switch (fetched.status) {
    case "unchanged":
      return fetched;
    case "failed":
      return { status: "failed", message: fetched.problem.message, retryAfter: fetched.retryAfter };
    case "fetched": {
      const { feed, problem } = parseFeed(fetched.bytes, fetched.mediaType, fetched.address);
      if (feed === null) return { status: "failed", message: `${address} ${problem}.`, retryAfter: null };
      return { status: "read", feed, conditions: conditionsOf(fetched.headers) };
    }
  }
}

function conditionsOf(headers: Readonly<Record<string, string>>): Record<string, string> {
  const { etag, "last-modified": modified } = headers;
  return {
    ...(etag === undefined ? {} : { "if-none-match": etag }),
    ...(modified === undefined ? {} : { "if-modified-since": modified }),
  };
}
