/**
 * Threat groups and cyber tools: by hand, with names and aliases from the MISP galaxy (threat actors, MITRE groups, Canada's
 * list of terrorist entities, ransomware, tools).
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { nameIndex } from "./actors.mjs";
import { actor, assignIds, foldName, namesOf, parts, readTsv } from "./tables.mjs";

const cluster = (corpora, file) => JSON.parse(readFileSync(join(corpora, "misp-galaxy", file), "utf8")).values;

/** What stands in MISP's names beside the name itself: catalogue numbers, remarks, the word "ransomware". */
const cleanName = (name) =>
  name
    .replaceAll("’", "'")
    .replace(/\s*-\s*[GS]\d{4}$/, "")
    .replace(/\s*\((?:Fake|fake|old|new|page does not exist|PDF|ELF|Windows|Android|MacOS|Linux)[^)]*\)$/i, "")
    .replace(/\s+/g, " ")
    .trim();

const isName = (name) =>
  name.length >= 3 && name.length <= 60 && !/^(?:[GS]\d{4}|Operation .*)$/.test(name) && !/[|{}<>:\\/[\]]/.test(name) && /\p{L}/u.test(name);

const cleanNames = (names, corrections) =>
  [...new Set(names.map(cleanName))].filter((name) => isName(name) && !corrections.dropped("alias", name));

/** "UPS", "Tick": a short word as a code name is never told from the word, unless it is the main one. */
const codeNames = ({ value, meta = {} }, corrections) =>
  cleanNames([value, ...(meta.synonyms ?? []).filter((name) => !/^\p{L}{1,4}$/u.test(name))], corrections);

/** `Moses Staff` and `MosesStaff` as one key. */
const squash = (name) => foldName(name).replaceAll(" ", "");

function squashedIndex(rows) {
  const index = new Map();
  for (const row of rows) register(index, row);
  return index;
}

function register(index, row) {
  for (const name of namesOf(row)) if (!index.has(squash(name))) index.set(squash(name), row);
}

/** The row that the names mean: the one that bears the main name, else two of the others. */
function sameGroup(index, main, names) {
  const byMain = index.get(squash(main));
  if (byMain !== undefined) return byMain;
  const votes = new Map();
  for (const name of names) {
    const row = index.get(squash(name));
    if (row !== undefined) votes.set(row, (votes.get(row) ?? 0) + 1);
  }
  const [best] = [...votes].sort(([, a], [, b]) => b - a);
  return best !== undefined && best[1] >= 2 ? best[0] : undefined;
}

/** Adds names to the row that means the same group, or makes a new row. */
function absorb(index, rows, main, names, fields) {
  const same = sameGroup(index, main, names);
  if (same === undefined) {
    const row = actor({ type: "ThreatGroup", nameEn: main, nameFr: main, aliases: names, ...fields });
    rows.push(row);
    register(index, row);
    return;
  }
  same.aliases.push(main, ...names);
  same.origin.push(...fields.origin);
  if (same.countries.length === 0) same.countries.push(...(fields.countries ?? []));
  register(index, same);
}

function actorKind(names, country) {
  if (names.some((name) => /\bspider\b|^GOLD |^FIN\d/i.test(name))) return "criminal";
  if (names.some((name) => /\bjackal\b/i.test(name))) return "hacktivist";
  return country === undefined ? "hacker" : "apt";
}

function threatActors(corpora, corrections, rows) {
  const index = squashedIndex(rows);
  for (const entry of cluster(corpora, "threat-actor.json")) {
    const { value, meta = {} } = entry;
    const [main, ...names] = codeNames(entry, corrections);
    if (main === undefined || corrections.dropped("misp:threat-actor", value)) continue;
    const countries = /^[A-Z]{2}$/.test(meta.country ?? "") ? [meta.country] : [];
    const kind = actorKind([main, ...names], countries[0]);
    absorb(index, rows, main, names, { kind, countries, origin: ["misp:threat-actor"] });
  }
  for (const entry of cluster(corpora, "mitre-intrusion-set.json")) {
    const [main, ...names] = codeNames(entry, corrections);
    if (main === undefined || corrections.dropped("misp:mitre-intrusion-set", entry.value)) continue;
    absorb(index, rows, main, names, {
      kind: actorKind([main, ...names]),
      origin: ["misp:mitre-intrusion-set"],
    });
  }
}

