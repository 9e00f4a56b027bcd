/**
 * Common nouns beside a name that say what it names: "l'hébergeur X", "X, the group's news agency". They vote with the tagger on
 * the type of an entity, since a name that nobody has heard of says nothing by itself.
 */
import type { NodeType } from "../contract/ontology.ts";
import { foldText } from "./folded-text.ts";

/** Heads of noun phrases, French and English, folded. The longer ones stand first: "news agency" is no agency. */
const HEADS: readonly (readonly [NodeType, string])[] = [
  [
    "MediaOutlet",
    "agence de presse|agence d'information|agence de propagande|organe de propagande|bras mediatique|site d'information|media en ligne|" +
      "quotidien|hebdomadaire|magazine|revue|journal|chaine de television|webradio|" +
      "news agency|propaganda agency|propaganda outlet|media outlet|media wing|media arm|news site|news website|newspaper|broadcaster|propaganda shop|propaganda site|" +
      "magazine|television channel|television station|radio station|mouthpiece|weekly",
  ],
  [
    "CyberTool",
    "rancongiciel|logiciel malveillant|logiciel espion|logiciel|maliciel|cheval de troie|effaceur|implant|outil d'attaque|faille|" +
      "ransomware strain|ransomware|malware|spyware|trojan|wiper|backdoor|botnet|exploit|stealer|vulnerability|flaw",
  ],
  [
    "ThreatGroup",
    "groupe (?:arme|terroriste|djihadiste|jihadiste|islamiste|rebelle|criminel|de pirates|de hackers|d'extreme droite|d'ultradroite|neonazi|cybercriminel|de rancongiciel)|" +
      "groupuscule(?: d'extreme droite| d'ultradroite)?|organisation (?:terroriste|criminelle|djihadiste)|collectif de (?:pirates|hackers)|" +
      "collectif (?:de pirates|pro-\\w+)|gang|milice|cartel|katiba|" +
      "(?:hacker|hacking|militant|armed|rebel|jihadist|terrorist|terror|ransomware|criminal|extremist|islamist|far-right|neo-nazi) (?:group|crew|gang|collective)|" +
      "hacker collective|gang|militia|cartel",
  ],
  [
    "Platform",
    "hebergeur|reseau social|messagerie(?: chiffree| cryptee)?|plateforme|application|place de marche|moteur de recherche|" +
      "hosting (?:company|provider|firm|service)|web host|social network|messaging app|messaging service|platform|marketplace|online market|search engine",
  ],
  [
    "Organization",
    "societe|entreprise|compagnie|association|fondation|ong|prestataire|fabricant|editeur de logiciels|banque|syndicat|filiale|assureur|start-up|" +
      "(?:shell |security |publicity |construction |software |drug |oil )?(?:company|firm)|subsidiary|contractor|charity|foundation|start-up|supplier|" +
      "trade union|nonprofit|non-profit|ngo",
  ],
];

/** At most so many characters lie between the name and the noun that tells what it is. */
const REACH = 60;

const NATIONALITY =
  "(?:\\s[a-z]+(?:aise?|ien(?:ne)?|oise?|aine?|ande?|ols?|ine?|que)|\\s(?:belge|russe|suisse|serbe|turc))?";
const CALLED = "(?:nomme[e]?s?\\s|appele[e]?s?\\s|baptise[e]?s?\\s|dite?\\s|called\\s|named\\s|known as\\s)?";
/** "X, the head of the gang" is no gang. */
const PLAIN_WORD = "(?:(?!(?:of|de|du|des|d|in|at|for|where|ou|qui|que|through|with|by|and|et)\\b)[\\w'-]+\\s)";
/** A noun phrase ends, or goes on to say which: what follows otherwise is a clause of its own ("In France, the newspaper said"). */
const PHRASE_END =
  "(?=\\s?[,.;:)]|\\s?$|\\s(?:de|du|des|d'|of|that|which|behind|based|owned|controlled|run|linked|close|known|set|founded|qui|que|dont|base|basee|proche|lie|liee|connu|connue|etabli|etablie|specialise|specialisee|en|in)\\b)";

/** "un collectif apparu cet hiver, X" and "an outfit from Leeds, X": the noun phrase first, then the name. */
const INTRODUCING = HEADS.map(
  ([type, heads]) =>
    [
      type,
      new RegExp(
        `(?:^|\\s)(?:une?|an?)\\s${PLAIN_WORD}{0,3}?(?:${heads})(?:\\s(?!(?:in|at|a|en|by|from)\\b)[\\w'-]+){0,6},\\s?(?:la |le |l'|les |the )?["]?\\s?$`,
        "u",
      ),
    ] as const,
);
/** Whose editor or reporter somebody is. */
const EDITED =
  /(?:redact(?:eur|rice)s? en chef|editor(?:-in-chief)?|redaction)\s(?:d[eu]s?|de l'|d'|of)\s?(?:la |le |l'|the )?$/u;

const BEFORE = HEADS.map(
  ([type, heads]) => [type, new RegExp(`(?:^|[\\s'(])(?:${heads})${NATIONALITY}\\s${CALLED}["]?\\s?$`, "u")] as const,
);
const AFTER = HEADS.map(
  ([type, heads]) =>
    [
      type,
      new RegExp(
        `^["]?\\s?(?:\\([^)]{1,20}\\)\\s?)?,\\s?(?:l'|le |la |un |une |the |an? |its |his |her |son |sa |leur |their )${PLAIN_WORD}{0,3}?(?:${heads})${NATIONALITY}${PHRASE_END}`,
        "u",
      ),
    ] as const,
);

/** The type that the words around a name tell; null when they tell none, or two. */
export function cuedType(text: string, start: number, end: number): NodeType | null {
  const before = plain(
    text
      .slice(Math.max(0, start - REACH), start)
      .split(/[\n\r]/)
      .at(-1) ?? "",
  );
  const after = plain(text.slice(end, end + REACH).split(/[\n\r]/, 1)[0] ?? "");
  const found = new Set<NodeType>();
  const first = (rules: readonly (readonly [NodeType, RegExp])[], words: string): void => {
    const match = rules.find(([, pattern]) => pattern.test(words));
    if (match !== undefined) found.add(match[0]);
  };
  first(BEFORE, before);
  first(INTRODUCING, before);
  if (EDITED.test(before)) found.add("MediaOutlet");
  first(AFTER, after);
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}

function plain(text: string): string {
  return foldText(text, 0).text.toLowerCase();
}
