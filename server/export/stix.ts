/**
 * STIX 2.1, one bundle: actors as identities, threat actors, tools, locations and incidents, every claim as a relationship with its quote,
 * every article as a report that refers to them.
 *
 * Ids are UUIDs of version 5 made from the graph's ids, and nothing depends on the clock: the same graph gives the same bundle. STIX
 * wants to know when an object was made; that is the day of publication, or 1970-01-01 where no article tells one.
 */
import { createHash } from "node:crypto";
import { dateSpan } from "../contract/dates.ts";
import { standingOfClaim } from "../contract/filter.ts";
import type { DocumentReference, EntityReference, GraphNode, StoredClaim } from "../contract/graph.ts";
import { typeOfLabels } from "../contract/ontology.ts";
import type { ExportSource } from "./formats.ts";

type StixObject = Record<string, unknown> & { type: string; id: string };

/** Ours, made once at random. */
const NAMESPACE = "6b0f4d0e-6f5c-4c43-9d0c-2f1f3f6a8a57";
/** That of the standard, for the objects whose ids it prescribes. */
const OBSERVABLE_NAMESPACE = "00abedb4-aa42-466c-9c01-fed23315a9b7";

export async function* stix(source: ExportSource): AsyncGenerator<string> {
  const ids = createHash("sha1");
  const refs = new Map<string, string>();
  const reports = new Map<string, { document: DocumentReference; refs: Set<string> }>();
  let separator = "\n";
  const written = (object: StixObject): string => {
    ids.update(object.id);
    const text = separator + JSON.stringify(object);
    separator = ",\n";
    return text;
  };

  yield '{"type":"bundle","objects":[';
  for await (const { nodes } of source.pages()) {
    for (const node of nodes) {
      if (refs.has(node.id)) continue;
      const object = nodeObject(node);
      refs.set(node.id, object.id);
      yield written(object);
    }
  }
  for await (const claim of source.claims()) {
    for (const end of [claim.subject, claim.object]) {
      if (refs.has(end.id)) continue;
      const object = nodeObject(withoutFacts(end));
      refs.set(end.id, object.id);
      yield written(object);
    }
    const subject = refs.get(claim.subject.id) ?? "";
    const object = refs.get(claim.object.id) ?? "";
    const relationship = claimObject(claim, subject, object);
    const report = reports.get(claim.document.id) ?? { document: claim.document, refs: new Set<string>() };
    for (const ref of [subject, object, relationship.id]) report.refs.add(ref);
    reports.set(claim.document.id, report);
    yield written(relationship);
  }
  for (const report of reports.values()) yield written(reportObject(report.document, [...report.refs]));
  yield `\n],"id":"bundle--${uuidOf(NAMESPACE, ids.digest("hex"))}"}\n`;
}

function withoutFacts(end: EntityReference): GraphNode {
  return {
    ...end,
    kind: null,
    aliases: [],
    countries: [],
    mentionCount: 0,
    documentCount: 0,
    firstSeen: null,
    lastSeen: null,
  };
}

function nodeObject(node: GraphNode): StixObject {
  const type = typeOfLabels(node.labels);
  const { name } = node;
  const aliases = node.aliases.length === 0 ? {} : { aliases: node.aliases };
  const labels = { labels: [type, node.kind].filter((label) => label !== null) };
  const common = (stixType: string) => ({ ...head(stixType, node.id, node.firstSeen), name, ...labels });
  switch (type) {
    case "Person":
      return { ...common("identity"), identity_class: "individual", ...otherNames(node) };
    case "ThreatGroup":
      return { ...common("threat-actor"), ...aliases };
    case "Country":
    case "Place": {
      const country = node.countries.find((code) => /^[A-Za-z]{2}$/.test(code));
      // A location must lie somewhere; without a country only its name is known.
      return country === undefined
        ? { ...common("identity"), identity_class: "unspecified", ...otherNames(node) }
        : { ...common("location"), country: country.toUpperCase() };
    }
    case "Event":
      return common("incident");
    case "CyberTool":
      return /malware|ransomware|rançongiciel|wiper|trojan|worm|\bver\b|virus|spyware|backdoor/i.test(node.kind ?? "")
        ? { ...common("malware"), is_family: true, ...aliases }
        : { ...common("tool"), ...aliases };
    case "Account":
      return {
        type: "user-account",
        spec_version: "2.1",
        id: `user-account--${uuidOf(OBSERVABLE_NAMESPACE, JSON.stringify({ account_login: name }))}`,
        account_login: name,
      };
    case "Organization":
    case "PublicBody":
    case "MediaOutlet":
    case "Platform":
    case null:
      return { ...common("identity"), identity_class: "organization", ...otherNames(node) };
  }
}

/** An identity has no field for them. */
function otherNames({ aliases }: GraphNode): { description?: string } {
  return aliases.length === 0 ? {} : { description: `Also: ${aliases.join("; ")}` };
}

function claimObject(claim: StoredClaim, subject: string, object: string): StixObject {
  const standing = standingOfClaim(claim);
  const span = dateSpan(claim.date);
  const words = claim.type.toLowerCase().replaceAll("_", "-");
  const extras = [
    `standing: ${standing}`,
    `polarity: ${claim.polarity}`,
    `modality: ${claim.modality}`,
    `status: ${claim.status}`,
    `extractor: ${claim.extractor}`,
    ...(claim.former ? ["former"] : []),
    ...(claim.saidBy === null ? [] : [`said by: ${claim.saidBy}`]),
    ...(claim.date === null ? [] : [`date: ${claim.date}`]),
  ];
  return {
    ...head("relationship", claim.id, claim.document.publishedAt),
    // Who reads the type alone must not take a denial for a fact.
    relationship_type: standing === "planned" || standing === "denied" ? `${standing}-${words}` : words,
    description: claim.quote,
    source_ref: subject,
    target_ref: object,
    ...(span === null ? {} : { start_time: instant(span.from) }),
    confidence: Math.round(claim.confidence * 100),
    labels: extras,
    external_references: [reference(claim.document)],
  };
}

function reportObject(document: DocumentReference, refs: readonly string[]): StixObject {
  const common = {
    name: document.title,
    external_references: [reference(document)],
    labels: [document.collection],
    lang: document.language,
  };
  // A report must tell its day of publication.
  return document.publishedAt === null
    ? { ...head("grouping", document.id, null), ...common, context: "unspecified", object_refs: refs }
    : {
        ...head("report", document.id, document.publishedAt),
        ...common,
        published: dayOf(document.publishedAt),
        report_types: ["threat-report"],
        object_refs: refs,
      };
}

function reference(document: DocumentReference): Record<string, string> {
  return {
    source_name: document.source ?? document.title,
    description: document.title,
    ...(document.url === null ? {} : { url: document.url }),
    external_id: document.id,
  };
}

function head(type: string, id: string, day: string | null): StixObject & { spec_version: string } {
  const made = dayOf(day);
  return {
    type,
    spec_version: "2.1",
    id: `${type}--${uuidOf(NAMESPACE, `${type} ${id}`)}`,
    created: made,
    modified: made,
  };
}

function dayOf(date: string | null): string {
  return instant(dateSpan(date)?.from ?? "1970-01-01");
}

function instant(day: string): string {
  return `${day}T00:00:00.000Z`;
}

/** UUID of version 5 (RFC 9562). */
function uuidOf(namespace: string, name: string): string {
  const hash = createHash("sha1")
    .update(Buffer.from(namespace.replaceAll("-", ""), "hex"))
    .update(name)
    .digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString("hex", 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
