/**
 * Which files are archives: known to the registry of formats and to the walk, apart from the code that opens them.
 */
export const ARCHIVE_ENDINGS: readonly string[] = [".zip"];

const ARCHIVE_TYPES: ReadonlySet<string> = new Set(["application/zip", "application/x-zip-compressed"]);

/** @param mediaType as a browser told it, or null. */
export function isArchive(name: string, mediaType: string | null): boolean {
  const lower = name.toLowerCase();
  const ended = ARCHIVE_ENDINGS.some((ending) => lower.endsWith(ending));
  return ended || (mediaType !== null && ARCHIVE_TYPES.has(mediaType) && !/\.[a-z]{2,5}$/.test(lower));
}
