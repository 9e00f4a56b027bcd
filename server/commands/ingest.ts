/**
 * `ingest`: reads, extracts, resolves and stores; one line a document on standard output, a summary last.
 */
import { AppError } from "../errors.ts";
import type { Command } from "./command.ts";
import { withGraph } from "./graph-access.ts";
import { inputsOf } from "./inputs.ts";
import { dateOption, languageOption, textOption } from "./options.ts";
import { addToTally, emptyTally, reportLine, summaryLine } from "./progress.ts";

export const DEFAULT_COLLECTION = "default";

export const ingestCommand: Command = {
  name: "ingest",
  synopsis: "PATH|URL... [--collection NAME] [--language fr|en] [--published DATE]",
  summary: "Reads, extracts, resolves and stores articles; folders are walked.",
  help: `
  PATH               text, Markdown, HTML, PDF, Word (.docx) or mail (.eml) files, folders or ZIP files of
                     them, "-" for standard input,
                     or the JSON lines of "extract" (nothing is extracted again)
  URL                a page on the web: http or https, 5 MB and 20 seconds at most, never inside your network
  --collection NAME  the collection that they go into (default)
  --language fr|en   the language of the texts (found out when absent)
  --published DATE   their day of publication, where the file tells none

Ctrl+C finishes the document at hand. Ingesting an article again adds nothing but a missing address, source or date.
Exit status 1 when some documents failed; the others are stored.
`,
  options: {
    collection: { type: "string" },
    language: { type: "string" },
    published: { type: "string" },
    adopt: { type: "boolean" },
  },
  positionals: { min: 1, max: Infinity },
  async run({ positionals, options }, context) {
    const collection = textOption(options, "collection") ?? DEFAULT_COLLECTION;
    if (collection.trim() === "" || collection.length > 100) {
      throw new AppError("usage", "--collection takes a name of 1 to 100 characters.");
    }
    const hints = { language: languageOption(options), publishedAt: dateOption(options, "published") };
    const program = context.program({ adopt: options["adopt"] === true });
    const tally = emptyTally();
    await withGraph(program, context, async (graph) => {
      await graph.ingest(inputsOf(positionals, program, context, hints), collection, {
        signal: context.signal,
        onReport: async (report) => {
          addToTally(tally, report);
          await context.stdout.write(`${reportLine(report)}\n`);
        },
      });
    });
    const stopped = context.signal.aborted ? "Stopped. " : "";
    await context.stdout.write(`${stopped}${summaryLine(tally)}\n`);
    return tally.failed > 0 ? 1 : 0;
  },
};
