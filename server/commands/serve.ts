/**
 * `serve`: the API and the page, until Ctrl+C.
 */
import { randomBytes } from "node:crypto";
import { AppError } from "../errors.ts";
import type { Command, CommandContext, ServeOptions } from "./command.ts";
import { flag, textOption } from "./options.ts";
import { announceOwner, findOwner, withdrawOwner } from "./owner.ts";
import { progressBar, reportLine, type ProgressBar } from "./progress.ts";

export const serveCommand: Command = {
  name: "serve",
  synopsis: "[--port N] [--host H] [--samples] [--adopt]",
  summary: "Serves the page and the API until Ctrl+C.",
  help: `
  --port N    port to listen on (PORT, else 3000; 0 takes a free one)
  --host H    address to listen on (HOST, else 127.0.0.1); another than this machine's own needs FIL_ROUGE_PASSWORD
  --samples   ingest the sample articles when the embedded store is new ("npm start" does)
  --adopt     use a Neo4j database that holds other data already
`,
  options: {
    port: { type: "string" },
    host: { type: "string" },
    samples: { type: "boolean" },
    adopt: { type: "boolean" },
  },
  positionals: { min: 0, max: 0 },
  async run({ options }, context) {
    const port = textOption(options, "port");
    const host = textOption(options, "host");
    const program = context.program({
      ...(port === undefined ? {} : { port }),
      ...(host === undefined ? {} : { host }),
      adopt: flag(options, "adopt"),
    });
    const { dataFolder } = program.config;
    const say = (line: string) => void context.stderr.write(`${line}\n`);
    try {
      const owner = await findOwner(dataFolder, program.storeName);
      if (owner !== null) {
        throw new AppError(
          "store_in_use",
          `Fil rouge runs already at ${owner.address} (process ${owner.pid}) on this data. ` +
            "Open that address, or stop it first, or set FIL_ROUGE_DATA to another folder.",
        );
      }
      const token = randomBytes(32).toString("hex");
      const server = await program.serve({
        samples: flag(options, "samples"),
        token,
        onMessage: say,
        onSample: sampleProgress(context),
      });
      try {
        await announceOwner(dataFolder, {
          pid: process.pid,
          address: server.address,
          token,
          store: program.storeName,
          startedAt: new Date().toISOString(),
        });
        await context.stdout.write(`Fil rouge is at ${server.address}\n`);
        say("Ctrl+C stops it.");
        await aborted(context.signal);
        say("Stopping: finishing what is being written.");
      } finally {
        await withdrawOwner(dataFolder, token);
        await server.close();
      }
    } finally {
      await program.close();
    }
    return 0;
  },
};

/** A bar on a terminal, lines elsewhere. */
function sampleProgress(context: CommandContext): ServeOptions["onSample"] {
  let bar: ProgressBar | null = null;
  return (report, done, total) => {
    const { stderr } = context;
    if (stderr.isTerminal) bar ??= progressBar(stderr, total);
    bar?.step();
    if (bar === null || report.problem !== null)
      void stderr.write(`sample ${done} of ${total}: ${reportLine(report)}\n`);
    if (done < total) return;
    bar?.stop();
    void stderr.write("The samples are in the graph. They are invented; the page removes them with one click.\n");
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
