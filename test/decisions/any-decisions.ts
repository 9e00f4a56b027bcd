/** Random decisions and undos, with articles in between, against a rebuild from scratch. Runs against each store. */
import { describe, expect, test } from "vitest";
import fc from "fast-check";
import type { Action } from "../../server/contract/decisions.ts";
import type { Extraction } from "../../server/contract/extraction.ts";
import { AppError } from "../../server/errors.ts";
import { ingest } from "../../server/ingest.ts";
import { rebuild } from "../../server/rebuild.ts";
import type { GraphStore } from "../../server/store/graph-store.ts";
import { extractionOf } from "../ingest/extractions.ts";
import { allReports, extractionInput, graphOf, openPipeline, type TestPipeline } from "../ingest/pipeline.ts";
import { storedNodes } from "./stored-nodes.ts";

const NAMES = ["Europol", "Amaq", "Nashir", "Office européen", "Agence Amaq", "Telegram"] as const;
const TYPES = ["TOOK_DOWN", "ACCUSED", "MET", "PART_OF"] as const;

/** Few names, so that articles meet on the same entities. */
function anyArticle(): fc.Arbitrary<Extraction> {
  return fc
    .record({
      names: fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 2, maxLength: 4 }),
      type: fc.constantFrom(...TYPES),
      other: fc.constantFrom(...TYPES),
      again: fc.boolean(),
      day: fc.integer({ min: 1, max: 28 }),
      number: fc.integer({ min: 0, max: 1_000 }),
    })
    .map(({ names, type, other, again, day, number }) => {
      const [first, second, third] = names;
      const relationships = [
        [first!, type, second!] as const,
        ...(third === undefined ? [] : [[second!, other, third] as const]),
      ];
      const text = `Article ${number} : ${names.join(", puis ")}.${again ? ` Encore ${first!}.` : ""}`;
      const made = extractionOf(text, names, relationships, { publishedAt: `2020-01-${String(day).padStart(2, "0")}` });
      if (!again) return made;
      const start = text.lastIndexOf(first!);
      const mention = {
        entity: "e1",
        start,
        end: start + first!.length,
        surface: first!,
        named: true,
        confidence: 0.9,
      };
      return { ...made, mentions: [...made.mentions, mention] };
    });
}

/** What is done is chosen by these numbers among what is there at that moment. */
type Step =
  | { does: "ingest"; article: Extraction }
  | { does: "undo"; pick: number }
  | { does: "decide"; kind: Action["kind"]; picks: [number, number, number] };

function anyStep(): fc.Arbitrary<Step> {
  const pick = fc.nat({ max: 1_000 });
  const kinds = [
    "merge",
    "merge",
    "merge",
    "split",
    "move",
    "move",
    "rename",
    "retype",
    "accept",
    "reject",
    "correct",
    "add",
  ] as const;
  return fc.oneof(
    { weight: 2, arbitrary: fc.record({ does: fc.constant("ingest" as const), article: anyArticle() }) },
    { weight: 3, arbitrary: fc.record({ does: fc.constant("undo" as const), pick }) },
    {
      weight: 7,
      arbitrary: fc.record({
        does: fc.constant("decide" as const),
        kind: fc.constantFrom(...kinds),
        picks: fc.tuple(pick, pick, pick),
      }),
    },
  );
}

