import { expect, test } from "vitest";
import type { NodeType } from "../../server/contract/ontology.ts";
import { cuedType } from "../../server/extraction/type-cues.ts";

/** The name stands in brackets. */
function typeIn(marked: string): NodeType | null {
  const start = marked.indexOf("[");
  return cuedType(marked.replace(/[[\]]/g, ""), start, marked.indexOf("]") - 1);
}

test.each<[string, NodeType | null]>([
  ["Le rançongiciel [Valdor] a frappé.", "CyberTool"],
  ["La société belge [Orvane] nie.", "Organization"],
  ["Selon le quotidien « [Le Fanal] »", "MediaOutlet"],
  ["Un groupuscule d’extrême droite jusqu’ici peu connu, la [Garde grise], revendique.", "ThreatGroup"],
  ["[Amane], l'agence de propagande du groupe, se tait.", "MediaOutlet"],
  ["[Orvane] (ORV), une entreprise de Namur, nie.", "Organization"],
  ["chez l'hébergeur [Zilvernet]", "Platform"],
  ["ancien rédacteur en chef de [Courtille]", "MediaOutlet"],
  ["the ransomware group [Tin Heron] leaked it", "ThreatGroup"],
  ["[Tin Heron], a small hacker collective, leaked it", "ThreatGroup"],
  ["the hosting company [Zilvernet] denies it", "Platform"],
  ["The messaging app [Corvo] agreed.", "Platform"],
  ["[Amane], the group's news agency, fell silent.", "MediaOutlet"],
  ["According to [Brad Adler], the company's lawyer,", null],
  ["[Gerard Nolan], the head of the gang, fled.", null],
  ["In [France], the newspaper Le Fanal said", null],
  ["a company in Chengdu, [China].", null],
  ["le directeur du cabinet [Trempe]", null],
  ["Une société de Liège.\n[Orvane] nie.", null],
  ["[Orvane]", null],
])("%s → %s", (marked, type) => {
  expect(typeIn(marked)).toBe(type);
});
