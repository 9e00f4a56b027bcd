/**
 * An export as an answer, streamed piece by piece.
 */
import { once } from "node:events";
import type { Response } from "express";
import { FORMATS, type ExportFormat, type ExportSettings, type ExportSource } from "../export/formats.ts";
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
  const pieces = write(source, settings)[Symbol.asyncIterator]();
  // The first piece is drawn before the head is sent, so that a store that is down still answers with an error.
  const first = await pieces.next();
  return {
    async write(response: Response) {
      response.status(200).set({
        "Content-Type": `${mediaType}; charset=utf-8`,
        "Content-Disposition": `attachment; filename="fil-rouge${endings[0] ?? ""}"`,
      });
      for (let step = first; step.done !== true; step = await pieces.next()) {
        if (response.destroyed) break;
        if (!response.write(step.value)) await Promise.race([once(response, "drain"), once(response, "close")]);
      }
      await pieces.return?.(undefined);
      response.end();
    },
  };
}

export function mediaTypesOf(formats: readonly ExportFormat[]): string[] {
  return [...new Set(formats.map((format) => FORMATS[format].mediaType))];
}
