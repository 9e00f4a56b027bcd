/**
 * The graphs of the model, run by onnxruntime: piece ids → token states and tag logits; states and mentions → the window read
 * again with its mentions marked; marked states and pairs → relationships, factuality and antecedents. Shapes as in
 * `data/model/training/INTERFACE.md`, sections 5 and 7.
 */
import { InferenceSession, Tensor } from "onnxruntime-node";
import { AppError } from "../errors.ts";
import { readModelFiles, type Manifest } from "./model-files.ts";
import type { Tokenizer } from "./tokenizer.ts";

export interface EncodedWindow {
  /** Pieces, the two that frame the window included. */
  length: number;
  /** `length` rows of `STATE_SIZE`: of the encoder's middle, from where a window is read again with its mentions marked. */
  states: Float32Array;
  /** `length` rows of one logit a tag. */
  tagLogits: Float32Array;
}

/** A mention as the graphs take it: first piece of its first and of its last word, index of its type. */
export interface Span {
  first: number;
  last: number;
  type: number;
  named: boolean;
}

export interface RelationInput {
  window: EncodedWindow;
  /** All of these are marked while the window is read: they tell each other's types. At least one. */
  spans: readonly Span[];
  /** Indices into `spans`; `context` is the first and last piece of the sentences that hold the pair. */
  pairs: readonly { subject: number; object: number; context: readonly [number, number]; across: boolean }[];
  /** Indices into `spans`. */
  antecedents: readonly { mention: number; candidate: number }[];
}

export interface RelationOutput {
  /** One row a pair. */
  relations: Float32Array;
  polarities: Float32Array;
  modalities: Float32Array;
  formers: Float32Array;
  /** One logit a candidate; "none of them" is 0. */
  antecedents: Float32Array;
}

export interface Model {
  readonly manifest: Manifest;
  readonly tokenizer: Tokenizer;
  /** A window given as piece ids, without the framing ones. */
  encode(pieces: readonly number[]): Promise<EncodedWindow>;
  relate(input: RelationInput): Promise<RelationOutput>;
  close(): Promise<void>;
}

export const STATE_SIZE = 384;
/** More pairs than this are scored in several runs: memory grows with pairs × pieces. */
const PAIRS_A_RUN = 512;

export interface ModelOptions {
  /** Of each graph's run. */
  threads: number;
}

/** @throws AppError `model_unavailable` */
export async function openModel(folder: string, options: ModelOptions): Promise<Model> {
  const files = await readModelFiles(folder);
  const [encoder, branch, relations] = await Promise.all([
    openSession(files.encoderPath, options.threads),
    openSession(files.branchPath, options.threads),
    openSession(files.relationsPath, options.threads),
  ]);
  const { manifest, tokenizer } = files;
  return {
    manifest,
    tokenizer,
    encode: (pieces) => encode(encoder, tokenizer.special, pieces),
    relate: async (input) => relate(relations, input, await mark(branch, input)),
    async close() {
      await Promise.all([encoder.release(), branch.release(), relations.release()]);
    },
  };
}

async function openSession(path: string, threads: number): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(path, {
      executionProviders: ["cpu"],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: "sequential",
      graphOptimizationLevel: "all",
      // Shapes vary from window to window: planned patterns would be kept for each.
      enableMemPattern: false,
      enableCpuMemArena: true,
      // Threads that wait by spinning take the time of those that work, wherever cores are few.
      extra: { session: { intra_op: { allow_spinning: "0" } } },
      logSeverityLevel: 3,
    });
  } catch (cause) {
    throw new AppError(
      "model_unavailable",
      `The model file ${path} cannot be loaded: ${cause instanceof Error ? cause.message : String(cause)}. ` +
        "Check that onnxruntime-node is installed for this system (npm ci), and restore data/model from the repository.",
      { cause },
    );
  }
}

/** One window a run: in a batch those of other lengths would be padded, and colour each other's int8 ranges. */
async function encode(
  session: InferenceSession,
  special: Tokenizer["special"],
  pieces: readonly number[],
): Promise<EncodedWindow> {
  const length = pieces.length + 2;
  const ids = BigInt64Array.from([special.cls, ...pieces, special.sep], BigInt);
  const answer = await session.run({
    input_ids: new Tensor("int64", ids, [1, length]),
    attention_mask: new Tensor("int64", new BigInt64Array(length).fill(1n), [1, length]),
  });
  return { length, states: floats(answer, "states"), tagLogits: floats(answer, "tag_logits") };
}

