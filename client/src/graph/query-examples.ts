/** Cypher queries that are useful on any graph of this program: the gallery of the console. Labels stand in `text.ts`. */
export const QUERY_EXAMPLES = [
  {
    id: "takedowns",
    cypher: `MATCH (a)-[r:TOOK_DOWN]->(b)
RETURN a, r, b
ORDER BY r.sources DESC
LIMIT 50`,
  },
  {
    id: "against",
    cypher: `MATCH (a:Actor)-[r]->(b:Entity)
WHERE r.family = 'hostile'
RETURN a, r, b
LIMIT 100`,
  },
  {
    id: "justice",
    cypher: `MATCH (a:Actor)-[r]->(b:Entity)
WHERE r.family = 'justice'
RETURN a, r, b
LIMIT 100`,
  },
  {
    id: "support",
    cypher: `MATCH (a:Actor)-[r]->(b:Entity)
WHERE r.family = 'cooperation'
RETURN a, r, b
LIMIT 100`,
  },
  {
    id: "articles",
    cypher: `MATCH (c:Claim)-[:STATED_IN]->(d:Document)
RETURN d.title AS article, d.publishedAt AS date, count(c) AS claims
ORDER BY claims DESC
LIMIT 20`,
  },
  {
    id: "contested",
    cypher: `MATCH (a:Entity)-[r]->(b:Entity)
WHERE r.contested = true
RETURN a, r, b
LIMIT 50`,
  },
] as const;
