/**
 * `corpus`: annotated articles → what `extract` would print if it were perfect.
 */
import { formatFault } from "../corpus/article-parser.ts";
import { readCorpus } from "../corpus/corpus-files.ts";
import { toJsonLines } from "../corpus/gold-document.ts";
import type { Command } from "./command.ts";
import { choiceOption } from "./options.ts";

export const corpusCommand: Command = {
  name: "corpus",
  synopsis: "FILE... [--format jsonl]",
  summary: "Turns annotated articles (*.ann.md) into plain text with their gold extraction.",
  help: `
  FILE            annotated articles, or folders of them
  --format jsonl  one line a document, as "extract" prints; the id is the header's

Exit status 1 when some articles break the format; each fault is told with its file and line, the others are printed.
`,
  options: { format: { type: "string" } },
  positionals: { min: 1, max: Infinity },
  async run({ positionals, options }, context) {
    choiceOption(options, "format", ["jsonl"]);
    const program = context.program();
    try {
      const { documents, faults } = await readCorpus(positionals, await program.ontology());
      for (const document of documents) await context.stdout.write(toJsonLines([document]));
      for (const fault of faults) await context.stderr.write(`${formatFault(fault)}\n`);
      return faults.length > 0 ? 1 : 0;
    } finally {
      await program.close();
    }
  },
};
