/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment -- The driver declares its plain option objects as classes. */
/**
 * Opens a Neo4j database: checks that it answers and is ours, and brings its schema up to date.
 */
import neo4j, { type Driver } from "neo4j-driver";
import { AppError } from "../../errors.ts";
import type { GraphStore } from "../graph-store.ts";
import { takeOutCutLoad } from "../loading.ts";
import { CONSTRAINTS, INDEXES, prepareSchema } from "../schema.ts";
import { createGraphStore } from "../store.ts";
import { Neo4jExecutor } from "./executor.ts";
import { ownFault } from "./faults.ts";
import { createNeo4jNameIndex, NAME_INDEXES } from "./names.ts";
import { createNeo4jTextIndex, TEXT_INDEXES } from "./texts.ts";

export interface Neo4jOptions {
  /** `bolt://`, `neo4j://` (a cluster), with `+s` for encryption. */
  uri: string;
  user: string;
  password: string;
  /** Null: the user's home database. */
  database: string | null;
  /** Add the graph to a database that holds other data. */
  adopt: boolean;
}

const CONNECT_PATIENCE_MS = 5_000;
const ACQUIRE_PATIENCE_MS = 15_000;
/** Another program that fills the database tells so with every batch; one that is silent for so long is gone. */
const LOAD_PATIENCE_MS = 120_000;
const OLDEST_MAJOR = 5;

/** Order and ranges that the embedded engine scans for. */
const MORE_INDEXES: readonly string[] = [
  "CREATE INDEX entity_degree IF NOT EXISTS FOR (e:Entity) ON (e.degree)",
  "CREATE INDEX actor_degree IF NOT EXISTS FOR (a:Actor) ON (a.degree)",
  "CREATE INDEX claim_date_from IF NOT EXISTS FOR (c:Claim) ON (c.dateFrom)",
  "CREATE INDEX claim_date_to IF NOT EXISTS FOR (c:Claim) ON (c.dateTo)",
  "CREATE INDEX document_ingested_at IF NOT EXISTS FOR (d:Document) ON (d.ingestedAt)",
];

/**
 * Fails in seconds when the server is down or refuses.
 * @throws AppError `store_unreachable`, `store_foreign`
 */
export async function openNeo4jStore(options: Neo4jOptions): Promise<GraphStore> {
  return (await openNeo4j(options)).store;
}

/** With the executor beside the store, for tests that look into the database. */
export async function openNeo4j(options: Neo4jOptions): Promise<{ store: GraphStore; executor: Neo4jExecutor }> {
  const name = `Neo4j at ${options.uri}${options.database === null ? "" : ` (database ${options.database})`}`;
  const driver = connect(options, name);
  try {
    await checkServer(driver, options.database, name);
    const executor = new Neo4jExecutor(driver, options.database, name);
    await prepareSchema(executor, {
      statements: [...CONSTRAINTS, ...INDEXES, ...MORE_INDEXES, ...NAME_INDEXES, ...TEXT_INDEXES],
      adopt: options.adopt,
      name,
    });
    await executor.define("CALL db.awaitIndexes(600)");
    await takeOutCutLoad(executor, LOAD_PATIENCE_MS, name);
    const store = createGraphStore({
      executor,
      names: createNeo4jNameIndex(executor),
      texts: createNeo4jTextIndex(executor),
    });
    return { store, executor };
  } catch (error) {
    await driver.close();
    throw ownFault(error, name);
  }
}

function connect({ uri, user, password }: Neo4jOptions, name: string): Driver {
  try {
    return neo4j.driver(uri, neo4j.auth.basic(user, password), {
      connectionTimeout: CONNECT_PATIENCE_MS,
      connectionAcquisitionTimeout: ACQUIRE_PATIENCE_MS,
      userAgent: "fil-rouge",
      telemetryDisabled: true,
      notificationFilter: { minimumSeverityLevel: "OFF" },
    });
  } catch (cause) {
    throw ownFault(cause, name);
  }
}

async function checkServer(driver: Driver, database: string | null, name: string): Promise<void> {
  const info = await driver.getServerInfo(database === null ? {} : { database });
  const major = Number(/Neo4j\/(\d+)/.exec(info.agent ?? "")?.[1] ?? OLDEST_MAJOR);
  if (major < OLDEST_MAJOR) {
    throw new AppError(
      "store_unreachable",
      `${name} is version ${major}; Fil rouge needs Neo4j ${OLDEST_MAJOR} or newer.`,
    );
  }
}
