/** What comes from articles is text and nothing else, however it looks; and what is gone is told. */
import { expect, it } from "vitest";
import type { EntityHits } from "../../server/contract/graph.ts";
import type { Extraction } from "../../server/contract/extraction.ts";
import { claimId, documentId } from "../../server/contract/identifiers.ts";
import type { Job } from "../../server/contract/report.ts";
import { extractionOf } from "../ingest/extractions.ts";
import { faultsOfAccess } from "./access.ts";
import { ask, describePage, openScreen, settled } from "./open-page.ts";

const SCRIPT = `<img src=x onerror="window.broken=1">`;
const LONG = `Comité ${"très ".repeat(398)}long`;
const RIGHT_TO_LEFT = "جبهة الأرز الخضراء";
const PLAIN = "Cellule Sablier";

const ODD = extractionOf(
  `${PLAIN} a financé ${SCRIPT}, puis ${LONG}, et ${RIGHT_TO_LEFT} a rejoint ${PLAIN}.`,
  [PLAIN, SCRIPT, LONG, RIGHT_TO_LEFT],
  [
    [PLAIN, "FUNDED", SCRIPT],
    [PLAIN, "FUNDED", LONG],
    [RIGHT_TO_LEFT, "PART_OF", PLAIN],
  ],
  { title: SCRIPT, source: SCRIPT },
);

/** One edge that as many sentences state. */
function manyClaims(count: number): Extraction {
  const sentence = "Le Bureau Orme a financé la Ligue Tarn.";
  const text = Array.from({ length: count }, () => sentence).join("\n");
  const id = documentId(text);
  const whole = extractionOf(sentence, ["Bureau Orme", "Ligue Tarn"], [["Bureau Orme", "FUNDED", "Ligue Tarn"]]);
  const [mention, other] = whole.mentions;
  const [claim] = whole.claims;
  const starts = Array.from({ length: count }, (_, at) => at * (sentence.length + 1));
  const moved = (span: [number, number], by: number): [number, number] => [span[0] + by, span[1] + by];
  return {
    ...whole,
    id,
    text,
    title: "Dix mille fois",
    mentions: starts.flatMap((by) =>
      [mention!, other!].map((one) => ({ ...one, start: one.start + by, end: one.end + by })),
    ),
    claims: starts.map((by) => {
      const subjectSpan = moved(claim!.subjectSpan, by);
      const objectSpan = moved(claim!.objectSpan, by);
      const span: [number, number] = [by, by + sentence.length];
      return {
        ...claim!,
        id: claimId(id, claim!.type, subjectSpan, objectSpan, span),
        subjectSpan,
        objectSpan,
        start: span[0],
        end: span[1],
      };
    }),
  };
}

describePage("bad input", (visit) => {
  async function give(extraction: Extraction): Promise<void> {
    const form = new FormData();
    form.append("files", new Blob([JSON.stringify(extraction)], { type: "application/x-ndjson" }), "given.jsonl");
    const response = await fetch(`${visit.server.address}/api/documents`, { method: "POST", body: form });
    expect(response.ok).toBe(true);
    const answer = (await response.json()) as { job?: Job };
    if (answer.job === undefined) return;
    const { id } = answer.job;
    await expect
      .poll(async () => (await ask<Job>(visit, `jobs/${id}`)).finishedAt, { timeout: 240_000, interval: 500 })
      .not.toBeNull();
  }

  const openEntity = async (query: string, name: string) => {
    await visit.page.keyboard.press("/");
    await visit.page.keyboard.type(query);
    await visit.page.getByRole("option").filter({ hasText: name }).first().click();
    await visit.page.locator(".entity-name", { hasText: name }).waitFor();
    await settled(visit.page);
  };
  const overflow = () =>
    visit.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  it("shows a script in a name, a title and a source as text on every screen, and runs nothing", async () => {
    const { page } = visit;
    await give(ODD);
    await page.reload();
    await settled(page);
    await openEntity("img src", SCRIPT);
    expect(await page.locator(".entity-name").innerText()).toBe(SCRIPT);
    await page.locator(".evidence-button").first().click();
    await page.locator(".quote").first().waitFor();
    expect(await page.locator(".quote-title").first().innerText()).toBe(SCRIPT);
    await page.locator(".quote-source").first().click();
    await page.waitForSelector(".article-text .lit");
    expect(await page.locator(".article-title").innerText()).toBe(SCRIPT);
    await openScreen(page, "Table");
    await page.locator("tbody tr").filter({ hasText: SCRIPT }).first().waitFor();
    await openScreen(page, "Graph");
    expect(await page.locator("main img").count()).toBe(0);
    expect(await page.evaluate(() => "broken" in window)).toBe(false);
  });

  it("holds a name of 2,000 characters and names from right to left in every place without breaking it", async () => {
    const { page } = visit;
    const { entities } = await ask<EntityHits>(visit, `entities?q=${encodeURIComponent("Comité")}`);
    expect(entities.some(({ name }) => name === LONG)).toBe(true);
    await openEntity("Comité très", "Comité");
    expect(await overflow()).toBeLessThanOrEqual(0);
    await openScreen(page, "Table");
    await page.getByRole("button", { name: "Actors" }).click();
    expect(await overflow()).toBeLessThanOrEqual(0);
    await openScreen(page, "Graph");
    await page.keyboard.press("Escape");
    await openEntity(RIGHT_TO_LEFT, RIGHT_TO_LEFT);
    const direction = await page.locator(".entity-name bdi").evaluate((element) => getComputedStyle(element).direction);
    expect(direction).toBe("rtl");
    expect(await faultsOfAccess(page)).toEqual([]);
  });

  it("says that an actor is gone when its last article was deleted meanwhile", async () => {
    const { page } = visit;
    await openEntity(PLAIN, PLAIN);
    await fetch(`${visit.server.address}/api/documents/${ODD.id}`, { method: "DELETE" });
    await openScreen(page, "Table");
    await page.getByRole("button", { name: "Actors" }).click();
    await page.locator("tbody tr").filter({ hasText: RIGHT_TO_LEFT }).first().click();
    await page.getByText(/This actor cannot be shown: There is no entity/).waitFor();
  });

  it("pages through 10,000 quotes of one relationship", async () => {
    const { page } = visit;
    await give(manyClaims(10_000));
    await page.reload();
    await settled(page);
    await openEntity("Bureau Orme", "Bureau Orme");
    await page.locator(".evidence-button").first().click();
    await page.getByRole("button", { name: "Show more (50 / 10,000)" }).click();
    await page.getByRole("button", { name: "Show more (100 / 10,000)" }).click();
    await page.getByRole("button", { name: "Show more (200 / 10,000)" }).waitFor();
    expect(await page.locator(".quote").count()).toBe(200);
  }, 400_000);
});