async function actionOf(
  { kind, picks: [a, b, c] }: Extract<Step, { does: "decide" }>,
  store: GraphStore,
): Promise<Action | null> {
  const nodes = (await storedNodes(store)).sort((x, y) => (x.id < y.id ? -1 : 1));
  const documents: string[] = [];
  for await (const { extraction } of store.keptExtractions()) documents.push(extraction.id);
  const one = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)];
  const node = one(nodes, a);
  const other = one(nodes, b);
  if (node === undefined || other === undefined) return null;
  const places = (await store.mentionsOf(node.id)).flatMap(({ document, spans }) =>
    spans.map(([start, end]) => ({ document, start, end })),
  );
  const document = await store.document(one(documents.sort(), c)!);
  const claim = one(document!.claims, b);
  switch (kind) {
    case "merge":
      return { kind, from: node.id, into: other.id };
    case "split":
      return {
        kind,
        entity: node.id,
        mentions: places.slice(0, 1 + (c % 2)),
        ...(c % 3 === 0 ? { name: `Nom ${b}` } : {}),
      };
    case "move":
      return { kind, mentions: places.slice(0, 1 + (c % 3)), into: other.id };
    case "rename":
      return { kind, entity: node.id, name: `Nouveau ${c % 5}` };
    case "retype":
      return { kind, entity: node.id, type: c % 2 === 0 ? "ThreatGroup" : "Platform" };
    case "accept":
      return claim === undefined ? null : { kind, claim: claim.id };
    case "reject":
      if (c % 3 === 0) return { kind, pair: [node.id, other.id] };
      return claim === undefined ? null : { kind, claim: claim.id };
    case "correct": {
      if (claim === undefined) return null;
      const mention = one(document!.mentions, a)!;
      const change =
        c % 3 === 0
          ? { subjectSpan: claim.objectSpan, objectSpan: claim.subjectSpan }
          : c % 3 === 1
            ? { type: TYPES[a % TYPES.length]!, modality: "alleged" as const }
            : { objectSpan: [mention.start, mention.end] as [number, number] };
      return { kind, claim: claim.id, change };
    }
    case "add": {
      const [first, second] = [one(document!.mentions, a)!, one(document!.mentions, b)!];
      if (c % 4 === 0) return { kind, tag: { entity: node.id, tag: `t${b % 3}` } };
      if (c % 4 === 1) {
        const start = document!.text.indexOf("Article");
        return {
          kind,
          mention: {
            document: document!.id,
            start,
            end: start + 7,
            ...(b % 2 === 0 ? { entity: node.id } : { type: "Person" }),
          },
        };
      }
      return {
        kind,
        claim: {
          document: document!.id,
          type: TYPES[b % TYPES.length]!,
          subjectSpan: [first.start, first.end],
          objectSpan: [second.start, second.end],
          polarity: "affirmed",
          modality: "asserted",
          former: false,
          date: null,
        },
      };
    }
    case "postpone":
      return { kind, pair: [node.id, other.id] };
    case "complete":
      return { kind, document: document!.id };
  }
}

/** True when it was done; what cannot be done is refused with a code of its own and changes nothing. */
async function perform(step: Step, { store, decisions, parts }: TestPipeline): Promise<boolean> {
  try {
    switch (step.does) {
      case "ingest":
        await allReports(ingest([extractionInput(step.article)], { collection: "news" }, parts));
        return true;
      case "undo": {
        const { decisions: all } = await decisions.history({ limit: 500 });
        const open = all.filter(({ undone }) => undone === null);
        const chosen = open[step.pick % Math.max(1, open.length)];
        if (chosen === undefined) return false;
        await decisions.undo(chosen.id, { author: "Ada", why: "" });
        return true;
      }
      case "decide": {
        const action = await actionOf(step, store);
        if (action === null) return false;
        await decisions.decide({ author: "Ada", why: "", action });
        return true;
      }
    }
  } catch (error) {
    if (error instanceof AppError && ["conflict", "invalid_input", "not_found"].includes(error.code)) return false;
    throw error;
  }
}

async function everything(store: GraphStore): Promise<unknown> {
  const documents = [];
  for await (const { extraction } of store.keptExtractions()) {
    const document = await store.document(extraction.id);
    documents.push({ ...document!, entities: document!.entities.map(({ id }) => id).sort() });
  }
  return { graph: await graphOf(store), nodes: await storedNodes(store), documents };
}

export function describeAnyDecisions(shared: () => GraphStore, runs: number): void {
  describe("any decisions, undos and articles", () => {
    test("make the graph that a rebuild makes", { timeout: 600_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(anyArticle(), { minLength: 2, maxLength: 4 }),
          fc.array(anyStep(), { minLength: 1, maxLength: 14 }),
          async (articles, steps) => {
            const pipeline = await openPipeline(undefined, shared());
            try {
              for (const article of articles) await perform({ does: "ingest", article }, pipeline);
              for (const step of steps) await perform(step, pipeline);
              const grown = await everything(pipeline.store);
              await allReports(rebuild({}, pipeline.parts));
              expect(grown).toEqual(await everything(pipeline.store));
            } finally {
              await pipeline.close();
            }
          },
        ),
        { numRuns: runs },
      );
    });

    test("an undo leaves the graph as it was before the decision", { timeout: 600_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(anyArticle(), { minLength: 2, maxLength: 3 }),
          fc.array(anyStep(), { minLength: 1, maxLength: 10 }),
          async (articles, steps) => {
            const pipeline = await openPipeline(undefined, shared());
            try {
              for (const article of articles) await perform({ does: "ingest", article }, pipeline);
              for (const step of steps) {
                const before = step.does === "decide" ? await everything(pipeline.store) : null;
                if (!(await perform(step, pipeline)) || before === null) continue;
                const [latest] = (await pipeline.decisions.history({ limit: 1 })).decisions;
                await pipeline.decisions.undo(latest!.id, { author: "Bo", why: "" });
                expect(await everything(pipeline.store)).toEqual(before);
                await pipeline.decisions.decide({ author: "Ada", why: "again", action: latest!.action });
              }
            } finally {
              await pipeline.close();
            }
          },
        ),
        { numRuns: runs },
      );
    });
  });
}
