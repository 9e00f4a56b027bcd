/**
 * The page in a real Chromium, against the real program with its store, model and samples. What is expected is asked of the API
 * where it depends on what the model finds.
 */
import AxeBuilder from "@axe-core/playwright";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ClaimPage, EntityHits, Graph, GraphEdge, Neighbours } from "../../server/contract/graph.ts";
import { chromiumPath, launchBrowser } from "./browser.ts";
import { startServer, type RunningServer } from "./server.ts";

const missing = chromiumPath() === null;
if (missing && process.env["CI"] === undefined)
  console.warn("Skipped: the page in a browser (no Chromium on this machine).");

/** Of a first view. */
const LEAST_CONFIDENCE = 0.6;

const ARTICLE = `Une opération contre Amaq

BRUXELLES, 25 novembre 2019 — Europol et la police fédérale belge ont neutralisé l'agence Amaq. Telegram a supprimé des milliers de comptes. Le parquet fédéral de Bruxelles a ouvert une enquête sur Amaq.`;

describe.skipIf(missing && process.env["CI"] === undefined)("the page", () => {
  let server: RunningServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  /** Faults and foreign requests of the present test. */
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
    });
    page = await context.newPage();
    faults = [];
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("request", (request) => {
      if (!request.url().startsWith(server.address) && !request.url().startsWith("blob:")) faults.push(request.url());
    });
    await page.goto(server.address);
    await settled();
  });
  afterEach(async () => {
    await context.close();
    expect(faults).toEqual([]);
  });

  async function settled(): Promise<void> {
    await page.waitForSelector(".status-line .counts", { timeout: 60_000 });
    await page.waitForFunction(() => document.querySelector(".running") === null, null, { timeout: 60_000 });
  }

  async function ask<T>(path: string): Promise<T> {
    return (await (await fetch(`${server.address}/api/${path}`)).json()) as T;
  }

  const openTable = () => page.getByRole("navigation").getByRole("button", { name: "Table" }).click();

  /** Opens an edge of the overview through the table; returns it with what the API says about it. */
  async function openEdge(): Promise<{ edge: GraphEdge; source: string; target: string; claims: ClaimPage["claims"] }> {
    const graph = await ask<Graph>(`graph?minConfidence=${LEAST_CONFIDENCE}`);
    const edge = [...graph.edges].filter((one) => !one.derived).sort((a, b) => b.claims - a.claims)[0]!;
    const name = (id: string) => graph.nodes.find((node) => node.id === id)!.name;
    const [source, target] = [name(edge.source), name(edge.target)];
    const { claims } = await ask<ClaimPage>(
      `claims?subject=${edge.source}&object=${edge.target}&type=${edge.type}&standing=stated,alleged,planned,denied`,
    );
    await openTable();
    await page.locator("tbody tr").filter({ hasText: source }).filter({ hasText: target }).first().click();
    await page.waitForSelector(".quote");
    return { edge, source, target, claims };
  }

  async function faultsOfAccess(): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page }).analyze();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
  }

  it("shows the overview at once: how many of how many, drawn, and the samples told as invented", async () => {
    const graph = await ask<Graph>(`graph?minConfidence=${LEAST_CONFIDENCE}`);
    const linked = new Set(graph.edges.flatMap((edge) => [edge.source, edge.target])).size;
    const counts = await page.locator(".status-line .counts").first().innerText();
    expect(counts).toBe(
      graph.total > linked ? `Showing ${linked} of ${graph.total} actors` : `Showing all ${linked} actors`,
    );
    const inked = await page.evaluate(() => {
      const labels = document.querySelector<HTMLCanvasElement>("canvas.sigma-labels");
      const pixels = labels?.getContext("2d")?.getImageData(0, 0, labels.width, labels.height).data ?? [];
      return pixels.filter((value, at) => at % 4 === 3 && value > 0).length;
    });
    expect(inked).toBeGreaterThan(500);
    await expect(page.getByRole("button", { name: "Invented samples" }).isVisible()).resolves.toBe(true);
  });

  it("finds an actor by a name with a typing error, from the keyboard alone", async () => {
    const { entities } = await ask<EntityHits>("entities?limit=50");
    const wanted = entities.find((hit) => /^[\p{L}]{8,}$/u.test(hit.name)) ?? entities[0]!;
    const wrong = `${wanted.name.slice(0, 4)}${wanted.name.slice(5)}`;
    await page.keyboard.press("/");
    const answered = page.waitForResponse((response) => response.url().includes(`q=${encodeURIComponent(wrong)}&`));
    await page.keyboard.type(wrong);
    await answered;
    await page.locator("[data-heading='In the graph']").waitFor();
    const option = page.getByRole("option").filter({ hasText: wanted.name }).first();
    await option.waitFor();
    for (let step = 0; step < 10 && (await option.getAttribute("aria-selected")) !== "true"; step += 1)
      await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator(".entity-name", { hasText: wanted.name }).waitFor();
  });

  it("says what to do when nothing has that name", async () => {
    await page.keyboard.press("/");
    await page.keyboard.type("zzqqxxvv");
    await page.getByText("Nothing is called “zzqqxxvv”.").waitFor();
  });

  it("opens an edge as a sentence of words, with its quotes newest first", async () => {
    const { source, target, claims } = await openEdge();
    const statement = await page.locator(".statement").innerText();
    expect(statement.startsWith(source)).toBe(true);
    expect(statement.endsWith(target)).toBe(true);
    const quotes = await page.locator(".quote blockquote").allInnerTexts();
    expect(quotes.map(plain)).toEqual(claims.map((claim) => plain(claim.quote)));
    const dates = claims.map((claim) => claim.document.publishedAt ?? "");
    expect(dates).toEqual([...dates].sort().reverse());
    expect(await page.locator("body").innerText()).not.toMatch(/\b[A-Z]+_[A-Z_]+\b/);
  });

  it("opens the article of a quote with the sentence lit and the actors marked", async () => {
    const { claims } = await openEdge();
    const claim = claims[0]!;
    await page.locator(".quote-source").first().click();
    await page.waitForSelector(".article-text .lit");
    const lit = (await page.locator(".article-text .lit").allTextContents()).join("");
    expect(plain(lit)).toBe(plain(claim.quote));
    expect(await page.locator(".article-text .lit").first().isVisible()).toBe(true);
    const document = await ask<{ mentions: unknown[] }>(`documents/${claim.document.id}`);
    const marks = await page.locator(".article-text .mention").count();
    expect(marks).toBeGreaterThan(0);
    expect(marks).toBeLessThanOrEqual(document.mentions.length * 2);
    await page.locator(".article-text .mention").first().click();
    await page.waitForSelector(".entity-name");
  });

  it("expands a node: what it promised appears, and undo takes it back", async () => {
    const overview = await ask<Graph>(`graph?minConfidence=${LEAST_CONFIDENCE}`);
    const shown = new Set(overview.edges.flatMap((edge) => [edge.source, edge.target]));
    const counts = await page.locator(".status-line .counts").first().innerText();
    let grown: { id: string; name: string; nodes: number } | null = null;
    for (const { id, name } of overview.nodes.filter((node) => shown.has(node.id))) {
      const neighbours = await ask<Neighbours>(`entities/${id}/neighbours?minConfidence=${LEAST_CONFIDENCE}`);
      const fresh = neighbours.nodes.filter((node) => !shown.has(node.id)).length;
      if (fresh > 0) {
        grown = { id, name, nodes: shown.size + fresh };
        break;
      }
    }
    expect(grown).not.toBeNull();
    await page.keyboard.press("/");
    await page.keyboard.type(grown!.name);
    await page.getByRole("option").filter({ hasText: grown!.name }).first().click();
    await page.getByRole("button", { name: "Expand all" }).click();
    await page.getByText(`${grown!.nodes} nodes,`).waitFor();
    await page.locator(".panel").press("Control+z");
    await page.getByText(counts).waitFor();
  });

  it("speaks French and English, and remembers", async () => {
    await page.getByRole("button", { name: "Français" }).click();
    await page.getByRole("button", { name: "Ajouter un article" }).waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("fr");
    await page.reload();
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("button", { name: "Add an article" }).waitFor();
  });

  it("filters by kind: chips tell it, the table and the counts follow", async () => {
    await openTable();
    await page.locator("tbody tr").first().waitFor();
    const before = await page.locator("tbody tr").count();
    await page.getByRole("button", { name: "Filters" }).last().click();
    await page.getByRole("checkbox", { name: "person", exact: true }).uncheck();
    await page.keyboard.press("Escape");
    await page.locator(".table-bar .chip-types").waitFor();
    await expect.poll(() => page.locator("tbody tr").count()).toBeLessThan(before);
    await page.locator(".table-bar .chip-types").click();
    await expect.poll(() => page.locator("tbody tr").count()).toBe(before);
  });

  it("answers a Cypher query as a table and in the graph, and tells an error", async () => {
    await page.getByRole("navigation").getByRole("button", { name: "Cypher" }).click();
    await page.locator("#cypher").fill("MATCH (a:Actor)-[r]->(b:Entity) RETURN a, r, b LIMIT 5");
    await page.locator("#cypher").press("Control+Enter");
    await page.getByText("5 rows").waitFor();
    await page.locator("#cypher").fill("MATCH (a) DELETE a");
    await page.locator("#cypher").press("Control+Enter");
    await page.locator(".query-editor [role=alert]").waitFor();
    await page.locator("#cypher").fill("MATCH (a:Actor)-[r]->(b:Entity) RETURN a, r, b LIMIT 5");
    await page.locator("#cypher").press("Control+Enter");
    await page.getByRole("button", { name: "Show in the graph" }).click();
    await page.locator(".counts", { hasText: "links" }).waitFor();
  });

  it.each(["light", "dark"] as const)(
    "has no fault of access on any screen in the %s theme",
    async (theme) => {
      const found: Record<string, string[]> = {};
      if (theme === "dark") await page.getByRole("button", { name: "Dark theme" }).click();
      const look = async (screen: string) => (found[screen] = await faultsOfAccess());
      await look("overview");
      await page.keyboard.press("/");
      await page.locator("[role=option]").first().waitFor();
      await look("search");
      await page.keyboard.press("Enter");
      await page.locator(".relationship-head, .panel .quiet").first().waitFor();
      await look("entity");
      await openEdge();
      await look("evidence over the table");
      await page.locator(".quote-source").first().click();
      await page.waitForSelector(".article-text .lit");
      await look("reader");
      await page.getByRole("button", { name: "Close" }).last().click();
      await page.getByRole("navigation").getByRole("button", { name: "Cypher" }).click();
      await page.locator(".examples button").first().click();
      await page.locator(".query-answer td").first().waitFor();
      await look("query");
      await page.getByRole("navigation").getByRole("button", { name: "Graph" }).click();
      await page.getByRole("button", { name: "Filters" }).first().click();
      await look("filters");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Add an article" }).click();
      await look("adding");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Keyboard and help" }).click();
      await look("help");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "All articles" }).click();
      await page.locator(".article-list .row").first().waitFor();
      await look("articles");
      await page.getByRole("button", { name: "Close" }).last().click();
      expect(Object.fromEntries(Object.entries(found).filter(([, faultsThere]) => faultsThere.length > 0))).toEqual({});
    },
    600_000,
  );

  it("reads a pasted article and shows its graph; a script in its title stays text", async () => {
    const title = `<img src=x onerror="window.broken=1"><script>window.broken=1</script>`;
    await page.getByRole("button", { name: "Add an article" }).click();
    await page.getByLabel("Text of the article").fill(ARTICLE);
    await page.getByText("Title, address, date").click();
    await page.getByLabel("Title", { exact: true }).fill(title);
    await page.getByLabel("Date of publication").fill("2019-11-25");
    await page.getByRole("button", { name: "Read it" }).click();
    await page.getByText("1 article read").waitFor({ timeout: 60_000 });
    expect(await page.locator(".reports bdi").first().innerText()).toBe(title);
    await page.getByRole("button", { name: "Show its graph" }).click();
    await page.locator(".article-title", { hasText: "<script>" }).waitFor();
    await settled();
    expect(await page.evaluate(() => "broken" in window)).toBe(false);
    expect(await page.locator(".article-text .mention").allInnerTexts()).toContain("Europol");
  });

  it("reads dropped files as a job, with a report for each", async () => {
    await page.getByRole("button", { name: "Add an article" }).click();
    await page.locator("input[type=file]").setInputFiles([
      { name: "one.txt", mimeType: "text/plain", buffer: Buffer.from(ARTICLE.replaceAll("Amaq", "Kavkaz")) },
      { name: "empty.txt", mimeType: "text/plain", buffer: Buffer.from("") },
    ]);
    await page.locator(".outcome").waitFor({ timeout: 60_000 });
    expect(await page.locator(".reports > li").count()).toBe(2);
    expect(await page.locator(".reports > li.failed").innerText()).toContain("empty.txt");
    await page.getByRole("button", { name: "Close" }).first().click();
  });

  it("deletes an article only after asking", async () => {
    const before = (await server.health()).counts.documents;
    await page.getByRole("button", { name: "All articles" }).click();
    await page.locator(".article-list .row").first().click();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    expect((await server.health()).counts.documents).toBe(before);
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("button", { name: "Delete the article" }).click();
    await page.getByText("The article is deleted.").waitFor();
    expect((await server.health()).counts.documents).toBe(before - 1);
  });

  it("says when the server is away, tries again by itself, and loses nothing", async () => {
    const counts = await page.locator(".status-line .counts").first().innerText();
    await server.stop();
    await page.getByRole("button", { name: "All articles" }).click();
    await page.getByRole("alert").getByText("The server does not answer.").waitFor();
    expect(await page.locator(".status-line .counts").first().innerText()).toBe(counts);
    await server.restart();
    await page.getByRole("alert").waitFor({ state: "detached", timeout: 30_000 });
  }, 300_000);

  it("removes the samples with one click", async () => {
    await page.getByRole("button", { name: "Invented samples" }).click();
    await page.getByRole("button", { name: "Remove the samples" }).click();
    await page.getByText("The samples are gone.").waitFor();
    await page.getByRole("button", { name: "Invented samples" }).waitFor({ state: "detached" });
    expect((await server.health()).collections.map(({ name }) => name)).not.toContain("samples");
  });
});

function plain(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
