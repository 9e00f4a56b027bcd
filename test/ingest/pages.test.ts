import { afterEach, expect, test } from "vitest";
import { ingest } from "../../server/ingest.ts";
import { extractionOf } from "./extractions.ts";
import { allReports, extractionInput, openPipeline, type TestPipeline } from "./pipeline.ts";

let pipeline: TestPipeline;
afterEach(() => pipeline.close());

test("a claim of a PDF tells the page on which its quote begins; one of other articles tells none", async () => {
  pipeline = await openPipeline();
  const made = (before: string, mediaType: string) => {
    const quote = "Europol a neutralisé Amaq.";
    const claim = { start: before.length, quote };
    const relationships = [["Europol", "TOOK_DOWN", "Amaq"]] as const;
    return { ...extractionOf(before + quote, ["Europol", "Amaq"], relationships, { claim }), mediaType };
  };
  const inputs = [made("Sommaire.\n\n\fEn bref.\n\n\f", "application/pdf"), made("En bref.\n\n", "text/plain")];
  await allReports(ingest(inputs.map(extractionInput), { collection: "news" }, pipeline.parts));
  const { claims } = await pipeline.store.claims({ filter: {}, limit: 10 });
  expect(new Map(claims.map((claim) => [claim.document.id, claim.page]))).toEqual(
    new Map([
      [inputs[0]!.id, 3],
      [inputs[1]!.id, undefined],
    ]),
  );
});
