import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyKeysOf, withOriginal } from "../../server/resolution/near-duplicates.ts";
import { openEmbeddedStore } from "../../server/store/embedded/open.ts";
import type { GraphStore } from "../../server/store/graph-store.ts";
import { article, says } from "./articles.ts";

let folder: string;
let store: GraphStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "copies-"));
  store = await openEmbeddedStore({ folder });
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const ACTORS = ["Europol", "Interpol", "Groupe Nord", "Paul Dupont", "Anna Weiss", "Nashir"] as const;
/** Long enough to be told from a phrase that two papers share by chance. */
const STATEMENTS = [
  says("Europol", "TOOK_DOWN", "Amaq"),
  ...ACTORS.flatMap((subject, index) => ACTORS.slice(index + 1).map((object) => says(subject, "MET", object))),
];

async function save(statements: typeof STATEMENTS, source: string) {
  const document = await withOriginal(article(statements, { source }), (keys) => store.sharingCopyKeys(keys));
  await store.save(document);
  return document;
}

test("[S25] [S80] two papers that print one dispatch are one source, a third that tells it itself is another", async () => {
  const first = await save(STATEMENTS, "Agence Médiane");
  const copy = await save(STATEMENTS.slice(0, 12), "Le Fanal");
  const own = await save([says("Europol", "TOOK_DOWN", "Amaq")], "Le Courrier");
  expect([first, copy, own].map(({ duplicateOf }) => duplicateOf ?? null)).toEqual([null, first.extraction.id, null]);

  const { edges } = await store.overview({}, 50);
  const told = edges.find(({ type, documents }) => type === "TOOK_DOWN" && documents === 3);
  expect([told?.documents, told?.sources]).toEqual([3, 2]);

  const keys = copyKeysOf(first.extraction.text);
  expect((await store.sharingCopyKeys(keys)).map(({ id }) => id)).toEqual([first.extraction.id, copy.extraction.id]);
  await store.deleteDocument(first.extraction.id);
  expect(await store.sharingCopyKeys(keys)).toEqual([
    { id: copy.extraction.id, duplicateOf: first.extraction.id, text: copy.extraction.text },
  ]);
});
