/**
 * Which names mean something else in an ordinary text: a reviewed list of words, frequent forenames and surnames, and acronyms
 * so short that many bodies share them. Rows keep such names, marked, for use where the type is known already.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { foldName, namesOf, readTsv } from "./tables.mjs";

/** `by-hand/ambiguous-names.txt`: one word a line, `#` comments. */
export function ordinaryWords(handFolder) {
  const lines = readFileSync(join(handFolder, "ambiguous-names.txt"), "utf8").split("\n");
  return new Set(lines.filter((line) => line !== "" && !line.startsWith("#")).map(foldName));
}

/** Rows and columns of a simple CSV without line breaks in cells. */
function csvRows(file) {
  const [header, ...lines] = readFileSync(file, "utf8").replace(/^\uFEFF/, "").split(/\r?\n/);
  const columns = header.split(",");
  return lines
    .filter((line) => line !== "")
    .map((line) => {
      const cells = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain);
      return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? ""]));
    });
}

/** Frequent forenames and surnames of the world, folded. */
export function personNames(corpora) {
  const files = ["common-forenames-by-country.csv", "common-surnames-by-country.csv"];
  return new Set(
    files
      .flatMap((file) => csvRows(join(corpora, "popular-names", file)))
      .map((row) => foldName(row["Romanized Name"]))
      .filter((name) => name !== ""),
  );
}

/** What to leave out of the corpora, with reasons, and which words are ordinary. */
export function readCorrections(handFolder) {
  const dropped = new Set(readTsv(join(handFolder, "left-out.tsv")).map((row) => `${row.source}/${foldName(row.name)}`));
  const ordinary = ordinaryWords(handFolder);
  return {
    dropped: (source, name) => dropped.has(`${source}/${foldName(name)}`),
    isOrdinary: (name) => ordinary.has(foldName(name)),
  };
}

const isShortAcronym = (name) => /^\p{Lu}{1,2}$/u.test(name.replaceAll(".", ""));

/** Marks the ambiguous names of every row. Countries keep their names unmarked unless the list says otherwise. */
export function markAmbiguous(rows, ordinary, people) {
  for (const row of rows) {
    for (const name of namesOf(row)) {
      const key = foldName(name);
      const isPersonName = row.type !== "Country" && people.has(key);
      if (ordinary.has(key) || isPersonName || isShortAcronym(name) || /^\d+$/.test(key)) row.ambiguous.push(name);
    }
  }
}
