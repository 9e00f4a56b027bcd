/** Seconds from the start of the program to the first answer: on an empty folder (samples are read) and on a filled one. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../neo4j/server.ts";
import { table } from "./timing.ts";

const DEADLINE_MS = 300_000;

export async function startTime(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "fil-rouge-bench-"));
  try {
    const first = await seconds(folder);
    const again = await seconds(folder);
    return table(
      "From the start to the first graph",
      ["", "seconds"],
      [
        ["first start, twelve samples ingested", first],
        ["second start", again],
      ],
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function seconds(folder: string): Promise<number> {
  const port = await freePort();
  const begun = performance.now();
  const program = spawn(process.execPath, ["dist/server/main.js", "serve", "--samples", "--port", String(port)], {
    env: { ...process.env, FIL_ROUGE_DATA: folder },
    stdio: "ignore",
  });
  const ended = new Promise((resolve) => program.once("exit", resolve));
  try {
    for (;;) {
      if (performance.now() - begun > DEADLINE_MS) throw new Error("The program gave no graph within five minutes.");
      if (await hasGraph(port)) return (performance.now() - begun) / 1000;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  } finally {
    program.kill("SIGTERM");
    await ended;
  }
}

async function hasGraph(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/api/health`);
    const health = (await answer.json()) as { counts: { documents: number } };
    return health.counts.documents === 12;
  } catch {
    return false;
  }
}
