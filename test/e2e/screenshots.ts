/**
 * Pictures of every main screen in both languages and themes, and `docs/screenshot.png` for the README. Run with
 * `node --import tsx test/e2e/screenshots.ts [ADDRESS [LOOK]]`; without an address it starts the program itself, a look is `fr-dark`. The folder
 * `.cache/screenshots` is not kept in the repository.
 */
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { Graph, GraphEdge } from "../../server/contract/graph.ts";
import { launchBrowser } from "./browser.ts";
import { startServer } from "./server.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const FOLDER = join(ROOT, ".cache/screenshots");

export interface Look {
  language: "fr" | "en";
  theme: "light" | "dark";
}

export async function openPage(
  browser: Browser,
  address: string,
  look: Look,
  size: { width: number; height: number },
): Promise<Page> {
  const page = await browser.newPage({
    viewport: size,
    locale: look.language,
    colorScheme: look.theme,
    reducedMotion: "reduce",
  });
  await page.addInitScript(({ language, theme }) => {
    localStorage.setItem("fil-rouge.language", language);
    localStorage.setItem("fil-rouge.theme", theme);
  }, look);
  await page.goto(address);
  await settle(page);
  return page;
}

/** Waits until the layout has stopped and its last frame is drawn. */
export async function settle(page: Page): Promise<void> {
  await page.waitForSelector(".status-line .counts");
  await page.waitForFunction(() => document.querySelector(".running") === null, null, { timeout: 60_000 });
  await page.waitForTimeout(700);
}

/** The relationship with the most quotes: the best one to show evidence with. */
async function richestEdge(address: string): Promise<{ graph: Graph; edge: GraphEdge }> {
  const graph = (await (await fetch(`${address}/api/graph`)).json()) as Graph;
  const byWorth = (one: GraphEdge) => one.claims * 10 + (one.family === "hostile" ? 25 : 0) + one.confidence;
  const edge = [...graph.edges].filter((one) => !one.derived).sort((a, b) => byWorth(b) - byWorth(a))[0];
  if (edge === undefined) throw new Error("The graph holds no relationship to show.");
  return { graph, edge };
}

/** Through the table, as a person without a mouse would. */
async function openEdge(page: Page, address: string): Promise<void> {
  const { graph, edge } = await richestEdge(address);
  const name = (id: string) => graph.nodes.find((node) => node.id === id)?.name ?? "";
  await page.locator(".screens button").nth(1).click();
  const row = page
    .locator("tbody tr")
    .filter({ hasText: name(edge.source) })
    .filter({ hasText: name(edge.target) });
  await row.first().click();
  await page.locator(".screens button").first().click();
  await page.waitForSelector(".quote");
  await page.waitForTimeout(900);
}

async function main(): Promise<void> {
  const given = process.argv[2];
  const server = given === undefined ? await startServer({ samples: true }) : null;
  const address = given ?? server?.address ?? "";
  const browser = await launchBrowser();
  await mkdir(FOLDER, { recursive: true });
  try {
    const readme = await openPage(browser, address, { language: "en", theme: "light" }, { width: 1600, height: 1000 });
    await openEdge(readme, address);
    await readme.screenshot({ path: join(ROOT, "docs/screenshot.png") });
    await readme.close();
    for (const language of ["fr", "en"] as const) {
      for (const theme of ["light", "dark"] as const) {
        const only = process.argv[3];
        if (only === undefined || only === `${language}-${theme}`) await tour(browser, address, { language, theme });
      }
    }
  } finally {
    await browser.close();
    await server?.close();
  }
}

async function tour(browser: Browser, address: string, look: Look): Promise<void> {
  const page = await openPage(browser, address, look, { width: 1440, height: 900 });
  const shoot = (name: string) => page.screenshot({ path: join(FOLDER, `${name}-${look.language}-${look.theme}.png`) });
  await shoot("1-overview");
  await page.keyboard.press("/");
  await page.keyboard.type("gar");
  await page.waitForSelector(".suggestions li");
  await page.waitForTimeout(500);
  await shoot("2-search");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".relationship-group");
  await page.waitForTimeout(900);
  await shoot("3-entity");
  await page.getByRole("button", { name: look.language === "fr" ? "Tout déplier" : "Expand all" }).click();
  await page.waitForTimeout(500);
  await settle(page);
  await shoot("4-expanded");
  await openEdge(page, address);
  await shoot("5-evidence");
  await page.locator(".quote-source").first().click();
  await page.waitForSelector(".article-text .lit");
  await page.waitForTimeout(400);
  await shoot("6-reader");
  await page.locator(".panel-bar .bare").last().click();
  await page.locator(".screens button").nth(1).click();
  await page.waitForSelector("tbody tr");
  await shoot("7-table");
  await page.locator(".screens button").nth(2).click();
  await page.locator(".examples button").first().click();
  await page.waitForSelector(".query-answer :is(table, p)");
  await shoot("8-query");
  await page.locator(".screens button").first().click();
  await page.locator(".filter-menu .popover-trigger").first().click();
  await shoot("9-filters");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: look.language === "fr" ? "Ajouter un article" : "Add an article" }).click();
  await shoot("10-add");
  await page.keyboard.press("Escape");
  await keepAndTell(page, address, look.language, shoot);
  await page.close();
}

const STORY = {
  fr: {
    name: "La chute de Courtine",
    step: "Le lien",
    text: "Tout part d’ici.",
    save: "Enregistrer",
    typed: "MATCH (a:Pub",
  },
  en: {
    name: "The fall of Courtine",
    step: "The link",
    text: "It all begins here.",
    save: "Save",
    typed: "MATCH (a:Pub",
  },
};

/** A view is saved and told in steps; then the console proposes and complains. */
async function keepAndTell(
  page: Page,
  address: string,
  language: Look["language"],
  shoot: (name: string) => Promise<unknown>,
): Promise<void> {
  const words = STORY[language];
  await openEdge(page, address);
  await page.keyboard.press("v");
  await page.locator(".save-line input").fill(words.name);
  await page.locator(".save-line button").click();
  await page.waitForSelector(".opened-view");
  await page.locator(".screens button").first().click();
  await openEdge(page, address);
  await page.keyboard.press("v");
  await page.locator(".steps-editor > .button").click();
  await page.locator(".step-head input").fill(words.step);
  await page.locator(".step-form textarea").fill(words.text);
  await page.locator(".notices button").click();
  await page.waitForTimeout(600);
  await shoot("11-views");
  await page.locator(".views-save .primary").click();
  await page.waitForSelector(".views-save", { state: "detached" });
  await page.goto(`${page.url()}/present`);
  await page.waitForSelector(".slide");
  await page.waitForTimeout(1_200);
  await shoot("12-cover");
  await page.keyboard.press("ArrowRight");
  await page.waitForSelector(".slide-quote");
  await page.waitForTimeout(900);
  await shoot("13-slide");
  await page.keyboard.press("Escape");
  await page.locator(".toolbar .popover-trigger").last().click();
  await page.waitForTimeout(600);
  await shoot("14-save");
  await page.keyboard.press("Escape");
  await page.locator(".screens button").nth(2).click();
  await page.waitForSelector("#cypher");
  await page.locator("#cypher").click();
  await page.keyboard.insertText(words.typed);
  await page.keyboard.press("Control+Space");
  await page.waitForSelector(".cm-tooltip-autocomplete");
  await shoot("15-completion");
  await page.keyboard.press("Escape");
  await page.keyboard.insertText("lic)\nRETURN a.name,\n  DELETE a");
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector(".cm-lintRange-error");
  await shoot("16-fault");
}

await main();
