/**
 * An input of the pipeline → Document and the original that it was read from: a file, a pasted text, or a web address that is
 * fetched now.
 */
import { ADDRESS_MEDIA_TYPE, type Document, type DocumentHints, type Problem } from "../contract/document.ts";
import type { Original } from "../contract/original.ts";
import { readDocument } from "./read-document.ts";
import type { FetchParts } from "./web/fetch-page.ts";

/** What the pipeline takes from a job or a command. */
export interface InputToRead {
  name: string;
  /** Null: the reader finds it out. */
  mediaType: string | null;
  bytes: Uint8Array;
  hints: DocumentHints;
}

export interface InputParts {
  web: Omit<FetchParts, "isReadable">;
  now: () => Date;
}

export async function readInput(
  input: InputToRead,
  { web, now }: InputParts,
): Promise<{ document: Document; original: Original } | { problem: Problem }> {
  if (input.mediaType === ADDRESS_MEDIA_TYPE) {
    // Loaded when the first address comes: most commands fetch none.
    const { readAddress } = await import("./web/read-address.ts");
    const address = Buffer.from(input.bytes).toString("utf8").trim();
    const result = await readAddress(address, input.hints, web);
    if (result.problem !== null) return { problem: result.problem };
    const { name, bytes, mediaType = null, address: final = address } = result.input;
    return {
      document: result.document,
      original: {
        name,
        bytes,
        mediaType,
        hints: input.hints,
        requested: address,
        address: final,
        article: result.document.url ?? final,
        capturedAt: now().toISOString(),
        headers: result.headers,
      },
    };
  }
  const result = await readDocument({ ...input, mediaType: input.mediaType ?? undefined });
  if (result.problem !== null) return { problem: result.problem };
  const { name, bytes, mediaType, hints } = input;
  const original = { name, bytes, mediaType, hints, requested: null, address: null, article: null, headers: {} };
  return { document: result.document, original: { ...original, capturedAt: now().toISOString() } };
}

/** Reads a kept original again, as it was read when it came. */
export async function readAgain(
  capture: Pick<Original, "name" | "mediaType" | "hints" | "address">,
  bytes: Uint8Array,
): Promise<{ document: Document } | { problem: Problem }> {
  const { name, mediaType, hints, address } = capture;
  const input = { name, bytes, mediaType: mediaType ?? undefined, hints };
  const result = await readDocument(address === null ? input : { ...input, address });
  return result.problem === null ? { document: result.document } : { problem: result.problem };
}
