/**
 * Adding articles: what is being read, its progress, and what came out.
 */
import type { NewDocument } from "../../../server/contract/api.ts";
import type { DocumentReport } from "../../../server/contract/report.ts";
import { ApiError } from "../api.ts";
import type { Articles } from "./articles.ts";
import { messageOf, type Context } from "./context.ts";
import type { Overview } from "./overview.ts";

export function createIngestion(
  { store, api, report }: Context,
  { openArticle, showArticleGraph }: Articles,
  { refreshHealth, refreshView, forget }: Overview,
) {
  const { getState, setState } = store;
  let stopWatching: (() => void) | null = null;

  async function ingest(given: { text: NewDocument } | { files: readonly File[] }): Promise<void> {
    const names = "files" in given ? given.files.map((file) => file.name) : [given.text.title ?? given.text.url ?? ""];
    setState({ ingestion: { state: "working", job: null, names } });
    try {
      const outcome = "files" in given ? await api.ingestFiles(given.files) : await api.ingestText(given.text);
      if (outcome.kind === "reports") {
        ingested(outcome.reports, null);
        return;
      }
      stopWatching?.();
      setState({ ingestion: { state: "working", job: outcome.job, names } });
      stopWatching = api.watchJob(
        outcome.job.id,
        (job) => {
          if (job.finishedAt === null) setState({ ingestion: { state: "working", job, names } });
          else ingested(job.reports, job.message);
        },
        (message) => setState({ ingestion: { state: "form", message } }),
      );
    } catch (error) {
      const message = messageOf(error);
      if (error instanceof ApiError && ["unreachable", "unauthorized"].includes(error.code)) report(error);
      setState({ ingestion: { state: "form", message } });
    }
  }

  function ingested(reports: readonly DocumentReport[], message: string | null): void {
    setState({ ingestion: { state: "done", reports, message } });
    forget();
    void refreshHealth();
  }

  async function showIngested(): Promise<void> {
    const { ingestion } = getState();
    if (ingestion.state !== "done") return;
    const ids = ingestion.reports.flatMap((one) => (one.id === null ? [] : [one.id]));
    setState({ ingestion: { state: "closed" } });
    const only = ids[0];
    await showArticleGraph(ids.slice(0, 12));
    if (only !== undefined && ids.length === 1) await openArticle(only, null);
  }

  async function closeIngestion(): Promise<void> {
    const finished = getState().ingestion.state === "done";
    setState({ ingestion: { state: "closed" } });
    if (finished) await refreshView({ key: "step.refresh", parameters: {} });
  }

  function openIngestion(): void {
    stopWatching?.();
    setState({ ingestion: { state: "form", message: null } });
  }

  return { ingest, showIngested, closeIngestion, openIngestion };
}
