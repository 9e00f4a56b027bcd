/**
 * `query`: read-only Cypher on the configured store.
 */
import type { CypherValue } from "../contract/cypher.ts";
import { AppError } from "../errors.ts";
import type { Command } from "./command.ts";
import { withGraph } from "./graph-access.ts";
import { choiceOption, listOption, wholeNumberOption } from "./options.ts";
import { resultCsv, resultTable } from "./result-text.ts";

const ROWS = { default: 10_000, max: 10_000 };

export const queryCommand: Command = {
  name: "query",
  synopsis: "CYPHER [--param k=v]... [--format table|json|csv] [--limit N]",
  summary: "Runs read-only Cypher on the store.",
  help: `
  CYPHER         for example 'MATCH (a:PublicBody)-[r:TOOK_DOWN]->(b) RETURN a.name, b.name'
  --param k=v    the value of $k; JSON where it is JSON (5, true, ["a"]), else text
  --format       table (default), json ({columns, rows, truncated}) or csv
  --limit N      at most N rows (${ROWS.default}); a cut answer is told
`,
  options: {
    param: { type: "string", multiple: true },
    format: { type: "string" },
    limit: { type: "string" },
  },
  positionals: { min: 1, max: 1 },
  async run({ positionals, options }, context) {
    const format = choiceOption(options, "format", ["table", "json", "csv"]) ?? "table";
    const rows = wholeNumberOption(options, "limit", { min: 1, max: ROWS.max }) ?? ROWS.default;
    const params = Object.fromEntries(listOption(options, "param").map(parseParam));
    const program = context.program();
    const result = await withGraph(program, context, (graph) => graph.query(positionals[0] ?? "", params, rows));
    const { columns, truncated } = result;
    switch (format) {
      case "json":
        await context.stdout.write(`${JSON.stringify({ columns, rows: result.rows, truncated })}\n`);
        break;
      case "csv":
        for (const line of resultCsv(result)) await context.stdout.write(line);
        break;
      case "table":
        for (const line of resultTable(result)) await context.stdout.write(line);
        break;
    }
    if (truncated) {
      await context.stderr.write(`Only the first ${result.rows.length} rows are shown; there are more (--limit N).\n`);
    }
    return 0;
  },
};

function parseParam(word: string): [string, CypherValue] {
  const at = word.indexOf("=");
  const name = word.slice(0, at);
  if (at < 1 || !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) {
    throw new AppError("usage", `--param takes name=value, not "${word}".`);
  }
  const text = word.slice(at + 1);
  try {
    return [name, JSON.parse(text) as CypherValue];
  } catch {
    return [name, text];
  }
}
