import { describe, expect, test } from "vitest";
import type { NodeType } from "../../server/contract/ontology.ts";
import { linkNames } from "../../server/extraction/linking.ts";
import { areInitials, coreKey, isAcronym, surfaceKey } from "../../server/extraction/naming.ts";
import { votedType, type NamedMention } from "../../server/extraction/spellings.ts";

const MARK = /\[([^\]]+)\]\((\w+)\)/g;

/** "[Europol](PublicBody) said…" → the plain text, its mentions, and their groups as lists of surfaces. */
function groupsOf(marked: string): string[][] {
  let text = "";
  let last = 0;
  const mentions: NamedMention[] = [];
  for (const match of marked.matchAll(MARK)) {
    const [whole, surface, type] = match as unknown as [string, string, NodeType];
    text += marked.slice(last, match.index);
    mentions.push({ start: text.length, end: text.length + surface.length, surface, type, weights: { [type]: 1 } });
    text += surface;
    last = match.index + whole.length;
  }
  text += marked.slice(last);
  const groups: string[][] = [];
  linkNames(text, mentions).forEach((group, index) => (groups[group] ??= []).push(mentions[index]!.surface));
  return groups;
}

describe("one entity:", () => {
  test.each<[string, string]>([
    [
      "an acronym in parentheses",
      "L'[Agence des routes du Nord](PublicBody) ([ARN](PublicBody)) cède. L'[ARN](PublicBody) nie.",
    ],
    ["a long name in parentheses", "The [NRA](PublicBody) ([Northern Roads Agency](PublicBody)) denies it."],
    ["a foreign acronym in parentheses", "Le [Bundeskriminalamt](PublicBody) ([BKA](PublicBody)) enquête."],
    [
      "an acronym by its initials alone",
      "The [Northern Roads Agency](PublicBody) pays. [NRA](PublicBody) staff agree.",
    ],
    [
      "an acronym written as a word",
      "L'[Agence nationale des routes sûres](PublicBody), dit-on. L'[Anrs](PublicBody) nie.",
    ],
    ["dots in an acronym", "The [U.S.](Country) and the [US](Country) and the [United States](Country)."],
    ["a surname after the full name", "[Anne-Lise Roche](Person) parle. [Roche](Person) se tait."],
    ["a surname before the full name", "[Roche](Person) se tait : [Anne-Lise Roche](Person) est absente."],
    [
      "an initial and a middle initial",
      "[Ruth M. Adler](Person) met him. [Ruth Adler](Person) and [R. Adler](Person) say so.",
    ],
    ["a first name alone", "[Ruth Adler](Person) has a son. [Ruth](Person) is proud."],
    ["a possessive", "[Meridian](Organization)'s owner sold [Meridian's](Organization) flat."],
    [
      "capitals, accents and typographic apostrophes",
      "L'[ÉTAT D’ORVELLE](Organization) et l'[État d'Orvelle](Organization).",
    ],
    ["a shortened company", "[Meridian Strategic Labs](Organization) lost. [Meridian](Organization) appeals."],
    ["a legal form", "[Segura, Inc.](Organization) and [Segura](Organization)."],
    [
      "a body without its state",
      "[Korean Fisheries Agency](PublicBody) boats left; the [Fisheries Agency](PublicBody) denies it.",
    ],
    ["a campaign's proper name", "La [campagne Fleuve Gris](Event) s'étend. [Fleuve Gris](Event) vise l'Afrique."],
    [
      "a party and its members' name",
      "The [Republican Party](Organization) lost; [Republicans](Organization) blame him.",
    ],
    ["a capital that acts for its state", "[Russia](Country) denies it. [Moscow](Country) expelled two."],
    ["an alias", "[Rookwood](Person), alias [Tomas Jansonas](Person), wrote it."],
    ["a nickname in quotation marks", "[Efrén Ríos](Person), dit « [le Notaire](Person) », a fui."],
    [
      "a name in another language",
      "The [Ligue du Nord](Organization), known in English as the [Northern League](Organization).",
    ],
    [
      "what it is and a name",
      "The [Ligue du Nord](ThreatGroup), the armed group known as the [Northern League](ThreatGroup), fled.",
    ],
    [
      "a French phrase",
      "[Nordwind](ThreatGroup), un groupe aussi connu sous le nom de [Vent du Nord](ThreatGroup), nie.",
    ],
    ["an aside with or", "A group called the [Ligue du Nord](Organization), or [Northern League](Organization)."],
    ["a new name", "[Marine Halvor](Organization) (rebaptisée depuis [Norfjell](Organization)) nie."],
    ["a former name", "[Enor](Organization) (formerly [Nordgaz](Organization)) denies it."],
    ["well-known names of one alliance", "L'[ONU](PublicBody) et les [Nations unies](PublicBody)."],
  ])("%s", (_name, marked) => {
    expect(groupsOf(marked)).toHaveLength(1);
  });
});