/** A window read again with its mentions marked: states of its pieces, and a row for each mention. */
interface Marked {
  token_states: Tensor;
  span_states: Tensor;
}

async function mark(session: InferenceSession, { window, spans }: RelationInput): Promise<Marked> {
  const { token_states, span_states } = await session.run({
    states: new Tensor("float32", window.states, [window.length, STATE_SIZE]),
    ...spanTensors(spans),
    span_named: integers(spans.map((span) => (span.named ? 1 : 0))),
  });
  if (token_states instanceof Tensor && span_states instanceof Tensor) return { token_states, span_states };
  throw incomplete("token_states");
}

function spanTensors(spans: readonly Span[]): Record<"span_starts" | "span_ends" | "span_types", Tensor> {
  return {
    span_starts: integers(spans.map((span) => span.first)),
    span_ends: integers(spans.map((span) => span.last)),
    span_types: integers(spans.map((span) => span.type)),
  };
}

async function relate(session: InferenceSession, input: RelationInput, marked: Marked): Promise<RelationOutput> {
  const parts: RelationOutput[] = [];
  for (let from = 0; from === 0 || from < input.pairs.length; from += PAIRS_A_RUN) {
    const pairs = input.pairs.slice(from, from + PAIRS_A_RUN);
    parts.push(await relateRun(session, { ...input, pairs, antecedents: from === 0 ? input.antecedents : [] }, marked));
  }
  return {
    relations: joined(parts.map((part) => part.relations)),
    polarities: joined(parts.map((part) => part.polarities)),
    modalities: joined(parts.map((part) => part.modalities)),
    formers: joined(parts.map((part) => part.formers)),
    antecedents: joined(parts.map((part) => part.antecedents)),
  };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** One run of the graph, which wants at least one pair and one candidate: a dummy stands in for none, and its row is cut off. */
async function relateRun(session: InferenceSession, input: RelationInput, marked: Marked): Promise<RelationOutput> {
  const dummyPair = { subject: 0, object: 0, context: [0, 0] as const, across: false };
  const pairs = input.pairs.length > 0 ? input.pairs : [dummyPair];
  const antecedents = input.antecedents.length > 0 ? input.antecedents : [{ mention: 0, candidate: 0 }];
  const answer = await session.run({
    ...marked,
    ...spanTensors(input.spans),
    pair_subjects: integers(pairs.map((pair) => pair.subject)),
    pair_objects: integers(pairs.map((pair) => pair.object)),
    pair_contexts: integers(
      pairs.flatMap((pair) => pair.context),
      [pairs.length, 2],
    ),
    pair_across: integers(pairs.map((pair) => (pair.across ? 1 : 0))),
    antecedent_mentions: integers(antecedents.map((each) => each.mention)),
    antecedent_candidates: integers(antecedents.map((each) => each.candidate)),
  });
  const rowsOf = (name: string, rows: number, all: number): Float32Array => {
    const values = floats(answer, name);
    return values.subarray(0, (values.length / all) * rows);
  };
  return {
    relations: rowsOf("relation_logits", input.pairs.length, pairs.length),
    polarities: rowsOf("polarity_logits", input.pairs.length, pairs.length),
    modalities: rowsOf("modality_logits", input.pairs.length, pairs.length),
    formers: rowsOf("former_logits", input.pairs.length, pairs.length),
    antecedents: rowsOf("antecedent_logits", input.antecedents.length, antecedents.length),
  };
}

function integers(values: readonly number[], shape: readonly number[] = [values.length]): Tensor {
  return new Tensor("int64", BigInt64Array.from(values, BigInt), shape);
}

function floats(answer: Readonly<Record<string, unknown>>, name: string): Float32Array {
  const value = answer[name];
  if (value instanceof Tensor && value.data instanceof Float32Array) return value.data;
  throw incomplete(name);
}

function incomplete(name: string): AppError {
  return new AppError(
    "model_unavailable",
    `The model answers without "${name}": its files do not fit this program. Restore data/model from the repository.`,
  );
}
