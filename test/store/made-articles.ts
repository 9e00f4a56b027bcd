/** A row of articles about the cast, the same in every process that asks for it. */
import type { ResolvedDocument } from "../../server/contract/resolution.ts";
import { article, NAMES, says, typeOf, type Name } from "./articles.ts";

const ACTORS = NAMES.filter((name) => typeOf(name) !== "Place" && typeOf(name) !== "Event");

export function madeArticles(count: number): ResolvedDocument[] {
  return Array.from({ length: count }, (_, index) => {
    const actor = (step: number) => ACTORS[(index * 7 + step * 3) % ACTORS.length]!;
    const event: Name = index % 2 === 0 ? "opération Aube" : "opération Crépuscule";
    return article(
      [
        says(actor(0), "ACCUSED", actor(1), {
          date: `20${String(10 + (index % 10))}`,
          confidence: 0.5 + (index % 5) / 10,
        }),
        says(actor(1), "MET", actor(2), { modality: index % 3 === 0 ? "alleged" : "reported" }),
        says(actor(2), "CONDUCTED", event),
        says(event, "TARGETED", actor(3), { polarity: index % 4 === 0 ? "negated" : "affirmed" }),
      ],
      {
        title: `Article ${index}`,
        publishedAt: `2020-01-${String(1 + (index % 28)).padStart(2, "0")}`,
        source: `Journal ${index % 5}`,
        ingestedAt: new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString(),
        ending: `Fin ${index}.`,
      },
    );
  });
}
