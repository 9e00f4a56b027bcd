/**
 * `evaluate`: scores the extractor on annotated articles.
 */
import { writeFile } from "node:fs/promises";
import { evaluateFolder } from "../corpus/corpus-files.ts";
import { renderErrorReport } from "../corpus/error-report.ts";
import { renderScores } from "../corpus/render-scores.ts";
import { AppError } from "../errors.ts";
import type { Extractor } from "../extraction/extractor.ts";
import type { Command, CommandContext } from "./command.ts";
import { flag, textOption } from "./options.ts";
import { progressBar, type ProgressBar } from "./progress.ts";

export const evaluateCommand: Command = {
  name: "evaluate",
  synopsis: "FOLDER [--json] [--errors FILE.html]",
  summary: "Scores the extractor on annotated articles (*.ann.md).",
  help: `
  FOLDER              annotated articles; folders in it are walked
  --json              the scores as JSON
  --errors FILE.html  a page that shows every miss and every invention in its sentence
`,
  options: { json: { type: "boolean" }, errors: { type: "string" } },
  positionals: { min: 1, max: 1 },
  async run({ positionals, options }, context) {
    const page = textOption(options, "errors");
    const program = context.program();
    let bar: ProgressBar | null = null;
    try {
      const ontology = await program.ontology();
      // The model is opened at the first article: a folder without any is told at once.
      const extract: Extractor["extract"] = async (...given) => (await program.extractor()).extract(...given);
      const { scores, gold, predicted } = await evaluateFolder(
        positionals[0] ?? "",
        { extract },
        {
          ontology,
          signal: context.signal,
          onProgress(_done, total) {
            bar ??= progressBar(context.stderr, total);
            bar.step();
          },
        },
      );
      stopBar(bar);
      bar = null;
      await context.stdout.write(flag(options, "json") ? `${JSON.stringify(scores, null, 2)}\n` : renderScores(scores));
      if (page !== undefined) await writePage(page, renderErrorReport(gold, predicted), context);
      return 0;
    } catch (error) {
      if (context.signal.aborted) throw new AppError("usage", "Stopped; scores of a part would say nothing.");
      throw error;
    } finally {
      stopBar(bar);
      await program.close();
    }
  },
};

function stopBar(bar: ProgressBar | null): void {
  bar?.stop();
}

async function writePage(file: string, html: string, context: CommandContext): Promise<void> {
  await writeFile(file, html).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("invalid_input", `${file} cannot be written (${why}). Choose another place.`, { cause });
  });
  await context.stderr.write(`${file} shows the errors.\n`);
}
