/** A decision in the page's language. Names are those of the moment of deciding, which the record's own summary keeps. */
import type { ToldDecision } from "../../server/contract/decisions.ts";
import type { Language } from "../../server/contract/ontology.ts";
import { EDGE_TYPES, relationshipWords, typeWords } from "./graph/ontology.ts";
import type { TextKey, TextParameters } from "./text.ts";

type Say = (key: TextKey, parameters?: TextParameters) => string;

export function decisionWords(
  { action, summary }: Pick<ToldDecision, "action" | "summary">,
  say: Say,
  language: Language,
): string {
  const names = [...summary.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name);
  const [one = "", other = ""] = names;
  const statement = withRelationshipWords(statementIn(summary), language);
  switch (action.kind) {
    case "merge":
      return say("decided.merge", { one, other });
    case "split":
      return say("decided.split", { n: action.mentions.length, one });
    case "move":
      return say("decided.move", { n: action.mentions.length, one, other: names.at(-1) ?? "" });
    case "rename":
      return say("decided.rename", { one, other: action.name });
    case "retype":
      return say("decided.retype", { one, type: typeWords(action.type, language) });
    case "accept":
      return say("decided.accept", { statement });
    case "reject":
      return action.pair === undefined ? say("decided.reject", { statement }) : say("decided.apart", { one, other });
    case "postpone":
      return say("decided.postpone", { one, other });
    case "correct":
      return say("decided.correct", { statement });
    case "complete":
      return say("decided.complete", { one });
    case "add":
      if (action.claim !== undefined) return say("decided.add.claim", { statement });
      if (action.mention !== undefined) return say("decided.add.mention", { one });
      if (action.tag !== undefined) return say("decided.add.tag", { one, tag: action.tag.tag });
      return say("decided.add.note", { one });
  }
}

/** "A TOOK_DOWN B: corrected to A OWNS B" → its last statement. */
function statementIn(summary: string): string {
  const said = summary.replace(/: (?:accepted|rejected)$/, "").replace(/ is added$/, "");
  const corrected = said.split(": corrected to ");
  return corrected.at(-1) ?? said;
}

function withRelationshipWords(statement: string, language: Language): string {
  const type = EDGE_TYPES.find((each) => statement.includes(` ${each} `));
  return type === undefined
    ? statement
    : statement.replace(` ${type} `, ` ${relationshipWords(type, "out", language)} `);
}
