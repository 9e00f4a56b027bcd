import { describe, expect, it } from "vitest";
import { FAMILY_COLOURS, SURFACES, TYPE_COLOURS } from "../../client/src/graph/appearance.ts";
import {
  EDGE_TYPES,
  FAMILIES,
  NODE_TYPES,
  familyOfRelationship,
  familyWords,
  relationshipWords,
  typeWords,
} from "../../client/src/graph/ontology.ts";
import { SHAPE_OF_TYPE, SHAPE_PATHS, SHAPES } from "../../client/src/graph/shapes.ts";
import {
  EDGE_TYPES as CONTRACT_EDGE_TYPES,
  FAMILY_OF_TYPE,
  NODE_TYPES as CONTRACT_NODE_TYPES,
} from "../../server/contract/ontology.ts";

type Rgb = [number, number, number];

function linear(colour: string): Rgb {
  return [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
}

/** WCAG 2.2 contrast of two colours, 1 to 21. */
function contrast(a: string, b: string): number {
  const luminance = ([red, green, blue]: Rgb) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  const [dark, bright] = [luminance(linear(a)), luminance(linear(b))].sort((x, y) => x - y) as [number, number];
  return (bright + 0.05) / (dark + 0.05);
}

/** Distance in OKLab, where about 0.02 is just seen. */
function difference(a: string, b: string): number {
  const lab = (colour: string) => {
    const [red, green, blue] = linear(colour);
    const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
    const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
    const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
    return [
      0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
    ];
  };
  const [first, second] = [lab(a), lab(b)];
  return Math.hypot(...first.map((value, at) => value - second[at]!));
}

describe("the vocabulary on the page", () => {
  it("has words for every type of the contract, in both languages and from both ends", () => {
    expect([...NODE_TYPES]).toEqual([...CONTRACT_NODE_TYPES]);
    expect([...EDGE_TYPES].sort()).toEqual([...CONTRACT_EDGE_TYPES].sort());
    for (const language of ["fr", "en"] as const) {
      const words = [
        ...EDGE_TYPES.flatMap((type) => [
          relationshipWords(type, "out", language),
          relationshipWords(type, "in", language),
        ]),
        ...NODE_TYPES.map((type) => typeWords(type, language)),
        ...FAMILIES.map((family) => familyWords(family, language)),
      ];
      expect(words.filter((word) => word === "" || /[A-Z]_|^[A-Z]{3,}$/.test(word))).toEqual([]);
    }
  });

  it("puts every relationship in the family that the contract names", () => {
    for (const type of EDGE_TYPES) expect([type, familyOfRelationship(type)]).toEqual([type, FAMILY_OF_TYPE[type]]);
  });

  it("reads a takedown from both ends", () => {
    expect(relationshipWords("TOOK_DOWN", "out", "fr")).toBe("a neutralisé");
    expect(relationshipWords("TOOK_DOWN", "in", "fr")).toBe("neutralisé par");
    expect(relationshipWords("MET", "both", "en")).toBe("met or talked to");
  });
});

describe("node types", () => {
  it("have a silhouette each, so that colour is never needed", () => {
    expect(new Set(Object.values(SHAPE_OF_TYPE)).size).toBe(NODE_TYPES.length);
    expect(Object.keys(SHAPE_PATHS)).toEqual([...SHAPES]);
  });

  it.each(["light", "dark"] as const)("stand out from the %s background and from each other", (theme) => {
    const colours = Object.entries(TYPE_COLOURS[theme]);
    for (const [type, colour] of colours) {
      expect([type, contrast(colour, SURFACES[theme].background) >= 3]).toEqual([type, true]);
    }
    const close = colours.flatMap(([a, first], at) =>
      colours.slice(at + 1).flatMap(([b, second]) => (difference(first, second) < 0.08 ? [`${a} ${b}`] : [])),
    );
    expect(close).toEqual([]);
  });

  it.each(["light", "dark"] as const)("leave edges readable on the %s background", (theme) => {
    const faint = Object.entries(FAMILY_COLOURS[theme]).filter(
      ([, colour]) => contrast(colour, SURFACES[theme].background) < 2.2,
    );
    expect(faint).toEqual([]);
  });
});
