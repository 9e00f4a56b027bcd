import { describe, expect, test } from "vitest";
import type { Claim, Extraction } from "../../server/contract/extraction.ts";
import { evaluate } from "../../server/corpus/evaluate.ts";
import { renderErrorReport } from "../../server/corpus/error-report.ts";
import { renderScores } from "../../server/corpus/render-scores.ts";
import { AMAQ, gold } from "./annotated.ts";

const GOLD = gold(AMAQ);

/** The annotation itself, changed as a test needs. */
function predicted(change: (extraction: Extraction) => void = () => undefined): Extraction {
  const extraction = structuredClone(GOLD.extraction);
  extraction.extractor = "test-1";
  change(extraction);
  return extraction;
}

function claim(extraction: Extraction, type: Claim["type"]): Claim {
  const found = extraction.claims.find((item) => item.type === type);
  if (found === undefined) throw new Error(`no ${type}`);
  return found;
}

const scoresOf = (change?: (extraction: Extraction) => void) => evaluate([GOLD], [predicted(change)]);
const counts = ({ right, predicted: found, gold: all }: { right: number; predicted: number; gold: number }) => [
  right,
  found,
  all,
];

test("the annotation itself is perfect in every measure", () => {
  const scores = scoresOf();
  const one = { value: 1, low: 1, high: 1 };
  expect(scores.mentions.overall).toEqual({ right: 7, predicted: 7, gold: 7, precision: one, recall: one, f1: one });
  expect(scores.entities.overall).toMatchObject({ right: 5, f1: one });
  expect(scores.relationships.strict.overall).toMatchObject({ right: 6, predicted: 6, gold: 6, f1: one });
  expect(scores.relationships.relaxed.overall).toMatchObject({ right: 6, f1: one });
  expect(scores.factuality.overall).toEqual({ right: 6, of: 6, share: one });
  expect(scores.dates.overall).toEqual({ right: 1, of: 1, share: one });
  expect(scores.attachment.overall).toEqual({ right: 2, of: 2, share: one });
  expect(scores.coreference.overall).toMatchObject({ mentions: 9, found: 9, f1: one });
  expect(scores.confident.overall).toEqual({ right: 6, of: 6, share: one });
  expect(scores.calibration.overall.error.value).toBe(0);
  expect(Object.keys(scores.mentions.byType)).toEqual(["Event", "MediaOutlet", "PublicBody", "ThreatGroup"]);
  expect(Object.keys(scores.mentions.byLanguage)).toEqual(["fr"]);
});

test("an empty extraction is measured as zero, and what cannot be measured is null", () => {
  const scores = scoresOf((extraction) => {
    extraction.entities = [];
    extraction.mentions = [];
    extraction.claims = [];
  });
  expect(counts(scores.relationships.strict.overall)).toEqual([0, 0, 6]);
  expect(scores.relationships.strict.overall.precision.value).toBeNull();
  expect(scores.relationships.strict.overall.f1.value).toBe(0);
  expect(scores.factuality.overall.share.value).toBeNull();
  expect(scores.coreference.overall).toMatchObject({ mentions: 9, found: 0, f1: { value: null } });
});

