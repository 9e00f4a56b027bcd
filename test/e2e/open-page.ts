/**
 * What every end-to-end suite of the page starts from: the real program with its samples, a real Chromium, and a fresh page a
 * test that fails on any fault of the page and on any request to somewhere else.
 */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from "vitest";
import { chromiumPath, launchBrowser } from "./browser.ts";
import { startServer, type RunningServer } from "./server.ts";

export interface Visit {
  server: RunningServer;
  context: BrowserContext;
  page: Page;
}

const missing = chromiumPath() === null;

/** Without Chromium the suite is skipped, save in continuous integration. */
export function describePage(name: string, suite: (visit: Visit) => void, options: BrowserContextOptions = {}): void {
  describe.skipIf(missing && process.env["CI"] === undefined)(name, () => {
    const visit = {} as Visit;
    let browser: Browser;
    let faults: string[];
    const started: { close(): Promise<void> }[] = [];

    beforeAll(async () => {
      visit.server = await startServer({ samples: true });
      started.push(visit.server);
      browser = await launchBrowser();
      started.push(browser);
    }, 700_000);
    afterAll(async () => {
      for (const one of started.reverse()) await one.close();
    });
    beforeEach(async () => {
      visit.context = await browser.newContext({
        locale: "en-GB",
        viewport: { width: 1280, height: 720 },
        reducedMotion: "reduce",
        ...options,
      });
      visit.page = await visit.context.newPage();
      faults = [];
      visit.page.on("pageerror", (error) => faults.push(error.message));
      visit.page.on("request", (request) => {
        const address = request.url();
        if (!address.startsWith(visit.server.address) && !address.startsWith("blob:")) faults.push(address);
      });
      await visit.page.goto(visit.server.address);
      await settled(visit.page);
    });
    afterEach(async () => {
      await visit.context.close();
      expect(faults).toEqual([]);
    });

    suite(visit);
  });
}

/** The layout has stopped. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector(".status-line .counts", { timeout: 60_000 });
  await page.waitForFunction(() => document.querySelector(".running") === null, null, { timeout: 60_000 });
}

export async function ask<T>({ server }: Visit, path: string, body?: unknown): Promise<T> {
  const init =
    body === undefined
      ? {}
      : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  return (await (await fetch(`${server.address}/api/${path}`, init)).json()) as T;
}

export async function openScreen(page: Page, name: "Graph" | "Table" | "Cypher" | "Review"): Promise<void> {
  await page.getByRole("navigation").getByRole("button", { name }).click();
}
