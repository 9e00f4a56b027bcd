/**
 * The archive in plain files, for `sha256sum` and `jq` as for us:
 *
 *     originals/ab/ab12…            the bytes, named by their SHA-256
 *     originals/ab/ab12….uses/      one empty file for each document that was read from them
 *     originals/records/STORE/ID.json       what is known of a document's originals and earlier versions
 *     originals/addresses/STORE/HASH        the document that an address showed last
 *
 * Records belong to one store, bytes to all: a data folder may serve several stores.
 */
import { createHash } from "node:crypto";
import { rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import {
  archiveRecordSchema,
  type ArchiveRecord,
  type Capture,
  type EarlierVersion,
  type Original,
} from "../contract/original.ts";
import { isMissing, readIfThere, unusable, writeWhole } from "../durable-files.ts";
import { AppError } from "../errors.ts";
import type { Archive } from "./archive.ts";

export interface FileArchiveOptions {
  /** `FIL_ROUGE_DATA/originals` */
  folder: string;
  /** Name of the store whose documents these are; part of file names. */
  store: string;
  /** Version of the program, written into captures. */
  reader: string;
}

/** Ids become file names: what could leave the folder is no id of ours. */
const ID = /^[A-Za-z0-9_-]{1,64}$/;
const SHA256 = /^[0-9a-f]{64}$/;

export function openFileArchive({ folder, store, reader }: FileArchiveOptions): Archive {
  const recordFile = (document: string) => join(folder, "records", store, `${document}.json`);
  const bytesFile = (sha256: string) => join(folder, sha256.slice(0, 2), sha256);
  const usesFolder = (sha256: string) => `${bytesFile(sha256)}.uses`;
  const useFile = (sha256: string, document: string) => join(usesFolder(sha256), `${store}.${document}`);
  const addressFile = (address: string) =>
    join(folder, "addresses", store, createHash("sha256").update(address).digest("hex").slice(0, 40));

  async function record(document: string): Promise<ArchiveRecord | null> {
    if (!ID.test(document)) return null;
    const file = recordFile(document);
    const content = await readIfThere(file);
    if (content === null) return null;
    try {
      return archiveRecordSchema.parse(JSON.parse(content.toString("utf8")));
    } catch (cause) {
      throw new AppError("internal", `The file ${file} is damaged. Move it away and read the article again.`, {
        cause,
      });
    }
  }

  async function save(changed: ArchiveRecord): Promise<void> {
    await writeWhole(recordFile(changed.document), JSON.stringify(changed, null, 1));
  }

  /** The use first: bytes without one are taken for leftovers. */
  async function keepBytes(document: string, sha256: string, bytes: Uint8Array): Promise<void> {
    await writeWhole(useFile(sha256, document), "", { lasting: false });
    if ((await readIfThere(bytesFile(sha256)))?.length !== bytes.length) await writeWhole(bytesFile(sha256), bytes);
  }

  async function dropUse(document: string, sha256: string): Promise<void> {
    try {
      await rm(useFile(sha256, document), { force: true });
      // Fails while another document uses them.
      await rmdir(usesFolder(sha256));
    } catch (cause) {
      if (isMissing(cause) || isNotEmpty(cause)) return;
      throw unusable(usesFolder(sha256), cause);
    }
    await rm(bytesFile(sha256), { force: true });
  }

  return {
    async keep(document, original) {
      checkId(document);
      const sha256 = createHash("sha256").update(original.bytes).digest("hex");
      const before = (await record(document)) ?? { document, captures: [], earlier: [] };
      const capture = captureOf(original, sha256, reader);
      const isKnown = before.captures.some(
        (kept) => isSamePlace(kept, capture) || (capture.article === null && kept.sha256 === sha256),
      );
      if (isKnown) return;
      await keepBytes(document, sha256, original.bytes);
      await save({ ...before, captures: [...before.captures, capture] });
    },

    async latestAt(address) {
      const kept = await readIfThere(addressFile(address));
      return kept === null ? null : kept.toString("utf8");
    },

    async pointAt(address, document) {
      await writeWhole(addressFile(address), document);
    },

    async supersede(earlier, by, at) {
      const [old, present] = [await record(earlier.document), await record(by)];
      if (old === null || present === null) return;
      const version: EarlierVersion = { ...earlier, captures: old.captures, replacedAt: at };
      const inherited = [...old.earlier, version];
      for (const { sha256 } of inherited.flatMap(({ captures }) => captures)) {
        await writeWhole(useFile(sha256, by), "", { lasting: false });
      }
      await save({ ...present, earlier: [...present.earlier, ...inherited] });
      await remove(old);
    },

    record,

    bytes: async (sha256) => (SHA256.test(sha256) ? readIfThere(bytesFile(sha256)) : null),

    async forget(document) {
      const kept = await record(document);
      if (kept === null) return;
      await remove(kept);
      const addresses = new Set(kept.captures.flatMap(({ article }) => (article === null ? [] : [article])));
      for (const address of addresses) {
        const shown = await readIfThere(addressFile(address));
        if (shown?.toString("utf8") === document) await rm(addressFile(address), { force: true });
      }
    },
  };

  /** The record last: while it stands, a removal that was cut short can be done again. */
  async function remove({ document, captures, earlier }: ArchiveRecord): Promise<void> {
    const all = [...captures, ...earlier.flatMap((version) => version.captures)];
    for (const sha256 of new Set(all.map((capture) => capture.sha256))) await dropUse(document, sha256);
    await rm(recordFile(document), { force: true });
  }
}

function captureOf(original: Original, sha256: string, reader: string): Capture {
  const { bytes, hints, ...told } = original;
  return {
    ...told,
    sha256,
    bytes: bytes.length,
    hints: Object.fromEntries(Object.entries(hints).filter(([, value]) => value !== undefined)),
    headers: { ...told.headers },
    reader,
  };
}

/** A page that changed around its text is the same evidence: what was kept first stays. */
function isSamePlace(a: Capture, b: Capture): boolean {
  return a.article === null ? b.article === null && a.name === b.name : a.article === b.article;
}

function checkId(document: string): void {
  if (ID.test(document)) return;
  throw new AppError(
    "invalid_input",
    `The document id "${document}" cannot name a file. Use letters, digits, - and _.`,
  );
}

function isNotEmpty(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && (cause.code === "ENOTEMPTY" || cause.code === "EEXIST");
}
