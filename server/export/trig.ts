/**
 * RDF as TriG. A triple asserts, and most of what articles say is not ours to assert: claims are therefore described (each a resource
 * with both ends, its quote, how it is told and where), and the plain triples `A TOOK_DOWN B` stand in one named graph for each
 * standing. Who loads the graph `stated` alone has what articles state; nobody takes an allegation for a fact by accident.
 *
 * Vocabulary: RDF's own reification for the statement, PROV for where it was quoted from, Dublin Core for articles, SKOS for names, and
 * a few properties of ours where none of these fits. All names are `urn:fil-rouge:…`, since nothing of this is on the web.
 */
import type { DocumentReference, EntityReference, GraphNode, StoredClaim } from "../contract/graph.ts";
import { standingOfClaim } from "../contract/filter.ts";
import { typeOfLabels, type Ontology } from "../contract/ontology.ts";
import type { ExportSettings, ExportSource } from "./formats.ts";

const PREFIXES = `@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix fr: <urn:fil-rouge:vocabulary:> .
@prefix entity: <urn:fil-rouge:entity:> .
@prefix claim: <urn:fil-rouge:claim:> .
@prefix document: <urn:fil-rouge:document:> .
@prefix graph: <urn:fil-rouge:graph:> .
`;

export async function* trig(source: ExportSource, { ontology }: ExportSettings): AsyncGenerator<string> {
  yield PREFIXES;
  yield vocabulary(ontology);
  const known = new Set<string>();
  for await (const { nodes } of source.pages()) {
    for (const node of nodes) {
      if (known.has(node.id)) continue;
      known.add(node.id);
      yield entityBlock(node);
    }
  }
  for await (const { edges } of source.pages()) {
    for (const { source: from, target, type, standing } of edges) {
      yield `graph:${standing} { ${name("entity", from)} fr:${type} ${name("entity", target)} . }\n`;
    }
  }
  const documents = new Set<string>();
  for await (const claim of source.claims()) {
    if (!documents.has(claim.document.id)) yield documentBlock(claim.document);
    documents.add(claim.document.id);
    for (const end of [claim.subject, claim.object]) {
      if (!known.has(end.id)) yield referenceBlock(end);
      known.add(end.id);
    }
    yield claimBlock(claim);
  }
}

type Property = readonly [predicate: string, ...objects: (string | null)[]];

/** One subject with all of its properties; those without a value are left out. */
function block(subject: string, properties: readonly Property[]): string {
  const lines = properties.flatMap(([predicate, ...objects]) => {
    const present = objects.filter((object) => object !== null);
    return present.length === 0 ? [] : [`  ${predicate} ${present.join(", ")}`];
  });
  return `${subject}\n${lines.join(" ;\n")} .\n`;
}

function vocabulary({ nodes, relationships }: Ontology): string {
  const both = ({ en, fr }: { en: string; fr: string }) => [text(en, "en"), text(fr, "fr")];
  const classes = nodes.map(({ type, label, actor }) =>
    block(`fr:${type}`, [
      ["a", "rdfs:Class"],
      ["rdfs:subClassOf", actor ? "prov:Agent" : null],
      ["rdfs:label", ...both(label)],
    ]),
  );
  const properties = relationships.map(({ type, label, symmetric }) =>
    block(`fr:${type}`, [
      ["a", "rdf:Property", symmetric ? "owl:SymmetricProperty" : null],
      ["rdfs:label", ...both(label)],
    ]),
  );
  return [...classes, ...properties].join("");
}

function entityBlock(node: GraphNode): string {
  const type = typeOfLabels(node.labels);
  return block(name("entity", node.id), [
    ["a", type === null ? null : `fr:${type}`],
    ["skos:prefLabel", text(node.name)],
    ["skos:altLabel", ...node.aliases.map((alias) => text(alias))],
    ["fr:kind", node.kind === null ? null : text(node.kind)],
    ["fr:country", ...node.countries.map((country) => text(country))],
    ["fr:mentionCount", String(node.mentionCount)],
    ["fr:documentCount", String(node.documentCount)],
    ["fr:firstSeen", date(node.firstSeen)],
    ["fr:lastSeen", date(node.lastSeen)],
  ]);
}

/** An end of a claim that the filter does not show. */
function referenceBlock({ id, name: label, labels }: EntityReference): string {
  const type = typeOfLabels(labels);
  return block(name("entity", id), [
    ["a", type === null ? null : `fr:${type}`],
    ["skos:prefLabel", text(label)],
  ]);
}

function documentBlock({ id, title, url, source, language, publishedAt, collection }: DocumentReference): string {
  return block(name("document", id), [
    ["a", "prov:Entity", "dcterms:BibliographicResource"],
    ["dcterms:title", text(title, language)],
    ["dcterms:source", iri(url)],
    ["dcterms:publisher", source === null ? null : text(source)],
    ["dcterms:language", text(language)],
    ["dcterms:issued", date(publishedAt)],
    ["dcterms:isPartOf", text(collection)],
  ]);
}

function claimBlock(claim: StoredClaim): string {
  return block(name("claim", claim.id), [
    ["a", "fr:Claim", "rdf:Statement", "prov:Entity"],
    ["rdf:subject", name("entity", claim.subject.id)],
    ["rdf:predicate", `fr:${claim.type}`],
    ["rdf:object", name("entity", claim.object.id)],
    ["prov:value", text(claim.quote, claim.document.language)],
    ["prov:wasQuotedFrom", name("document", claim.document.id)],
    ["fr:page", claim.page === undefined ? null : String(claim.page)],
    ["fr:start", String(claim.start)],
    ["fr:end", String(claim.end)],
    ["fr:standing", text(standingOfClaim(claim))],
    ["fr:polarity", text(claim.polarity)],
    ["fr:modality", text(claim.modality)],
    ["fr:former", String(claim.former)],
    ["fr:saidBy", claim.saidBy === null ? null : text(claim.saidBy)],
    ["dcterms:date", date(claim.date)],
    ["fr:confidence", `"${claim.confidence}"^^xsd:double`],
    ["fr:status", text(claim.status)],
    ["fr:extractor", text(claim.extractor)],
  ]);
}

/** Ids of documents that were extracted elsewhere may hold anything. */
function name(prefix: string, id: string): string {
  return /^[A-Za-z0-9_]+$/.test(id) ? `${prefix}:${id}` : `<urn:fil-rouge:${prefix}:${encodeURIComponent(id)}>`;
}

function iri(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  return `<${new URL(url).href.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (sign) => encodeURIComponent(sign))}>`; // eslint-disable-line no-control-regex -- what an IRI must not hold
}

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function text(value: string, language?: string): string {
  const escaped = value
    .replace(/\p{Surrogate}/gu, "\uFFFD")
    .replace(/[\\"\p{Cc}]/gu, (sign) => ESCAPES[sign] ?? `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return `"${escaped}"${language === undefined ? "" : `@${language}`}`;
}

/** As precise as it is known: a year is no first of January. */
function date(value: string | null): string | null {
  if (value === null) return null;
  const type = value.length === 4 ? "gYear" : value.length === 7 ? "gYearMonth" : "date";
  return `"${value}"^^xsd:${type}`;
}
