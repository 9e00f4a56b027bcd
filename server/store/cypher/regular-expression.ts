/**
 * Limits of regular expressions. Neo4j matches with backtracking and cannot be stopped within one match, so a pattern that
 * could take exponential time on one text is refused.
 */
import type { Token } from "./lexer.ts";
import { refusal, type Span } from "./refusal.ts";

const MAX_REPETITIONS = 2;

/** @param token What follows `=~`. */
export function checkRegularExpression(token: Token | undefined, operator: Span): void {
  if (token?.kind !== "string") {
    throw refusal(
      "The pattern after =~ must be a text in quotes: for values that vary write CONTAINS or STARTS WITH.",
      token ?? operator,
    );
  }
  const { repetitions, nested } = repetitionsOf(token.value);
  if (nested || repetitions > MAX_REPETITIONS) {
    throw refusal(
      `A pattern with a repeated group, or with more than ${MAX_REPETITIONS} of *, + and {n,}, can take for ever: write several CONTAINS instead.`,
      token,
    );
  }
}

function repetitionsOf(pattern: string): { repetitions: number; nested: boolean } {
  let repetitions = 0;
  let nested = false;
  let inClass = false;
  let afterGroup = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    const wasGroup = afterGroup;
    afterGroup = false;
    if (character === "\\") at += 1;
    else if (inClass) inClass = character !== "]";
    else if (character === "[") inClass = true;
    else if (character === ")") afterGroup = true;
    else if ("*+{".includes(character)) {
      repetitions += 1;
      nested ||= wasGroup;
    }
  }
  return { repetitions, nested };
}
