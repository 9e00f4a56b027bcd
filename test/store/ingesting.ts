/**
 * A process to be killed: ingests made articles into the embedded store of a folder and tells on standard output which are
 * stored. `ingesting.ts FOLDER COUNT [FROM]`
 */
import { openEmbeddedStore } from "../../server/store/embedded/open.ts";
import { madeArticles } from "./made-articles.ts";

const [folder = "", count = "0", from = "0"] = process.argv.slice(2);
const store = await openEmbeddedStore({ folder });
process.stdout.write("open\n");
for (const document of madeArticles(Number(count)).slice(Number(from))) {
  await store.save(document);
  process.stdout.write(`${document.extraction.id}\n`);
}
await store.close();
