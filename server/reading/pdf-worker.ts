/**
 * The thread of `pdf.ts`: reads one PDF after the other.
 */
import { parentPort } from "node:worker_threads";
import { pdfContent } from "./pdf-content.ts";
import type { PdfRequest } from "./pdf.ts";

const port = parentPort;
if (port === null) throw new Error("pdf-worker.ts runs as a worker thread only");

port.on("message", ({ bytes, name }: PdfRequest) => {
  void pdfContent(bytes, name).then((outcome) => port.postMessage(outcome));
});
