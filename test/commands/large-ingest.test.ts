import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { beforeAll, expect, test, vi } from "vitest";
import { randomNumbers } from "../bench/synthetic.ts";
import { extractionOf } from "../ingest/extractions.ts";
import { buildProgram, openCli } from "./cli.ts";

vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });
beforeAll(buildProgram);

const ARTICLES = 400;
const WORDS_AN_ARTICLE = 20_000;
/** Of JavaScript's heap, in MB. The texts alone would need twice as much: a sign beyond Latin-1 makes every letter two bytes. */
const HEAP_MB = 90;

test("a file of extractions is ingested in less memory than it would fill", async () => {
  const cli = await openCli();
  try {
    const random = randomNumbers(3);
    const file = createWriteStream(join(cli.folder, "all.jsonl"));
    let characters = 0;
    for (let number = 0; number < ARTICLES; number += 1) {
      const sentence = `Europol a neutralisé Amaq ${number} ☂.`;
      const words = Array.from({ length: WORDS_AN_ARTICLE }, () => Math.floor(random() * 1e4).toString(36));
      const text = `${sentence} ${words.join(" ")}`;
      characters += text.length;
      const extraction = extractionOf(text, ["Europol", "Amaq"], [["Europol", "TOOK_DOWN", "Amaq"]], {
        claim: { end: sentence.length, quote: sentence },
      });
      if (!file.write(`${JSON.stringify(extraction)}\n`)) await once(file, "drain");
    }
    file.end();
    await once(file, "close");
    expect(2 * characters).toBeGreaterThan(0.6 * HEAP_MB * 1e6);

    const { status, stdout, stderr } = await cli.run(["ingest", "all.jsonl"], {
      env: { NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}` },
    });
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout.trimEnd().split("\n").at(-1)).toBe(
      `${ARTICLES} documents: ${ARTICLES} added; 2 new entities, ${ARTICLES} claims.`,
    );
  } finally {
    await cli.close();
  }
});
