/**
 * The graph in a store that this process opened itself.
 */
import { DEFAULT_CYPHER_LIMITS } from "../contract/cypher.ts";
import { AppError } from "../errors.ts";
import { exportSource, FORMATS } from "../export/formats.ts";
import { viewSource } from "../export/view-source.ts";
import { ingest } from "../ingest.ts";
import { readAgain } from "../reading/read-input.ts";
import { rebuild, reextract, resumeRebuild } from "../rebuild.ts";
import { verify } from "../verify.ts";
import { withdrawDocuments } from "../views.ts";
import type { Program } from "./command.ts";
import type { GraphAccess } from "./graph-access.ts";

/** First goes on with a rebuild that was cut short: until then the graph is only a part. */
export async function localAccess(program: Program, onMessage: (line: string) => Promise<void>): Promise<GraphAccess> {
  const { pipeline, workspace, decisions } = program;
  let resumed = 0;
  for await (const report of resumeRebuild(pipeline)) {
    if (resumed === 0) await onMessage("A rebuild was cut short; going on with it.");
    if (report.problem !== null) await onMessage(`${report.name}: ${report.problem.message}`);
    resumed += 1;
  }
  await decisions.catchUp();

  return {
    async ingest(inputs, collection, { signal, onReport }) {
      for await (const report of ingest(inputs, { collection, signal }, pipeline)) await onReport(report);
    },
    async recompute(task, { signal, onTotal, onReport }) {
      const options = { signal, ...(onTotal === undefined ? {} : { onTotal }) };
      const reports = task === "rebuild" ? rebuild(options, pipeline) : reextract(options, pipeline);
      for await (const report of reports) await onReport(report);
    },
    async query(cypher, params, rows) {
      return (await program.store()).query(cypher, params, { ...DEFAULT_CYPHER_LIMITS, rows });
    },
    async *export(format, filter, language) {
      const settings = { language, ontology: await program.ontology(), now: new Date(), title: null };
      yield* FORMATS[format].write(exportSource(await program.store(), filter), settings);
    },
    async *exportView(format, id, language) {
      const view = await workspace.view(id);
      if (view === null) throw new AppError("not_found", `There is no saved view "${id}".`);
      const settings = { language, ontology: await program.ontology(), now: new Date(), title: view.name };
      yield* FORMATS[format].write(viewSource(view), settings);
    },
    async *verify(signal) {
      yield* verify({ store: await program.store(), archive: pipeline.archive, readAgain }, signal);
    },
    async *bulkFile(file) {
      yield* file.write({ store: await program.store(), workspace });
    },
    decide: (request) => decisions.decide(request),
    undo: (decision, request) => decisions.undo(decision, request),
    history: (query) => decisions.history(query),
    suggestions: (query) => decisions.suggestions(query),
    acceptSuggestions: (request) => decisions.acceptSuggestions(request),
    review: async (limit) => (await program.store()).claimsToReview({ filter: {}, limit }),
    annotated: (document) => decisions.annotated(document),
    async deleteCollection(name) {
      const store = await program.store();
      return pipeline.queue.run(async () => {
        const removed = await store.deleteCollection(name);
        if (removed > 0) await withdrawDocuments(({ collection }) => collection === name, { store, workspace });
        return removed;
      });
    },
    async deleteDocument(id) {
      const store = await program.store();
      return pipeline.queue.run(async () => {
        const done = await store.deleteDocument(id);
        if (done) await withdrawDocuments((document) => document.id === id, { store, workspace });
        return done;
      });
    },
  };
}
