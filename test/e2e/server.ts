/**
 * The real program in a process of its own: real store, real model, its samples, on a free port and in an empty folder.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Health } from "../../server/contract/report.ts";

export interface RunningServer {
  address: string;
  health(): Promise<Health>;
  /** Ends the process and waits for it; the folder stays for a restart. */
  stop(): Promise<void>;
  restart(): Promise<void>;
  /** Stops and removes the folder. */
  close(): Promise<void>;
}

const PROGRAM = resolve(import.meta.dirname, "../../dist/server/main.js");
const SAMPLES = 12;
const START_MILLISECONDS = 60_000;
/** A dozen articles on a small machine that does other things as well. */
const SAMPLES_MILLISECONDS = 600_000;

export async function startServer(options: { samples: boolean }): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), "fil-rouge-e2e-"));
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;

  const health = async (): Promise<Health> => (await (await fetch(`${address}/api/health`)).json()) as Health;
  const stop = async () => {
    const running = child;
    child = null;
    if (running?.exitCode !== null) return;
    const gone = new Promise((done) => running.once("exit", done));
    running.kill("SIGTERM");
    await gone;
  };
  const start = async () => {
    const words = [PROGRAM, "serve", "--port", String(port), ...(options.samples ? ["--samples"] : [])];
    child = spawn(process.execPath, words, {
      env: { ...process.env, FIL_ROUGE_DATA: folder, LOG_LEVEL: "warn", NEO4J_URI: "" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text: Buffer) => (said += text.toString()));
    await until(`the server answers (it said: ${said})`, START_MILLISECONDS, () => health().then((one) => one.ok));
  };

  await start();
  if (options.samples) {
    const read = async () => (await health()).counts.documents >= SAMPLES;
    await until("the samples are read", SAMPLES_MILLISECONDS, read);
  }
  return {
    address,
    health,
    stop,
    restart: start,
    close: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function until(what: string, milliseconds: number, check: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + milliseconds;
  while (Date.now() < end) {
    if (await check().catch(() => false)) return;
    await new Promise((done) => setTimeout(done, 250));
  }
  throw new Error(`Waited ${milliseconds} ms in vain until ${what}.`);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, "127.0.0.1", done));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  if (address === null || typeof address === "string") throw new Error("No free port was found.");
  return address.port;
}
