/**
 * `samples remove`: takes the invented articles of the first start out of the graph.
 */
import { SAMPLES_COLLECTION } from "../contract/report.ts";
import type { Command } from "./command.ts";
import { withGraph } from "./graph-access.ts";
import { count } from "./progress.ts";

export const samplesRemoveCommand: Command = {
  name: "samples remove",
  synopsis: "",
  summary: "Takes the sample articles out of the graph.",
  help: `
Entities and relationships that only the samples told go with them. They do not come back at the next start.
`,
  options: {},
  positionals: { min: 0, max: 0 },
  async run(_args, context) {
    const program = context.program();
    const removed = await withGraph(program, context, async (graph) => {
      const documents = await graph.deleteCollection(SAMPLES_COLLECTION);
      await program.workspace.markDone("samples");
      return documents;
    });
    await context.stdout.write(
      removed === 0 ? "There are no samples in the graph.\n" : `${count(removed, "sample", "samples")} removed.\n`,
    );
    return 0;
  },
};
