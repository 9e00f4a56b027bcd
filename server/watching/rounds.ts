/**
 * One look at one source: what is new in it is handed on, what came of it is remembered. Whatever happens to one entry or file is
 * written down before the next one, so that a killed process repeats at most one.
 */
import type { Problem } from "../contract/document.ts";
import type { DocumentReport } from "../contract/report.ts";
import type { WatchedSource, WatchEvent } from "../contract/watching.ts";
import { toAppError } from "../errors.ts";
import type { FeedOutcome } from "./fetch-feed.ts";
import { lookAtFolder, type FoundFile } from "./folder.ts";
import { matcherOf } from "./match.ts";
import type { WatchBook } from "./watch-book.ts";

/** What is to be read: an address, or a file. */
export type WatchItem =
  { kind: "address"; address: string; publishedAt: string | null } | { kind: "file"; path: string };

export interface RoundParts {
  book: Pick<WatchBook, "save">;
  fetchFeed: (address: string, conditions: Readonly<Record<string, string>>) => Promise<FeedOutcome>;
  /**
   * Reads and stores the items, one after the other, and tells what came of each by its index: one report, several for an archive,
   * none when it is gone.
   * @throws AppError when the store or the model cannot be reached
   */
  deliver: (
    items: readonly WatchItem[],
    collection: string,
    onReports: (index: number, reports: readonly DocumentReport[]) => Promise<void>,
  ) => Promise<void>;
  /** Waits until a file that stays as it is may be taken for whole. */
  settle: () => Promise<void>;
  now: () => Date;
}

/** An address that cannot be fetched is tried so often, one round apart; so is a file that cannot be understood. */
export const MAX_ATTEMPTS = 3;
const MAX_SEEN = 5_000;
const MAX_LOG = 200;
const LONGEST_WAIT_SECONDS = 86_400;

/** Problems that time may heal. Everything else is told once. */
const PASSING: ReadonlySet<string> = new Set(["unreadable", "store_failed", "extraction_failed"]);
/** A file that ends too early may have been looked at too early. */
const PASSING_FOR_FILES: ReadonlySet<string> = new Set([...PASSING, "malformed", "empty", "binary"]);

export function newSource(
  given: Pick<WatchedSource, "source" | "kind" | "collection" | "match" | "everySeconds">,
): WatchedSource {
  return {
    ...given,
    title: null,
    failures: 0,
    nextAt: null,
    taken: 0,
    conditions: {},
    pending: [],
    seen: [],
    files: {},
    log: [],
  };
}

/**
 * @returns the source as it is remembered after the look; it is saved already
 * @throws AppError when the book cannot be written
 */
export async function lookAt(source: WatchedSource, parts: RoundParts): Promise<WatchedSource> {
  const state = structuredClone(source);
  try {
    await (state.kind === "feed" ? lookAtFeed(state, parts) : lookAtFiles(state, parts));
  } catch (error) {
    noteFailure(state, toAppError(error).message, null, parts.now());
  }
  await parts.book.save(state);
  return state;
}

async function lookAtFeed(state: WatchedSource, parts: RoundParts): Promise<void> {
  const outcome = await parts.fetchFeed(state.source, state.conditions);
  if (outcome.status === "failed") {
    noteFailure(state, outcome.message, outcome.retryAfter, parts.now());
    // What was found before may be had all the same.
    await readPending(state, parts);
    return;
  }
  let found = 0;
  if (outcome.status === "read") {
    const fits = matcherOf(state.match);
    const known = new Set([...state.seen, ...state.pending.map(({ id }) => id)]);
    const fresh = outcome.feed.entries.filter(
      ({ id, title, summary }) => !known.has(id) && fits(`${title} ${summary}`),
    );
    found = fresh.length;
    state.title = outcome.feed.title;
    state.pending.push(
      // Oldest first: later news finds what it goes on from.
      ...fresh
        .reverse()
        .map(({ id, address, title, publishedAt }) => ({ id, address, title, publishedAt, attempts: 0 })),
    );
    // Entries and conditions together: an unchanged feed must not hide what was not read yet.
    state.conditions = outcome.conditions;
    await parts.book.save(state);
  }
  const taken = await readPending(state, parts);
  state.failures = 0;
  state.nextAt = inSeconds(parts.now(), state.everySeconds);
  if (found > 0 || taken > 0) note(state, "taken", `${found} new, ${taken} read.`, parts.now());
  else note(state, "unchanged", "Nothing new.", parts.now());
}

