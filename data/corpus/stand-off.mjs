#!/usr/bin/env node
/**
 * Annotations of other people's articles, kept without the text (see README.md). Needs the built server (`npm run build`).
 *
 *   node data/corpus/stand-off.mjs make FOLDER... OUT.json     annotated articles → one stand-off file
 *   node data/corpus/stand-off.mjs restore IN.json TEXTS OUT   TEXTS/ID.txt + stand-off → OUT/ID.ann.md
 *
 * `restore` checks the hash of every text. Articles without a text are counted, those whose text differs are named.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const room = (name) => import(join(root, "dist/server/corpus", name));

async function make(folders, out) {
  const { readSoundCorpus } = await room("corpus-files.js");
  const { standOffFile, standOffOf } = await room("stand-off.js");
  const ontology = JSON.parse(readFileSync(join(root, "data/ontology.json"), "utf8"));
  const documents = (await readSoundCorpus(folders, ontology)).map(standOffOf);
  writeFileSync(out, standOffFile(documents));
  console.log(`${documents.length} articles written to ${out}`);
}

async function restore(file, texts, out) {
  const { readStandOffFile, restoreArticle } = await room("stand-off.js");
  const { writeArticle } = await room("article-writer.js");
  mkdirSync(out, { recursive: true });
  const count = { restored: 0, withoutText: 0, differing: 0 };
  for (const article of readStandOffFile(readFileSync(file, "utf8"))) {
    const text = join(texts, `${article.id}.txt`);
    if (!existsSync(text)) {
      count.withoutText += 1;
      continue;
    }
    const { document, fault } = restoreArticle(article, readFileSync(text, "utf8"));
    if (document === null) {
      count.differing += 1;
      console.error(fault);
      continue;
    }
    writeFileSync(join(out, `${article.id}.ann.md`), writeArticle(document));
    count.restored += 1;
  }
  console.log(`${count.restored} restored, ${count.withoutText} without a text, ${count.differing} whose text differs`);
  if (count.differing > 0) process.exitCode = 1;
}

const [command, ...rest] = process.argv.slice(2);
if (command === "make" && rest.length >= 2) await make(rest.slice(0, -1), rest.at(-1));
else if (command === "restore" && rest.length === 3) await restore(...rest);
else {
  console.error("Usage: stand-off.mjs make FOLDER... OUT.json | restore IN.json TEXTS OUT");
  process.exitCode = 2;
}
