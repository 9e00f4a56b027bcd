/**
 * Keeping and sharing what the page shows, in a real Chromium against the real program: saved views and their links, dossiers,
 * presentations.
 */
import { readFile } from "node:fs/promises";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Graph } from "../../server/contract/graph.ts";
import type { SavedView, ViewChanges, ViewSummary } from "../../server/contract/view.ts";
import { faultsOfAccess } from "./access.ts";
import { chromiumPath, launchBrowser } from "./browser.ts";
import { startServer, type RunningServer } from "./server.ts";

const missing = chromiumPath() === null;

/** One more article that states a relationship which a view shows, as `extract` would tell it. */
function newsOf({ frozen }: SavedView): string {
  const edge = frozen.edges.find(({ derived, symmetric }) => !derived && !symmetric)!;
  const [subject, object] = [edge.source, edge.target].map((id) => frozen.nodes.find((node) => node.id === id)!);
  const [from, to] = [subject!.name, object!.name];
  const text = `${from} and ${to}: once more.`;
  const spans: [number, number][] = [
    [0, from.length],
    [from.length + 5, from.length + 5 + to.length],
  ];
  const types = [subject!, object!].map(({ labels }) =>
    labels.find((label) => label !== "Entity" && label !== "Actor")!,
  );
  const entities = [from, to].map((name, index) => ({ id: `e${index}`, type: types[index], name, aliases: [] }));
  const mentions = spans.map(([start, stop], index) => {
    const surface = text.slice(start, stop);
    return { entity: `e${index}`, start, end: stop, surface, named: true, confidence: 0.95 };
  });
  const claim = { id: "c1", type: edge.type, subject: "e0", object: "e1", subjectSpan: spans[0], objectSpan: spans[1] };
  const told = { polarity: "affirmed", modality: "asserted", former: false, saidBy: null, date: null, confidence: 0.9 };
  const claims = [{ ...claim, start: 0, end: text.length, quote: text, ...told }];
  const head = { id: "news", title: "Once more", url: null, language: "en", publishedAt: "2025-03-03" };
  return JSON.stringify({ ...head, text, entities, mentions, claims, warnings: [] });
}

