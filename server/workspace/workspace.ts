/**
 * PORT Workspace: what belongs to the people and not to the graph, kept beside it: jobs, saved queries, views, decisions.
 */
import type { Job } from "../contract/report.ts";
import type { SavedQuery } from "../contract/api.ts";

export interface Workspace {
  saveJob(job: Job): Promise<void>;
  job(id: string): Promise<Job | null>;
  jobs(): Promise<Job[]>;
  /** The texts that a queued or running job has not ingested yet, kept so that a restart goes on with it. */
  saveJobInputs(id: string, inputs: readonly JobInput[]): Promise<void>;
  jobInputs(id: string): Promise<JobInput[]>;
  dropJobInputs(id: string): Promise<void>;

  queries(): Promise<SavedQuery[]>;
  saveQuery(query: SavedQuery): Promise<void>;
  /** False when unknown. */
  deleteQuery(id: string): Promise<boolean>;

  close(): Promise<void>;
}

export interface JobInput {
  name: string;
  mediaType: string | null;
  bytes: Uint8Array;
  hints: { title?: string; url?: string; publishedAt?: string; language?: "fr" | "en" };
}
