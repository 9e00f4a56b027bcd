/**
 * The articles that the first start shows: `index.json` beside them tells what their texts do not.
 */
import { readFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { z } from "zod";
import { partialDateSchema } from "../contract/dates.ts";
import { languageSchema } from "../contract/ontology.ts";
import type { JobInput } from "../workspace/workspace.ts";

const indexSchema = z.array(
  z.object({
    file: z.string(),
    title: z.string(),
    language: languageSchema,
    publishedAt: partialDateSchema,
    source: z.string(),
  }),
);

/** A sample goes by its title, which has no ending to tell its format. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ".txt": "text/plain",
  ".md": "text/markdown",
  ".html": "text/html",
};

export async function readSamples(folder: string): Promise<JobInput[]> {
  const index = indexSchema.parse(JSON.parse(await readFile(join(folder, "index.json"), "utf8")));
  return Promise.all(
    index.map(async ({ file, title, language, publishedAt, source }) => ({
      name: title,
      mediaType: MEDIA_TYPES[extname(file)] ?? null,
      bytes: await readFile(join(folder, basename(file))),
      hints: { title, language, publishedAt, source },
    })),
  );
}
