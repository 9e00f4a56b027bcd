/**
 * Opens the embedded store: one folder, one owner, no server.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../errors.ts";
import type { GraphStore } from "../graph-store.ts";
import { takeOutCutLoad } from "../loading.ts";
import { CONSTRAINTS, INDEXES, prepareSchema } from "../schema.ts";
import { createGraphStore } from "../store.ts";
import { EmbeddedExecutor } from "./executor.ts";
import { createMemoryNameIndex } from "./name-index.ts";
import { createScanningTextIndex } from "./text-index.ts";

export const STORE_FILE = "graph.grafeo";

export interface EmbeddedOptions {
  /** Made when it is missing. */
  folder: string;
}

/** A constraint of this engine is no index, so that every id needs one besides. */
const ID_INDEXES = ["Entity", "Document", "Claim", "Revised"].map(
  (label) => `CREATE INDEX ${label.toLowerCase()}_id_index IF NOT EXISTS FOR (n:${label}) ON (n.id)`,
);

/** @throws AppError `store_in_use`, `store_unreachable`, `store_foreign` */
export async function openEmbeddedStore(options: EmbeddedOptions): Promise<GraphStore> {
  return (await openEmbedded(options)).store;
}

/** With the executor beside the store, for tests that look into the database. */
export async function openEmbedded({
  folder,
}: EmbeddedOptions): Promise<{ store: GraphStore; executor: EmbeddedExecutor }> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError(
      "store_unreachable",
      `The folder ${folder} of the store cannot be made: ${why}. Set FIL_ROUGE_DATA to a folder that can be written.`,
      { cause },
    );
  }
  const executor = new EmbeddedExecutor(join(folder, STORE_FILE));
  const name = `The store ${join(folder, STORE_FILE)}`;
  try {
    await executor.open();
    await prepareSchema(executor, {
      statements: [...CONSTRAINTS, ...ID_INDEXES, ...INDEXES],
      adopt: false,
      name,
    });
    // The store has one owner: whoever was filling it is gone.
    await takeOutCutLoad(executor, 0, name);
  } catch (error) {
    await executor.close();
    throw error;
  }
  const store = createGraphStore({
    executor,
    names: createMemoryNameIndex(executor),
    texts: createScanningTextIndex(executor),
  });
  return { store, executor };
}
