/**
 * Undo and redo as a value: the past, the present, the future of one immutable thing. Each step says what it did, for the list of
 * steps.
 */
export interface Step<T, L> {
  readonly value: T;
  /** What led here. */
  readonly label: L;
}

export interface History<T, L> {
  readonly past: readonly Step<T, L>[];
  readonly present: Step<T, L>;
  readonly future: readonly Step<T, L>[];
}

const KEPT_STEPS = 100;

export function startHistory<T, L>(value: T, label: L): History<T, L> {
  return { past: [], present: { value, label }, future: [] };
}

export function record<T, L>(history: History<T, L>, value: T, label: L): History<T, L> {
  return { past: [...history.past, history.present].slice(-KEPT_STEPS), present: { value, label }, future: [] };
}

export function undo<T, L>(history: History<T, L>): History<T, L> {
  const previous = history.past.at(-1);
  if (previous === undefined) return history;
  return { past: history.past.slice(0, -1), present: previous, future: [history.present, ...history.future] };
}

export function redo<T, L>(history: History<T, L>): History<T, L> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future };
}
