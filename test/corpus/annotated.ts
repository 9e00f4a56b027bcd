/** Annotated articles for tests: the rules of the real ontology, and a parser that fails loudly. */
import { readFileSync } from "node:fs";
import { ontologySchema } from "../../server/contract/ontology.ts";
import { formatFault, parseArticle } from "../../server/corpus/article-parser.ts";
import type { GoldDocument } from "../../server/corpus/gold-document.ts";
import { ontologyRules } from "../../server/corpus/ontology-rules.ts";

export const ontology = ontologySchema.parse(JSON.parse(readFileSync("data/ontology.json", "utf8")));
export const rules = ontologyRules(ontology);

export function gold(source: string): GoldDocument {
  const { document, faults } = parseArticle(source, "test.ann.md", rules);
  if (document === null) throw new Error(faults.map(formatFault).join("\n"));
  return document;
}

export const AMAQ = `# fr-9001 lang=fr date=2019-11-25 topic=cyber
@e1 PublicBody Europol
@e2 PublicBody police fédérale belge
@e3 MediaOutlet Amaq
@e4 ThreatGroup État islamique | EI
@e5 Event opération

[Amaq](e3) paralysée

L'agence européenne [Europol](e1) et la [police fédérale belge](e2) ont paralysé [Amaq](e3), l'agence de l'[État islamique](e4).
> e1 TOOK_DOWN e3 @2019-11-24; e2 TOOK_DOWN e3; e1 COOPERATED_WITH e2; e3 MOUTHPIECE_OF e4
Cette [opération](e5) a duré deux jours.
[L'agence](~e1) aurait mené [celle-ci](~e5) contre l'[EI](e4).
> e1 CONDUCTED e5 ?alleged; e5 TARGETED e4 ?alleged ^1
`;
