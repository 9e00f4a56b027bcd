/** What decisions make of the graph, one after the other, on the real embedded store. */
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { decisionSchema, type Action, type ToldDecision } from "../../server/contract/decisions.ts";
import type { Extraction } from "../../server/contract/extraction.ts";
import { documentId } from "../../server/contract/identifiers.ts";
import type { AppError } from "../../server/errors.ts";
import { createWriteQueue, ingest } from "../../server/ingest.ts";
import { rebuild, reextract } from "../../server/rebuild.ts";
import { openFileWorkspace } from "../../server/workspace/file-workspace.ts";
import { extractionOf } from "../ingest/extractions.ts";
import {
  allReports,
  extractionInput,
  graphOf,
  openPipeline,
  testDecisions,
  type TestPipeline,
} from "../ingest/pipeline.ts";
import { storedNodes } from "./stored-nodes.ts";

let pipeline: TestPipeline;
afterEach(() => pipeline.close());

const TYPES = {
  Europol: "PublicBody",
  Valmonde: "PublicBody",
  Amaq: "MediaOutlet",
  Nashir: "MediaOutlet",
  "Paul Dupont": "Person",
  Belgique: "Country",
} as const;
const FIRST = "Europol a neutralisé Amaq, selon Paul Dupont.";
const SECOND = "Valmonde a accusé Nashir en Belgique.";
const THIRD = "Valmonde a accusé Amaq.";

const first = () => made(FIRST, ["Europol", "Amaq", "Paul Dupont"], [["Europol", "TOOK_DOWN", "Amaq"]]);
const second = () => made(SECOND, ["Valmonde", "Nashir", "Belgique"], [["Valmonde", "ACCUSED", "Nashir"]]);
const third = () => made(THIRD, ["Valmonde", "Amaq"], [["Valmonde", "ACCUSED", "Amaq"]]);

function made(...[text, names, relationships]: Parameters<typeof extractionOf>): Extraction {
  return extractionOf(text, names, relationships, { types: TYPES });
}

async function add(...extractions: Extraction[]): Promise<void> {
  await allReports(ingest(extractions.map(extractionInput), { collection: "news" }, pipeline.parts));
}

const decide = (action: Action): Promise<ToldDecision> => pipeline.decisions.decide({ author: "Ada", why: "", action });
const undo = (id: string): Promise<ToldDecision> => pipeline.decisions.undo(id, { author: "Bo", why: "" });

async function idOf(name: string): Promise<string> {
  const node = (await storedNodes(pipeline.store)).find(({ properties }) => properties["name"] === name);
  return node!.id;
}

async function edges(): Promise<string[]> {
  const { rows } = await pipeline.store.query(
    "MATCH (a:Entity)-[r]->(b:Entity) RETURN a.name AS a, type(r) AS type, b.name AS b ORDER BY a, type, b",
    {},
    { rows: 100, bytes: 100_000, milliseconds: 10_000 },
  );
  return rows.map((row) => row.map((cell) => cell as string).join(" "));
}

async function everything(): Promise<unknown> {
  return { graph: await graphOf(pipeline.store), nodes: await storedNodes(pipeline.store) };
}

async function fault(work: Promise<unknown>): Promise<Pick<AppError, "code" | "message" | "issues">> {
  const { code, message, issues } = await work.then(
    () => Promise.reject(new Error("it was not refused")),
    (error: unknown) => error as AppError,
  );
  return { code, message, issues };
}

