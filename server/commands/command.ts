/**
 * What a command is and what it is given. `main.ts` makes the context, `run.ts` chooses the command.
 */
import type { ParseArgsConfig } from "node:util";
import type { Config } from "../config.ts";
import type { Ontology } from "../contract/ontology.ts";
import type { DocumentReport } from "../contract/report.ts";
import type { Decisions } from "../decisions/decisions.ts";
import type { Extractor } from "../extraction/extractor.ts";
import type { IngestInput } from "../ingest.ts";
import type { ActorLists } from "../lists/actor-lists.ts";
import type { RebuildParts } from "../rebuild.ts";
import type { GraphStore } from "../store/graph-store.ts";
import type { WatchBook } from "../watching/watch-book.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** Where text goes. `write` resolves when the receiver can take more. */
export interface Output {
  readonly isTerminal: boolean;
  /** Characters in a line of the terminal; 80 elsewhere. */
  readonly columns: number;
  write(text: string): Promise<void>;
}

/** A listening server. */
export interface RunningServer {
  /** `http://127.0.0.1:3000` */
  readonly address: string;
  /** Finishes the current write, answers no new request, closes store and model. */
  close(): Promise<void>;
}

export interface ServeOptions {
  /** Ingest the samples when the embedded store is new. */
  samples: boolean;
  /** What commands of this machine present to the server; written into the data folder. */
  token: string;
  onMessage: (line: string) => void;
  /** One call a sample, `done` of `total`. */
  onSample: (report: DocumentReport, done: number, total: number) => void;
}

/** The composed program: ports opened when first asked for, so that no command loads what it does not use. */
export interface Program {
  readonly version: string;
  readonly config: Config;
  readonly workspace: Workspace;
  readonly pipeline: RebuildParts;
  readonly watchBook: WatchBook;
  readonly actorLists: ActorLists;
  readonly decisions: Decisions;
  /** Tells the store of this configuration from any other. */
  readonly storeName: string;
  ontology(): Promise<Ontology>;
  store(): Promise<GraphStore>;
  extractor(): Promise<Extractor>;
  /** Files of the given paths, folders walked in order of name. What cannot be read arrives as a problem. */
  walk(paths: readonly string[]): AsyncIterable<IngestInput>;
  serve(options: ServeOptions): Promise<RunningServer>;
  close(): Promise<void>;
}

export interface CommandContext {
  stdin: AsyncIterable<Uint8Array>;
  stdout: Output;
  stderr: Output;
  /** Aborted by the first Ctrl+C: finish what is begun, say what was done. */
  signal: AbortSignal;
  /** Composes the program once. Port and host of the command line win over the settings. */
  program(overrides?: { port?: string; host?: string; adopt?: boolean }): Program;
  /** One more program, for a command that lets go of the store between two pieces of its work. The caller closes it. */
  anotherProgram(): Program;
}

export type OptionValues = Record<string, string | boolean | (string | boolean)[] | undefined>;

export interface Command {
  /** As typed: one word, or two (`samples remove`). */
  name: string;
  /** After the name: `FILE... [--format json|jsonl]`. */
  synopsis: string;
  /** One line. */
  summary: string;
  /** What `--help` tells beyond the line of usage. */
  help: string;
  options: NonNullable<ParseArgsConfig["options"]>;
  /** How many arguments it takes. */
  positionals: { min: number; max: number };
  /** @returns the exit status. @throws AppError, which becomes one line and its exit status. */
  run(args: { positionals: string[]; options: OptionValues }, context: CommandContext): Promise<number>;
}
