import { describe, expect, test } from "vitest";
import type { Language } from "../../server/contract/ontology.ts";
import { dateOfClaim, findNewsDay, type UndatedClaim } from "../../server/extraction/claim-dates.ts";
import { findDates } from "../../server/extraction/dates.ts";
import { foldText } from "../../server/extraction/folded-text.ts";

function datesOf(text: string, language: Language, publishedAt: string | null, told: string | null = null): string[] {
  return findDates(foldText(text, 0), { language, publishedAt, told }).map(
    ({ start, end, date }) => `${text.slice(start, end)} = ${date}`,
  );
}

/** Published on Wednesday, 15 May 2019. */
const DAY = "2019-05-15";

describe("French expressions, told on Wednesday 15 May 2019:", () => {
  test.each<[string, string[]]>([
    ["Le 13 novembre 2015, à Nice", ["13 novembre 2015 = 2015-11-13"]],
    ["le 1er janvier", ["1er janvier = 2019-01-01"]],
    ["mardi 3 avril 2018", ["mardi 3 avril 2018 = 2018-04-03"]],
    ["le 20 novembre", ["20 novembre = 2018-11-20"]],
    ["le 30 février", []],
    ["du 3 au 5 mars", ["3 au 5 mars = 2019-03"]],
    ["en mars dernier", ["en mars dernier = 2019-03"]],
    ["En novembre, puis en 2018", ["En novembre = 2018-11", "en 2018 = 2018"]],
    ["depuis 2015", ["depuis 2015 = 2015"]],
    ["novembre 2016", ["novembre 2016 = 2016-11"]],
    ["dimanche", ["dimanche = 2019-05-12"]],
    ["mercredi", ["mercredi = 2019-05-15"]],
    ["mercredi dernier", ["mercredi dernier = 2019-05-08"]],
    ["dans la nuit de lundi à mardi", ["nuit de lundi à mardi = 2019-05-14"]],
    ["jeudi soir", ["jeudi soir = 2019-05-09"]],
    ["lundi et mardi", ["lundi et mardi = 2019-05"]],
    ["Vers 17 h 30", ["Vers 17 h 30 = 2019-05-15"]],
    ["lundi vers 17h", ["lundi = 2019-05-13"]],
    ["hier, avant-hier et demain", ["hier = 2019-05-14", "avant-hier = 2019-05-13", "demain = 2019-05-16"]],
    ["ce matin", ["ce matin = 2019-05-15"]],
    ["le mois dernier", ["le mois dernier = 2019-04"]],
    ["la semaine dernière", ["la semaine dernière = 2019-05"]],
    ["l'an dernier et cette année", ["l'an dernier = 2018", "cette année = 2019"]],
    ["il y a deux ans", ["il y a deux ans = 2017"]],
    ["il y a trois mois", ["il y a trois mois = 2019-02"]],
    ["le 24/12/2018", ["24/12/2018 = 2018-12-24"]],
    ["le 3 mars, puis le lendemain", ["3 mars = 2019-03-03", "le lendemain = 2019-03-04"]],
    ["En mars 2014, puis deux ans plus tard", ["En mars 2014 = 2014-03", "deux ans plus tard = 2016"]],
    ["il a fait 2015 pas et vendu 1990 litres", []],
    ["la planète Mars et le mois de la paix", []],
  ])("%s", (text, expected) => {
    expect(datesOf(text, "fr", DAY)).toEqual(expected);
  });
});

