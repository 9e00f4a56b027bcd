/**
 * Countries, regions and cities: names by hand, Wikidata ids from rigour, cities from GeoNames.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { actor, assignIds, foldName, parts, readTsv } from "./tables.mjs";

/** Our codes of states that ISO 3166-1 does not list → the territory's file in rigour. */
const RIGOUR_FILE = {
  OST: "x_so",
  PMR: "md_pmr",
  NCY: "cy_trnc",
  NKR: "az_nk",
  SML: "so_som",
  SU: "suhh",
  YU: "yucs",
  SCG: "csxx",
  CS: "cshh",
};

const territoryField = (text, field) => new RegExp(`^${field}: *(.+)$`, "m").exec(text)?.[1].replace(/^['"]|['"]$/g, "");

function territory(corpora, code) {
  const file = join(corpora, "rigour/resources/territories", `${code}.yml`);
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

/** Plural of a French demonym: `chinois` stays, `peuple` → `peuples`. */
export const frenchPlural = (word) => (/[sxz]$/.test(word) ? word : `${word}s`);

const englishPlural = (word) => (/(?:ese|sh|nch|tch|men|man|s)$/.test(word) ? [] : [`${word}s`]);

/** `kazakh/kazakhe|…` → one object a spelling pair. */
export const frenchDemonyms = (cell) =>
  parts(cell).map((pair) => {
    const [masculine, feminine = masculine] = pair.split("/");
    return { masculine, feminine };
  });

export function countries(corpora, handFolder) {
  const rows = readTsv(join(handFolder, "countries.tsv")).map((hand) => {
    const text = territory(corpora, RIGOUR_FILE[hand.code] ?? hand.code.toLowerCase());
    const english = parts(hand.demonyms_en).flatMap((form) => {
      const [adjective, noun] = form.split("/");
      return [adjective, ...(noun === undefined ? englishPlural(adjective) : [noun, ...englishPlural(noun)])];
    });
    const french = frenchDemonyms(hand.demonyms_fr).flatMap(({ masculine, feminine }) => [
      masculine,
      feminine,
      frenchPlural(masculine),
      frenchPlural(feminine),
    ]);
    const capitals = [hand.capital_en, hand.capital_fr, ...parts(hand.metonyms)].filter((name) => name !== "");
    return actor({
      id: `country:${hand.code.toLowerCase()}`,
      type: hand.type,
      kind: hand.kind,
      nameEn: hand.name_en,
      nameFr: hand.name_fr,
      aliasesEn: parts(hand.aliases_en),
      aliasesFr: parts(hand.aliases_fr),
      aliases: parts(hand.aliases),
      countries: [hand.code, ...parts(hand.of)],
      wikidata: (text && territoryField(text, "qid")) ?? "",
      origin: text === null ? ["by-hand"] : ["by-hand", "rigour"],
      extra: {
        code: hand.code,
        demonyms_en: [...new Set(english)],
        demonyms_fr: [...new Set(french)],
        metonyms: [...new Set(capitals)],
      },
      // What the state bodies need; not written.
      adjectives: { en: english[0] ?? "", fr: frenchDemonyms(hand.demonyms_fr)[0] },
    });
  });
  return rows;
}

export function regions(corpora, handFolder) {
  const byCode = new Map();
  const rows = readTsv(join(handFolder, "regions.tsv")).map((hand) => {
    const row = actor({
      type: "Place",
      kind: hand.kind,
      nameEn: hand.name_en,
      nameFr: hand.name_fr,
      aliasesEn: parts(hand.aliases_en),
      aliasesFr: parts(hand.aliases_fr),
      aliases: parts(hand.aliases),
      countries: parts(hand.countries),
      origin: ["by-hand"],
    });
    if (hand.code !== "") byCode.set(hand.code, row);
    return row;
  });
  const files = readdirSync(join(corpora, "rigour/resources/territories")).filter((file) => /^[a-z]{2}_\w+\.yml$/.test(file));
  const states = new Set([...Object.values(RIGOUR_FILE), "ge_ab", "ua_dpr", "ua_lpr"]);
  for (const file of files.sort()) {
    const code = file.slice(0, -".yml".length);
    if (states.has(code) || code.startsWith("su_")) continue;
    const text = territory(corpora, code);
    const known = byCode.get(code);
    const row =
      known ??
      actor({
        type: "Place",
        kind: "region",
        nameEn: territoryField(text, "name").replace(/ \(.*\)$/, "").replace(/^‘/, ""),
        countries: [code.slice(0, 2).toUpperCase()],
      });
    row.id = `region:${code.replace("_", "-")}`;
    // rigour names the annexed territory here, an item of its own.
    if (code !== "ua_cri") row.wikidata = territoryField(text, "qid") ?? "";
    row.origin.push("rigour");
    if (known === undefined) rows.push(row);
  }
  assignIds(rows, "region");
  return rows;
}

/** Countries whose GeoNames names are transliterations, full of signs that no article writes. */
const TRANSLITERATED = new Set(
  "SY IQ IR LB PS IL EG SA YE LY JO AE OM KW BH QA SD AF PK IN NP LK BD MM TH LA KH JP KR KP CN TW MN RU UA BY GE AM AZ KZ KG TJ UZ TM ET ER GR BG MK MV BT".split(
    " ",
  ),
);

const plainSpelling = (name) =>
  name
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .normalize("NFC")
    .replace(/[‘’`ʻʼ´]/g, "");

export function cities(handFolder, extractFolder) {
  const byHand = new Map(
    readTsv(join(handFolder, "city-names.tsv")).map((hand) => [`${hand.country}/${hand.geonames}`, hand]),
  );
  const rows = readTsv(join(extractFolder, "geonames-cities.tsv")).map((city) => {
    const key = `${city.country}/${city.name}`;
    const hand = byHand.get(key);
    byHand.delete(key);
    const plain = TRANSLITERATED.has(city.country) ? plainSpelling(city.name) : city.name;
    const nameEn = hand?.name_en || plain;
    return actor({
      id: `city:${city.id}`,
      type: "Place",
      kind: "city",
      nameEn,
      nameFr: hand?.name_fr || nameEn,
      aliasesEn: parts(hand?.aliases_en),
      aliasesFr: parts(hand?.aliases_fr),
      aliases: hand !== undefined && foldName(plain) !== foldName(nameEn) ? [plain] : [],
      countries: [city.country],
      origin: hand === undefined ? ["geonames"] : ["geonames", "by-hand"],
      extra: { population: city.population },
    });
  });
  if (byHand.size > 0) {
    throw new Error(`city-names.tsv names cities that the extract lacks: ${[...byHand.keys()].join(", ")}`);
  }
  return rows;
}
