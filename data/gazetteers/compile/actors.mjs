/**
 * Public bodies, platforms, media and organisations: mostly by hand; MISP adds intelligence services, Sherlock websites, and
 * Médias français outlets of the French press.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { actor, assignIds, foldName, groupBy, namesOf, parts, readTsv } from "./tables.mjs";
import { frenchPlural } from "./places.mjs";

const byHand = (handFolder, file, type) =>
  readTsv(join(handFolder, file)).map((hand) =>
    actor({
      type,
      kind: hand.kind,
      nameEn: hand.name_en ?? hand.name,
      nameFr: hand.name_fr || hand.name_en || hand.name,
      aliasesEn: parts(hand.aliases_en),
      aliasesFr: parts(hand.aliases_fr),
      aliases: parts(hand.aliases),
      countries: parts(hand.countries),
      origin: ["by-hand"],
      extra: { domains: parts(hand.domains) },
      role: hand.role ?? "",
    }),
  );

/** Folded name → rows that bear it. */
export function nameIndex(rows) {
  const index = new Map();
  for (const row of rows) {
    for (const key of new Set(namesOf(row).map(foldName))) {
      const known = index.get(key);
      if (known === undefined) index.set(key, [row]);
      else known.push(row);
    }
  }
  return index;
}

/** Bodies that every state has, named by a form: "Iraqi Ministry of Defence", "ministère irakien de la Défense". */
function stateBodies(handFolder, countryRows, bodies) {
  const byCode = new Map(countryRows.map((row) => [row.extra.code, row]));
  const byRole = new Map(bodies.filter((row) => row.role !== "").map((row) => [`${row.countries[0]}/${row.role}`, row]));
  const rows = [];
  for (const form of readTsv(join(handFolder, "state-bodies.tsv"))) {
    for (const code of parts(form.countries)) {
      const country = byCode.get(code);
      if (country?.adjectives.fr === undefined) throw new Error(`state-bodies.tsv: no demonym for ${code}`);
      const { en, fr } = country.adjectives;
      const fill = (template) =>
        template
          .replaceAll("{en}", en)
          .replaceAll("{country_en}", country.nameEn)
          .replaceAll("{m}", fr.masculine)
          .replaceAll("{fp}", frenchPlural(fr.feminine))
          .replaceAll("{f}", fr.feminine);
      const nameEn = fill(form.name_en);
      const nameFr = fill(form.name_fr);
      const aliasesEn = parts(form.aliases_en).map(fill);
      const aliasesFr = parts(form.aliases_fr).map(fill);
      const id = `body:${code.toLowerCase()}-${form.role.replace(":", "-")}`;
      const known = byRole.get(`${code}/${form.role}`);
      if (known === undefined) {
        const origin = ["by-hand"];
        const countries = [code];
        rows.push(actor({ id, type: "PublicBody", kind: form.kind, nameEn, nameFr, aliasesEn, aliasesFr, countries, origin }));
      } else {
        known.id = id;
        known.aliasesEn.push(nameEn, ...aliasesEn);
        known.aliasesFr.push(nameFr, ...aliasesFr);
      }
    }
  }
  return rows;
}

/** `National Intelligence Service (Albania)` → the name and what stands in brackets at its end. */
function splitBracket(text) {
  const [, name, bracket = ""] = /^(.*?)\s*(?:\(([^()]*)\))?$/.exec(text.trim());
  return { name, bracket };
}

