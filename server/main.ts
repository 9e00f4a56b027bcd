#!/usr/bin/env node
/**
 * The program: connects the process (words, streams, signals) with the command line, and composes what a command asks for.
 */
import type { CommandContext, Output, Program } from "./commands/command.ts";
import { runCommandLine } from "./commands/run.ts";
import { compose, programVersion } from "./compose.ts";
import { readConfig } from "./config.ts";

/** 128 + SIGINT. */
const KILLED_BY_INTERRUPT = 130;
const ONE_KEYSTROKE_MS = 1_000;
const HOUR_MS = 3_600_000;

function outputTo(stream: NodeJS.WriteStream): Output {
  return {
    get isTerminal() {
      return stream.isTTY;
    },
    get columns() {
      return stream.isTTY ? stream.columns : 80;
    },
    write: (text) =>
      new Promise((resolve) => {
        if (stream.write(text)) resolve();
        else stream.once("drain", resolve);
      }),
  };
}

const interruption = new AbortController();
let interruptedAt = Infinity;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    // The second time, the person means it. One Ctrl+C may arrive twice: from the terminal and handed on by npm.
    if (performance.now() - interruptedAt > ONE_KEYSTROKE_MS) process.exit(KILLED_BY_INTERRUPT);
    if (!interruption.signal.aborted) interruptedAt = performance.now();
    interruption.abort();
  });
}
// A reader that has seen enough (`| head`) is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 1);
});

let program: Program | null = null;
const context: CommandContext = {
  stdin: process.stdin,
  stdout: outputTo(process.stdout),
  stderr: outputTo(process.stderr),
  signal: interruption.signal,
  program(overrides = {}) {
    program ??= compose(readConfig(overrides), { adopt: overrides.adopt === true });
    return program;
  },
  anotherProgram: () => compose(readConfig()),
};

// The command alone keeps the program running: what it waits for may be a process or a thread that holds nobody.
const running = setInterval(() => undefined, HOUR_MS);
process.exitCode = await runCommandLine(process.argv.slice(2), context, programVersion());
clearInterval(running);
