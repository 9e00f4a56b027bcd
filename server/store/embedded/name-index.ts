/**
 * Index of names in memory. The embedded store has one owner, so an index beside it cannot miss a write; it is filled when the
 * first question comes.
 */
import { compare } from "../date-order.ts";
import type { Executor } from "../executor.ts";
import type { NameChange, NameIndex } from "../names.ts";
import { namePage, type IndexedName } from "../queries/names.ts";
import { revisedNamePage } from "../queries/revised.ts";
import { isOneEditAway, TYPO_WORD_LENGTH } from "../search.ts";

const PAGE = 5_000;

export function createMemoryNameIndex(executor: Executor): NameIndex {
  let names = new Names();
  let loading: Promise<Names> | null = null;

  function load(): Promise<Names> {
    const current = names;
    loading ??= executor.read(async (transaction) => {
      const all: IndexedName[] = [];
      for (let cursor = ""; ;) {
        const page = await transaction.run(namePage(cursor, PAGE));
        all.push(...page);
        const last = page.at(-1);
        if (last === undefined || page.length < PAGE) break;
        cursor = last.id;
      }
      const found: { id: string; keys: string[] }[] = [];
      for (let cursor = ""; ;) {
        const page = await transaction.run(revisedNamePage(cursor, PAGE));
        found.push(...page);
        const last = page.at(-1);
        if (last === undefined || page.length < PAGE) break;
        cursor = last.id;
      }
      current.fill(all, found);
      return current;
    });
    loading.catch(() => {
      if (current === names) loading = null;
    });
    return loading;
  }

  return {
    async withKeys(keys) {
      return (await load()).withKeys(keys);
    },
    async candidates(words, limit) {
      return (await load()).candidates(words, limit);
    },
    apply(change) {
      // Before the first question nothing is loaded: what is read then is what is written now.
      if (loading !== null) names.apply(change);
    },
    clear() {
      names = new Names();
      loading = null;
    },
  };
}

type Entry = Omit<IndexedName, "id">;

/** Entities by whole key and by word. */
class Names {
  readonly #entities = new Map<string, Entry>();
  readonly #byKey = new Map<string, Set<string>>();
  readonly #byWord = new Map<string, Set<string>>();
  /** Keys of entities of which decisions made something else, as the program found them, by id and by key. */
  readonly #found = new Map<string, readonly string[]>();
  readonly #byFoundKey = new Map<string, Set<string>>();
  /** Changes that came while the names were read; null once they are read. */
  #pending: NameChange[] | null = [];

  fill(all: readonly IndexedName[], found: readonly { id: string; keys: string[] }[]): void {
    for (const { id, ...entry } of all) this.#put(id, entry);
    for (const { id, keys } of found) this.#setFound(id, keys);
    const pending = this.#pending ?? [];
    this.#pending = null;
    for (const change of pending) this.apply(change);
  }

  apply(change: NameChange): void {
    if (this.#pending !== null) {
      this.#pending.push(change);
      return;
    }
    for (const { id, searchKeys, degree, mentionCount } of change.present) {
      const before = this.#entities.get(id);
      this.#put(id, {
        searchKeys: searchKeys ?? before?.searchKeys ?? [],
        degree,
        mentionCount: mentionCount ?? before?.mentionCount ?? 0,
      });
    }
    for (const id of change.absent) this.#drop(id);
    for (const { id, keys } of change.found ?? []) this.#setFound(id, keys);
  }

  withKeys(keys: readonly string[]): string[] {
    const shown = keys.flatMap((key) => [...(this.#byKey.get(key) ?? [])].filter((id) => !this.#found.has(id)));
    const found = keys.flatMap((key) => [...(this.#byFoundKey.get(key) ?? [])]);
    return [...new Set([...shown, ...found])];
  }

  #setFound(id: string, keys: readonly string[] | null): void {
    for (const key of this.#found.get(id) ?? []) unlink(this.#byFoundKey, key, id);
    this.#found.delete(id);
    if (keys === null) return;
    this.#found.set(id, keys);
    for (const key of keys) link(this.#byFoundKey, key, id);
  }

  candidates(words: readonly string[], limit: number): { ids: string[]; cut: boolean } {
    const exact = this.#byKey.get(words.join(" ")) ?? new Set<string>();
    const beginning = words.map((word) => this.#withWord((other) => other.startsWith(word)));
    const near = words.flatMap((word, index) => {
      if (word.length < TYPO_WORD_LENGTH) return [];
      const typed = this.#withWord((other) => isOneEditAway(word, other));
      return [...intersection(beginning.with(index, typed))];
    });
    const groups = [exact, intersection(beginning), new Set(near)].map((ids) => this.#bestFirst(ids));
    return {
      ids: [...new Set(groups.flatMap((ids) => ids.slice(0, limit)))],
      cut: groups.some((ids) => ids.length > limit),
    };
  }

  #put(id: string, entry: Entry): void {
    const before = this.#entities.get(id);
    if (before?.searchKeys.join("\n") !== entry.searchKeys.join("\n")) {
      this.#drop(id);
      for (const key of entry.searchKeys) {
        link(this.#byKey, key, id);
        for (const word of key.split(" ")) link(this.#byWord, word, id);
      }
    }
    this.#entities.set(id, entry);
  }

  #drop(id: string): void {
    const entry = this.#entities.get(id);
    if (entry === undefined) return;
    this.#entities.delete(id);
    for (const key of entry.searchKeys) {
      unlink(this.#byKey, key, id);
      for (const word of key.split(" ")) unlink(this.#byWord, word, id);
    }
  }

  /** Looks through the words of all names: there are far fewer of them than names. */
  #withWord(accepts: (word: string) => boolean): Set<string> {
    const found = new Set<string>();
    for (const [word, ids] of this.#byWord) {
      if (accepts(word)) for (const id of ids) found.add(id);
    }
    return found;
  }

  #bestFirst(ids: ReadonlySet<string>): string[] {
    const of = (id: string) => this.#entities.get(id) ?? { degree: 0, mentionCount: 0 };
    return [...ids].sort(
      (a, b) => of(b).degree - of(a).degree || of(b).mentionCount - of(a).mentionCount || compare(a, b),
    );
  }
}

function link(index: Map<string, Set<string>>, key: string, id: string): void {
  const ids = index.get(key);
  if (ids === undefined) index.set(key, new Set([id]));
  else ids.add(id);
}

function unlink(index: Map<string, Set<string>>, key: string, id: string): void {
  const ids = index.get(key);
  ids?.delete(id);
  if (ids?.size === 0) index.delete(key);
}

function intersection(sets: readonly ReadonlySet<string>[]): Set<string> {
  const [smallest, ...others] = [...sets].sort((a, b) => a.size - b.size);
  return new Set([...(smallest ?? [])].filter((id) => others.every((set) => set.has(id))));
}
