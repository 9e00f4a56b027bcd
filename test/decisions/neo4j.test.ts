import { afterAll, beforeAll, describe } from "vitest";
import { openNeo4j } from "../../server/store/neo4j/open.ts";
import type { GraphStore } from "../../server/store/graph-store.ts";
import { leaseNeo4j, neo4jSkipReason, type Neo4jLease } from "../neo4j/shared.ts";
import { describeAnyDecisions } from "./any-decisions.ts";

const START_MS = 600_000;

describe.skipIf(neo4jSkipReason !== null)("on Neo4j", () => {
  let lease: Neo4jLease;
  let store: GraphStore;

  beforeAll(async () => {
    lease = await leaseNeo4j();
    ({ store } = await openNeo4j({ ...lease, adopt: false }));
  }, START_MS);
  afterAll(async () => {
    await store.close();
    await lease.release();
  });

  describeAnyDecisions(() => store, 4);
});