describe("mentions", () => {
  test("need the exact span and type", () => {
    const scores = scoresOf((extraction) => {
      extraction.mentions[1]!.start -= 1;
      extraction.entities[3]!.type = "Organization";
    });
    // Europol's span is wrong; the group's two names have the wrong type.
    expect(counts(scores.mentions.overall)).toEqual([4, 7, 7]);
    expect(counts(scores.mentions.byType["ThreatGroup"]!)).toEqual([0, 0, 2]);
    expect(counts(scores.mentions.byType["Organization"]!)).toEqual([0, 2, 0]);
  });

  test("an entity that was split is found once and invented once", () => {
    const scores = scoresOf((extraction) => {
      extraction.entities.push({ id: "x", type: "ThreatGroup", name: "EI", aliases: [], kind: null });
      extraction.mentions.at(-1)!.entity = "x";
    });
    expect(counts(scores.entities.overall)).toEqual([5, 6, 5]);
    // Of the two mentions of the group each half holds one: recall 1/2 for both, the other seven are whole.
    expect(scores.coreference.overall.precision.value).toBe(1);
    expect(scores.coreference.overall.recall.value).toBeCloseTo((7 + 0.5 + 0.5) / 9);
  });

  test("two entities that were joined cost precision of the clusters", () => {
    const scores = scoresOf((extraction) => {
      for (const mention of extraction.mentions) if (mention.entity === "e2") mention.entity = "e1";
    });
    // Three mentions in one cluster: two of Europol (2/3 each), one of the police (1/3).
    expect(scores.coreference.overall.precision.value).toBeCloseTo((6 + 2 / 3 + 2 / 3 + 1 / 3) / 9);
    expect(scores.coreference.overall.recall.value).toBe(1);
  });

  test("a description joined to another entity is not attached", () => {
    const scores = scoresOf((extraction) => {
      extraction.mentions.find((mention) => mention.surface === "L'agence")!.entity = "e2";
    });
    expect(scores.attachment.overall).toMatchObject({ right: 1, of: 2 });
    expect(scores.attachment.byType["PublicBody"]).toMatchObject({ right: 0, of: 1 });
  });
});

describe("relationships", () => {
  test("ids of the prediction do not matter, overlapping mentions do", () => {
    const rename = (id: string) => `p-${id}`;
    const scores = scoresOf((extraction) => {
      for (const entity of extraction.entities) entity.id = rename(entity.id);
      for (const mention of extraction.mentions) mention.entity = rename(mention.entity);
      for (const item of extraction.claims) {
        item.subject = rename(item.subject);
        item.object = rename(item.object);
      }
    });
    expect(counts(scores.relationships.strict.overall)).toEqual([6, 6, 6]);
  });

  test("direction counts, but for symmetric types", () => {
    const scores = scoresOf((extraction) => {
      for (const type of ["COOPERATED_WITH", "MOUTHPIECE_OF"] as const) {
        const turned = claim(extraction, type);
        [turned.subject, turned.object] = [turned.object, turned.subject];
      }
    });
    expect(counts(scores.relationships.strict.overall)).toEqual([5, 6, 6]);
    expect(counts(scores.relationships.strict.byType["MOUTHPIECE_OF"]!)).toEqual([0, 1, 1]);
  });

  test("another sentence is strictly wrong and right when relaxed", () => {
    const scores = scoresOf((extraction) => {
      const moved = claim(extraction, "COOPERATED_WITH");
      [moved.start, moved.end] = GOLD.sentences[2]!;
    });
    expect(counts(scores.relationships.strict.overall)).toEqual([5, 6, 6]);
    expect(counts(scores.relationships.relaxed.overall)).toEqual([6, 6, 6]);
  });

  test("a quote that ends in the same sentence is right whatever it begins with", () => {
    const scores = scoresOf((extraction) => {
      claim(extraction, "CONDUCTED").start = 0;
    });
    expect(counts(scores.relationships.strict.overall)).toEqual([6, 6, 6]);
  });

  test("saying the same twice counts once", () => {
    const scores = scoresOf((extraction) => {
      extraction.claims.push({ ...claim(extraction, "CONDUCTED"), id: "again", confidence: 0.5 });
    });
    expect(counts(scores.relationships.strict.overall)).toEqual([6, 6, 6]);
  });

  test("factuality and dates are measured on the right ones only", () => {
    const scores = scoresOf((extraction) => {
      claim(extraction, "CONDUCTED").modality = "asserted";
      claim(extraction, "TOOK_DOWN").date = "2019-11";
      extraction.claims = extraction.claims.filter((item) => item.type !== "TARGETED");
    });
    expect(scores.factuality.overall).toMatchObject({ right: 4, of: 5 });
    expect(scores.dates.overall).toMatchObject({ right: 0, of: 1 });
  });

  test("calibration compares confidence with being right", () => {
    const scores = scoresOf((extraction) => {
      for (const item of extraction.claims) item.confidence = 0.9;
      claim(extraction, "MOUTHPIECE_OF").type = "PART_OF";
      claim(extraction, "CONDUCTED").confidence = 0.25;
    });
    // Bin .9: five claims, four right (.8). Bin .2: one claim, right (1.0).
    expect(scores.calibration.overall.bins[9]).toEqual({ from: 0.9, to: 1, claims: 5, confidence: 0.9, right: 0.8 });
    expect(scores.calibration.overall.error.value).toBeCloseTo((5 * 0.1 + 0.75) / 6);
    expect(scores.confident.overall).toMatchObject({ right: 4, of: 5 });
  });
});

