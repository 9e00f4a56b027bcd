/**
 * The body of an answer, decompressed, within a limit that counts on both sides of the compression.
 */
import type { IncomingMessage } from "node:http";
import type { Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { FetchFault } from "./fetch-fault.ts";

/** What is asked for, and understood. */
export const ACCEPTED_ENCODINGS = "gzip, deflate, br";

const DECOMPRESSORS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** @throws FetchFault when the body is longer than `maxBytes`, damaged, or ends before it should. */
export async function readBody(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const announced = Number(response.headers["content-length"] ?? "NaN");
  if (announced > maxBytes) throw tooLarge(maxBytes);
  const decompressor = decompressorOf(response);
  const chunks: Buffer[] = [];
  let length = 0;
  const stream: AsyncIterable<Buffer> =
    decompressor === null ? response : (limited(response, maxBytes, decompressor) as AsyncIterable<Buffer>);
  try {
    for await (const chunk of stream) {
      length += chunk.length;
      if (length > maxBytes) throw tooLarge(maxBytes);
      chunks.push(chunk);
    }
  } catch (cause) {
    throw bodyFault(cause);
  } finally {
    decompressor?.destroy();
    response.destroy();
  }
  if (!response.complete) throw endedEarly();
  return Buffer.concat(chunks);
}

function decompressorOf(response: IncomingMessage): Transform | null {
  const encoding = (response.headers["content-encoding"] ?? "").trim().toLowerCase();
  if (encoding === "" || encoding === "identity") return null;
  const create = DECOMPRESSORS[encoding];
  if (create === undefined) {
    throw new FetchFault("unreadable", `is sent in the encoding "${encoding.slice(0, 40)}", which is not understood`);
  }
  return create();
}

/** The stream behind the decompressor; an endless compressed body that gives nothing is cut too. */
function limited(response: IncomingMessage, maxBytes: number, decompressor: Transform): Transform {
  let received = 0;
  response.on("data", (chunk: Buffer) => {
    received += chunk.length;
    if (received > maxBytes) decompressor.destroy(tooLarge(maxBytes));
  });
  response.on("error", (error) => decompressor.destroy(error));
  response.on("aborted", () => decompressor.destroy(endedEarly()));
  return response.pipe(decompressor);
}

function tooLarge(maxBytes: number): FetchFault {
  return new FetchFault("too_large", `is longer than ${maxBytes / 1_000_000} MB`);
}

function endedEarly(): FetchFault {
  return new FetchFault("unreadable", "stopped before its end; try again");
}

function bodyFault(cause: unknown): unknown {
  if (cause instanceof FetchFault || !(cause instanceof Error)) return cause;
  const code = "code" in cause ? String(cause.code) : "";
  if (code === "ECONNRESET" || code === "ERR_STREAM_PREMATURE_CLOSE") return endedEarly();
  if (code.startsWith("Z_") || code.startsWith("ERR_BROTLI") || code.startsWith("ERR__ERROR")) {
    return new FetchFault("unreadable", "is compressed and damaged");
  }
  return cause;
}
