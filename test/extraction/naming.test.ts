import { describe, expect, test } from "vitest";
import { NODE_TYPES, type NodeType } from "../../server/contract/ontology.ts";
import { findEntities } from "../../server/extraction/entities.ts";
import { eventName, type EventClaim } from "../../server/extraction/event-display.ts";
import { kindOf } from "../../server/extraction/kinds.ts";
import type { FoundMention } from "../../server/extraction/tagging.ts";

function mentionsOf(
  list: readonly (readonly [surface: string, type: NodeType, confidence?: number, share?: number])[],
): FoundMention[] {
  let start = 0;
  return list.map(([surface, type, confidence = 0.9, share = 1]) => {
    const found: FoundMention = {
      window: 0,
      sentence: 0,
      start,
      end: start + surface.length,
      surface,
      type,
      named: true,
      faint: false,
      confidence,
      distribution: NODE_TYPES.map((each) => (each === type ? share : (1 - share) / (NODE_TYPES.length - 1))),
      firstPiece: 0,
      lastPiece: 0,
    };
    start += surface.length + 3;
    return found;
  });
}

function entitiesOf(list: Parameters<typeof mentionsOf>[0], knownTypes: (name: string) => NodeType[] = () => []) {
  const mentions = mentionsOf(list);
  return findEntities(mentions.map((mention) => mention.surface).join(" — "), mentions, knownTypes).entities;
}

describe("an entity", () => {
  test("bears its fullest name, the others are aliases by first use", () => {
    expect(
      entitiesOf([
        ["ROCHE", "Person"],
        ["Roche", "Person"],
        ["Anne-Lise Roche", "Person"],
        ["Roche's", "Person"],
      ]),
    ).toEqual([{ type: "Person", name: "Anne-Lise Roche", aliases: ["Roche"] }]);
  });

  test("does not take a doubtful longer surface for a name", () => {
    expect(
      entitiesOf([
        ["Meridian Strategic Mardi", "Organization", 0.3],
        ["Meridian", "Organization", 0.95],
        ["Meridian", "Organization", 0.95],
      ]),
    ).toEqual([{ type: "Organization", name: "Meridian", aliases: ["Meridian Strategic Mardi"] }]);
  });

  test("has the type that its mentions vote for, by confidence", () => {
    expect(
      entitiesOf([
        ["Amane", "Organization", 0.4],
        ["Amane", "MediaOutlet", 0.9],
        ["Amane", "Organization", 0.4],
      ]),
    ).toEqual([{ type: "MediaOutlet", name: "Amane", aliases: [] }]);
  });

  test("is corrected by a known name, but only within its family", () => {
    const known = (name: string): NodeType[] =>
      name === "Telegram" ? ["Platform"] : name === "Paris" ? ["Place"] : [];
    expect(entitiesOf([["Telegram", "Organization", 0.6, 0.5]], known)[0]!.type).toBe("Platform");
    expect(entitiesOf([["Paris", "Person", 0.95]], known)[0]!.type).toBe("Person");
  });
});

describe("the name of an event", () => {
  const entities = [
    { type: "Event", name: "cyberattaque", aliases: [] },
    { type: "MediaOutlet", name: "Amaq", aliases: [] },
    { type: "Place", name: "Nice", aliases: [] },
    { type: "Event", name: "opération Barkhane", aliases: [] },
  ] as const;
  const claim = (type: EventClaim["type"], subject: number, object: number, date: string | null): EventClaim => ({
    type,
    subject,
    object,
    date,
    polarity: "affirmed",
    modality: "asserted",
    confidence: 0.8,
  });
  const nameOf = (index: number, claims: EventClaim[], language: "fr" | "en" = "fr"): string =>
    eventName(
      index,
      entities.map((each) => ({ ...each, aliases: [] })),
      claims,
      language,
    );

  test("told by a description says against whom or where, and when", () => {
    expect(nameOf(0, [claim("TARGETED", 0, 1, "2019-11")])).toBe("cyberattaque contre Amaq, novembre 2019");
    expect(nameOf(0, [claim("LOCATED_IN", 0, 2, "2019-11-24")])).toBe("cyberattaque, Nice, 24 novembre 2019");
    expect(nameOf(0, [claim("TARGETED", 0, 1, null)], "en")).toBe("cyberattaque against Amaq");
    expect(nameOf(0, [])).toBe("cyberattaque");
  });

  test("is not told by what is negated", () => {
    expect(nameOf(0, [{ ...claim("TARGETED", 0, 1, "2019"), polarity: "negated" }])).toBe("cyberattaque");
  });

  test("of its own stays", () => {
    expect(nameOf(3, [claim("LOCATED_IN", 3, 2, "2019")])).toBe("opération Barkhane");
  });
});

test.each<[NodeType, string, string | null]>([
  ["PublicBody", "Tribunal de Liège", "court"],
  ["PublicBody", "Belgian Federal Police", "police"],
  ["PublicBody", "ministère de la Justice", "ministry"],
  ["PublicBody", "Commission", "agency"],
  ["Organization", "Parti de la Concorde", "party"],
  ["Organization", "Segura, Inc.", "company"],
  ["Account", "@canal_7", "handle"],
  ["Account", "courrier-libre.example", "domain"],
  ["Account", "192.0.2.7", "ip"],
  ["Account", "contact@ovale.info", "email"],
  ["CyberTool", "CVE-2021-44228", "vulnerability"],
  ["Platform", "Telegram", "messenger"],
  ["Event", "cyberattaque contre l'hôpital", "cyberattack"],
  ["Event", "attentat de Nice", "terror_attack"],
  ["Event", "trial", "trial"],
  ["Event", "sommet du G20", "meeting"],
  ["Event", "séisme", "disaster"],
  ["Event", "Barkhane", "other"],
  ["Person", "Anne Roche", null],
])("the kind of the %s %s is %s", (type, name, kind) => {
  expect(kindOf(type, [name])).toBe(kind);
});
