/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment -- The driver declares its plain option objects as classes. */
/**
 * The executor over Neo4j's driver: sessions that see their own writes, transactions that are tried again when the server was
 * away or another writer in the way, and users' queries under the server's own limits.
 */
import { setTimeout as wait } from "node:timers/promises";
import neo4j, {
  isRetryableError,
  type BookmarkManager,
  type Driver,
  type Session,
  type Transaction as DriverTransaction,
} from "neo4j-driver";
import type { CypherLimits, CypherValue } from "../../contract/cypher.ts";
import { AppError } from "../../errors.ts";
import type { Executor, Query, RawAnswer, Transaction } from "../executor.ts";
import type { Row } from "../row.ts";
import { ownFault, userFault, wasTerminated } from "./faults.ts";
import { sizeOf, timeoutFault } from "../limits.ts";
import {
  elementIdsOutside,
  fromDriver,
  parametersToDriver,
  plainFromDriver,
  userParametersToDriver,
} from "./values.ts";

/** How long a write waits for a server that restarts, or for a new leader; a reader wants to know soon. */
export interface Patience {
  writeMs: number;
  readMs: number;
}

const PATIENCE: Patience = { writeMs: 90_000, readMs: 5_000 };
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 3_000;

/** Beyond the time limit, which the server keeps itself: for a server that does not answer at all. */
const SILENCE_MS = 5_000;

type Access = "read" | "write";

export class Neo4jExecutor implements Executor {
  readonly kind = "neo4j";
  readonly #driver: Driver;
  readonly #database: string | null;
  readonly #name: string;
  readonly #patience: Patience;
  readonly #bookmarks: BookmarkManager = neo4j.bookmarkManager();

  constructor(driver: Driver, database: string | null, name: string, patience: Patience = PATIENCE) {
    this.#patience = patience;
    this.#driver = driver;
    this.#database = database;
    this.#name = name;
  }

  read<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return this.#repeated("read", this.#patience.readMs, work);
  }

  write<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return this.#repeated("write", this.#patience.writeMs, work);
  }

  async define(statement: string): Promise<void> {
    const session = this.#session("write");
    try {
      await session.run(statement);
    } catch (error) {
      throw ownFault(error, this.#name);
    } finally {
      await session.close();
    }
  }

  async inspect(
    text: string,
    parameters: Readonly<Record<string, CypherValue>>,
    limits: CypherLimits,
  ): Promise<RawAnswer> {
    const begun = performance.now();
    try {
      return await this.#inspectOnce(text, parameters, limits);
    } catch (error) {
      // The end of a query that was stopped just before can reach the next one; its own limit cannot have been met yet.
      if (!wasTerminated(error) || performance.now() - begun > limits.milliseconds / 2) {
        throw userFault(error, text, limits.milliseconds, this.#name);
      }
    }
    try {
      return await this.#inspectOnce(text, parameters, limits);
    } catch (error) {
      throw userFault(error, text, limits.milliseconds, this.#name);
    }
  }

  async #inspectOnce(
    text: string,
    parameters: Readonly<Record<string, CypherValue>>,
    limits: CypherLimits,
  ): Promise<RawAnswer> {
    const session = this.#session("read");
    let silence: NodeJS.Timeout | undefined;
    const silent = new Promise<never>((_, reject) => {
      silence = setTimeout(() => {
        reject(timeoutFault(limits.milliseconds));
      }, limits.milliseconds + SILENCE_MS);
    });
    try {
      return await Promise.race([this.#answer(session, text, parameters, limits), silent]);
    } finally {
      clearTimeout(silence);
      // Closing a session of a server that is silent waits for it.
      session.close().catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    await this.#driver.close();
  }

  async #answer(
    session: Session,
    text: string,
    parameters: Readonly<Record<string, CypherValue>>,
    limits: CypherLimits,
  ): Promise<RawAnswer> {
    const transaction = await session.beginTransaction({ timeout: limits.milliseconds });
    try {
      const values = userParametersToDriver(parameters);
      const explained = await transaction.run(`EXPLAIN ${text}`, values);
      if (explained.summary.queryType !== "r") {
        throw new AppError("query_refused", "The query does more than read; only reading is allowed here.");
      }
      const result = transaction.run(text, values);
      const columns = await result.keys();
      const rows: CypherValue[][] = [];
      const raw: unknown[][] = [];
      let bytes = 0;
      let truncated = false;
      for await (const record of result) {
        const value = columns.map((column) => record.get(column) as unknown);
        const row = value.map(fromDriver);
        bytes += sizeOf(row);
        if (rows.length >= limits.rows || bytes > limits.bytes) {
          truncated = true;
          break;
        }
        raw.push(value);
        rows.push(row);
      }
      return { columns, rows, truncated, ends: await endsOutside(raw, transaction) };
    } finally {
      if (transaction.isOpen()) await transaction.rollback().catch(() => undefined);
    }
  }

  async #repeated<Result>(
    access: Access,
    patience: number,
    work: (transaction: Transaction) => Promise<Result>,
  ): Promise<Result> {
    const begun = performance.now();
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        return await this.#once(access, work);
      } catch (error) {
        if (error instanceof AppError) throw error;
        if (!isRetryableError(error) || performance.now() - begun + pause > patience) throw ownFault(error, this.#name);
      }
      // Two writers that waited for each other must not meet again at the same moment.
      await wait(pause * (0.5 + Math.random()));
    }
  }

  async #once<Result>(access: Access, work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    const session = this.#session(access);
    try {
      const transaction = await session.beginTransaction();
      try {
        const result = await work({ run: (query) => runQuery(query, access, transaction) });
        if (access === "write") await transaction.commit();
        else await transaction.rollback();
        return result;
      } finally {
        if (transaction.isOpen()) await transaction.rollback().catch(() => undefined);
      }
    } finally {
      await session.close();
    }
  }

  #session(access: Access): Session {
    return this.#driver.session({
      defaultAccessMode: access === "read" ? neo4j.session.READ : neo4j.session.WRITE,
      bookmarkManager: this.#bookmarks,
      ...(this.#database === null ? {} : { database: this.#database }),
    });
  }
}

async function runQuery<Result>(
  query: Query<Result>,
  access: Access,
  transaction: DriverTransaction,
): Promise<Result[]> {
  if (query.access === "write" && access === "read") {
    throw new AppError("internal", "A query that writes was run in a read transaction.");
  }
  const { records } = await transaction.run(query.text, parametersToDriver(query.parameters));
  return records.map((record) => {
    const row: Row = Object.fromEntries(record.keys.map((key) => [key, plainFromDriver(record.get(key))]));
    return query.read(row);
  });
}

async function endsOutside(rows: readonly unknown[], transaction: DriverTransaction): Promise<CypherValue[]> {
  const ids = elementIdsOutside(rows);
  if (ids.length === 0) return [];
  const { records } = await transaction.run("UNWIND $ids AS id MATCH (n) WHERE elementId(n) = id RETURN n", { ids });
  return records.map((record) => fromDriver(record.get("n")));
}
