/**
 * The executor over the embedded engine: owns the one engine process, starts it again when it ends, and repeats what was in
 * flight.
 */
import { setTimeout as wait } from "node:timers/promises";
import type { CypherLimits, CypherValue } from "../../contract/cypher.ts";
import { AppError } from "../../errors.ts";
import type { Executor, Query, RawAnswer, Transaction } from "../executor.ts";
import { timeoutFault } from "../limits.ts";
import type { Row } from "../row.ts";
import { EngineEnded, EngineError, EngineProcess } from "./engine-process.ts";
import { openingFault, ownFault, userFault } from "./faults.ts";
import type { EngineRequest } from "./messages.ts";
import { fromEngine, toEngine } from "./values.ts";

/** A request is repeated when another one took the engine down; one that keeps doing so itself is given up. */
const MAX_ATTEMPTS = 4;

/** Our own reads are made to be quick: one that takes this long would never end. */
const OWN_READ_MS = 60_000;

/** A process that ended a moment ago may still hold the file. */
const LOCK_PATIENCE_MS = 2_000;
const LOCK_PAUSE_MS = 100;

export class EmbeddedExecutor implements Executor {
  readonly kind = "embedded";
  readonly #file: string;
  #engine: Promise<EngineProcess> | null = null;
  #writes: Promise<unknown> = Promise.resolve();
  #lastTransaction = 0;
  #closed = false;

  /** The file is opened by the first request, or by `open`. */
  constructor(file: string) {
    this.#file = file;
  }

  /** @throws AppError `store_in_use`, `store_unreachable` */
  async open(): Promise<void> {
    await this.#running();
  }

  /** Of the engine process, for tests and messages; null when there is none. */
  async pid(): Promise<number | null> {
    return (await this.#engine)?.pid ?? null;
  }

  read<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return this.#repeated((engine) =>
      withTimeLimit(engine, OWN_READ_MS, () => this.#inTransaction(engine, "read", work)),
    );
  }

  write<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    const result = this.#writes.then(() => this.#repeated((engine) => this.#inTransaction(engine, "write", work)));
    this.#writes = result.catch(() => undefined);
    return result;
  }

  async define(statement: string): Promise<void> {
    await this.#repeated((engine) => engine.request({ kind: "define", statement }));
  }

  async inspect(
    text: string,
    parameters: Readonly<Record<string, CypherValue>>,
    limits: CypherLimits,
  ): Promise<RawAnswer> {
    const request: EngineRequest = {
      kind: "inspect",
      text,
      parameters: toEngine(parameters),
      rows: limits.rows,
      bytes: limits.bytes,
    };
    try {
      const answer = await this.#repeated(
        (engine) => withTimeLimit(engine, limits.milliseconds, () => engine.request(request)),
        { mayEatMemory: true },
      );
      return {
        columns: answer.columns,
        rows: answer.rows.map((row) => row.map(fromEngine)),
        truncated: answer.truncated,
        ends: answer.ends.map(fromEngine),
      };
    } catch (error) {
      throw userFault(error, text);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#writes;
    const engine = await this.#engine?.catch(() => null);
    this.#engine = null;
    if (engine === null || engine === undefined) return;
    await engine.request({ kind: "close" }).catch(() => undefined);
    await engine.kill();
  }

  /**
   * Runs the attempt again with a new engine when the present one ends in the middle. What `mayEatMemory` is not run again
   * when memory was the end.
   */
  async #repeated<Result>(
    attempt: (engine: EngineProcess) => Promise<Result>,
    { mayEatMemory } = { mayEatMemory: false },
  ): Promise<Result> {
    for (let tries = 1; ; tries += 1) {
      const engine = await this.#running();
      try {
        return await attempt(engine);
      } catch (error) {
        if (!(error instanceof EngineEnded)) throw error;
        if ((error.outOfMemory && mayEatMemory) || tries === MAX_ATTEMPTS) throw ownFault(error);
      }
    }
  }

  /** The first request that finds the engine ended starts the next one; the others wait for it. */
  async #running(): Promise<EngineProcess> {
    if (this.#closed) throw new AppError("store_unreachable", "The embedded store is closed.");
    const current = this.#engine;
    const engine = (await current?.catch(() => null)) ?? null;
    if (engine?.alive === true) return engine;
    if (this.#engine === current) this.#engine = this.#start(engine);
    return this.#engine ?? this.#running();
  }

  async #start(previous: EngineProcess | null): Promise<EngineProcess> {
    await previous?.kill();
    const begun = performance.now();
    for (;;) {
      const engine = new EngineProcess();
      try {
        await engine.request({ kind: "open", file: this.#file });
        return engine;
      } catch (error) {
        await engine.kill();
        const fault = openingFault(error, this.#file);
        const patient = fault.code === "store_in_use" && performance.now() - begun < LOCK_PATIENCE_MS;
        if (!patient) throw fault;
        await wait(LOCK_PAUSE_MS);
      }
    }
  }

  async #inTransaction<Result>(
    engine: EngineProcess,
    access: "read" | "write",
    work: (transaction: Transaction) => Promise<Result>,
  ): Promise<Result> {
    this.#lastTransaction += 1;
    const transaction = this.#lastTransaction;
    await engine.request({ kind: "begin", transaction });
    try {
      const result = await work({
        run: async (query) => rowsOf(query, access, await engine.request(runRequest(query, transaction))),
      });
      await engine.request({ kind: access === "write" ? "commit" : "rollback", transaction });
      return result;
    } catch (error) {
      if (error instanceof EngineEnded) throw error;
      await engine.request({ kind: "rollback", transaction }).catch(() => engine.kill());
      throw error instanceof EngineError ? ownFault(error) : error;
    }
  }
}

function runRequest<Result>({ text, parameters }: Query<Result>, transaction: number): EngineRequest {
  return { kind: "run", transaction, text, parameters };
}

function rowsOf<Result>(
  query: Query<Result>,
  access: "read" | "write",
  answer: { columns: string[]; rows: unknown[][] },
): Result[] {
  if (query.access === "write" && access === "read") {
    throw new AppError("internal", "A query that writes was run in a read transaction.");
  }
  return answer.rows.map((values) => {
    const row: Row = Object.fromEntries(answer.columns.map((column, index) => [column, values[index]]));
    return query.read(row);
  });
}

/** The engine cannot stop a query: after the time its process is ended, and everything else that it did is repeated. */
async function withTimeLimit<Result>(
  engine: EngineProcess,
  milliseconds: number,
  work: () => Promise<Result>,
): Promise<Result> {
  const expiry = new AbortController();
  const timer = setTimeout(() => {
    expiry.abort();
    void engine.kill();
  }, milliseconds);
  try {
    return await work();
  } catch (error) {
    throw expiry.signal.aborted ? timeoutFault(milliseconds, error) : error;
  } finally {
    clearTimeout(timer);
  }
}
