/**
 * Lists in plain files: `NAME.csv` in the gazetteers' columns, which every spreadsheet opens, and `NAME.json` with what was wrong in
 * the file that came.
 */
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { actorListSchema, type ActorList, type ListHit } from "../contract/lists.ts";
import { nameKey } from "../contract/names.ts";
import type { NodeType } from "../contract/ontology.ts";
import { isMissing, readIfThere, unusable, writeWhole } from "../durable-files.ts";
import { AppError } from "../errors.ts";
import type { ActorLists } from "./actor-lists.ts";
import { readList, type ListedActor } from "./read-list.ts";

/** Names become file names. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,60}$/u;
/** Shorter names mean too many. */
const LEAST_LETTERS = 3;

interface IndexedList {
  name: string;
  /** Of the file: when it changes, the list is read again. */
  stamp: string;
  byKey: ReadonlyMap<string, { actor: ListedActor; match: string }[]>;
}

/** @param options.folder `FIL_ROUGE_DATA/lists` */
export function openFileLists({ folder }: { folder: string }): ActorLists {
  const read = new Map<string, IndexedList>();
  const csvFile = (name: string) => join(folder, `${name}.csv`);
  const metaFile = (name: string) => join(folder, `${name}.json`);

  async function names(): Promise<string[]> {
    try {
      const files = await readdir(folder);
      return files
        .filter((file) => file.endsWith(".csv"))
        .map((file) => file.slice(0, -".csv".length))
        .sort();
    } catch (cause) {
      if (isMissing(cause)) return [];
      throw unusable(folder, cause);
    }
  }

  async function indexed(name: string): Promise<IndexedList | null> {
    const found = await stat(csvFile(name)).catch(() => null);
    if (found === null) return null;
    const stamp = `${found.size} ${found.mtimeMs}`;
    const known = read.get(name);
    if (known?.stamp === stamp) return known;
    const text = (await readIfThere(csvFile(name)))?.toString("utf8") ?? "";
    const fresh = { name, stamp, byKey: indexOf(readList(text, name).actors) };
    read.set(name, fresh);
    return fresh;
  }

  return {
    async all() {
      const lists: ActorList[] = [];
      for (const name of await names()) {
        const meta = await readIfThere(metaFile(name));
        if (meta !== null) lists.push(actorListSchema.parse(JSON.parse(meta.toString("utf8"))));
      }
      return lists;
    },

    async add(name, file, text, at) {
      if (!NAME.test(name)) {
        throw new AppError(
          "invalid_input",
          `"${name}" is no name of a list: letters, digits, blanks, dots and dashes.`,
        );
      }
      const { actors, faults } = readList(text, file);
      if (actors.length === 0) {
        const [first] = faults;
        const why = first === undefined ? "it holds no actors" : `line ${first.line}: ${first.reason}`;
        throw new AppError("invalid_input", `Nothing of ${file} can be used (${why}).`);
      }
      const list: ActorList = { name, file, addedAt: at.toISOString(), actors: actors.length, faults };
      await writeWhole(csvFile(name), csvOf(actors));
      await writeWhole(metaFile(name), JSON.stringify(list, null, 1));
      return list;
    },

    async remove(name) {
      if (!NAME.test(name) || !(await names()).includes(name)) return false;
      await rm(csvFile(name), { force: true });
      await rm(metaFile(name), { force: true });
      read.delete(name);
      return true;
    },

    async hits({ name, aliases, type }) {
      const keys = [...new Set([name, ...aliases].map(nameKey))].filter((key) => key.length >= LEAST_LETTERS);
      const hits: ListHit[] = [];
      for (const listName of await names()) {
        const list = await indexed(listName);
        const found = new Set<ListedActor>();
        for (const { actor, match } of keys.flatMap((key) => list?.byKey.get(key) ?? [])) {
          if (found.has(actor) || !mayBe(actor.type, type)) continue;
          found.add(actor);
          hits.push({ list: listName, id: actor.id, name: actor.names[0], match });
        }
      }
      return hits;
    },

    files: async () => (await names()).map(csvFile),
  };
}

function indexOf(actors: readonly ListedActor[]): IndexedList["byKey"] {
  const byKey = new Map<string, { actor: ListedActor; match: string }[]>();
  for (const actor of actors) {
    for (const match of actor.names) {
      const key = nameKey(match);
      const same = byKey.get(key);
      if (same === undefined) byKey.set(key, [{ actor, match }]);
      else same.push({ actor, match });
    }
  }
  return byKey;
}

const BODIES: ReadonlySet<NodeType> = new Set<NodeType>([
  "Organization",
  "PublicBody",
  "ThreatGroup",
  "MediaOutlet",
  "Platform",
]);

/** Lists know organisations, of which we tell apart several kinds. */
function mayBe(listed: NodeType, found: NodeType | null): boolean {
  return found === null || listed === found || (BODIES.has(listed) && BODIES.has(found));
}

function csvOf(actors: readonly ListedActor[]): string {
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  // The bar parts the items of a list.
  const items = (texts: readonly string[]) => cell(texts.map((text) => text.replaceAll("|", " ")).join("|"));
  const rows = actors.map(({ id, type, names: [main, ...others], countries }) =>
    [cell(id), type, cell(main), items(others), items(countries)].join(","),
  );
  return `id,type,name,aliases,countries\n${rows.join("\n")}\n`;
}
