/**
 * ZIP files taken apart, never trusting what they say about themselves: number of entries, size of each and of all are counted
 * while they are inflated, names are data and no paths.
 */
import { fromBuffer, type Entry, type ZipFile } from "yauzl";
import { decode } from "./encoding.ts";

export interface ZipLimits {
  entries: number;
  /** Of all entries together, inflated. */
  totalBytes: number;
}

export interface ZipEntry {
  name: string;
  /** Null: encrypted, or packed in a way that is not understood. */
  bytes: Uint8Array | null;
  why: "whole" | "encrypted" | "unknown packing" | "too large" | "damaged";
}

/** The archive as a whole is not what it should be. The message continues a sentence that begins with its name. */
export class ZipFault extends Error {
  override readonly name = "ZipFault";
  readonly code: "malformed" | "too_large";

  constructor(code: "malformed" | "too_large", message: string) {
    super(message);
    this.code = code;
  }
}

export function startsLikeZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/**
 * The files of an archive in its order, folders left out, one in memory at a time.
 * @param maxBytesOf how large a file of that name may be, inflated; null leaves it packed and out
 * @throws ZipFault
 */
export async function* zipEntries(
  bytes: Uint8Array,
  limits: ZipLimits,
  maxBytesOf: (name: string) => number | null,
): AsyncGenerator<ZipEntry> {
  const zip = await opened(bytes);
  let entries = 0;
  let total = 0;
  for (;;) {
    const entry = await nextEntry(zip);
    if (entry === null) return;
    entries += 1;
    if (entries > limits.entries) throw new ZipFault("too_large", `holds more than ${limits.entries} files`);
    const name = decode(rawName(entry)).text.replaceAll("\0", "");
    const maxBytes = name.endsWith("/") ? null : maxBytesOf(name);
    if (maxBytes === null) continue;
    if (entry.isEncrypted()) {
      yield { name, bytes: null, why: "encrypted" };
      continue;
    }
    if (!entry.canDecodeFileData()) {
      yield { name, bytes: null, why: "unknown packing" };
      continue;
    }
    const inflated = await inflate(zip, entry, Math.min(maxBytes, limits.totalBytes - total));
    total += inflated.length;
    if (total >= limits.totalBytes) {
      throw new ZipFault("too_large", `holds more than ${limits.totalBytes / 1_000_000} MB when unpacked`);
    }
    yield { name, ...inflated.outcome };
  }
}

function opened(bytes: Uint8Array): Promise<ZipFile> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return new Promise((resolve, reject) => {
    // Names are not decoded there: a name such as "../x" would end the reading, and here it opens nothing.
    fromBuffer(buffer, { lazyEntries: true, decodeStrings: false, validateEntrySizes: true }, (error, zip) => {
      if (error === null) resolve(zip);
      else reject(damaged(error));
    });
  });
}

/** Null after the last one. */
function nextEntry(zip: ZipFile): Promise<Entry | null> {
  return new Promise((resolve, reject) => {
    const settle = (work: () => void) => {
      zip.removeAllListeners();
      work();
    };
    zip.on("entry", (entry: Entry) => settle(() => resolve(entry)));
    zip.on("end", () => settle(() => resolve(null)));
    zip.on("error", (error: Error) => settle(() => reject(damaged(error))));
    zip.readEntry();
  });
}

function rawName(entry: Entry): Uint8Array {
  const name: unknown = entry.fileName;
  return Buffer.isBuffer(name) ? name : Buffer.from(String(name));
}

interface Inflated {
  length: number;
  outcome: Pick<ZipEntry, "bytes" | "why">;
}

function inflate(zip: ZipFile, entry: Entry, maxBytes: number): Promise<Inflated> {
  return new Promise((resolve) => {
    zip.openReadStream(entry, (error, stream) => {
      const chunks: Buffer[] = [];
      let length = 0;
      const lost = (why: ZipEntry["why"]) => resolve({ length, outcome: { bytes: null, why } });
      if (error !== null) {
        lost("damaged");
        return;
      }
      stream.on("data", (chunk: Buffer) => {
        length += chunk.length;
        chunks.push(chunk);
        if (length <= maxBytes) return;
        lost("too large");
        stream.destroy();
      });
      stream.on("error", () => lost("damaged"));
      stream.on("end", () => resolve({ length, outcome: { bytes: Buffer.concat(chunks), why: "whole" } }));
    });
  });
}

function damaged(error: Error): ZipFault {
  return new ZipFault("malformed", `is no whole ZIP file (${error.message})`);
}
