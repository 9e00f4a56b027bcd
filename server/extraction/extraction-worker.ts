/**
 * The worker thread: loads the model once and extracts one document after the other, so that the server's event loop stays free.
 */
import { parentPort, workerData } from "node:worker_threads";
import { foldName } from "../contract/names.ts";
import { analyse, type AnalyseParts } from "./analyse.ts";
import { createOntologyMask } from "./ontology-mask.ts";
import { openModel } from "./session.ts";
import { failure, type FromWorker, type ToWorker, type WorkerSettings } from "./worker-protocol.ts";

const port = parentPort;
if (port === null) throw new Error("extraction-worker.ts runs as a worker thread only");

/** Thrown between steps when the caller gave up. */
class Cancelled extends Error {}

const settings = workerData as WorkerSettings;
const cancelled = new Set<number>();
const send = (message: FromWorker): void => port.postMessage(message);

async function open(): Promise<AnalyseParts> {
  const model = await openModel(settings.folder, { threads: settings.threads });
  return {
    model,
    mask: createOntologyMask(settings.ontology),
    knownTypes: (name) => settings.knownTypes.get(foldName(name)) ?? [],
    version: `fil-rouge-${model.manifest.version}`,
  };
}

async function handle(parts: AnalyseParts, id: number, document: Parameters<typeof analyse>[0]): Promise<void> {
  const checkpoint = (): void => {
    if (cancelled.has(id)) throw new Cancelled();
  };
  try {
    send({ kind: "extracted", id, extraction: await analyse(document, parts, checkpoint) });
  } catch (error) {
    send(error instanceof Cancelled ? { kind: "cancelled", id } : failure(id, error));
  } finally {
    cancelled.delete(id);
  }
}

try {
  const parts = await open();
  let queue = Promise.resolve();
  port.on("message", (message: ToWorker) => {
    switch (message.kind) {
      case "extract":
        queue = queue.then(() => handle(parts, message.id, message.document));
        break;
      case "cancel":
        cancelled.add(message.id);
        break;
      case "close":
        queue = queue.then(async () => {
          await parts.model.close();
          port.close();
        });
        break;
    }
  });
  send({ kind: "ready", version: parts.version });
} catch (error) {
  send(failure(null, error));
  port.close();
}
