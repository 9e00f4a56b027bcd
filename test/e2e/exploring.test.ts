/** Expanding calmly: what there is is told before it is drawn; pinning; every step back; pictures to take away. */
import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import type { Graph, Neighbours } from "../../server/contract/graph.ts";
import { ask, describePage, settled } from "./open-page.ts";

const LEAST = 0.6;

describePage("exploring", (visit) => {
  /** The actor whose expansion brings most, with what its panel shall promise. */
  async function richest(): Promise<{ name: string; promised: number; fresh: number; neighbours: Neighbours }> {
    const overview = await ask<Graph>(visit, `graph?minConfidence=${LEAST}`);
    const shown = new Set(overview.edges.flatMap((edge) => [edge.source, edge.target]));
    let best: Awaited<ReturnType<typeof richest>> | null = null;
    for (const { id, name } of overview.nodes.filter((node) => shown.has(node.id))) {
      const neighbours = await ask<Neighbours>(visit, `entities/${id}/neighbours?minConfidence=${LEAST}`);
      const fresh = neighbours.nodes.filter((node) => !shown.has(node.id)).length;
      const total = neighbours.counts.reduce((sum, one) => sum + one.total, 0);
      const drawn = overview.edges.filter((edge) => edge.source === id || edge.target === id).length;
      if (fresh > (best?.fresh ?? 0)) best = { name, promised: total - drawn, fresh, neighbours };
    }
    if (best === null) throw new Error("No actor of the overview has further neighbours.");
    return best;
  }

  const openEntity = async (name: string) => {
    await visit.page.keyboard.press("/");
    await visit.page.keyboard.type(name);
    await visit.page.getByRole("option").filter({ hasText: name }).first().click();
    await visit.page.locator(".entity-name", { hasText: name }).waitFor();
  };

  it("tells how many neighbours there are of each kind before anything is drawn, and expands one kind", async () => {
    const { page } = visit;
    const { name, promised, neighbours } = await richest();
    await openEntity(name);
    await page.getByRole("button", { name: `Expand all (${promised})` }).waitFor();
    const told = await page.locator(".relationship-head .number").allInnerTexts();
    expect(told.map((text) => Number(text.replace(/^\d+ of /, "").replace(/ shown$/, "")))).toEqual(
      neighbours.counts.map(({ total }) => total).sort((a, b) => b - a),
    );
    const before = await page.locator(".status-line .counts").first().innerText();
    await page
      .getByRole("button", { name: /^Show \d+$/ })
      .first()
      .click();
    await expect.poll(() => page.locator(".status-line .counts").first().innerText()).not.toBe(before);
    await page.keyboard.press("Control+z");
    await expect.poll(() => page.locator(".status-line .counts").first().innerText()).toBe(before);
  });

  it("lists the steps and goes back to any of them, and forth again", async () => {
    const { page } = visit;
    const { name } = await richest();
    const overview = await page.locator(".status-line .counts").first().innerText();
    await openEntity(name);
    await page.getByRole("button", { name: /^Expand all/ }).click();
    await page.getByRole("button", { name: "Steps" }).waitFor();
    await settled(page);
    const grown = await page.locator(".status-line .counts").first().innerText();
    await page.getByRole("button", { name: "Hide", exact: true }).click();
    await page.getByRole("button", { name: "Steps" }).click();
    expect(await page.locator(".steps .row").allInnerTexts()).toEqual(["Overview", `Expanded ${name}`, `Hid ${name}`]);
    await page.locator(".steps .row").first().click();
    await page.getByText(overview, { exact: false }).first().waitFor();
    await page.keyboard.press("Control+Shift+z");
    await expect.poll(() => page.locator(".status-line .counts").first().innerText()).toBe(grown);
  });

  it("pins and unpins a node by its button and by its key", async () => {
    const { page } = visit;
    const { name } = await richest();
    await openEntity(name);
    await page.getByRole("button", { name: /^Expand all/ }).click();
    await settled(page);
    const pin = page.getByRole("button", { name: "Pin: keep it where it is" });
    await pin.click();
    expect(await pin.getAttribute("aria-pressed")).toBe("true");
    await page.locator(".panel").press("p");
    expect(await pin.getAttribute("aria-pressed")).toBe("false");
  });

  it("saves all that is shown as SVG: well-formed, every name in it, and as PNG", async () => {
    const { page } = visit;
    const overview = await ask<Graph>(visit, `graph?minConfidence=${LEAST}`);
    const linked = new Set(overview.edges.flatMap((edge) => [edge.source, edge.target]));
    const take = async (format: "SVG" | "PNG") => {
      await page.getByRole("button", { name: "Save", exact: true }).click();
      const download = page.waitForEvent("download");
      await page.locator(".popover-sheet").getByRole("button", { name: format, exact: true }).first().click();
      return readFile(await (await download).path());
    };
    const svg = (await take("SVG")).toString("utf8");
    const read = await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
      return {
        broken: parsed.querySelector("parsererror") !== null,
        nodes: parsed.querySelectorAll(".nodes > g").length,
      };
    }, svg);
    expect(read).toEqual({ broken: false, nodes: linked.size });
    const short = overview.nodes.filter((node) => linked.has(node.id) && node.name.length < 30);
    for (const { name } of short) expect(svg).toContain(name.replaceAll("&", "&amp;"));
    expect((await take("PNG")).subarray(1, 4).toString("latin1")).toBe("PNG");
  });
});
