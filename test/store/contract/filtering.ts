/** The one filter: what passes, and that counts follow. */
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { CLAIM_STATUSES, type Filter } from "../../../server/contract/filter.ts";
import { article, idOf, says } from "../articles.ts";
import { saveAll, wholeGraph, type Subject } from "./opened.ts";

const ARTICLES = [
  article(
    [
      says("Europol", "TOOK_DOWN", "Amaq", { date: "2019-11", confidence: 0.9 }),
      says("Europol", "CONDUCTED", "opération Aube", { date: "2019-11-24" }),
      says("opération Aube", "TARGETED", "Amaq", { modality: "alleged" }),
    ],
    { source: "Le Journal" },
  ),
  article(
    [
      says("Europol", "TOOK_DOWN", "Amaq", { date: "2018", confidence: 0.5, modality: "alleged" }),
      says("Europol", "TOOK_DOWN", "Nashir", { modality: "planned" }),
      says("Paul Dupont", "LEADS", "Europol", { polarity: "negated" }),
    ],
    { source: "La Gazette", collection: "suite" },
  ),
] as const;

const [FIRST, SECOND] = ARTICLES;

export function describeFiltering(subject: Subject): void {
  describe("the filter", () => {
    beforeAll(async () => {
      const { store } = subject();
      await store.clear();
      await saveAll(store, ...ARTICLES);
    });

    const edges = async (filter: Filter) => {
      const graph = await wholeGraph(subject().store, filter);
      return graph.edges.map((edge) => `${edge.type} ${edge.target} ${edge.standing} ${edge.claims}`);
    };

    const ALL = [
      "ACTED_AGAINST n-amaq alleged 2",
      "CONDUCTED n-operation-aube stated 1",
      "TOOK_DOWN n-amaq stated 2",
    ].map((edge) => edge);

    test("[S40] a filter that lets everything pass answers from claims what the projection answers", async () => {
      const { store } = subject();
      const unfiltered = await wholeGraph(store);
      const filtered = await wholeGraph(store, { status: [...CLAIM_STATUSES] });
      expect(filtered.edges).toEqual(unfiltered.edges);
      const connected = new Set(unfiltered.edges.flatMap((edge) => [edge.source, edge.target]));
      expect(filtered.nodes).toEqual(unfiltered.nodes.filter((node) => connected.has(node.id)));
    });

    test.each<[string, Filter, string[]]>([
      ["[S41] types show what has both ends among them", { types: ["PublicBody", "MediaOutlet"] }, [ALL[0]!, ALL[2]!]],
      ["[S42] relationships", { relationships: ["CONDUCTED"] }, [ALL[1]!]],
      ["[S42] a derived relationship alone", { relationships: ["ACTED_AGAINST"] }, [ALL[0]!]],
      ["[S42] families", { families: ["event"] }, [ALL[1]!]],
      [
        "[S42] relationships and families that exclude each other",
        { relationships: ["LEADS"], families: ["event"] },
        [],
      ],
      ["[S43] stated claims", { standing: ["stated"], relationships: ["TOOK_DOWN"] }, ["TOOK_DOWN n-amaq stated 1"]],
      ["[S43] alleged claims", { standing: ["alleged"], relationships: ["TOOK_DOWN"] }, ["TOOK_DOWN n-amaq alleged 1"]],
      ["[S43] planned edges are on the wire on request", { standing: ["planned"] }, ["TOOK_DOWN n-nashir planned 1"]],
      ["[S43] denied edges are on the wire on request", { standing: ["denied"] }, ["LEADS n-europol denied 1"]],
      ["[S44] claims of a time", { from: "2019", relationships: ["TOOK_DOWN"] }, ["TOOK_DOWN n-amaq stated 1"]],
      ["[S44] a span that overlaps passes", { from: "2018-06", to: "2018-07" }, ["TOOK_DOWN n-amaq alleged 1"]],
      ["[S44] a claim without a date passes only without a time", { to: "2030", relationships: ["TARGETED"] }, []],
      ["[S45] confidence", { minConfidence: 0.85 }, ["TOOK_DOWN n-amaq stated 1"]],
      ["[S45] documents", { documents: [SECOND.extraction.id] }, ["TOOK_DOWN n-amaq alleged 1"]],
      ["[S45] a collection", { collection: "suite" }, ["TOOK_DOWN n-amaq alleged 1"]],
      ["[S45] a status that no claim has", { status: ["accepted"] }, []],
      ["[S45] several at once", { collection: "tests", types: ["PublicBody", "Event"] }, [ALL[1]!]],
    ])("%s", async (_rule, filter, expected) => {
      const found = await edges(filter);
      expect(found.filter((edge) => expected.includes(edge))).toEqual(expected);
      expect(found).toHaveLength(expected.length);
    });

    test("[S46] an edge counts the claims that the list shows under the same filter", async () => {
      const { store } = subject();
      const filters: Filter[] = [
        { collection: "suite" },
        { minConfidence: 0.6 },
        { standing: ["alleged"] },
        { from: "2019" },
      ];
      for (const filter of filters) {
        const graph = await wholeGraph(store, filter);
        const edge = graph.edges.find((one) => one.id === "n-europol-TOOK_DOWN-n-amaq");
        const listed = await store.claims({
          subject: idOf("Europol"),
          object: idOf("Amaq"),
          filter: { ...filter, relationships: ["TOOK_DOWN"], standing: filter.standing ?? ["stated", "alleged"] },
          limit: 10,
        });
        expect([filter, edge?.claims ?? 0]).toEqual([filter, listed.total]);
      }
    });

    test.each<[string, Parameters<typeof idOf>[0][] | null, Filter, unknown]>([
      [
        "[S81] the timeline counts claims by date, those without one beside",
        null,
        {},
        {
          dates: [
            { date: "2018", claims: 1 },
            { date: "2019-11", claims: 1 },
            { date: "2019-11-24", claims: 1 },
          ],
          undated: 1,
        },
      ],
      [
        "[S81] of the claims that join two of the entities, each once",
        ["Europol", "Amaq"],
        {},
        {
          dates: [
            { date: "2018", claims: 1 },
            { date: "2019-11", claims: 1 },
          ],
          undated: 0,
        },
      ],
      [
        "[S81] under the filter",
        null,
        { minConfidence: 0.85 },
        { dates: [{ date: "2019-11", claims: 1 }], undated: 0 },
      ],
      ["[S81] of standings asked for", null, { standing: ["planned", "denied"] }, { dates: [], undated: 2 }],
      ["[S81] of nobody", [], {}, { dates: [], undated: 0 }],
    ])("%s", async (_rule, among, filter, expected) => {
      const ids = among?.map((name) => idOf(name)) ?? null;
      expect(await subject().store.timeline(ids, filter)).toEqual(expected);
    });

    test("[S40] neighbours, subgraph and overview answer alike from claims and from the projection", async () => {
      const { store } = subject();
      const everything: Filter = { status: [...CLAIM_STATUSES] };
      const ids = [idOf("Europol"), idOf("Amaq"), idOf("opération Aube")];
      for (const id of ids) {
        for (const limit of [1, 10]) {
          expect(await store.neighbours(id, everything, limit)).toEqual(await store.neighbours(id, {}, limit));
        }
      }
      expect(await store.subgraph(ids, everything)).toEqual(await store.subgraph(ids, {}));
      expect(await store.overview(everything, 150)).toEqual(await store.overview({}, 150));
      expect(await store.paths(ids[1]!, ids[2]!, 6, everything)).toEqual(await store.paths(ids[1]!, ids[2]!, 6, {}));
    });

    test("[S40] any filter gives edges whose ends are among the nodes", async () => {
      const { store } = subject();
      const filter: fc.Arbitrary<Filter> = fc.record(
        {
          types: fc.subarray(["PublicBody", "MediaOutlet", "Event", "Person"] as const).map((types) => [...types]),
          families: fc.subarray(["hostile", "event", "control"] as const).map((families) => [...families]),
          standing: fc.subarray(["stated", "alleged", "planned", "denied"] as const).map((standing) => [...standing]),
          minConfidence: fc.constantFrom(0, 0.6, 0.95),
          from: fc.constantFrom("2018", "2019-11-24"),
          collection: fc.constantFrom("tests", "suite", "none"),
          documents: fc.subarray([FIRST.extraction.id, SECOND.extraction.id]).map((ids) => [...ids]),
        },
        { requiredKeys: [] },
      );
      await fc.assert(
        fc.asyncProperty(filter, async (one) => {
          const { nodes, edges: found } = await wholeGraph(store, one);
          const present = new Set(nodes.map((node) => node.id));
          expect(found.filter((edge) => !present.has(edge.source) || !present.has(edge.target))).toEqual([]);
          const overview = await store.overview(one, 3);
          expect(overview.nodes.length).toBeLessThanOrEqual(overview.total);
        }),
        { numRuns: 25 },
      );
    });
  });
}
