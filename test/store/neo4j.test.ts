/** The contract on a real Neo4j. */
import { afterAll, beforeAll, describe } from "vitest";
import { openNeo4j } from "../../server/store/neo4j/open.ts";
import { leaseNeo4j, neo4jSkipReason, type Neo4jLease } from "../neo4j/shared.ts";
import { describeGraphStore } from "./contract.ts";
import type { Opened } from "./contract/opened.ts";

const START_MS = 600_000;

describe.skipIf(neo4jSkipReason !== null)("Neo4j", () => {
  let lease: Neo4jLease;
  let opened: Opened;

  beforeAll(async () => {
    lease = await leaseNeo4j();
    opened = await openNeo4j({ ...lease, adopt: false });
  }, START_MS);
  afterAll(async () => {
    await opened.store.close();
    await lease.release();
  });

  describeGraphStore(() => opened, { propertyRuns: 12 });
});
