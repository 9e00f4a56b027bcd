/**
 * `npm run neo4j`: a Neo4j to try the product with, for people with Java and Maven. Keeps its data in `.cache/neo4j/home`.
 */
import { join } from "node:path";
import { CACHE, whyNoNeo4j } from "./install.ts";
import { startNeo4j } from "./server.ts";

const PORT = 7687;
/** It stands on the loopback address of this machine alone. */
const PASSWORD = "fil-rouge-local";

const reason = whyNoNeo4j();
if (reason !== null) {
  console.error(`Neo4j cannot be started: ${reason}.`);
  process.exit(2);
}
const home = join(CACHE, "home");
const server = await startNeo4j({ home, port: PORT, password: PASSWORD });
console.log(`Neo4j answers at ${server.uri}. In another terminal:`);
console.log(`  NEO4J_URI=${server.uri} NEO4J_PASSWORD=${PASSWORD} npm start`);
console.log("Stop it with Ctrl-C; its data stays.");
process.on("SIGINT", () => void server.stop().then(() => process.exit(0)));
process.on("SIGTERM", () => void server.stop().then(() => process.exit(0)));
setInterval(() => undefined, 60_000);
