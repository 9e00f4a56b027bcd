/**
 * The engine process of the embedded store: opens the file, runs what the owner sends, and ends with it. It is a process of its
 * own so that a runaway query can be ended by ending it, without harm to the owner.
 */
import grafeo, { type GrafeoDB, type GrafeoError, type Transaction } from "@grafeo-db/js";
import {
  EXIT_MEMORY,
  NO_ANSWER,
  type EngineAnswer,
  type EngineFault,
  type EngineRequest,
  type RequestMessage,
} from "./messages.ts";
import { cutRows, endsOutside, type EngineNode } from "./results.ts";

/** The log is folded into the file when it holds this much, or after this time: reopening stays quick. */
const CHECKPOINT_WAL_BYTES = 64 * 1024 * 1024;
const CHECKPOINT_INTERVAL_MS = 5 * 60_000;

/** What one request may take beyond what the process held before it. */
const MEMORY_FOR_A_REQUEST_BYTES = 1024 * 1024 * 1024;
const MEMORY_WATCH_INTERVAL_MS = 50;

let database: GrafeoDB | null = null;
const transactions = new Map<number, Transaction>();
/** Resident bytes when each running request began. */
const running = new Map<number, number>();

class RefusedWrite extends Error {}

function opened(): GrafeoDB {
  if (database === null) throw new Error("The store is not open.");
  return database;
}

function transactionOf(number: number): Transaction {
  const transaction = transactions.get(number);
  if (transaction === undefined) throw new Error(`There is no transaction ${number}.`);
  return transaction;
}

async function perform(request: EngineRequest): Promise<EngineAnswer> {
  switch (request.kind) {
    case "open":
      database = grafeo.GrafeoDB.create(request.file);
      database.setCheckpointTriggers({ walBytes: CHECKPOINT_WAL_BYTES, intervalMs: CHECKPOINT_INTERVAL_MS });
      return NO_ANSWER;
    case "begin":
      transactions.set(request.transaction, opened().beginTransaction());
      return NO_ANSWER;
    case "run": {
      const result = await transactionOf(request.transaction).executeCypher(request.text, request.parameters);
      return { ...NO_ANSWER, columns: result.columns, rows: result.rows() };
    }
    case "commit":
      transactionOf(request.transaction).commit();
      transactions.delete(request.transaction);
      return NO_ANSWER;
    case "rollback":
      transactionOf(request.transaction).rollback();
      transactions.delete(request.transaction);
      return NO_ANSWER;
    case "define":
      await opened().executeCypher(request.statement);
      return NO_ANSWER;
    case "inspect":
      return inspect(request);
    case "close":
      database?.close();
      database = null;
      return NO_ANSWER;
  }
}

async function inspect(request: Extract<EngineRequest, { kind: "inspect" }>): Promise<EngineAnswer> {
  const transaction = opened().beginTransaction();
  try {
    const result = await transaction.executeCypher(request.text, request.parameters);
    if (Object.values(result.counters).some((changed) => changed !== 0)) throw new RefusedWrite();
    const { columns } = result;
    const { rows, truncated } = cutRows(result.rows(), request.rows, request.bytes);
    return { columns, rows, truncated, ends: endsOutside(rows).flatMap(nodeById) };
  } finally {
    transaction.rollback();
  }
}

function nodeById(id: number): EngineNode[] {
  const node = opened().getNode(id);
  return node === null ? [] : [{ ...node.properties(), _id: node.id, _labels: node.labels }];
}

function faultOf(error: unknown): EngineFault {
  if (error instanceof RefusedWrite) return { message: "The query writes.", status: null, reason: "wrote" };
  const status = (error as GrafeoError).gqlStatus ?? null;
  return { message: error instanceof Error ? error.message : String(error), status, reason: "engine" };
}

process.on("message", (message: RequestMessage) => {
  running.set(message.id, process.memoryUsage.rss());
  perform(message)
    .then(
      (answer) => process.send?.({ id: message.id, answer }),
      (error: unknown) => process.send?.({ id: message.id, fault: faultOf(error) }),
    )
    .finally(() => running.delete(message.id));
});

// The owner is gone, or lets go: nothing may be left behind.
process.on("disconnect", () => process.exit(0));

// A terminal sends these to the whole group; the owner decides when a document is finished.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => undefined);

setInterval(() => {
  if (running.size === 0) return;
  const allowed = Math.min(...running.values()) + MEMORY_FOR_A_REQUEST_BYTES;
  if (process.memoryUsage.rss() > allowed) process.exit(EXIT_MEMORY);
}, MEMORY_WATCH_INTERVAL_MS);
