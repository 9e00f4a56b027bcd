/**
 * `watch`: looks at feeds and folders again and again, and ingests what is new in them. Between two looks it holds nothing: a
 * server may be started and stopped meanwhile.
 */
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { DocumentReport } from "../contract/report.ts";
import type { WatchedSource } from "../contract/watching.ts";
import { AppError } from "../errors.ts";
import { fetchFeed } from "../watching/fetch-feed.ts";
import { lookAt, newSource, type RoundParts, type WatchItem } from "../watching/rounds.ts";
import type { WatchBook } from "../watching/watch-book.ts";
import type { Command, CommandContext, OptionValues } from "./command.ts";
import { withGraph } from "./graph-access.ts";
import { DEFAULT_COLLECTION } from "./ingest.ts";
import { inputsOf } from "./inputs.ts";
import { flag, listOption, textOption } from "./options.ts";
import { reportLine } from "./progress.ts";

const FEED_SECONDS = 900;
const FOLDER_SECONDS = 10;
/** Nobody's server is asked more often. */
const LEAST_FEED_SECONDS = 60;
/** A file that two looks so far apart find the same is whole. */
const SETTLE_MS = 2_000;

export const watchCommand: Command = {
  name: "watch",
  synopsis: "FOLDER|FEED... [--every 15m] [--match WORDS]... [--collection NAME] [--once]",
  summary: "Ingests what is new in feeds and folders, until Ctrl+C.",
  help: `
  FEED               address of an RSS or Atom feed; its entries are fetched like other pages
  FOLDER             files in it, and in folders within; a file that is still being written is waited for
  --every TIME       30s, 15m, 2h or 1d between two looks (15m for feeds, never less than 1m; 10s for folders)
  --match WORDS      of a feed, only entries with all of these words in title, summary or category; asked before anything
                     is fetched; given several times, one of them must fit
  --collection NAME  the collection that they go into (default)
  --once             one look at each, then the end (for cron); exit status 1 when a source failed

What was taken is remembered in the data folder: a restart takes nothing twice. A source that fails is asked less and less often.
The page shows the log of each source. Two watchers may be given one source: the second waits until the first has ended.
`,
  options: {
    every: { type: "string" },
    match: { type: "string", multiple: true },
    collection: { type: "string" },
    once: { type: "boolean" },
  },
  positionals: { min: 1, max: Infinity },
  async run({ positionals, options }, context) {
    const wanted = await Promise.all([...new Set(positionals)].map((word) => sourceOf(word, options)));
    const program = context.program();
    const { watchBook: book } = program;
    const parts = roundParts(context, book);
    const watched: Watched[] = wanted.map((source) => ({ source, release: null, state: null, told: null }));
    try {
      return flag(options, "once")
        ? await lookOnce(watched, parts, book, context)
        : await lookForever(watched, parts, book, context);
    } finally {
      for (const { release } of watched) await release?.();
      await program.close();
    }
  },
};

type Wanted = Pick<WatchedSource, "source" | "kind" | "collection" | "match" | "everySeconds">;

interface Watched {
  source: Wanted;
  /** Null while another process has the source. */
  release: (() => Promise<void>) | null;
  /** As remembered after the last look of this process. */
  state: WatchedSource | null;
  /** The process that was told to hold the source. */
  told: number | null;
}

async function lookOnce(
  watched: readonly Watched[],
  parts: RoundParts,
  book: WatchBook,
  context: CommandContext,
): Promise<number> {
  for (const one of watched) {
    if (!context.signal.aborted) await look(one, parts, book, context);
  }
  return watched.some(({ state }) => state !== null && state.failures > 0) ? 1 : 0;
}

async function lookForever(
  watched: readonly Watched[],
  parts: RoundParts,
  book: WatchBook,
  context: CommandContext,
): Promise<number> {
  await context.stderr.write(`Watching ${watched.length} of them; Ctrl+C stops.\n`);
  const isStopped = () => context.signal.aborted;
  while (!isStopped()) {
    for (const one of watched) {
      if (!isStopped() && dueAt(one) <= parts.now().getTime()) await look(one, parts, book, context);
    }
    const next = Math.min(...watched.map(dueAt));
    const wait = Math.max(0, next - parts.now().getTime());
    await sleep(wait, undefined, { signal: context.signal }).catch(() => undefined);
  }
  return 0;
}

/** Milliseconds since 1970. */
function dueAt({ state }: Watched): number {
  return state?.nextAt == null ? 0 : Date.parse(state.nextAt);
}

