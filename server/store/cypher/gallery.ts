/**
 * Questions that analysts ask, as queries to begin with. Each runs on both stores with its defaults and with any name; none of
 * its paths runs through a document, where all that one article mentions would meet.
 */

import type { GalleryQuery } from "../../contract/api.ts";

/** Types that say who controls, belongs to, works with or acts against whom: the ways of a path between actors. */
const TIES = [
  ...["MEMBER_OF", "LEADS", "WORKS_FOR", "FOUNDED", "PART_OF", "MOUTHPIECE_OF", "OWNS", "OPERATES", "SUCCEEDED"],
  ...["AFFILIATED_WITH", "ALLEGIANCE_TO", "FAMILY_OF", "MET", "COOPERATED_WITH", "SUPPORTED", "FUNDED", "APPOINTED"],
  ...["ARRESTED", "INVESTIGATED", "CHARGED", "CONVICTED", "SANCTIONED", "SEIZED", "TOOK_DOWN", "REMOVED_CONTENT_OF"],
  ...["ATTACKED", "HACKED", "KILLED", "THREATENED", "ACCUSED", "ACTED_AGAINST"],
].join("|");

function entity(name: string, fallback: string, fr: string, en: string): GalleryQuery["params"][number] {
  return { name, kind: "entity", label: { fr, en }, default: fallback };
}

