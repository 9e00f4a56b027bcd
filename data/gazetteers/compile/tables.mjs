/**
 * Tables of the gazetteers: reading by-hand TSV, folding names for comparison, and writing the compiled CSV in one stable form.
 */
import { readFileSync } from "node:fs";

/** Columns of every compiled file, in order. */
export const COMMON_COLUMNS = [
  "id",
  "type",
  "kind",
  "name_en",
  "name_fr",
  "aliases_en",
  "aliases_fr",
  "aliases",
  "ambiguous",
  "countries",
  "wikidata",
  "origin",
];

/** Order by code point, the same on every machine and locale. */
export function compareText(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Rows of a tab-separated file with a header; trailing empty cells may be left out. */
export function readTsv(file) {
  const [header, ...lines] = readFileSync(file, "utf8").split("\n");
  const columns = header.split("\t");
  return lines.flatMap((line, index) => {
    if (line.trim() === "" || line.startsWith("#")) return [];
    const cells = line.split("\t");
    if (cells.length > columns.length) {
      throw new Error(`${file}: line ${index + 2} has ${cells.length} cells, ${columns.length} columns are named`);
    }
    return [Object.fromEntries(columns.map((column, at) => [column, (cells[at] ?? "").trim()]))];
  });
}

/** The parts of a `|`-separated cell. */
export function parts(cell) {
  return (cell ?? "")
    .split("|")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

const SPECIAL_LETTERS = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };

/** Key of a name: no accents, case, punctuation or leading article. `server/resolution/gazetteer.ts` folds in the same way. */
export function foldName(name) {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[œæßøłđðþı]/g, (letter) => SPECIAL_LETTERS[letter])
    .replace(/[’‘ʼʻ`´]/g, "'")
    .replace(/(?<=\b\p{L})\.(?=\p{L}\b)/gu, "")
    .replace(/[^\p{L}\p{N}'+$]+/gu, " ")
    .replace(/(?<!\p{L})'|'(?!\p{L})/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  const bare = plain.replace(/^(?:the |les |le |la |l')(?=.)/, "");
  return bare.replaceAll("'", " ").replace(/\s+/g, " ").trim();
}

/** The part of an id that comes from a label: `Al-Qaïda au Maghreb` → `al-qaida-au-maghreb`. */
export function slug(label) {
  return label
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[œæßøłđðþı]/g, (letter) => SPECIAL_LETTERS[letter])
    .replace(/['’‘ʼʻ`´]/g, "")
    .replace(/\+/g, " plus ")
    .replace(/\$/g, "s")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}

/** A row with every field, so that the stages that fill it need no checks. */
export function actor(fields) {
  return {
    type: "",
    kind: "",
    nameEn: "",
    nameFr: "",
    aliasesEn: [],
    aliasesFr: [],
    aliases: [],
    ambiguous: [],
    countries: [],
    wikidata: "",
    origin: [],
    extra: {},
    ...fields,
  };
}

/** Every name of a row, labels first. */
export function namesOf(row) {
  return [row.nameEn, row.nameFr, ...row.aliasesEn, ...row.aliasesFr, ...row.aliases].filter((name) => name !== "");
}

/** Values by key, in order of first appearance. */
export function groupBy(values, keyOf) {
  const groups = new Map();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}

/** Gives each row the id `prefix:slug`, or with a country when two labels make one slug; a third clash is a fault of the data. */
export function assignIds(rows, prefix) {
  const bySlug = groupBy(
    rows.filter((row) => row.id === undefined),
    (row) => slug(row.nameEn || row.nameFr),
  );
  for (const [text, group] of bySlug) {
    for (const row of group) {
      const country = group.length > 1 ? `-${(row.countries[0] ?? "").toLowerCase()}` : "";
      row.id = `${prefix}:${text}${country}`;
    }
  }
  const seen = new Map();
  for (const row of rows) {
    if (seen.has(row.id)) {
      throw new Error(`Two rows have the id ${row.id}: "${row.nameEn}" and "${seen.get(row.id)}". Rename one by hand.`);
    }
    seen.set(row.id, row.nameEn);
  }
}

/** Each spelling once: a label wins over an alias, and an alias that both languages have belongs to neither. */
function tidyNames(row) {
  const seen = new Set([foldName(row.nameEn), foldName(row.nameFr)]);
  const french = new Set(row.aliasesFr.map(foldName));
  const both = new Set(row.aliasesEn.map(foldName).filter((key) => french.has(key)));
  const keep = (names) =>
    names.filter((name) => {
      const key = foldName(name);
      if (key === "" || seen.has(key)) return false;
      seen.add(key);
      return true;
    });
  const shared = [...row.aliasesEn, ...row.aliasesFr].filter((name) => both.has(foldName(name)));
  const ofBoth = keep(shared);
  row.aliasesEn = keep(row.aliasesEn);
  row.aliasesFr = keep(row.aliasesFr);
  row.aliases = [...ofBoth, ...keep(row.aliases)];
}

const unique = (values) => [...new Set(values)];

/** The compiled text of one gazetteer: sorted by id, names tidied, quoted only where CSV needs it, line feeds, one at the end. */
export function toCsv(rows, extraColumns = []) {
  const sorted = rows.toSorted((a, b) => compareText(a.id, b.id));
  const lines = sorted.map((row) => {
    tidyNames(row);
    const names = new Set(namesOf(row));
    return [
      row.id,
      row.type,
      row.kind,
      row.nameEn,
      row.nameFr === row.nameEn ? "" : row.nameFr,
      row.aliasesEn,
      row.aliasesFr,
      row.aliases,
      unique(row.ambiguous).filter((name) => names.has(name)),
      unique(row.countries),
      row.wikidata,
      unique(row.origin),
      ...extraColumns.map((column) => row.extra[column] ?? ""),
    ];
  });
  return csvText([[...COMMON_COLUMNS, ...extraColumns], ...lines]);
}

/** Rows of cells as CSV; a list becomes one cell, separated by `|`. */
export function csvText(rows) {
  return rows.map((cells) => cells.map(cell).join(",")).join("\n") + "\n";
}

function cell(value) {
  const text = Array.isArray(value) ? value.join("|") : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