/**
 * The other names in the summary of a listed entity; its first line lists them, separated by commas or semicolons. Splitting
 * breaks names that hold "and", so that a single word is kept only if it is an acronym or a compound.
 */
function listedNames(description) {
  const summary = /Summary: (.*)/.exec(description)?.[1] ?? "";
  return summary
    .replace(/\.$/, "")
    .split(/[,;]/)
    .flatMap((part) => part.split(/ and (?=the |[A-Z])/))
    .map((part) => part.trim().replace(/^(?:and|the|or) /i, ""))
    .flatMap((part) => {
      const [, name, bracket = ""] = /^(.*?)\s*(?:\(([^()]*)\))?$/.exec(part);
      return bracket === "" ? [name] : [name, bracket];
    })
    .filter((name) => /^[\p{Lu}'’]/u.test(name) && name.split(" ").length <= 8 && !/[()–]|^(?:N\/A|Levant|Syria)/.test(name))
    .filter((name) => name.includes(" ") || name.includes("-") || /^\p{Lu}{3,}$/u.test(name));
}

function listedTerrorists(corpora, corrections, rows) {
  const index = squashedIndex(rows);
  for (const { value, description } of cluster(corpora, "terrorist-groups.json")) {
    if (corrections.dropped("misp:terrorist-groups", value)) continue;
    const [, name, bracket = ""] = /^(.*?)\s*(?:\(([^()]*)\))?(?: \(.*\))?$/.exec(cleanName(value));
    const names = cleanNames([...(bracket === "" ? [] : [bracket]), ...listedNames(description)], corrections);
    absorb(index, rows, name, names, { kind: "terrorist", origin: ["misp:terrorist-groups"] });
  }
}

const titleCase = (name) =>
  name === name.toLowerCase() ? name.replace(/(?<=^|[ -])\p{Ll}/gu, (letter) => letter.toUpperCase()) : name;

const withoutRansomware = (name) => cleanName(name.replace(/\s*\bransomwa?e?re?\b/gi, " "));

/** Gangs with a leak site. The programs of that list are mostly curiosities of 2017; the known ones are by hand. */
function ransomwareGroups(corpora, corrections, groups, elsewhere) {
  const index = squashedIndex(groups);
  for (const { value, meta = {} } of cluster(corpora, "ransomware.json")) {
    if (!(meta.refs ?? []).some((address) => address.includes("ransomlook.io/group/"))) continue;
    const [main, ...names] = cleanNames([value, ...(meta.synonyms ?? [])].map(withoutRansomware), corrections);
    if (main === undefined || corrections.dropped("misp:ransomware", value)) continue;
    // "Lockbit5" is LockBit's next release, no other gang.
    const base = index.get(squash(main).replace(/v?\d$/, ""));
    if (base !== undefined) {
      base.aliases.push(titleCase(main));
      base.origin.push("misp:ransomware");
      continue;
    }
    const isNew = !index.has(squash(main));
    if (isNew && (elsewhere.has(foldName(main)) || !isDistinctive(main, corrections))) continue;
    const aliases = names.filter((name) => isDistinctive(name, corrections)).map(titleCase);
    absorb(index, groups, titleCase(main), aliases, { kind: "ransomware", origin: ["misp:ransomware"] });
  }
}

/** Short names and ordinary words in the long tail of these lists would only make noise. */
const isDistinctive = (name, corrections) =>
  name.length >= 4 && name.length <= 30 && name.split(" ").length <= 3 && !corrections.isOrdinary(name) && !/[,;"()!?]/.test(name);

const TOOL_KINDS = { Backdoor: "backdoor", backdoor: "backdoor", RAT: "rat", Loader: "loader", Spyware: "spyware", HackTool: "tool" };

function malware(corpora, corrections, tools) {
  const index = nameIndex(tools);
  for (const entry of cluster(corpora, "tool.json")) {
    const { value, meta = {} } = entry;
    const [main, ...names] = codeNames(entry, corrections);
    if (main === undefined || corrections.dropped("misp:tool", value)) continue;
    const [same] = index.get(foldName(main)) ?? [];
    const origin = ["misp:tool"];
    if (same !== undefined) {
      same.aliases.push(...names);
      same.origin.push(...origin);
      continue;
    }
    if (!isDistinctive(main, corrections)) continue;
    const kind = TOOL_KINDS[meta.type?.[0]] ?? "malware";
    const row = actor({ type: "CyberTool", kind, nameEn: main, nameFr: main, aliases: names, origin });
    tools.push(row);
    for (const key of new Set(namesOf(row).map(foldName))) if (!index.has(key)) index.set(key, [row]);
  }
}

/**
 * Whose a name is: a label belongs to its row alone, a name by hand to the rows that a hand gave it, and what still has several
 * owners says little about each.
 */
function settleDisputes(rows) {
  const labels = new Map(rows.flatMap((row) => [row.nameEn, row.nameFr].map((name) => [foldName(name), row])));
  const handOwners = new Map();
  for (const row of rows) {
    for (const key of row.byHand ?? []) handOwners.set(key, [...(handOwners.get(key) ?? []), row]);
  }
  const belongsElsewhere = (row, name) => {
    const key = foldName(name);
    const owner = labels.get(key);
    if (owner !== undefined && owner !== row) return true;
    const owners = handOwners.get(key);
    return owners !== undefined && !owners.includes(row);
  };
  for (const row of rows) {
    for (const field of ["aliasesEn", "aliasesFr", "aliases"]) {
      row[field] = row[field].filter((name) => !belongsElsewhere(row, name));
    }
  }
  for (const [key, owners] of nameIndex(rows)) {
    if (owners.length < 2) continue;
    for (const row of owners) row.ambiguous.push(...namesOf(row).filter((name) => foldName(name) === key));
  }
}

/** `elsewhere`: folded names of other gazetteers, that a gang of the long tail must not take ("Telegram" is one). */
export function threats(corpora, handFolder, corrections, elsewhere) {
  const groups = readTsv(join(handFolder, "threat-groups.tsv")).map((hand) =>
    actor({
      type: "ThreatGroup",
      kind: hand.kind,
      nameEn: hand.name_en,
      nameFr: hand.name_fr || hand.name_en,
      aliasesEn: parts(hand.aliases_en),
      aliasesFr: parts(hand.aliases_fr),
      aliases: parts(hand.aliases),
      countries: parts(hand.countries),
      origin: ["by-hand"],
    }),
  );
  const tools = readTsv(join(handFolder, "tools.tsv")).map((hand) =>
    actor({
      type: "CyberTool",
      kind: hand.kind,
      nameEn: hand.name,
      nameFr: hand.name_fr || hand.name,
      aliases: parts(hand.aliases),
      countries: parts(hand.countries),
      origin: ["by-hand"],
    }),
  );
  for (const row of groups) row.byHand = new Set(namesOf(row).map(foldName));
  threatActors(corpora, corrections, groups);
  listedTerrorists(corpora, corrections, groups);
  ransomwareGroups(corpora, corrections, groups, elsewhere);
  malware(corpora, corrections, tools);
  settleDisputes(groups);
  assignIds(groups, "group");
  assignIds(tools, "tool");
  return { groups, tools };
}