export const GALLERY: readonly GalleryQuery[] = [
  {
    id: "acted-against",
    title: { fr: "Qui a agi contre…", en: "Who acted against…" },
    description: {
      fr: "Les actes hostiles et judiciaires contre un acteur, ceux menés par un événement compris.",
      en: "Hostile and legal acts against an actor, those carried out through an event included.",
    },
    query: `MATCH (who:Entity)-[act]->(target:Entity)
WHERE target.name = $name AND act.family IN ['hostile', 'justice']
RETURN who, act, target
ORDER BY act.sources DESC, who.name, type(act)
LIMIT 200`,
    params: [entity("name", "Courtine", "Acteur visé", "Target")],
  },
  {
    id: "leads",
    title: { fr: "Qui dirige quoi", en: "Who leads what" },
    description: {
      fr: "Les dirigeants d'aujourd'hui et d'hier, et depuis quand on le dit.",
      en: "Present and former leaders, and since when they are told to lead.",
    },
    query: `MATCH (person:Person)-[r:LEADS]->(led:Entity)
RETURN person.name AS leader, led.name AS leads, r.former AS former, r.standing AS standing,
  r.firstDate AS since, r.sources AS sources
ORDER BY former, leads, leader
LIMIT 500`,
    params: [],
  },
  {
    id: "common-ties",
    title: { fr: "Ce que deux acteurs ont en commun", en: "What two actors have in common" },
    description: {
      fr: "Les acteurs, lieux et moyens liés à l'un comme à l'autre.",
      en: "Actors, places and means that are tied to both.",
    },
    query: `MATCH (a:Entity {name: $one})-[first]-(common:Entity)-[second]-(b:Entity {name: $other})
WHERE a <> b
RETURN a, first, common, second, b
ORDER BY common.name, type(first), type(second)
LIMIT 200`,
    params: [
      entity("one", "Courtine", "Premier acteur", "First actor"),
      entity("other", "Red Lantern", "Second acteur", "Second actor"),
    ],
  },
  {
    id: "connection",
    title: { fr: "Le chemin le plus court entre deux acteurs", en: "The shortest path between two actors" },
    description: {
      fr: "Tous les plus courts chemins par les relations entre acteurs, six pas au plus.",
      en: "All shortest paths along relationships of actors, six steps at most.",
    },
    query: `MATCH (a:Entity {name: $from})
MATCH (b:Entity {name: $to})
MATCH path = allShortestPaths((a)-[:${TIES}*..6]-(b))
RETURN path
LIMIT 50`,
    params: [entity("from", "Marc Oyono", "De", "From"), entity("to", "Ilse Vandermoor", "À", "To")],
  },
  {
    id: "one-outlet",
    title: { fr: "Ce qu'un seul média rapporte", en: "What one outlet alone reports" },
    description: {
      fr: "Les relations que cette source est seule à affirmer, avec ses phrases.",
      en: "Relationships that this source alone states, with its sentences.",
    },
    query: `MATCH (subject:Entity)<-[:SUBJECT]-(claim:Claim)-[:OBJECT]->(object:Entity)
MATCH (claim)-[:STATED_IN]->(document:Document)
WHERE claim.status <> 'rejected' AND claim.polarity = 'affirmed' AND document.source IS NOT NULL
WITH subject, claim.type AS relation, object, document.source AS source, claim.quote AS quote ORDER BY quote
WITH subject, relation, object, collect(DISTINCT source) AS sources, collect(quote) AS quotes
WHERE size(sources) = 1 AND sources[0] = $source
RETURN subject.name AS subject, relation, object.name AS object, quotes
ORDER BY subject, relation, object
LIMIT 500`,
    params: [{ name: "source", kind: "source", label: { fr: "Source", en: "Source" }, default: "Le Fanal" }],
  },
  {
    id: "alleged",
    title: { fr: "Ce qui est seulement allégué", en: "What is only alleged" },
    description: {
      fr: "Les relations qu'aucun article n'affirme sans réserve.",
      en: "Relationships that no article states without reserve.",
    },
    query: `MATCH (a:Entity)-[r]->(b:Entity)
WHERE r.standing = 'alleged'
RETURN a, r, b
ORDER BY r.sources DESC, a.name, type(r), b.name
LIMIT 200`,
    params: [],
  },
  {
    id: "contested",
    title: { fr: "Ce qui est contesté", en: "What is contested" },
    description: {
      fr: "Les relations affirmées ou alléguées qu'un autre passage dément, avec le démenti.",
      en: "Relationships stated or alleged that another passage denies, with the denial.",
    },
    query: `MATCH (a:Entity)-[r]->(b:Entity)
WHERE r.contested = true
MATCH (a)<-[:SUBJECT]-(denial:Claim)-[:OBJECT]->(b)
MATCH (denial)-[:STATED_IN]->(document:Document)
WHERE denial.type = type(r) AND (denial.modality = 'denied' OR denial.polarity = 'negated')
RETURN a.name AS subject, type(r) AS relation, b.name AS object, r.standing AS standing,
  denial.quote AS denial, document.source AS source
ORDER BY subject, relation, object, denial
LIMIT 500`,
    params: [],
  },
  {
    id: "timeline",
    title: { fr: "Chronologie d'un acteur", en: "Timeline of an actor" },
    description: {
      fr: "Les faits datés auxquels un acteur prend part, dans l'ordre, avec la phrase qui les dit.",
      en: "Dated facts in which an actor takes part, in order, with the sentence that tells them.",
    },
    query: `MATCH (actor:Entity {name: $name})<-[:SUBJECT|OBJECT]-(claim:Claim)
MATCH (subject:Entity)<-[:SUBJECT]-(claim)-[:OBJECT]->(object:Entity)
WHERE claim.dateFrom IS NOT NULL AND claim.status <> 'rejected'
RETURN DISTINCT claim.date AS date, subject.name AS subject, claim.type AS relation, object.name AS object,
  claim.quote AS quote, claim.dateFrom AS dateFrom
ORDER BY dateFrom, date, subject, relation, object, quote
LIMIT 500`,
    params: [entity("name", "Courtine", "Acteur", "Actor")],
  },
  {
    id: "mouthpieces",
    title: { fr: "Porte-voix et leurs plateformes", en: "Mouthpieces and their platforms" },
    description: {
      fr: "Les médias et comptes au service d'un acteur, et les plateformes dont ils usent.",
      en: "Outlets and accounts that speak for an actor, and the platforms that they use.",
    },
    query: `MATCH (outlet:Entity)-[speaks:MOUTHPIECE_OF]->(actor:Entity)
OPTIONAL MATCH (outlet)-[uses:USED]->(platform:Platform)
RETURN outlet, speaks, actor, uses, platform
ORDER BY actor.name, outlet.name, platform.name
LIMIT 200`,
    params: [],
  },
  {
    id: "ownership",
    title: { fr: "Chaînes de propriété", en: "Ownership chains" },
    description: {
      fr: "De maison mère en filiale, quatre pas au plus, sans ce qui a cessé.",
      en: "From parent to subsidiary, four steps at most, without what has ended.",
    },
    query: `MATCH path = (owner:Entity)-[:OWNS*1..4]->(owned:Entity)
WHERE all(step IN relationships(path) WHERE step.former = false)
  AND NOT EXISTS { MATCH (above:Entity)-[up:OWNS]->(owner) WHERE up.former = false }
RETURN path
ORDER BY length(path) DESC, owner.name, owned.name
LIMIT 200`,
    params: [],
  },
  {
    id: "platforms",
    title: { fr: "Plateformes et leurs usagers", en: "Platforms and who uses them" },
    description: {
      fr: "Qui utilise quelle plateforme, les plus partagées d'abord.",
      en: "Who uses which platform, the most shared first.",
    },
    query: `MATCH (actor:Entity)-[:USED|OPERATES]->(platform:Platform)
WITH DISTINCT platform, actor.name AS actor ORDER BY actor
WITH platform, collect(actor) AS actors
RETURN platform.name AS platform, size(actors) AS number, actors
ORDER BY number DESC, platform
LIMIT 200`,
    params: [],
  },
  {
    id: "recent",
    title: { fr: "Apparus récemment", en: "Seen recently" },
    description: {
      fr: "Les acteurs dont des articles parlent depuis une date, les plus présents d'abord.",
      en: "Actors that articles mention since a date, the most present first.",
    },
    query: `MATCH (actor:Actor)
WHERE actor.lastSeen >= $since
RETURN actor.name AS actor, actor.firstSeen AS firstSeen, actor.lastSeen AS lastSeen, actor.documentCount AS articles
ORDER BY articles DESC, lastSeen DESC, actor
LIMIT 200`,
    params: [{ name: "since", kind: "date", label: { fr: "Depuis", en: "Since" }, default: "2021" }],
  },
  {
    id: "bridges",
    title: { fr: "Acteurs qui font pont", en: "Bridge actors" },
    description: {
      fr: "Ceux qui relient le plus d'acteurs qui ne sont pas liés entre eux.",
      en: "Those that connect most actors which have no tie of their own.",
    },
    query: `MATCH (one:Actor)-[r]-(bridge:Actor)-[s]-(other:Actor)
WHERE one.id < other.id AND NOT (one)--(other) AND NOT bridge:Country
WITH DISTINCT bridge, one, other
RETURN bridge.name AS bridge, count(*) AS pairs
ORDER BY pairs DESC, bridge
LIMIT 50`,
    params: [],
  },
  {
    id: "attacks-by-event",
    title: { fr: "Événements : auteurs et cibles", en: "Events: who and against whom" },
    description: {
      fr: "Qui a mené, revendiqué ou rejoint chaque événement, et qui en fut la cible.",
      en: "Who carried out, claimed or joined each event, and whom it hit.",
    },
    query: `MATCH (actor:Entity)-[part:CONDUCTED|CLAIMED|PARTICIPATED_IN]->(event:Event)
OPTIONAL MATCH (event)-[hit:TARGETED]->(target:Entity)
RETURN actor, part, event, hit, target
ORDER BY event.name, actor.name, type(part), target.name
LIMIT 200`,
    params: [],
  },
];