describe.skipIf(missing && process.env["CI"] === undefined)("what is kept and shared", () => {
  let server: RunningServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let faults: string[];

  const started: { close(): Promise<void> }[] = [];
  beforeAll(async () => {
    server = await startServer({ samples: true });
    started.push(server);
    browser = await launchBrowser();
    started.push(browser);
  }, 700_000);
  afterAll(async () => {
    for (const one of started.reverse()) await one.close();
  });
  beforeEach(async () => {
    context = await browser.newContext({
      locale: "en-GB",
      viewport: { width: 1280, height: 720 },
      reducedMotion: "reduce",
      permissions: ["clipboard-read", "clipboard-write"],
    });
    page = await context.newPage();
    faults = [];
    page.on("pageerror", (error) => faults.push(error.message));
  });
  afterEach(async () => {
    await context.close();
    expect(faults).toEqual([]);
  });

  async function settled(): Promise<void> {
    await page.waitForSelector(".status-line .counts", { timeout: 60_000 });
    await page.waitForFunction(() => document.querySelector(".running") === null, null, { timeout: 60_000 });
  }

  async function open(path = "/"): Promise<void> {
    await page.goto(`${server.address}${path}`);
    await settled();
  }

  const ask = async <T>(path: string): Promise<T> => (await (await fetch(`${server.address}/api/${path}`)).json()) as T;
  const button = (name: string | RegExp) => page.getByRole("button", { name });
  const counts = () => page.locator(".status-line .counts").first().innerText();

  async function save(name: string): Promise<ViewSummary> {
    await button("Saved views").click();
    await page.getByLabel(/^Save (what is shown|as another view)$/).fill(name);
    await page.locator(".save-line button").click();
    await page.locator(".opened-name", { hasText: name }).waitFor();
    const views = await ask<ViewSummary[]>("views");
    return views.find((view) => view.name === name)!;
  }

  /** A search brings one actor and what it is tied to. */
  async function openActor(name: string): Promise<void> {
    await page.keyboard.press("/");
    await page.keyboard.type(name);
    await page.getByRole("option").filter({ hasText: name }).first().click();
    await page.locator(".entity-name").waitFor();
    await settled();
  }

  async function openFirstEdge(): Promise<void> {
    const screens = page.getByRole("navigation");
    await screens.getByRole("button", { name: "Table" }).click();
    await page.getByRole("button", { name: "Relationships", exact: true }).click();
    await page.locator("tbody tr").first().click();
    await page.waitForSelector(".quote");
    await screens.getByRole("button", { name: "Graph" }).click();
  }

  it("saves what is shown under a name and opens exactly that from its link, in another browser", async () => {
    await open();
    await openActor("Courtine");
    await button("Hide").click();
    await settled();
    const summary = await save("Without Courtine");
    expect(new URL(page.url()).pathname).toBe(`/view/${summary.id}`);
    await page.locator(".opened-view").getByRole("button", { name: "Copy link" }).click();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(`${server.address}/view/${summary.id}`);
    const view = await ask<SavedView>(`views/${summary.id}`);
    expect(view.nodes.filter(({ hidden }) => hidden)).toHaveLength(1);

    const other = await browser.newContext({ locale: "fr-FR", reducedMotion: "reduce" });
    page = await other.newPage();
    await page.goto(link);
    await settled();
    await page.locator(".opened-name", { hasText: "Without Courtine" }).waitFor();
    expect(await page.locator(".opened-changed").count()).toBe(0);
    const shown = view.frozen.edges.filter(
      ({ source, target, confidence }) =>
        ![source, target].includes(view.nodes.find(({ hidden }) => hidden)!.id) &&
        confidence >= (view.filter.minConfidence ?? 0),
    );
    expect(await counts()).toBe(`${view.nodes.length - 1} nœuds, ${shown.length} liens`);
    await other.close();
  });

  it("stays as it was when an article comes, tells that newer facts exist, and takes them in on request", async () => {
    await open();
    const summary = await save("Before the news");
    const before = await ask<SavedView>(`views/${summary.id}`);
    const form = new FormData();
    form.append("files", new Blob([newsOf(before)]), "news.jsonl");
    await fetch(`${server.address}/api/documents`, { method: "POST", body: form });
    await expect
      .poll(async () => (await ask<ViewChanges>(`views/${summary.id}/changes`)).newClaims, { timeout: 30_000 })
      .toBe(1);
    await open(`/view/${summary.id}`);
    await page.locator(".opened-newer").waitFor();
    expect(await counts()).toContain(`${before.frozen.nodes.length} nodes`);
    expect((await ask<SavedView>(`views/${summary.id}`)).frozen).toEqual(before.frozen);
    await openFirstEdge();
    await page.getByText("Kept with the view on").waitFor();
    await button("See today’s").click();
    await page.getByText("Kept with the view on").waitFor({ state: "detached" });
    await button("Refresh the view").first().click();
    await page.locator(".opened-newer").waitFor({ state: "detached" });
    const after = await ask<SavedView>(`views/${summary.id}`);
    expect(after.frozen.at > before.frozen.at).toBe(true);
    expect(await page.locator(".opened-changed").count()).toBe(0);
  });

  it("renames, tells what was changed, takes changes back, and deletes after asking", async () => {
    await open();
    const summary = await save("A name");
    await page.getByLabel("Name of the view").fill("A better name");
    await page.getByLabel("Notes").fill("To be checked");
    await page.locator(".opened-changed").waitFor();
    await page.locator(".views-save").getByRole("button", { name: "Save" }).click();
    await page.locator(".opened-changed").waitFor({ state: "detached" });
    expect(await ask<SavedView>(`views/${summary.id}`)).toMatchObject({
      name: "A better name",
      notes: "To be checked",
    });

    const shown = await counts();
    await openActor("Courtine");
    await button("Hide").click();
    await page.locator(".opened-changed").waitFor();
    await page.locator(".opened-changed").getByRole("button", { name: "Undo the changes" }).click();
    await page.locator(".opened-changed").waitFor({ state: "detached" });
    expect(await counts()).toBe(shown);

    await button("Saved views").click();
    await button("Delete A better name").click();
    await button("Delete the view").click();
    await page.getByText("The view is deleted.").waitFor();
    expect((await fetch(`${server.address}/api/views/${summary.id}`)).status).toBe(404);
    expect(new URL(page.url()).pathname).toBe("/");
  });

  it("says kindly that a link leads to no view, and shows the overview", async () => {
    await open("/view/00000000-0000-4000-8000-000000000000");
    await page.getByText("This link leads to no view").waitFor();
    const graph = await ask<Graph>("graph");
    expect(graph.nodes.length).toBeGreaterThan(0);
    expect(new URL(page.url()).pathname).toBe("/");
    expect(await faultsOfAccess(page)).toEqual([]);
  });

  it("keeps an actor that was merged with another meanwhile, and tells it", async () => {
    await open();
    const summary = await save("Before the merger");
    const { frozen } = await ask<SavedView>(`views/${summary.id}`);
    const type = (labels: readonly string[]) => labels.find((label) => label !== "Entity" && label !== "Actor");
    const least = [...frozen.nodes].sort((a, b) => a.mentionCount - b.mentionCount);
    const [from, into] = least.flatMap((one) => {
      const other = frozen.nodes.find((node) => node.id !== one.id && type(node.labels) === type(one.labels));
      return other === undefined ? [] : [[one, other] as const];
    })[0]!;
    const merged = await fetch(`${server.address}/api/decisions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ author: "Test", action: { kind: "merge", from: from.id, into: into.id } }),
    });
    expect([merged.status, await merged.text()]).toEqual([201, expect.anything()]);
    await open(`/view/${summary.id}`);
    await page.locator(".opened-newer").waitFor();
    await button("Saved views").click();
    await page.getByText(/no longer in the graph, merged or deleted/).waitFor();
    expect(await page.locator(".opened-view .remark").first().innerText()).toContain(from.name);
    await page.getByRole("navigation").getByRole("button", { name: "Table" }).click();
    await page.getByRole("button", { name: "Actors", exact: true }).click();
    await page.locator("tbody tr").filter({ hasText: from.name }).first().click();
    await page.getByText("The graph does not hold this actor any more").waitFor();
    expect(await page.locator(".entity-name").innerText()).toBe(from.name);
    expect(await faultsOfAccess(page)).toEqual([]);
  });

  it("goes back and forth with the browser's own buttons", async () => {
    await open();
    const first = await save("The first");
    const second = await save("The second");
    await page.goBack();
    await page.locator(".opened-name", { hasText: "The first" }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/view/${first.id}`);
    await page.goForward();
    await page.locator(".opened-name", { hasText: "The second" }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/view/${second.id}`);
    await button("Back to the overview").last().click();
    await page.locator(".opened-name").waitFor({ state: "detached" });
    expect(new URL(page.url()).pathname).toBe("/");
    await page.keyboard.press("Control+z");
    await page.locator(".opened-name", { hasText: "The second" }).waitFor();
  });

  it("keeps a view that the server did not get, over a closed page too, and saves it when it is back", async () => {
    await open();
    await server.stop();
    await button("Saved views").click();
    await page.getByLabel("Save what is shown").fill("In the storm");
    await page.locator(".save-line button").click();
    await page.getByText("Not saved yet: the server is away.").waitFor();
    const kept = await page.evaluate(() => localStorage.getItem("fil-rouge.pending-view"));
    expect(JSON.parse(kept!)).toMatchObject({ id: null, body: { name: "In the storm" } });
    await server.restart();
    await open();
    await page.getByText("The view “In the storm” is saved.").waitFor({ timeout: 30_000 });
    expect((await ask<ViewSummary[]>("views")).map(({ name }) => name)).toContain("In the storm");
    expect(await page.evaluate(() => localStorage.getItem("fil-rouge.pending-view"))).toBeNull();
  });

  it("writes a dossier of what is shown, in the page's language", async () => {
    await open();
    await page.locator(".toolbar").getByRole("button", { name: "Save", exact: true }).click();
    const [html] = await Promise.all([page.waitForEvent("download"), button("Dossier (HTML)").click()]);
    expect(html.suggestedFilename()).toBe("fil-rouge.dossier.html");
    const dossier = await browser.newContext({ javaScriptEnabled: true });
    const reader = await dossier.newPage();
    const text = await readFile(await html.path(), "utf8");
    await reader.setContent(text);
    expect(await reader.locator("section").count()).toBeGreaterThan(3);
    expect(await reader.locator("section blockquote").count()).toBeGreaterThan(3);
    expect(await faultsOfAccess(reader)).toEqual([]);
    await dossier.close();
  });

  it("is presented step by step with the arrow keys, at its own address, without the tool around it", async () => {
    await open();
    const summary = await save("A story");
    await openFirstEdge();
    const statement = await page.locator(".statement").innerText();
    await button("Saved views").click();
    await button("Add a step").click();
    await page.getByLabel("Title of step 1").fill("One link");
    await page.getByLabel("Text of step 1").fill("It all begins here.\n\nAnd goes on.");
    await button("Add a step").click();
    await page.getByLabel("Title of step 2").fill("Everything");
    await page
      .locator(".step-form")
      .nth(1)
      .getByRole("button", { name: /^Light/ })
      .click();
    expect(await faultsOfAccess(page)).toEqual([]);
    await page.locator(".views-save").getByRole("button", { name: "Save" }).click();
    await page.locator(".views-save").waitFor({ state: "detached" });
    const { steps, frozen } = await ask<SavedView>(`views/${summary.id}`);
    expect(steps.map(({ title, text }) => [title, text])).toEqual([
      ["One link", "It all begins here.\n\nAnd goes on."],
      ["Everything", ""],
    ]);
    expect(frozen.edges.map(({ id }) => id)).toContain(steps[0]!.edges[0]);
    expect(statement.length).toBeGreaterThan(0);

    await page.goto(`${server.address}/view/${summary.id}/present`);
    await page.locator(".slide h2", { hasText: "A story" }).waitFor();
    expect(await page.locator(".top-bar, .toolbar, .legend").count()).toBe(0);
    await page.keyboard.press("ArrowRight");
    await page.locator(".slide h2", { hasText: "One link" }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/view/${summary.id}/present/1`);
    expect(await page.locator(".slide-text").allInnerTexts()).toEqual(["It all begins here.", "And goes on."]);
    const quoted = frozen.quotes.find(({ edge }) => edge === steps[0]!.edges[0])!.claims.map(({ quote }) => quote);
    expect(quoted).toContain(await page.locator(".slide-quote blockquote").innerText());
    expect(await faultsOfAccess(page)).toEqual([]);
    await page.keyboard.press("End");
    await page.locator(".slide h2", { hasText: "Everything" }).waitFor();
    await page.keyboard.press("ArrowRight");
    await page.locator(".slide-count", { hasText: "2 / 2" }).waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.locator(".slide h2", { hasText: "One link" }).waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".top-bar").waitFor();
    await page.locator(".opened-name", { hasText: "A story" }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/view/${summary.id}`);
  });
});
