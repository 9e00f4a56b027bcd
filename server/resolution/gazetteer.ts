/**
 * The gazetteer: actors and places of general knowledge, found by any of their names in French or English.
 *
 * Loaded once from `data/gazetteers/` and the user's own files, never changed. Extraction asks it for types, resolution for
 * identity. How names are compared stands in `data/gazetteers/README.md`.
 */
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { foldName, nameKey } from "../contract/names.ts";
import type { Language, NodeType } from "../contract/ontology.ts";
import { AppError } from "../errors.ts";
import type { ActorName, ActorRow, GazetteerWarning } from "./gazetteer-file.ts";
import { readGazetteerFile } from "./gazetteer-file.ts";

/** An actor or place of general knowledge. */
export interface KnownActor extends Omit<ActorRow, "names"> {
  /** The English label. */
  name: string;
  /** All names, labels first, each once. */
  names: readonly string[];
}

/** One way in which a name was found. */
export interface KnownName {
  actor: KnownActor;
  /** The name as the gazetteer writes it. */
  name: string;
  language: Language | null;
  isLabel: boolean;
  /** Ordinary texts use what was asked for something else too: trust it only where the type is known already. */
  ambiguous: boolean;
}

export interface LookupOptions {
  /** Of the text; names of this language come first. */
  language?: Language;
  /** Others are left out. */
  type?: NodeType | readonly NodeType[];
}

export interface Gazetteer {
  /** Number of actors. */
  readonly size: number;
  /** Faults of the user's files, in order. */
  readonly warnings: readonly GazetteerWarning[];
  /** Actors with this name, each once; unambiguous ones, labels, the language asked for, and large cities first. */
  lookup(name: string, options?: LookupOptions): readonly KnownActor[];
  /** The same with the name that was found, and whether it is ambiguous. */
  match(name: string, options?: LookupOptions): readonly KnownName[];
  byId(id: string): KnownActor | null;
  /** All actors of a type, in the order of the files. */
  ofType(type: NodeType): KnownActor[];
  /** The country or territory with this code of `countries.csv`. */
  country(code: string): KnownActor | null;
  /** Countries that an adjective or a name of inhabitants means: "irakienne", "Iraqis"; two for "Congolese". */
  demonym(word: string): readonly KnownActor[];
  /** Countries for which a capital or a seat of power stands: "Moscou", "Kremlin". */
  metonym(name: string): readonly KnownActor[];
  /** Folded name (`foldName`) → types, for names that are not ambiguous. */
  knownTypes(): ReadonlyMap<string, readonly NodeType[]>;
}

/** Compiled tables that hold no actors. */
const NO_ACTORS: ReadonlySet<string> = new Set(["name-forms.csv"]);

/**
 * Reads the CSV files of the folder, then the user's. Faults of the user's files are warnings.
 * @throws AppError `not_found` when the folder or a file cannot be read; `internal` when a file of the folder has a fault.
 */
export async function loadGazetteer(folder: string, userFiles: readonly string[] = []): Promise<Gazetteer> {
  const entries = await readdir(folder).catch((cause: unknown) => {
    throw new AppError("not_found", `The gazetteers are not in ${folder}. Install the program again.`, { cause });
  });
  const own = entries.filter((name) => name.endsWith(".csv") && !NO_ACTORS.has(name)).sort();
  const texts = await Promise.all(own.map((name) => readText(path.join(folder, name))));
  const shipped = own.map((name, at) => ({ name, text: texts[at] ?? "" }));
  const added = await Promise.all(userFiles.map(async (file) => ({ name: file, text: await readText(file) })));
  return buildGazetteer(shipped, added);
}

/** UTF-8, or else what spreadsheets on Windows write. */
async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new AppError("not_found", `The gazetteer ${file} cannot be read. Check its name and its permissions.`, {
      cause,
    });
  });
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

interface NamedText {
  name: string;
  text: string;
}

/** @throws AppError `internal` when a shipped text has a fault. */
export function buildGazetteer(shipped: readonly NamedText[], added: readonly NamedText[] = []): Gazetteer {
  const index = new Index();
  for (const { name, text } of shipped) {
    const { rows, warnings } = readGazetteerFile(text, name);
    const [fault] = warnings;
    if (fault !== undefined) {
      throw new AppError("internal", `${fault.file}, line ${fault.line}: ${fault.reason}. Install the program again.`);
    }
    for (const { row } of rows) index.add(row);
  }
  const warnings: GazetteerWarning[] = [];
  for (const { name, text } of added) addUserFile(index, readGazetteerFile(text, name), name, warnings);
  return index.freeze(warnings);
}

