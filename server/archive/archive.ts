/**
 * PORT Archive: keeps the bytes that documents were read from, and the versions of an article that stood at its address before.
 * Beside the graph: whatever the store, the originals lie in the data folder.
 */
import type { ArchiveRecord, Original } from "../contract/original.ts";

export interface Archive {
  /**
   * Keeps an original of a document. The same bytes are kept once; the same text from the same place adds nothing.
   * @throws AppError `store_unreachable` when the data folder cannot be written.
   */
  keep(document: string, original: Original): Promise<void>;
  /** The document that an article's address (`Original.article`) showed last; null when it was never read. */
  latestAt(address: string): Promise<string | null>;
  /** From now on the address shows this document. */
  pointAt(address: string, document: string): Promise<void>;
  /** Makes one document, with its own history, an earlier version of another that was kept already. */
  supersede(earlier: { document: string; title: string; text: string }, by: string, at: string): Promise<void>;
  /** Null when no original of the document was kept. */
  record(document: string): Promise<ArchiveRecord | null>;
  /** Null when there are no such bytes. */
  bytes(sha256: string): Promise<Uint8Array | null>;
  /** Deletes what was kept of the document and its earlier versions, bytes that another document uses excepted. */
  forget(document: string): Promise<void>;
}
