/**
 * Names of one thing that no rule of form can join: states, alliances and groups that newspapers call in several ways, and
 * capitals that stand for their government. General knowledge only; compared as `nameKey` folds them.
 */

/** Each line: names of one entity. Used only between names of one document and one family of types. */
const SAME = `
  united states|united states of america|us|usa|america|etats unis|etats unis d amerique|amerique
  united kingdom|uk|britain|great britain|royaume uni|grande bretagne
  russia|russian federation|russie|federation de russie
  cote d ivoire|ivory coast
  burma|myanmar|birmanie
  north korea|dprk|coree du nord|rpdc
  south korea|republic of korea|coree du sud|republique de coree
  china|people s republic of china|prc|chine|republique populaire de chine
  netherlands|holland|pays bas|hollande
  democratic republic of congo|democratic republic of the congo|drc|dr congo|rd congo|rdc|republique democratique du congo
  central african republic|centrafrique|republique centrafricaine
  czech republic|czechia|republique tcheque|tchequie
  holy see|vatican|saint siege
  united arab emirates|uae|emirats arabes unis|emirats
  united nations|un|onu|nations unies|organisation des nations unies
  nato|otan|atlantic alliance|alliance atlantique|north atlantic treaty organization|organisation du traite de l atlantique nord
  european union|eu|union europeenne|ue|union
  etat islamique|daech|ei|organisation etat islamique|islamic state|daesh|isis|isil|is|islamic state group
  al qaida|al qaeda|al quaida
  pkk|parti des travailleurs du kurdistan|kurdistan workers party
  farc|forces armees revolutionnaires de colombie
  esa|agence spatiale europeenne|european space agency
  iss|station spatiale internationale|international space station
  white house|maison blanche
`;

/** Each line: a capital, then the country's names. */
const CAPITALS = `
  washington|united states|us|usa|etats unis
  london|united kingdom|uk|britain
  londres|royaume uni|grande bretagne
  paris|france
  berlin|germany|allemagne
  rome|italy|italie
  madrid|spain|espagne
  moscow|russia
  moscou|russie
  kremlin|russia|russie
  kiev|ukraine
  kyiv|ukraine
  beijing|china
  pekin|chine
  tokyo|japan|japon
  seoul|south korea|coree du sud
  pyongyang|north korea|coree du nord
  tehran|iran
  teheran|iran
  baghdad|iraq
  bagdad|irak
  damascus|syria
  damas|syrie
  ankara|turkey|turquie
  jerusalem|israel
  cairo|egypt
  le caire|egypte
  caire|egypte
  riyadh|saudi arabia
  riyad|arabie saoudite
  doha|qatar
  kabul|afghanistan
  kaboul|afghanistan
  islamabad|pakistan
  new delhi|india|inde
  delhi|india|inde
  canberra|australia|australie
  ottawa|canada
  caracas|venezuela
  bogota|colombia|colombie
  havana|cuba
  la havane|cuba
  havane|cuba
  tripoli|libya|libye
  tunis|tunisia|tunisie
  algiers|algeria
  alger|algerie
  rabat|morocco|maroc
  bamako|mali
  niamey|niger
  ouagadougou|burkina faso
  abuja|nigeria
  nairobi|kenya
  khartoum|sudan|soudan
  addis ababa|ethiopia
  addis abeba|ethiopie
  kigali|rwanda
  bujumbura|burundi
  kinshasa|democratic republic of congo|rdc|republique democratique du congo|congo
  warsaw|poland
  varsovie|pologne
  budapest|hungary|hongrie
  bucharest|romania
  bucarest|roumanie
  sofia|bulgaria|bulgarie
  athens|greece
  athenes|grece
  belgrade|serbia|serbie
  tbilisi|georgia
  tbilissi|georgie
  yerevan|armenia
  erevan|armenie
  baku|azerbaijan
  bakou|azerbaidjan
  minsk|belarus|bielorussie
  chisinau|moldova|moldavie
  vilnius|lithuania|lituanie
  riga|latvia|lettonie
  tallinn|estonia|estonie
  helsinki|finland|finlande
  stockholm|sweden|suede
  oslo|norway|norvege
  copenhagen|denmark
  copenhague|danemark
  reykjavik|iceland|islande
  dublin|ireland|irlande
  lisbon|portugal
  lisbonne|portugal
  vienna|austria
  vienne|autriche
  bern|switzerland
  berne|suisse
  hanoi|vietnam
  taipei|taiwan
  bangkok|thailand|thailande
`;

function rows(table: string): string[][] {
  return table
    .trim()
    .split("\n")
    .map((line) => line.trim().split("|"));
}

const GROUP_OF = new Map<string, number>(
  rows(SAME).flatMap((names, group) => names.map((name) => [name, group] as const)),
);
const COUNTRIES_OF = new Map<string, ReadonlySet<string>>(
  rows(CAPITALS).map(([capital = "", ...countries]) => [capital, new Set(countries)]),
);

/** Whether two folded names are well known to be one entity's. */
export function areWellKnownSame(a: string, b: string): boolean {
  const group = GROUP_OF.get(a);
  return group !== undefined && group === GROUP_OF.get(b);
}

/** Whether the folded name of a city (or seat of power) may stand for the state with that folded name. */
export function isSeatOf(city: string, country: string): boolean {
  return COUNTRIES_OF.get(city)?.has(country) ?? false;
}

export function isCapital(city: string): boolean {
  return COUNTRIES_OF.has(city);
}

/** Whether the folded name stands in these tables as a whole name, so that it is no short form of another. */
export function isWellKnown(name: string): boolean {
  return GROUP_OF.has(name);
}
