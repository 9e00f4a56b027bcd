/**
 * The articles that the first start shows: `index.json` beside them tells what their texts do not.
 */
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
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

export async function readSamples(folder: string): Promise<JobInput[]> {
  const index = indexSchema.parse(JSON.parse(await readFile(join(folder, "index.json"), "utf8")));
  return Promise.all(
    index.map(async ({ file, title, language, publishedAt, source }) => ({
      name: title,
      mediaType: null,
      bytes: await readFile(join(folder, basename(file))),
      hints: { title, language, publishedAt, source },
    })),
  );
}
