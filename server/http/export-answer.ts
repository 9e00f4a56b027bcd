/** An export as an answer. */
import { FORMATS, type ExportFormat, type ExportSettings, type ExportSource } from "../export/formats.ts";
import { download } from "./download.ts";
import type { HttpParts } from "./parts.ts";
import type { Answer } from "./route.ts";

export async function exportAnswer(
  format: ExportFormat,
  source: ExportSource,
  parts: Pick<HttpParts, "ontology" | "now">,
  { language, title }: Pick<ExportSettings, "language" | "title">,
): Promise<Answer> {
  const { mediaType, endings, write } = FORMATS[format];
  const settings = { language, title, ontology: await parts.ontology(), now: parts.now() };
  return download(`fil-rouge${endings[0] ?? ""}`, mediaType, write(source, settings));
}

export function mediaTypesOf(formats: readonly ExportFormat[]): string[] {
  return [...new Set(formats.map((format) => FORMATS[format].mediaType))];
}
