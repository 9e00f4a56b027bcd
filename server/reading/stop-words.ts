/**
 * The most frequent function words of the languages that a reader of French and English news meets by mistake, written from
 * general knowledge. Keys are ISO 639-1; `trigram` is the code of the trigram profile.
 */

interface StopWords {
  name: string;
  trigram: string;
  /** Lower case, one space between; an elided word keeps its apostrophe. */
  words: string;
}

export const STOP_WORDS: Readonly<Record<string, StopWords>> = {
  fr: {
    name: "French",
    trigram: "fra",
    words:
      "le la les l' un une des de du d' et est à au aux en dans par pour sur que qui qu' ne n' pas se s' ce c' cette ces il elle ils elles on nous vous je j' a ont été être était sont avec son sa ses leur leurs mais ou où plus comme après avant contre selon entre sans sous depuis lors dont y fait ainsi aussi même deux notamment m' t' tout tous cet avait avaient sera",
  },
  en: {
    name: "English",
    trigram: "eng",
    words:
      "the of and to in a is was that for on with as by at from it its be are were has have had an this which or but not he she they his her their who been said will would after before against about into over more than also one two when between under during while there we you i my our us them him what can could up out all other no if s' did do does",
  },
  de: {
    name: "German",
    trigram: "deu",
    words:
      "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei seit gegen vom können schon wenn habe ihre ihr ich wir wurden",
  },
  es: {
    name: "Spanish",
    trigram: "spa",
    words:
      "el la los las de del que y a en un una unos por con no para se su sus al lo como más pero fue ha han es son está entre cuando muy sin sobre también desde hasta según contra tras durante este esta ese esa estos hay todo años dos donde quien ser le les ya o porque había",
  },
  it: {
    name: "Italian",
    trigram: "ita",
    words:
      "il lo la i gli le l' di del della dei delle degli dell' d' da dal dalla in nel nella nell' nei con su sul sulla per tra fra che e è ha hanno sono un una un' non si come più ma anche al alla ai alle all' dopo prima contro secondo stato stata era questo questa suo sua loro c' due molto o se gia già quando essere",
  },
  pt: {
    name: "Portuguese",
    trigram: "por",
    words:
      "o a os as de do da dos das em no na nos nas um uma e é que não para por com se ao aos à às pelo pela mais como mas foi foram são está entre sobre também desde até segundo contra após durante este esta esse isso seu sua seus suas já ou quando muito ser tem têm havia ele ela",
  },
  nl: {
    name: "Dutch",
    trigram: "nld",
    words:
      "de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar bij nog uit door naar over ze hij heeft hebben werd worden wordt was tot die deze dit wat al kan meer tegen na onder geen wel haar zo moet we ik je hun veel twee volgens",
  },
  ca: {
    name: "Catalan",
    trigram: "cat",
    words:
      "el la els les l' de del dels d' i a en un una que per amb no es s' al als ha han és són més com però va van entre sobre també des fins segons contra aquest aquesta aquests seu seva seus quan molt hi n' va ser o ja",
  },
  ro: {
    name: "Romanian",
    trigram: "ron",
    words:
      "de și şi în a la cu pe din că nu o un este sunt care pentru mai au fost fi ce al ale lui se dar după prin între către sau această acest să ar va când lor",
  },
  pl: {
    name: "Polish",
    trigram: "pol",
    words:
      "w i na z do się nie że o jest od po za to jak dla przez przy ale oraz był była były są tym co który która które także ich jego jej już lub czy pod tego przed między został została",
  },
  sv: {
    name: "Swedish",
    trigram: "swe",
    words:
      "och i att det som en på är av för med den till inte har de ett om var från men han hon sig så kan vid efter under mot sin också eller när nu över blev denna detta mellan skulle ska",
  },
  da: {
    name: "Danish or Norwegian",
    trigram: "dan",
    words:
      "og i at det som en på er af for med den til ikke har de et om var fra men han hun sig så kan ved efter under mod sin også eller når nu over blev denne dette mellem skulle skal av ble mot etter",
  },
  tr: {
    name: "Turkish",
    trigram: "tur",
    words:
      "ve bir bu da de için ile olarak olan çok daha sonra kadar gibi ancak ise her ya ki ne en göre olduğu oldu tarafından",
  },
  id: {
    name: "Indonesian or Malay",
    trigram: "ind",
    words:
      "yang dan di dengan untuk dari pada ini itu dalam tidak akan ke oleh adalah telah juga atau sebagai karena mereka ada",
  },
  vi: {
    name: "Vietnamese",
    trigram: "vie",
    words: "và của là các có được cho không trong một người với những này đã để khi ở về theo từ đến",
  },
};

/** Names of languages that only the trigram profiles know, for the report line. */
export const TRIGRAM_NAMES: Readonly<Record<string, string>> = {
  ces: "Czech",
  hun: "Hungarian",
  hrv: "Croatian",
  bos: "Bosnian",
  uzn: "Uzbek",
  azj: "Azerbaijani",
  som: "Somali",
  swh: "Swahili",
  hau: "Hausa",
  yor: "Yoruba",
  ibo: "Igbo",
  kin: "Kinyarwanda",
  run: "Kirundi",
  lin: "Lingala",
  nya: "Chichewa",
  zul: "Zulu",
  plt: "Malagasy",
  tgl: "Tagalog",
  ceb: "Cebuano",
  ilo: "Ilocano",
  jav: "Javanese",
  sun: "Sundanese",
  mad: "Madurese",
  zlm: "Malay",
  quy: "Quechua",
  ckb: "Kurdish",
};