describe("English expressions, told on Wednesday 15 May 2019:", () => {
  test.each<[string, string[]]>([
    ["On March 3, 2016, in Leeds", ["March 3, 2016 = 2016-03-03"]],
    ["on 3 March 2016", ["3 March 2016 = 2016-03-03"]],
    ["on the 3rd of March", ["the 3rd of March = 2019-03-03"]],
    ["on Nov. 20", ["Nov. 20 = 2018-11-20"]],
    ["in March and last June", ["in March = 2019-03", "last June = 2018-06"]],
    ["since 2015", ["since 2015 = 2015"]],
    ["the 2007 election", ["the 2007 = 2007"]],
    ["March 2016", ["March 2016 = 2016-03"]],
    ["in February last year", ["in February last year = 2018-02"]],
    ["on Tuesday", ["Tuesday = 2019-05-14"]],
    ["last Wednesday", ["last Wednesday = 2019-05-08"]],
    ["yesterday, today, tomorrow", ["yesterday = 2019-05-14", "today = 2019-05-15", "tomorrow = 2019-05-16"]],
    ["last month", ["last month = 2019-04"]],
    ["last summer", ["last summer = 2018"]],
    ["two weeks ago", ["two weeks ago = 2019-05"]],
    ["three years ago", ["three years ago = 2016"]],
    ["They may march and sit.", []],
    ["a march of 1500 people", []],
    ["2019-02-03", ["2019-02-03 = 2019-02-03"]],
  ])("%s", (text, expected) => {
    expect(datesOf(text, "en", DAY)).toEqual(expected);
  });
});

test("nothing is resolved that the day of publication does not determine", () => {
  expect(datesOf("dimanche, en mars, l'an dernier, en 2015", "fr", null)).toEqual(["en 2015 = 2015"]);
  expect(datesOf("dimanche, en mars, l'an dernier", "fr", "2019")).toEqual(["l'an dernier = 2018"]);
  expect(datesOf("dimanche, en mars", "fr", "2019-05")).toEqual(["en mars = 2019-03"]);
  expect(datesOf("la veille", "fr", DAY)).toEqual([]);
  expect(datesOf("that night", "en", DAY, "2018-02-01")).toEqual(["that night = 2018-02-01"]);
  expect(datesOf("la veille", "fr", DAY, "2019-05-01")).toEqual(["la veille = 2019-04-30"]);
});

test("the day of the news stands in the first sentences, near the publication, and is no dateline", () => {
  const dayOf = (text: string, publishedAt: string | null = DAY): string | null => {
    const dates = findDates(foldText(text, 0), { language: "en", publishedAt, told: null });
    return findNewsDay(text, [{ start: 0, end: text.length, dates, eventSpans: [] }], publishedAt);
  };
  expect(dayOf("LEEDS, May 15 - The court ruled on Monday.")).toBe("2019-05-13");
  expect(dayOf("The court, founded on March 3, 2016, ruled.")).toBeNull();
  expect(dayOf("The court ruled on March 3, 2016.", null)).toBeNull();
});

test("typography does not change a date", () => {
  const text = "L'attaque du 1er août 2018, puis d'avril";
  const variants = [
    text.replaceAll("'", "’"),
    text.replaceAll(" ", "\u00a0"),
    text.normalize("NFD"),
    text.replace("août", "a\u200boût"),
  ];
  const plain = findDates(foldText(text, 0), { language: "fr", publishedAt: DAY, told: null }).map((each) => each.date);
  expect(plain).toEqual(["2018-08-01", "2019-04"]);
  for (const variant of variants) {
    expect(
      findDates(foldText(variant, 0), { language: "fr", publishedAt: DAY, told: null }).map((each) => each.date),
    ).toEqual(plain);
  }
});

/** Marks the two ends of a claim: "[The court] convicted [him] on Monday." */
function dateIn(
  marked: string,
  type: UndatedClaim["type"],
  options: {
    modality?: UndatedClaim["modality"];
    ofEvent?: boolean;
    before?: string;
    newsDay?: string;
    language?: Language;
  } = {},
): string | null {
  const text = `${options.before ?? ""}${marked.replace(/[[\]]/g, "")}`;
  const shift = options.before?.length ?? 0;
  const spans = [...marked.matchAll(/\[([^\]]+)\]/g)].map((match, index): [number, number] => {
    const start = shift + match.index - 2 * index;
    return [start, start + match[1]!.length];
  });
  const [subjectSpan, objectSpan] = spans as [[number, number], [number, number]];
  const datesIn = (start: number, end: number, told: string | null) =>
    findDates(foldText(text.slice(start, end), start), { language: options.language ?? "en", publishedAt: DAY, told });
  const before = shift === 0 ? null : { start: 0, end: shift, dates: datesIn(0, shift, null), eventSpans: [] };
  const here = {
    start: shift,
    end: text.length,
    dates: datesIn(shift, text.length, before?.dates.at(-1)?.date ?? null),
    eventSpans: [],
  };
  const claim = {
    type,
    modality: options.modality ?? "asserted",
    subjectSpan,
    objectSpan,
    ofEvent: options.ofEvent ?? false,
  };
  return dateOfClaim(claim, text, here, before, options.newsDay ?? null);
}