async function look(one: Watched, parts: RoundParts, book: WatchBook, context: CommandContext): Promise<void> {
  const { source } = one;
  if (one.release === null) {
    const claim = await book.claim(source.source);
    if ("heldBy" in claim) {
      if (one.told !== claim.heldBy) {
        await context.stderr.write(`${source.source} is watched by process ${claim.heldBy}; waiting for its end.\n`);
      }
      one.told = claim.heldBy;
      one.state = { ...newSource(source), nextAt: later(parts.now(), source.everySeconds) };
      return;
    }
    one.release = claim.release;
    const known = await book.source(source.source);
    const state = known === null ? newSource(source) : { ...known, ...source };
    // What this process has not looked at yet is due now, unless it failed before and is spared.
    one.state = state;
    if (state.failures > 0 && !isDue(state, parts.now())) return;
  }
  const before = one.state ?? newSource(source);
  one.state = await lookAt(before, parts);
  const latest = one.state.log.at(-1);
  if (latest !== undefined && (latest.kind !== "unchanged" || latest.times === 1)) {
    await context.stderr.write(`${source.source}: ${latest.message}\n`);
  }
}

function isDue({ nextAt }: WatchedSource, now: Date): boolean {
  return nextAt === null || Date.parse(nextAt) <= now.getTime();
}

function later(now: Date, seconds: number): string {
  return new Date(now.getTime() + seconds * 1_000).toISOString();
}

function roundParts(context: CommandContext, book: WatchBook): RoundParts {
  const { config, version } = context.program();
  const web = { policy: config.web, userAgent: `FilRouge/${version}` };
  return {
    book,
    now: () => new Date(),
    settle: () => sleep(SETTLE_MS, undefined, { signal: context.signal }).catch(() => undefined),
    fetchFeed: (address, conditions) => fetchFeed(address, conditions, web),
    async deliver(items, collection, onReports) {
      if (items.length === 0) return;
      const program = context.anotherProgram();
      await withGraph(program, context, async (graph) => {
        for (const [index, item] of items.entries()) {
          if (context.signal.aborted) return;
          const reports: DocumentReport[] = [];
          await graph
            .ingest(inputsOf([wordOf(item)], program, context, hintsOf(item)), collection, {
              signal: context.signal,
              onReport: async (report) => {
                reports.push(report);
                await context.stdout.write(`${reportLine(report)}\n`);
              },
            })
            .catch((error: unknown) => {
              // The file is gone since it was found.
              if (!(error instanceof AppError && error.code === "not_found")) throw error;
            });
          await onReports(index, reports);
        }
      });
    },
  };
}

function wordOf(item: WatchItem): string {
  return item.kind === "address" ? item.address : item.path;
}

function hintsOf(item: WatchItem): { publishedAt?: string } {
  return item.kind === "address" && item.publishedAt !== null ? { publishedAt: item.publishedAt } : {};
}

async function sourceOf(word: string, options: OptionValues): Promise<Wanted> {
  const every = everyOption(options);
  const collection = textOption(options, "collection") ?? DEFAULT_COLLECTION;
  const match = listOption(options, "match").filter((words) => words.trim() !== "");
  if (/^https?:\/\//i.test(word)) {
    if (!URL.canParse(word)) throw new AppError("usage", `"${word}" is no address of a feed.`);
    const everySeconds = every ?? FEED_SECONDS;
    if (everySeconds < LEAST_FEED_SECONDS)
      throw new AppError("usage", "A feed is asked once a minute at most: --every 1m.");
    return { source: new URL(word).href, kind: "feed", collection, match, everySeconds };
  }
  const found = await stat(word).catch((cause: unknown) => {
    throw new AppError("not_found", `${word} does not exist. Name a folder, or a feed by its address.`, { cause });
  });
  if (!found.isDirectory()) throw new AppError("usage", `${word} is a file. Watch its folder, or "ingest" it.`);
  return { source: resolve(word), kind: "folder", collection, match, everySeconds: every ?? FOLDER_SECONDS };
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

function everyOption(options: OptionValues): number | undefined {
  const value = textOption(options, "every");
  if (value === undefined) return undefined;
  const [, number = "", unit = ""] = /^(\d{1,5})([smhd])$/.exec(value) ?? [];
  const seconds = Number(number) * (UNIT_SECONDS[unit] ?? 0);
  if (seconds === 0) throw new AppError("usage", `--every takes a time such as 30s, 15m, 2h or 1d, not "${value}".`);
  return seconds;
}
