/**
 * The only place that talks to the server: one function a question, typed by the contract. A refusal becomes an `ApiError` with
 * the server's own sentence; no answer at all becomes one with the code `unreachable`.
 */
import type { GalleryQuery, NewDocument, NewQuery, SavedQuery } from "../../server/contract/api.ts";
import type {
  AcceptedSuggestions,
  AcceptSuggestions,
  DecisionPage,
  NewDecision,
  PossibleDuplicates,
  ReviewPage,
  ToldDecision,
  UndoRequest,
} from "../../server/contract/decisions.ts";
import type { CypherResult, CypherValue } from "../../server/contract/cypher.ts";
import type {
  ClaimPage,
  DocumentPage,
  EntityDetail,
  EntityHits,
  Graph,
  Neighbours,
  Paths,
  StoredDocument,
  Timeline,
  Together,
} from "../../server/contract/graph.ts";
import type { Originals } from "../../server/contract/original.ts";
import type { EdgeType, Language, NodeType } from "../../server/contract/ontology.ts";
import type { DocumentReport, ErrorBody, Health, Job } from "../../server/contract/report.ts";
import type { SavedView, ViewChanges, ViewSummary } from "../../server/contract/view.ts";
import type { ViewBody } from "./graph/saved-view.ts";
import type { Watching } from "../../server/contract/watching.ts";
import type { ViewFilter } from "./graph/visible.ts";

export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: string;
  readonly status: number;
  /** Where in a Cypher text the fault is. */
  readonly position: { start: number; end: number } | null;

  constructor(code: string, message: string, status: number, position: ApiError["position"] = null) {
    super(message);
    this.code = code;
    this.status = status;
    this.position = position;
  }
}

export interface ClaimsQuestion {
  subject?: string;
  object?: string;
  type?: EdgeType;
  document?: string;
  cursor?: string;
  limit?: number;
}

export type Ingested = { kind: "reports"; reports: DocumentReport[] } | { kind: "job"; job: Job };

type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

function address(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === "" || (Array.isArray(value) && value.length === 0)) continue;
    parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === "" ? `/api/${path}` : `/api/${path}?${text}`;
}

async function ask(path: string, init: RequestInit = {}, alsoFine: readonly number[] = []): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: "same-origin", ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError("unreachable", "The server does not answer.", 0);
  }
  if (response.ok) return response;
  if (alsoFine.includes(response.status) && (response.headers.get("content-type") ?? "").includes("json"))
    return response;
  const told = (await response.json().catch(() => null)) as ErrorBody | null;
  // A proxy or a stopped server answers with something that is no JSON of ours.
  if (told?.error === undefined) throw new ApiError("unreachable", "The server does not answer.", response.status);
  throw new ApiError(told.error.code, told.error.message, response.status, told.error.position ?? null);
}

async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  const response = await ask(address(path, query), signal === undefined ? {} : { signal });
  return (await response.json()) as T;
}

