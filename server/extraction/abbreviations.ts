/**
 * What `sentences.ts` knows about full stops that end no sentence: abbreviations of both languages, and words that open one.
 * General language only; both languages at once, since articles quote each other's.
 */

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}

/** A name or a number always follows: the full stop never ends a sentence. Compared as written. */
export const NEVER_FINAL = words(`
  M MM Mme Mmes Mlle Mlles Dr Drs Pr Me Mgr Mr Mrs Ms Messrs Prof Gen Gén Col Lt Sgt Capt Cpl Maj Adm Cmdr Insp Supt Rep Reps Sen
  Sens Gov Rev Fr Hon St Ste Sts Mt Ft Pres Amb Atty Det Pte Pvt cf Cf vs e.g i.e p.ex resp réf Réf tél Tél tel approx lt-col Lt-Col
  Lt-Gen Maj-Gen Brig Bros v
`);

/** Ends no sentence when a number follows. Compared in lower case. */
export const BEFORE_NUMBERS = words(`
  no nos nº n° num art arts al vol chap ch p pp fig sect § par para ann jan janv feb fév févr mar avr apr juil jul jun aug sep sept oct nov
  déc dec réf ref r.g ligne n ca c env
`);

/** May stand at the end of a sentence; what follows decides. Compared in lower case. */
export const MAYBE_FINAL = words(`
  inc ltd co corp plc llc jr sr etc al av ave blvd bd dept dépt est assn bldg intl natl univ a.m p.m am pm ph.d m.d b.a m.a d.c j.-c
  ap apr. cie ets env min max ed éd s.a s.a.s a.s s.p.a n.v b.v
`);

/** Words that open a sentence and are rarely part of a name. Compared in lower case. */
export const STARTERS = words(`
  the a an this that these those it its he she his her they their we our you your i my in on at by for from with after before during since
  as if when while although though because but and or so yet however meanwhile also then there here what who why how where which both all
  some many most several no not one two three four five another other others according earlier later today yesterday police officials
  le la les l un une des du de d ce cet cette ces c ça cela il elle ils elles on nous vous je j son sa ses leur leurs notre nos mon ma mes
  en au aux à a dans sur sous pour par avec sans selon après avant depuis pendant lors lorsque quand comme si mais et ou or donc car ainsi
  aussi alors puis enfin ensuite toutefois cependant pourtant néanmoins hier aujourd aucun aucune chaque plusieurs certains certaines tous
  tout toute toutes deux trois quatre cinq où qui que quel quelle quels quelles y parmi malgré face outre d'après n ne s se qu t m
`);

/** A full stop between letters that is part of an address, not a missing space. Compared in lower case. */
export const DOMAIN_ENDINGS = words(`
  com fr org net info eu uk us de be ch ca io gov edu int ru cn tv me co onion html htm php pdf exe js ts py doc docx xls txt zip
`);

/** Words that end in an exclamation mark by name. */
export const NAMES_WITH_MARK = words(`Yahoo! Jeopardy! Yum! Joomla! Mamma`);
