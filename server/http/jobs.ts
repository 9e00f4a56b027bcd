/**
 * Jobs: ingestions and recomputations that outlast a request. One runs at a time; state and inputs stand in the workspace, so
 * that a reload of the page or a restart of the program loses neither.
 */
import { randomUUID } from "node:crypto";
import type { DocumentReport, Job, JobTask } from "../contract/report.ts";
import { AppError, toAppError } from "../errors.ts";
import { ingest, toIngestInput, type IngestInput } from "../ingest.ts";
import { rebuild, reextract, type RebuildParts } from "../rebuild.ts";
import type { JobInput, Workspace } from "../workspace/workspace.ts";

export type JobEvent =
  | { name: "job"; job: Job }
  /** `index` counts from 0 within the job. */
  | { name: "report"; index: number; report: DocumentReport };

export interface Jobs {
  ingest(inputs: readonly JobInput[], collection: string): Promise<Job>;
  recompute(task: Exclude<JobTask, "ingest">): Promise<Job>;
  job(id: string): Promise<Job | null>;
  /** Latest first, the reports left out. */
  list(): Promise<Job[]>;
  /** Finishes the document at hand, then ends the job. False when it is unknown or over. */
  cancel(id: string): Promise<boolean>;
  /** Ends the jobs that fill this collection, and resolves when they have ended. */
  stopCollection(collection: string): Promise<void>;
  /** Tells every event of one job from now on. Returns the way to stop listening. */
  listen(id: string, listener: (event: JobEvent) => void): () => void;
  /** Goes on with the jobs that the last process left. */
  resume(): Promise<void>;
  /** Finishes the document at hand; the job itself goes on at the next start. */
  close(): Promise<void>;
}

export interface JobsParts {
  workspace: Workspace;
  pipeline: RebuildParts;
  now: () => Date;
}

/** Finished jobs beyond this many are forgotten. */
const KEPT_JOBS = 50;

export function createJobs({ workspace, pipeline, now }: JobsParts): Jobs {
  const live = new Map<string, { job: Job; stop: AbortController; ended: Promise<void> }>();
  const listeners = new Map<string, Set<(event: JobEvent) => void>>();
  let last: Promise<void> = Promise.resolve();
  let closing = false;

  const tell = (id: string, event: JobEvent) => {
    for (const listener of listeners.get(id) ?? []) listener(event);
  };

  /** Puts a job at the end of the line. */
  const line = (job: Job) => {
    const stop = new AbortController();
    last = last.then(() => (closing ? undefined : run(job, stop.signal)));
    live.set(job.id, { job, stop, ended: last });
  };

  const create = (task: JobTask, collection: string, total: number): Job => ({
    id: randomUUID(),
    task,
    state: "queued",
    collection,
    createdAt: now().toISOString(),
    finishedAt: null,
    total,
    done: 0,
    failed: 0,
    reports: [],
    message: null,
  });

  async function run(job: Job, signal: AbortSignal): Promise<void> {
    try {
      job.state = "running";
      await workspace.saveJob(job);
      tell(job.id, { name: "job", job });
      for await (const report of reportsOf(job, signal)) {
        job.reports.push(report);
        job.done += 1;
        if (report.problem !== null) job.failed += 1;
        await workspace.saveJob(job);
        tell(job.id, { name: "report", index: job.reports.length - 1, report });
      }
      if (closing && job.done < job.total) return;
      if (signal.aborted) {
        job.state = "failed";
        job.message = `Stopped after ${job.done} of ${job.total} documents.`;
      } else {
        job.state = "done";
      }
    } catch (error) {
      job.state = "failed";
      job.message = toAppError(error).message;
    }
    await finish(job);
  }

  async function finish(job: Job): Promise<void> {
    job.finishedAt = now().toISOString();
    // A full disk must not keep the next job from running; the job is told as it is all the same.
    await workspace.saveJob(job).catch(() => undefined);
    await workspace.dropJobInputs(job.id).catch(() => undefined);
    await forgetOld().catch(() => undefined);
    live.delete(job.id);
    tell(job.id, { name: "job", job });
  }

  function reportsOf(job: Job, signal: AbortSignal): AsyncGenerator<DocumentReport> {
    const options = {
      signal,
      onTotal: (total: number) => {
        job.total = total;
        tell(job.id, { name: "job", job });
      },
    };
    switch (job.task) {
      case "ingest":
        return ingest(inputsOf(job), { collection: job.collection, signal }, pipeline);
      case "rebuild":
        return rebuild(options, pipeline);
      case "reextract":
        return reextract(options, pipeline);
    }
  }

  /** From the first input that has no report yet. */
  async function* inputsOf(job: Job): AsyncGenerator<IngestInput> {
    for (let index = job.reports.length; index < job.total; index += 1) {
      const input = await workspace.jobInput(job.id, index);
      if (input === null) {
        const message = "The input was lost. Give it again.";
        yield { kind: "problem", name: `input ${index + 1}`, problem: { code: "unreadable", message } };
      } else {
        yield toIngestInput(input);
      }
    }
  }

  async function forgetOld(): Promise<void> {
    const finished = (await workspace.jobs()).filter((job) => job.finishedAt !== null);
    for (const job of finished.slice(KEPT_JOBS)) await workspace.deleteJob(job.id);
  }

  return {
    async ingest(inputs, collection) {
      const job = create("ingest", collection, inputs.length);
      // Inputs first: a job without them could not go on after a restart.
      await workspace.saveJobInputs(job.id, inputs);
      await workspace.saveJob(job);
      line(job);
      return structuredClone(job);
    },
    async recompute(task) {
      for (const { job } of live.values()) {
        if (job.task === task) {
          throw new AppError("conflict", `A ${task} runs already (job ${job.id}). Wait until it has finished.`);
        }
      }
      const job = create(task, "", 0);
      await workspace.saveJob(job);
      line(job);
      return structuredClone(job);
    },
    async job(id) {
      return live.get(id)?.job ?? (await workspace.job(id));
    },
    async list() {
      return (await workspace.jobs()).map((job) => ({ ...(live.get(job.id)?.job ?? job), reports: [] }));
    },
    async cancel(id) {
      const entry = live.get(id);
      entry?.stop.abort();
      return Promise.resolve(entry !== undefined);
    },
    async stopCollection(collection) {
      const filling = [...live.values()].filter(({ job }) => job.task === "ingest" && job.collection === collection);
      for (const { stop } of filling) stop.abort();
      await Promise.all(filling.map(({ ended }) => ended));
    },
    listen(id, listener) {
      const own = listeners.get(id) ?? new Set();
      own.add(listener);
      listeners.set(id, own);
      return () => {
        own.delete(listener);
        if (own.size === 0) listeners.delete(id);
      };
    },
    async resume() {
      for (const job of (await workspace.jobs()).reverse()) {
        if (job.finishedAt !== null) {
          // Ended just before the process did.
          await workspace.dropJobInputs(job.id);
          continue;
        }
        // A recomputation goes on by its own spool; this job of it is over.
        if (job.task === "ingest") line(job);
        else await finish({ ...job, state: "failed", message: "The program was stopped. Start it again." });
      }
    },
    async close() {
      closing = true;
      for (const { stop } of live.values()) stop.abort();
      await last;
    },
  };
}
