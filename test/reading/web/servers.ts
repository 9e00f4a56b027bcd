/**
 * Servers of this machine for tests of fetching: raw sockets where HTTP is to be broken, and name servers that are functions.
 */
import { createServer, type RequestListener, type Server } from "node:http";
import {
  createServer as createSocketServer,
  type AddressInfo,
  type Server as SocketServer,
  type Socket,
} from "node:net";
import type { FetchPolicy, ResolveName } from "../../../server/reading/web/connection.ts";
import type { FetchParts } from "../../../server/reading/web/fetch-page.ts";

export interface TestSite {
  port: number;
  /** `http://site.test:PORT` */
  origin: string;
  /** Paths asked for so far, in order. */
  asked: string[];
  close(): Promise<void>;
}

const HOST = "site.test";

export async function openSite(listener: RequestListener): Promise<TestSite> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    listener(request, response);
  });
  const port = await listening(server);
  return {
    port,
    origin: `http://${HOST}:${port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Answers every connection with what `talk` writes, HTTP or not. */
export async function openSocketSite(talk: (socket: Socket) => void): Promise<TestSite> {
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("data", () => talk(socket));
  });
  const port = await listening(server);
  return {
    port,
    origin: `http://${HOST}:${port}`,
    asked: [],
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function listening(server: Server | SocketServer): Promise<number> {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)));
}

/** Every name is this machine. */
export const resolveHere: ResolveName = () => Promise.resolve([{ address: "127.0.0.1", family: 4 }]);

/** Lets the test's own site pass, and nothing else of this machine. */
export function policyFor(...sites: readonly TestSite[]): FetchPolicy {
  return { ports: new Set([80, 443, ...sites.map((site) => site.port)]), hosts: new Set([HOST]) };
}

export function partsFor(site: TestSite, given: Partial<FetchParts> = {}): FetchParts {
  return {
    policy: policyFor(site),
    userAgent: "Fil rouge test",
    isReadable: (mediaType) => mediaType.startsWith("text/"),
    resolve: resolveHere,
    ...given,
  };
}
