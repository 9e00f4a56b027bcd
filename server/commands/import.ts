/**
 * `import`: a backup of `export` into the empty store of this configuration. Nothing is extracted or resolved again, so that the
 * graph is the same afterwards.
 */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { restoreBackup } from "../backup.ts";
import { AppError } from "../errors.ts";
import type { Command, CommandContext, Program } from "./command.ts";
import { flag } from "./options.ts";
import { findOwner } from "./owner.ts";
import { count } from "./progress.ts";

export const importCommand: Command = {
  name: "import",
  synopsis: "FILE|- [--adopt]",
  summary: "Fills an empty store with a backup (export FILE.backup.jsonl), from this store or another.",
  help: `
  FILE     what "export FILE.backup.jsonl" wrote; "-" is standard input
  --adopt  use a Neo4j database that holds other data

Graph and decisions are the same afterwards. What is cut short leaves an empty store. From the embedded store to Neo4j, without a file:
  fil-rouge export - --format backup | NEO4J_URI=bolt://localhost:7687 NEO4J_PASSWORD=… fil-rouge import -
`,
  options: { adopt: { type: "boolean" } },
  positionals: { min: 1, max: 1 },
  async run({ positionals, options }, context) {
    const file = positionals[0] ?? "";
    if (file !== "-") await mustBeFile(file);
    const program = context.program({ adopt: flag(options, "adopt") });
    try {
      await mustBeAlone(program);
      const store = await program.store();
      const chunks = file === "-" ? context.stdin : (createReadStream(file) as AsyncIterable<Uint8Array>);
      const { workspace } = program;
      await restoreBackup(stoppable(chunks, context), file === "-" ? "Standard input" : file, { store, workspace });
      const { documents, entities, claims } = await store.counts();
      await context.stdout.write(
        `${count(documents, "document", "documents")}, ${count(entities, "entity", "entities")} and ${count(claims, "claim", "claims")} imported.\n`,
      );
    } finally {
      await program.close();
    }
    return 0;
  },
};

async function* stoppable(
  chunks: AsyncIterable<Uint8Array>,
  { signal }: Pick<CommandContext, "signal">,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    if (signal.aborted) throw new AppError("usage", "Stopped; the store is empty as before.");
    yield chunk;
  }
}

/** The rows go straight into the store, so no server may use it. */
async function mustBeAlone(program: Program): Promise<void> {
  const owner = await findOwner(program.config.dataFolder, program.storeName);
  if (owner === null) return;
  throw new AppError(
    "store_in_use",
    `The server at ${owner.address} uses the store. Stop it, import, and start it again.`,
  );
}

async function mustBeFile(file: string): Promise<void> {
  const found = await stat(file).catch((cause: unknown) => {
    throw new AppError("not_found", `${file} does not exist. Check the path.`, { cause });
  });
  if (!found.isFile()) throw new AppError("usage", `${file} is no file. Name a backup.`);
}
