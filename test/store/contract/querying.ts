/** A user's Cypher: tagged values, a drawable graph, limits, and a graph that stays as it is. */
import { beforeAll, describe, expect, test } from "vitest";
import { AppError } from "../../../server/errors.ts";
import { article, idOf, says } from "../articles.ts";
import { LIMITS, saveAll, wholeGraph, type Subject } from "./opened.ts";

export function describeQuerying(subject: Subject): void {
  describe("a user's query", () => {
    beforeAll(async () => {
      const { store } = subject();
      await store.clear();
      await saveAll(
        store,
        article([says("Europol", "TOOK_DOWN", "Amaq"), says("Paul Dupont", "LEADS", "Europol")], { title: "Un titre" }),
      );
    });

    const rows = async (text: string, params = {}) => (await subject().store.query(text, params, LIMITS)).rows;

    test("[S63] values are plain JSON, and tagged where JSON has none", async () => {
      expect(
        await rows("RETURN 1 AS a, -1.5 AS b, 'x' AS c, true AS d, null AS e, [1, [2]] AS f, {g: {h: 1}} AS g"),
      ).toEqual([[1, -1.5, "x", true, null, [1, [2]], { g: { h: 1 } }]]);
      expect(await rows("RETURN 9007199254740993 AS big, 9007199254740991 AS safe")).toEqual([
        [{ $type: "integer", value: "9007199254740993" }, 9007199254740991],
      ]);
      expect(await rows("RETURN {`$type`: 'node', id: 1} AS mine")).toEqual([
        [{ $type: "map", value: { $type: "node", id: 1 } }],
      ]);
    });

    test("[S63] parameters arrive as they are", async () => {
      const params = { n: 3, x: 0.5, s: "l'Élysée", l: [1, "a", null], m: { k: [true] } };
      expect(await rows("RETURN $n + 1 AS n, $x AS x, $s AS s, $l AS l, $m AS m", params)).toEqual([
        [4, 0.5, "l'Élysée", [1, "a", null], { k: [true] }],
      ]);
    });

    test("[S66] nodes, relationships and paths have the graph's ids, and all of them are drawn", async () => {
      const answer = await subject().store.query(
        "MATCH p = (:Person)-[:LEADS]->(b:PublicBody) MATCH (b)-[r:TOOK_DOWN]->() RETURN p, r",
        {},
        LIMITS,
      );
      const [path, edge] = answer.rows[0] as [Record<string, unknown>, Record<string, unknown>];
      expect(path).toMatchObject({
        $type: "path",
        nodes: [
          { $type: "node", id: idOf("Paul Dupont") },
          { $type: "node", id: idOf("Europol") },
        ],
        relationships: [{ $type: "relationship", id: "n-paul-dupont-LEADS-n-europol", type: "LEADS" }],
      });
      expect(edge).toMatchObject({ source: idOf("Europol"), target: idOf("Amaq"), type: "TOOK_DOWN" });
      expect(answer.graph.nodes.map((node) => [node.id, node.labels, node.name])).toEqual(
        expect.arrayContaining([
          [idOf("Paul Dupont"), ["Entity", "Actor", "Person"], "Paul Dupont"],
          [idOf("Europol"), ["Entity", "Actor", "PublicBody"], "Europol"],
          [idOf("Amaq"), ["Entity", "Actor", "MediaOutlet"], "Amaq"],
        ]),
      );
      expect(answer.graph.nodes).toHaveLength(3);
      expect(answer.graph.edges.map((one) => one.id).sort()).toEqual([
        "n-europol-TOOK_DOWN-n-amaq",
        "n-paul-dupont-LEADS-n-europol",
      ]);
    });

    test("[S66] nodes of any label are drawn, from lists and maps too", async () => {
      const { graph } = await subject().store.query(
        "MATCH (c:Claim {type: 'LEADS'})-[s:STATED_IN]->(d:Document) RETURN {list: [c, d], one: s} AS all",
        {},
        LIMITS,
      );
      expect(graph.nodes.map((node) => node.labels).sort()).toEqual([["Claim"], ["Document"]]);
      expect(graph.edges.map((edge) => edge.type)).toEqual(["STATED_IN"]);
    });

    test("[S68] what serves the program alone is left out of nodes", async () => {
      const answer = await subject().store.query(
        "MATCH (d:Document)<-[:MENTIONED_IN]-(e:Amaq) RETURN d, e",
        {},
        LIMITS,
      );
      expect(answer.rows).toEqual([]);
      const { graph } = await subject().store.query("MATCH (d:Document) MATCH (e:MediaOutlet) RETURN d, e", {}, LIMITS);
      const keys = graph.nodes.flatMap((node) => Object.keys(node.properties));
      expect(keys).toEqual(expect.arrayContaining(["title", "text", "searchKeys"]));
      expect(keys).not.toContain("extraction");
      expect(keys).not.toContain("searchWords");
      expect(keys).not.toContain("tally");
    });

    test("[S64] a limit of rows or bytes cuts the answer and says so", async () => {
      const { store } = subject();
      const range = "UNWIND range(1, 50) AS n RETURN n, 'xxxxxxxxxxxxxxxxxxxx' AS text";
      const byRows = await store.query(range, {}, { ...LIMITS, rows: 7 });
      expect([byRows.rows.length, byRows.truncated]).toEqual([7, true]);
      const exactly = await store.query(range, {}, { ...LIMITS, rows: 50 });
      expect([exactly.rows.length, exactly.truncated]).toEqual([50, false]);
      const byBytes = await store.query(range, {}, { ...LIMITS, bytes: 400 });
      expect(byBytes.truncated).toBe(true);
      expect(byBytes.rows.length).toBeGreaterThan(0);
      expect(byBytes.rows.length).toBeLessThan(20);
    });

    test("[S64] a query that takes too long is ended, and the store answers as before", async () => {
      const { store } = subject();
      const before = await wholeGraph(store);
      const endless = store.query(
        "UNWIND range(1, 30000) AS a UNWIND range(1, 30000) AS b WITH a, b WHERE a * b = -1 RETURN count(*) AS n",
        {},
        { ...LIMITS, milliseconds: 700 },
      );
      const meanwhile = store.counts();
      const save = store.save(article([says("Interpol", "MET", "Europol")]));
      const refusal = await endless.catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(AppError);
      expect(["query_timeout", "query_failed"]).toContain((refusal as AppError).code);
      expect(await meanwhile).toMatchObject({ documents: 1 });
      expect(await save).toMatchObject({ status: "added" });
      await store.deleteDocument(article([says("Interpol", "MET", "Europol")]).extraction.id);
      expect(await wholeGraph(store)).toEqual(before);
    });

    test("[S65] what writes is refused, and nothing is changed", async () => {
      const { store, executor } = subject();
      const before = await wholeGraph(store);
      const refusal = await store.query("MATCH (n) SET n.name = 'x'", {}, LIMITS).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: "query_refused" });
      // Past the guard: the engine's own layers.
      for (const write of [
        "CREATE (n:Entity {id: 'mine'}) RETURN n",
        "MATCH (n:Entity) DETACH DELETE n",
        "MATCH (n:Entity) SET n.name = 'x' RETURN n",
      ]) {
        const second = await executor.inspect(write, {}, LIMITS).catch((error: unknown) => error);
        expect([write, second]).toEqual([write, expect.objectContaining({ code: "query_refused" })]);
      }
      expect(await wholeGraph(store)).toEqual(before);
    });

    test("[S67] a fault of the query is told with its place, where the engine knows it", async () => {
      const { store } = subject();
      const failure = async (text: string, params = {}) => {
        const error = await store.query(text, params, LIMITS).catch((caught: unknown) => caught);
        expect(error).toBeInstanceOf(AppError);
        return error as AppError;
      };
      expect((await failure("RETURN 1 / 0")).code).toBe("query_failed");
      expect(await failure("MATCH (n) RETURN m")).toMatchObject({ code: "query_failed" });
      expect(await failure("RETURN $missing")).toMatchObject({
        code: "query_failed",
        message: expect.stringContaining("$missing") as string,
      });
    });
  });
}
