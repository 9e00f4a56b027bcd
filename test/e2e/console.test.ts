/**
 * The query console in a real Chromium against the real program.
 */
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { beforeEach, expect, it } from "vitest";
import type { GalleryQuery, SavedQuery } from "../../server/contract/api.ts";
import { faultsOfAccess } from "./access.ts";
import { describePage } from "./open-page.ts";
import type { RunningServer } from "./server.ts";

describePage("the query console", (visit) => {
  let server: RunningServer;
  let page: Page;

  beforeEach(async () => {
    ({ server, page } = visit);
    await page.getByRole("navigation").getByRole("button", { name: "Cypher" }).click();
    await editor().waitFor();
    await page.locator(".examples button").first().waitFor();
  });
  const editor = () => page.getByRole("textbox", { name: "Query", exact: true });
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const proposals = () => page.locator(".cm-tooltip-autocomplete li").allInnerTexts();

  async function write(text: string): Promise<void> {
    await editor().click();
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Delete");
    await page.keyboard.insertText(text);
  }

  async function run(text: string): Promise<void> {
    await write(text);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+Enter");
  }

  it("runs what is written with Ctrl+Enter, and gives it as table, JSON and graph", async () => {
    await run("MATCH (a:Actor)-[r]->(b:Entity) WHERE r.confidence >= 0.7 RETURN a, r, b, r.sources AS sources LIMIT 5");
    await page.getByText("5 rows").waitFor();
    expect(await page.locator(".query-answer th").allInnerTexts()).toEqual(["a", "r", "b", "sources"]);
    await button("JSON").click();
    const told = JSON.parse(await page.locator(".query-json").innerText()) as Record<string, unknown>[];
    expect(told).toHaveLength(5);
    expect(Object.keys(told[0]!)).toEqual(["a", "r", "b", "sources"]);
    const [file] = await Promise.all([page.waitForEvent("download"), button("Save as JSON").click()]);
    expect(JSON.parse(await readFile(await file.path(), "utf8"))).toEqual(told);
    await button("Show in the graph").click();
    await page.locator(".counts", { hasText: "5 links" }).waitFor();
  });

  it("proposes labels, types, properties and whole queries where they fit", async () => {
    await write("MATCH (a:Pub");
    await page.keyboard.press("Control+Space");
    await expect.poll(proposals).toEqual([expect.stringContaining("PublicBody")]);
    await page.keyboard.press("Enter");
    await page.keyboard.insertText(")-[r:TOOK");
    await page.keyboard.press("Control+Space");
    await expect.poll(proposals).toEqual([expect.stringContaining("took down")]);
    await page.keyboard.press("Enter");
    await page.keyboard.insertText("]->(b) RETURN a.docu");
    await page.keyboard.press("Control+Space");
    await expect.poll(async () => (await proposals())[0]).toContain("documentCount");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+Enter");
    await page.locator(".query-answer td, .query-answer p").first().waitFor();
    await write("");
    await page.keyboard.press("Control+Space");
    const { queries } = (await (await fetch(`${server.address}/api/gallery`)).json()) as { queries: GalleryQuery[] };
    await expect.poll(proposals).toEqual(expect.arrayContaining(queries.map(({ title }) => title.en)));
  });

  it("marks a fault at its place in the text, with the server's words", async () => {
    await run("MATCH (a:Actor)\nRETURN a.name,\nDELETE a");
    await page.locator(".query-editor [role=alert]").waitFor();
    expect(await page.locator(".cm-lintRange-error").innerText()).toContain("DELETE");
    expect(await editor().getAttribute("aria-invalid")).toBe("true");
    expect(await faultsOfAccess(page)).toEqual([]);
    await write("RETURN 1");
    await page.locator(".cm-lintRange-error").waitFor({ state: "detached" });
  });

  it("tells that an answer was cut, and how much of it is drawn", async () => {
    await run("UNWIND range(1, 20000) AS n RETURN n");
    await page.getByText("10,000 rows").waitFor();
    await page.getByText("The answer was cut: there are more rows.").waitFor();
    expect(await page.locator(".query-answer tbody tr").count()).toBe(500);
    await page.getByText("the first 500 are drawn").waitFor();
  });

  it("tells that a query took too long, and goes on afterwards", async () => {
    await run(
      "UNWIND range(1, 30000) AS a UNWIND range(1, 30000) AS b WITH a, b WHERE a * b = -1 RETURN count(*) AS n",
    );
    const alert = page.locator(".query-editor [role=alert]");
    await alert.waitFor({ timeout: 120_000 });
    expect(await alert.innerText()).toMatch(/longer than 15 seconds|more memory/);
    await run("RETURN 1 AS one");
    await page.getByText("1 row", { exact: true }).waitFor({ timeout: 60_000 });
  }, 240_000);

  it("asks for the values of a question of the gallery, proposes names, and answers it", async () => {
    const { queries } = (await (await fetch(`${server.address}/api/gallery`)).json()) as { queries: GalleryQuery[] };
    const asked = queries.find(({ params }) => params.some(({ kind }) => kind === "entity"))!;
    const parameter = asked.params.find(({ kind }) => kind === "entity")!;
    await page.locator(".examples button", { hasText: asked.title.en }).click();
    const field = page.getByLabel(parameter.label.en);
    expect(await field.inputValue()).toBe(parameter.default);
    await page.locator(".query-answer td").first().waitFor();
    await field.fill(parameter.default.slice(0, 4));
    await expect.poll(() => page.locator("datalist option").count()).toBeGreaterThan(0);
    await field.fill("Nobody of this name");
    await field.press("Enter");
    await page.getByText("The query found nothing.").waitFor();
    expect(await faultsOfAccess(page)).toEqual([]);
  });

  it("keeps queries on the server: saved, opened, changed, deleted after asking", async () => {
    const saved = async () => (await (await fetch(`${server.address}/api/queries`)).json()) as SavedQuery[];
    await write("MATCH (n:Person) RETURN count(n) AS persons, $least AS least");
    await page.keyboard.press("Escape");
    await page.getByLabel("Save this query as…").fill("How many persons");
    await page.locator(".query-editor .save-line button").click();
    await page.getByText("The query “How many persons” is saved.").waitFor();
    await page.getByLabel("$least").fill("3");
    await button("Run").click();
    await page.locator(".query-answer td").first().waitFor();
    expect((await page.locator(".query-answer td").allInnerTexts()).at(-1)).toBe("3");

    await write("MATCH (n:Place) RETURN count(n)");
    await page.keyboard.press("Escape");
    await button("Save the change of “How many persons”").click();
    await expect
      .poll(async () => (await saved()).map(({ cypher }) => cypher))
      .toEqual(["MATCH (n:Place) RETURN count(n)"]);
    await page.reload();
    await page.getByRole("navigation").getByRole("button", { name: "Cypher" }).click();
    await button("How many persons").click();
    await expect.poll(() => editor().innerText()).toContain("MATCH (n:Place)");
    await button("Delete the query How many persons").click();
    await button("Delete the query").click();
    await page.getByText("No query is saved yet.").waitFor();
    expect(await saved()).toEqual([]);
  });
});
