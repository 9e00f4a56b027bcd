/**
 * A web address → what stands there: a page for the reader, or a feed for the watcher. The web is hostile: where to, how long, how
 * much and how often redirected are limited, and every failure is a problem of that one address.
 */
import type { IncomingMessage } from "node:http";
import { MAX_FILE_BYTES, type Problem } from "../../contract/document.ts";
import { ACCEPTED_ENCODINGS, readBody } from "./body.ts";
import { requestPage, resolveBySystem, type FetchPolicy, type ResolveName } from "./connection.ts";
import { FetchFault } from "./fetch-fault.ts";

export type Fetched =
  | {
      status: "fetched";
      /** The final address, without its fragment. */
      address: string;
      bytes: Uint8Array;
      /** As the server told it, with parameters. */
      mediaType: string | undefined;
      /** Those that are worth keeping. */
      headers: Record<string, string>;
    }
  /** The server says that nothing has changed since what `conditions` name. */
  | { status: "unchanged" }
  | {
      status: "failed";
      problem: Problem;
      /** Seconds that the server asked to wait (`retry-after`); null when it did not. */
      retryAfter: number | null;
    };

/** What is asked for, beside where. */
export interface ResourceRequest {
  /** Value of the header `accept`. */
  accept: string;
  /** Further headers, such as `if-none-match`. */
  conditions?: Readonly<Record<string, string>>;
  /** Whether a format is wanted, by its media type; decided before the body is loaded. */
  isWanted: (mediaType: string) => boolean;
}

export interface FetchLimits {
  /** From the first name asked to the last byte, redirects included. */
  milliseconds: number;
  /** Of the body, compressed and decompressed. */
  bytes: number;
  redirects: number;
}

export const FETCH_LIMITS: FetchLimits = { milliseconds: 20_000, bytes: MAX_FILE_BYTES, redirects: 5 };

export interface ResourceParts {
  policy: FetchPolicy;
  /** How the program names itself to servers. */
  userAgent: string;
  limits?: FetchLimits;
  resolve?: ResolveName;
}

/** Kept beside an original: what it is, how old, and who says so. */
const TELLING_HEADERS = [
  "content-type",
  "content-language",
  "content-encoding",
  "content-disposition",
  "date",
  "last-modified",
  "etag",
  "server",
];

/** Fetches one address. */
export async function fetchResource(address: string, wanted: ResourceRequest, parts: ResourceParts): Promise<Fetched> {
  const limits = parts.limits ?? FETCH_LIMITS;
  const deadline = AbortSignal.timeout(limits.milliseconds);
  let retryAfter: number | null = null;
  try {
    const { url, response } = await follow(address, wanted, limits, deadline, parts);
    if (response.statusCode === 304 && wanted.conditions !== undefined) {
      response.destroy();
      return { status: "unchanged" };
    }
    retryAfter = secondsOf(response.headers["retry-after"]);
    const mediaType = checkAnswer(response, wanted);
    const headers = tellingHeaders(response);
    const bytes = await readBody(response, limits.bytes);
    return { status: "fetched", address: url.href, bytes, mediaType, headers };
  } catch (cause) {
    const { code, message } = faultOf(cause, deadline, limits);
    return { status: "failed", problem: { code, message: `${shown(address)} ${message}.` }, retryAfter };
  }
}

function tellingHeaders(response: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    TELLING_HEADERS.flatMap((name) => {
      const value = response.headers[name];
      return typeof value === "string" ? [[name, value.slice(0, 500)]] : [];
    }),
  );
}

/** `120`, or a date. */
function secondsOf(retryAfter: string | undefined): number | null {
  if (retryAfter === undefined) return null;
  if (/^\d{1,6}$/.test(retryAfter.trim())) return Number(retryAfter);
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}

