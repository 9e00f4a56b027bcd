/**
 * `verify`: proves that every quote stands in its text and every text in its original.
 */
import type { Command } from "./command.ts";
import { withGraph } from "./graph-access.ts";
import { count } from "./progress.ts";

export const verifyCommand: Command = {
  name: "verify",
  synopsis: "",
  summary: "Proves that every quote stands in its text and every text in its original.",
  help: `
Every stored document is checked: its quotes and names against its text, its text against the id that it was given when it was
read, its originals against their SHA-256, and the first of them is read again and must give the same text.
Documents without an original (JSON lines of "extract", articles of earlier versions) are counted, not faulted.
Exit status 1 when something does not stand; each fault is a line.
`,
  options: {},
  positionals: { min: 0, max: 0 },
  async run(_args, context) {
    const program = context.program();
    let documents = 0;
    let quotes = 0;
    let originals = 0;
    let withoutOriginal = 0;
    let faulty = 0;
    await withGraph(program, context, async (graph) => {
      for await (const found of graph.verify(context.signal)) {
        documents += 1;
        quotes += found.quotes;
        originals += found.originals;
        if (found.originals === 0) withoutOriginal += 1;
        if (found.faults.length > 0) faulty += 1;
        for (const { message } of found.faults) {
          await context.stdout.write(`${found.document} ${found.title.replaceAll(/\s+/g, " ")}: ${message}\n`);
        }
      }
    });
    const without =
      withoutOriginal === 0 ? "" : `; ${count(withoutOriginal, "document has", "documents have")} no original here`;
    const verdict = faulty === 0 ? "everything stands" : `${count(faulty, "document", "documents")} with faults`;
    await context.stdout.write(
      `${count(documents, "document", "documents")}, ${count(quotes, "quote", "quotes")}, ` +
        `${count(originals, "original", "originals")} checked: ${verdict}${without}.\n`,
    );
    return faulty === 0 ? 0 : 1;
  },
};
