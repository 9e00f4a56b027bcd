/**
 * Limits of regular expressions. Neo4j matches with backtracking and cannot be stopped within one match, so a pattern that
 * could take exponential time on one text is refused.
 */
import type { Token } from "./lexer.ts";
import { isSymbol } from "./cursor.ts";
import { refusal, type Span } from "./refusal.ts";

const MAX_REPETITIONS = 2;
/** Ways through the pattern: the product of the branches of its groups, and two for each `?`. */
const MAX_WAYS = 128;

/** What would make brackets and stars mean something else than `costOf` takes them for. */
const UNREADABLE = /\\[QE]|\(\?(?![imsu]*[:)])/;

/**
 * @param token What follows `=~`.
 * @param after What follows that: an operator there would make another pattern.
 */
export function checkRegularExpression(token: Token | undefined, after: Token | undefined, operator: Span): void {
  const whole = after === undefined || after.kind === "word" || isSymbol(after, ")", "]", "}", ",", "|");
  if (token?.kind !== "string" || !whole) {
    throw refusal(
      "The pattern after =~ must be a text in quotes: for values that vary write CONTAINS or STARTS WITH.",
      token ?? operator,
    );
  }
  if (UNREADABLE.test(token.value)) {
    throw refusal("A pattern can have no \\Q, no look-around and no flags but i, s, m and u: write it without.", token);
  }
  const { repetitions, nested, ways } = costOf(token.value);
  if (nested || repetitions > MAX_REPETITIONS || ways > MAX_WAYS) {
    throw refusal(
      `A pattern with a repeated group, with more than ${MAX_REPETITIONS} of *, + and {n,}, or with many | and ? can take for ever: write several CONTAINS instead.`,
      token,
    );
  }
}

function costOf(pattern: string): { repetitions: number; nested: boolean; ways: number } {
  let repetitions = 0;
  let nested = false;
  let ways = 1;
  let inClass = false;
  let before = "";
  const branches = [1];
  const closeGroup = () => (ways *= branches.pop() ?? 1);
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    if (character === "\\") at += 1;
    else if (inClass) inClass = character !== "]";
    else if (character === "[") inClass = true;
    else if (character === "(") branches.push(1);
    else if (character === ")") closeGroup();
    else if (character === "|") branches.push((branches.pop() ?? 1) + 1);
    else if (character === "*" || character === "{" || (character === "+" && !"*+?}".includes(before || " "))) {
      repetitions += 1;
      nested ||= before === ")";
    } else if (character === "?" && !"(*+?}".includes(before || " ")) ways *= 2;
    before = character;
  }
  while (branches.length > 0) closeGroup();
  return { repetitions, nested: nested || inClass, ways };
}
