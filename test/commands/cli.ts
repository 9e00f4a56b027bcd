/**
 * The built program, run as people run it: `node dist/server/main.js`, in a folder of its own.
 */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PROGRAM = join(ROOT, "dist", "server", "main.js");

/** Does nothing when the sources have not changed since. */
export function buildProgram(): void {
  execFileSync(process.execPath, [join(ROOT, "build.mjs"), "--server"], { stdio: "ignore" });
}

export interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

export interface Cli {
  /** Where the commands run; the store is `.fil-rouge` in it. */
  folder: string;
  run(words: readonly string[], options?: { stdin?: string | Buffer; env?: Record<string, string> }): Promise<Outcome>;
  start(words: readonly string[], env?: Record<string, string>): Running;
  /** `serve` on a free port, once it listens. */
  serve(words?: readonly string[], env?: Record<string, string>): Promise<Running & { address: string }>;
  close(): Promise<void>;
}

export interface Running {
  child: ChildProcess;
  /** What was printed until now. */
  stdout(): string;
  stderr(): string;
  /** Resolves when the pattern stands in what was printed. */
  printed(pattern: RegExp): Promise<void>;
  ended: Promise<Outcome>;
}

export async function openCli(): Promise<Cli> {
  const folder = await mkdtemp(join(tmpdir(), "cli-"));
  const children = new Set<ChildProcess>();

  const start = (words: readonly string[], env: Record<string, string> = {}): Running => {
    const child = spawn(process.execPath, [PROGRAM, ...words], {
      cwd: folder,
      env: { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "", ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    children.add(child);
    let stdout = "";
    let stderr = "";
    const watchers = new Set<() => void>();
    const look = () => watchers.forEach((watcher) => watcher());
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      look();
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      look();
    });
    const ended = new Promise<Outcome>((resolve) => {
      child.on("close", (status) => {
        children.delete(child);
        resolve({ status, stdout, stderr });
      });
    });
    return {
      child,
      stdout: () => stdout,
      stderr: () => stderr,
      ended,
      printed: (pattern) =>
        new Promise((resolve, reject) => {
          const watcher = () => {
            if (!pattern.test(stdout + stderr)) return;
            watchers.delete(watcher);
            resolve();
          };
          watchers.add(watcher);
          void ended.then(() => reject(new Error(`ended before ${String(pattern)}:\n${stdout}${stderr}`)));
          watcher();
        }),
    };
  };

  return {
    folder,
    start,
    run(words, { stdin = "", env = {} } = {}) {
      const running = start(words, env);
      // A program that does not read its input ends before it is written.
      running.child.stdin?.on("error", () => undefined);
      running.child.stdin?.end(stdin);
      return running.ended;
    },
    async serve(words = [], env = {}) {
      const running = start(["serve", "--port", "0", ...words], env);
      await running.printed(/Fil rouge is at /);
      const address = /Fil rouge is at (\S+)/.exec(running.stdout())?.[1] ?? "";
      return { ...running, address };
    },
    async close() {
      for (const child of children) child.kill("SIGKILL");
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
