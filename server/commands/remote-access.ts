/**
 * The graph through the server that owns the store: the same HTTP interface that the page uses, with the server's token.
 */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { acceptedSchema, ingestedSchema } from "../contract/api.ts";
import { cypherResultSchema } from "../contract/cypher.ts";
import {
  acceptedSuggestionsSchema,
  decisionPageSchema,
  possibleDuplicatesSchema,
  reviewPageSchema,
  toldDecisionSchema,
} from "../contract/decisions.ts";
import type { DocumentHints } from "../contract/document.ts";
import type { Filter } from "../contract/filter.ts";
import { verificationSchema } from "../contract/original.ts";
import { documentReportSchema, errorBodySchema, jobSchema, type Job } from "../contract/report.ts";
import { AppError, ERROR_CODES, type ErrorCode } from "../errors.ts";
import { EXTRACTION_LINES_TYPE, readLines } from "../extraction-lines.ts";
import { failedReport, type IngestInput } from "../ingest.ts";
import type { FollowOptions, GraphAccess } from "./graph-access.ts";
import type { Owner } from "./owner.ts";

/** One request carries at most this much, so that neither side holds a whole archive. */
const BATCH_BYTES = 4_000_000;
const BATCH_DOCUMENTS = 50;

interface BatchFile {
  name: string;
  hints: DocumentHints;
  mediaType: string | null;
  bytes: Uint8Array;
}

export function remoteAccess(owner: Pick<Owner, "address" | "token">): GraphAccess {
  async function request(method: string, path: string, body?: unknown): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(`${owner.address}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${owner.token}`,
          ...(body === undefined || body instanceof FormData ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
      });
    } catch (cause) {
      throw lost(owner, cause);
    }
    if (!response.ok) throw await faultOf(response);
    return response;
  }

  /** Null when there is no such thing. */
  async function requestKnown(method: string, path: string): Promise<Response | null> {
    try {
      return await request(method, path);
    } catch (error) {
      if (error instanceof AppError && error.code === "not_found") return null;
      throw error;
    }
  }

  async function follow(job: Job, { signal, onReport, onTotal }: FollowOptions): Promise<void> {
    const cancel = () => {
      // The stream below ends when the server has finished the document at hand.
      request("DELETE", `/api/jobs/${job.id}`).catch(() => undefined);
    };
    signal.addEventListener("abort", cancel, { once: true });
    if (signal.aborted) cancel();
    let told = 0;
    let last = job;
    const tell = async (reports: Job["reports"]) => {
      for (const report of reports.slice(told)) {
        told += 1;
        await onReport(report);
      }
    };
    try {
      const response = await request("GET", `/api/jobs/${job.id}/events`);
      for await (const event of serverSentEvents(response, owner)) {
        if (event.name === "job") {
          last = jobSchema.parse(JSON.parse(event.data));
          onTotal?.(last.total);
          await tell(last.reports);
        } else if (event.name === "report") {
          const { index, report } = reportEventSchema.parse(JSON.parse(event.data));
          if (index === told) {
            told += 1;
            await onReport(report);
          }
        }
      }
    } finally {
      signal.removeEventListener("abort", cancel);
    }
    if (last.state === "failed" && !signal.aborted) {
      throw new AppError("internal", last.message ?? "The server ended the job.");
    }
  }

  return {
    async ingest(inputs, collection, options) {
      for await (const batch of batches(inputs)) {
        if (options.signal.aborted) return;
        if ("problem" in batch) {
          await options.onReport(failedReport(batch.name, null, batch.problem));
          continue;
        }
        const form = new FormData();
        form.append("collection", collection);
        for (const [name, value] of Object.entries(batch.files[0]?.hints ?? {})) {
          if (value !== undefined) form.append(name, String(value));
        }
        for (const file of batch.files) {
          const type = file.mediaType ?? "application/octet-stream";
          form.append("files", new Blob([Uint8Array.from(file.bytes)], { type }), file.name);
        }
        const response = await request("POST", "/api/documents", form);
        const body: unknown = await response.json();
        if (response.status === 202) {
          await follow(acceptedSchema.parse(body).job, options);
        } else {
          for (const report of ingestedSchema.parse(body).reports) await options.onReport(report);
        }
      }
    },
    async recompute(task, options) {
      const response = await request("POST", "/api/jobs", { task });
      await follow(acceptedSchema.parse(await response.json()).job, options);
    },
    async query(query, params, limit) {
      const response = await request("POST", "/api/cypher", { query, params, limit });
      return cypherResultSchema.parse(await response.json());
    },
    async *export(format, filter, language) {
      const query = new URLSearchParams({ format, language, ...asQuery(filter) });
      const response = await request("GET", `/api/export?${query.toString()}`);
      if (response.body !== null) yield* chunksOf(response.body, owner);
    },
    async *exportView(format, id, language) {
      const query = new URLSearchParams({ format, language });
      const response = await request("GET", `/api/views/${encodeURIComponent(id)}/export?${query.toString()}`);
      if (response.body !== null) yield* chunksOf(response.body, owner);
    },
    async *bulkFile({ name }) {
      const response = await request("GET", `/api/bulk/${name}`);
      if (response.body !== null) yield* chunksOf(response.body, owner);
    },
    async deleteCollection(name) {
      const response = await requestKnown("DELETE", `/api/collections/${encodeURIComponent(name)}`);
      return response === null ? 0 : z.object({ documents: z.number() }).parse(await response.json()).documents;
    },
    async deleteDocument(id) {
      return (await requestKnown("DELETE", `/api/documents/${encodeURIComponent(id)}`)) !== null;
    },
    async decide(decision) {
      return toldDecisionSchema.parse(await (await request("POST", "/api/decisions", decision)).json());
    },
    async undo(decision, asked) {
      const response = await request("POST", `/api/decisions/${encodeURIComponent(decision)}/undo`, asked);
      return toldDecisionSchema.parse(await response.json());
    },
    async history(query) {
      const response = await request("GET", `/api/decisions?${parametersOf({ ...query })}`);
      return decisionPageSchema.parse(await response.json());
    },
    async suggestions(query) {
      const response = await request("GET", `/api/suggestions?${parametersOf({ ...query })}`);
      return possibleDuplicatesSchema.parse(await response.json());
    },
    async acceptSuggestions(asked) {
      return acceptedSuggestionsSchema.parse(await (await request("POST", "/api/suggestions/accept", asked)).json());
    },
    async review(limit) {
      return reviewPageSchema.parse(await (await request("GET", `/api/review?limit=${limit}`)).json());
    },
    async annotated(document) {
      return (await request("GET", `/api/documents/${encodeURIComponent(document)}/annotated`)).text();
    },
    async *verify(signal) {
      const response = await request("GET", "/api/verification");
      if (response.body === null) return;
      for await (const { line } of readLines(chunksOf(response.body, owner))) {
        if (signal.aborted) return;
        if (line !== null) yield verificationSchema.parse(JSON.parse(line));
      }
    },
  };
}

