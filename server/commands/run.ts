/**
 * From the words of the command line to one command's exit status: finds the command, parses its options, tells faults in one
 * line.
 */
import { parseArgs } from "node:util";
import { AppError, exitStatus, toAppError } from "../errors.ts";
import type { Command, CommandContext, OptionValues } from "./command.ts";
import { corpusCommand } from "./corpus.ts";
import {
  annotatedCommand,
  decideCommand,
  historyCommand,
  reviewCommand,
  suggestionsAcceptCommand,
  suggestionsCommand,
  undoCommand,
} from "./decisions.ts";
import { documentsDeleteCommand } from "./documents.ts";
import { evaluateCommand } from "./evaluate.ts";
import { exportCommand } from "./export.ts";
import { extractCommand } from "./extract.ts";
import { importCommand } from "./import.ts";
import { ingestCommand } from "./ingest.ts";
import { listsAddCommand, listsRemoveCommand, listsShowCommand } from "./lists.ts";
import { queryCommand } from "./query.ts";
import { rebuildCommand, reextractCommand } from "./rebuild.ts";
import { samplesRemoveCommand } from "./samples.ts";
import { serveCommand } from "./serve.ts";
import { verifyCommand } from "./verify.ts";
import { watchCommand } from "./watch.ts";

export const COMMANDS: readonly Command[] = [
  serveCommand,
  extractCommand,
  ingestCommand,
  watchCommand,
  reextractCommand,
  rebuildCommand,
  samplesRemoveCommand,
  documentsDeleteCommand,
  listsAddCommand,
  listsRemoveCommand,
  listsShowCommand,
  suggestionsCommand,
  suggestionsAcceptCommand,
  reviewCommand,
  decideCommand,
  undoCommand,
  historyCommand,
  annotatedCommand,
  queryCommand,
  exportCommand,
  importCommand,
  verifyCommand,
  evaluateCommand,
  corpusCommand,
];

/** 128 + SIGINT, as shells tell it. */
const INTERRUPTED = 130;

/** Runs one command line. Never throws: every fault is a line on standard error and an exit status. */
export async function runCommandLine(
  words: readonly string[],
  context: CommandContext,
  version: string,
): Promise<number> {
  try {
    const first = words[0];
    if (first === undefined || first === "help" || first === "--help" || first === "-h") {
      await context.stdout.write(overview());
      return first === undefined ? 2 : 0;
    }
    if (first === "--version" || first === "-v") {
      await context.stdout.write(`fil-rouge ${version}\n`);
      return 0;
    }
    const command = findCommand(words);
    if (command === null) {
      await context.stderr.write(`${unknownCommand(words)}\n`);
      return 2;
    }
    const rest = words.slice(command.name.split(" ").length);
    if (rest.includes("--help") || rest.includes("-h")) {
      await context.stdout.write(`${usage(command)}\n\n${command.summary}\n${command.help}`);
      return 0;
    }
    const status = await command.run(parse(command, rest), context);
    return context.signal.aborted && command.name !== "serve" ? INTERRUPTED : status;
  } catch (error) {
    const fault = toAppError(error);
    for (const line of describe(fault)) await context.stderr.write(`${line}\n`);
    return exitStatus(fault.code);
  }
}

function findCommand(words: readonly string[]): Command | null {
  const named = (name: string) => COMMANDS.find((command) => command.name === name) ?? null;
  return named(words.slice(0, 2).join(" ")) ?? named(words[0] ?? "");
}

function unknownCommand(words: readonly string[]): string {
  const [first = "", second] = words;
  const begun = COMMANDS.filter((command) => command.name.startsWith(`${first} `));
  if (begun.length > 0) {
    const what = second === undefined ? `"${first}" needs a second word` : `"${first} ${second}" is no command`;
    return `${what}. ${begun.map(usage).join("\n")}`;
  }
  return `"${first}" is no command. Usage: fil-rouge COMMAND, one of: ${COMMANDS.map(({ name }) => name).join(", ")}.`;
}

function parse(command: Command, words: string[]): { positionals: string[]; options: OptionValues } {
  let parsed;
  try {
    parsed = parseArgs({ args: words, options: command.options, allowPositionals: true, strict: true });
  } catch (cause) {
    const why = cause instanceof Error ? (cause.message.split(/\. |\n/)[0] ?? "") : String(cause);
    throw wrongUse(command, `${why.replace(/\.$/, "")}.`, cause);
  }
  const { min, max } = command.positionals;
  const { positionals } = parsed;
  if (positionals.length < min) throw wrongUse(command, "Something is missing.");
  if (positionals.length > max) throw wrongUse(command, `"${positionals[max] ?? ""}" is too much.`);
  return { positionals, options: parsed.values };
}

function wrongUse(command: Command, what: string, cause?: unknown): AppError {
  return new AppError("usage", `${what} ${usage(command)}`, { cause });
}

export function usage(command: Pick<Command, "name" | "synopsis">): string {
  return `Usage: fil-rouge ${command.name}${command.synopsis === "" ? "" : ` ${command.synopsis}`}`;
}

function overview(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  const lines = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    "Usage: fil-rouge COMMAND [OPTIONS]",
    "",
    "Turns news and reports into a graph of who did what to whom, each relationship with the sentence that states it.",
    "",
    ...lines,
    "",
    '"fil-rouge COMMAND --help" tells more. Settings (PORT, HOST, FIL_ROUGE_DATA, NEO4J_URI…) come from the environment.',
    "",
  ].join("\n");
}

function describe(fault: AppError): string[] {
  return [
    `fil-rouge: ${fault.message}`,
    ...fault.issues.map((issue) => `  ${issue.path === "" ? "" : `${issue.path}: `}${issue.message}`),
  ];
}
