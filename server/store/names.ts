/**
 * PORT NameIndex: finds entities by folded name, each engine in its own way, always as candidates. Which of them fit, and in
 * what order, is decided by `search.ts` alone, so that both stores answer alike.
 */

export interface NameChange {
  /** Entities that are new or changed. Without `searchKeys`, these stay as they are. */
  present: { id: string; searchKeys?: string[]; degree: number; mentionCount?: number }[];
  /** Entities that are gone. */
  absent: string[];
  /** Keys by which resolution finds entities of which decisions made something else; null: by their `searchKeys` again. */
  found?: { id: string; keys: string[] | null }[];
}

export interface NameCandidates {
  /** Best connected first within each way of fitting; at most `limit` of each. */
  ids: string[];
  /** More fit than are here. */
  cut: boolean;
}

export interface NameIndex {
  /** Ids of the entities that have one of the keys, as the program found them: whatever was decided. */
  withKeys(keys: readonly string[]): Promise<string[]>;
  /** Entities with a key in which each of the folded words begins a word, or all but one do and that one is a typing error away. */
  candidates(words: readonly string[], limit: number): Promise<NameCandidates>;
  /** Tells what a committed write changed. */
  apply(change: NameChange): void;
  clear(): void;
}
