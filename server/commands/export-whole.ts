/** The exports of the whole graph: a backup for another store, and the folder of files for Neo4j's bulk importer. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../errors.ts";
import { BACKUP_FILE } from "../export/bulk-files.ts";
import { NEO4J_ADMIN_FILES, NEO4J_ADMIN_OPTIONS } from "../export/neo4j-admin.ts";
import type { CommandContext } from "./command.ts";
import { toFile, toOutput } from "./file-output.ts";
import { withGraph } from "./graph-access.ts";

export const WHOLE_FORMATS = ["backup", "neo4j-admin"] as const;
export type WholeFormat = (typeof WHOLE_FORMATS)[number];

const BACKUP_ENDING = ".backup.jsonl";

/** The format of the whole graph that is meant, if one is. */
export function wholeFormatOf(target: string, format: string | undefined): WholeFormat | null {
  if (format === undefined) return target.toLowerCase().endsWith(BACKUP_ENDING) ? "backup" : null;
  return WHOLE_FORMATS.find((candidate) => candidate === format) ?? null;
}

export async function exportWhole(target: string, format: WholeFormat, context: CommandContext): Promise<void> {
  switch (format) {
    case "backup":
      await withGraph(context.program(), context, async (graph) => {
        const pieces = graph.bulkFile(BACKUP_FILE);
        await (target === "-" ? toOutput(pieces, context) : toFile(pieces, target, context));
      });
      return;
    case "neo4j-admin":
      await exportFolder(target, context);
      return;
  }
}

async function exportFolder(folder: string, context: CommandContext): Promise<void> {
  if (folder === "-") throw new AppError("usage", "--format neo4j-admin writes several files. Name a folder.");
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("invalid_input", `The folder ${folder} cannot be made (${why}). Choose another place.`, {
      cause,
    });
  });
  await withGraph(context.program(), context, async (graph) => {
    for (const file of NEO4J_ADMIN_FILES) await toFile(graph.bulkFile(file), join(folder, file.name), context);
  });
  await context.stderr.write(
    `Load it into an empty, stopped database:\n  cd ${folder} && neo4j-admin database import full neo4j @${NEO4J_ADMIN_OPTIONS}\n`,
  );
}
