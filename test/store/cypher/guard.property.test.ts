/** Properties of the guard over texts that nobody has thought of. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "../../../server/errors.ts";
import { guardCypher, MAX_QUERY_LENGTH, type Dialect, type GuardedQuery } from "../../../server/store/cypher/guard.ts";
import { readTokens, type Token } from "../../../server/store/cypher/lexer.ts";
import { keywordOf, REFUSED_WORDS } from "../../../server/store/cypher/vocabulary.ts";
import { REFUSED_ATTACKS } from "./attacks.ts";
import { HARMLESS } from "./harmless.ts";

const dialects = fc.constantFrom<Dialect>("neo4j", "embedded");
const refusedWords = fc.constantFrom(...REFUSED_WORDS.keys());
const gaps = fc.constantFrom(
  " ",
  "\n",
  "\t",
  "  ",
  "\r\n",
  "/**/",
  "/* CREATE ' \" ` */",
  " // it's\n",
  "\u00a0",
  "/*\n*/",
);

const ATTACKS = REFUSED_ATTACKS.map((attack) => tokensOf(attack.cypher)).filter((tokens) => tokens.length > 0);
const QUESTIONS = HARMLESS.map((query) => tokensOf(query.cypher));

/** None for a text that no lexer reads. */
function tokensOf(text: string): Token[] {
  try {
    return readTokens(text);
  } catch {
    return [];
  }
}

/** What the guard sends, or null when it refuses as it must: with an AppError that points into the text. */
function guarded(text: string, dialect: Dialect): GuardedQuery | null {
  try {
    return guardCypher(text, { dialect });
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    const { code, position } = error as AppError;
    expect(["query_refused", "unsupported"]).toContain(code);
    expect(position).not.toBeNull();
    expect(position!.start).toBeGreaterThanOrEqual(0);
    expect(position!.end).toBeGreaterThanOrEqual(position!.start);
    expect(position!.end).toBeLessThanOrEqual(text.length);
    return null;
  }
}

function bareWords(text: string): string[] {
  return readTokens(text)
    .filter((token) => token.kind === "word")
    .map((token) => keywordOf(token.value));
}

/** Letters of words in any case: 1 for upper, 0 for lower, over and over. */
function inCase(token: Token, cases: readonly boolean[]): string {
  if (token.kind !== "word") return token.text;
  return Array.from(token.text, (letter, index) =>
    cases[index % cases.length] === true ? letter.toUpperCase() : letter.toLowerCase(),
  ).join("");
}