describe("merge", () => {
  test("claims, aliases and counts follow, and an undo restores the exact graph", async () => {
    pipeline = await openPipeline();
    await add(first(), second());
    const before = await everything();
    const [from, into] = [await idOf("Valmonde"), await idOf("Europol")];
    const decision = await decide({ kind: "merge", from, into });
    expect(decision.summary).toBe('"Valmonde" is merged into "Europol"');
    expect(await edges()).toEqual(["Europol ACCUSED Nashir", "Europol TOOK_DOWN Amaq"]);
    const merged = await pipeline.store.entity(into);
    expect([merged?.name, merged?.aliases, merged?.documentCount]).toEqual(["Europol", ["Valmonde"], 2]);
    expect(await pipeline.store.entity(from)).toBeNull();
    await undo(decision.id);
    expect(await everything()).toEqual(before);
  });

  test("an article that comes after it is taken along, and taken back with it", async () => {
    pipeline = await openPipeline();
    await add(first(), second());
    const [from, into] = [await idOf("Valmonde"), await idOf("Europol")];
    const decision = await decide({ kind: "merge", from, into });
    await add(third());
    expect(await edges()).toContain("Europol ACCUSED Amaq");
    await undo(decision.id);
    expect(await edges()).toEqual(["Europol TOOK_DOWN Amaq", "Valmonde ACCUSED Amaq", "Valmonde ACCUSED Nashir"]);
    const undone = await everything();
    await allReports(rebuild({}, pipeline.parts));
    expect(await everything()).toEqual(undone);
  });

  test("two entities that a later article names together are suggested, and a clear pair is merged with others", async () => {
    pipeline = await openPipeline();
    const long = "Réseau Valmonde Libre";
    await add(made("RVL a neutralisé Amaq.", ["RVL", "Amaq"], [["RVL", "TOOK_DOWN", "Amaq"]]));
    await add(made(`${long} a accusé Nashir.`, [long, "Nashir"], [[long, "ACCUSED", "Nashir"]]));
    const text = `${long} (RVL) a rencontré Europol.`;
    const both = made(text, [long, "Europol"], [[long, "MET", "Europol"]]);
    const start = text.indexOf("RVL");
    const mention = { entity: "e1", start, end: start + 3, surface: "RVL", named: true, confidence: 0.9 };
    const entities = both.entities.map((entity) => (entity.id === "e1" ? { ...entity, aliases: ["RVL"] } : entity));
    await add({ ...both, entities, mentions: [...both.mentions, mention] });
    const named = async () =>
      (await storedNodes(pipeline.store)).filter(({ properties }) =>
        [long, "RVL"].includes(properties["name"] as string),
      ).length;
    const { suggestions } = await pipeline.decisions.suggestions({ limit: 10 });
    expect([await named(), suggestions.map(({ clear }) => clear)]).toEqual([2, [true]]);
    await pipeline.decisions.acceptSuggestions({ author: "Ada", why: "" });
    expect(await named()).toBe(1);
  });

  test("a self-loop keeps its claim and backs no edge", async () => {
    pipeline = await openPipeline();
    await add(first());
    await decide({ kind: "retype", entity: await idOf("Amaq"), type: "PublicBody" });
    await decide({ kind: "merge", from: await idOf("Amaq"), into: await idOf("Europol") });
    expect(await edges()).toEqual([]);
    expect((await pipeline.store.counts()).claims).toBe(1);
  });
});

describe("split and move", () => {
  test("the right claims go with the mentions, and names keep to the mentions that they came from", async () => {
    pipeline = await openPipeline();
    await add(first(), third());
    const amaq = await idOf("Amaq");
    const start = THIRD.indexOf("Amaq");
    const mentions = [{ document: documentId(THIRD), start, end: start + 4 }];
    const split = await decide({ kind: "split", entity: amaq, mentions, name: "Amaq (bulletin)" });
    expect(await edges()).toEqual(["Europol TOOK_DOWN Amaq", "Valmonde ACCUSED Amaq (bulletin)"]);
    await decide({ kind: "move", mentions, into: amaq });
    expect(await edges()).toEqual(["Europol TOOK_DOWN Amaq", "Valmonde ACCUSED Amaq"]);
    const { code, message, issues } = await fault(undo(split.id));
    expect([code, issues.length]).toEqual(["conflict", 1]);
    expect(message).toContain(
      'a later one stands on it (1 mention ("Amaq") of "Amaq (bulletin)" moved to "Amaq"; by Ada)',
    );
  });

  test("independent decisions are undone in any order", async () => {
    pipeline = await openPipeline();
    await add(first(), second());
    const before = await everything();
    const europol = await idOf("Europol");
    const renamed = await decide({ kind: "rename", entity: europol, name: "Office de police" });
    const merged = await decide({ kind: "merge", from: await idOf("Valmonde"), into: europol });
    const tagged = await decide({ kind: "add", tag: { entity: await idOf("Nashir"), tag: "à suivre" } });
    for (const decision of [renamed, tagged, merged]) await undo(decision.id);
    expect(await everything()).toEqual(before);
  });
});

