/** Originals of articles: what is kept of them, the bytes, and the proof that all stands. */
import { once } from "node:events";
import { basename, extname } from "node:path";
import type { Response } from "express";
import { z } from "zod";
import { originalsOf } from "../../archive/versions.ts";
import { originalsSchema, type Capture } from "../../contract/original.ts";
import { AppError } from "../../errors.ts";
import { readAgain } from "../../reading/read-input.ts";
import { verify } from "../../verify.ts";
import type { HttpParts } from "../parts.ts";
import { defineRoute, notFound, ok, type Route } from "../route.ts";

const idSchema = z.object({ id: z.string() });

export function originalRoutes(parts: HttpParts): Route[] {
  const { archive } = parts.pipeline;
  return [
    defineRoute({
      method: "get",
      path: "/api/documents/{id}/originals",
      tag: "documents",
      summary: "What is kept of an article's original, and the versions before it",
      description: "Without captures when none was kept: the article came as a line of an extraction.",
      params: idSchema,
      responses: { 200: { description: "Captures and earlier versions", schema: originalsSchema } },
      async handle({ params: { id } }) {
        const document = await (await parts.store()).document(id);
        if (document === null) throw notFound("document", id);
        const record = await archive.record(id);
        return ok(record === null ? { captures: [], versions: [] } : originalsOf(record, document.text));
      },
    }),
    defineRoute({
      method: "get",
      path: "/api/documents/{id}/original",
      tag: "documents",
      summary: "The bytes that an article was read from",
      params: idSchema,
      query: z.object({
        /** Absent: the first one, from which the text was read. */
        sha256: z.string().optional(),
      }),
      responses: {
        200: { description: "The original as it came, as a download", mediaTypes: ["application/octet-stream"] },
      },
      async handle({ params: { id }, query: { sha256 } }) {
        const record = await archive.record(id);
        const captures = [
          ...(record?.captures ?? []),
          ...(record?.earlier ?? []).flatMap((version) => version.captures),
        ];
        const capture = sha256 === undefined ? captures[0] : captures.find((one) => one.sha256 === sha256);
        if (capture === undefined)
          throw new AppError("not_found", `No such original of the document "${id}" was kept.`);
        const bytes = await archive.bytes(capture.sha256);
        if (bytes === null)
          throw new AppError("not_found", `The original of the document "${id}" is gone from the archive.`);
        return {
          write(response: Response) {
            // Somebody's page must not run under this address: it is a download, and a sandbox if it is opened all the same.
            response.status(200).set({
              "Content-Type": "application/octet-stream",
              "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(fileNameOf(capture))}`,
              "Content-Security-Policy": "sandbox",
              "Cache-Control": "private, no-cache",
            });
            response.end(bytes);
            return Promise.resolve();
          },
        };
      },
    }),
    defineRoute({
      method: "get",
      path: "/api/verification",
      tag: "program",
      summary: "Proves that every quote stands in its text and every text in its original",
      description: "One JSON object a document, each on a line, while they are checked.",
      responses: { 200: { description: "A verification a line", mediaTypes: ["application/x-ndjson"] } },
      async handle() {
        const results = verify({ store: await parts.store(), archive, readAgain });
        const first = await results.next();
        return {
          async write(response: Response) {
            response.status(200).set({ "Content-Type": "application/x-ndjson; charset=utf-8" });
            for (let step = first; step.done !== true; step = await results.next()) {
              if (response.destroyed) break;
              const more = response.write(`${JSON.stringify(step.value)}\n`);
              if (!more) await Promise.race([once(response, "drain"), once(response, "close")]);
            }
            await results.return(undefined);
            response.end();
          },
        };
      },
    }),
  ];
}

const ENDINGS: Readonly<Record<string, string>> = {
  "text/html": ".html",
  "application/xhtml+xml": ".html",
  "text/plain": ".txt",
  "text/markdown": ".md",
  "application/pdf": ".pdf",
};

/** A name that a file system takes, with an ending that tells what it is. */
function fileNameOf({ name, address, mediaType }: Capture): string {
  const path = address !== null && URL.canParse(address) ? decodePath(new URL(address).pathname) : name;
  const base = basename(path.replaceAll("\\", "/"))
    .replaceAll(/[\p{Cc}/\\:*?"<>|]/gu, "_")
    .slice(0, 150);
  const named = base === "" || base === "." || base === ".." ? "original" : base;
  const type = (mediaType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return extname(named) === "" ? `${named}${ENDINGS[type] ?? ""}` : named;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
