/** What goes wrong around Neo4j: servers that are away, passwords that are wrong, databases of somebody else. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import neo4j from "neo4j-driver";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openNeo4j, openNeo4jStore } from "../../server/store/neo4j/open.ts";
import { markLoading } from "../../server/store/queries/maintenance.ts";
import { SCHEMA_VERSION } from "../../server/store/schema.ts";
import { freePort, startNeo4j, type Neo4jServer } from "../neo4j/server.ts";
import { leaseNeo4j, neo4jSkipReason, type Neo4jLease } from "../neo4j/shared.ts";
import { saveAll, wholeGraph } from "./contract/opened.ts";
import { madeArticles } from "./made-articles.ts";

const START_MS = 600_000;
/** "Seconds": far below the driver's own patience of a minute and more. */
const SOON_MS = 20_000;

async function refusalOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => "it opened",
    (error: unknown) => error,
  );
}

describe.skipIf(neo4jSkipReason !== null)("Neo4j that is there", () => {
  let lease: Neo4jLease;
  beforeAll(async () => {
    lease = await leaseNeo4j();
  }, START_MS);
  afterAll(() => lease.release());
  beforeEach(() => lease.wipe());

  async function run(text: string): Promise<void> {
    const driver = neo4j.driver(lease.uri, neo4j.auth.basic(lease.user, lease.password));
    await driver.executeQuery(text);
    await driver.close();
  }

  test("[S74] a wrong password is told in seconds", async () => {
    const begun = performance.now();
    expect(await refusalOf(openNeo4jStore({ ...lease, password: "wrong-password", adopt: false }))).toMatchObject({
      code: "store_unreachable",
      message: expect.stringContaining("NEO4J_PASSWORD") as string,
    });
    expect(performance.now() - begun).toBeLessThan(SOON_MS);
  });

  test("[S74] a database that does not exist is told by name", async () => {
    expect(await refusalOf(openNeo4jStore({ ...lease, database: "nowhere", adopt: false }))).toMatchObject({
      code: "store_unreachable",
      message: expect.stringContaining("NEO4J_DATABASE") as string,
    });
  });

  test("[S76] a database that holds other data is refused, and taken with adopt", async () => {
    await run("CREATE (:Film {title: 'Alphaville'})-[:BY]->(:Director {name: 'Godard'}), (:Meta {of: 'somebody'})");
    expect(await refusalOf(openNeo4jStore({ ...lease, adopt: false }))).toMatchObject({
      code: "store_foreign",
      message: expect.stringContaining("--adopt") as string,
    });
    const { store } = await openNeo4j({ ...lease, adopt: true });
    const documents = madeArticles(2);
    await saveAll(store, ...documents);
    expect(await store.counts()).toMatchObject({ documents: 2, claims: 8 });
    await store.clear();
    await store.close();
    // Adopted once, it is ours, and what was there is untouched.
    const again = await openNeo4jStore({ ...lease, adopt: false });
    const { rows } = await again.query(
      "MATCH (n) RETURN labels(n)[0] AS label, count(*) AS n ORDER BY label, n",
      {},
      { rows: 10, bytes: 10_000, milliseconds: 20_000 },
    );
    expect(rows).toEqual([
      ["Director", 1],
      ["Film", 1],
      ["Meta", 2],
    ]);
    await again.close();
  });

  test("[S76] other data under our labels is refused even with adopt", async () => {
    await run("CREATE (:Document {title: 'Facture 12'})");
    expect(await refusalOf(openNeo4jStore({ ...lease, adopt: true }))).toMatchObject({ code: "store_foreign" });
  });

  test("[S77] a database of a newer program is refused", async () => {
    await run(`CREATE (:Meta {schemaVersion: ${SCHEMA_VERSION + 1}})`);
    expect(await refusalOf(openNeo4jStore({ ...lease, adopt: true }))).toMatchObject({
      code: "store_foreign",
      message: expect.stringContaining("newer") as string,
    });
  });

  test("[S38] a database that another program fills is left alone, and emptied when that program is gone", async () => {
    const { store, executor } = await openNeo4j({ ...lease, adopt: false });
    await saveAll(store, ...madeArticles(2));
    const fill = (at: number) => executor.write((transaction) => transaction.run(markLoading(at)));
    await fill(Date.now());
    expect(await refusalOf(openNeo4jStore({ ...lease, adopt: false }))).toMatchObject({ code: "store_in_use" });
    expect(await store.counts()).toMatchObject({ documents: 2 });
    await fill(Date.now() - 3_600_000);
    for (const documents of [0, 2]) {
      const again = await openNeo4jStore({ ...lease, adopt: false });
      expect(await again.counts()).toMatchObject({ documents });
      await saveAll(again, ...madeArticles(2));
      await again.close();
    }
    await store.close();
  });

  test("[S78] two programs that write the same entities at once lose nothing", async () => {
    const options = { ...lease, adopt: false };
    const [first, second] = [await openNeo4jStore(options), await openNeo4jStore(options)];
    const documents = madeArticles(24);
    const half = (start: number) => documents.filter((_, index) => index % 2 === start);
    // The same document from both sides, too.
    await Promise.all([
      ...half(0).map((document) => first.save(document)),
      ...half(1).map((document) => second.save(document)),
      second.save(documents[0]!),
    ]);
    const together = await wholeGraph(first);
    expect(await second.counts()).toMatchObject({ documents: documents.length, claims: 4 * documents.length });
    await first.clear();
    await saveAll(first, ...documents);
    expect(together).toEqual(await wholeGraph(first));
    await Promise.all([first.close(), second.close()]);
  }, 300_000);
});

describe.skipIf(neo4jSkipReason !== null)("Neo4j that is away", () => {
  test("[S74] a server that is down is told in seconds", async () => {
    const begun = performance.now();
    const uri = `bolt://127.0.0.1:${await freePort()}`;
    const options = { uri, user: "neo4j", password: "x".repeat(8), database: null, adopt: false };
    expect(await refusalOf(openNeo4jStore(options))).toMatchObject({
      code: "store_unreachable",
      message: expect.stringContaining(uri) as string,
    });
    expect(performance.now() - begun).toBeLessThan(SOON_MS);
  });

  test(
    "[S75] a server that stops and starts in the middle of an ingestion costs nothing",
    async () => {
      const home = mkdtempSync(join(tmpdir(), "fil-rouge-neo4j-"));
      let server: Neo4jServer | null = null;
      try {
        server = await startNeo4j({ home });
        const { store } = await openNeo4j({ ...server, database: null, adopt: false });
        const documents = madeArticles(30);
        let saved = 0;
        const ingestion = (async () => {
          for (const document of documents) {
            await store.save(document);
            saved += 1;
          }
        })();
        while (saved < 5) await new Promise((resolve) => setTimeout(resolve, 20));
        await server.stop();
        expect(saved).toBeLessThan(documents.length);
        expect(await refusalOf(store.counts())).toMatchObject({ code: "store_unreachable" });
        await server.start();
        await ingestion;
        const graph = await wholeGraph(store);
        expect(await store.counts()).toMatchObject({ documents: documents.length, claims: 4 * documents.length });
        await store.clear();
        await saveAll(store, ...documents);
        expect(graph).toEqual(await wholeGraph(store));
        await store.close();
      } finally {
        await server?.stop();
        rmSync(home, { recursive: true, force: true });
      }
    },
    START_MS,
  );
});
