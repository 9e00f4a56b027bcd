/**
 * An entity's `kind` (`data/ontology.json` lists the usual ones) by the words of its name. Null when they do not tell.
 */
import { foldName } from "../contract/names.ts";
import type { NodeType } from "../contract/ontology.ts";
import { eventKind } from "./event-names.ts";

type KindRules = readonly (readonly [kind: string, words: RegExp])[];

const PUBLIC_BODY: KindRules = [
  [
    "ministry",
    /\b(?:ministere|ministry|department|departement (?:d etat|de la)|state department|treasury|foreign office|home office|pentagon|pentagone|quai d orsay|secretariat d etat)\b/,
  ],
  [
    "court",
    /\b(?:cour|tribunal|tribunaux|court|courts|parquet|justice|prosecutors?|procureurs?|attorney|conseil constitutionnel|conseil d etat|assises|prud hommes)\b/,
  ],
  [
    "police",
    /\b(?:police|policiers?|polizei|politie|gendarmerie|europol|interpol|fbi|bka|guardia civil|carabinieri|sheriff|constabulary|garda|nca|constabulary|crs|brigade criminelle)\b/,
  ],
  [
    "army",
    /\b(?:armee|army|forces armees|armed forces|navy|air force|marine nationale|military|militaire|troops|corps|garde nationale|national guard|nato|otan)\b/,
  ],
  [
    "parliament",
    /\b(?:parlement|parliament|assemblee|assembly|senat|senate|congres|congress|house|chambre|diet|douma|duma|knesset|bundestag)\b/,
  ],
  [
    "agency",
    /\b(?:agence|agency|autorite|authority|office|bureau|commission|service|services|anssi|cisa|enisa|nsa|cia|dgsi|viginum|cnil|arcom|administration|observatoire)\b/,
  ],
];
const ORGANIZATION: KindRules = [
  [
    "party",
    /\b(?:parti|party|front national|rassemblement national|republicains?|republicans?|democrats?|labour|conservatives?|tories|greens|verts|ps|lr|ump)\b/,
  ],
  [
    "company",
    /\b(?:inc|ltd|llc|corp|corporation|company|plc|sa|sas|sarl|gmbh|ag|groupe|group|holding|bank|banque|airlines|motors|energie|energy|telecom|capital|industries|technologies|labs)\b/,
  ],
  [
    "ngo",
    /\b(?:ong|ngo|association|fondation|foundation|amnesty|croix rouge|red cross|oxfam|greenpeace|reporters sans frontieres|watch|ligue|comite|committee)\b/,
  ],
  ["university", /\b(?:universite|university|ecole|school|college|institut|institute)\b/],
  ["union", /\b(?:syndicat|union|cgt|cfdt|unsa|confederation)\b/],
];
const MEDIA: KindRules = [["propaganda", /\b(?:propagande|propaganda|amaq|al hayat media|al furqan)\b/]];
const PLATFORM: KindRules = [
  ["messenger", /\b(?:telegram|whatsapp|signal|messenger|wechat|viber|threema|element|matrix|discord)\b/],
  [
    "social",
    /\b(?:facebook|twitter|x|instagram|tiktok|youtube|vkontakte|vk|linkedin|reddit|snapchat|mastodon|bluesky|rumble|gab|parler|meta)\b/,
  ],
  ["marketplace", /\b(?:market|marche|bazaar|ebay|amazon)\b/],
];
const CYBER_TOOL: KindRules = [["vulnerability", /\bcve\b/]];

function byWords(rules: KindRules, name: string): string | null {
  const folded = foldName(name);
  return rules.find(([, words]) => words.test(folded))?.[0] ?? null;
}

const DOMAIN = /^(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?:\/\S*)?$/u;

function accountKind(name: string): string | null {
  if (/^[\w.+-]+@[\w-]+\./.test(name)) return "email";
  if (name.startsWith("@")) return "handle";
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(name)) return "ip";
  if (/^(?:0x[0-9a-f]{20,}|(?:bc1|[13])[a-z0-9]{20,})$/i.test(name)) return "wallet";
  if (/^t\.me\//i.test(name)) return "channel";
  return DOMAIN.test(name) ? "domain" : null;
}

/** @param names canonical name first, then the aliases. */
export function kindOf(type: NodeType, names: readonly string[]): string | null {
  const [name = ""] = names;
  const first = (rules: KindRules): string | null =>
    names.reduce<string | null>((found, each) => found ?? byWords(rules, each), null);
  switch (type) {
    case "PublicBody":
      return first(PUBLIC_BODY);
    case "Organization":
      return first(ORGANIZATION);
    case "MediaOutlet":
      return first(MEDIA);
    case "Platform":
      return first(PLATFORM);
    case "CyberTool":
      return first(CYBER_TOOL);
    case "Account":
      return accountKind(name);
    case "Event":
      return eventKind(foldName(names.join(" ")));
    case "Person":
    case "ThreatGroup":
    case "Country":
    case "Place":
      return null;
  }
}