function parametersOf(values: Readonly<Record<string, string | number | boolean | undefined>>): string {
  const told = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) told.set(name, String(value));
  return told.toString();
}

type Batch = { files: BatchFile[] } | Extract<IngestInput, { kind: "problem" }>;

async function* batches(inputs: AsyncIterable<IngestInput>): AsyncGenerator<Batch> {
  let files: BatchFile[] = [];
  let bytes = 0;
  for await (const input of inputs) {
    if (input.kind === "problem") {
      if (files.length > 0) yield { files };
      files = [];
      bytes = 0;
      yield input;
      continue;
    }
    const file = fileOf(input);
    const isFull = bytes + file.bytes.length > BATCH_BYTES || files.length >= BATCH_DOCUMENTS;
    // A form tells its hints once for all of its files.
    const fits = files[0] === undefined || isDeepStrictEqual(files[0].hints, file.hints);
    if (files.length > 0 && (isFull || !fits)) {
      yield { files };
      files = [];
      bytes = 0;
    }
    files.push(file);
    bytes += file.bytes.length;
  }
  if (files.length > 0) yield { files };
}

function fileOf(input: Exclude<IngestInput, { kind: "problem" }>): BatchFile {
  const { name } = input;
  if (input.kind === "source") return { name, mediaType: input.mediaType, bytes: input.bytes, hints: input.hints };
  const bytes = Buffer.from(JSON.stringify(input.extraction), "utf8");
  return { name, mediaType: EXTRACTION_LINES_TYPE, bytes, hints: {} };
}

function asQuery(filter: Filter): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

const reportEventSchema = z.object({ index: z.number().int(), report: documentReportSchema });

/** Events of a stream, until the server ends it. */
async function* serverSentEvents(
  response: Response,
  owner: Pick<Owner, "address">,
): AsyncGenerator<{ name: string; data: string }> {
  if (response.body === null) return;
  const decoder = new TextDecoder();
  let pending = "";
  for await (const chunk of chunksOf(response.body, owner)) {
    pending += decoder.decode(chunk, { stream: true });
    for (let end = pending.indexOf("\n\n"); end !== -1; end = pending.indexOf("\n\n")) {
      const lines = pending.slice(0, end).split("\n");
      pending = pending.slice(end + 2);
      const field = (name: string) =>
        lines
          .filter((line) => line.startsWith(`${name}: `))
          .map((line) => line.slice(name.length + 2))
          .join("\n");
      const data = field("data");
      if (data !== "") yield { name: field("event"), data };
    }
  }
}

async function* chunksOf(body: ReadableStream<Uint8Array>, owner: Pick<Owner, "address">): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  for (;;) {
    let step;
    try {
      step = await reader.read();
    } catch (cause) {
      throw lost(owner, cause);
    }
    if (step.done) return;
    yield step.value;
  }
}

async function faultOf(response: Response): Promise<AppError> {
  const parsed = errorBodySchema.safeParse(await response.json().catch(() => null));
  if (!parsed.success) {
    return new AppError("internal", `The server answered ${response.status} without saying why.`);
  }
  const { code, message, issues, position } = parsed.data.error;
  return new AppError(isErrorCode(code) ? code : "internal", message, {
    ...(issues === undefined ? {} : { issues }),
    ...(position === undefined ? {} : { position }),
  });
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CODES, code);
}

function lost(owner: Pick<Owner, "address">, cause: unknown): AppError {
  return new AppError(
    "store_unreachable",
    `The server at ${owner.address} that owns the store stopped answering. ` +
      "What it had begun goes on when it is started again; run the command again after that.",
    { cause },
  );
}
