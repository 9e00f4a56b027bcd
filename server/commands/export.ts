/**
 * `export`: the graph into a file that other programs read.
 */
import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { AppError } from "../errors.ts";
import { EXPORT_FORMATS, FORMATS, formatOfFile } from "../export/formats.ts";
import { isViewFormat, VIEW_FORMATS } from "../export/view-source.ts";
import type { Command, CommandContext } from "./command.ts";
import { withGraph } from "./graph-access.ts";
import { choiceOption, languageOption, textOption } from "./options.ts";

export const exportCommand: Command = {
  name: "export",
  synopsis: `FILE|- [--format ${EXPORT_FORMATS.join("|")}] [--collection NAME|--view ID] [--language fr|en]`,
  summary: "Writes the graph with its quotes for other programs.",
  help: `
  FILE               its ending tells the format; "-" is standard output and needs --format
  --collection NAME  that collection alone
  --view ID          what a saved view shows, as it was frozen; the id is the last part of its link
  --language fr|en   of dossiers; English unless told

${EXPORT_FORMATS.map((format) => `  ${format.padEnd(13)} ${FORMATS[format].endings.join(", ")}`).join("\n")}

csv holds one row a claim with both ends, quote and document; entities-csv one row an entity;
ftm and stix hold every claim with its quote and article, for Aleph and for OpenCTI and their like;
extractions what "ingest" takes again, in this store or another;
dossiers list every statement in words with its quotes, for checking on paper or in an editor.
`,
  options: {
    format: { type: "string" },
    collection: { type: "string" },
    view: { type: "string" },
    language: { type: "string" },
  },
  positionals: { min: 1, max: 1 },
  async run({ positionals, options }, context) {
    const file = positionals[0] ?? "";
    const format = choiceOption(options, "format", EXPORT_FORMATS) ?? formatOfFile(file);
    if (format === null) {
      const endings = EXPORT_FORMATS.flatMap((name) => FORMATS[name].endings).join(", ");
      throw new AppError("usage", `"${file}" does not tell the format. End it with ${endings}, or give --format.`);
    }
    const collection = textOption(options, "collection");
    const view = textOption(options, "view");
    const language = languageOption(options) ?? "en";
    if (view !== undefined && collection !== undefined) {
      throw new AppError("usage", "A saved view is exported as it is: give either --view or --collection.");
    }
    if (view !== undefined && !isViewFormat(format)) {
      throw new AppError("usage", `A saved view holds no ${format}. Export it as ${VIEW_FORMATS.join(", ")}.`);
    }
    const program = context.program();
    await withGraph(program, context, async (graph) => {
      const pieces =
        view !== undefined && isViewFormat(format)
          ? graph.exportView(format, view, language)
          : graph.export(format, collection === undefined ? {} : { collection }, language);
      if (file === "-") await toOutput(pieces, context);
      else await toFile(pieces, file, context);
    });
    return 0;
  },
};

async function toOutput(pieces: AsyncIterable<string | Uint8Array>, context: CommandContext): Promise<void> {
  const decoder = new TextDecoder();
  for await (const piece of pieces) {
    await context.stdout.write(typeof piece === "string" ? piece : decoder.decode(piece, { stream: true }));
  }
}

/** Under another name until it is whole: an export that fails leaves the file of before. */
async function toFile(
  pieces: AsyncIterable<string | Uint8Array>,
  file: string,
  context: CommandContext,
): Promise<void> {
  const temporary = `${file}.${randomUUID().slice(0, 8)}.part`;
  const handle = await open(temporary, "wx").catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("invalid_input", `${file} cannot be written (${why}). Choose another place.`, { cause });
  });
  let bytes = 0;
  try {
    for await (const piece of pieces) {
      if (context.signal.aborted) throw new AppError("usage", `Stopped; ${file} is as it was.`);
      const buffer = typeof piece === "string" ? Buffer.from(piece, "utf8") : piece;
      await handle.write(buffer);
      bytes += buffer.length;
    }
    await handle.close();
    await rename(temporary, file);
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(temporary, { force: true });
    throw error;
  }
  await context.stderr.write(`${file}: ${bytes} bytes written.\n`);
}
