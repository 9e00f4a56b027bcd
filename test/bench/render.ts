/**
 * Drawing beside cytoscape.js and vis-network: first frame, memory, frames while dragging and zooming, with the same graph and
 * positions in one run of one Chromium. It draws in software where there is no graphics card: then the ratios count.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";
import { build } from "vite";
import { FAMILY_OF_TYPE, labelsOfType, NODE_TYPES, RELATIONSHIP_TYPES } from "../../server/contract/ontology.ts";
import { launchBrowser } from "../e2e/browser.ts";
import type { Drawn, firstFrame, nextFrame, RendererName } from "./render-page.ts";
import { table } from "./timing.ts";

const SIZES = [1_000, 5_000, 20_000];
const RENDERERS: readonly RendererName[] = ["Fil rouge", "cytoscape", "vis-network"];
const STEPS = 8;
const LIMIT_MILLISECONDS = 60_000;

class TooLate extends Error {
  override readonly name = "TooLate";
}

interface Bench {
  firstFrame: typeof firstFrame;
  nextFrame: typeof nextFrame;
}

export async function renderSpeed(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fil-rouge-render-"));
  const browser = await launchBrowser([
    "--js-flags=--expose-gc",
    "--enable-precise-memory-info",
    "--disable-frame-rate-limit",
    "--disable-gpu-vsync",
  ]);
  try {
    const script = await bundle(folder);
    const rows: (string | number)[][] = [];
    for (const size of SIZES) {
      const drawn = graphOf(size);
      for (const name of RENDERERS) {
        const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
        try {
          rows.push([`${size / 1_000}k`, name, ...(await measured(page, script, name, drawn))]);
        } catch (error) {
          if (!(error instanceof TooLate)) throw error;
          rows.push([`${size / 1_000}k`, name, error.message, "", "", ""]);
        } finally {
          await page.close();
        }
      }
    }
    const header = ["nodes, 2× edges", "", "first frame, ms", "frames a second, dragging", "zooming", "heap, MB"];
    return table("Drawing", header, rows);
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function bundle(folder: string): Promise<string> {
  await build({
    configFile: false,
    root: resolve(import.meta.dirname, "../.."),
    logLevel: "error",
    build: {
      outDir: folder,
      minify: true,
      lib: {
        entry: join(import.meta.dirname, "render-page.ts"),
        formats: ["iife"],
        name: "page",
        fileName: () => "page.js",
      },
    },
    define: { "process.env.NODE_ENV": '"production"' },
  });
  return join(folder, "page.js");
}

async function measured(page: Page, script: string, name: RendererName, drawn: Drawn): Promise<number[]> {
  page.setDefaultTimeout(LIMIT_MILLISECONDS);
  await page.setContent(`<div id="canvas" style="position:fixed;inset:0"></div>`);
  await page.addScriptTag({ path: script });
  const { first, memory } = await within(
    page.evaluate(([which, given]) => (globalThis as unknown as { bench: Bench }).bench.firstFrame(which, given), [
      name,
      drawn,
    ] as const),
  );
  const frame = () => page.evaluate(() => (globalThis as unknown as { bench: Bench }).bench.nextFrame());
  await frame();
  // An empty corner: a drag that begins on a node would move it.
  await page.mouse.move(3, 3);
  await page.mouse.down();
  const dragging = await within(
    framesASecond(async (step) => {
      await page.mouse.move(3 + step * 9, 3 + step * 5);
      await frame();
    }),
  );
  await page.mouse.up();
  await page.mouse.move(640, 360);
  const zooming = await within(
    framesASecond(async (step) => {
      await page.mouse.wheel(0, step % 2 === 0 ? 60 : -60);
      await frame();
    }),
  );
  return [first, dragging, zooming, memory];
}

async function framesASecond(step: (index: number) => Promise<void>): Promise<number> {
  // The first moves start what is done once a gesture.
  for (let index = 1; index <= 2; index += 1) await step(index);
  const begun = performance.now();
  for (let index = 3; index < 3 + STEPS; index += 1) await step(index);
  return (STEPS * 1_000) / (performance.now() - begun);
}

function within<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new TooLate(`not within ${LIMIT_MILLISECONDS / 1_000} s`)), LIMIT_MILLISECONDS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Each node joins two earlier ones, better known ones more often; positions fill a disc. The same on every run. */
function graphOf(size: number): Drawn {
  let state = 7;
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const pick = <T>(from: readonly [T, ...T[]] | readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const ends: number[] = [0, 1];
  const nodes = Array.from({ length: size }, (_, at) => ({
    id: `n${at}`,
    name: `Name ${at}`,
    labels: labelsOfType(pick(NODE_TYPES)),
    kind: null,
    aliases: [],
    countries: [],
    mentionCount: 1 + Math.floor(20 * random() ** 3),
    documentCount: 1,
    firstSeen: null,
    lastSeen: null,
    tags: [],
    notes: [],
  }));
  const edges = Array.from({ length: size * 2 }, (_, at) => {
    const source = at % size;
    const target = (pick(ends) + (source === 0 ? 1 : 0)) % size;
    ends.push(source, target);
    const type = pick(RELATIONSHIP_TYPES);
    return {
      id: `e${at}`,
      type,
      family: FAMILY_OF_TYPE[type],
      source: `n${source}`,
      target: `n${target}`,
      symmetric: false,
      derived: false,
      via: [],
      standing: random() < 0.2 ? ("alleged" as const) : ("stated" as const),
      contested: false,
      former: false,
      claims: 1,
      documents: 1,
      sources: 1,
      confidence: 0.9,
      firstDate: null,
      lastDate: null,
    };
  });
  const positions = nodes.map(({ id }): [string, number, number] => {
    const radius = Math.sqrt(random() * size) * 40;
    const angle = random() * 2 * Math.PI;
    return [id, radius * Math.cos(angle), radius * Math.sin(angle)];
  });
  return { graph: { nodes, edges, truncated: false, total: size }, positions };
}