describe("the date of a claim", () => {
  test("is the one of its clause, not of another", () => {
    const text = "On Monday [the court] convicted [Adler], who had been arrested in March 2018.";
    expect(dateIn(text, "CONVICTED")).toBe("2019-05-13");
    expect(
      dateIn("On Monday the court convicted Adler, whom [the police] had arrested [him] in March 2018.", "ARRESTED"),
    ).toBe("2018-03");
  });

  test("is none for a state, and only a close one for what may last", () => {
    expect(dateIn("On Monday [Adler], head of the [agency], left.", "LEADS")).toBeNull();
    expect(dateIn("[Adler] has belonged to [the club] since 2015.", "MEMBER_OF")).toBe("2015");
    expect(dateIn("On Monday, in the old town hall, he saw [Adler], a member of [the club].", "MEMBER_OF")).toBeNull();
  });

  test("lies ahead for what is planned", () => {
    expect(dateIn("[The ministers] will meet [the union] on Friday.", "MET", { modality: "planned" })).toBe(
      "2019-05-17",
    );
    expect(dateIn("[The ministers] met [the union] on Friday.", "MET")).toBe("2019-05-10");
    expect(
      dateIn("[Adler] will take part in [the race] in February.", "PARTICIPATED_IN", { modality: "planned" }),
    ).toBe("2020-02");
  });

  test("is inherited from the sentence before by the acts of one story alone", () => {
    const before = "The court ruled on Monday. ";
    expect(dateIn("[It] also convicted [his brother].", "CONVICTED", { before })).toBe("2019-05-13");
    expect(dateIn("[It] had used [the tool].", "USED", { before })).toBeNull();
  });

  test("is the day of the news for the judgements and sanctions that a report lists", () => {
    expect(dateIn("[The court] acquitted [his sister].", "CONVICTED", { newsDay: "2019-05-14" })).toBe("2019-05-14");
    expect(
      dateIn("[The court] will hear [his sister].", "CONVICTED", { newsDay: "2019-05-14", modality: "planned" }),
    ).toBeNull();
    expect(dateIn("[The army] attacked [the camp].", "ATTACKED", { newsDay: "2019-05-14" })).toBeNull();
  });

  test("is not that of what its founder did, nor an end that is told", () => {
    expect(dateIn("[Adler], the founder of [the club], left on Monday.", "FOUNDED")).toBeNull();
    expect(dateIn("[Adler] founded [the club] in 1999.", "FOUNDED")).toBe("1999");
    expect(dateIn("[Adler] belonged to [the club] until 2015.", "MEMBER_OF")).toBeNull();
  });

  test("is neither a birth nor a dateline", () => {
    expect(dateIn("[La police] a arrêté [Paul Roche], né en 1990.", "ARRESTED", { language: "fr" })).toBeNull();
    expect(dateIn("15 mai 2019. – [La police] a arrêté [Paul Roche].", "ARRESTED", { language: "fr" })).toBeNull();
  });

  test("places an event, never a place", () => {
    expect(dateIn("[The attack] in [Leeds] on Monday", "LOCATED_IN", { ofEvent: true })).toBe("2019-05-13");
    expect(dateIn("In [Leeds], in [England], on Monday", "LOCATED_IN")).toBeNull();
  });
});