function addUserFile(
  index: Index,
  file: ReturnType<typeof readGazetteerFile>,
  name: string,
  warnings: GazetteerWarning[],
): void {
  const own = [...file.warnings];
  const lineOfId = new Map<string, number>();
  for (const { row, line } of file.rows) {
    const unknown = row.countries.filter((code) => code !== row.code && index.country(code) === null);
    if (unknown.length > 0) {
      own.push({
        file: name,
        line,
        reason: `unknown countries are not used: ${unknown.join(", ")}; write codes such as FR`,
      });
    }
    const usable = { ...row, countries: row.countries.filter((code) => !unknown.includes(code)) };
    const earlier = row.id === "" ? undefined : lineOfId.get(row.id);
    if (earlier !== undefined) {
      own.push({ file: name, line, reason: `line ${earlier} has the id "${row.id}" already; this row is left out` });
      continue;
    }
    if (row.id !== "") lineOfId.set(row.id, line);
    index.addOfUser(usable);
  }
  warnings.push(...own.sort((a, b) => a.line - b.line));
}

interface Entry {
  actor: string;
  name: ActorName;
  /** Compared with its case. */
  isAcronym: boolean;
  hasArticle: boolean;
}

const ARTICLE = /^(?:the|le|la|les|el|al)[ -]|^l['’]/i;

const DOT_IN_ACRONYM = /(?<=(?:^|[^\p{L}])\p{L})\.(?=\p{L}(?:[^\p{L}]|$))/gu;

/** `nameKey`, but "U.N." is "UN", and the sign in "Canal+" counts. */
function gazetteerKey(name: string): string {
  const undotted = name.includes(".") ? name.replace(DOT_IN_ACRONYM, "") : name;
  return nameKey(undotted.replaceAll("+", " plus ").replaceAll("$", "s"));
}

/** Acronyms are short; what is longer is an ordinary word in capitals. */
const ACRONYM_LETTERS = 5;

function isAcronymName(name: string): boolean {
  if (name.length > 2 * ACRONYM_LETTERS || /[\p{N}\s]/u.test(name)) return false;
  return letters(name).length <= ACRONYM_LETTERS && isAllCapitals(name);
}

const letters = (name: string): string => name.replace(/[^\p{L}]/gu, "");
const isAllCapitals = (name: string): boolean => /^\p{Lu}+$/u.test(letters(name));
const hasCapital = (name: string): boolean => /\p{Lu}/u.test(name);

class Index {
  readonly #actors = new Map<string, KnownActor>();
  readonly #namesOf = new Map<string, readonly ActorName[]>();
  readonly #entries = new Map<string, Entry[]>();
  readonly #countries = new Map<string, KnownActor>();

  add(row: ActorRow): void {
    const id =
      row.id === "" ? `user:${row.type.toLowerCase()}-${gazetteerKey(row.labels.en).replaceAll(" ", "-")}` : row.id;
    if (this.#actors.has(id)) this.#forget(id);
    const { names } = row;
    const actor: KnownActor = {
      ...row,
      id,
      name: row.labels.en,
      names: [...new Set(names.map((name) => name.text))],
    };
    this.#actors.set(id, actor);
    this.#namesOf.set(id, names);
    if (actor.code !== null) this.#countries.set(actor.code, actor);
    for (const name of names) this.#addEntry(id, name);
  }

  /** A row without id that names one actor of its type adds to it; others are actors of their own. */
  addOfUser(row: ActorRow): void {
    const same = row.id === "" ? this.match(row.labels.en, { type: row.type }).map((found) => found.actor) : [];
    const [known, ...others] = [...new Set(same)];
    if (known === undefined || others.length > 0) {
      this.add(row);
      return;
    }
    this.add({
      ...known,
      kind: row.kind ?? known.kind,
      countries: row.countries.length > 0 ? row.countries : known.countries,
      names: [...(this.#namesOf.get(known.id) ?? []), ...row.names.map((added) => ({ ...added, isLabel: false }))],
      domains: [...new Set([...known.domains, ...row.domains])],
      origin: [...known.origin, ...row.origin],
    });
  }

  country(code: string): KnownActor | null {
    return this.#countries.get(code.toUpperCase()) ?? null;
  }

  match(query: string, options: LookupOptions = {}): KnownName[] {
    const types = options.type === undefined ? null : new Set([options.type].flat());
    const found = new Map<string, KnownName>();
    for (const entry of this.#entries.get(gazetteerKey(query)) ?? []) {
      const actor = this.#actors.get(entry.actor);
      if (actor === undefined || (types !== null && !types.has(actor.type))) continue;
      const ambiguous = isAmbiguous(query, entry);
      if (ambiguous === null) continue;
      const { text, language, isLabel } = entry.name;
      const candidate = { actor, name: text, language, isLabel, ambiguous };
      const rival = found.get(actor.id);
      if (rival === undefined || compareFound(candidate, rival, options.language) < 0) found.set(actor.id, candidate);
    }
    return [...found.values()].sort((a, b) => compareFound(a, b, options.language));
  }

  freeze(warnings: readonly GazetteerWarning[]): Gazetteer {
    const demonyms = this.#countriesBy((actor) => actor.demonyms.map(foldName));
    const metonyms = this.#countriesBy((actor) => actor.metonyms.map(gazetteerKey));
    let types: ReadonlyMap<string, readonly NodeType[]> | null = null;
    return {
      size: this.#actors.size,
      warnings,
      lookup: (name, options) => this.match(name, options).map((found) => found.actor),
      match: (name, options) => this.match(name, options),
      byId: (id) => this.#actors.get(id) ?? null,
      ofType: (type) => [...this.#actors.values()].filter((actor) => actor.type === type),
      country: (code) => this.country(code),
      demonym: (word) => demonyms.get(foldName(word)) ?? [],
      metonym: (name) => metonyms.get(gazetteerKey(name)) ?? [],
      knownTypes: () => (types ??= this.#knownTypes()),
    };
  }

  #addEntry(actor: string, name: ActorName): void {
    const key = gazetteerKey(name.text);
    if (key === "") return;
    const entry: Entry = { actor, name, isAcronym: isAcronymName(name.text), hasArticle: ARTICLE.test(name.text) };
    const entries = this.#entries.get(key);
    if (entries === undefined) this.#entries.set(key, [entry]);
    else entries.push(entry);
  }

  #forget(id: string): void {
    for (const name of this.#namesOf.get(id) ?? []) {
      const key = gazetteerKey(name.text);
      this.#entries.set(
        key,
        (this.#entries.get(key) ?? []).filter((entry) => entry.actor !== id),
      );
    }
  }

  #countriesBy(keysOf: (actor: KnownActor) => readonly string[]): Map<string, KnownActor[]> {
    const found = new Map<string, KnownActor[]>();
    for (const actor of this.#countries.values()) {
      for (const key of new Set(keysOf(actor))) found.set(key, [...(found.get(key) ?? []), actor]);
    }
    return found;
  }

  #knownTypes(): Map<string, readonly NodeType[]> {
    const types = new Map<string, Set<NodeType>>();
    for (const entries of this.#entries.values()) {
      for (const { actor, name } of entries) {
        const type = this.#actors.get(actor)?.type;
        if (type === undefined || name.ambiguous) continue;
        const key = foldName(name.text);
        const known = types.get(key);
        if (known === undefined) types.set(key, new Set([type]));
        else known.add(type);
      }
    }
    return new Map([...types].map(([key, found]) => [key, [...found]]));
  }
}

/** Whether the query may mean something else; null when it cannot mean this name at all. */
function isAmbiguous(query: string, entry: Entry): boolean | null {
  const { name, isAcronym, hasArticle } = entry;
  if (isAcronym) {
    if (!hasCapital(query)) return null;
    const size = letters(name.text).length;
    if (isAllCapitals(query)) return name.ambiguous && size !== 3;
    return size >= 3 && !name.ambiguous ? false : null;
  }
  if (!hasCapital(query) && hasCapital(name.text)) return true;
  if (!hasArticle) return name.ambiguous;
  const withArticle = ARTICLE.exec(query);
  if (withArticle !== null) return name.ambiguous && !hasCapital(query.slice(withArticle[0].length));
  return name.ambiguous || !gazetteerKey(name.text).includes(" ");
}

function compareFound(a: KnownName, b: KnownName, language: Language | undefined): number {
  const foreign = (found: KnownName): number =>
    Number(language !== undefined && found.language !== null && found.language !== language);
  return (
    Number(a.ambiguous) - Number(b.ambiguous) ||
    Number(b.isLabel) - Number(a.isLabel) ||
    foreign(a) - foreign(b) ||
    (b.actor.population ?? 0) - (a.actor.population ?? 0) ||
    (a.actor.id < b.actor.id ? -1 : Number(a.actor.id > b.actor.id))
  );
}
