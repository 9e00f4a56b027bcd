/**
 * `rebuild` and `reextract`: the graph computed again, from the stored extractions or from the stored texts.
 */
import type { JobTask } from "../contract/report.ts";
import type { Command, CommandContext } from "./command.ts";
import { withGraph } from "./graph-access.ts";
import { addToTally, emptyTally, progressBar, reportLine, summaryLine, type ProgressBar } from "./progress.ts";

export const rebuildCommand: Command = {
  name: "rebuild",
  synopsis: "",
  summary: "Computes the graph again from the stored extractions.",
  help: `
Nothing is read or extracted again. Killed in the middle, it goes on at the next start.
`,
  options: {},
  positionals: { min: 0, max: 0 },
  run: (_args, context) => recompute("rebuild", context),
};

export const reextractCommand: Command = {
  name: "reextract",
  synopsis: "",
  summary: "Runs the present extractor over the stored documents.",
  help: `
The graph stays as it is until every document is extracted; Ctrl+C before that changes nothing.
`,
  options: {},
  positionals: { min: 0, max: 0 },
  run: (_args, context) => recompute("reextract", context),
};

async function recompute(task: Exclude<JobTask, "ingest">, context: CommandContext): Promise<number> {
  const program = context.program();
  const tally = emptyTally();
  let bar: ProgressBar | null = null;
  try {
    await withGraph(program, context, (graph) =>
      graph.recompute(task, {
        signal: context.signal,
        onTotal: (total) => (bar ??= progressBar(context.stderr, total)),
        onReport: async (report) => {
          addToTally(tally, report);
          bar?.step();
          if (report.problem !== null) await context.stderr.write(`${reportLine(report)}\n`);
        },
      }),
    );
  } finally {
    (bar as ProgressBar | null)?.stop();
  }
  await context.stdout.write(`${summaryLine(tally)}\n`);
  return tally.failed > 0 ? 1 : 0;
}
