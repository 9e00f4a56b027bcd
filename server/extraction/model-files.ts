/**
 * The model's folder → what the runtime needs of it: the checked manifest (`model.json`), the tokenizer, and the paths of the
 * three graphs. A folder that is incomplete, damaged or of another format is told before anything runs.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { MODALITIES, POLARITIES } from "../contract/extraction.ts";
import { NODE_TYPES, RELATIONSHIP_TYPES, relationshipTypeSchema } from "../contract/ontology.ts";
import { AppError } from "../errors.ts";
import { createTokenizer, vocabularySchema, type Tokenizer } from "./tokenizer.ts";

const scaleSchema = z.object({ a: z.number(), b: z.number() });
const thresholdsSchema = z.record(relationshipTypeSchema, z.number().min(0).max(1));

/** The graphs answer by index: a list must hold the program's own values, in its order. */
function sameOrder<T extends string>(values: readonly T[]) {
  return z.array(z.enum(values)).refine((list) => list.join() === values.join(), "another order or number of labels");
}

export const manifestSchema = z.object({
  version: z.string().min(1),
  types: sameOrder(NODE_TYPES),
  relations: sameOrder(RELATIONSHIP_TYPES),
  tags: z.array(z.string()).length(1 + 4 * NODE_TYPES.length),
  polarities: sameOrder(POLARITIES),
  modalities: sameOrder(MODALITIES),
  limits: z.object({
    /** Pieces of a window without the two that frame it. */
    windowPieces: z.number().int().min(16),
    /** Farthest distance between the starts of two mentions in neighbouring sentences. */
    acrossPieces: z.number().int().nonnegative(),
    antecedentCandidates: z.number().int().positive(),
  }),
  thresholds: z.object({
    relation: thresholdsSchema,
    relationAcross: thresholdsSchema,
    /** A logit. */
    antecedent: z.number(),
    /**
     * Added to the log probability of the tags of descriptions. More of them are found, and those without an antecedent fall
     * away: on the development articles this joins a third more of them rightly, at equal quality of relationships.
     */
    described: z.number().default(0.5),
    /**
     * Added in their place for faint descriptions: these are joined to what they mean, so that the reader sees who is spoken of, but
     * no relationship is read from them.
     */
    faint: z.number().default(4),
    negated: z.number(),
    former: z.number(),
  }),
  calibration: z.object({ mention: scaleSchema, relation: scaleSchema, relationAcross: scaleSchema }),
  files: z.record(z.string(), z.object({ sha256: z.string(), bytes: z.number() })),
});
export type Manifest = z.infer<typeof manifestSchema>;

export interface ModelFiles {
  manifest: Manifest;
  tokenizer: Tokenizer;
  encoderPath: string;
  branchPath: string;
  relationsPath: string;
}

const NEEDED = ["encoder.onnx", "branch.onnx", "relations.onnx", "vocabulary.json"] as const;
const REMEDY = "Restore data/model from the repository, or train it again as data/model/MODEL_CARD.md tells.";

/** @throws AppError `model_unavailable` with the file at fault. */
export async function readModelFiles(folder: string): Promise<ModelFiles> {
  const manifest = await readJson(join(folder, "model.json"), manifestSchema);
  await Promise.all(NEEDED.map((name) => checkFile(folder, name, manifest.files[name])));
  const vocabulary = await readJson(join(folder, "vocabulary.json"), vocabularySchema);
  return {
    manifest,
    tokenizer: createTokenizer(vocabulary),
    encoderPath: join(folder, "encoder.onnx"),
    branchPath: join(folder, "branch.onnx"),
    relationsPath: join(folder, "relations.onnx"),
  };
}

async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw unavailable(`The model file ${path} cannot be read`, cause);
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw unavailable(
    `The model file ${path} does not fit this program (${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""})`,
  );
}

async function checkFile(folder: string, name: string, expected: { sha256: string; bytes: number } | undefined) {
  const path = join(folder, name);
  if (expected === undefined) throw unavailable(`The model's model.json lists no ${name}`);
  let digest: string;
  try {
    const { size } = await stat(path);
    digest = size === expected.bytes ? await sha256(path) : `${size} bytes`;
  } catch (cause) {
    throw unavailable(`The model file ${path} cannot be read`, cause);
  }
  if (digest !== expected.sha256) throw unavailable(`The model file ${path} is damaged or of another version`);
}

async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

function unavailable(what: string, cause?: unknown): AppError {
  return new AppError("model_unavailable", `${what}. ${REMEDY}`, cause === undefined ? {} : { cause });
}