describe("entities that stay apart:", () => {
  test.each<[string, string, number]>([
    [
      "namesakes and a surname that both bear",
      "[Paul Roche](Person) et [Anne Roche](Person) : [Roche](Person) a menti.",
      3,
    ],
    ["a father by his son's name", "[Abou Nimr](Person) et son fils [Nimr](Person).", 2],
    ["a name of two families", "[Paris](Place) accueille [Paris](Person).", 2],
    ["a handle and the name it imitates", "[Courrier du Sud](MediaOutlet) n'est pas [@courrierdusud](Account).", 2],
    ["a body inside the name of another", "Le [groupe d'experts de l'ONU](PublicBody) saisit l'[ONU](PublicBody).", 2],
    [
      "a unit named after a company that was there before",
      "[Arden](Organization) grew. The [Arden Crimes Unit](Organization) is new.",
      2,
    ],
    ["a city beside its state", "In [Moscow](Place), [Russia](Country) celebrates.", 2],
    ["an appointment", "[Anne Roche](Person) named [Paul Adler](Person) as its head.", 2],
    [
      "the group of an outlet",
      "[Courrier](MediaOutlet), the press arm of a group known as [Nordwind](ThreatGroup).",
      2,
    ],
    ["a choice of two", "[Arden](Organization) or [Meridian](Organization) will win.", 2],
    ["one who is quoted", "« C'est la faute de [Paul Roche](Person) », dit [Anne Adler](Person).", 2],
    ["a place in parentheses", "[Reina Gansu](Person) ([BEN](Country)) won.", 2],
    [
      "short words that open many names",
      "La [Cour des comptes](PublicBody) et la [Cour de cassation](PublicBody), puis la [Cour](PublicBody).",
      3,
    ],
  ])("%s", (_name, marked, count) => {
    expect(groupsOf(marked)).toHaveLength(count);
  });
});

test("the surname is the one that the text had introduced when it began to use it alone", () => {
  expect(groupsOf("[Paul Roche](Person) parle. [Roche](Person) nie. Sa sœur [Anne Roche](Person) aussi.")).toEqual([
    ["Paul Roche", "Roche"],
    ["Anne Roche"],
  ]);
});

test("a stray reading of a spelling goes with the many, an even split stays two", () => {
  const at = (index: number, type: NodeType): NamedMention => ({
    start: index * 10,
    end: index * 10 + 6,
    surface: "Orvane",
    type,
    weights: { [type]: 1 },
  });
  const text = "Orvane ... ".repeat(5);
  expect(
    linkNames(text, [at(0, "Organization"), at(1, "Organization"), at(2, "Person"), at(3, "Organization")]),
  ).toEqual([0, 0, 0, 0]);
  expect(linkNames(text, [at(0, "Organization"), at(1, "Person"), at(2, "Organization"), at(3, "Person")])).toEqual([
    0, 1, 0, 1,
  ]);
});

test("a second reading of a spelling is believed when a longer name bears it out", () => {
  expect(
    groupsOf("[Orvane](Organization), [Orvane](Organization), [Orvane](Organization) et [Orvane](Person)."),
  ).toHaveLength(1);
  expect(
    groupsOf(
      "[Orvane](Organization), [Orvane](Organization), [Lothar Orvane](Person), [Orvane](Organization) et [Orvane](Person).",
    ),
  ).toEqual([
    ["Orvane", "Orvane", "Orvane"],
    ["Lothar Orvane", "Orvane"],
  ]);
});

test("no mention gives no group", () => {
  expect(linkNames("", [])).toEqual([]);
});

test("the type is voted by weight, within the family when one is given", () => {
  expect(votedType([{ PublicBody: 0.6, Person: 0.4 }, { Person: 0.9 }], null)).toBe("Person");
  expect(votedType([{ PublicBody: 0.6, Person: 0.4 }, { Person: 0.9 }], "group")).toBe("PublicBody");
  expect(votedType([], null)).toBeNull();
});

test("ten thousand names of one document are linked in time linear in their number", () => {
  const mentionsOf = (count: number): NamedMention[] =>
    Array.from({ length: count }, (_, index) => ({
      start: index * 30,
      end: index * 30 + 20,
      surface: `${["Anna", "Paul", "Ruth"][index % 3]!} Name${index % 2000}`,
      type: "Person",
      weights: { Person: 1 },
    }));
  const milliseconds = (count: number): number => {
    const mentions = mentionsOf(count);
    const start = performance.now();
    linkNames(" ".repeat(count * 30), mentions);
    return performance.now() - start;
  };
  milliseconds(1_000);
  expect(milliseconds(20_000)).toBeLessThan(Math.max(5, milliseconds(2_000)) * 10 * 10 + 500);
});

test("keys, cores and acronyms", () => {
  expect(surfaceKey("L’État islamique")).toBe("etat islamique");
  expect(surfaceKey("U.S.")).toBe("us");
  expect(surfaceKey("Meridian’s")).toBe("meridian");
  expect(surfaceKey("@Canal_7")).toBe("@canal_7");
  expect(surfaceKey("…")).toBe("…");
  expect(coreKey("united nations general assembly")).toBe(coreKey("un general assembly"));
  expect(areInitials("anssi", "agence nationale de la securite des systemes d information")).toBe(true);
  expect(areInitials("fbi", "federal bureau of prisons")).toBe(false);
  expect(["FBI", "MoD", "U.N.", "M5S"].map(isAcronym)).toEqual([true, true, true, true]);
  expect(["Roche", "Le", "a", "NATURALISATIONS"].map(isAcronym)).toEqual([false, false, false, false]);
});
