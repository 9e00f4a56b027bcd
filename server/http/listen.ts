/**
 * The app on a socket: starts, goes on with what the last process left, ingests the samples into a new store, stops without
 * cutting a write.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Logger } from "pino";
import type { Program, RunningServer, ServeOptions } from "../commands/command.ts";
import type { GalleryQuery } from "../contract/api.ts";
import { SAMPLES_COLLECTION, type Health } from "../contract/report.ts";
import { AppError } from "../errors.ts";
import { resumeRebuild } from "../rebuild.ts";
import { createApp } from "./app.ts";
import { createJobs, type Jobs } from "./jobs.ts";
import { readSamples } from "./samples.ts";

export interface ListenOptions extends ServeOptions {
  program: Program;
  log: Logger;
  model: () => Promise<Health["model"]>;
  gallery: readonly GalleryQuery[];
  clientFolder: string;
  samplesFolder: string;
}

/** Requests that are still open then are cut: streams of events end only with their reader. */
const FAREWELL_MS = 2_000;

/** @throws AppError `port_in_use`, `bad_setting`, and whatever the store says when it cannot be opened. */
export async function listen(options: ListenOptions): Promise<RunningServer> {
  const { program, log } = options;
  const { config, workspace, pipeline } = program;
  const now = pipeline.now;
  // A store that cannot be opened ends the start, not the first request.
  await program.store();
  const jobs = createJobs({ workspace, pipeline, now });
  const app = await createApp({
    version: program.version,
    workspace,
    pipeline,
    watchBook: program.watchBook,
    actorLists: program.actorLists,
    jobs,
    decisions: program.decisions,
    ontology: () => program.ontology(),
    store: () => program.store(),
    model: options.model,
    gallery: options.gallery,
    storeKind: config.neo4j === null ? "embedded" : "neo4j",
    password: config.password,
    token: options.token,
    host: config.host,
    clientFolder: options.clientFolder,
    log,
    now,
  });
  const server = createServer(app);
  await bind(server, config.port, config.host);
  const begun = startWork(options, jobs).catch((error: unknown) =>
    log.error({ err: error }, "start of the jobs failed"),
  );

  return {
    address: addressOf(server, config.host),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      await begun;
      await jobs.close();
      await pipeline.queue.idle();
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), FAREWELL_MS);
      await closed;
      clearTimeout(cut);
    },
  };
}

/** What the last process left first, then the samples. */
async function startWork(options: ListenOptions, jobs: Jobs): Promise<void> {
  const { program, onMessage } = options;
  let resumed = 0;
  for await (const report of resumeRebuild(program.pipeline)) {
    if (resumed === 0) onMessage("A rebuild was cut short; going on with it.");
    if (report.problem !== null) onMessage(`${report.name}: ${report.problem.message}`);
    resumed += 1;
  }
  await program.decisions.catchUp();
  await jobs.resume();
  if (options.samples) await offerSamples(options, jobs);
}

async function offerSamples({ program, samplesFolder, onSample, onMessage }: ListenOptions, jobs: Jobs): Promise<void> {
  const { workspace } = program;
  const store = await program.store();
  if (store.kind !== "embedded" || (await workspace.wasDone("samples"))) return;
  const left = (await jobs.list()).find((job) => job.collection === SAMPLES_COLLECTION && job.finishedAt === null);
  if (left === undefined && (await store.counts()).documents > 0) return;
  const job = left ?? (await jobs.ingest(await readSamples(samplesFolder), SAMPLES_COLLECTION));
  const stop = jobs.listen(job.id, (event) => {
    if (event.name === "report") {
      onSample(event.report, event.index + 1, job.total);
      return;
    }
    if (event.job.finishedAt === null) return;
    stop();
    if (event.job.state === "done") void workspace.markDone("samples");
    else onMessage(`The samples could not be ingested: ${event.job.message ?? "unknown reason"}`);
  });
}

function bind(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => reject(bindFault(cause, port, host)));
    server.listen(port, host, () => resolve());
  });
}

function bindFault(cause: NodeJS.ErrnoException, port: number, host: string): AppError {
  switch (cause.code) {
    case "EADDRINUSE":
      return new AppError(
        "port_in_use",
        `Port ${port} of ${host} is used by another program. Stop that program, or choose another port: --port ${port + 1}.`,
        { cause },
      );
    case "EACCES":
      return new AppError("bad_setting", `Port ${port} needs rights that you do not have. Choose one above 1023.`, {
        cause,
      });
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new AppError(
        "bad_setting",
        `HOST ${host} is no address of this machine. Use 127.0.0.1 or one of its own.`,
        {
          cause,
        },
      );
    default:
      return new AppError("internal", `The server cannot listen on ${host}:${port} (${cause.message}).`, { cause });
  }
}

function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}
