/**
 * The arguments of `extract` and `ingest` as inputs: files, folders, web addresses, standard input, and the JSON lines of
 * `extract`.
 */
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { ADDRESS_MEDIA_TYPE, MAX_FILE_BYTES, type DocumentHints } from "../contract/document.ts";
import { AppError } from "../errors.ts";
import { checkExtraction, holdsExtractions, parseExtraction, readLines } from "../extraction-lines.ts";
import type { IngestInput } from "../ingest.ts";
import type { CommandContext, Program } from "./command.ts";

/** A JSON document of `extract --format json` is parsed whole; longer ones come as JSON lines. */
const MAX_JSON_BYTES = 200_000_000;

const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * What the paths hold, one after the other. `-` is standard input. Web addresses are fetched by the pipeline, where it runs.
 * @throws AppError `not_found` for a path that does not exist, before anything is read.
 */
export async function* inputsOf(
  paths: readonly string[],
  program: Program,
  context: Pick<CommandContext, "stdin">,
  hints: DocumentHints = {},
): AsyncGenerator<IngestInput> {
  for (const path of paths) {
    if (path !== "-" && !ADDRESS.test(path)) await mustExist(path);
  }
  for (const path of paths) {
    if (path === "-") {
      yield* standardInput(context.stdin, hints);
    } else if (ADDRESS.test(path)) {
      yield { kind: "source", name: path, mediaType: ADDRESS_MEDIA_TYPE, bytes: Buffer.from(path, "utf8"), hints };
    } else if (holdsExtractions(path, null) && (await isFile(path))) {
      yield* /\.json$/i.test(path) ? jsonDocument(path) : lines(path, createReadStream(path));
    } else {
      for await (const input of program.walk([path])) {
        yield input.kind === "source" ? { ...input, hints: { ...input.hints, ...hints } } : input;
      }
    }
  }
}

async function* standardInput(stdin: AsyncIterable<Uint8Array>, hints: DocumentHints): AsyncGenerator<IngestInput> {
  const name = "standard input";
  const iterator = stdin[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) {
    yield { kind: "problem", name, problem: { code: "empty", message: "Standard input is empty." } };
    return;
  }
  const all = {
    async *[Symbol.asyncIterator]() {
      yield first.value;
      for (let step = await iterator.next(); step.done !== true; step = await iterator.next()) yield step.value;
    },
  };
  if (looksLikeExtraction(first.value)) {
    yield* lines(name, all);
    return;
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of all) {
    bytes += chunk.length;
    if (bytes > MAX_FILE_BYTES) {
      const message = `Standard input is longer than ${MAX_FILE_BYTES / 1_000_000} MB. Give it in parts.`;
      yield { kind: "problem", name, problem: { code: "too_large", message } };
      return;
    }
    chunks.push(chunk);
  }
  yield { kind: "source", name, mediaType: null, bytes: Buffer.concat(chunks), hints };
}

/** No article begins so: the first key of an extraction, or of any JSON object. */
function looksLikeExtraction(start: Uint8Array): boolean {
  return /^\uFEFF?\s*\{\s*"/.test(Buffer.from(start.subarray(0, 64)).toString("utf8"));
}

async function* lines(name: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<IngestInput> {
  for await (const { number, line } of readLines(chunks)) {
    const where = `${name}, line ${number}`;
    if (line === null) {
      const message = "The line is longer than 64 MB.";
      yield { kind: "problem", name: where, problem: { code: "too_large", message } };
      continue;
    }
    const outcome = parseExtraction(line);
    yield "problem" in outcome
      ? { kind: "problem", name: where, problem: outcome.problem }
      : { kind: "extraction", name: where, extraction: outcome.extraction };
  }
}

async function* jsonDocument(path: string): AsyncGenerator<IngestInput> {
  const fault = (code: "malformed" | "too_large", message: string): IngestInput => {
    return { kind: "problem", name: path, problem: { code, message } };
  };
  if ((await stat(path)).size > MAX_JSON_BYTES) {
    yield fault("too_large", "The file is longer than 200 MB. Use JSON lines (extract --format jsonl).");
    return;
  }
  let value: unknown;
  try {
    value = JSON.parse((await readFile(path, "utf8")).replace(/^\uFEFF/, ""));
  } catch (cause) {
    yield fault("malformed", `The file is no JSON (${cause instanceof Error ? cause.message : String(cause)}).`);
    return;
  }
  const list: unknown[] = Array.isArray(value) ? value : [value];
  for (const [index, item] of list.entries()) {
    const name = list.length === 1 ? path : `${path}, document ${index + 1}`;
    const outcome = checkExtraction(item);
    yield "problem" in outcome
      ? { kind: "problem", name, problem: outcome.problem }
      : { kind: "extraction", name, extraction: outcome.extraction };
  }
}

async function mustExist(path: string): Promise<void> {
  await stat(path).catch((cause: unknown) => {
    const hidden = cause instanceof Error && "code" in cause && cause.code === "EACCES";
    throw new AppError(
      "not_found",
      `${path} ${hidden ? "may not be read by you" : "does not exist"}. Check the path.`,
      {
        cause,
      },
    );
  });
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}