describe("claims", () => {
  const claimIn = async (text: string) => (await pipeline.store.document(documentId(text)))!.claims[0]!;

  test("a rejected one stays, backs no edge, and is not proposed again by the same sentence", async () => {
    pipeline = await openPipeline((document) => Promise.resolve({ ...first(), id: document.id, extractor: "test 2" }));
    await add(first());
    const { id } = await claimIn(FIRST);
    await decide({ kind: "reject", claim: id });
    expect(await edges()).toEqual([]);
    expect((await claimIn(FIRST)).status).toBe("rejected");
    await allReports(reextract({}, pipeline.parts));
    expect([await edges(), (await claimIn(FIRST)).status]).toEqual([[], "rejected"]);
  });

  test("a corrected one keeps its id; accepted and added ones outlive an extractor that no longer sees them", async () => {
    const nothing = () => Promise.resolve({ ...first(), claims: [], mentions: [], entities: [], extractor: "test 2" });
    pipeline = await openPipeline(nothing);
    await add(first());
    const before = await claimIn(FIRST);
    const corrected = await decide({
      kind: "correct",
      claim: before.id,
      change: { type: "ACCUSED", modality: "alleged" },
    });
    const dupont = FIRST.indexOf("Paul Dupont");
    await decide({
      kind: "add",
      claim: {
        document: documentId(FIRST),
        type: "ACCUSED",
        subjectSpan: [dupont, dupont + 11],
        objectSpan: before.objectSpan,
        polarity: "affirmed",
        modality: "asserted",
        former: false,
        date: null,
      },
    });
    const known = ["Europol ACCUSED Amaq", "Paul Dupont ACCUSED Amaq"];
    expect(await edges()).toEqual(known);
    const claims = (await pipeline.store.document(documentId(FIRST)))!.claims;
    expect(claims.map(({ id, status, extractor }) => [id === before.id, status, extractor]).sort()).toEqual([
      [false, "accepted", "human"],
      [true, "corrected", "test 1"],
    ]);
    await allReports(reextract({}, pipeline.parts));
    expect(await edges()).toEqual(known);
    await undo(corrected.id);
    expect(await edges()).toEqual(["Paul Dupont ACCUSED Amaq"]);
  });

  test("a missed name is marked and may be an end of a claim", async () => {
    pipeline = await openPipeline();
    await add(made(FIRST, ["Europol", "Amaq"], []));
    const start = FIRST.indexOf("Paul Dupont");
    const marked = await decide({
      kind: "add",
      mention: { document: documentId(FIRST), start, end: start + 11, type: "Person" },
    });
    const object: [number, number] = [FIRST.indexOf("Amaq"), FIRST.indexOf("Amaq") + 4];
    await decide({
      kind: "add",
      claim: {
        document: documentId(FIRST),
        type: "ACCUSED",
        subjectSpan: [start, start + 11],
        objectSpan: object,
        polarity: "affirmed",
        modality: "asserted",
        former: false,
        date: null,
      },
    });
    expect(await edges()).toEqual(["Paul Dupont ACCUSED Amaq"]);
    expect((await fault(undo(marked.id))).code).toBe("conflict");
  });
});

