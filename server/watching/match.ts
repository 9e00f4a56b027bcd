/**
 * The filter of `watch --match`, asked before anything is fetched.
 */
import { foldName } from "../contract/names.ts";

/**
 * Whether a text has all words of one of the alternatives; case and accents are ignored, and a word may be the beginning of a
 * longer one. No alternatives: everything fits.
 */
export function matcherOf(alternatives: readonly string[]): (text: string) => boolean {
  const wanted = alternatives.map((words) =>
    foldName(words)
      .split(" ")
      .filter((word) => word !== ""),
  );
  const real = wanted.filter((words) => words.length > 0);
  if (real.length === 0) return () => true;
  return (text) => {
    const words = foldName(text).split(" ");
    return real.some((all) => all.every((wish) => words.some((word) => word.startsWith(wish))));
  };
}
