/**
 * PORT Workspace: what belongs to the people and not to the graph, kept beside it: jobs, saved queries, saved views, and what the
 * program must remember between two starts.
 */
import type { SavedQuery } from "../contract/api.ts";
import type { DecisionRecord } from "../contract/decisions.ts";
import type { DocumentHints } from "../contract/document.ts";
import type { Job } from "../contract/report.ts";
import type { SavedView, ViewSummary } from "../contract/view.ts";

export interface Workspace {
  /** Writes the job's present state over the one before. */
  saveJob(job: Job): Promise<void>;
  job(id: string): Promise<Job | null>;
  /** Latest first. */
  jobs(): Promise<Job[]>;
  /** The inputs of a job, kept until it has finished, so that a restart goes on with it. */
  saveJobInputs(id: string, inputs: readonly JobInput[]): Promise<void>;
  /** One input by its place, so that a job's inputs need not be in memory together. Null when it was never kept. */
  jobInput(id: string, index: number): Promise<JobInput | null>;
  dropJobInputs(id: string): Promise<void>;
  /** Removes a job with its inputs. */
  deleteJob(id: string): Promise<void>;

  /** By name. */
  queries(): Promise<SavedQuery[]>;
  query(id: string): Promise<SavedQuery | null>;
  saveQuery(query: SavedQuery): Promise<void>;
  /** False when unknown. */
  deleteQuery(id: string): Promise<boolean>;

  /** Latest change first. */
  views(): Promise<ViewSummary[]>;
  view(id: string): Promise<SavedView | null>;
  saveView(view: SavedView): Promise<void>;
  /** False when unknown. */
  deleteView(id: string): Promise<boolean>;

  /** The log of decisions, from its start. */
  decisions(): Promise<DecisionRecord[]>;
  /** Adds a record at the end of the log; nothing in it is ever changed. */
  appendDecision(record: DecisionRecord): Promise<void>;
  /** The name under which the command line decided last; null before the first time. */
  author(): Promise<string | null>;
  rememberAuthor(name: string): Promise<void>;

  /** A random key made once for this workspace: it signs the sessions, so that they survive a restart. */
  secret(): Promise<string>;
  /** Things done once in the life of a data folder ("samples"). */
  wasDone(what: string): Promise<boolean>;
  markDone(what: string): Promise<void>;

  close(): Promise<void>;
}

/** One thing to ingest, as it came: a file's bytes, a pasted text, or one line of `extract`. */
export interface JobInput {
  /** File name, address or title. */
  name: string;
  /** Null: the reader finds it out. */
  mediaType: string | null;
  bytes: Uint8Array;
  hints: DocumentHints;
}
