import { expect, test } from "vitest";
import type { Action } from "../../server/contract/decisions.ts";
import { decisionWords } from "../../client/src/decision-words.ts";
import { currentOf, movedBy, withoutItem } from "../../client/src/review-state.ts";
import { translate, type TextKey, type TextParameters } from "../../client/src/text.ts";

const mention = { document: "d", start: 0, end: 4 };

test.each<[Action, string, string]>([
  [{ kind: "merge", from: "a", into: "b" }, '"EI" is merged into "Daech"', "« EI » fusionné avec « Daech »"],
  [{ kind: "accept", claim: "c" }, "Europol TOOK_DOWN Amaq: accepted", "Vérifié : Europol a neutralisé Amaq"],
  [{ kind: "correct", claim: "c", change: {} }, "A OWNS B: corrected to A LEADS B", "Corrigé : A dirige B"],
  [
    { kind: "move", mentions: [mention], into: "b" },
    '1 mention ("Dubois") of "Anne Dubois" moved to "Luc Dubois"',
    "1 mention de « Dubois » donnée à « Luc Dubois »",
  ],
  [{ kind: "reject", pair: ["a", "b"] }, '"A" and "B" are not the same', "« A » et « B » ne sont pas les mêmes"],
  [{ kind: "retype", entity: "a", type: "Person" }, '"A", told as Place, is a Person', "« A » devient : personne"],
])("%o is told in the page's language", (action, summary, words) => {
  const say = (key: TextKey, parameters?: TextParameters) => translate("fr", key, parameters);
  expect(decisionWords({ action, summary }, say, "fr").replaceAll("\u00a0", " ")).toBe(words);
});

test("what is decided leaves the queue and the next takes its place", () => {
  const queue = { items: ["a", "b", "c"], total: 10, at: 1 };
  expect(withoutItem(queue, "b")).toEqual({ items: ["a", "c"], total: 9, at: 1 });
  expect(withoutItem({ ...queue, at: 2 }, "c")).toEqual({ items: ["a", "b"], total: 9, at: 1 });
  expect(currentOf({ state: "ready", value: withoutItem({ items: ["a"], total: 1, at: 0 }, "a") })).toBeNull();
});

test("one goes through a queue no further than its ends", () => {
  const queue = { items: ["a", "b"], total: 2, at: 0 };
  expect([movedBy(queue, -1).at, movedBy(queue, 1).at, movedBy(queue, 5).at]).toEqual([0, 1, 1]);
});
