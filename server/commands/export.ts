/**
 * `export`: the graph into a file that other programs read.
 */
import { AppError } from "../errors.ts";
import { EXPORT_FORMATS, FORMATS, formatOfFile } from "../export/formats.ts";
import { isViewFormat, VIEW_FORMATS } from "../export/view-source.ts";
import type { Command } from "./command.ts";
import { exportWhole, WHOLE_FORMATS, wholeFormatOf } from "./export-whole.ts";
import { toFile, toOutput } from "./file-output.ts";
import { withGraph } from "./graph-access.ts";
import { choiceOption, languageOption, textOption } from "./options.ts";

const ALL_FORMATS = [...EXPORT_FORMATS, ...WHOLE_FORMATS] as const;

export const exportCommand: Command = {
  name: "export",
  synopsis: `FILE|-|FOLDER [--format ${ALL_FORMATS.join("|")}] [--collection NAME|--view ID] [--language fr|en]`,
  summary: "Writes the graph with its quotes for other programs.",
  help: `
  FILE               its ending tells the format; "-" is standard output and needs --format
  --collection NAME  that collection alone
  --view ID          what a saved view shows, as it was frozen; the id is the last part of its link
  --language fr|en   of dossiers; English unless told

${EXPORT_FORMATS.map((format) => `  ${format.padEnd(13)} ${FORMATS[format].endings.join(", ")}`).join("\n")}

csv holds one row a claim with both ends, quote and document; entities-csv one row an entity;
ftm and stix hold every claim with its quote and article, for Aleph and for OpenCTI and their like;
cypher makes the graph in an empty Neo4j (cypher-shell -f), trig describes it in RDF with one named graph a standing;
extractions what "ingest" takes again, in this store or another;
dossiers list every statement in words with its quotes, for checking on paper or in an editor.

  backup        .backup.jsonl: the whole graph, for "import" into another store
  neo4j-admin   a FOLDER of CSV files for Neo4j's bulk importer: the quick way for large graphs
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
    const chosen = choiceOption(options, "format", ALL_FORMATS);
    const whole = wholeFormatOf(file, chosen);
    if (whole !== null) {
      if (Object.keys(options).some((name) => name !== "format")) {
        throw new AppError("usage", `${whole} holds the whole graph. Leave the other options out.`);
      }
      await exportWhole(file, whole, context);
      return 0;
    }
    const format = EXPORT_FORMATS.find((name) => name === chosen) ?? formatOfFile(file);
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
