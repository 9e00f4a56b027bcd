/** `/api/documents`: articles in, articles out. */
import type { Request } from "express";
import { z } from "zod";
import {
  acceptedSchema,
  formFieldsSchema,
  IMMEDIATE_TEXT_CHARACTERS,
  ingestedSchema,
  newDocumentSchema,
} from "../../contract/api.ts";
import { ADDRESS_MEDIA_TYPE, PROBLEM_MEDIA_TYPE } from "../../contract/document.ts";
import { documentPageSchema, storedDocumentSchema, type DocumentReference } from "../../contract/graph.ts";
import type { DocumentReport } from "../../contract/report.ts";
import { AppError } from "../../errors.ts";
import { EXTRACTION_LINES_TYPE, holdsExtractions, readLines } from "../../extraction-lines.ts";
import { ingest, toIngestInput } from "../../ingest.ts";
import { isArchive } from "../../reading/archive-names.ts";
import { unpack } from "../../reading/archive.ts";
import { withdrawDocuments } from "../../views.ts";
import type { JobInput } from "../../workspace/workspace.ts";
import { limitOf } from "../filter-query.ts";
import type { HttpParts } from "../parts.ts";
import { check, defineRoute, notFound, ok, type Route } from "../route.ts";

const DEFAULT_COLLECTION = "default";

const formSchema = z.object({ ...formFieldsSchema.shape, files: z.array(z.string()) });
const idSchema = z.object({ id: z.string() });

export function documentRoutes(parts: HttpParts): Route[] {
  return [
    defineRoute({
      method: "post",
      path: "/api/documents",
      tag: "documents",
      summary: "Ingests one text, files, or the page at an address",
      description:
        `JSON for one text, or for a web address ("url" without "text", always a job); multipart/form-data with one or more "files" (text, Markdown, HTML, PDF, Word, mail, ZIP files of these, or the JSON lines of "extract"). ` +
        `One document of at most ${IMMEDIATE_TEXT_CHARACTERS} characters is ingested at once; anything else becomes a job.`,
      body: newDocumentSchema,
      multipart: formSchema,
      responses: {
        201: { description: "Ingested: a report a document", schema: ingestedSchema },
        202: { description: "Accepted: the job that ingests them", schema: acceptedSchema },
      },
      async handle({ body, request }) {
        const { inputs, collection } =
          request.is("multipart/form-data") === false ? inputOfBody(body) : await inputsOfForm(request);
        const [only, second] = inputs;
        if (only === undefined) throw new AppError("invalid_input", 'The form holds no file in the field "files".');
        if (second !== undefined || (await isLong(only, parts))) {
          return { status: 202, body: { job: await parts.jobs.ingest(inputs, collection) } };
        }
        const reports: DocumentReport[] = [];
        for await (const report of ingest([toIngestInput(only)], { collection }, parts.pipeline)) reports.push(report);
        return { status: 201, body: { reports } };
      },
    }),
    defineRoute({
      method: "get",
      path: "/api/documents",
      tag: "documents",
      summary: "Lists articles, latest first, or finds those with the words of q",
      description:
        'Each word of q begins a word of the article; a "phrase in quotes" stands there whole; -word does not.',
      query: z.object({
        q: z.string().max(500).optional(),
        collection: z.string().optional(),
        limit: limitOf(20, 200),
        cursor: z.string().optional(),
      }),
      responses: { 200: { description: "One page", schema: documentPageSchema } },
      handle: async ({ query }) => ok(await (await parts.store()).documents(query)),
    }),
    defineRoute({
      method: "get",
      path: "/api/documents/{id}",
      tag: "documents",
      summary: "One article with its text, mentions and claims",
      params: idSchema,
      responses: { 200: { description: "The article", schema: storedDocumentSchema } },
      async handle({ params }) {
        const document = await (await parts.store()).document(params.id);
        if (document === null) throw notFound("document", params.id);
        return ok(document);
      },
    }),
    defineRoute({
      method: "delete",
      path: "/api/documents/{id}",
      tag: "documents",
      summary: "Takes an article out, with what only it told",
      params: idSchema,
      responses: { 204: { description: "Deleted" } },
      async handle({ params }) {
        const store = await parts.store();
        const deleted = await parts.pipeline.queue.run(async () => {
          const done = await store.deleteDocument(params.id);
          const isGone = ({ id }: DocumentReference) => id === params.id;
          if (done) await withdrawDocuments(isGone, { store, workspace: parts.workspace });
          return done;
        });
        if (!deleted) throw notFound("document", params.id);
        return { status: 204 };
      },
    }),
  ];
}