async function send<T>(path: string, body: unknown, method: "POST" | "PUT" = "POST"): Promise<T> {
  const response = await ask(`/api/${path}`, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return (response.status === 204 ? undefined : await response.json()) as T;
}

async function remove(path: string): Promise<void> {
  await ask(`/api/${path}`, { method: "DELETE" });
}

function filterQuery(filter: ViewFilter): Query {
  return { ...filter };
}

export const EXPORTS = ["gexf", "graphml", "csv", "json", "ftm", "stix", "cypher", "trig"] as const;

/** Formats of what is shown, or of a saved view. */
export const SHOWN_EXPORTS = ["dossier-html", "dossier-md", "gexf", "graphml", "csv", "json"] as const;
export type ShownExport = (typeof SHOWN_EXPORTS)[number];

export function viewExportAddress(id: string, format: ShownExport, language: Language): string {
  return address(`views/${part(id)}/export`, { format, language });
}

/** Where the browser downloads the graph under a filter. */
export function exportAddress(format: (typeof EXPORTS)[number], filter: ViewFilter): string {
  return address("export", { ...filterQuery(filter), format });
}

const part = encodeURIComponent;

/** Where the browser downloads an original; the one that the text was read from unless told. */
export function originalAddress(document: string, sha256?: string): string {
  return address(`documents/${part(document)}/original`, { sha256 });
}

export const api = {
  health: async (): Promise<Health> => {
    const response = await ask("/api/health", {}, [503]);
    return (await response.json()) as Health;
  },
  signIn: (password: string) => send<unknown>("session", { password }),

  searchEntities: (q: string, limit: number, signal?: AbortSignal, type?: NodeType) =>
    get<EntityHits>("entities", { q, limit, type }, signal),
  searchDocuments: (q: string, limit: number, signal?: AbortSignal) =>
    get<DocumentPage>("documents", { q, limit }, signal),
  entity: (id: string) => get<EntityDetail>(`entities/${part(id)}`),
  neighbours: (id: string, limit: number, filter: ViewFilter, relationships?: readonly EdgeType[]) =>
    get<Neighbours>(`entities/${part(id)}/neighbours`, {
      ...filterQuery(filter),
      ...(relationships === undefined ? {} : { relationships }),
      limit,
    }),
  overview: (filter: ViewFilter) => get<Graph>("graph", filterQuery(filter)),
  /** In a body: the ids of a large view fit in no address. */
  subgraph: (ids: readonly string[], filter: ViewFilter) => send<Graph>("graph", { ...filter, ids }),
  /** Without ids of the whole graph. */
  timeline: (ids: readonly string[] | null, filter: ViewFilter) =>
    send<Timeline>("timeline", { ...filter, ...(ids === null ? {} : { ids }) }),
  paths: (from: string, to: string, max: number, filter: ViewFilter) =>
    // `from` and `to` are the ends here; the days of the filter have names of their own.
    get<Paths>("paths", { ...filterQuery(filter), dateFrom: filter.from, dateTo: filter.to, from, to, max }),
  claims: (question: ClaimsQuestion) =>
    // Evidence shows what speaks against an edge as well.
    get<ClaimPage>("claims", { ...question, standing: ["stated", "alleged", "planned", "denied"] }),
  together: (entity: string, limit: number) => get<Together>("together", { entity, limit }),

  documents: (cursor?: string) => get<DocumentPage>("documents", { limit: 50, cursor }),
  document: (id: string) => get<StoredDocument>(`documents/${part(id)}`),
  watching: () => get<Watching>("watching"),
  originals: (id: string) => get<Originals>(`documents/${part(id)}/originals`),
  deleteDocument: (id: string) => remove(`documents/${part(id)}`),
  deleteCollection: (name: string) => remove(`collections/${part(name)}`),

  ingestText: async (document: NewDocument): Promise<Ingested> => ingested(await send("documents", document)),
  ingestFiles: async (files: readonly File[]): Promise<Ingested> => {
    const form = new FormData();
    for (const file of files) form.append("files", file, file.name);
    const response = await ask("/api/documents", { method: "POST", body: form });
    return ingested((await response.json()) as { reports: DocumentReport[] } | { job: Job });
  },
  /** Tells the job at every change until it ends. Returns the way to stop listening. */
  watchJob: (id: string, onJob: (job: Job) => void, onLost: (message: string) => void): (() => void) => {
    const source = new EventSource(`/api/jobs/${part(id)}/events`);
    let job: Job | null = null;
    const tell = (next: Job) => {
      job = next;
      onJob(next);
      if (next.finishedAt !== null) source.close();
    };
    source.addEventListener("job", ({ data }: MessageEvent<string>) => tell(JSON.parse(data) as Job));
    source.addEventListener("report", ({ data }: MessageEvent<string>) => {
      const { report } = JSON.parse(data) as { report: DocumentReport };
      if (job === null) return;
      const failed = job.failed + (report.problem === null ? 0 : 1);
      tell({ ...job, reports: [...job.reports, report], done: job.done + 1, failed });
    });
    source.onerror = () => {
      // The browser connects again by itself unless the server refused.
      if (source.readyState === EventSource.CLOSED && job?.finishedAt == null) onLost("The server does not answer.");
    };
    return () => source.close();
  },

  review: (filter: ViewFilter, limit: number) => get<ReviewPage>("review", { ...filterQuery(filter), limit }),
  suggestions: (limit: number, entity?: string) => get<PossibleDuplicates>("suggestions", { limit, entity }),
  acceptSuggestions: (body: AcceptSuggestions) => send<AcceptedSuggestions>("suggestions/accept", body),
  decide: (decision: NewDecision) => send<ToldDecision>("decisions", decision),
  decisions: (question: {
    entity?: string;
    claim?: string;
    document?: string;
    limit?: number;
    cursor?: string | undefined;
  }) => get<DecisionPage>("decisions", question),
  undoDecision: (id: string, request: UndoRequest) => send<ToldDecision>(`decisions/${part(id)}/undo`, request),

  views: () => get<ViewSummary[]>("views"),
  view: (id: string) => get<SavedView>(`views/${part(id)}`),
  viewChanges: (id: string) => get<ViewChanges>(`views/${part(id)}/changes`),
  saveView: (body: ViewBody, basedOn: string | null) =>
    send<SavedView>("views", basedOn === null ? body : { ...body, basedOn }),
  changeView: (id: string, body: ViewBody, refresh: boolean) =>
    send<SavedView>(`views/${part(id)}`, { ...body, refresh }, "PUT"),
  deleteView: (id: string) => remove(`views/${part(id)}`),
  /** What is shown, as a file. */
  exportShown: async (
    format: ShownExport,
    ids: readonly string[],
    filter: ViewFilter,
    language: Language,
    title: string,
  ): Promise<Blob> => {
    const response = await ask("/api/export", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ format, ids, filter, language, title }),
    });
    return response.blob();
  },

  gallery: () => get<{ queries: GalleryQuery[] }>("gallery"),
  savedQueries: () => get<SavedQuery[]>("queries"),
  saveQuery: (query: NewQuery) => send<SavedQuery>("queries", query),
  changeQuery: (id: string, query: NewQuery) => send<SavedQuery>(`queries/${part(id)}`, query, "PUT"),
  deleteQuery: (id: string) => remove(`queries/${part(id)}`),
  cypher: (query: string, params: Record<string, CypherValue>) => send<CypherResult>("cypher", { query, params }),
};

export type Api = typeof api;

function ingested(answer: { reports: DocumentReport[] } | { job: Job }): Ingested {
  return "job" in answer ? { kind: "job", job: answer.job } : { kind: "reports", reports: answer.reports };
}
