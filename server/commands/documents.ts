/**
 * `documents delete`: takes single articles out of the graph.
 */
import type { Command } from "./command.ts";
import { withGraph } from "./graph-access.ts";

export const documentsDeleteCommand: Command = {
  name: "documents delete",
  synopsis: "ID...",
  summary: "Takes documents out of the graph, with what only they told.",
  help: `
ID is the document's id, as "query 'MATCH (d:Document) RETURN d.id, d.title'" tells it.
Exit status 1 when an id is unknown; the others are deleted.
`,
  options: {},
  positionals: { min: 1, max: Infinity },
  async run({ positionals }, context) {
    const program = context.program();
    let unknown = 0;
    await withGraph(program, context, async (graph) => {
      for (const id of positionals) {
        if (await graph.deleteDocument(id)) {
          await context.stdout.write(`deleted ${id}\n`);
        } else {
          unknown += 1;
          await context.stderr.write(`fil-rouge: There is no document "${id}".\n`);
        }
      }
    });
    return unknown > 0 ? 1 : 0;
  },
};