/** @returns how many became articles, or were articles already */
async function readPending(state: WatchedSource, parts: RoundParts): Promise<number> {
  const turn = [...state.pending];
  if (turn.length === 0) return 0;
  const items = turn.map(({ address, publishedAt }): WatchItem => ({ kind: "address", address, publishedAt }));
  let taken = 0;
  await parts.deliver(items, state.collection, async (index, reports) => {
    const entry = turn[index];
    if (entry === undefined || reports.length === 0) return;
    const problem = problemOf(reports);
    if (problem === null) {
      taken += 1;
      state.taken += 1;
      settleEntry(state, entry.id);
    } else if (PASSING.has(problem.code) && entry.attempts + 1 < MAX_ATTEMPTS) {
      state.pending = state.pending.map((one) => (one.id === entry.id ? { ...one, attempts: one.attempts + 1 } : one));
    } else {
      settleEntry(state, entry.id);
      note(state, "given_up", `"${entry.title}" was not read: ${problem.message}`, parts.now());
    }
    await parts.book.save(state);
  });
  return taken;
}

/** Why nothing came of an item; null when something did. */
function problemOf(reports: readonly DocumentReport[]): Problem | null {
  return reports.some((report) => report.problem === null) ? null : (reports[0]?.problem ?? null);
}

function settleEntry(state: WatchedSource, id: string): void {
  state.pending = state.pending.filter((entry) => entry.id !== id);
  state.seen = [...state.seen, id].slice(-MAX_SEEN);
}

async function lookAtFiles(state: WatchedSource, parts: RoundParts): Promise<void> {
  const isTaken = ({ name, size, modifiedMs }: FoundFile) => {
    const known = state.files[name];
    return known?.size === size && known.modifiedMs === modifiedMs && known.attempts === 0;
  };
  const { whole, waiting, problems } = await lookAtFolder(state.source, isTaken, parts.settle);
  for (const problem of problems) note(state, "failed", problem, parts.now());
  let taken = 0;
  const items = whole.map(({ path }): WatchItem => ({ kind: "file", path }));
  await parts.deliver(items, state.collection, async (index, reports) => {
    const file = whole[index];
    if (file === undefined || reports.length === 0) return;
    const problem = problemOf(reports);
    const { name, size, modifiedMs } = file;
    const before = state.files[name];
    const same = before?.size === size && before.modifiedMs === modifiedMs;
    const attempts = (same ? before.attempts : 0) + 1;
    const again = problem !== null && PASSING_FOR_FILES.has(problem.code) && attempts < MAX_ATTEMPTS;
    state.files[name] = { size, modifiedMs, attempts: again ? attempts : 0 };
    if (problem === null) {
      taken += 1;
      state.taken += 1;
    } else if (!again) {
      note(state, "given_up", `${name} was not read: ${problem.message}`, parts.now());
    }
    await parts.book.save(state);
  });
  state.failures = 0;
  state.nextAt = inSeconds(parts.now(), state.everySeconds);
  const still = waiting.length === 0 ? "" : ` Still being written: ${waiting.slice(0, 3).join(", ")}.`;
  if (whole.length > 0) note(state, "taken", `${whole.length} new or changed, ${taken} read.${still}`, parts.now());
  else note(state, "unchanged", `Nothing new.${still}`, parts.now());
}

/** Waits twice as long after each failure, a day at most, and never less than the server asked for. */
function noteFailure(state: WatchedSource, message: string, retryAfter: number | null, now: Date): void {
  state.failures += 1;
  const wait = Math.min(state.everySeconds * 2 ** Math.min(state.failures, 20), LONGEST_WAIT_SECONDS);
  state.nextAt = inSeconds(now, Math.max(wait, Math.min(retryAfter ?? 0, LONGEST_WAIT_SECONDS)));
  note(state, "failed", message, now);
}

/** The same again is counted, not repeated. */
function note(state: WatchedSource, kind: WatchEvent["kind"], message: string, now: Date): void {
  const last = state.log.at(-1);
  const at = now.toISOString();
  if (last?.kind === kind && last.message === message && kind !== "taken") {
    state.log = [...state.log.slice(0, -1), { ...last, at, times: last.times + 1 }];
  } else {
    state.log = [...state.log, { at, kind, message, times: 1 }].slice(-MAX_LOG);
  }
}

function inSeconds(now: Date, seconds: number): string {
  return new Date(now.getTime() + seconds * 1_000).toISOString();
}
