/** The allow-list: what a user's query may call, and why the words that it may not hold are refused. */

/** Functions without effect, in lower case. Whatever is not here is refused: user functions, `apoc.*`, file access. */
export const FUNCTIONS: ReadonlySet<string> = new Set([
  // over lists
  ...["all", "any", "none", "single", "isempty", "size", "head", "last", "tail", "range", "reduce", "reverse"],
  ...["keys", "labels", "nodes", "relationships"],
  ...["tobooleanlist", "tofloatlist", "tointegerlist", "tostringlist"],
  // aggregates
  ...["avg", "collect", "count", "max", "min", "percentilecont", "percentiledisc", "stdev", "stdevp", "sum"],
  // of values
  ...["coalesce", "nullif", "valuetype", "elementid", "id", "type", "startnode", "endnode", "length", "properties"],
  ...["toboolean", "tobooleanornull", "tofloat", "tofloatornull", "tointeger", "tointegerornull"],
  ...["tostring", "tostringornull"],
  // numbers
  ...["abs", "ceil", "floor", "isnan", "rand", "round", "sign", "e", "exp", "log", "log10", "sqrt", "pi"],
  ...["acos", "asin", "atan", "atan2", "cos", "cot", "degrees", "haversin", "radians", "sin", "tan", "randomuuid"],
  // text
  ...["btrim", "char_length", "character_length", "left", "lower", "ltrim", "normalize", "replace", "right", "rtrim"],
  ...["split", "substring", "tolower", "toupper", "trim", "upper"],
  // paths
  ...["shortestpath", "allshortestpaths"],
]);

/** Dates, times and places: Neo4j has them as values of their own, the graph keeps dates as ISO 8601 text. */
export const TEMPORAL_FUNCTIONS: ReadonlySet<string> = new Set([
  ...["date", "datetime", "localdatetime", "localtime", "time"].flatMap((name) => [
    name,
    ...["realtime", "statement", "transaction", "truncate"].map((part) => `${name}.${part}`),
  ]),
  ...["datetime.fromepoch", "datetime.fromepochmillis", "timestamp"],
  ...["duration", "duration.between", "duration.indays", "duration.inmonths", "duration.inseconds"],
  ...["point", "point.distance", "point.withinbbox"],
]);

export const AGGREGATES: ReadonlySet<string> = new Set([
  ...["avg", "collect", "count", "max", "min", "percentilecont", "percentiledisc", "stdev", "stdevp", "sum"],
]);

/** Procedures that only list names, in lower case. */
export const PROCEDURES: ReadonlySet<string> = new Set(["db.labels", "db.relationshiptypes", "db.propertykeys"]);

const WRITES = "it changes the graph, and queries here only read: take it out";
const ADMINISTERS = "it administers the database: use the database's own console for that";
const LOADS = "it reads files or addresses outside the graph: give articles to “ingest” instead";
const TRANSACTS = "a query runs in one transaction that is always rolled back: write CALL { … } alone";
const PREFIXES = "the engine's options are not the query's: begin with MATCH, WITH, UNWIND, CALL or RETURN";

/**
 * Words that are refused wherever they stand bare, as a name too: even a text that the guard has misread then holds no word
 * that writes. After a dot, as a key of a map and as a parameter they are names like others, and are sent in backticks.
 */
export const REFUSED_WORDS: ReadonlyMap<string, string> = new Map([
  ...["CREATE", "MERGE", "SET", "REMOVE", "DELETE", "DETACH", "NODETACH", "FOREACH", "INSERT"].map(because(WRITES)),
  ...["DROP", "ALTER", "GRANT", "DENY", "REVOKE", "RENAME", "SHOW", "TERMINATE", "USE"].map(because(ADMINISTERS)),
  ...["DEALLOCATE", "REALLOCATE", "DRYRUN"].map(because(ADMINISTERS)),
  ...["LOAD"].map(because(LOADS)),
  ...["PERIODIC", "COMMIT", "ROLLBACK", "TRANSACTION", "TRANSACTIONS", "CONCURRENT"].map(because(TRANSACTS)),
  ...["EXPLAIN", "PROFILE", "CYPHER"].map(because(PREFIXES)),
]);

/** Words refused where a clause is expected alone: good names of variables elsewhere. */
export const REFUSED_CLAUSES: ReadonlyMap<string, string> = new Map([
  ...["START", "STOP", "ENABLE", "DATABASE", "CONSTRAINT", "INDEX", "SESSION"].map(because(ADMINISTERS)),
  ["USING", "the engine chooses its indexes itself: take the hint out"],
  ["FILTER", "it is not of this Cypher: write WITH * WHERE …"],
  ["LET", "it is not of this Cypher: write WITH *, … AS …"],
  ["NEXT", "it is not of this Cypher: write WITH between the parts"],
  ["FINISH", "a query must answer something: end with RETURN"],
  ["FOR", "it is not of this Cypher: write UNWIND … AS …"],
  ["HAVING", "it is not of this Cypher: write WITH … WHERE …"],
  ["SELECT", "this is Cypher, not SQL: write MATCH … RETURN …"],
]);

/** Words that build a query and are no names outside backticks. */
export const STRUCTURE_WORDS: ReadonlySet<string> = new Set([
  ...["MATCH", "OPTIONAL", "WHERE", "WITH", "RETURN", "UNWIND", "UNION", "YIELD"],
  ...["WHEN", "THEN", "ELSE", "AND", "OR", "XOR", "IN", "STARTS", "ENDS", "CONTAINS", "IS", "AS"],
]);

/** Names that are sent in backticks: words that write, and what the embedded engine never takes as a name. */
export const QUOTED_NAMES: ReadonlySet<string> = new Set([
  ...REFUSED_WORDS.keys(),
  ...STRUCTURE_WORDS,
  ...["CASE", "NOT", "DISTINCT", "NULL", "TRUE", "FALSE"],
]);

function because(reason: string): (word: string) => [string, string] {
  return (word) => [word, reason];
}

/** Upper case of ASCII letters alone, as engines compare their words. */
export function keywordOf(word: string): string {
  return word.replace(/[a-z]/g, (letter) => letter.toUpperCase());
}
