import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe } from "vitest";
import { openEmbeddedStore } from "../../server/store/embedded/open.ts";
import type { GraphStore } from "../../server/store/graph-store.ts";
import { describeAnyDecisions } from "./any-decisions.ts";

describe("on the embedded store", () => {
  const folder = mkdtempSync(join(tmpdir(), "fil-rouge-decisions-"));
  let store: GraphStore;

  beforeAll(async () => {
    store = await openEmbeddedStore({ folder });
  });
  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  describeAnyDecisions(() => store, 20);
});
