/** Documents come, gain what they lacked, and go; what the graph says follows. */
import { beforeEach, describe, expect, test } from "vitest";
import type { ResolvedDocument } from "../../../server/contract/resolution.ts";
import { AppError } from "../../../server/errors.ts";
import { article, idOf, says } from "../articles.ts";
import { LIMITS, saveAll, wholeGraph, type Subject } from "./opened.ts";

const TOOK_DOWN = says("Europol", "TOOK_DOWN", "Amaq", { date: "2019-11", confidence: 0.7 });

export function describeWriting(subject: Subject): void {
  describe("saving", () => {
    beforeEach(() => subject().store.clear());

    test("[S1] a document becomes entities, mentions, claims and edges, as the graph model says", async () => {
      const { store } = subject();
      const document = article([TOOK_DOWN], {
        title: "Coup de filet",
        publishedAt: "2019-11-25",
        source: "Le Journal",
        url: "https://exemple.fr/a",
      });
      expect(await store.save(document)).toEqual({ status: "added", newEntities: 2 });
      expect(await store.counts()).toEqual({ documents: 1, entities: 2, claims: 1, edges: 1 });

      const { columns, rows } = await store.query(
        `MATCH (s:PublicBody:Actor:Entity)<-[:SUBJECT]-(c:Claim)-[:OBJECT]->(o:MediaOutlet)
         MATCH (c)-[:STATED_IN]->(d:Document)<-[m:MENTIONED_IN]-(s)
         MATCH (s)-[r:TOOK_DOWN]->(o)
         RETURN properties(s) AS subject, properties(c) AS claim, properties(d) AS document, properties(m) AS mention,
           properties(r) AS edge`,
        {},
        LIMITS,
      );
      expect(columns).toEqual(["subject", "claim", "document", "mention", "edge"]);
      const { id, text } = document.extraction;
      expect(rows).toHaveLength(1);
      const [seen, claim, stored, mention, edge] = rows[0] as Record<string, unknown>[];
      expect(seen).toMatchObject({
        id: idOf("Europol"),
        name: "Europol",
        aliases: [],
        countries: [],
        firstSeen: "2019-11-25",
        lastSeen: "2019-11-25",
        mentionCount: 1,
        documentCount: 1,
        degree: 1,
        searchKeys: ["europol"],
      });
      expect(claim).toEqual({
        id: document.extraction.claims[0]!.id,
        type: "TOOK_DOWN",
        edge: "n-europol-TOOK_DOWN-n-amaq",
        quote: "Europol TOOK_DOWN Amaq.",
        start: 0,
        end: 23,
        subjectStart: 0,
        subjectEnd: 7,
        objectStart: 18,
        objectEnd: 22,
        polarity: "affirmed",
        modality: "asserted",
        former: false,
        date: "2019-11",
        dateFrom: "2019-11-01",
        dateTo: "2019-11-30",
        confidence: 0.7,
        status: "proposed",
        extractor: "test-1",
      });
      expect(stored).toMatchObject({
        id,
        title: "Coup de filet",
        url: "https://exemple.fr/a",
        source: "Le Journal",
        language: "fr",
        publishedAt: "2019-11-25",
        ingestedAt: "2026-01-01T00:00:00.000Z",
        collection: "tests",
        text,
        mediaType: "text/plain",
      });
      expect(mention).toMatchObject({ starts: [0], ends: [7], surfaces: ["Europol"], count: 1 });
      expect(edge).toEqual({
        family: "hostile",
        standing: "stated",
        contested: false,
        former: false,
        claims: 1,
        documents: 1,
        sources: 1,
        confidence: 0.7,
        firstDate: "2019-11",
        lastDate: "2019-11",
      });
    });

    test("[S1] a document that is saved twice changes nothing", async () => {
      const { store } = subject();
      const document = article([TOOK_DOWN], { publishedAt: "2019-11-25" });
      await store.save(document);
      const before = await wholeGraph(store);
      expect(await store.save(document)).toEqual({ status: "unchanged", newEntities: 0 });
      expect(await wholeGraph(store)).toEqual(before);
      expect(await store.counts()).toEqual({ documents: 1, entities: 2, claims: 1, edges: 1 });
    });

    test("[S2] a stored document gains a missing address, source or date alone, and what depends on them follows", async () => {
      const { store } = subject();
      const bare = article([TOOK_DOWN], { title: "Premier titre" });
      const other = article([TOOK_DOWN], { source: "Le Journal", ending: "Fin." });
      await saveAll(store, bare, other);
      expect((await wholeGraph(store)).edges[0]).toMatchObject({ documents: 2, sources: 2 });

      const fuller = article([TOOK_DOWN], {
        title: "Autre titre",
        source: "le journal",
        publishedAt: "2020-03",
        url: "https://exemple.fr/b",
      });
      expect(await store.save(fuller)).toEqual({ status: "updated", newEntities: 0 });
      const { nodes, edges } = await wholeGraph(store);
      expect(edges[0]).toMatchObject({ documents: 2, sources: 1 });
      expect(nodes.map((node) => [node.id, node.firstSeen, node.lastSeen])).toEqual([
        [idOf("Amaq"), "2020-03", "2020-03"],
        [idOf("Europol"), "2020-03", "2020-03"],
      ]);
      expect(await store.header(bare.extraction.id)).toEqual({
        id: bare.extraction.id,
        collection: "tests",
        title: "Premier titre",
        url: "https://exemple.fr/b",
        source: "le journal",
        publishedAt: "2020-03",
      });

      const again = article([TOOK_DOWN], { source: "La Gazette", publishedAt: "2021" });
      expect(await store.save(again)).toEqual({ status: "unchanged", newEntities: 0 });
    });

    test("[S3] a faulty extraction is refused with the reason, and nothing of it is written", async () => {
      const { store } = subject();
      const sound = article([TOOK_DOWN]);
      const faulty: ResolvedDocument = {
        ...sound,
        extraction: { ...sound.extraction, claims: [{ ...sound.extraction.claims[0]!, quote: "Un autre texte." }] },
      };
      const refusal = await store.save(faulty).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(AppError);
      expect(refusal).toMatchObject({ code: "invalid_input" });
      expect((refusal as AppError).message).toContain("quote");
      const unresolved = await store.save({ ...sound, entities: [] }).catch((error: unknown) => error);
      expect(unresolved).toMatchObject({ code: "invalid_input" });
      expect(await store.counts()).toEqual({ documents: 0, entities: 0, claims: 0, edges: 0 });
    });

    test("[S4] two documents whose claims have the same ids keep their own claims", async () => {
      const { store } = subject();
      const numbered = (ending: string) => {
        const document = article([TOOK_DOWN], { ending });
        const claims = document.extraction.claims.map((claim) => ({ ...claim, id: "c1" }));
        return { ...document, extraction: { ...document.extraction, claims } };
      };
      await saveAll(store, numbered("A."), numbered("B."));
      expect(await store.counts()).toMatchObject({ claims: 2, edges: 1 });
    });

    test("[S6] two entities of a document that are one in the graph share one relationship to the document", async () => {
      const { store } = subject();
      const document = article([says("Europol", "MET", "Interpol")]);
      const merged = document.entities.map((entity) => ({ ...entity, entity: idOf("Europol") }));
      await store.save({ ...document, entities: merged });
      expect(await store.counts()).toEqual({ documents: 1, entities: 1, claims: 1, edges: 0 });
      const { rows } = await store.query(
        "MATCH (e:Entity)-[m:MENTIONED_IN]->(:Document) RETURN e.name, e.aliases, m.local, m.surfaces, m.count",
        {},
        LIMITS,
      );
      expect(rows).toEqual([["Europol", ["Interpol"], ["e1", "e2"], ["Europol", "Interpol"], 2]]);
      const stored = await store.document(document.extraction.id);
      expect(stored?.mentions.map((mention) => mention.entity)).toEqual([idOf("Europol"), idOf("Europol")]);
    });

    test("[S7] a replaced document leaves nothing of what it was", async () => {
      const { store } = subject();
      const before = article([TOOK_DOWN, says("Paul Dupont", "LEADS", "Europol")], { publishedAt: "2019" });
      const other = article([TOOK_DOWN], { ending: "Fin." });
      await saveAll(store, before, other);
      const { extraction, entities } = before;
      const claims = extraction.claims.slice(0, 1);
      const kept = new Set(["e1", "e2"]);
      const after: ResolvedDocument = {
        ...before,
        entities: entities.filter((entity) => kept.has(entity.local)),
        extraction: {
          ...extraction,
          claims,
          entities: extraction.entities.filter((entity) => kept.has(entity.id)),
          mentions: extraction.mentions.filter((mention) => kept.has(mention.entity)),
        },
      };
      expect(await store.replace(after)).toEqual({ status: "updated", newEntities: 0 });
      const replaced = await wholeGraph(store);
      await store.clear();
      await saveAll(store, after, other);
      expect(replaced).toEqual(await wholeGraph(store));
      expect(replaced.nodes.map((node) => node.id)).toEqual([idOf("Amaq"), idOf("Europol")]);
      expect(await store.searchEntities({ q: "dupont", limit: 5 })).toEqual({ entities: [], total: 0 });
    });

    test("[S5] saves that come at once are all there afterwards", async () => {
      const { store } = subject();
      const documents = Array.from({ length: 12 }, (_, index) => article([TOOK_DOWN], { ending: `Fin ${index}.` }));
      await Promise.all(documents.map((document) => store.save(document)));
      expect(await store.counts()).toEqual({ documents: 12, entities: 2, claims: 12, edges: 1 });
      expect((await wholeGraph(store)).edges[0]).toMatchObject({ claims: 12, documents: 12, sources: 12 });
    });
  });

  describe("entities", () => {
    beforeEach(() => subject().store.clear());

    test("[S10] the name is the one that most documents use, whatever their order", async () => {
      const { store } = subject();
      const named = (name: string, ending: string): ResolvedDocument => {
        const document = article([], { mentioned: ["Europol"], ending });
        return { ...document, entities: document.entities.map((entity) => ({ ...entity, name })) };
      };
      const documents = [named("EUROPOL", "A."), named("Office européen de police", "B."), named("Europol", "C.")];
      const nameAfter = async (order: ResolvedDocument[]) => {
        await store.clear();
        await saveAll(store, ...order);
        const entity = await store.entity(idOf("Europol"));
        return [entity?.name, entity?.aliases];
      };
      const expected = ["Office européen de police", ["EUROPOL", "Europol"]];
      expect(await nameAfter(documents)).toEqual(expected);
      expect(await nameAfter(documents.toReversed())).toEqual(expected);
      await store.save(named("Europol", "D."));
      expect((await store.entity(idOf("Europol")))?.name).toBe("Europol");
    });

    test("[S11] type, kind and countries are the most supported ones, counts are sums", async () => {
      const { store } = subject();
      const seen = (ending: string, rest: Partial<ResolvedDocument["entities"][number]>): ResolvedDocument => {
        const document = article([], { mentioned: ["Amaq"], ending });
        return { ...document, entities: document.entities.map((entity) => ({ ...entity, ...rest })) };
      };
      await saveAll(
        store,
        seen("A.", { type: "Organization", kind: "company", countries: ["SY"] }),
        seen("B.", { type: "MediaOutlet", kind: "propaganda", countries: ["IQ", "SY"] }),
        seen("C.", { type: "MediaOutlet", kind: "propaganda" }),
      );
      expect(await store.entity(idOf("Amaq"))).toMatchObject({
        labels: ["Entity", "Actor", "MediaOutlet"],
        kind: "propaganda",
        countries: ["SY", "IQ"],
        mentionCount: 3,
        documentCount: 3,
      });
      const { rows } = await store.query("MATCH (n:Organization) RETURN count(n) AS n", {}, LIMITS);
      expect(rows).toEqual([[0]]);
    });

    test("[S12] first and last seen are publication dates, as precise as known", async () => {
      const { store } = subject();
      const published = (publishedAt: string | null) =>
        article([], { mentioned: ["Amaq"], publishedAt, ending: `Le ${String(publishedAt)}.` });
      await saveAll(store, published("2020-05-02"), published(null), published("2020"), published("2020-01-01"));
      expect(await store.entity(idOf("Amaq"))).toMatchObject({ firstSeen: "2020-01-01", lastSeen: "2020" });
      await store.deleteDocument(published("2020").extraction.id);
      expect(await store.entity(idOf("Amaq"))).toMatchObject({ firstSeen: "2020-01-01", lastSeen: "2020-05-02" });
    });

    test("[S13] folded names find the entities that resolution may join", async () => {
      const { store } = subject();
      await saveAll(
        store,
        article([TOOK_DOWN], { aliases: { Europol: ["Office européen de police"] } }),
        article([], { mentioned: ["Police fédérale"] }),
      );
      const known = await store.findByKeys(["office europeen de police", "amaq", "police"]);
      expect(known.map((entity) => [entity.id, entity.type, entity.name, entity.aliases])).toEqual([
        [idOf("Amaq"), "MediaOutlet", "Amaq", []],
        [idOf("Europol"), "PublicBody", "Europol", ["Office européen de police"]],
      ]);
      expect(await store.findByKeys([])).toEqual([]);
    });

    test("[S13] keys that resolution gave find an entity as its names do, and go with their document", async () => {
      const { store } = subject();
      const document = article([TOOK_DOWN]);
      const keyed = {
        ...document,
        entities: document.entities.map((entity) => ({ ...entity, keys: [`§n ${entity.name.toLowerCase()}`] })),
      };
      await saveAll(store, keyed, article([], { mentioned: ["Amaq"] }));
      const [found, ...others] = await store.findByKeys(["§n amaq"]);
      expect([found?.id, found?.keys, others]).toEqual([idOf("Amaq"), ["amaq", "§n amaq"], []]);
      await store.deleteDocument(document.extraction.id);
      expect(await store.findByKeys(["§n amaq"])).toEqual([]);
      expect((await store.findByKeys(["amaq"])).map((entity) => entity.keys)).toEqual([["amaq"]]);
    });

    test("[S13] who is mentioned together with an entity in one document", async () => {
      const { store } = subject();
      await saveAll(store, article([TOOK_DOWN]), article([], { mentioned: ["Interpol"] }));
      const others = [idOf("Amaq"), idOf("Interpol"), "nobody"];
      expect(await store.mentionedWith(idOf("Europol"), others)).toEqual([idOf("Amaq")]);
      expect(await store.mentionedWith(idOf("Europol"), [])).toEqual([]);
    });
  });

  describe("deleting", () => {
    beforeEach(() => subject().store.clear());

    test("[S30] the graph is as if the document had never come", async () => {
      const { store } = subject();
      const kept = article([TOOK_DOWN], { publishedAt: "2020-01-01", source: "Le Journal" });
      const gone = article(
        [
          says("Europol", "TOOK_DOWN", "Amaq", { date: "2018", confidence: 1 }),
          says("Europol", "TOOK_DOWN", "Amaq", { polarity: "negated" }),
          says("Europol", "CONDUCTED", "opération Aube"),
          says("opération Aube", "TARGETED", "Nashir"),
        ],
        { publishedAt: "2018-01-01", aliases: { Europol: ["Office européen de police"] } },
      );
      await store.save(kept);
      const before = await wholeGraph(store);
      await store.save(gone);
      expect(await store.counts()).toEqual({ documents: 2, entities: 4, claims: 5, edges: 4 });
      expect(await store.deleteDocument(gone.extraction.id)).toBe(true);
      expect(await wholeGraph(store)).toEqual(before);
      expect(await store.counts()).toEqual({ documents: 1, entities: 2, claims: 1, edges: 1 });
      expect(await store.document(gone.extraction.id)).toBeNull();
      expect((await store.searchEntities({ q: "office", limit: 5 })).entities).toEqual([]);
    });

    test("[S31] an unknown document is told and changes nothing", async () => {
      const { store } = subject();
      await store.save(article([TOOK_DOWN]));
      expect(await store.deleteDocument("nothing")).toBe(false);
      expect(await store.counts()).toEqual({ documents: 1, entities: 2, claims: 1, edges: 1 });
    });

    test("[S32] a collection goes with all its documents", async () => {
      const { store } = subject();
      const inSamples = (ending: string) => article([TOOK_DOWN], { collection: "samples", ending });
      await saveAll(store, inSamples("A."), inSamples("B."), article([TOOK_DOWN], { ending: "C." }));
      expect(await store.collections()).toEqual([
        { name: "samples", documents: 2 },
        { name: "tests", documents: 1 },
      ]);
      expect(await store.deleteCollection("samples")).toBe(2);
      expect(await store.deleteCollection("samples")).toBe(0);
      expect(await store.counts()).toEqual({ documents: 1, entities: 2, claims: 1, edges: 1 });
    });

    test("[S33] what was kept makes the same graph again", async () => {
      const { store } = subject();
      const documents = [
        article([TOOK_DOWN], { publishedAt: "2020", ingestedAt: "2026-01-02T00:00:00.000Z", source: "Le Journal" }),
        article([says("Paul Dupont", "LEADS", "Europol", { saidBy: "Interpol" })], {
          ingestedAt: "2026-01-01T00:00:00.000Z",
          url: "https://exemple.fr/c",
        }),
      ];
      await saveAll(store, ...documents);
      const before = await wholeGraph(store);
      const kept = [];
      for await (const one of store.keptExtractions()) kept.push(one);
      expect(kept).toEqual(
        documents
          .toReversed()
          .map(({ extraction, collection, ingestedAt }) => ({ extraction, collection, ingestedAt })),
      );
      await store.clear();
      expect(await store.counts()).toEqual({ documents: 0, entities: 0, claims: 0, edges: 0 });
      await saveAll(store, ...documents);
      expect(await wholeGraph(store)).toEqual(before);
    });
  });
}
