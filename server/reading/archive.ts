/**
 * An archive → the articles in it, each an input of its own. What cannot be read inside is told by its name; formats that are not
 * read are passed over, as in a folder.
 */
import type { Problem } from "../contract/document.ts";
import { ARCHIVE_ENDINGS } from "./archive-names.ts";
import { READABLE_ENDINGS, endingOf, maxBytesOfName } from "./formats.ts";
import { tooManyBytes } from "./read-document.ts";
import type { ReadInput } from "./reader.ts";
import { zipEntries, ZipFault, type ZipEntry, type ZipLimits } from "./zip.ts";

export type UnpackedInput = { input: ReadInput; problem: null } | { input: null; name: string; problem: Problem };

/** A year of dispatches fits; what it inflates to stays in memory one file at a time. */
const LIMITS: ZipLimits = { entries: 10_000, totalBytes: 500_000_000 };

/** Yields at least one input or problem. */
export async function* unpack(archive: ReadInput, limits: ZipLimits = LIMITS): AsyncGenerator<UnpackedInput> {
  const { bytes, name, hints } = archive;
  let found = 0;
  try {
    for await (const entry of zipEntries(bytes, limits, (inner) => (isArticle(inner) ? maxBytesOfName(inner) : null))) {
      found += 1;
      const inside = `${name}/${entry.name}`;
      const problem = problemOf(entry, inside);
      if (problem !== null) yield { input: null, name: inside, problem };
      else if (entry.bytes !== null) yield { input: { bytes: entry.bytes, name: inside, hints }, problem: null };
    }
  } catch (cause) {
    if (!(cause instanceof ZipFault)) throw cause;
    const rest = found === 0 ? "" : `; the ${found} files before that were read`;
    yield { input: null, name, problem: { code: cause.code, message: `${name} ${cause.message}${rest}.` } };
    return;
  }
  if (found === 0) {
    const message = `${name} holds no articles; what is read: ${READABLE_ENDINGS.join(", ")}.`;
    yield { input: null, name, problem: { code: "empty", message } };
  }
}

/** Hidden files and those that macOS adds are no articles. */
function isArticle(name: string): boolean {
  const isHidden = name.split(/[/\\]/).some((part) => part.startsWith(".") && part !== "." && part !== "..");
  return !isHidden && !name.startsWith("__MACOSX") && READABLE_ENDINGS.includes(endingOf(name));
}

function problemOf(entry: ZipEntry, inside: string): Problem | null {
  if (ARCHIVE_ENDINGS.includes(endingOf(entry.name))) {
    return { code: "unsupported_format", message: `${inside} is an archive inside an archive; unpack it first.` };
  }
  switch (entry.why) {
    case "whole":
      return null;
    case "encrypted":
      return { code: "unreadable", message: `${inside} is encrypted; unpack the archive with its password first.` };
    case "unknown packing":
      return { code: "unreadable", message: `${inside} is packed in a way that is not understood; pack it as usual.` };
    case "too large":
      return tooManyBytes(inside, null, maxBytesOfName(entry.name));
    case "damaged":
      return { code: "malformed", message: `${inside} is damaged inside the archive.` };
  }
}
