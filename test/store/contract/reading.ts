/** Search, details, neighbours, overview, paths, claims, documents. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Filter } from "../../../server/contract/filter.ts";
import { AppError } from "../../../server/errors.ts";
import { neighbours } from "../../../server/store/neighbourhood.ts";
import { article, idOf, says, type Name } from "../articles.ts";
import { saveAll, type Subject } from "./opened.ts";

const TEXT = "L'OTAN et l’Élysée ont réagi.";

/** Two operations against Amaq, who leads whom, and what stands beside it. */
const STORY = [
  article(
    [
      says("Europol", "TOOK_DOWN", "Amaq", { date: "2019-11", confidence: 0.9 }),
      says("Europol", "CONDUCTED", "opération Aube"),
      says("opération Aube", "TARGETED", "Amaq"),
      says("Police fédérale", "PARTICIPATED_IN", "opération Aube"),
      says("Télégraphe", "REMOVED_CONTENT_OF", "Amaq", { modality: "alleged" }),
    ],
    { title: "Le démantèlement", publishedAt: "2019-11-25", source: "Le Journal", mentioned: ["Amaq", "Belgique"] },
  ),
  article(
    [
      says("Europol", "TOOK_DOWN", "Amaq", { modality: "denied" }),
      says("Paul Dupont", "LEADS", "Europol"),
      says("Amaq", "MOUTHPIECE_OF", "Groupe Nord"),
      says("Europol", "MET", "Anna Weiss"),
    ],
    { title: "Après le coup", publishedAt: "2020-02", source: "La Gazette", collection: "suite", ending: TEXT },
  ),
  article(
    [says("Europol", "BASED_IN", "Belgique"), says("Groupe Nord", "TOOK_DOWN", "Interpol", { modality: "planned" })],
    {
      title: "Sans date",
      ending: "À lire sur actus.invalid, @ligne_rouge.",
      source: "Le Journal",
      aliases: { Europol: ["Office européen de police"], Interpol: ["OIPC"] },
    },
  ),
] as const;

const [FIRST, SECOND, THIRD] = STORY;

