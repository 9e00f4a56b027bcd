/** Layouts, sizes and colours: nothing freezes, nothing is thrown around. */
import { expect, it } from "vitest";
import { faultsOfAccess } from "./access.ts";
import { describePage, settled } from "./open-page.ts";

describePage("arranging", (visit) => {
  const choose = async (name: string) => {
    await visit.page.getByRole("button", { name: "Layout" }).click();
    await visit.page.locator(".popover-sheet").getByRole("button", { name, exact: true }).click();
    await visit.page.keyboard.press("Escape");
    await settled(visit.page);
  };
  const pixels = () => visit.page.locator(".canvas").screenshot();

  it("offers every layout, and each gives another picture", async () => {
    const seen = [await pixels()];
    for (const name of ["circle", "by kind", "by time", "forces", "no overlap"]) {
      await choose(name);
      await visit.page.waitForTimeout(300);
      seen.push(await pixels());
      await visit.page.getByRole("button", { name: "Layout" }).click();
      expect(await visit.page.getByRole("button", { name, exact: true }).getAttribute("aria-pressed")).toBe("true");
      await visit.page.keyboard.press("Escape");
    }
    for (let at = 1; at < 5; at += 1) expect(seen[at]!.equals(seen[at - 1]!)).toBe(false);
  });

  it("sizes by betweenness and colours by group without stopping the page, and the legend tells both", async () => {
    const { page } = visit;
    const before = await pixels();
    await page.evaluate(() => {
      const gaps = { longest: 0, last: performance.now() };
      Object.assign(globalThis, { gaps });
      const tick = () => {
        const now = performance.now();
        gaps.longest = Math.max(gaps.longest, now - gaps.last);
        gaps.last = now;
        setTimeout(tick, 0);
      };
      tick();
    });
    await choose("betweenness");
    await choose("group");
    await page
      .locator(".legend")
      .getByText(/^around /)
      .first()
      .waitFor();
    await page.locator(".legend").getByText("Size: betweenness").waitFor();
    expect(
      await page.evaluate(() => (globalThis as unknown as { gaps: { longest: number } }).gaps.longest),
    ).toBeLessThan(3_000);
    expect((await pixels()).equals(before)).toBe(false);
    expect(await faultsOfAccess(page)).toEqual([]);
  });
});
