/**
 * One request to one address: judges where it would connect to, connects there and nowhere else, and gives the answer's head with
 * its body still to come. Redirects are the caller's, who asks here again for each of them.
 */
import { lookup as systemLookup } from "node:dns";
import http from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isPublicAddress } from "./addresses.ts";
import { FetchFault } from "./fetch-fault.ts";

/** Where pages may be fetched from. */
export interface FetchPolicy {
  ports: ReadonlySet<number>;
  /** Names and addresses, in lower case, that may be fetched although they are no public ones. */
  hosts: ReadonlySet<string>;
}

export interface ResolvedAddress {
  address: string;
  family: number;
}

/** All addresses of a name. Rejects when it has none. */
export type ResolveName = (name: string) => Promise<readonly ResolvedAddress[]>;

export function resolveBySystem(name: string): Promise<readonly ResolvedAddress[]> {
  return new Promise((resolve, reject) => {
    systemLookup(name, { all: true, verbatim: true }, (error, addresses) => {
      if (error === null) resolve(addresses);
      else reject(error);
    });
  });
}

export interface RequestParts {
  policy: FetchPolicy;
  resolve: ResolveName;
  headers: Readonly<Record<string, string>>;
  signal: AbortSignal;
}

const STANDARD_PORTS: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 };

/** @throws FetchFault when the address, its port or what its name resolves to is not allowed, or nothing answers. */
export async function requestPage(url: URL, parts: RequestParts): Promise<http.IncomingMessage> {
  const host = checkAddress(url, parts.policy);
  const options: https.RequestOptions = {
    method: "GET",
    headers: parts.headers,
    signal: parts.signal,
    // A pool would hand out a connection that was made for somebody else.
    agent: false,
    lookup: lookupWithin(host, parts),
  };
  return new Promise((resolve, reject) => {
    const request = url.protocol === "https:" ? https.request(url, options) : http.request(url, options);
    request.once("response", resolve);
    // Stays: an aborted request may tell its end twice.
    request.on("error", reject);
    request.end();
  });
}

/** @returns the host without brackets. Odd spellings of numbers (0x7f.1) were made plain by `URL`. */
function checkAddress(url: URL, policy: FetchPolicy): string {
  const standardPort = STANDARD_PORTS[url.protocol];
  if (standardPort === undefined) {
    throw new FetchFault("unsupported_format", `begins with ${url.protocol}; only http and https are fetched`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new FetchFault("unreadable", "holds a user name or password; give the address without it");
  }
  const port = url.port === "" ? standardPort : Number(url.port);
  if (!policy.ports.has(port)) {
    throw new FetchFault("unreadable", `uses port ${port}; allowed are ${[...policy.ports].join(", ")}`);
  }
  const host = url.hostname.replace(/^\[|\]$/g, "").toLowerCase();
  // Node asks no resolver for a literal address, so that it is judged here.
  if (isIP(host) !== 0) judge(host, [host], policy);
  return host;
}

/** Gives the socket the very addresses that were judged. */
function lookupWithin(host: string, { policy, resolve }: RequestParts): LookupFunction {
  return (name, options, callback) => {
    resolve(name).then(
      (addresses) => {
        const [first] = addresses;
        try {
          if (first === undefined) throw new FetchFault("unreadable", `has a name that is unknown (${host})`);
          judge(
            host,
            addresses.map(({ address }) => address),
            policy,
          );
        } catch (fault) {
          callback(fault instanceof Error ? fault : new Error(String(fault)), "", 0);
          return;
        }
        if (options.all === true) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      () => callback(new FetchFault("unreadable", `has a name that is unknown (${host})`), "", 0),
    );
  };
}

/** One closed address among several refuses the name: who mixes them is up to something. */
function judge(host: string, addresses: readonly string[], policy: FetchPolicy): void {
  if (policy.hosts.has(host)) return;
  const refused = addresses.find((address) => !isPublicAddress(address));
  if (refused === undefined) return;
  const where = refused === host ? refused : `${host} (${refused})`;
  throw new FetchFault("unreadable", `leads to ${where}, which is no public address, and is not fetched`);
}
