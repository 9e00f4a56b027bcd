/**
 * Compiles the gazetteers: names written by hand (`by-hand/`) and facts taken from public corpora become the CSV files of this
 * folder, sorted and stable, so that the same input gives the same bytes. README.md describes the files, SOURCES.md where each fact comes from.
 *
 * node data/gazetteers/compile.mjs --corpora FOLDER [--out FOLDER]
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { media, organizations, platforms, publicBodies } from "./compile/actors.mjs";
import { markAmbiguous, ordinaryWords, personNames, readCorrections } from "./compile/ambiguity.mjs";
import { cities, countries, regions } from "./compile/places.mjs";
import { compareText, csvText, foldName, namesOf, readTsv, toCsv } from "./compile/tables.mjs";
import { threats } from "./compile/threats.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const CORPORA = ["misp-galaxy", "rigour", "medias-francais", "online-platforms-sherlock", "popular-names"];

/** File name → CSV text. */
export function compile(corpora) {
  const hand = join(HERE, "by-hand");
  const corrections = readCorrections(hand);
  const countryRows = countries(corpora, hand);
  const tables = {
    "countries.csv": { rows: countryRows, extra: ["code", "demonyms_en", "demonyms_fr", "metonyms"] },
    "regions.csv": { rows: regions(corpora, hand) },
    "cities.csv": { rows: cities(hand, join(HERE, "extracts")), extra: ["population"] },
    "public-bodies.csv": { rows: publicBodies(corpora, hand, corrections, countryRows) },
    "platforms.csv": { rows: platforms(corpora, hand, corrections), extra: ["domains"] },
    "media.csv": { rows: media(corpora, hand, corrections) },
    "organizations.csv": { rows: organizations(hand) },
  };
  const elsewhere = new Set(Object.values(tables).flatMap(({ rows }) => rows.flatMap(namesOf).map(foldName)));
  const { groups, tools } = threats(corpora, hand, corrections, elsewhere);
  tables["threat-groups.csv"] = { rows: groups };
  tables["tools.csv"] = { rows: tools };
  const ordinary = ordinaryWords(hand);
  const people = personNames(corpora);
  const compiled = Object.fromEntries(
    Object.entries(tables).map(([file, { rows, extra = [] }]) => {
      markAmbiguous(rows, ordinary, people);
      return [file, toCsv(rows, extra)];
    }),
  );
  return { ...compiled, "name-forms.csv": nameForms(hand) };
}

/** Legal forms, honorifics and titles that stand around a name; no actors. */
function nameForms(hand) {
  const columns = ["form", "language", "word", "variants", "countries"];
  const rows = readTsv(join(hand, "name-forms.tsv")).map((row) => columns.map((column) => row[column]));
  return csvText([columns, ...rows.toSorted((a, b) => compareText(a.join("\t"), b.join("\t")))]);
}

function main(args) {
  const { values } = parseArgs({ args, options: { corpora: { type: "string" }, out: { type: "string", default: HERE } } });
  const missing = CORPORA.filter((name) => values.corpora === undefined || !existsSync(join(values.corpora, name)));
  if (missing.length > 0) {
    console.error(`Name the folder that holds the corpora: --corpora FOLDER. Not found there: ${missing.join(", ")}.`);
    process.exit(2);
  }
  mkdirSync(values.out, { recursive: true });
  for (const [file, text] of Object.entries(compile(values.corpora))) {
    writeFileSync(join(values.out, file), text);
    console.error(`${file}: ${text.split("\n").length - 2} rows, ${Buffer.byteLength(text)} bytes`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
