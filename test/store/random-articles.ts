/** Random articles over the cast: few entities and types, so that articles meet on the same edges. */
import fc from "fast-check";
import { MODALITIES, POLARITIES } from "../../server/contract/extraction.ts";
import { article, type ArticleOptions, type Name, type Statement } from "./articles.ts";

const ACTORS: readonly Name[] = ["Europol", "Amaq", "Groupe Nord", "Paul Dupont"];
const EVENTS: readonly Name[] = ["opération Aube", "opération Crépuscule"];

const DATES = [null, "2019", "2019-11", "2019-11-24", "2020-02"] as const;

export function anyStatement(): fc.Arbitrary<Statement> {
  const rest = fc.record({
    polarity: fc.constantFrom("affirmed" as const, ...POLARITIES),
    modality: fc.constantFrom("asserted" as const, ...MODALITIES),
    former: fc.boolean(),
    date: fc.constantFrom(...DATES),
    confidence: fc.constantFrom(0.3, 0.5, 0.8, 1),
  });
  const actor = fc.constantFrom(...ACTORS);
  const event = fc.constantFrom(...EVENTS);
  const ends = fc.oneof(
    fc.record({
      subject: actor,
      type: fc.constantFrom("TOOK_DOWN" as const, "MET" as const, "ACCUSED" as const),
      object: actor,
    }),
    fc.record({ subject: actor, type: fc.constant("CONDUCTED" as const), object: event }),
    fc.record({ subject: event, type: fc.constant("TARGETED" as const), object: actor }),
  );
  return fc.tuple(ends, rest).map(([pair, more]) => ({ ...pair, ...more }));
}

export function anyOptions(): fc.Arbitrary<ArticleOptions> {
  return fc.record({
    publishedAt: fc.constantFrom(null, "2019", "2019-11-25", "2020-03"),
    source: fc.constantFrom(null, "Le Journal", "La Gazette"),
    collection: fc.constantFrom("tests", "autres"),
    mentioned: fc.uniqueArray(fc.constantFrom<Name>("Belgique", "Europol", "Anna Weiss"), { maxLength: 2 }),
    aliases: fc.constantFrom<NonNullable<ArticleOptions["aliases"]>>({}, { Europol: ["Office européen de police"] }),
    duplicateOf: fc.constantFrom(null, "premier"),
  });
}

export function anyArticle(): fc.Arbitrary<ReturnType<typeof article>> {
  return fc
    .tuple(fc.array(anyStatement(), { maxLength: 4 }), anyOptions(), fc.nat({ max: 3 }))
    .map(([statements, options, ending]) => article(statements, { ...options, ending: `Fin ${ending}.` }));
}