describe("intervals", () => {
  const perfect = predicted();
  const empty = predicted((extraction) => {
    extraction.claims = [];
  });

  test("come from resampling documents and are the same every time", () => {
    const golds = Array.from({ length: 20 }, () => GOLD);
    const found = golds.map((_, index) => (index % 2 === 0 ? perfect : empty));
    const { recall } = evaluate(golds, found).relationships.strict.overall;
    expect(recall.value).toBe(0.5);
    expect(recall.low).toBeGreaterThan(0.2);
    expect(recall.low).toBeLessThan(0.4);
    expect(recall.high).toBeGreaterThan(0.6);
    expect(recall.high).toBeLessThan(0.8);
    expect(evaluate(golds, found).relationships.strict.overall.recall).toEqual(recall);
  });
});

test("extractions of other texts are refused", () => {
  expect(() => evaluate([GOLD], [])).toThrow("1 annotated articles and 0 extractions do not belong together");
  expect(() => scoresOf((extraction) => (extraction.text += " "))).toThrow(
    "The extraction for fr-9001 is of another text",
  );
});

test("no article at all gives scores without values", () => {
  expect(evaluate([], []).mentions.overall).toEqual({
    right: 0,
    predicted: 0,
    gold: 0,
    precision: { value: null, low: null, high: null },
    recall: { value: null, low: null, high: null },
    f1: { value: null, low: null, high: null },
  });
});

test("the table shows every measure with its interval", () => {
  const table = renderScores(scoresOf());
  expect(table).toContain("test-1 on 1 annotated article, 4 sentences.");
  expect(table).toMatch(/relationships, strict +1\.000 +1\.000 +1\.000 +\[1\.000–1\.000\] +6 +1\.000 +–/);
  for (const name of [
    "mentions by name",
    "entities",
    "factuality",
    "dates",
    "attachment",
    "coreference",
    "calibration error",
  ]) {
    expect(table).toContain(name);
  }
});

describe("the error report", () => {
  test("shows missed, false and different ones in their sentences with the reason", () => {
    const page = renderErrorReport(
      [GOLD],
      [
        predicted((extraction) => {
          claim(extraction, "MOUTHPIECE_OF").type = "AFFILIATED_WITH";
          claim(extraction, "CONDUCTED").modality = "asserted";
          extraction.mentions[4]!.end -= 2;
          extraction.mentions[4]!.surface = "État islamiq";
        }),
      ],
    );
    expect(page).toContain("Amaq — MOUTHPIECE_OF → État islamique (affirmed, asserted)");
    expect(page).toContain("<em>found as AFFILIATED_WITH</em>");
    expect(page).toContain("<em>annotated as MOUTHPIECE_OF</em>");
    expect(page).toContain("<em>found as affirmed, asserted</em>");
    expect(page).toContain("<em>found as État islamiq (ThreatGroup)</em>");
    expect(page).toContain(
      '<mark class="gold predicted" title="annotated: ThreatGroup; found: ThreatGroup">État islamiq</mark>',
    );
    expect(page).toContain('<mark class="gold" title="annotated: ThreatGroup">ue</mark>');
  });

  test("text is escaped and nothing is fetched or run", () => {
    const source = AMAQ.replace("État islamique](e4).", '<img src=x onerror=alert(1)> & "EI"](e4).');
    const document = gold(source);
    const page = renderErrorReport([document], [{ ...document.extraction, mentions: [], claims: [], entities: [] }]);
    expect(page).not.toMatch(/<img|<script|src=x onerror=alert\(1\)>|https?:/);
    expect(page).toContain("&lt;img src=x onerror=alert(1)&gt; &amp; &quot;EI&quot;");
  });
});
