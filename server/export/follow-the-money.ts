/**
 * FollowTheMoney, one entity a line, as Aleph, OpenSanctions and Datashare's neighbours load it. Every claim is an interstitial
 * entity with its quote, and points at the article that proves it.
 *
 * Ids are those of the graph, so that a second export of the same graph gives the same entities.
 */
import { standingOfClaim } from "../contract/filter.ts";
import type { DocumentReference, EntityReference, GraphNode, StoredClaim } from "../contract/graph.ts";
import { typeOfLabels, type NodeType, type RelationshipType } from "../contract/ontology.ts";
import type { ExportSource } from "./formats.ts";

interface FtmEntity {
  id: string;
  schema: string;
  properties: Record<string, string[]>;
}

const SCHEMA_OF_TYPE: Readonly<Record<NodeType, string>> = {
  Person: "Person",
  Organization: "Organization",
  PublicBody: "PublicBody",
  ThreatGroup: "Organization",
  MediaOutlet: "Organization",
  Platform: "Organization",
  // A state acts, and is acted against.
  Country: "PublicBody",
  Place: "Address",
  Event: "Event",
  CyberTool: "Asset",
  Account: "UserAccount",
};

interface LinkShape {
  schema: string;
  subject: string;
  object: string;
  subjects: readonly NodeType[];
  objects: readonly NodeType[];
}

const BODIES: readonly NodeType[] = ["Organization", "PublicBody", "ThreatGroup", "MediaOutlet", "Platform"];
const ANYONE: readonly NodeType[] = ["Person", ...BODIES];

/** Where FollowTheMoney has a relationship of the same meaning, with the ends that it allows. All others are `UnknownLink`. */
const SHAPES: Partial<Readonly<Record<RelationshipType, LinkShape>>> = {
  MEMBER_OF: { schema: "Membership", subject: "member", object: "organization", subjects: ANYONE, objects: BODIES },
  LEADS: { schema: "Directorship", subject: "director", object: "organization", subjects: ANYONE, objects: BODIES },
  WORKS_FOR: { schema: "Employment", subject: "employee", object: "employer", subjects: ["Person"], objects: BODIES },
  OWNS: { schema: "Ownership", subject: "owner", object: "asset", subjects: ANYONE, objects: ["CyberTool"] },
  FAMILY_OF: { schema: "Family", subject: "person", object: "relative", subjects: ["Person"], objects: ["Person"] },
};
const UNKNOWN_LINK = { schema: "UnknownLink", subject: "subject", object: "object" };

export async function* followTheMoney(source: ExportSource): AsyncGenerator<string> {
  const entities = new Set<string>();
  for await (const { nodes } of source.pages()) {
    for (const node of nodes) {
      if (entities.has(node.id)) continue;
      entities.add(node.id);
      yield line(nodeEntity(node));
    }
  }
  const documents = new Set<string>();
  for await (const claim of source.claims()) {
    if (!documents.has(claim.document.id)) {
      documents.add(claim.document.id);
      yield line(articleEntity(claim.document));
    }
    // A claim of an entity on itself backs no edge and brings no node.
    for (const end of [claim.subject, claim.object]) {
      if (entities.has(end.id)) continue;
      entities.add(end.id);
      yield line(endEntity(end));
    }
    yield line(claimEntity(claim));
  }
}

function line(entity: FtmEntity): string {
  return `${JSON.stringify(entity)}\n`;
}

function schemaOf(labels: readonly string[]): string {
  const type = typeOfLabels(labels);
  return type === null ? "LegalEntity" : SCHEMA_OF_TYPE[type];
}

function nodeEntity(node: GraphNode): FtmEntity {
  const type = typeOfLabels(node.labels);
  const properties = {
    name: [node.name],
    alias: node.aliases,
    country: node.countries.filter((country) => /^[A-Za-z]{2}$/.test(country)).map((country) => country.toLowerCase()),
    keywords: [type, node.kind].filter((word) => word !== null),
  };
  return { id: node.id, schema: schemaOf(node.labels), properties: given(properties) };
}

function endEntity({ id, name, labels }: EntityReference): FtmEntity {
  return { id, schema: schemaOf(labels), properties: { name: [name] } };
}

function articleEntity(document: DocumentReference): FtmEntity {
  const properties = {
    title: [document.title],
    sourceUrl: list(document.url),
    publisher: list(document.source),
    publishedAt: list(document.publishedAt),
    language: [document.language === "fr" ? "fra" : "eng"],
    keywords: [document.collection],
  };
  return { id: `document-${document.id}`, schema: "Article", properties: given(properties) };
}

function claimEntity(claim: StoredClaim): FtmEntity {
  const { document } = claim;
  const { schema, subject, object } = linkOf(claim);
  const facts = [
    ["standing", standingOfClaim(claim)],
    ["polarity", claim.polarity],
    ["modality", claim.modality],
    ["former", claim.former ? "yes" : "no"],
    ["said by", claim.saidBy],
    ["confidence", String(claim.confidence)],
    ["review", claim.status],
    ["found by", claim.extractor],
  ];
  const label = roleOf(claim);
  const properties = {
    [subject]: [claim.subject.id],
    [object]: [claim.object.id],
    ...(schema === "Family" ? { relationship: [label] } : { role: [label] }),
    description: [claim.quote],
    summary: [facts.flatMap(([name, value]) => (value === null ? [] : [`${name ?? ""}: ${value ?? ""}`])).join("; ")],
    date: list(claim.date),
    recordId: [claim.id],
    proof: [`document-${document.id}`],
    sourceUrl: list(document.url),
    publisher: list(document.source),
  };
  return { id: `claim-${claim.id}`, schema, properties: given(properties) };
}

/** What is denied or only planned is no membership: it stays a link that says so. */
function linkOf(claim: StoredClaim): Pick<LinkShape, "schema" | "subject" | "object"> {
  const shape = SHAPES[claim.type];
  const subject = typeOfLabels(claim.subject.labels);
  const object = typeOfLabels(claim.object.labels);
  const fits =
    shape !== undefined &&
    subject !== null &&
    object !== null &&
    shape.subjects.includes(subject) &&
    shape.objects.includes(object);
  return fits && isStated(claim) ? shape : UNKNOWN_LINK;
}

function isStated(claim: StoredClaim): boolean {
  const standing = standingOfClaim(claim);
  return standing === "stated" || standing === "alleged";
}

function roleOf(claim: StoredClaim): string {
  const words = claim.type.toLowerCase().replaceAll("_", " ");
  const standing = standingOfClaim(claim);
  return standing === "stated" ? words : `${words} (${standing})`;
}

function list(value: string | null): string[] {
  return value === null || value === "" ? [] : [value];
}

function given(properties: Record<string, string[]>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(properties).filter(([, values]) => values.length > 0));
}
