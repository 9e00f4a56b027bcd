/** Review: claims are checked beside their article, names and relationships set right or added, and every decision taken back. */
import { expect, it } from "vitest";
import type { DecisionPage, PossibleDuplicates, ReviewPage } from "../../server/contract/decisions.ts";
import type { EntityHits, StoredDocument } from "../../server/contract/graph.ts";
import { faultsOfAccess } from "./access.ts";
import { ask, describePage, openScreen } from "./open-page.ts";

describePage("review", (visit) => {
  const sayName = () => visit.page.locator("#author").first().fill("Ana");
  const total = async () => (await ask<ReviewPage>(visit, "review")).total;

  it("checks a claim beside its article, and undoes it", async () => {
    const { page } = visit;
    await openScreen(page, "Review");
    const card = page.locator(".review-card");
    await card.waitFor();
    const [first] = (await ask<ReviewPage>(visit, "review")).items;
    expect(await card.locator(".quote-statement").innerText()).toContain(first!.claim.subject.name);
    await page.locator(".panel-article .article-title").waitFor();
    expect(await page.locator(".panel-article .article-title").innerText()).toContain(
      first!.claim.document.title.slice(0, 20),
    );
    const before = await total();
    // Without a name nothing is decided, and the field is where one is.
    await card.getByRole("button", { name: /It says so/ }).click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("author");
    expect(await total()).toBe(before);
    await sayName();
    await page.locator(".review-bar").click({ position: { x: 3, y: 3 } });
    await page.keyboard.press("a");
    await expect.poll(total).toBe(before - 1);
    await page.getByRole("button", { name: "Decisions" }).click();
    await page.locator(".decision-list li").first().waitFor();
    expect(await page.locator(".decision-list li").first().innerText()).toMatch(/^Checked: .+\n+Ana, /);
    await page.locator(".decision-list .button").first().click();
    await expect.poll(total).toBe(before);
    await page.locator(".decision-list .undone").first().waitFor();
    expect(await faultsOfAccess(page)).toEqual([]);
  });

  it("goes through the queue by keyboard and corrects what a claim says", async () => {
    const { page } = visit;
    await openScreen(page, "Review");
    await page.locator(".review-card").waitFor();
    await sayName();
    await page.locator(".review-bar").click({ position: { x: 3, y: 3 } });
    await page.keyboard.press("j");
    await expect.poll(() => page.locator(".queue-bar").innerText()).toMatch(/^2 of/);
    const second = (await ask<ReviewPage>(visit, "review?limit=2")).items[1]!.claim;
    await page.getByRole("button", { name: "Correct", exact: true }).click();
    expect(await faultsOfAccess(page)).toEqual([]);
    await page.locator(".claim-form").getByLabel("Told as", { exact: true }).selectOption("alleged");
    await page.getByRole("button", { name: "Keep the correction" }).click();
    await expect
      .poll(async () => (await ask<DecisionPage>(visit, `decisions?claim=${second.id}`)).decisions[0]?.action)
      .toMatchObject({ kind: "correct", change: { modality: "alleged" } });
    const [decision] = (await ask<DecisionPage>(visit, "decisions")).decisions;
    await ask(visit, `decisions/${decision!.id}/undo`, { author: "Ana" });
  });

  it("renames an actor, tells its history, and takes it back", async () => {
    const { page } = visit;
    const [hit] = (await ask<EntityHits>(visit, "entities?q=Courtine")).entities;
    await page.locator("#search").fill("Courtine");
    await page.getByRole("option").first().click();
    await page.locator(".corrections summary").click();
    await sayName();
    await page.getByLabel("Name", { exact: true }).fill("Agence Courtine");
    await page.getByRole("button", { name: "Rename" }).click();
    await expect.poll(() => page.locator(".entity-name").innerText()).toBe("Agence Courtine");
    expect(await faultsOfAccess(page)).toEqual([]);
    const history = page.locator(".corrections");
    if ((await history.getAttribute("open")) === null) await page.locator(".corrections summary").click();
    await page.locator(".decision-list .button").first().click();
    await expect.poll(() => page.locator(".entity-name").innerText()).toBe(hit!.name);
  });

  it("adds what the article says of two names, by hand", async () => {
    const { page } = visit;
    const [hit] = (await ask<EntityHits>(visit, "entities?q=Europol")).entities;
    await page.locator("#search").fill("Europol");
    await page.getByRole("option").first().click();
    await page.locator(".panel .article-list button").first().click();
    await page.getByRole("button", { name: "Annotate", exact: true }).click();
    await sayName();
    const document = await ask<StoredDocument>(visit, `documents/${await documentOfPanel(hit!.id)}`);
    const named = page.locator(".article-text a.mention:not(.unnamed)");
    await named.nth(0).click();
    await named.nth(1).click();
    await page.locator(".claim-form").waitFor();
    expect(await faultsOfAccess(page)).toEqual([]);
    await page.getByRole("button", { name: "Add the relationship" }).click();
    await expect
      .poll(async () =>
        (await ask<StoredDocument>(visit, `documents/${document.id}`)).claims.map((one) => one.extractor),
      )
      .toContain("human");
    const [decision] = (await ask<DecisionPage>(visit, "decisions")).decisions;
    await ask(visit, `decisions/${decision!.id}/undo`, { author: "Ana" });
  });

  it("shows two actors that are possibly one, side by side", async () => {
    const { page } = visit;
    await openScreen(page, "Review");
    await page.getByRole("button", { name: "Possibly the same" }).click();
    const { suggestions } = await ask<PossibleDuplicates>(visit, "suggestions");
    const [pair] = suggestions;
    if (pair === undefined) {
      await page.locator(".review-empty").waitFor();
      return;
    }
    await page.locator(".pair-side").first().waitFor();
    const shown = await page.locator(".pair-side h2").allInnerTexts();
    expect(shown.map((name) => name.trim())).toEqual(pair.sides.map(({ node }) => node.name));
    expect(await faultsOfAccess(page)).toEqual([]);
    await sayName();
    await page.getByRole("button", { name: /Not the same/ }).click();
    await expect
      .poll(async () => (await ask<PossibleDuplicates>(visit, "suggestions")).total)
      .toBe(suggestions.length - 1);
    const [decision] = (await ask<DecisionPage>(visit, "decisions")).decisions;
    await ask(visit, `decisions/${decision!.id}/undo`, { author: "Ana" });
  });

  async function documentOfPanel(entity: string): Promise<string> {
    const detail = await ask<{ documents: { id: string }[] }>(visit, `entities/${entity}`);
    return detail.documents[0]!.id;
  }
});
