/**
 * Tells files that hold no text, before anything tries to read them as one.
 */

const MAGIC: readonly (readonly [string, readonly number[]])[] = [
  ["a PDF document", [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ["a ZIP archive or an office document", [0x50, 0x4b, 0x03, 0x04]],
  ["an office document of the old kind", [0xd0, 0xcf, 0x11, 0xe0]],
  ["an RTF document", [0x7b, 0x5c, 0x72, 0x74, 0x66]],
  ["a GIF image", [0x47, 0x49, 0x46, 0x38]],
  ["a PNG image", [0x89, 0x50, 0x4e, 0x47]],
  ["a JPEG image", [0xff, 0xd8, 0xff]],
  ["a TIFF image", [0x49, 0x49, 0x2a, 0x00]],
  ["a gzip archive", [0x1f, 0x8b]],
  ["a bzip2 archive", [0x42, 0x5a, 0x68, 0x39]],
  ["a 7z archive", [0x37, 0x7a, 0xbc, 0xaf]],
  ["an xz archive", [0xfd, 0x37, 0x7a, 0x58]],
  ["a program", [0x7f, 0x45, 0x4c, 0x46]],
  ["a SQLite database", [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66]],
];

export function startsWithBytes(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

/** What the first bytes announce ("a PNG image"), or null. */
export function binaryKind(bytes: Uint8Array): string | null {
  return MAGIC.find(([, magic]) => startsWithBytes(bytes, magic))?.[0] ?? null;
}

/** Characters that no text editor writes: C0 controls but for tab, line ends, form feed and escape; NUL counts ten times. */
const CONTROL = /[\u0000-\u0008\u000B\u000E-\u001A\u001C-\u001F\u007F]/g; // eslint-disable-line no-control-regex -- controls are what this looks for
const MAX_CONTROL_SHARE = 0.02;

export function looksBinary(text: string): boolean {
  let weight = 0;
  for (const match of text.matchAll(CONTROL)) weight += match[0] === "\0" ? 10 : 1;
  return weight > text.length * MAX_CONTROL_SHARE;
}