describe("the guard", () => {
  test("refuses an attack however it is spaced, commented and capitalised", () => {
    expect(ATTACKS.length).toBeGreaterThan(150);
    fc.assert(
      fc.property(
        fc.constantFrom(...ATTACKS),
        fc.array(gaps, { minLength: 3, maxLength: 12 }),
        fc.array(fc.boolean(), { minLength: 2, maxLength: 7 }),
        dialects,
        (tokens, blanks, cases, dialect) => {
          const text = tokens
            .map((token, index) => `${inCase(token, cases)} ${blanks[index % blanks.length]!}`)
            .join("");
          expect(guarded(text, dialect)).toBeNull();
        },
      ),
      { numRuns: 3_000 },
    );
  });

  test("refuses a word that writes wherever it stands bare in a question", () => {
    fc.assert(
      fc.property(fc.constantFrom(...QUESTIONS), fc.nat(), refusedWords, dialects, (tokens, place, word, dialect) => {
        const at = place % (tokens.length + 1);
        const before = tokens[at - 1];
        const after = tokens[at];
        // After a dot, and before a colon in braces, it is the name of a property.
        fc.pre(before?.value !== "." && after?.value !== ":");
        const pieces = tokens.map((token) => token.text);
        pieces.splice(at, 0, word);
        expect(guarded(pieces.join(" "), dialect)).toBeNull();
      }),
      { numRuns: 3_000 },
    );
  });

  test("never sends a bare word that writes, whatever the tokens are", () => {
    const pool = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...QUESTIONS.flat().map((token) => token.text)) },
      { weight: 1, arbitrary: refusedWords },
      { weight: 1, arbitrary: fc.constantFrom("(", ")", "[", "]", "{", "}", ":", ".", ",", "|", "$create", "`set`") },
    );
    const runs = fc.oneof(
      fc.array(pool, { maxLength: 25 }),
      // A question with a few tokens put in other places: these pass more often.
      fc
        .tuple(fc.constantFrom(...QUESTIONS), fc.array(fc.tuple(fc.nat(), pool), { maxLength: 3 }))
        .map(([tokens, changes]) => {
          const pieces = tokens.map((token) => token.text);
          for (const [place, piece] of changes) pieces[place % pieces.length] = piece;
          return pieces;
        }),
    );
    let passed = 0;
    fc.assert(
      fc.property(runs, dialects, (pieces, dialect) => {
        const query = guarded(pieces.join(" "), dialect);
        if (query === null) return;
        passed += 1;
        expect(bareWords(query.text).filter((word) => REFUSED_WORDS.has(word))).toEqual([]);
      }),
      { numRuns: 5_000 },
    );
    expect(passed).toBeGreaterThan(100);
  });

  test("sends a text that it reads as the same text again", () => {
    fc.assert(
      fc.property(fc.constantFrom(...QUESTIONS), fc.array(gaps, { minLength: 3, maxLength: 9 }), (tokens, blanks) => {
        const text = tokens.map((token, index) => `${token.text} ${blanks[index % blanks.length]!}`).join("");
        const query = guarded(text, "neo4j");
        expect(query).not.toBeNull();
        expect(guarded(query!.text, "neo4j")?.text).toBe(query!.text);
        expect(readTokens(query!.text).map((token) => token.value)).toEqual(
          readTokens(text)
            .map((token) => token.value)
            .filter((value, index, all) => value !== ";" || index < all.length - 1),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  test("throws nothing but its own refusals on arbitrary text", () => {
    const letters = fc.constantFrom(
      ...Array.from("aA1 '\"`\\/*-+()[]{}<>=.,:;$|&!%^~\n\u0000\u00e9\u0301\u017f\u212a\ud83e\uddf5"),
    );
    const texts = fc.oneof(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.string({ unit: letters, maxLength: 80 }),
      fc.string({ unit: letters, maxLength: 40 }).map((text) => `RETURN ${text}`),
      fc.string({ unit: letters, maxLength: 40 }).map((text) => `MATCH (n) WHERE '${text}' RETURN n`),
    );
    fc.assert(
      fc.property(texts, dialects, (text, dialect) => {
        guarded(text, dialect);
      }),
      { numRuns: 10_000 },
    );
  });

  const shapes: Record<string, (size: number) => string> = {
    "many values": (size) => `RETURN [${"1,".repeat(size / 2)}1] AS x`,
    "a long string": (size) => `RETURN '${"\\\\".repeat(size / 2)}' AS x`,
    "a long comment": (size) => `RETURN 1 /*${"*".repeat(size)}*/ AS x`,
    "many comments": (size) => `RETURN 1 ${"/**/".repeat(size / 4)} AS x`,
    "many open comments": (size) => `RETURN 1 ${"/*".repeat(size / 2)}`,
    "a long chain of names": (size) => `RETURN a${".b".repeat(size / 2)} AS x`,
    "many clauses": (size) => `${"WITH * ".repeat(size / 7)}RETURN *`,
    "many answers": (size) => `${"RETURN * UNION ".repeat(size / 15)}RETURN *`,
    "many lists in a row": (size) => `RETURN x${"[1]".repeat(size / 3)} AS x`,
    "many labels": (size) => `MATCH (n${":A".repeat(size / 2)}) RETURN n`,
    "a long pattern": (size) => `MATCH (n)${"-->()".repeat(size / 5)} RETURN n`,
    "many stars": (size) => `RETURN 'x' =~ '${"*".repeat(size)}'`,
    "many digits": (size) => `RETURN ${"1".repeat(size)} AS x`,
    "many brackets": (size) => `RETURN ${"(".repeat(size)}`,
    "many words": (size) => `RETURN ${"a ".repeat(size / 2)}`,
    "many escapes": (size) => `RETURN '${"\\u00e9".repeat(size / 6)}' AS x`,
  };

  test.each(Object.entries(shapes))("takes time in proportion to the text: %s", (_, shape) => {
    const small = fastest(shape(480));
    const large = fastest(shape(MAX_QUERY_LENGTH - 2_000));
    // A hundred times the text: linear is 100, quadratic 10,000.
    expect(large).toBeLessThan(1_500 * Math.max(small, 0.01));
  });
});

/** Milliseconds of the fastest of several runs. */
function fastest(text: string): number {
  const times = Array.from({ length: 7 }, () => {
    const begun = performance.now();
    guarded(text, "embedded");
    return performance.now() - begun;
  });
  return Math.min(...times);
}