export function describeReading(subject: Subject): void {
  beforeAll(async () => {
    const { store } = subject();
    await store.clear();
    await saveAll(store, ...STORY);
  });

  const names = (nodes: readonly { name: string }[] | undefined) => nodes?.map((node) => node.name);

  describe("search", () => {
    const found = async (q: string) => {
      const { entities } = await subject().store.searchEntities({ q, limit: 10 });
      return entities.map((hit) => `${hit.name} (${hit.match})`);
    };

    test.each([
      ["[S50] a name is found by its beginning", "euro", ["Europol (Europol)"]],
      ["[S50] case and accents do not matter", "TELEGRAPHE", ["Télégraphe (Télégraphe)"]],
      ["[S50] an alias finds it", "oipc", ["Interpol (OIPC)"]],
      ["[S50] beginnings of words find it in any order", "weiss an", ["Anna Weiss (Anna Weiss)"]],
      ["[S50] an apostrophe or a dot changes nothing", "o.i.p.c", []],
      ["[S52] one letter too many is forgiven", "Europpol", ["Europol (Europol)"]],
      ["[S52] one letter missing is forgiven", "eurpol", ["Europol (Europol)"]],
      ["[S52] one wrong letter is forgiven", "Interpal", ["Interpol (Interpol)"]],
      ["[S52] two letters swapped are forgiven", "Eruopol", ["Europol (Europol)"]],
      ["[S52] one error in one of several words is forgiven", "paul dupomt", ["Paul Dupont (Paul Dupont)"]],
      ["[S52] two errors are not forgiven", "Eruopool", []],
      ["[S52] short words are not forgiven", "amk", []],
      ["[S50] nothing fits nothing", "zzzz", []],
      ["[S50] signs alone find nothing", "***", []],
    ])("%s", async (_rule, query, expected) => {
      expect(await found(query)).toEqual(expected);
    });

    test("[S51] the whole name comes before a beginning, a beginning before a word, then the better connected", async () => {
      expect(await found("police")).toEqual([
        "Police fédérale (Police fédérale)",
        "Europol (Office européen de police)",
      ]);
      expect(await found("a")).toEqual(["Amaq (Amaq)", "Anna Weiss (Anna Weiss)", "opération Aube (opération Aube)"]);
    });

    test("[S53] without a query the best connected come first, of one type when told", async () => {
      const { store } = subject();
      const all = await store.searchEntities({ q: " ", limit: 2 });
      expect(names(all.entities)).toEqual(["Europol", "Amaq"]);
      expect(all.total).toBe(10);
      expect(all.entities.map((hit) => hit.degree)).toEqual([6, 5]);
      const people = await store.searchEntities({ q: "", type: "Person", limit: 10 });
      expect(people.total).toBe(2);
      expect((await store.searchEntities({ q: "eur", type: "Person", limit: 10 })).entities).toEqual([]);
    });
  });

  describe("one entity", () => {
    test("[S54] its details tell its relationships and its documents, latest first", async () => {
      const { store } = subject();
      expect(await store.entity("nobody")).toBeNull();
      const europol = await store.entity(idOf("Europol"));
      expect(europol).toEqual({
        id: idOf("Europol"),
        name: "Europol",
        labels: ["Entity", "Actor", "PublicBody"],
        kind: null,
        aliases: ["Office européen de police"],
        countries: [],
        mentionCount: 6,
        documentCount: 3,
        firstSeen: "2019-11-25",
        lastSeen: "2020-02",
        relationships: [
          { type: "ACTED_AGAINST", direction: "out", count: 1 },
          { type: "BASED_IN", direction: "out", count: 1 },
          { type: "CONDUCTED", direction: "out", count: 1 },
          { type: "LEADS", direction: "in", count: 1 },
          { type: "MET", direction: "both", count: 1 },
          { type: "TOOK_DOWN", direction: "out", count: 1 },
        ],
        notes: [],
        tags: [],
        documents: [
          {
            id: SECOND.extraction.id,
            title: "Après le coup",
            source: "La Gazette",
            publishedAt: "2020-02",
            mentions: 3,
          },
          {
            id: FIRST.extraction.id,
            title: "Le démantèlement",
            source: "Le Journal",
            publishedAt: "2019-11-25",
            mentions: 2,
          },
          { id: THIRD.extraction.id, title: "Sans date", source: "Le Journal", publishedAt: null, mentions: 1 },
        ],
      });
    });

    test("[S55] those of a hub, which are ranked in the database, are those of anyone else", async () => {
      const { executor } = subject();
      const filters: Filter[] = [
        {},
        { types: ["Person", "MediaOutlet"] },
        { relationships: ["MET"] },
        { families: [] },
      ];
      for (const name of ["Europol", "Amaq"] as const) {
        for (const filter of filters) {
          for (const limit of [2, 10]) {
            const ask = (fewEdges: number) =>
              executor.read((transaction) => neighbours(idOf(name), filter, limit, transaction, fewEdges));
            expect([name, filter, limit, await ask(-1)]).toEqual([name, filter, limit, await ask(1_000)]);
          }
        }
      }
    });

    test("[S55] its neighbours come with all edges to them, and with how many more there are", async () => {
      const { store } = subject();
      expect(await store.neighbours("nobody", {}, 10)).toBeNull();
      const all = await store.neighbours(idOf("Europol"), {}, 10);
      expect(names(all?.nodes)).toEqual(["Europol", "Amaq", "Anna Weiss", "Belgique", "opération Aube", "Paul Dupont"]);
      expect(all).toMatchObject({ total: 6, truncated: false });
      expect(all?.edges.map((edge) => edge.id)).toEqual([
        "n-europol-ACTED_AGAINST-n-amaq",
        "n-europol-TOOK_DOWN-n-amaq",
        "n-anna-weiss-MET-n-europol",
        "n-europol-BASED_IN-n-belgique",
        "n-europol-CONDUCTED-n-operation-aube",
        "n-paul-dupont-LEADS-n-europol",
      ]);

      const two = await store.neighbours(idOf("Europol"), {}, 2);
      expect(names(two?.nodes)).toEqual(["Europol", "Amaq", "Anna Weiss"]);
      expect(two).toMatchObject({ total: 6, truncated: true });
      expect(two?.counts).toEqual([
        { type: "ACTED_AGAINST", direction: "out", total: 1, shown: 1 },
        { type: "BASED_IN", direction: "out", total: 1, shown: 0 },
        { type: "CONDUCTED", direction: "out", total: 1, shown: 0 },
        { type: "LEADS", direction: "in", total: 1, shown: 0 },
        { type: "MET", direction: "both", total: 1, shown: 1 },
        { type: "TOOK_DOWN", direction: "out", total: 1, shown: 1 },
      ]);
    });

    test("[S60] who stands in a sentence with it, without a relationship, is found in the texts", async () => {
      const { store } = subject();
      expect(await store.together("nobody", 5)).toBeNull();
      const found = await store.together(idOf("Amaq"), 5);
      expect(
        found?.together.map(({ node, count, sentences }) => [node.name, count, sentences.map(({ text }) => text)]),
      ).toEqual([["Belgique", 1, ["Amaq et Belgique."]]]);
      const [sentence] = found!.together[0]!.sentences;
      expect(FIRST.extraction.text.slice(sentence!.start, sentence!.end)).toBe(sentence!.text);
      expect(sentence!.document).toMatchObject({ id: FIRST.extraction.id, title: "Le démantèlement" });
    });
  });

  describe("parts of the graph", () => {
    test("[S56] the overview holds the best-connected actors and the events that join them, no country and no place", async () => {
      const { store } = subject();
      const whole = await store.overview({}, 150);
      expect(names(whole.nodes)).toEqual([
        "Europol",
        "Amaq",
        "Anna Weiss",
        "Groupe Nord",
        "Paul Dupont",
        "Police fédérale",
        "Télégraphe",
        "opération Aube",
      ]);
      expect(whole).toMatchObject({ total: 8, truncated: false });
      expect(whole.edges).toHaveLength(9);
      const two = await store.overview({}, 2);
      expect(names(two.nodes)).toEqual(["Europol", "Amaq"]);
      expect(two).toMatchObject({ total: 7, truncated: true });
      expect(two.edges.map((edge) => edge.type)).toEqual(["ACTED_AGAINST", "TOOK_DOWN"]);
    });

    test("[S56] the overview of a collection knows its claims alone", async () => {
      const later = await subject().store.overview({ collection: "suite" }, 150);
      expect(names(later.nodes)).toEqual(["Europol", "Amaq", "Anna Weiss", "Groupe Nord", "Paul Dupont"]);
      expect(later.edges.map((edge) => edge.id)).toEqual([
        "n-amaq-MOUTHPIECE_OF-n-groupe-nord",
        "n-anna-weiss-MET-n-europol",
        "n-paul-dupont-LEADS-n-europol",
      ]);
    });

    test("[S57] the subgraph holds what exists of the entities, and the edges among them", async () => {
      const { store } = subject();
      const graph = await store.subgraph([idOf("Amaq"), idOf("Groupe Nord"), "nobody", idOf("Amaq")], {});
      expect(names(graph.nodes)).toEqual(["Amaq", "Groupe Nord"]);
      expect(graph.edges.map((edge) => edge.id)).toEqual(["n-amaq-MOUTHPIECE_OF-n-groupe-nord"]);
      expect(graph).toMatchObject({ total: 2, truncated: false });
      expect(await store.subgraph([], {})).toEqual({ nodes: [], edges: [], total: 0, truncated: false });
    });

    test("[S58] all shortest paths go over relationships alone, each step with its edges and its best claim", async () => {
      const { store } = subject();
      const found = await store.paths(idOf("Paul Dupont"), idOf("Groupe Nord"), 6, {});
      expect(found?.length).toBe(3);
      expect(found?.truncated).toBe(false);
      expect(found?.paths.map((path) => path.nodes)).toEqual([
        ["Paul Dupont", "Europol", "Amaq", "Groupe Nord"].map((name) => idOf(name as Name)),
      ]);
      const [path] = found!.paths;
      expect(path!.hops.map((hop) => [hop.edges, hop.claims.map((claim) => claim.quote)])).toEqual([
        [["n-paul-dupont-LEADS-n-europol"], ["Paul Dupont LEADS Europol."]],
        [
          ["n-europol-ACTED_AGAINST-n-amaq", "n-europol-TOOK_DOWN-n-amaq"],
          ["Europol CONDUCTED opération Aube.", "opération Aube TARGETED Amaq.", "Europol TOOK_DOWN Amaq."],
        ],
        [["n-amaq-MOUTHPIECE_OF-n-groupe-nord"], ["Amaq MOUTHPIECE_OF Groupe Nord."]],
      ]);
      expect(names(found!.graph.nodes)).toEqual(["Amaq", "Europol", "Groupe Nord", "Paul Dupont"]);
    });

    test("[S58] several shortest paths are all found, and none where there is none", async () => {
      const { store } = subject();
      const several = await store.paths(idOf("Police fédérale"), idOf("Amaq"), 6, {});
      expect(several?.paths.map((path) => path.nodes)).toEqual([
        [idOf("Police fédérale"), idOf("opération Aube"), idOf("Amaq")],
      ]);
      expect(await store.paths(idOf("Paul Dupont"), idOf("Groupe Nord"), 2, {})).toMatchObject({
        paths: [],
        length: null,
      });
      expect(await store.paths(idOf("Interpol"), idOf("Amaq"), 6, {})).toMatchObject({ paths: [], length: null });
      expect(await store.paths("nobody", idOf("Amaq"), 6, {})).toBeNull();
      expect(await store.paths(idOf("Amaq"), idOf("Amaq"), 6, {})).toMatchObject({ length: 0 });
    });

    test("[S58] paths keep to the filter", async () => {
      const { store } = subject();
      const [from, to] = [idOf("Paul Dupont"), idOf("Groupe Nord")];
      expect(await store.paths(from, to, 6, { relationships: ["LEADS", "TOOK_DOWN"] })).toMatchObject({ length: null });
      expect(await store.paths(from, to, 6, { collection: "suite" })).toMatchObject({ length: null });
      const stated = await store.paths(from, to, 6, { standing: ["stated"] });
      expect(stated?.length).toBe(3);
      expect(await store.paths(from, to, 6, { types: ["Person", "ThreatGroup"] })).toMatchObject({ length: null });
    });
  });

  describe("claims", () => {
    test("[S59] the claims of an edge come newest publication first, those that contest it too", async () => {
      const { store } = subject();
      const page = await store.claims({ subject: idOf("Europol"), object: idOf("Amaq"), filter: {}, limit: 10 });
      expect(page.total).toBe(2);
      expect(page.nextCursor).toBeNull();
      expect(page.claims.map((claim) => [claim.modality, claim.document.title])).toEqual([
        ["denied", "Après le coup"],
        ["asserted", "Le démantèlement"],
      ]);
      const { claims } = FIRST.extraction;
      expect(page.claims[1]).toEqual({
        id: claims[0]!.id,
        type: "TOOK_DOWN",
        subject: { id: idOf("Europol"), name: "Europol", labels: ["Entity", "Actor", "PublicBody"] },
        object: { id: idOf("Amaq"), name: "Amaq", labels: ["Entity", "Actor", "MediaOutlet"] },
        subjectSpan: [0, 7],
        objectSpan: [18, 22],
        start: 0,
        end: 23,
        quote: "Europol TOOK_DOWN Amaq.",
        polarity: "affirmed",
        modality: "asserted",
        former: false,
        saidBy: null,
        date: "2019-11",
        dateFrom: "2019-11-01",
        dateTo: "2019-11-30",
        confidence: 0.9,
        status: "proposed",
        extractor: "test-1",
        document: {
          id: FIRST.extraction.id,
          title: "Le démantèlement",
          url: null,
          source: "Le Journal",
          language: "fr",
          publishedAt: "2019-11-25",
          collection: "tests",
        },
      });
      const backwards = { subject: idOf("Amaq"), object: idOf("Europol"), filter: {}, limit: 10 };
      expect((await store.claims(backwards)).total).toBe(0);
      expect((await store.claims({ ...backwards, eitherWay: true })).total).toBe(2);
    });

    test("[S59] a derived edge shows the claims of the events in between", async () => {
      const page = await subject().store.claims({
        subject: idOf("Europol"),
        object: idOf("Amaq"),
        filter: { relationships: ["ACTED_AGAINST"] },
        limit: 10,
      });
      expect(page.claims.map((claim) => claim.quote)).toEqual([
        "Europol CONDUCTED opération Aube.",
        "opération Aube TARGETED Amaq.",
      ]);
    });

    test("[S59] pages follow each other without a gap, and a made-up cursor is refused", async () => {
      const { store } = subject();
      const whole = await store.claims({ filter: {}, limit: 100 });
      expect(whole.total).toBe(11);
      const paged: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.claims({ filter: {}, limit: 3, cursor });
        expect(page.total).toBe(11);
        paged.push(...page.claims.map((claim) => claim.id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(paged).toEqual(whole.claims.map((claim) => claim.id));
      const refusal = await store.claims({ filter: {}, limit: 3, cursor: "nonsense" }).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(AppError);
      expect(refusal).toMatchObject({ code: "invalid_input" });
    });

    test("[S59] claims of one end alone", async () => {
      const { store } = subject();
      expect((await store.claims({ subject: idOf("Europol"), filter: {}, limit: 10 })).total).toBe(5);
      expect((await store.claims({ object: idOf("Europol"), filter: {}, limit: 10 })).total).toBe(1);
      expect((await store.claims({ object: idOf("Amaq"), filter: { types: ["Platform"] }, limit: 10 })).total).toBe(1);
    });
  });

  describe("documents", () => {
    test("[S61] a document comes whole, with its mentions and claims in the graph's terms", async () => {
      const { store } = subject();
      expect(await store.document("nothing")).toBeNull();
      const stored = await store.document(SECOND.extraction.id);
      const { extraction } = SECOND;
      expect(stored).toMatchObject({
        id: extraction.id,
        title: "Après le coup",
        source: "La Gazette",
        collection: "suite",
        byline: null,
        mediaType: "text/plain",
        ingestedAt: "2026-01-01T00:00:00.000Z",
        text: extraction.text,
        extractor: "test-1",
        warnings: [],
      });
      const local = new Map(SECOND.entities.map((entity) => [entity.local, entity.entity]));
      expect(stored?.mentions).toEqual(
        extraction.mentions.map((mention) => ({ ...mention, entity: local.get(mention.entity)! })),
      );
      expect(stored?.claims.map((claim) => claim.id)).toEqual(extraction.claims.map((claim) => claim.id));
      expect(names(stored?.entities)).toEqual(["Amaq", "Anna Weiss", "Europol", "Groupe Nord", "Paul Dupont"]);
    });

    test("[S61] the list is newest first and goes on by cursor", async () => {
      const { store } = subject();
      const titles = async (limit: number, cursor?: string) => {
        const page = await store.documents({ limit, cursor });
        return { titles: page.documents.map((document) => document.title), cursor: page.nextCursor, total: page.total };
      };
      expect(await titles(10)).toEqual({
        titles: ["Après le coup", "Le démantèlement", "Sans date"],
        cursor: null,
        total: 3,
      });
      const first = await titles(2);
      expect(first.titles).toEqual(["Après le coup", "Le démantèlement"]);
      expect(await titles(2, first.cursor ?? "")).toEqual({ titles: ["Sans date"], cursor: null, total: 3 });
      const [summary] = (await store.documents({ limit: 10, collection: "suite" })).documents;
      expect(summary).toEqual({
        id: SECOND.extraction.id,
        title: "Après le coup",
        url: null,
        source: "La Gazette",
        language: "fr",
        publishedAt: "2020-02",
        collection: "suite",
        ingestedAt: "2026-01-01T00:00:00.000Z",
        characters: SECOND.extraction.text.length,
        entities: 5,
        claims: 4,
        excerpts: [],
      });
    });

    test.each([
      ["a word", "dupont", ["Après le coup"]],
      ["the beginning of a word, without its accent", "operat", ["Le démantèlement"]],
      ["a word of the title", "DEMANTELEMENT", ["Le démantèlement"]],
      ["all words in any order", "amaq took_down europol", ["Après le coup", "Le démantèlement"]],
      ["a word after an elision", "otan", ["Après le coup"]],
      ["a part of a domain name", "invalid", ["Sans date"]],
      ["a domain name", "actus.invalid", ["Sans date"]],
      ["a word after a curved apostrophe", "elysee", ["Après le coup"]],
      ["a word that is nowhere", "otan interpol", []],
      ["a phrase, over an elision", '"l’élysée ont réagi"', ["Après le coup"]],
      ["no phrase whose words stand elsewhere", '"réagi ont"', []],
      ["no phrase that only begins", '"ont réag"', []],
      ["words without another", "amaq took_down europol -dupont", ["Le démantèlement"]],
      ["words without a phrase", 'amaq took_down europol -"ont réagi"', ["Le démantèlement"]],
      ["signs alone", '"*"', []],
    ])("[S61] full-text search finds %s", async (_what, q, expected) => {
      const page = await subject().store.documents({ q, limit: 10 });
      expect(page.documents.map((document) => document.title)).toEqual(expected);
      expect(page.total).toBe(expected.length);
    });

    test("[S61] an exclusion alone leaves all others", async () => {
      const { store } = subject();
      const all = await store.documents({ limit: 100 });
      const others = await store.documents({ q: "-dupont", limit: 100 });
      expect(others.documents.map(({ title }) => title)).toEqual(
        all.documents.map(({ title }) => title).filter((title) => title !== "Après le coup"),
      );
    });

    test("[S61] excerpts show where, with marks inside the excerpt", async () => {
      const page = await subject().store.documents({ q: "elysee reagi", limit: 10 });
      const [excerpt] = page.documents[0]!.excerpts;
      expect(excerpt!.marks.map(([start, end]) => excerpt!.text.slice(start, end))).toEqual(["Élysée", "réagi"]);
      expect(SECOND.extraction.text).toContain(excerpt!.text);
    });
  });
}