describe("what cannot be decided", () => {
  test("is refused with what is wrong and the present state, and changes nothing", async () => {
    pipeline = await openPipeline();
    await add(first(), second());
    const [office, europol] = [await idOf("Valmonde"), await idOf("Europol")];
    const [dupont, belgique, amaq] = [await idOf("Paul Dupont"), await idOf("Belgique"), await idOf("Amaq")];
    await decide({ kind: "merge", from: office, into: europol });
    const before = await everything();
    const claim = (await pipeline.store.document(documentId(FIRST)))!.claims[0]!;
    const faults = [
      await fault(decide({ kind: "merge", from: europol, into: europol })),
      await fault(decide({ kind: "merge", from: office, into: amaq })),
      await fault(decide({ kind: "merge", from: "n404", into: amaq })),
      await fault(decide({ kind: "merge", from: dupont, into: belgique })),
      await fault(decide({ kind: "rename", entity: europol, name: "Europol" })),
      await fault(
        decide({ kind: "split", entity: amaq, mentions: [{ document: documentId(FIRST), start: 0, end: 7 }] }),
      ),
      await fault(decide({ kind: "move", mentions: [{ document: documentId(FIRST), start: 1, end: 7 }], into: amaq })),
      await fault(decide({ kind: "accept", claim: "c404" })),
      await fault(decide({ kind: "correct", claim: claim.id, change: { type: "MOUTHPIECE_OF" } })),
      await fault(decide({ kind: "correct", claim: claim.id, change: {} })),
      await fault(undo("404")),
    ];
    expect(faults.map(({ code }) => code)).toEqual([
      "invalid_input",
      "conflict",
      "not_found",
      "invalid_input",
      "invalid_input",
      "conflict",
      "not_found",
      "not_found",
      "invalid_input",
      "invalid_input",
      "not_found",
    ]);
    expect(faults[1]?.message).toMatch(/was merged into .* by Ada at .* \("Valmonde" is merged into "Europol"\)/);
    expect(faults[1]?.issues[0]?.path).toBe("action.from");
    expect(faults[3]?.message).toContain('"Paul Dupont" is a Person and "Belgique" a Country');
    expect(await everything()).toEqual(before);
  });

  test("of two merges at once the second is told", async () => {
    pipeline = await openPipeline();
    await add(first(), second());
    const [office, europol] = [await idOf("Valmonde"), await idOf("Europol")];
    const outcomes = await Promise.allSettled([
      decide({ kind: "merge", from: office, into: europol }),
      decide({ kind: "merge", from: office, into: europol }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect((outcomes[1] as PromiseRejectedResult).reason).toMatchObject({ code: "conflict" });
  });
});

describe("the log", () => {
  test("tells who decided what, and what was taken back; of an entity with those that it took in", async () => {
    pipeline = await openPipeline();
    await add(first(), second());
    const [office, europol] = [await idOf("Valmonde"), await idOf("Europol")];
    const renamed = await decide({ kind: "rename", entity: office, name: "Office" });
    const merged = await decide({ kind: "merge", from: office, into: europol });
    await undo(renamed.id);
    const { decisions, total } = await pipeline.decisions.history({ entity: europol, limit: 10 });
    expect(total).toBe(2);
    expect(decisions.map(({ id, undone }) => [id, undone?.author ?? null])).toEqual([
      [merged.id, null],
      [renamed.id, "Bo"],
    ]);
  });

  test("a killed process that had written the record and not the graph is made up for at the next start", async () => {
    pipeline = await openPipeline();
    await add(first(), second());
    const decision = await decide({ kind: "merge", from: await idOf("Valmonde"), into: await idOf("Europol") });
    const merged = await everything();
    await undo(decision.id);
    // The log of a process that was killed right after the undo of the undo's record: the merge again, without the graph.
    const record = decisionSchema.parse(decision);
    const log = join(pipeline.folder, "workspace", "decisions.jsonl");
    await appendFile(log, `${JSON.stringify({ ...record, id: "again" })}\n{"id":"half`);
    const { store, parts } = pipeline;
    const workspace = openFileWorkspace({ folder: join(pipeline.folder, "workspace") });
    const decisions = testDecisions({ workspace, store, queue: createWriteQueue(), now: parts.now });
    await decisions.catchUp();
    expect(await everything()).toEqual(merged);
    await decisions.decide({
      author: "Ada",
      why: "",
      action: { kind: "rename", entity: await idOf("Amaq"), name: "A" },
    });
    expect((await workspace.decisions()).length).toBe(4);
  });

  test("a graph that followed another log is made again by this one", async () => {
    pipeline = await openPipeline();
    await add(first(), second());
    const plain = await everything();
    await decide({ kind: "merge", from: await idOf("Valmonde"), into: await idOf("Europol") });
    await decide({ kind: "rename", entity: await idOf("Amaq"), name: "Agence" });
    const { store, parts } = pipeline;
    const workspace = openFileWorkspace({ folder: join(pipeline.folder, "elsewhere") });
    await testDecisions({ workspace, store, queue: createWriteQueue(), now: parts.now }).catchUp();
    expect(await everything()).toEqual(plain);
  });
});