interface Given {
  inputs: JobInput[];
  collection: string;
}

function inputOfBody(body: z.infer<typeof newDocumentSchema>): Given {
  const { text, collection, ...hints } = body;
  if (text === undefined) {
    // The page tells its own address, after redirects.
    const { url, ...known } = hints;
    return { inputs: [addressInput(url ?? "", known)], collection: collection ?? DEFAULT_COLLECTION };
  }
  const name = hints.title ?? hints.url ?? "text";
  const input: JobInput = { name, mediaType: "text/plain; charset=utf-8", bytes: Buffer.from(text, "utf8"), hints };
  return { inputs: [input], collection: collection ?? DEFAULT_COLLECTION };
}

function addressInput(address: string, hints: JobInput["hints"]): JobInput {
  return { name: address, mediaType: ADDRESS_MEDIA_TYPE, bytes: Buffer.from(address, "utf8"), hints };
}

async function inputsOfForm(request: Request): Promise<Given> {
  const fields = Object.fromEntries(
    Object.entries((request.body ?? {}) as Record<string, unknown>).filter(([, value]) => value !== ""),
  );
  const { collection, ...hints } = check(formFieldsSchema, fields, "The form");
  const inputs: JobInput[] = [];
  for (const file of Array.isArray(request.files) ? request.files : []) {
    const name = file.originalname === "" ? "file" : file.originalname;
    if (holdsExtractions(name, file.mimetype)) {
      inputs.push(...(await lineInputs(name, file.buffer)));
    } else if (file.mimetype === ADDRESS_MEDIA_TYPE) {
      inputs.push(addressInput(file.buffer.toString("utf8").trim(), hints));
    } else if (isArchive(name, file.mimetype)) {
      inputs.push(...(await archiveInputs({ name, bytes: file.buffer, hints })));
    } else {
      inputs.push({ name, mediaType: told(file.mimetype), bytes: file.buffer, hints });
    }
  }
  return { inputs, collection: collection ?? DEFAULT_COLLECTION };
}

/** One input a file in it: a job counts articles, and what cannot be read is told in its place. */
async function archiveInputs(archive: Pick<JobInput, "name" | "bytes" | "hints">): Promise<JobInput[]> {
  const inputs: JobInput[] = [];
  for await (const found of unpack(archive)) {
    if (found.problem === null) {
      inputs.push({ name: found.input.name, mediaType: null, bytes: found.input.bytes, hints: archive.hints });
    } else {
      const bytes = Buffer.from(JSON.stringify(found.problem), "utf8");
      inputs.push({ name: found.name, mediaType: PROBLEM_MEDIA_TYPE, bytes, hints: {} });
    }
  }
  return inputs;
}

/** One input a line, so that a job knows how much there is and goes on at the right one. */
async function lineInputs(name: string, bytes: Uint8Array): Promise<JobInput[]> {
  const found: { number: number; bytes: Uint8Array }[] = [];
  for await (const { number, line } of readLines([bytes])) {
    found.push({ number, bytes: Buffer.from(line ?? "", "utf8") });
  }
  if (found.length === 0) found.push({ number: 1, bytes: Buffer.alloc(0) });
  return found.map(({ number, bytes: line }) => ({
    name: found.length === 1 ? name : `${name}, line ${number}`,
    mediaType: EXTRACTION_LINES_TYPE,
    bytes: line,
    hints: {},
  }));
}

/** A type that says nothing leaves the reader to find out. */
function told(mediaType: string): string | null {
  return mediaType === "" || mediaType === "application/octet-stream" ? null : mediaType;
}

async function isLong(input: JobInput, parts: HttpParts): Promise<boolean> {
  // However short the page is, its server may take its time.
  if (input.mediaType === ADDRESS_MEDIA_TYPE) return true;
  if (input.bytes.length <= IMMEDIATE_TEXT_CHARACTERS) return false;
  if (input.mediaType === EXTRACTION_LINES_TYPE) return true;
  const outcome = await parts.pipeline.read(input);
  return "document" in outcome && outcome.document.text.length > IMMEDIATE_TEXT_CHARACTERS;
}
