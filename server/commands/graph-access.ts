/**
 * How a command reaches the graph: through the process that owns the store when there is one, else by opening the store itself.
 * Both ways are one interface, so that no command knows the difference.
 */
import type { CypherResult, CypherValue } from "../contract/cypher.ts";
import type {
  AcceptedSuggestions,
  AcceptSuggestions,
  DecisionPage,
  NewDecision,
  PossibleDuplicates,
  ReviewPage,
  ToldDecision,
  UndoRequest,
} from "../contract/decisions.ts";
import type { HistoryQuery } from "../decisions/decisions.ts";
import type { SuggestionQuery } from "../decisions/suggestions.ts";
import type { Filter } from "../contract/filter.ts";
import type { Language } from "../contract/ontology.ts";
import type { Verification } from "../contract/original.ts";
import type { DocumentReport, JobTask } from "../contract/report.ts";
import { AppError } from "../errors.ts";
import type { BulkFile } from "../export/bulk-files.ts";
import type { ExportFormat } from "../export/formats.ts";
import type { ViewFormat } from "../export/view-source.ts";
import type { IngestInput } from "../ingest.ts";
import type { CommandContext, Program } from "./command.ts";
import { localAccess } from "./local-access.ts";
import { findOwner } from "./owner.ts";
import { remoteAccess } from "./remote-access.ts";

export interface FollowOptions {
  /** When aborted, what is begun is finished and nothing else is begun. */
  signal: AbortSignal;
  onReport: (report: DocumentReport) => Promise<void> | void;
  onTotal?: (total: number) => void;
}

export interface GraphAccess {
  ingest(inputs: AsyncIterable<IngestInput>, collection: string, options: FollowOptions): Promise<void>;
  recompute(task: Exclude<JobTask, "ingest">, options: FollowOptions): Promise<void>;
  query(cypher: string, params: Record<string, CypherValue>, rows: number): Promise<CypherResult>;
  /** The language is that of dossiers. */
  export(format: ExportFormat, filter: Filter, language: Language): AsyncIterable<string | Uint8Array>;
  /** The frozen copy of a saved view. */
  exportView(format: ViewFormat, id: string, language: Language): AsyncIterable<string | Uint8Array>;
  /** One of the files that hold the whole graph. */
  bulkFile(file: BulkFile): AsyncIterable<string | Uint8Array>;
  /** Number of documents removed. */
  deleteCollection(name: string): Promise<number>;
  /** False when unknown. */
  deleteDocument(id: string): Promise<boolean>;
  /** One a document, while they are checked. */
  verify(signal: AbortSignal): AsyncIterable<Verification>;
  decide(request: NewDecision): Promise<ToldDecision>;
  undo(decision: string, request: UndoRequest): Promise<ToldDecision>;
  history(query: HistoryQuery): Promise<DecisionPage>;
  suggestions(query: SuggestionQuery): Promise<PossibleDuplicates>;
  acceptSuggestions(request: AcceptSuggestions): Promise<AcceptedSuggestions>;
  review(limit: number): Promise<ReviewPage>;
  /** A document as an annotated article. */
  annotated(document: string): Promise<string>;
}

const OWNER_APPEARS_MS = 6_000;
const LOOK_AGAIN_MS = 400;

/** Runs `work` with the graph at hand, and closes what was opened for it. */
export async function withGraph<T>(
  program: Program,
  context: CommandContext,
  work: (graph: GraphAccess) => Promise<T>,
): Promise<T> {
  try {
    return await work(await reach(program, context));
  } finally {
    await program.close();
  }
}

async function reach(program: Program, context: CommandContext): Promise<GraphAccess> {
  const { dataFolder } = program.config;
  const owner = await findOwner(dataFolder, program.storeName);
  if (owner !== null) return remoteAccess(owner);
  const patienceEnds = Date.now() + OWNER_APPEARS_MS;
  for (;;) {
    try {
      await program.store();
      return await localAccess(program, (line) => context.stderr.write(`${line}\n`));
    } catch (error) {
      // A server that is just starting owns the store a moment before it tells its address.
      if (!(error instanceof AppError && error.code === "store_in_use") || Date.now() > patienceEnds) throw error;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      const late = await findOwner(dataFolder, program.storeName);
      if (late !== null) return remoteAccess(late);
    }
  }
}
