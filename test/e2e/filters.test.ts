/** Filters and time: what is uncertain is told and one click away, and the timeline narrows graph, table and counts together. */
import { expect, it } from "vitest";
import type { DocumentPage, Graph, Timeline } from "../../server/contract/graph.ts";
import { faultsOfAccess } from "./access.ts";
import { ask, describePage, openScreen } from "./open-page.ts";

const LEAST = 0.6;

describePage("filters and time", (visit) => {
  const rows = () => visit.page.locator("tbody tr");
  const confidences = () =>
    visit.page
      .locator("tbody tr td:nth-child(7)")
      .evaluateAll((cells) => cells.map((cell) => Number(cell.textContent)));

  it("hides what is uncertain at first, tells how much, and shows it at one click", async () => {
    const { page } = visit;
    const whole = await ask<Graph>(visit, "graph");
    const uncertain = whole.edges.filter((edge) => edge.confidence < LEAST).length;
    const chip = page.locator(".status-line .chip");
    expect(await chip.innerText()).toBe(`Hidden: ${uncertain} uncertain relationships\nshow`);
    await openScreen(page, "Table");
    await rows().first().waitFor();
    expect(Math.min(...(await confidences()))).toBeGreaterThanOrEqual(LEAST * 100 - 0.5);
    const certain = await rows().count();
    await page.locator(".table-bar .chip").click();
    await expect.poll(() => rows().count()).toBe(whole.edges.length);
    expect(certain).toBeLessThan(whole.edges.length);
    expect(await page.locator(".table-bar .chip").count()).toBe(0);
  });

  it("draws a stretch of time over the bars: graph, table, counts and chips follow, and the chip gives it back", async () => {
    const { page } = visit;
    const { dates } = await ask<Timeline>(visit, "timeline", { minConfidence: LEAST });
    const box = (await page.locator(".timeline-track").boundingBox())!;
    const before = await page.locator(".status-line .counts").innerText();
    await page.mouse.move(box.x + box.width * 0.25, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 10, { steps: 4 });
    await page.mouse.up();
    const chip = page.locator(".status-line .chip-from");
    await chip.waitFor();
    const told = await page.locator(".timeline-words span").first().innerText();
    expect(await chip.innerText()).toBe(told);
    const [from, to] = await stretch();
    const expected = dates
      .filter(({ date }) => date.slice(0, 7) <= to.slice(0, Math.min(7, date.length)))
      .filter(({ date }) => date.slice(0, 7) >= from.slice(0, Math.min(7, date.length)))
      .reduce((sum, { claims }) => sum + claims, 0);
    await expect
      .poll(() => page.locator(".timeline-words .quiet").innerText())
      .toMatch(new RegExp(`^${expected} dated statements?`));
    const narrowed = await ask<Graph>(visit, `graph?minConfidence=${LEAST}&from=${from}&to=${to}`);
    const linked = new Set(narrowed.edges.flatMap((edge) => [edge.source, edge.target]));
    await expect.poll(() => page.locator(".status-line .counts").innerText()).toContain(`${linked.size} `);
    await openScreen(page, "Table");
    await expect.poll(() => rows().count()).toBe(narrowed.edges.length);
    await page.locator(".table-bar .chip-from").click();
    await openScreen(page, "Graph");
    await expect.poll(() => page.locator(".status-line .counts").innerText()).toBe(before);
  });

  it("moves both ends of the stretch by keyboard, and plays it to the end", async () => {
    const { page } = visit;
    const handle = page.getByRole("slider", { name: "From" });
    await handle.focus();
    for (let step = 0; step < 3; step += 1) await handle.press("ArrowRight");
    await page.locator(".status-line .chip-from").waitFor();
    const until = page.getByRole("slider", { name: "Until" });
    const last = Number(await until.getAttribute("max"));
    await until.focus();
    await until.press("Home");
    await expect.poll(async () => Number(await until.inputValue())).toBe(Number(await handle.inputValue()));
    // From a window near the end two steps are left to play.
    await until.press("End");
    await handle.focus();
    await handle.press("End");
    for (let step = 0; step < 2; step += 1) await handle.press("ArrowLeft");
    await until.focus();
    for (let step = 0; step < 2; step += 1) await until.press("ArrowLeft");
    await expect
      .poll(async () => [Number(await handle.inputValue()), Number(await until.inputValue())])
      .toEqual([last - 2, last - 2]);
    await page.getByRole("button", { name: "Play through time" }).click();
    await expect.poll(async () => Number(await until.inputValue()), { timeout: 20_000 }).toBe(last);
    await page.getByRole("button", { name: "Play through time" }).waitFor();
  });

  it("shows one article's relationships alone, named in a chip", async () => {
    const { page } = visit;
    const { documents } = await ask<DocumentPage>(visit, "documents?limit=1");
    const article = documents[0]!;
    await page.getByRole("button", { name: "All articles" }).click();
    await page.locator(".article-list .row", { hasText: article.title }).click();
    await page.getByRole("button", { name: "Only this article" }).click();
    const chip = page.locator(".status-line .chip-documents");
    await chip.waitFor();
    expect(article.title.startsWith((await chip.innerText()).replace("…", "").trim().slice(0, 20))).toBe(true);
    const narrowed = await ask<Graph>(visit, `graph?minConfidence=${LEAST}&documents=${article.id}`);
    await page.getByRole("button", { name: "Close" }).last().click();
    await openScreen(page, "Table");
    await expect.poll(() => rows().count()).toBe(narrowed.edges.length);
  });

  it("has no fault of access with a stretch chosen and with the timeline folded", async () => {
    const { page } = visit;
    await page.getByRole("slider", { name: "From" }).press("ArrowRight");
    await page.locator(".status-line .chip-from").waitFor();
    expect(await faultsOfAccess(page)).toEqual([]);
    await page.getByRole("button", { name: "Fold the timeline" }).click();
    expect(await faultsOfAccess(page)).toEqual([]);
    await page.getByRole("button", { name: "Timeline" }).click();
    await page.locator(".timeline-track").waitFor();
  });

  async function stretch(): Promise<[string, string]> {
    const words = await Promise.all(
      ["From", "Until"].map((name) => visit.page.getByRole("slider", { name }).getAttribute("aria-valuetext")),
    );
    return words.map((word) => {
      const moment = new Date(`1 ${word ?? ""} UTC`);
      return moment.toISOString().slice(0, 7);
    }) as [string, string];
  }
});
