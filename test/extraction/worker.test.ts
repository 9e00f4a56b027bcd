/**
 * The extractor's life: opening, faults of the model's files, cancelling, closing, and what it costs the process that uses it.
 */
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ontologySchema } from "../../server/contract/ontology.ts";
import { AppError } from "../../server/errors.ts";
import type * as NeuralExtractor from "../../server/extraction/neural-extractor.ts";
import { openNeuralExtractor } from "../../server/extraction/neural-extractor.ts";
import { documentOf, ENGLISH_ARTICLE, FRENCH_ARTICLE } from "./written-articles.ts";

const MODEL = resolve("data/model");
const ontology = ontologySchema.parse(JSON.parse(readFileSync("data/ontology.json", "utf8")));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fil-rouge-model-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A copy of the model's folder: the files named are copies that may be spoilt, the others links. */
function modelWith(name: string, spoil: (path: string) => void): string {
  const copy = mkdtempSync(join(folder, "copy-"));
  for (const file of ["model.json", "encoder.onnx", "branch.onnx", "relations.onnx", "vocabulary.json"]) {
    if (file === name) {
      cpSync(join(MODEL, file), join(copy, file));
      spoil(join(copy, file));
    } else {
      symlinkSync(join(MODEL, file), join(copy, file));
    }
  }
  return copy;
}

async function openingFault(path: string): Promise<AppError> {
  const opened = await openNeuralExtractor({ folder: path, ontology }).catch((error: unknown) => error);
  if (opened instanceof AppError) return opened;
  if (!(opened instanceof Error)) await (opened as { close(): Promise<void> }).close();
  throw new Error("the model opened, or failed with another error", { cause: opened });
}

describe("a model that cannot run is told in one sentence with the file and the remedy:", () => {
  test.each<[string, string, (path: string) => void, RegExp]>([
    [
      "a truncated graph",
      "encoder.onnx",
      (path) => truncateSync(path, 1_000),
      /encoder\.onnx is damaged or of another version/,
    ],
    [
      "one byte changed",
      "relations.onnx",
      (path) => {
        const bytes = readFileSync(path);
        bytes[5_000] = (bytes[5_000]! + 1) % 256;
        writeFileSync(path, bytes);
      },
      /relations\.onnx is damaged or of another version/,
    ],
    ["a missing file", "vocabulary.json", (path) => rmSync(path), /vocabulary\.json cannot be read/],
    ["a manifest that is no JSON", "model.json", (path) => writeFileSync(path, "{"), /model\.json cannot be read/],
    [
      "labels in another order",
      "model.json",
      (path) => {
        const manifest = JSON.parse(readFileSync(path, "utf8")) as { types: string[] };
        writeFileSync(path, JSON.stringify({ ...manifest, types: [...manifest.types].reverse() }));
      },
      /model\.json does not fit this program \(types: /,
    ],
  ])("%s", async (_name, file, spoil, message) => {
    const error = await openingFault(modelWith(file, spoil));
    expect(error.code).toBe("model_unavailable");
    expect(error.message).toMatch(message);
    expect(error.message).toContain("Restore data/model from the repository");
  });

  test("a folder that is not there", async () => {
    const error = await openingFault(join(folder, "nowhere"));
    expect([error.code, error.message.includes("nowhere")]).toEqual(["model_unavailable", true]);
  });
});

test("the built program extracts the same as the sources", async () => {
  const built = resolve("dist/server/extraction/neural-extractor.js");
  if (!existsSync(built)) throw new Error("dist/ is missing: npm test builds it first");
  const { openNeuralExtractor: openBuilt } = (await import(/* @vite-ignore */ built)) as typeof NeuralExtractor;
  const [fromBuild, fromSources] = await Promise.all([
    openBuilt({ folder: MODEL, ontology }),
    openNeuralExtractor({ folder: MODEL, ontology }),
  ]);
  const document = documentOf(ENGLISH_ARTICLE, "en");
  expect(await fromBuild.extract(document)).toEqual(await fromSources.extract(document));
  await Promise.all([fromBuild.close(), fromSources.close()]);
});

describe("an open extractor", () => {
  const long = Array.from({ length: 15 }, () => FRENCH_ARTICLE).join("\n\n");

  test("names the model's version", async () => {
    const { version } = JSON.parse(readFileSync(join(MODEL, "model.json"), "utf8")) as { version: string };
    const extractor = await openNeuralExtractor({ folder: MODEL, ontology });
    expect(extractor.version).toBe(`fil-rouge-${version}`);
    expect((await extractor.extract(documentOf(FRENCH_ARTICLE))).extractor).toBe(extractor.version);
    await extractor.close();
  });

  test("stops a document that is given up, and goes on with the next", async () => {
    const extractor = await openNeuralExtractor({ folder: MODEL, ontology });
    const reason = new Error("given up");
    await expect(extractor.extract(documentOf(long), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const given = extractor.extract(documentOf(long), { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 50);
    await expect(given).rejects.toBe(reason);
    const start = performance.now();
    expect((await extractor.extract(documentOf("Europol siège à La Haye."))).entities.length).toBeGreaterThan(0);
    const afterGivingUp = performance.now() - start;
    const whole = performance.now();
    await extractor.extract(documentOf(long));
    expect(afterGivingUp).toBeLessThan(performance.now() - whole);
    await extractor.close();
  });

  test("finishes what it has when it is closed, and takes nothing more", async () => {
    const extractor = await openNeuralExtractor({ folder: MODEL, ontology });
    const given = extractor.extract(documentOf(FRENCH_ARTICLE));
    const [extraction] = await Promise.all([given, extractor.close()]);
    expect(extraction.entities.length).toBeGreaterThan(0);
    await expect(extractor.extract(documentOf(FRENCH_ARTICLE))).rejects.toThrow(AppError);
    await extractor.close();
  });

  test("leaves the event loop free", async () => {
    const extractor = await openNeuralExtractor({ folder: MODEL, ontology });
    let longest = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const start = performance.now();
    await extractor.extract(documentOf(long));
    const whole = performance.now() - start;
    clearInterval(timer);
    expect(longest).toBeLessThan(Math.max(whole / 4, 300));
    await extractor.close();
  });

  test("holds no more memory after hundreds of varied articles than after some", async () => {
    const extractor = await openNeuralExtractor({ folder: MODEL, ontology });
    const sentences = `${FRENCH_ARTICLE} ${ENGLISH_ARTICLE}`.split(/(?<=[.»"]) /);
    const article = (index: number): string =>
      Array.from({ length: 1 + (index % 5) }, (_, at) => sentences[(index * 7 + at * 3) % sentences.length]!).join(
        " ",
      ) + ` n${index}`;
    const run = async (from: number, to: number): Promise<number> => {
      for (let index = from; index < to; index += 1) await extractor.extract(documentOf(article(index)));
      return process.memoryUsage().rss / 2 ** 20;
    };
    const settled = await run(0, 60);
    expect(await run(60, 200)).toBeLessThan(settled + 120);
    await extractor.close();
  }, 300_000);
});
