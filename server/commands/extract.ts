/**
 * `extract`: reads and extracts, prints what was found. Needs no store.
 */
import { stat } from "node:fs/promises";
import type { Extraction } from "../contract/extraction.ts";
import { extractSafely } from "../ingest.ts";
import type { Command } from "./command.ts";
import { inputsOf } from "./inputs.ts";
import { choiceOption, dateOption, languageOption } from "./options.ts";

export const extractCommand: Command = {
  name: "extract",
  synopsis: "FILE|URL...|- [--format json|jsonl] [--language fr|en] [--published DATE]",
  summary: "Reads, extracts, prints entities, mentions and claims; needs no store.",
  help: `
  FILE              text, Markdown, HTML, PDF, Word or mail; folders and ZIP files are opened; "-" is standard input
  URL               a page on the web: http or https, 5 MB and 20 seconds at most, never inside your network
  --format json     one file gives an object, several give an array (default)
  --format jsonl    one line a document
  --language fr|en  the language of the texts (found out when absent)
  --published DATE  the day of publication, for "yesterday" and the like (2019-11-25)

Exit status 1 when some documents gave nothing; each of them is told on standard error.
`,
  options: { format: { type: "string" }, language: { type: "string" }, published: { type: "string" } },
  positionals: { min: 1, max: Infinity },
  async run({ positionals, options }, context) {
    const format = choiceOption(options, "format", ["json", "jsonl"]) ?? "json";
    const hints = { language: languageOption(options), publishedAt: dateOption(options, "published") };
    const program = context.program();
    const { stdout, stderr } = context;
    const alone = format === "json" && (await isOneDocument(positionals));
    let printed = 0;
    let failed = 0;
    const print = async (extraction: Extraction) => {
      if (format === "jsonl") await stdout.write(`${JSON.stringify(extraction)}\n`);
      else if (alone) await stdout.write(`${JSON.stringify(extraction, null, 2)}\n`);
      else await stdout.write(`${printed === 0 ? "[\n" : ",\n"}${JSON.stringify(extraction, null, 2)}`);
      printed += 1;
    };
    try {
      for await (const input of inputsOf(positionals, program, context, hints)) {
        if (context.signal.aborted) break;
        let outcome;
        switch (input.kind) {
          case "problem":
          case "extraction":
            outcome = input;
            break;
          case "source": {
            const read = await program.pipeline.read(input);
            outcome = "problem" in read ? read : await extractSafely(read.document, () => program.extractor());
            break;
          }
        }
        if ("problem" in outcome) {
          failed += 1;
          await stderr.write(`${input.name}: ${outcome.problem.message}\n`);
        } else {
          await print(outcome.extraction);
        }
      }
      if (format === "json" && !alone) await stdout.write(printed === 0 ? "[]\n" : "\n]\n");
    } finally {
      await program.close();
    }
    return failed > 0 ? 1 : 0;
  },
};

async function isOneDocument(paths: readonly string[]): Promise<boolean> {
  const [only, second] = paths;
  if (only === undefined || second !== undefined) return false;
  if (only === "-") return true;
  return stat(only).then(
    (stats) => !stats.isDirectory(),
    () => true,
  );
}