async function follow(
  address: string,
  { accept, conditions }: ResourceRequest,
  limits: FetchLimits,
  signal: AbortSignal,
  { policy, userAgent, resolve = resolveBySystem }: ResourceParts,
): Promise<{ url: URL; response: IncomingMessage }> {
  let url = parse(address, undefined);
  const visited = new Set<string>();
  const headers = {
    ...conditions,
    "user-agent": userAgent,
    accept,
    "accept-language": "fr,en;q=0.8",
    "accept-encoding": ACCEPTED_ENCODINGS,
  };
  for (;;) {
    if (visited.has(url.href)) throw new FetchFault("unreadable", "is redirected in a circle");
    visited.add(url.href);
    const response = await requestPage(url, { policy, resolve, headers, signal });
    const target = redirectOf(response);
    if (target === null) return { url, response };
    response.destroy();
    if (visited.size > limits.redirects) {
      throw new FetchFault("unreadable", `is redirected more than ${limits.redirects} times`);
    }
    url = parse(target, url);
  }
}

function parse(address: string, base: URL | undefined): URL {
  if (!URL.canParse(address, base?.href)) {
    const what = base === undefined ? "is no web address" : `is redirected to "${shown(address)}", which is no address`;
    throw new FetchFault("unreadable", what);
  }
  const url = new URL(address, base);
  url.hash = "";
  return url;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

function redirectOf(response: IncomingMessage): string | null {
  if (!REDIRECTS.has(response.statusCode ?? 0)) return null;
  return response.headers.location ?? null;
}

/** @returns the media type with its parameters, for the charset in it. */
function checkAnswer(response: IncomingMessage, { isWanted }: ResourceRequest): string | undefined {
  const status = response.statusCode ?? 0;
  if (status < 200 || status > 299 || status === 204) {
    response.destroy();
    throw new FetchFault(
      "unreadable",
      `answered ${`${status} ${response.statusMessage ?? ""}`.trim()}${hintOf(status)}`,
    );
  }
  const told = response.headers["content-type"];
  const mediaType = (told ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (mediaType !== "" && !isWanted(mediaType)) {
    response.destroy();
    throw new FetchFault("unsupported_format", `is ${mediaType.slice(0, 80)}, a format that is not read`);
  }
  return told;
}

function hintOf(status: number): string {
  if (status === 401 || status === 403) return "; save the page from your browser and give the file";
  if (status === 429 || status >= 500) return "; try again later";
  return "";
}

function faultOf(
  cause: unknown,
  deadline: AbortSignal,
  limits: FetchLimits,
): { code: Problem["code"]; message: string } {
  // First: what ends at the deadline looks like a connection that broke.
  if (deadline.aborted) {
    return { code: "unreadable", message: `did not answer whole within ${limits.milliseconds / 1000} seconds` };
  }
  if (cause instanceof FetchFault) return cause;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return { code: "unreadable", message: CONNECTION_FAULTS[code] ?? `cannot be fetched (${wordsOf(cause)})` };
}

const CONNECTION_FAULTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "refuses the connection",
  ECONNRESET: "broke the connection; try again",
  ETIMEDOUT: "does not answer",
  EHOSTUNREACH: "cannot be reached from this machine",
  ENETUNREACH: "cannot be reached from this machine",
  CERT_HAS_EXPIRED: "has a certificate that has expired, and is not trusted",
  DEPTH_ZERO_SELF_SIGNED_CERT: "has a certificate that nobody vouches for, and is not trusted",
  SELF_SIGNED_CERT_IN_CHAIN: "has a certificate that nobody vouches for, and is not trusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "has a certificate that nobody vouches for, and is not trusted",
  ERR_TLS_CERT_ALTNAME_INVALID: "has a certificate for another name, and is not trusted",
  HPE_HEADER_OVERFLOW: "answered with headers that are too long",
};

function wordsOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).slice(0, 200);
}

/** Addresses can be endless too. */
function shown(address: string): string {
  return address.length > 300 ? `${address.slice(0, 300)}…` : address;
}
