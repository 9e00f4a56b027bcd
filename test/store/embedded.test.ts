/** The contract on the embedded store. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe } from "vitest";
import { openEmbedded } from "../../server/store/embedded/open.ts";
import { describeGraphStore } from "./contract.ts";
import type { Opened } from "./contract/opened.ts";

describe("embedded store", () => {
  const folder = mkdtempSync(join(tmpdir(), "fil-rouge-store-"));
  let opened: Opened;

  beforeAll(async () => {
    opened = await openEmbedded({ folder });
  });
  afterAll(async () => {
    await opened.store.close();
    rmSync(folder, { recursive: true });
  });

  describeGraphStore(() => opened, { propertyRuns: 40 });
});
