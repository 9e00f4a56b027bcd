import { describe, expect, test } from "vitest";
import { languageOf } from "../../server/reading/language.ts";

const FRENCH =
  "La police a arrêté deux hommes qui auraient administré le site pendant trois ans, selon le parquet de la ville.";
const ENGLISH =
  "Police said on Tuesday that they had arrested two men who ran the site for three years in the north of the city.";

describe("one sentence is enough", () => {
  test.each([
    ["Europol a démantelé Amaq.", "fr"],
    ["Europol took down Amaq.", "en"],
    ["Cyberattaque contre TV5 Monde", "fr"],
    ["Police arrest two", "en"],
    ["L’ANSSI accuse APT31", "fr"],
    [FRENCH, "fr"],
    [ENGLISH, "en"],
    [FRENCH.normalize("NFD"), "fr"],
    [FRENCH.toUpperCase(), "fr"],
    ["LA POLICE A ARRETE DEUX HOMMES A LIEGE, SELON LE PARQUET.", "fr"],
  ])("%s", (text, language) => {
    expect(languageOf(text)).toEqual({ language, warning: null });
  });
});

describe("another language is named", () => {
  test.each([
    ["Die Polizei hat in Berlin zwei Männer verhaftet.", "German"],
    ["La policía detuvo ayer a dos hombres en Madrid.", "Spanish"],
    ["La polizia ha arrestato ieri due uomini nella città di Roma.", "Italian"],
    ["A polícia deteve ontem dois homens na cidade de Lisboa.", "Portuguese"],
    ["De politie heeft gisteren in Amsterdam twee mannen aangehouden.", "Dutch"],
    ["Polisen har gripit två män som är misstänkta för att ha stulit en bil i Malmö.", "Swedish"],
    ["Policja zatrzymała wczoraj dwóch mężczyzn, którzy byli poszukiwani przez sąd.", "Polish"],
    ["Полиция задержала двух мужчин.", "Russian or another language in Cyrillic"],
    ["警察は昨日、東京で男二人を逮捕した。", "Japanese"],
    ["اعتقلت الشرطة رجلين أمس في المدينة.", "Arabic or another language in Arabic script"],
  ])("%s", (text, guess) => {
    expect(languageOf(text)).toEqual({ language: null, guess });
  });
});

test("a quotation in the other language does not decide", () => {
  expect(languageOf(`${ENGLISH}\n\n${FRENCH} ${FRENCH} ${FRENCH} ${FRENCH} ${FRENCH} ${FRENCH}`)).toEqual({
    language: "fr",
    warning: null,
  });
});

test("a mixture is read as the majority, with a warning", () => {
  const text = [FRENCH, FRENCH, FRENCH, ENGLISH, ENGLISH].join("\n\n");
  expect(languageOf(text)).toEqual({
    language: "fr",
    warning: "about 40 % of the text is in English; the whole was read as French",
  });
});

test("the end of a long text counts as much as its beginning", () => {
  const text = `${`${ENGLISH}\n`.repeat(150)}${`${FRENCH}\n`.repeat(600)}`;
  expect(languageOf(text).language).toBe("fr");
});

test("what the file declares decides only a doubt", () => {
  expect(languageOf("Telegram 2021", "fr-FR").language).toBe("fr");
  expect(languageOf(ENGLISH, "fr").language).toBe("en");
});

test("a text without words has no language", () => {
  expect(languageOf("12 34 – 56")).toEqual({ language: null, guess: null });
});
