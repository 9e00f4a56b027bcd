/** `/api/jobs`: what runs longer than a request, with its progress. */
import type { Response } from "express";
import { z } from "zod";
import { acceptedSchema } from "../../contract/api.ts";
import { jobSchema, type Job } from "../../contract/report.ts";
import type { JobEvent } from "../jobs.ts";
import type { HttpParts } from "../parts.ts";
import { defineRoute, notFound, ok, type Route } from "../route.ts";

const idSchema = z.object({ id: z.string() });
const HEARTBEAT_MS = 15_000;

export function jobRoutes(parts: HttpParts): Route[] {
  const find = async (id: string): Promise<Job> => {
    const job = await parts.jobs.job(id);
    if (job === null) throw notFound("job", id);
    return job;
  };
  return [
    defineRoute({
      method: "get",
      path: "/api/jobs",
      tag: "jobs",
      summary: "The jobs, latest first, without their reports",
      responses: { 200: { description: "The jobs", schema: z.array(jobSchema) } },
      handle: async () => ok(await parts.jobs.list()),
    }),
    defineRoute({
      method: "post",
      path: "/api/jobs",
      tag: "jobs",
      summary: "Computes the graph again: from the stored extractions, or with the present extractor",
      body: z.strictObject({ task: z.enum(["rebuild", "reextract"]) }),
      responses: { 202: { description: "Accepted", schema: acceptedSchema } },
      handle: async ({ body }) => ({ status: 202, body: { job: await parts.jobs.recompute(body.task) } }),
    }),
    defineRoute({
      method: "get",
      path: "/api/jobs/{id}",
      tag: "jobs",
      summary: "One job with a report a document",
      params: idSchema,
      responses: { 200: { description: "The job", schema: jobSchema } },
      handle: async ({ params }) => ok(await find(params.id)),
    }),
    defineRoute({
      method: "delete",
      path: "/api/jobs/{id}",
      tag: "jobs",
      summary: "Ends a job after the document at hand",
      params: idSchema,
      responses: { 202: { description: "It ends; its events tell when", schema: acceptedSchema } },
      async handle({ params }) {
        const job = await find(params.id);
        await parts.jobs.cancel(params.id);
        return { status: 202, body: { job } };
      },
    }),
    defineRoute({
      method: "get",
      path: "/api/jobs/{id}/events",
      tag: "jobs",
      summary: "The progress of a job as server-sent events, until it has ended",
      description:
        "Event `job`: the whole job, first and at every change of its state. " +
        "Event `report`: `{index, report}`, one a document. The stream ends with the job.",
      params: idSchema,
      responses: { 200: { description: "The events", mediaTypes: ["text/event-stream"] } },
      async handle({ params }) {
        const job = await find(params.id);
        return { write: (response) => stream(job, response, parts) };
      },
    }),
  ];
}

function stream(job: Job, response: Response, parts: HttpParts): Promise<void> {
  return new Promise((resolve) => {
    response.status(200).set({
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-cache, no-transform",
      "X-Accel-Buffering": "no",
    });
    const send = (event: JobEvent) => {
      const { name, ...rest } = event;
      const data = name === "job" ? event.job : rest;
      response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
      if (name === "job" && event.job.finishedAt !== null) response.end();
    };
    const heartbeat = setInterval(() => response.write(": still here\n\n"), HEARTBEAT_MS);
    const stopListening = parts.jobs.listen(job.id, send);
    response.on("close", () => {
      clearInterval(heartbeat);
      stopListening();
      resolve();
    });
    send({ name: "job", job });
  });
}