function intelligenceServices(corpora, corrections, bodies) {
  const index = nameIndex(bodies);
  const rows = [];
  const { values } = JSON.parse(readFileSync(join(corpora, "misp-galaxy/intelligence-agencies.json"), "utf8"));
  for (const { value, description, meta } of values) {
    const country = meta.country;
    if (country === undefined || corrections.dropped("misp:intelligence-agencies", value)) continue;
    // Marks of the page that MISP took the list from.
    const { name } = splitBracket(value.replace(/^\w\w:|\[\d+\]/g, ""));
    const acronym = /\(([A-ZÀ-Ž]{3,8})\)/.exec(description)?.[1];
    const firstPart = description.split(/ [–−-] | \(|: |\[/)[0].trim();
    const others = [firstPart, ...(meta.synonyms ?? []).flatMap((text) => text.split(" / "))].filter(
      (text) => text !== name && text.length >= 3 && text.length <= 70 && /\p{Lu}/u.test(text) && !/[()]/.test(text),
    );
    const same = [name, ...others]
      .flatMap((text) => index.get(foldName(text)) ?? [])
      .find((row) => row.countries.includes(country));
    if (same !== undefined) {
      same.aliases.push(name, ...others);
      same.origin.push("misp:intelligence-agencies");
      continue;
    }
    const aliases = [...others, ...(acronym === undefined ? [] : [acronym])];
    const row = actor({
      type: "PublicBody",
      kind: "intelligence",
      nameEn: name,
      nameFr: name,
      aliases,
      countries: [country],
      origin: ["misp:intelligence-agencies"],
    });
    rows.push(row);
    for (const key of new Set(namesOf(row).map(foldName))) index.set(key, [...(index.get(key) ?? []), row]);
  }
  // One service of one country listed twice, once by its own name and once in English.
  return [...groupBy(rows, (row) => `${row.countries[0]}/${foldName(row.nameEn)}`).values()].map(([first, ...twins]) => {
    for (const twin of twins) first.aliases.push(...twin.aliases);
    return first;
  });
}

export function publicBodies(corpora, handFolder, corrections, countryRows) {
  const bodies = byHand(handFolder, "public-bodies.tsv", "PublicBody");
  const forms = stateBodies(handFolder, countryRows, bodies);
  const services = intelligenceServices(corpora, corrections, bodies);
  // An intelligence service is often named like that of its neighbour.
  for (const [, twins] of groupBy(services, (row) => foldName(row.nameEn))) {
    if (twins.length > 1) for (const row of twins) row.ambiguous.push(row.nameEn);
  }
  const rows = [...bodies, ...forms, ...services];
  assignIds(rows, "body");
  return rows;
}

/** Sherlock looks for accounts, so that some of its entries are a part of a site, not a platform of its own. */
const SECTION_OF_A_SITE = /\(|\bforums?\b|community|Forum$|RU$|Gamertag|Profile|Nation|Developer|Discussions|Ask Fedora/i;

export function platforms(corpora, handFolder, corrections) {
  const rows = byHand(handFolder, "platforms.tsv", "Platform");
  const known = new Set(rows.flatMap((row) => [...namesOf(row).map(foldName), ...row.extra.domains.map(foldName)]));
  const sites = JSON.parse(readFileSync(join(corpora, "online-platforms-sherlock/data.json"), "utf8"));
  for (const [name, site] of Object.entries(sites)) {
    if (name === "$schema" || site.isNSFW === true || SECTION_OF_A_SITE.test(name)) continue;
    if (corrections.dropped("sherlock", name)) continue;
    const domain = new URL(site.urlMain).hostname.replace(/^www\./, "").toLowerCase();
    if (known.has(foldName(name)) || known.has(foldName(domain))) continue;
    known.add(foldName(name)).add(foldName(domain));
    rows.push(
      actor({
        type: "Platform",
        kind: "website",
        nameEn: name,
        nameFr: name,
        origin: ["sherlock"],
        extra: { domains: [domain] },
      }),
    );
  }
  assignIds(rows, "platform");
  return rows;
}

const FRENCH_KINDS = { Télévision: "tv", Radio: "radio", Site: "online" };

export function media(corpora, handFolder, corrections) {
  const rows = byHand(handFolder, "media.tsv", "MediaOutlet");
  const index = nameIndex(rows);
  for (const outlet of readTsv(join(corpora, "medias-francais/medias.tsv"))) {
    const name = outlet.Nom.replaceAll("’", "'").replace(/\s+/g, " ");
    if (name === "" || corrections.dropped("medias-francais", name)) continue;
    const same = index.get(foldName(name))?.find((row) => row.countries.some((code) => ["FR", "CH", "MC"].includes(code)));
    if (same !== undefined) {
      same.origin.push("medias-francais");
      continue;
    }
    rows.push(
      actor({
        type: "MediaOutlet",
        kind: FRENCH_KINDS[outlet.Type] ?? "press",
        nameEn: splitBracket(name).name,
        nameFr: splitBracket(name).name,
        countries: [{ Suisse: "CH", Monaco: "MC" }[outlet.Echelle] ?? "FR"],
        origin: ["medias-francais"],
      }),
    );
  }
  assignIds(rows, "media");
  return rows;
}

export function organizations(handFolder) {
  const rows = byHand(handFolder, "organizations.tsv", "Organization");
  assignIds(rows, "org");
  return rows;
}
