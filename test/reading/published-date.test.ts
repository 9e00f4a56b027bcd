import { describe, expect, test } from "vitest";
import { datelineOf, dayOfField } from "../../server/reading/published-date.ts";

describe("a dateline tells the day of publication", () => {
  test.each([
    ["BRUXELLES, 25 novembre 2019 — Europol a annoncé", "2019-11-25"],
    ["Titre\n\nParis, le 3 mars 2021\n\nTexte", "2021-03-03"],
    ["Paris, le 3 mars 2021. Le ministre", "2021-03-03"],
    ["LONDON, March 3, 2021 - The police", "2021-03-03"],
    ["LONDON, March 3, 2021 (Reuters) - The police", "2021-03-03"],
    ["Title\n\n(3 March 2021) The police", "2021-03-03"],
    ["Aix-en-Provence (AFP) – 1er août 2018 – Le tribunal", "2018-08-01"],
    ["22 août 2016. – Un tribunal", "2016-08-22"],
    ["Title\n\nMonday, November 25, 2019\n\nThe police", "2019-11-25"],
    ["Publié le 1er mars 2020 à 10h30\n\nLe tribunal", "2020-03-01"],
    ["Published on 4 Sept. 2020\n\nThe court", "2020-09-04"],
    ["2019-11-25\n\nThe court", "2019-11-25"],
    ["Bruxelles, le 25.11.2019\n\nLe tribunal", "2019-11-25"],
  ])("%s", (text, date) => {
    expect(datelineOf(text)).toBe(date);
  });
});

describe("other dates are left alone", () => {
  test.each([
    ["Le 13 novembre 2015, des attentats ont frappé Paris."],
    ["The attacks of 13 November 2015 killed 130 people."],
    ["Les attentats de Paris (13 novembre 2015) ont tué 130 personnes."],
    ["Bruxelles, le 31 février 2020 — Le tribunal"],
    ["In March 2021 - the month of"],
    [`${"La police enquête. ".repeat(40)}\n\nParis, le 3 mars 2021`],
  ])("%s", (text) => {
    expect(datelineOf(text)).toBeNull();
  });
});

test("03/04/2021 is a date in French alone", () => {
  expect(datelineOf("Paris, le 03/04/2021\n", "fr")).toBe("2021-04-03");
  expect(datelineOf("London, 03/04/2021\n", "en")).toBeNull();
});

test.each([
  ["2019-11-25T23:30:00+01:00", "2019-11-25"],
  ["Mon, 25 Nov 2019 10:00:00 GMT", "2019-11-25"],
  ["25 novembre 2019 à 18h", "2019-11-25"],
  ["2019-11", "2019-11"],
  ["2019", "2019"],
  ["25/11/2019 18:00", "2019-11-25"],
  ["11/25/2019", "2019-11-25"],
  ["03/04/2021", null],
  ["2019-13", null],
  ["yesterday", null],
])("the field %s is %s", (field, day) => {
  expect(dayOfField(field)).toBe(day);
});
