/**
 * Quotations and parentheses of one paragraph: which marks open, which close, and which stretches they enclose. Used by
 * `sentences.ts`, which cuts no quotation apart, and by `said-by.ts`. Straight, typographic and French marks count alike.
 */

/** A parenthesis or quotation longer than this is taken for one that never closes. UTF-16 code units. */
const LONGEST_ENCLOSED = 900;
/** More open marks than this at once are no prose. */
const DEEPEST = 8;

export interface Quotations {
  /** Offsets of the marks that close. */
  closing: ReadonlySet<number>;
  /** [offset of the opening mark, offset of the closing mark], by the opening one. */
  enclosed: readonly (readonly [number, number])[];
  /** Only those in quotation marks. */
  quoted: readonly (readonly [number, number])[];
}

const QUOTE = "quote";

const MARKS: Readonly<Record<string, { kind: string; opens: boolean } | undefined>> = {
  "(": { kind: "(", opens: true },
  ")": { kind: "(", opens: false },
  "[": { kind: "[", opens: true },
  "]": { kind: "[", opens: false },
  "«": { kind: QUOTE, opens: true },
  "»": { kind: QUOTE, opens: false },
  "“": { kind: QUOTE, opens: true },
  "”": { kind: QUOTE, opens: false },
  "„": { kind: QUOTE, opens: true },
};

/** Finds them inside [start, end) of the text; offsets are those of the text. */
export function findQuotations(text: string, start: number, end: number): Quotations {
  const closing = new Set<number>();
  const enclosed: [number, number][] = [];
  const quoted: [number, number][] = [];
  const open: { kind: string; at: number }[] = [];
  for (let at = start; at < end; at += 1) {
    const mark = text.charAt(at);
    const role = MARKS[mark] ?? (mark === '"' ? straightQuote(text, at, open.some(isQuote)) : undefined);
    if (role === undefined) continue;
    if (role.opens) {
      if (open.length >= DEEPEST) open.shift();
      open.push({ kind: role.kind, at });
      continue;
    }
    closing.add(at);
    const index = open.findLastIndex((each) => each.kind === role.kind);
    const opening = open[index];
    if (opening === undefined) continue;
    open.length = index;
    if (at - opening.at > LONGEST_ENCLOSED) continue;
    enclosed.push([opening.at, at]);
    if (role.kind === QUOTE) quoted.push([opening.at, at]);
  }
  const byStart = (a: readonly [number, number], b: readonly [number, number]): number => a[0] - b[0];
  return { closing, enclosed: enclosed.sort(byStart), quoted: quoted.sort(byStart) };
}

function isQuote(each: { kind: string }): boolean {
  return each.kind === QUOTE;
}

/** A straight mark opens or closes by its neighbours; between two letters or two spaces, by what is open. */
function straightQuote(text: string, at: number, isOpen: boolean): { kind: string; opens: boolean } {
  const before = text.charAt(at - 1);
  const after = text.charAt(at + 1);
  const freeBefore = !/[\p{L}\p{M}\p{N}\p{P}]/u.test(before) || /[([{–—'’]/.test(before);
  const freeAfter = !/[\p{L}\p{N}(['’$€£#@.…]/u.test(after);
  return { kind: QUOTE, opens: freeBefore === freeAfter ? !isOpen : freeBefore };
}

/** Tells, for ascending offsets, whether one lies inside one of the stretches. */
export function insideOf(stretches: readonly (readonly [number, number])[]): (offset: number) => boolean {
  let index = 0;
  let reach = -1;
  return (offset) => {
    for (let next = stretches[index]; next !== undefined && next[0] < offset; next = stretches[index]) {
      reach = Math.max(reach, next[1]);
      index += 1;
    }
    return offset <= reach;
  };
}
