/**
 * Words for events: the head of a description, and the classes of happenings (`kind`) that heads belong to. Used to join
 * mentions of one event and to say what kind it is.
 */

const PREPOSITIONS =
  /^(?:de|du|des|d|a|au|aux|en|dans|sur|contre|par|pour|of|in|at|on|against|by|for|near|between|entre|with|avec|from|to|that|which|this|last|next)$/;

/** "second", "new", numerals: they tell two events of one sort apart. */
const DISTINCTIONS =
  /^(?:\d+|premiere?|deuxieme|second|seconde|troisieme|nouvelle|nouveau|autre|first|third|new|another|other|previous|last|next|two|three|deux|trois|plusieurs|series?|several)$/;

/** Last content word before the first preposition: French heads stand first, English ones last, so both ends are looked at. */
export function eventHead(key: string): string | null {
  const tokens = key.split(" ");
  const end = tokens.findIndex((token, index) => index > 0 && PREPOSITIONS.test(token));
  const phrase = (end === -1 ? tokens : tokens.slice(0, end)).filter((token) => !DISTINCTIONS.test(token));
  const known = phrase.find((token) => kindOfWord(token) !== null);
  return singular(known ?? phrase.at(-1) ?? "") || null;
}

/** Nothing but the head: "attaque", "the operation". */
export function isGenericEvent(key: string): boolean {
  return !key.includes(" ");
}

/** "2014 winter paralympics", "election presidentielle de 2017" without the year. */
export function withoutYear(key: string): string {
  return key.replace(/(?: (?:de|en|of|in))? ?\b(?:19|20)\d\d\b/g, "").trim();
}

/** Words that newspapers use for one another when they tell of one happening. */
const SORTS: readonly RegExp[] = [
  /^(?:attaques?|attentats?|fusillades?|tueries?|carnage|attacks?|shootings?|bombings?|blasts?|explosions?|massacres?|agressions?)$/,
  /^(?:cyberattaques?|cyberattacks?|piratages?|intrusions?|hacks?|breach)$/,
  /^(?:seismes?|tremblements?|secousses?|earthquakes?|quakes?|tremors?)$/,
  /^(?:accidents?|crash|collisions?|choc|deraillements?|derailments?|ecrasements?|naufrages?)$/,
  /^(?:tempetes?|storms?|typhoons?|hurricanes?|cyclones?|ouragans?|depressions?)$/,
  /^(?:elections?|scrutins?|votes?|referendums?|ballots?|consultations?|polls?|primaires?|primary)$/,
  /^(?:courses?|epreuves?|competitions?|races?|tournaments?|championnats?|championships?|games?|matchs?|match|etapes?)$/,
  /^(?:manifestations?|cortege|corteges|rassemblements?|mobilisations?|mouvements?|protests?|demonstrations?|marches?|march)$/,
  /^(?:combats?|fighting|clashes|affrontements?|batailles?|battles?|offensives?)$/,
  /^(?:incendies?|feux?|fires?|wildfires?|blaze)$/,
  /^(?:inondations?|crues?|floods?|flooding)$/,
  /^(?:operations?|raids?|perquisitions?|coup|crackdown)$/,
  /^(?:enquetes?|investigations?|probes?|inquiry)$/,
  /^(?:meetings?|reunions?|rencontres?|talks|sommets?|summits?|conferences?)$/,
];

/** Number of the words' group; null for a word of none. */
export function eventSort(word: string): number | null {
  const index = SORTS.findIndex((words) => words.test(word));
  return index === -1 ? null : index;
}

/** A word that may stand for any happening. */
export function isAnyEvent(key: string): boolean {
  return /^(?:incidents?|evenements?|events?|drames?|tragedies?|tragedy|catastrophes?|disasters?|faits)$/.test(key);
}

function singular(word: string): string {
  return word.length > 4 ? word.replace(/s$/, "") : word;
}

export type EventKind =
  | "takedown"
  | "cyberattack"
  | "terror_attack"
  | "arrest"
  | "trial"
  | "meeting"
  | "election"
  | "protest"
  | "disaster"
  | "other";

const KIND_WORDS: readonly (readonly [EventKind, RegExp])[] = [
  [
    "cyberattack",
    /^(?:cyber\w*|hack\w*|piratages?|intrusions?|ddos|ransomware|rancongiciel|phishing|hameconnage|breach(?:es)?|defacement)$/,
  ],
  [
    "takedown",
    /^(?:takedowns?|demantelements?|neutralisations?|perquisitions?|raids?|saisies?|seizures?|crackdown|coup)$/,
  ],
  [
    "terror_attack",
    /^(?:attentats?|attaques?|attacks?|bombings?|fusillades?|shootings?|tueries?|massacres?|assassinats?|assassinations?|explosions?|blasts?|stabbings?|killings?|meurtres?|murders?|kidnappings?|enlevements?|hijackings?|ambush|embuscade|siege)$/,
  ],
  ["arrest", /^(?:arrests?|arrestations?|interpellations?|detentions?|rafle|coup)$/],
  ["trial", /^(?:trials?|proces|hearings?|audiences?|verdicts?|appel|appeal|lawsuits?|inquest)$/],
  [
    "meeting",
    /^(?:meetings?|reunions?|sommets?|summits?|conferences?|talks|negociations?|negotiations?|pourparlers|rencontres?|visites?|visits?|congres|congress|forum|assembly|entretiens?|debats?|debates?)$/,
  ],
  [
    "election",
    /^(?:elections?|scrutins?|referendums?|presidentielles?|legislatives?|municipales|primaires?|primary|primaries|vote|ballot|polls)$/,
  ],
  [
    "protest",
    /^(?:protests?|manifestations?|greves?|strikes?|marches?|march|rassemblements?|rall(?:y|ies)|emeutes?|riots?|demonstrations?|mobilisations?|blocages?)$/,
  ],
  [
    "disaster",
    /^(?:seismes?|earthquakes?|quakes?|tsunamis?|ouragans?|hurricanes?|storms?|tempetes?|typhoons?|cyclones?|inondations?|floods?|flooding|incendies?|fires?|wildfires?|accidents?|crash(?:es)?|avalanches?|derailments?|deraillements?|naufrages?|eruptions?|collisions?|epidemi\w+|outbreak)$/,
  ],
];

function kindOfWord(token: string): EventKind | null {
  return KIND_WORDS.find(([, pattern]) => pattern.test(token))?.[0] ?? null;
}

/** The kind of an event by the words of its folded name; "other" when none tells. */
export function eventKind(key: string): EventKind {
  const tokens = key.split(" ");
  if (tokens.some((token) => kindOfWord(token) === "cyberattack")) return "cyberattack";
  for (const token of tokens) {
    const kind = kindOfWord(token);
    if (kind !== null) return kind;
  }
  return "other";
}
