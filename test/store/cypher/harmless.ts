/**
 * What analysts ask: queries that must pass the guard and run on both stores. Names are those of the dossier. Where the embedded
 * dialect lacks something, `lacks` is the rule of SPEC.md by which it says so.
 */
import type { CypherValue } from "../../../server/contract/cypher.ts";

export interface HarmlessQuery {
  topic: string;
  cypher: string;
  parameters?: Record<string, CypherValue>;
  /** ORDER BY fixes the order of all rows. */
  ordered?: true;
  lacks?: string;
}

function topic(name: string, queries: readonly (string | Omit<HarmlessQuery, "topic">)[]): HarmlessQuery[] {
  return queries.map((query) => ({ topic: name, ...(typeof query === "string" ? { cypher: query } : query) }));
}

export const HARMLESS: readonly HarmlessQuery[] = [
  ...topic("look around", [
    "MATCH (n:Entity) RETURN n LIMIT 100",
    "MATCH (n) RETURN count(n) AS nodes",
    "MATCH (n) RETURN count(*)",
    "MATCH (e:Entity) RETURN e.name ORDER BY e.name LIMIT 5",
    "MATCH (p:Person) RETURN p.name AS name, p.mentionCount AS mentions ORDER BY mentions DESC, name",
    {
      cypher:
        "MATCH (e:Actor) RETURN e.name AS actor, e.documentCount AS articles ORDER BY articles DESC, actor SKIP 2 LIMIT 3",
      ordered: true,
    },
    "MATCH ()-[r]->() RETURN type(r) AS relation, count(*) AS number ORDER BY number DESC, relation",
    "MATCH (n:Entity) UNWIND labels(n) AS label RETURN label, count(*) AS number ORDER BY number DESC, label",
    "MATCH (n:Entity) RETURN DISTINCT n.kind AS kind",
    "MATCH (d:Document) RETURN d.title AS title, d.source AS source, d.publishedAt AS published ORDER BY published",
    "MATCH (d:Document) RETURN d.source AS source, count(*) AS articles ORDER BY articles DESC, source",
    "MATCH (c:Claim) RETURN c.type AS type, count(c) AS claims ORDER BY claims DESC, type",
    "MATCH (e:Entity) RETURN min(e.firstSeen) AS first, max(e.lastSeen) AS last",
    // Neo4j tells a label of the schema too, which no node has here ([C40]).
    "call db.labels() yield label where label <> 'Revised' return label order by label",
    "CALL db.relationshipTypes() YIELD relationshipType AS type RETURN type ORDER BY type",
    "CALL db.labels() YIELD label WHERE label STARTS WITH 'P' RETURN label ORDER BY label",
    "match (n:Person) return n.name as name order by name",
  ]),
  ...topic("one actor", [
    "MATCH (e:Entity {name: 'Courtine'}) RETURN e",
    'MATCH (e:Entity) WHERE e.name = "Garde d\'airain" RETURN e.name AS name, e.firstSeen AS first, e.lastSeen AS last',
    String.raw`MATCH (e:Entity) WHERE e.name = 'Garde d\'airain' RETURN e.name`,
    String.raw`MATCH (e:Entity) WHERE e.name = 'Sabli\u00e8re SA' RETURN e.name`,
    {
      cypher: "MATCH (e:Entity {name: $name}) RETURN e.name AS name, size(labels(e)) AS labels",
      parameters: { name: "Telegram" },
    },
    {
      cypher: "MATCH (e:Entity) WHERE e.name IN $names RETURN e.name AS name ORDER BY name",
      parameters: { names: ["Voxnet", "Telegram", "nobody"] },
      ordered: true,
    },
    {
      cypher: "UNWIND $names AS name MATCH (e:Entity {name: name}) RETURN name, e.documentCount AS articles",
      parameters: { names: ["Voxnet", "Courtine"] },
    },
    "MATCH (e:Entity) WHERE toLower(e.name) CONTAINS 'office' RETURN e.name AS name",
    "MATCH (e:Entity) WHERE e.name =~ '(?i).*holding' RETURN e.name AS name",
    "MATCH (e:Entity) WHERE e.name STARTS WITH 'Par' OR e.name ENDS WITH 'net' RETURN e.name AS name ORDER BY name",
    "MATCH (e:Entity) WHERE any(key IN e.searchKeys WHERE key CONTAINS 'sabliere') RETURN e.name AS name",
    "MATCH (e:Entity {name: 'Courtine'})-[r]-(o:Entity) RETURN type(r) AS relation, o.name AS other ORDER BY relation, other",
    "MATCH (e:Entity {name: 'Courtine'})-[r]->(o:Entity) RETURN e, r, o",
    "MATCH (e {name: 'Courtine'})<-[r:TOOK_DOWN|REMOVED_CONTENT_OF]-(a) RETURN a.name AS who, type(r) AS how, r.lastDate AS date ORDER BY who",
    "MATCH (e:Entity {name: 'Courtine'}) RETURN properties(e).name AS name, e['documentCount'] AS articles",
    "MATCH (e:Entity {name: 'Courtine'}) RETURN e {.name, .documentCount, platforms: [(e)-[:USED]->(p:Platform) | p.name]} AS card",
    "MATCH (e:Entity {name: 'Courtine'}) RETURN e {.name, .firstSeen, what: 'outlet'} AS card",
    "MATCH (e:Entity {name: 'Telegram'}) OPTIONAL MATCH (e)-[r:OWNS]->(o) RETURN e.name AS name, o.name AS owned",
    "MATCH (e:Entity) WHERE e.name = 'Nadia Lemarchand' RETURN size((e.aliases)) AS aliases, coalesce(e.kind, 'unknown') AS kind",
  ]),
  ...topic("who acted against whom", [
    "MATCH (a:PublicBody)-[r:TOOK_DOWN]->(b:MediaOutlet) RETURN a, r, b",
    "MATCH (a:Actor)-[r:ACTED_AGAINST]->(b:Entity) RETURN a.name AS who, b.name AS whom, r.derived AS derived ORDER BY who, whom",
    "MATCH (a:Actor)-[r]->(b:Entity {name: 'Courtine'}) WHERE r.family = 'hostile' WITH a.name AS who, type(r) AS how ORDER BY how RETURN who, collect(how) AS how ORDER BY who",
    "MATCH (a)-[:CONDUCTED]->(e:Event)-[:TARGETED]->(b) RETURN a.name AS who, e.name AS event, b.name AS target ORDER BY who",
    "MATCH p = (a:Actor)-[:CONDUCTED]->(:Event)-[:TARGETED]->(b) RETURN p",
    "MATCH (a:Actor)-[r:ARRESTED|CHARGED|CONVICTED]->(b:Person) RETURN b.name AS person, type(r) AS act, r.firstDate AS date ORDER BY date",
    "MATCH (a:Actor)-[r]->(b:Actor) WHERE r.family = 'justice' AND r.standing = 'stated' RETURN a.name AS who, type(r) AS act, b.name AS whom ORDER BY who, act, whom",
    "MATCH (a:Actor) WHERE (a)-[:TOOK_DOWN]->(:MediaOutlet) RETURN a.name AS name",
    "MATCH (a:MediaOutlet) WHERE NOT (a)<-[:TOOK_DOWN]-() RETURN a.name AS name",
    "MATCH (a:Actor) WHERE EXISTS { (a)-[:HACKED]->() } RETURN a.name AS name",
    "MATCH (a:Actor) WHERE EXISTS { MATCH (a)-[r:USED]->(p:Platform) WHERE p.name = 'Telegram' } RETURN a.name AS name ORDER BY name",
    {
      cypher:
        "MATCH (a:Actor) WHERE EXISTS { MATCH (a)-[:USED]->(p:Platform) RETURN p } RETURN a.name AS name ORDER BY name",
      lacks: "C36",
    },
    "MATCH (a:Actor) WHERE NOT EXISTS { MATCH (a)-[:OWNS]->(:Platform) } AND a:MediaOutlet RETURN a.name AS name",
    "MATCH (a:Actor) WITH a, COUNT { (a)-[:TOOK_DOWN]->() } AS number WHERE number > 0 RETURN a.name AS name, number",
    "MATCH (v:Entity)<-[r:ATTACKED|HACKED|TOOK_DOWN|SEIZED]-(a) RETURN v.name AS victim, count(DISTINCT a) AS attackers ORDER BY attackers DESC, victim",
  ]),
  ...topic("control and ownership", [
    "MATCH (p:Person)-[r:LEADS]->(o) RETURN p.name AS leader, o.name AS led, r.former AS former ORDER BY leader",
    "MATCH (p:Person)-[r:LEADS {former: false}]->(o) RETURN p.name AS leader, o.name AS led ORDER BY leader",
    "MATCH (o:Organization {name: 'Norvik Holding'})-[:OWNS*1..4]->(x) RETURN x.name AS owned ORDER BY owned",
    "MATCH p = (o:Organization)-[:OWNS*..3]->(x:Platform) RETURN [n IN nodes(p) | n.name] AS chain ORDER BY length(p) DESC, chain",
    "MATCH p = (:Person)-[:LEADS]->()-[:OWNS*0..3]->(x) RETURN length(p) AS hops, last(nodes(p)).name AS end ORDER BY hops, end",
    "MATCH (a)-[rs:OWNS*2]->(b) RETURN a.name AS top, b.name AS bottom, [r IN rs | r.firstDate] AS dates",
    "MATCH p = (a:Organization)-[:OWNS*1..3]->(b) WHERE all(r IN relationships(p) WHERE r.former = false) RETURN a.name AS top, b.name AS bottom, length(p) AS hops ORDER BY hops, top",
    "MATCH p = (a:Organization)-[:OWNS*1..3]->(b) WHERE none(n IN nodes(p) WHERE n:Platform) RETURN a.name AS top, b.name AS bottom",
    "MATCH (a)-[:OWNS]->(b) WHERE NOT EXISTS { MATCH (x)-[:OWNS]->(a) } RETURN DISTINCT a.name AS ultimate ORDER BY ultimate",
    "MATCH (p:Person)-[:LEADS]->(o)-[:FUNDED]->(m:MediaOutlet) RETURN p.name AS person, m.name AS outlet",
    "MATCH (o:Organization) OPTIONAL MATCH (o)<-[:LEADS]-(p:Person) WITH o, p ORDER BY p.name RETURN o.name AS organisation, collect(p.name) AS leaders ORDER BY organisation",
  ]),
  ...topic("ties and paths", [
    "MATCH (a {name: 'Ilse Vandermoor'})--(x:Actor)--(b {name: 'Parapet Dispatch'}) RETURN DISTINCT x.name AS common ORDER BY common",
    "MATCH (a:Entity {name: 'Courtine'})-[]-(x:Entity)-[]-(b:Entity {name: 'Red Lantern'}) RETURN min(x.name) AS one, count(DISTINCT x) AS ties",
    "MATCH (a:Entity {name: 'Marc Oyono'}) MATCH (b:Entity {name: 'Courtine'}) MATCH p = shortestPath((a)-[:LEADS|TOOK_DOWN|OWNS*..6]-(b)) RETURN [n IN nodes(p) | n.name] AS path",
    "MATCH (a:Entity {name: 'Marc Oyono'}) MATCH (b:Entity {name: 'Voxnet'}) MATCH p = shortestPath((a)-[:LEADS|TOOK_DOWN|OWNS|MOUTHPIECE_OF|USED*]-(b)) RETURN length(p) AS hops",
    "MATCH (a:Entity {name: 'Ilse Vandermoor'}) MATCH (b:Entity {name: 'Parapet Dispatch'}) MATCH p = allShortestPaths((a)-[:LEADS|MET|FUNDED*..4]-(b)) RETURN [n IN nodes(p) | n.name] AS path, [r IN relationships(p) | type(r)] AS how ORDER BY path",
    {
      cypher:
        "MATCH (a:Entity {name: $from}) MATCH (b:Entity {name: $to}) OPTIONAL MATCH p = shortestPath((a)-[:OWNS*..3]-(b)) RETURN p IS NULL AS apart",
      parameters: { from: "Courtine", to: "Voxnet" },
    },
    "MATCH p = (a:Person {name: 'Marc Oyono'})-[:LEADS]->(b)-[:TOOK_DOWN]->(c) RETURN a.name + ' → ' + b.name + ' → ' + c.name AS path ORDER BY path",
    "MATCH (a:Actor)-[r1]->(x:Event)<-[r2]-(b:Actor) WHERE a.id < b.id RETURN x.name AS event, type(r1) AS one, type(r2) AS other ORDER BY event, one, other",
    "MATCH (a:Actor)-[:USED]->(p:Platform)<-[:USED]-(b:Actor) WHERE a.name < b.name RETURN p.name AS platform, a.name AS one, b.name AS other ORDER BY platform, one, other",
    "MATCH (a:Actor)-[r]-(b:Entity) WITH a, count(DISTINCT b) AS degree ORDER BY degree DESC, a.name LIMIT 3 RETURN a.name AS name, degree",
    { cypher: "MATCH (x:Actor) WHERE size([(x)--(y:Actor) | y]) >= 3 RETURN x.name AS hub ORDER BY hub", lacks: "C31" },
    "MATCH (x:Actor) WHERE COUNT { (x)--(:Actor) } >= 3 RETURN x.name AS hub ORDER BY hub",
    "MATCH (x:Person) RETURN x.name AS name, size([(x)--(y:Actor) | y]) AS ties, [(x)-[r:LEADS]->(o) WHERE NOT r.former | o.name] AS leads ORDER BY name",
    {
      cypher:
        "MATCH (a:Entity {name: 'Marc Oyono'}) MATCH (b:Entity {name: 'Courtine'}) MATCH p = shortestPath((a)-[*..6]-(b)) WHERE none(r IN relationships(p) WHERE type(r) = 'MENTIONED_IN') RETURN length(p) AS hops",
      lacks: "C34",
    },
    "MATCH (a:Entity {name: 'Marc Oyono'}) MATCH (b:Entity {name: 'Courtine'}) MATCH p = shortestPath((a)-[:LEADS|TOOK_DOWN*..6]-(b)) WITH p WHERE length(p) < 4 RETURN length(p) AS hops",
    {
      cypher:
        "MATCH (a:Entity {name: 'Marc Oyono'}) MATCH (b:Entity {name: 'Courtine'}) RETURN length(shortestPath((a)-[:LEADS|TOOK_DOWN*..6]-(b))) AS hops",
      lacks: "C35",
    },
    "MATCH (a:Person)-[:MET|FAMILY_OF|COOPERATED_WITH]-(b:Person) RETURN DISTINCT a.name AS person ORDER BY person",
    {
      cypher:
        "MATCH p = SHORTEST 1 (a:Entity {name: 'Marc Oyono'})-[:LEADS|TOOK_DOWN]-+(b:Entity {name: 'Courtine'}) RETURN length(p) AS hops",
      lacks: "C23",
    },
    {
      cypher: "MATCH (a:Organization {name: 'Norvik Holding'})-[:OWNS]->{1,3}(b) RETURN b.name AS owned ORDER BY owned",
      lacks: "C24",
    },
    {
      cypher:
        "MATCH (a:Organization {name: 'Norvik Holding'}) ((x)-[:OWNS]->(y)){1,3} (b) RETURN b.name AS owned, size(y) AS hops ORDER BY owned",
      lacks: "C24",
    },
  ]),
  ...topic("claims and evidence", [
    "MATCH (c:Claim)-[:SUBJECT]->(s), (c)-[:OBJECT]->(o) WHERE c.type = 'TOOK_DOWN' RETURN s.name AS who, o.name AS whom, c.quote AS quote ORDER BY quote, c.id",
    "MATCH (s:Entity)<-[:SUBJECT]-(c:Claim)-[:OBJECT]->(o:Entity) RETURN s.name AS s, c.type AS type, o.name AS o ORDER BY s, type, o LIMIT 10",
    "MATCH (c:Claim)-[:STATED_IN]->(d:Document) RETURN d.title AS title, count(c) AS claims ORDER BY claims DESC, title",
    "MATCH (c:Claim {modality: 'alleged'}) RETURN c.type AS type, c.quote AS quote ORDER BY quote",
    "MATCH (c:Claim) WHERE c.modality IN ['denied', 'planned'] OR c.polarity = 'negated' RETURN c.quote AS quote, c.modality AS modality ORDER BY quote",
    "MATCH ()-[r]->() WHERE r.standing = 'alleged' RETURN type(r) AS type, r.confidence AS confidence ORDER BY type, confidence",
    "MATCH (a)-[r]->(b) WHERE r.contested RETURN a.name AS a, type(r) AS type, b.name AS b ORDER BY a",
    "MATCH (a)-[r]->(b) WHERE r.contested = true AND r.standing <> 'stated' RETURN a.name AS a, b.name AS b",
    "MATCH (c:Claim)-[:STATED_IN]->(d:Document) WITH c.type AS type, collect(DISTINCT d.source) AS outlets WHERE size(outlets) = 1 RETURN type, outlets[0] AS outlet ORDER BY type",
    "MATCH (c:Claim) WHERE c.quote CONTAINS 'CREATE' OR c.quote CONTAINS 'DELETE' RETURN count(c) AS number",
    "MATCH (c:Claim)-[:SUBJECT]->(s:Entity) WHERE s.name = 'Norvik Holding' RETURN c.start AS start, c.end AS end, c.quote AS quote ORDER BY quote, start",
    "MATCH (c:Claim) RETURN c.modality AS modality, c.polarity AS polarity, count(*) AS number, round(avg(c.confidence) * 100) AS confidence ORDER BY number DESC, modality, polarity",
    "MATCH (c:Claim) WHERE c.confidence < 0.7 RETURN c.id IS NOT NULL AS known, c.confidence AS confidence ORDER BY confidence",
    "MATCH (c:Claim) WHERE c.date IS NOT NULL AND c.dateFrom >= '2020-11-01' AND c.dateTo <= '2020-11-30' RETURN c.quote AS quote, c.date AS date ORDER BY date, quote",
    "MATCH (c:Claim) RETURN percentileCont(c.confidence, 0.5) AS median, min(c.confidence) AS least, max(c.confidence) AS most, count(DISTINCT c.extractor) AS extractors",
    "MATCH (c:Claim)-[:STATED_IN]->(d) WHERE d.language = 'fr' RETURN count(c) AS french",
    "MATCH (c1:Claim)-[:SUBJECT]->(s)<-[:SUBJECT]-(c2:Claim), (c1)-[:OBJECT]->(o)<-[:OBJECT]-(c2) WHERE c1.type = c2.type AND c1.modality = 'denied' AND c2.modality <> 'denied' RETURN s.name AS who, c1.type AS type, o.name AS whom ORDER BY who",
  ]),
  ...topic("time", [
    "MATCH (e:Entity) WHERE e.lastSeen >= '2023' RETURN e.name AS name ORDER BY name",
    "MATCH (a)-[r]->(b) WHERE r.firstDate >= '2020' AND r.firstDate < '2021' RETURN a.name AS a, type(r) AS type, b.name AS b, r.firstDate AS date ORDER BY date, type, b",
    "MATCH (d:Document) WITH substring(d.publishedAt, 0, 4) AS year, count(*) AS articles RETURN year, articles ORDER BY year",
    "MATCH (d:Document) RETURN left(d.publishedAt, 7) AS month, count(*) AS articles ORDER BY month",
    "MATCH (a:Entity {name: 'Courtine'})-[r]-(b:Entity) WHERE r.firstDate IS NOT NULL RETURN r.firstDate AS date, type(r) AS what, b.name AS whom ORDER BY date, what, whom",
    "MATCH (d:Document) RETURN toInteger(split(d.publishedAt, '-')[0]) AS year, max(d.publishedAt) AS latest ORDER BY year DESC LIMIT 2",
    {
      cypher: "MATCH (d:Document) WHERE date(d.publishedAt) >= date('2021-01-01') RETURN count(d) AS recent",
      lacks: "C22",
    },
    {
      cypher:
        "MATCH (d:Document) WITH d ORDER BY d.publishedAt RETURN duration.inDays(date(head(collect(d.publishedAt))), date(last(collect(d.publishedAt)))).days AS days",
      lacks: "C22",
    },
  ]),
  ...topic("documents and mentions", [
    "MATCH (e:Entity)-[m:MENTIONED_IN]->(d:Document) RETURN e.name AS name, sum(m.count) AS mentions ORDER BY mentions DESC, name LIMIT 5",
    "MATCH (a:Entity {name: 'Courtine'})-[:MENTIONED_IN]->(d:Document) RETURN d.title AS title ORDER BY title",
    "MATCH (a:Person)-[:MENTIONED_IN]->(d:Document)<-[:MENTIONED_IN]-(b:Person) WHERE a.name < b.name RETURN a.name AS a, b.name AS b, count(DISTINCT d) AS articles ORDER BY articles DESC, a, b",
    "MATCH (e:Entity)-[m:MENTIONED_IN]->(d:Document) WHERE m.count > 2 RETURN e.name AS name, d.title AS title, m.surfaces[0] AS surface ORDER BY name, title",
    "MATCH (d:Document) WHERE NOT EXISTS { (d)<-[:STATED_IN]-(:Claim) } RETURN count(d) AS silent",
    "MATCH (d:Document) WHERE toLower(d.text) CONTAINS 'sourdine' RETURN d.title AS title ORDER BY title",
    "MATCH (d:Document)<-[:MENTIONED_IN]-(e:Entity) WITH d, count(e) AS entities RETURN d.title AS title, entities ORDER BY entities DESC, title LIMIT 3",
    "MATCH (d:Document) RETURN d.collection AS collection, count(*) AS articles",
  ]),
  ...topic("conditions and values", [
    "MATCH (e:Entity) RETURN CASE WHEN e:Person THEN 'person' WHEN e:Event THEN 'event' ELSE 'other' END AS class, count(*) AS number ORDER BY class",
    "MATCH (e:Entity) RETURN CASE e.mentionCount WHEN 1 THEN 'once' ELSE 'more' END AS often, count(*) AS number ORDER BY often",
    "MATCH (e:Entity) WHERE e:Person OR e:Organization RETURN count(e) AS number",
    "MATCH (e) WHERE e:Actor AND NOT e:Country RETURN count(e) AS number",
    "MATCH (e:Actor:Person) RETURN count(e) AS number",
    { cypher: "MATCH (e:Person|Organization) RETURN count(e) AS number", lacks: "C25" },
    { cypher: "MATCH (e:Actor&!Country) RETURN count(e) AS number", lacks: "C25" },
    { cypher: "MATCH (e) WHERE e:Person|Place RETURN count(e) AS number", lacks: "C25" },
    { cypher: "MATCH (a:Actor)-[r:!MENTIONED_IN]->(b) RETURN count(r) AS number", lacks: "C25" },
    "MATCH (e:Entity) WHERE e.mentionCount >= 2 AND (e.kind IS NULL OR e.kind <> 'press') XOR false RETURN count(e) AS number",
    "MATCH (e:Entity) WHERE 1 < e.documentCount <= 3 RETURN count(e) AS number",
    "WITH ['Telegram', 'Voxnet'] AS names MATCH (p:Platform) WHERE p.name IN names RETURN p.name AS name ORDER BY name",
    "RETURN reduce(total = 0, x IN [1, 2, 3] | total + x) AS six, [x IN range(1, 5) WHERE x % 2 = 1 | x * x] AS squares",
    "UNWIND [3, 1, 2] AS x WITH x ORDER BY x RETURN collect(x) AS sorted, size(collect(x)) AS length",
    "RETURN 7 / 2 AS quotient, 7 % 3 AS rest, 2 ^ 3 AS power, -1.5e2 AS float, .5 AS half, abs(-3) AS size",
    "RETURN 'it is ' + toUpper('late') AS text, replace('a-b', '-', ' ') AS blank, trim('  x ') AS x, reverse('abc') AS back",
    "RETURN {name: 'x', list: [1, 2], map: {deep: true}} AS map, null AS nothing, true AS yes, [1, 'two', 3.5] AS mixed",
    "MATCH (e:Entity) WITH e.documentCount AS articles, count(*) AS number RETURN articles, number ORDER BY articles",
    "MATCH (e:Event) RETURN count(e) AS events, sum(e.mentionCount) AS mentions",
    "MATCH (e:CyberTool {name: 'nothing'}) RETURN count(e) AS none, sum(e.mentionCount) AS mentions, collect(e.name) AS names",
    "MATCH (e:Place) WITH collect(e.name) AS names RETURN size(names) AS places, single(name IN names WHERE name = 'Gand') AS one",
    "RETURN isEmpty([]) AS empty, isEmpty('x') AS full, 'a' || 'b' AS joined, [1] || [2] AS list, btrim(' x ') AS x",
    "MATCH (c:Claim) RETURN round(avg(c.confidence) * 100) / 100 AS rounded",
    { cypher: "MATCH (c:Claim) RETURN round(avg(c.confidence), 2) AS rounded", lacks: "C26" },
    { cypher: "MATCH (e:Entity) RETURN valueType(e.name) AS type, count(*) AS number", lacks: "C26" },
    { cypher: "MATCH (p:Person) RETURN collect(p.kind)[0] AS first, [count(p)] AS number", lacks: "C30" },
    {
      cypher:
        "MATCH (p:Person) WITH p ORDER BY p.name RETURN reduce(all = '', name IN collect(p.name) | all + name + ';') AS names",
      lacks: "C30",
    },
    "MATCH (p:Person) WITH p.name AS name ORDER BY name WITH collect(name) AS names RETURN reduce(all = '', name IN names | all + name + ';') AS names",
    {
      cypher: "MATCH (p:Person) RETURN p.name AS name ORDER BY name SKIP toInteger('1') LIMIT 1 + 1",
      ordered: true,
      lacks: "C33",
    },
    {
      cypher: "MATCH (p:Person) RETURN p.name AS name ORDER BY name SKIP $from LIMIT $number",
      parameters: { from: 1, number: 2 },
      ordered: true,
    },
    { cypher: "RETURN [1, 2, 3][-2..] AS last, [1, 2, 3][0..-1] AS most", lacks: "C37" },
    { cypher: "RETURN 2 ^ 3 ^ 2 AS power", lacks: "C38" },
    {
      cypher: "MATCH (e:Entity) RETURN labels(e)[-1] AS label, count(*) AS number ORDER BY number DESC, label",
      lacks: "C39",
    },
    "MATCH (e:Entity) RETURN [label IN labels(e) WHERE NOT label IN ['Entity', 'Actor']][0] AS label, count(*) AS number ORDER BY number DESC, label",
    "MATCH (c:Claim) WHERE c.confidence > 0.99 RETURN sum(c.confidence) AS total, stDev(c.confidence) AS spread, avg(c.confidence) AS mean",
    "MATCH (e:Entity) WHERE e.name IS NOT NULL RETURN count(DISTINCT e.name) AS names",
    "RETURN coalesce(null, 'x') AS x, head([1, 2]) AS first, last([1, 2]) AS last, tail([1, 2]) AS rest, nullIf(1, 1) AS nothing",
  ]),
  ...topic("parts joined", [
    "MATCH (p:Person) RETURN p.name AS name UNION MATCH (o:Organization) RETURN o.name AS name",
    "MATCH (p:Person) RETURN p.name AS name UNION ALL MATCH (p:Person) RETURN p.name AS name",
    "CALL { MATCH (p:Person) RETURN p AS who UNION MATCH (p:PublicBody) RETURN p AS who } RETURN who.name AS name ORDER BY name",
    "MATCH (o:Organization) CALL { WITH o MATCH (o)-[r]-(x:Entity) RETURN count(r) AS ties } RETURN o.name AS name, ties ORDER BY name",
    "MATCH (o:Organization) CALL (o) { MATCH (o)-[r]-(x:Entity) RETURN count(r) AS ties } RETURN o.name AS name, ties ORDER BY name",
    "MATCH (a:Actor) WITH a ORDER BY a.documentCount DESC, a.name LIMIT 3 MATCH (a)-[r]->(b:Entity) RETURN a.name AS a, count(b) AS out ORDER BY a",
    "MATCH (a:Actor) WITH a, size([(a)-[:USED]->(x) | x]) AS used WHERE used > 0 RETURN a.name AS name, used ORDER BY used DESC, name",
    "MATCH (a:MediaOutlet), (b:Platform) WHERE (a)-[:USED]->(b) RETURN a.name AS outlet, b.name AS platform ORDER BY outlet",
    "OPTIONAL MATCH (x:Account {name: 'nobody'}) RETURN x",
    {
      cypher:
        "MATCH (o:Organization) RETURN o.name AS name, COLLECT { MATCH (o)-[:OWNS]->(x) RETURN x.name ORDER BY x.name } AS owned ORDER BY name",
      lacks: "C26",
    },
    "MATCH (o:Organization) WITH o, 1 AS one RETURN o {.name, one} AS card",
    {
      cypher:
        "MATCH (o:Organization {name: 'Norvik Holding'})-[:OWNS]->(x WHERE x.documentCount > 0) RETURN x.name AS owned",
      lacks: "C32",
    },
    "MATCH (o:Organization {name: 'Norvik Holding'})-[r:OWNS WHERE r.standing = 'stated']->(x) RETURN x.name AS owned",
  ]),
  ...topic("words that only look dangerous", [
    "MATCH (d:Document) WHERE NOT d.title CONTAINS 'CREATE (n) DETACH DELETE n' RETURN d.title AS title",
    "MATCH (n:Person) WHERE n.name <> 'x' RETURN count(n) AS number; ",
    "RETURN 'LOAD CSV FROM \"file:///etc/passwd\" AS line' AS text",
    "// CREATE (n) and DELETE it\nMATCH (p:Person) /* SET p.name = '' */ RETURN count(p) AS persons",
    "MATCH (e:Entity {name: 'Courtine'}) RETURN e.create AS created, e.set AS set_of, e.delete IS NULL AS kept",
    "RETURN {create: 1, merge: 2, set: 3, delete: 4, `load csv`: 5} AS map",
    "MATCH (`create`:Person) RETURN `create`.name AS `delete` ORDER BY `delete`",
    "MATCH (e:Entity) WHERE e.name = '; DROP DATABASE neo4j;' RETURN count(e) AS number",
    "RETURN 'C:\\\\users' AS path, '\\'quoted\\'' AS quoted, \"it's\" AS its",
    { cypher: "RETURN $create AS value", parameters: { create: "MERGE (n)" } },
    "MATCH (e:Entity) RETURN count(e) AS total_created, max(e.mentionCount) AS offset",
    "MATCH (created:Person)-[settled:LEADS]->(merged) RETURN created.name AS creator, merged.name AS deleted ORDER BY creator",
    "RETURN 1 AS start, 2 AS end, 3 AS index, 4 AS type, 5 AS date, 6 AS source, 7 AS target",
    "MATCH (p:Person)\u00a0RETURN count(p) AS nombre_agrégé",
  ]),
];
