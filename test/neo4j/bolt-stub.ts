/**
 * A stand-in for members of a Neo4j cluster, for faults that the Community server cannot show: leaders that change, followers that
 * take no writes, transactions that the server gives up. It speaks Bolt 5.4 as far as the driver asks; there is no database behind.
 */
import { createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { decodeMessage, encodeMessage, textOf, type Message, type Packed } from "./packstream.ts";

export interface StubRequest {
  /** Which member was asked. */
  member: string;
  /** `begin`, `commit`, or the text of a query. */
  what: string;
  mode: "read" | "write";
  /** What the transaction must have seen. */
  bookmarks: string[];
}

/** What a member answers: all is well, a failure with its code, or the line goes dead. */
export type StubAnswer = "success" | "hang-up" | { code: string; message?: string };

export interface StubCluster {
  /** `neo4j://` of the first member, for a driver that routes. */
  uri: string;
  /** Members by name: `bolt://` addresses. */
  members: Readonly<Record<string, string>>;
  /** All that was asked, in order. */
  requests: StubRequest[];
  close(): Promise<void>;
}

export interface StubPlan {
  names: readonly string[];
  /** Asked whenever a driver wants to know the way. */
  leader: () => string;
  answer: (request: StubRequest) => StubAnswer;
}

const MAGIC = 0x6060b017;
const VERSION = Buffer.from([0, 0, 4, 5]);
const SIGNATURES = {
  hello: 0x01,
  goodbye: 0x02,
  reset: 0x0f,
  run: 0x10,
  begin: 0x11,
  commit: 0x12,
  rollback: 0x13,
  pull: 0x3f,
  discard: 0x2f,
  telemetry: 0x54,
  route: 0x66,
  logon: 0x6a,
  logoff: 0x6b,
} as const;
const SUCCESS = 0x70;
const FAILURE = 0x7f;
const IGNORED = 0x7e;

export async function startBoltStub({ names, leader, answer }: StubPlan): Promise<StubCluster> {
  const requests: StubRequest[] = [];
  const servers = new Map<string, Server>();
  const sockets = new Set<Socket>();
  const addressOf = (name: string) => `127.0.0.1:${String((servers.get(name)?.address() as AddressInfo).port)}`;
  let commits = 0;

  const routes = (): Packed => ({
    rt: {
      ttl: 300,
      db: "neo4j",
      servers: [
        { role: "WRITE", addresses: [addressOf(leader())] },
        { role: "READ", addresses: names.filter((name) => name !== leader()).map(addressOf) },
        { role: "ROUTE", addresses: names.map(addressOf) },
      ],
    },
  });

  for (const member of names) {
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
      socket.on("error", () => undefined);
      serve(socket, (message, state): Message | "hang-up" => {
        const ask = (what: string): StubAnswer => {
          const request = { member, what, mode: state.mode, bookmarks: state.bookmarks };
          requests.push(request);
          return answer(request);
        };
        const settled = (told: StubAnswer, metadata: Packed): Message | "hang-up" => {
          if (told === "hang-up") return told;
          if (told === "success") return { signature: SUCCESS, fields: [metadata] };
          const { code, message: text = "as the test wants it" } = told;
          return { signature: FAILURE, fields: [{ code, message: text }] };
        };
        switch (message.signature) {
          case SIGNATURES.hello:
            return settled("success", { server: "Neo4j/5.26.0", connection_id: "stub", hints: {} });
          case SIGNATURES.route:
            return settled("success", routes());
          case SIGNATURES.begin: {
            const extra = (message.fields[0] ?? {}) as { mode?: string; bookmarks?: string[] };
            state.mode = extra.mode === "r" ? "read" : "write";
            state.bookmarks = extra.bookmarks ?? [];
            return settled(ask("begin"), {});
          }
          case SIGNATURES.run:
            return settled(ask(textOf(message.fields[0])), { fields: [], t_first: 0 });
          case SIGNATURES.pull:
            return settled("success", { type: state.mode === "read" ? "r" : "w", db: "neo4j" });
          case SIGNATURES.commit: {
            const told = ask("commit");
            if (told === "success") commits += 1;
            return settled(told, { bookmark: `bookmark-${commits}` });
          }
          default:
            return settled("success", {});
        }
      });
    });
    servers.set(member, server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  }

  return {
    uri: `neo4j://${addressOf(names[0] ?? "")}`,
    members: Object.fromEntries(names.map((name) => [name, `bolt://${addressOf(name)}`])),
    requests,
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all([...servers.values()].map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

interface ConnectionState {
  mode: "read" | "write";
  bookmarks: string[];
}

/** One connection: after a failure everything is ignored until a reset, as the protocol wants it. */
function serve(socket: Socket, reply: (message: Message, state: ConnectionState) => Message | "hang-up"): void {
  const state: ConnectionState = { mode: "write", bookmarks: [] };
  let bytes = Buffer.alloc(0);
  let greeted = false;
  let failed = false;
  socket.on("data", (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    if (!greeted) {
      if (bytes.length < 20) return;
      if (bytes.readUInt32BE(0) !== MAGIC) {
        socket.destroy();
        return;
      }
      bytes = bytes.subarray(20);
      greeted = true;
      socket.write(VERSION);
    }
    for (let next = decodeMessage(bytes); next !== null; next = decodeMessage(bytes)) {
      bytes = Buffer.from(next.rest);
      const { message } = next;
      if (message === null) continue;
      if (message.signature === SIGNATURES.goodbye) {
        socket.end();
        return;
      }
      if (message.signature === SIGNATURES.reset) failed = false;
      if (failed) {
        socket.write(encodeMessage({ signature: IGNORED, fields: [] }));
        continue;
      }
      const answer = reply(message, state);
      if (answer === "hang-up") {
        socket.destroy();
        return;
      }
      failed = answer.signature === FAILURE;
      socket.write(encodeMessage(answer));
    }
  });
}
