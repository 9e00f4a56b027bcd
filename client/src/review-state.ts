/**
 * What the page knows of decisions: the queues that wait for a person, and the histories of what was decided.
 */
import type { DecisionPage, PossibleDuplicate, ReviewItem } from "../../server/contract/decisions.ts";
import type { Loadable } from "./state.ts";

export const REVIEW_TABS = ["claims", "duplicates", "decisions"] as const;
export type ReviewTab = (typeof REVIEW_TABS)[number];

/** A page of a queue, and which of it is looked at. */
export interface Queue<T> {
  items: readonly T[];
  /** How many wait, those not fetched included. */
  total: number;
  at: number;
}

export interface Review {
  tab: ReviewTab;
  claims: Loadable<Queue<ReviewItem>> | null;
  duplicates: Loadable<Queue<PossibleDuplicate>> | null;
  decisions: Loadable<DecisionPage> | null;
  /** A decision is on its way. */
  busy: boolean;
  /** Decided since the page was opened. */
  decided: number;
}

export const FIRST_REVIEW: Review = {
  tab: "claims",
  claims: null,
  duplicates: null,
  decisions: null,
  busy: false,
  decided: 0,
};

/** The one that is looked at; null at the end of the queue. */
export function currentOf<T>(queue: Loadable<Queue<T>> | null): T | null {
  return queue?.state === "ready" ? (queue.value.items[queue.value.at] ?? null) : null;
}

/** Without the item; what came after it takes its place. */
export function withoutItem<T>(queue: Queue<T>, item: T): Queue<T> {
  const items = queue.items.filter((other) => other !== item);
  return {
    items,
    total: Math.max(items.length, queue.total - 1),
    at: Math.min(queue.at, Math.max(0, items.length - 1)),
  };
}

export function movedBy<T>(queue: Queue<T>, steps: number): Queue<T> {
  return { ...queue, at: Math.max(0, Math.min(queue.items.length - 1, queue.at + steps)) };
}
