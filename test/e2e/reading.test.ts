/** What is near and what is claimed: the overlay of those named together, how edges stand, evidence in pages. */
import { expect, it } from "vitest";
import type { EntityHits, Graph, Together } from "../../server/contract/graph.ts";
import { faultsOfAccess } from "./access.ts";
import { ask, describePage, openScreen, settled } from "./open-page.ts";

describePage("reading the graph", (visit) => {
  const openEntity = async (name: string) => {
    await visit.page.keyboard.press("/");
    await visit.page.keyboard.type(name);
    await visit.page.getByRole("option").filter({ hasText: name }).first().click();
    await visit.page.locator(".entity-name", { hasText: name }).waitFor();
    await settled(visit.page);
  };

  it("draws who is named in the same sentence as a faint layer that is no edge, and lists the sentences", async () => {
    const { page } = visit;
    const { entities } = await ask<EntityHits>(visit, "entities?limit=20");
    const overview = await ask<Graph>(visit, "graph?minConfidence=0.6");
    const shown = new Set(overview.edges.flatMap((edge) => [edge.source, edge.target]));
    let found: { name: string; together: Together["together"] } | null = null;
    for (const { id, name } of entities) {
      const { together } = await ask<Together>(visit, `together?entity=${id}&limit=50`);
      if (shown.has(id) && together.some(({ node }) => shown.has(node.id))) {
        found = { name, together };
        break;
      }
    }
    expect(found).not.toBeNull();
    await openEntity(found!.name);
    const counts = await page.locator(".status-line .counts").first().innerText();
    expect(await inked()).toBe(0);
    await page.getByRole("checkbox", { name: "Show who is named in the same sentences" }).check();
    await page.locator(".together details").first().waitFor();
    await expect.poll(inked).toBeGreaterThan(20);
    expect(await page.locator(".together summary bdi").allInnerTexts()).toEqual(
      found!.together.map(({ node }) => node.name),
    );
    expect(await page.locator(".status-line .counts").first().innerText()).toBe(counts);
    await page.locator(".legend").getByText("in one sentence, no link").waitFor();
    expect(await faultsOfAccess(page)).toEqual([]);
    await page.locator(".together summary").first().click();
    const sentence = found!.together[0]!.sentences[0]!;
    await page.locator(".together-sentence").first().click();
    await page.waitForSelector(".article-text .lit");
    const lit = (await page.locator(".article-text .lit").allTextContents()).join("");
    expect(lit.replace(/\s+/g, " ").trim()).toBe(sentence.text.replace(/\s+/g, " ").trim());
    await page.getByRole("button", { name: "Back", exact: true }).click();
    await page.getByRole("checkbox", { name: "Show who is named in the same sentences" }).uncheck();
    expect(await inked()).toBe(0);
  });

  it("shows planned and denied relationships on request, each told by its line in the legend and its word in the table", async () => {
    const { page } = visit;
    await page.locator(".chip-minConfidence").click();
    const standings = ["stated", "alleged", "planned", "denied"] as const;
    const all = await ask<Graph>(visit, `graph?standing=${standings.join(",")}`);
    const present = new Set(all.edges.map((edge) => (edge.derived ? "derived" : edge.standing)));
    await page.getByRole("button", { name: "Filters" }).first().click();
    for (const name of ["Planned", "Denied"]) await page.getByRole("checkbox", { name }).check();
    await page.keyboard.press("Escape");
    await openScreen(page, "Table");
    await expect.poll(() => page.locator("tbody tr").count()).toBe(all.edges.length);
    const words = new Set(
      (await page.locator("tbody tr td:nth-child(4)").allInnerTexts()).map((text) => text.split(",")[0]!.toLowerCase()),
    );
    expect([...words].sort()).toEqual([...present].sort());
    expect(present.has("planned") || present.has("denied")).toBe(true);
    await openScreen(page, "Graph");
    const told = {
      stated: "stated or reported",
      alleged: "alleged",
      planned: "planned",
      denied: "denied",
      derived: "follows from two",
    };
    for (const style of present) await page.locator(".legend").getByText(told[style], { exact: true }).waitFor();
  });

  /** Pixels of the overlay that are not empty. */
  async function inked(): Promise<number> {
    return visit.page.evaluate(() => {
      const layer = document.querySelector<HTMLCanvasElement>("canvas.sigma-together");
      const pixels = layer?.getContext("2d")?.getImageData(0, 0, layer.width, layer.height).data ?? [];
      return pixels.filter((value, at) => at % 4 === 3 && value > 0).length;
    });
  }
});
