/**
 * The schema of the database: constraints and indexes, created on start, and the version that tells whose database it is.
 */
import { AppError } from "../errors.ts";
import type { Executor, Query } from "./executor.ts";
import { numberIn } from "./row.ts";
import { COPY_PROPERTIES } from "./queries/copies.ts";
import { noRow } from "./queries/entities.ts";
import { countOwnNodes } from "./queries/maintenance.ts";

/** Raised by one whenever what is stored changes its meaning. */
export const SCHEMA_VERSION = 1;

export interface SchemaOptions {
  /** Statements of this engine, each harmless when repeated. */
  statements: readonly string[];
  /** Take a database that holds other data. */
  adopt: boolean;
  /** How messages call the database. */
  name: string;
}

export const CONSTRAINTS: readonly string[] = ["Entity", "Document", "Claim", "Revised"].map(
  (label) => `CREATE CONSTRAINT ${label.toLowerCase()}_id IF NOT EXISTS FOR (n:${label}) REQUIRE n.id IS UNIQUE`,
);

/** Besides the ids. */
export const INDEXES: readonly string[] = [
  "CREATE INDEX claim_edge IF NOT EXISTS FOR (c:Claim) ON (c.edge)",
  "CREATE INDEX document_collection IF NOT EXISTS FOR (d:Document) ON (d.collection)",
  ...COPY_PROPERTIES.map((name) => `CREATE INDEX document_${name} IF NOT EXISTS FOR (d:Document) ON (d.${name})`),
];

/**
 * Brings the schema to this program's version.
 * @throws AppError `store_foreign` for a database of somebody else, or of a newer program.
 */
export async function prepareSchema(executor: Executor, options: SchemaOptions): Promise<void> {
  const [found] = await executor.read((transaction) => transaction.run(storedVersion()));
  if (found === undefined) {
    const [others] = await executor.read((transaction) => transaction.run(countAllNodes()));
    if ((others ?? 0) > 0 && !options.adopt) {
      throw new AppError(
        "store_foreign",
        `${options.name} holds ${others ?? 0} nodes and no mark of Fil rouge, so it is somebody else's. Name another database, or give --adopt to add the graph to it.`,
      );
    }
    const [sameLabels] = await executor.read((transaction) => transaction.run(countOwnNodes()));
    if ((sameLabels ?? 0) > 0) {
      throw new AppError(
        "store_foreign",
        `${options.name} holds ${sameLabels ?? 0} nodes of somebody else with the labels Entity, Document or Claim, which Fil rouge uses itself. Name another database.`,
      );
    }
  } else if (found > SCHEMA_VERSION) {
    throw new AppError(
      "store_foreign",
      `${options.name} was written by a newer version of Fil rouge (schema ${found}, this program knows ${SCHEMA_VERSION}). Update the program.`,
    );
  }
  for (const statement of options.statements) await executor.define(statement);
  if (found !== SCHEMA_VERSION) {
    await executor.write((transaction) => transaction.run(writeVersion(SCHEMA_VERSION, found !== undefined)));
  }
}

function storedVersion(): Query<number> {
  return {
    text: "MATCH (m:Meta) WHERE m.schemaVersion IS NOT NULL RETURN m.schemaVersion AS version ORDER BY version DESC LIMIT 1",
    parameters: {},
    access: "read",
    read: (row) => numberIn(row, "version"),
  };
}

function countAllNodes(): Query<number> {
  return {
    text: "MATCH (n) RETURN count(n) AS total",
    parameters: {},
    access: "read",
    read: (row) => numberIn(row, "total"),
  };
}

/** A `:Meta` without a version is somebody else's and stays as it is. */
function writeVersion(version: number, present: boolean): Query<never> {
  return {
    text: present
      ? "MATCH (m:Meta) WHERE m.schemaVersion IS NOT NULL SET m.schemaVersion = $version"
      : "CREATE (:Meta {schemaVersion: $version})",
    parameters: { version },
    access: "write",
    read: noRow,
  };
}
